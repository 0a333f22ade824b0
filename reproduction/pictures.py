"""The report's pictures, drawn by matplotlib from what the claims' commands wrote."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any

from checker.formats import read_dataset
from reproduction.run import ROOT

INOUE, INTERPOLANT, FLOAT64 = "inoue", "interpolant", "float64"
SIZES = {INOUE: (2, 4, 6, 8, 12), INTERPOLANT: (2, 4, 8, 16, 32), FLOAT64: (2, 4, 8, 16, 32)}
MARKERS = {INOUE: "s", INTERPOLANT: "o", FLOAT64: "^"}
PROGRAM_BITS = "its bits"
COUNTS = (4, 7, 10)


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG text) with its caption, which says in words what is seen, and the command that shows the same."""

    svg: str
    caption: str
    command: str


def pictures(work: Path) -> Iterator[Picture]:
    """Every picture; those of files that no claim has written into work are left out."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "exact-relu"
    yield Picture(
        _interpolant(),
        "The network through the article's nine points; breakpoints dotted, knots as crosses.",
        "python -m symbolic construct examples/article.csv --widths 3,3 -o article.json",
    )
    measured = list(_measured())
    construct = "python -m symbolic construct points.csv --widths A,A --method METHOD -o network.json"
    yield Picture(
        _bits(measured),
        "Bits of all parameters against the number of points, a1 = a2, random 5-dimensional data: the published "
        "program (figures of benchmarks/RESULTS.md) above inoue, interpolant and float64.",
        construct,
    )
    yield Picture(
        _seconds(measured),
        "Seconds to construct (dashed) and to certify (full line) the same networks, medians of three runs here.",
        f"{construct}; python -m checker certify network.json points.csv",
    )
    if (work / "regions.svg").exists():
        yield Picture(
            _inner((work / "regions.svg").read_text(encoding="utf-8")),
            "The 176 linear regions, in the unit square, of a network of widths 2, 4, 4, 4: as many as Montufar et al. "
            "promise.",
            "python -m checker regions montufar.json --box 0,1 --svg regions.svg",
        )
    yield Picture(
        _spectra(),
        "Eigenvalues of Du et al.'s Gram matrix for the first 4, 7 and 10 points, in floating point; the bar is the "
        "least one as certified from both sides, in ball arithmetic.",
        "python -m checker lambda0 examples/gradient_descent/points.csv",
    )


def _interpolant() -> str:
    from symbolic.construct import construct

    dataset = read_dataset(str(ROOT / "examples/article.csv")).value
    network = construct(dataset, (3, 3), INTERPOLANT)
    figure, axes = _figure(f"f(t) is the output, t = p.x; {len(dataset)} points")
    first, second, _ = network.layers
    p, breakpoints = first.weights[0], sorted(-b for b in first.bias)
    ts = [sum((a * b for a, b in zip(p, x, strict=True)), Fraction(0)) for x in dataset.inputs]
    unit = next(k for k, a in enumerate(p) if a)
    low, high = min(ts) - 2, max(ts) + 2
    grid = sorted({*breakpoints, *ts, *(low + (high - low) * k / 600 for k in range(601))})
    along = [tuple(t / p[k] if k == unit else Fraction(0) for k in range(len(p))) for t in grid]
    traces = [network.preactivations(x) for x in along]
    axes.plot([float(t) for t in grid], [float(trace[-1][0]) for trace in traces], linewidth=1)
    axes.plot([float(t) for t in ts], [float(y) for (y,) in dataset.outputs], "o", label="points")
    for b in breakpoints:
        axes.axvline(float(b), linestyle=":", color="grey")
    for j in range(second.width):
        values = [trace[1][j] for trace in traces]
        knots = [float(t) for t, v, w in zip(grid, values, values[1:], strict=False) if (v > 0) != (w > 0)]
        axes.plot(knots, [0] * len(knots), "x", label=f"knots of neuron {j + 1}")
    return _labelled(figure, axes, "t", "f")


@dataclass(frozen=True)
class _Size:
    """One network of a construction: its points, its bits, and the seconds to construct and to certify it."""

    method: str
    points: int
    bits: int
    construct: float
    certify: float


def _measured() -> Iterator[_Size]:
    from benchmarks.datasets import random_dataset
    from benchmarks.evaluation import bits, certify
    from benchmarks.timing import timed
    from symbolic.construct import construct

    for method, sizes in SIZES.items():
        for size in sizes:
            dataset = random_dataset(size * size)
            widths = (2 * size - 1, size) if method == FLOAT64 else (size, size)
            built, network = timed(partial(construct, dataset, widths, method))
            checked, _ = timed(partial(certify, "line", network, dataset))
            yield _Size(method, size * size, bits(network), built.seconds, checked.seconds)


def _of(measured: list[_Size], method: str) -> list[_Size]:
    return [size for size in measured if size.method == method]


def _bits(measured: list[_Size]) -> str:
    figure, axes = _figure("numerators and denominators of all parameters")
    for method, marker in MARKERS.items():
        sizes = _of(measured, method)
        axes.loglog([s.points for s in sizes], [s.bits for s in sizes], marker=marker, label=method)
    published = _published()
    axes.loglog(list(published), list(published.values()), marker="D", linestyle=":", label="published program")
    return _labelled(figure, axes, "points", "bits")


def _published() -> dict[int, int]:
    """Bits of the published program's networks, by the number of points, as benchmarks/RESULTS.md has them."""
    lines = (ROOT / "benchmarks/RESULTS.md").read_text(encoding="ascii").splitlines()
    tables = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    heading = next(cells for cells in tables if PROGRAM_BITS in cells)
    column, start = heading.index(PROGRAM_BITS), tables.index(heading) + 2
    rows = takewhile(lambda cells: re.fullmatch(r"\d+x\d+", cells[0]), tables[start:])
    return {int(cells[0].split("x")[0]) ** 2: int(cells[column].replace(",", "")) for cells in rows}


