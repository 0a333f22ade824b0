"""What the report's plots share: one size, and ink in the colour of the page's text, in both colour schemes."""

import io
import re
from typing import Any

INCHES = 4.8, 3.4
"""Small enough for the labels to be readable on a screen of 360 px."""
BLACK, INK = "#000000", "currentColor"


def plot(title: str) -> tuple[Any, Any]:
    """A figure and its axes. Fails: ImportError without matplotlib."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=INCHES, layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize="medium")
    return figure, axes


def labelled(figure: Any, axes: Any, horizontal: str, vertical: str) -> str:
    """The figure as SVG, with labels at its axes and a legend."""
    axes.set_xlabel(horizontal)
    axes.set_ylabel(vertical)
    axes.legend(fontsize="small", frameon=False)
    return svg(figure)


def svg(figure: Any) -> str:
    """The figure as SVG: the same for the same figure."""
    from matplotlib import rc_context

    text = io.StringIO()
    with rc_context({"svg.hashsalt": "exact-relu", "svg.fonttype": "none"}):
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return inner(text.getvalue()).replace(BLACK, INK)


def inner(text: str) -> str:
    """The drawing alone, without what XML says before it."""
    return re.sub(r"^.*?(?=<svg)", "", text, flags=re.S)
