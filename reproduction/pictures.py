"""The report's pictures: drawn anew, or from what the claims' commands wrote."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from pathlib import Path

from checker.formats import read_dataset
from checker.rational import format_rational
from reproduction import sizes
from reproduction.plotting import inner, labelled, plot, svg
from reproduction.run import ROOT

COUNTS = (4, 7, 10)
DIGITS = 4
POINTS = "python -m benchmarks.datasets 1024 -o points.csv"
BUILD = "python -m symbolic construct points.csv --widths 32,32 -o network.json"


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG text) with its caption, which says in words what is seen, and commands that show the same.

    claims: the IDs of those that it goes with.
    """

    title: str
    caption: str
    claims: tuple[str, ...]
    commands: tuple[str, ...]
    svg: str = ""


def pictures(work: Path, reproduced: Collection[str]) -> Iterator[Picture]:
    """Those that go with a claim that was reproduced; without its drawing, where a package is missing."""
    measured: list[sizes.Size] = []

    def measure() -> list[sizes.Size]:
        if not measured:
            measured.extend(sizes.measured())
        return measured

    drawings: tuple[tuple[Picture, Callable[[], str]], ...] = (
        (INTERPOLANT, _interpolant),
        (BITS, lambda: sizes.bits_plot(measure())),
        (SECONDS, lambda: sizes.seconds_plot(measure())),
        (REGIONS, lambda: inner((work / "regions.svg").read_text(encoding="utf-8"))),
        (SPECTRA, _spectra),
    )
    for picture, draw in drawings:
        if set(picture.claims) & set(reproduced):
            try:
                yield replace(picture, svg=draw())
            except ImportError as error:
                yield replace(picture, caption=f"Not drawn: {error.name} is not installed.")


INTERPOLANT = Picture(
    "The function through the article's nine points",
    "The output f of our network of widths 3, 3 along t = p.x, with the projection p = (0, 0, 0, 0, 1): piecewise "
    "linear, through all nine points. Dotted lines are the three breakpoints, where neurons of the first hidden layer "
    "change; crosses are the knots, where those of the second do; all computed exactly.",
    ("article-certified", "article-z3"),
    (
        "python -m symbolic construct examples/article.csv --widths 3,3 -o article.json",
        "python -m checker report article.json examples/article.csv -o article.html",
    ),
)
BITS = Picture(
    "Bits against size",
    "Bits of the numerators and denominators of all parameters, for a * a random points with 5 inputs. The published "
    "program (figures of benchmarks/RESULTS.md, not run here) needs most; then the paper's construction, inoue, with "
    "exact arithmetic, and ours, interpolant, all with widths a, a; float64 has widths 2a - 1, a.",
    ("points-10000", "float64"),
    (POINTS, BUILD, "python -m checker inspect network.json"),
)
SECONDS = Picture(
    "Time against size",
    "Seconds to construct (dashed) and to certify (full line) the same networks: medians of three runs on the machine "
    "of this report, without starting Python and reading files.",
    ("points-10000", "float64"),
    (POINTS, BUILD, "python -m checker certify network.json points.csv"),
)
REGIONS = Picture(
    "Linear regions",
    "The 176 linear regions, in the unit square (from 0 to 1 in both inputs), of a network of widths 2, 4, 4, 4: as "
    "many as Montufar et al. promise. One colour for each affine function.",
    ("regions",),
    (
        "python -m symbolic montufar --widths 2,4,4,4 -o montufar.json",
        "python -m checker regions montufar.json --box 0,1 --svg regions.svg",
    ),
)
SPECTRA = Picture(
    "Spectra of Gram matrices",
    "Eigenvalues of Du et al.'s Gram matrix for the first 4, 7 and 10 points, in floating point; the number on the "
    "left is a certified lower bound on the least one, by ball arithmetic, rounded downwards. Du et al.'s bound "
    "on gradient descent needs it above 0.",
    ("least-eigenvalue",),
    ("python -m checker lambda0 examples/gradient_descent/points.csv",),
)


def _interpolant() -> str:
    from checker.report.line_function import line_function, projected, projection
    from symbolic.construct import construct

    dataset = read_dataset(str(ROOT / "examples/article.csv")).value
    network = construct(dataset, (3, 3), sizes.INTERPOLANT)
    p = projection(network)
    if p is None:
        raise ValueError("a constructed network has one projection")
    ts = [projected(p, x) for x in dataset.inputs]
    function = line_function(network, min(ts) - 2, max(ts) + 2)
    graph = dict(function.points(0))
    figure, axes = plot(f"p = ({', '.join(map(format_rational, p))})")
    axes.plot([float(t) for t in graph], [float(v) for v in graph.values()], linewidth=1.5, label="f")
    axes.plot([float(t) for t in ts], [float(y) for (y,) in dataset.outputs], "o", label="points")
    for number, b in enumerate(function.breakpoints):
        axes.axvline(float(b), linestyle=":", color="grey", label=None if number else "breakpoints")
    knots = [t for t in function.knots if t in graph]
    axes.plot([float(t) for t in knots], [float(graph[t]) for t in knots], "x", color="C3", label="knots")
    return labelled(figure, axes, "t = p.x (projected input)", "f (output)")


def _spectra() -> str:
    import numpy

    from checker.balls.gram import cosines, gram, least_eigenvalue

    figure, axes = plot("eigenvalues of the Gram matrix")
    inputs = read_dataset(str(ROOT / "examples/gradient_descent/points.csv")).value.inputs
    names = []
    for place, count in enumerate(COUNTS):
        matrix = gram(cosines(inputs[:count]))
        values = numpy.linalg.eigvalsh([[float(entry.mid()) for entry in row] for row in matrix])
        axes.plot(values, [place] * count, "|", markersize=24, markeredgewidth=2)
        names.append(f"{count} points\nall >= {_downwards(least_eigenvalue(matrix).lower)}")
    axes.set_yticks(range(len(COUNTS)), names)
    axes.set_xlim(0, None)
    axes.set_ylim(-0.6, len(COUNTS) - 0.4)
    axes.set_xlabel("eigenvalue")
    return svg(figure)


def _downwards(q: Fraction) -> str:
    """A decimal that is not above q, to so many digits."""
    return f"{floor(q * 10**DIGITS) / 10**DIGITS:.{DIGITS}f}"
