"""Bits and seconds against the number of points: networks of three constructions, built and certified here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from typing import Any

from reproduction.plotting import labelled, plot
from reproduction.run import ROOT

INOUE, INTERPOLANT, FLOAT64 = "inoue", "interpolant", "float64"
SIZES = {INOUE: (2, 4, 6, 8, 12), INTERPOLANT: (2, 4, 8, 16, 32), FLOAT64: (2, 4, 8, 16, 32)}
MARKERS = {INOUE: "s", INTERPOLANT: "o", FLOAT64: "^"}
PROGRAM_BITS = "its bits"


@dataclass(frozen=True)
class Size:
    """One network of a construction: its points, its bits, and the seconds to construct and to certify it."""

    method: str
    points: int
    bits: int
    construct: float
    certify: float


def measured() -> Iterator[Size]:
    """Networks of all constructions, on random points with 5 inputs; seconds are medians of three runs."""
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
            yield Size(method, size * size, bits(network), built.seconds, checked.seconds)


def bits_plot(sizes: Sequence[Size]) -> str:
    """Bits against points, those of the published program beside them."""
    figure, axes = plot("bits of all parameters")
    for method, marker in MARKERS.items():
        points, its = zip(*((s.points, s.bits) for s in sizes if s.method == method), strict=True)
        axes.loglog(points, its, marker=marker, label=method)
    program = published()
    axes.loglog(list(program), list(program.values()), marker="D", linestyle=":", label="published program")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    return _against_points(figure, axes, "bits")


def published() -> dict[int, int]:
    """Bits of the published program's networks, by the number of points, as benchmarks/RESULTS.md has them."""
    lines = (ROOT / "benchmarks/RESULTS.md").read_text(encoding="ascii").splitlines()
    tables = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    heading = next(cells for cells in tables if PROGRAM_BITS in cells)
    column, start = heading.index(PROGRAM_BITS), tables.index(heading) + 2
    rows = takewhile(lambda cells: re.fullmatch(r"\d+x\d+", cells[0]), tables[start:])
    return {int(cells[0].split("x")[0]) ** 2: int(cells[column].replace(",", "")) for cells in rows}


def seconds_plot(sizes: Sequence[Size]) -> str:
    """Seconds against points."""
    figure, axes = plot("seconds in one process: construct (dashed), certify")
    for colour, (method, marker) in enumerate(MARKERS.items()):
        points, build, check = zip(
            *((s.points, s.construct, s.certify) for s in sizes if s.method == method), strict=True
        )
        style = {"marker": marker, "color": f"C{colour}"}
        axes.loglog(points, build, linestyle="--", **style)
        axes.loglog(points, check, label=method, **style)
    axes.yaxis.set_major_formatter("{x:g}")
    return _against_points(figure, axes, "seconds")


def _against_points(figure: Any, axes: Any, name: str) -> str:
    """The plot with plain numbers at its axes: exponents are too small on a narrow screen."""
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.tick_params(which="minor", labelbottom=False, labelleft=False)
    return labelled(figure, axes, "number of points", name)
