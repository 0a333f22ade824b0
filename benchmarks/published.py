"""python -m benchmarks.published --program PATH/NNH2.py [SIZE ...] [--ours SIZE] [-o RESULTS]: the author's published
program and these rooms, side by side in one run on the same data.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from benchmarks.datasets import random_dataset, write_csv
from benchmarks.evaluation import bits, certify
from benchmarks.process import Cost, cost, python
from benchmarks.program import Published, as_network, load
from benchmarks.results import contains, parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import positive, run
from symbolic.construct import construct

TITLE = "Against the published program"
SIZES = (5, 10, 15)
OURS = 100
HOUR = 3600.0
ENGINES = ("line", "integer", "judge")
METHOD = "interpolant"
NOT_RUN = "Not run: the program was not given. `make bench PROGRAM=path/NNH2.py` runs the copy at that path."


@dataclass(frozen=True)
class Row:
    """One size: the program's figures, ours inside a process that has built a network before, whole processes."""

    size: int
    build: Timing
    check: Timing
    theirs_by_line: Timing
    their_bits: int
    construct: Timing
    certify: tuple[Timing, ...]
    our_bits: int
    cold: tuple[Cost, Cost]

    def ratio(self, engine: int) -> float:
        """Their build and check over our construct and certify with this engine."""
        ours = self.construct.seconds + self.certify[engine].seconds
        return (self.build.seconds + self.check.seconds) / ours

    @property
    def cold_ratio(self) -> float:
        """Their build and check over our two commands as whole processes."""
        return (self.build.seconds + self.check.seconds) / sum(part.wall for part in self.cold)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures all sizes and publishes the tables, or that there was nothing to compare with."""
    options = parser("published", "The published program and these rooms, side by side.", SIZES)
    options.add_argument("--program", metavar="NNH2.py", help="a copy of the published program")
    options.add_argument(
        "--ours", type=positive, default=OURS, metavar="SIZE", help=f"a size for these rooms alone (default: {OURS})"
    )
    given = options.parse_args(arguments)
    require_writable(given.results)
    if given.program is None:
        if not contains(given.results, TITLE):
            publish(given.results, TITLE, (NOT_RUN,))
        return 0
    module = load(given.program)
    construct(random_dataset(4), (2, 2), METHOD)
    rows = [_row(module, size) for size in sorted(set(given.sizes or SIZES))]
    progress(f"{given.ours}x{given.ours}, ours alone")
    publish(given.results, TITLE, _paragraphs(rows, given.ours, _commands(given.ours)))
    return 0


def _row(module: ModuleType, size: int) -> Row:
    dataset, widths = random_dataset(size * size), (size, size)
    program = Published.on(module, dataset, widths)
    progress(f"{size}x{size}: the published program builds")
    build, parameters = timed(program.build)
    progress(f"{size}x{size}: the published program checks")
    check, _ = timed(partial(program.check, parameters))
    theirs = as_network(parameters)
    by_line, _ = timed(partial(certify, "line", theirs, dataset))
    progress(f"{size}x{size}: ours")
    constructed, ours = timed(partial(construct, dataset, widths, METHOD))
    certified = tuple(timed(partial(certify, engine, ours, dataset))[0] for engine in ENGINES)
    cold = _commands(size)
    return Row(size, build, check, by_line, bits(theirs), constructed, certified, bits(ours), cold)


def _commands(size: int) -> tuple[Cost, Cost]:
    """Construct and certify as whole processes, with Python's start, files read and written, formulas derived."""
    with tempfile.TemporaryDirectory() as folder:
        dataset, network = f"{folder}/dataset.csv", f"{folder}/network.json"
        write_csv(dataset, size * size)
        made = cost(python("symbolic", "construct", dataset, "--widths", f"{size},{size}", "-o", network), HOUR)
        return made, cost(python("checker", "certify", network, dataset, "-q"), HOUR)


def _paragraphs(rows: Sequence[Row], size: int, alone: tuple[Cost, Cost]) -> tuple[str, ...]:
    seconds = [
        (_name(row), row.build, row.check, row.theirs_by_line, row.construct, *row.certify, *_timings(row.cold))
        for row in rows
    ]
    ratios = [
        (
            _name(row),
            *(shown(row.ratio(engine)) for engine in range(len(ENGINES))),
            shown(row.cold_ratio),
            f"{row.their_bits:,}",
            f"{row.our_bits:,}",
            shown(row.their_bits / row.our_bits),
        )
        for row in rows
    ]
    engines = [f"certify, {engine}" for engine in ENGINES]
    largest = rows[-1]
    return (
        "`python -m benchmarks.published --program NNH2.py`: a copy of that in the repository nekonistyle/Python, "
        f"given Python's integers. Ours: method `{METHOD}`. N = a1*a2 points, the same for both.",
        f"{RULE} `build` and `check` are the program's own functions (its check evaluates each point once for every "
        "neuron of the first layer); `its network, line` is our certify on its network, by engine `line`. The next are "
        "ours, in a process that has derived the formulas; the last two the commands, as whole processes.",
        table(
            ("size", "build", "check", "its network, line", "construct", *engines, "construct, cold", "certify, cold"),
            seconds,
        ),
        "Ratios: build + check over our construct + certify, by engine and as whole processes; bits of all parameters.",
        table(
            ("size", *(f"time, {engine}" for engine in ENGINES), "time, cold", "its bits", "our bits", "bits"), ratios
        ),
        f"Ours at {size}x{size}, {size * size:,} points, as whole processes: construct {_whole(alone[0])}, certify "
        f"{_whole(alone[1])}: {shown(sum(part.wall for part in alone))} s together. The published program at "
        f"{_name(largest)}, {largest.size**2:,} points: "
        f"{shown(largest.build.seconds + largest.check.seconds)} s.",
    )


def _name(row: Row) -> str:
    return f"{row.size}x{row.size}"


def _timings(costs: Sequence[Cost]) -> list[Timing]:
    return [part.timing for part in costs]


def _whole(part: Cost) -> str:
    return f"{part.timing} s with {part.mebibytes} MiB"


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), "python -m benchmarks.published")
