"""RESULTS.md: one section a program, each written by its program and by nothing else."""

import datetime
import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version

from benchmarks.timing import progress
from checker.console import Parser, positive
from checker.errors import InputError
from checker.files import write_text

HEAD = """# Benchmarks

Written by `make bench`: every figure and every sentence with a figure below comes from the program named in its
section, nothing is typed by hand. Read ratios within a table rather than seconds. Datasets are random points with
5 inputs (outputs and inputs integers from 0 to 99, seeded), unless a section says otherwise."""
TITLES = (
    "Against the published program",
    "Ways to check a network",
    "Growth",
    "Constructions",
    "Exact in ordinary floating point",
    "How z3 takes the statements of an instance",
)
PACKAGES = {"python-flint": "python-flint", "numpy": "NumPy", "sympy": "SymPy", "z3-solver": "z3"}


def parser(program: str, description: str, sizes: Sequence[int] = ()) -> Parser:
    """The options that all programs have; with sizes, which they are by default, also these."""
    options = Parser(prog=f"python -m benchmarks.{program}", description=description)
    if sizes:
        text = " ".join(map(str, sizes))
        options.add_argument(
            "sizes", nargs="*", type=positive, metavar="SIZE", help=f"widths a1 = a2 (default: {text})"
        )
    options.add_argument("-o", dest="results", metavar="RESULTS", help="put the section into this .md file")
    return options


def publish(path: str | None, title: str, paragraphs: Iterable[str]) -> None:
    """Prints the section, or puts it into the file at path, in the place of its predecessor. Fails: InputError."""
    body = "\n\n".join((machine(), *paragraphs))
    progress("")
    if path is None:
        print(f"## {title}\n\n{body}")
    else:
        sections = {**_sections(path), title: body}
        parts = [f"## {name}\n\n{sections[name]}" for name in TITLES if name in sections]
        write_text(path, "\n\n".join((HEAD, *parts)) + "\n")


def require_writable(path: str | None) -> None:
    """Before hours of work: the results can go there. Fails: InputError."""
    if path is not None:
        if not path.endswith(".md"):
            raise InputError(path, "", "a results file is called .md")
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise InputError(path, "", "its folder is not there")
        _sections(path)


def contains(path: str | None, title: str) -> bool:
    """Whether the file at path has this section."""
    return path is not None and title in _sections(path)


def _sections(path: str) -> dict[str, str]:
    if not os.path.exists(path):
        return {}
    try:
        with open(path, encoding="ascii") as file:
            parts = file.read().split("\n## ")[1:]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, "", f"not a results file: {error}") from None
    named = (part.partition("\n") for part in parts)
    return {title: body.strip("\n") for title, _, body in named}


def machine() -> str:
    """Where and when, as far as figures depend on it; no names of hosts or paths."""
    packages = ", ".join(f"{name} {_version(package)}" for package, name in PACKAGES.items())
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    where = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    today = datetime.date.today().isoformat()
    return f"{today}; {where}; Python {platform.python_version()}, {packages}. Load average at the end: {load}."


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
