"""python -m benchmarks.ways [SIZE ...] [--limit SECONDS] [-o RESULTS]: ways to check a network, against the floor."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from benchmarks.datasets import random_dataset
from benchmarks.evaluation import FLOOR, WAYS, Case, Way, bits
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import positive, run
from checker.files import write_text
from checker.formats.native import network_text
from symbolic.construct import construct

TITLE = "Ways to check a network"
SIZES = (5, 10, 20, 40, 100)
LIMIT = 20


@dataclass(frozen=True)
class Skipped:
    """Not run: so many seconds were predicted."""

    seconds: float

    def __str__(self) -> str:
        return f"skipped ({shown(self.seconds)})"


Cell = Timing | Skipped


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures all ways at all sizes and publishes two tables."""
    options = parser("ways", "Ways to check a network, side by side, against the floor.", SIZES)
    options.add_argument(
        "--limit", type=positive, default=LIMIT, metavar="SECONDS", help=f"what takes longer is skipped ({LIMIT})"
    )
    given = options.parse_args(arguments)
    require_writable(given.results)
    sizes = sorted(set(given.sizes or SIZES))
    with tempfile.TemporaryDirectory() as folder:
        cases = [_case(size, f"{folder}/{size}.json") for size in sizes]
        columns = _columns(sizes, cases, given.limit)
    publish(given.results, TITLE, _paragraphs(sizes, cases, columns, given.limit))
    return 0


def _case(size: int, path: str) -> Case:
    progress(f"constructing {size}x{size}")
    dataset = random_dataset(size * size)
    network = construct(dataset, (size, size), "interpolant")
    write_text(path, network_text(network) + "\n")
    return Case(network, dataset, path)


def _columns(sizes: Sequence[int], cases: Sequence[Case], limit: float) -> list[list[Cell]]:
    """For each size what the floor and the ways take."""
    columns: list[list[Cell]] = []
    before: dict[str, list[tuple[float, float]]] = {}
    for size, case in zip(sizes, cases, strict=True):
        work = float(len(case.dataset) * bits(case.network))
        column = []
        for way in FLOOR + WAYS:
            progress(f"{size}x{size}: {way.name}")
            column.append(_cell(way, case, work, before.setdefault(way.name, []), limit))
        columns.append(column)
    return columns


def _cell(way: Way, case: Case, work: float, before: list[tuple[float, float]], limit: float) -> Cell:
    """What a way takes, added to (work, seconds) of the sizes before; or the prediction, when it is over the limit."""
    if way not in FLOOR and (seconds := predicted(work, before)) > limit:
        return Skipped(seconds)
    timing, _ = timed(lambda: way.run(case))
    before.append((work, timing.seconds))
    return timing


def predicted(work: float, before: Sequence[tuple[float, float]]) -> float:
    """The seconds for so much work, as a power of it through the last two of (work, seconds); 0 when they are fewer."""
    if len(before) < 2:
        return 0.0
    (w, s), (v, t) = before[-2:]
    return t * (work / v) ** (log(t / s) / log(v / w))


def _paragraphs(
    sizes: Sequence[int], cases: Sequence[Case], columns: list[list[Cell]], limit: float
) -> tuple[str, ...]:
    heading = ["", *(f"{size}x{size}" for size in sizes)]
    names = [way.name for way in FLOOR + WAYS]
    given = [["rows", *(f"{len(case.dataset):,}" for case in cases)]]
    given.append(["parameter bits", *(f"{bits(case.network):,}" for case in cases)])
    seconds = [[name, *cells] for name, *cells in zip(names, *columns, strict=True)]
    floors = [sum(cell.seconds for cell in column[: len(FLOOR)]) for column in columns]
    ratios = [["read + multiply", *map(shown, floors)]]
    for name, *cells in zip(names[len(FLOOR) :], *(column[len(FLOOR) :] for column in columns), strict=True):
        ratios.append([name, *(_ratio(cell, floor) for cell, floor in zip(cells, floors, strict=True))])
    skipping = (
        f"Not run: what was predicted to take more than {limit} s, as a power of rows times parameter bits through "
        "the same way's last two sizes. The prediction is given."
    )
    return (
        "`python -m benchmarks.ways`. Method `interpolant`, one process, networks in memory.",
        "\n".join(f"- {way.name}: {way.words}" for way in FLOOR + WAYS),
        f"{RULE} {skipping}",
        table(heading, given + seconds),
        "Times the floor: reading the parameters once and one multiplication a parameter (first line, in seconds).",
        table(heading, ratios),
    )


def _ratio(cell: Cell, floor: float) -> str:
    return "" if isinstance(cell, Skipped) else shown(cell.seconds / floor)


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), "python -m benchmarks.ways")
