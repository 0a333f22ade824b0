"""Pictures as SVG: the same bytes every time, whole or not at all."""

from io import BytesIO
from pathlib import Path
from typing import Any

from checker.errors import InputError
from checker.files import write_bytes


def pyplot() -> Any:
    """matplotlib.pyplot, drawing SVG without fonts, dates or chance. Fails: InputError where it is not installed."""
    try:
        import matplotlib
    except ImportError:
        raise InputError("matplotlib", "", "is not installed: make setup, or pip install '.[bench]'") from None
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "exact-relu", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    return pyplot


def saved(figure: Any, path: str | Path) -> None:
    """The figure is at path, as SVG. Fails: InputError when it cannot be written."""
    drawn = BytesIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    write_bytes(str(path), drawn.getvalue())


def folder(path: str) -> Path:
    """The folder at path, made where it is missing. Fails: InputError."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(path, "", f"cannot be made a folder: {error.strerror}") from None
    return Path(path)