def _seconds(measured: list[_Size]) -> str:
    figure, axes = _figure("seconds in one process")
    for colour, (method, marker) in enumerate(MARKERS.items()):
        sizes, points = _of(measured, method), [s.points for s in _of(measured, method)]
        style = {"marker": marker, "color": f"C{colour}"}
        axes.loglog(points, [s.construct for s in sizes], linestyle="--", label=f"{method}, construct", **style)
        axes.loglog(points, [s.certify for s in sizes], label=f"{method}, certify", **style)
    return _labelled(figure, axes, "points", "seconds")


def _spectra() -> str:
    import numpy

    from checker.balls.gram import cosines, gram, least_eigenvalue

    figure, axes = _figure("spectrum of the Gram matrix")
    inputs = read_dataset(str(ROOT / "examples/gradient_descent/points.csv")).value.inputs
    for place, count in enumerate(COUNTS):
        matrix = gram(cosines(inputs[:count]))
        values = numpy.linalg.eigvalsh([[float(entry.mid()) for entry in row] for row in matrix])
        axes.plot(values, [place] * count, "|", markersize=16)
        enclosed = least_eigenvalue(matrix)
        axes.plot([float(enclosed.lower), float(enclosed.upper)], [place - 0.3] * 2, "k_-", linewidth=3)
    axes.set_yticks(range(len(COUNTS)), [f"{count} points" for count in COUNTS])
    axes.set_xlim(0, None)
    axes.set_ylim(-0.6, len(COUNTS) - 0.4)
    axes.set_xlabel("eigenvalue")
    return _svg(figure)


def _figure(title: str) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize="medium")
    return figure, axes


def _labelled(figure: Any, axes: Any, horizontal: str, vertical: str) -> str:
    axes.set_xlabel(horizontal)
    axes.set_ylabel(vertical)
    axes.legend(fontsize="small")
    return _svg(figure)


def _svg(figure: Any) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return _inner(text.getvalue())


def _inner(text: str) -> str:
    """The drawing alone, without what XML says before it."""
    return re.sub(r"^.*?(?=<svg)", "", text, flags=re.S)
