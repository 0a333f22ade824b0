"""python -m benchmarks.constructions [POINTS] [--dataset FILE] [--plot SVG] [-o RESULTS]: every construction beside
every other, on one dataset.

Each is built, certified, and evaluated in float64 in the stated order: as it is where all its numbers are float64
numbers, else rounded to the nearest ones, which is another network, and the rows are counted that it loses.
"""

import math
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.datasets import random_dataset
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import positive, run
from checker.dataset import Dataset
from checker.decision import Decision, Request, decide
from checker.errors import InputError
from checker.files import write_bytes, write_text
from checker.formats import Source, read_dataset, require_consistent
from checker.formats.export import rounded
from checker.formats.native import dataset_text
from checker.network import Network
from symbolic import zhang_network
from symbolic.construct import construct, distinct

TITLE = "Constructions"
POINTS = 400
Build = Callable[[Dataset], Network]


@dataclass(frozen=True)
class Line:
    """What one construction comes to; lost is None when one of its numbers is beyond the range of float64."""

    name: str
    network: Network
    build: Timing
    certify: Timing
    exact: bool
    lost: int | None

    @property
    def numbers(self) -> list[int]:
        """The bits of numerator and denominator of every parameter."""
        rows = [row for layer in self.network.layers for row in (*layer.weights, layer.bias)]
        return [q.numerator.bit_length() + q.denominator.bit_length() for row in rows for q in row]

    @property
    def largest(self) -> float:
        """The logarithm to base 2 of the largest absolute value of a weight."""
        rows = [row for layer in self.network.layers for row in layer.weights]
        most = max(abs(q) for row in rows for q in row)
        return math.log2(most.numerator) - math.log2(most.denominator) if most else 0.0


def constructions(points: int) -> dict[str, Build]:
    """Every construction, with widths that have just room for so many points."""
    side = math.isqrt(points - 1) + 1
    wide = (side, math.ceil(points / side))
    twice = (2 * side - 1, wide[1])
    return {
        "zhang": zhang_network.shallow,
        "zhang-deep": partial(zhang_network.deep, depth=min(side, points)),
        "inoue": partial(construct, widths=wide, method="inoue"),
        "interpolant": partial(construct, widths=wide, method="interpolant"),
        "float64": partial(construct, widths=twice, method="float64"),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures every construction on one dataset and publishes a table and, when asked, a plot."""
    options = parser("constructions", "Every construction on one dataset, side by side.")
    options.add_argument("points", nargs="?", type=positive, default=POINTS, help=f"random points ({POINTS})")
    options.add_argument("--dataset", metavar="FILE", help="this dataset instead of random points")
    options.add_argument("--methods", metavar="A,B,..", help="only these constructions")
    options.add_argument("--plot", metavar="SVG", help="draw bits and seconds into this file")
    given = options.parse_args(arguments)
    require_writable(given.results)
    if given.plot is not None and not given.plot.endswith(".svg"):
        raise InputError(given.plot, "", "a plot is called .svg")
    dataset = _dataset(given.dataset, given.points)
    asked = _asked(given.methods, constructions(len(distinct(dataset))))
    lines = measured(dataset, asked)
    if given.plot is not None:
        write_bytes(given.plot, plot(lines).encode("utf-8"))
    publish(given.results, TITLE, paragraphs(dataset, lines))
    return 0


def _dataset(path: str | None, points: int) -> Dataset:
    if path is None:
        return random_dataset(points)
    source = read_dataset(path, "decimal", None)
    require_consistent(source)
    return source.value


def _asked(names: str | None, known: dict[str, Build]) -> dict[str, Build]:
    chosen = known if names is None else names.split(",")
    for name in chosen:
        if name not in known:
            raise InputError("--methods", name, f"is none of {', '.join(known)}")
    return {name: known[name] for name in chosen}


def measured(dataset: Dataset, asked: dict[str, Build]) -> list[Line]:
    """A line for each construction. Fails: InputError, RuntimeError when one is not certified."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "points.json")
        write_text(path, dataset_text(dataset) + "\n")
        for name, build in asked.items():
            progress(name)
            seconds, network = timed(partial(build, dataset))
            checked, decision = timed(partial(_decided, network, path, "real"))
            if not decision.certifies:
                raise RuntimeError(f"{name} was not certified")
            lines.append(Line(name, network, seconds, checked, *_in_float64(name, network, path)))
    return lines


def _decided(network: Network, path: str, mode: str) -> Decision:
    return decide(Source("network", "", network), path, Request(mode=mode, everything=True))


def _in_float64(name: str, network: Network, path: str) -> tuple[bool, int | None]:
    """(whether all parameters are float64 numbers, rows at which float64 does not give y exactly)."""
    try:
        nearest, changed = rounded(name, network, "float64")
    except InputError:
        return False, None
    coverage = _decided(nearest, path, "both").coverage
    return changed == 0, len(coverage.floating_failures) + coverage.unfit


def paragraphs(dataset: Dataset, lines: Sequence[Line]) -> tuple[str, ...]:
    """What the table shows, and the table."""
    heading = (
        "",
        "hidden widths",
        "neurons",
        "parameters",
        "bits",
        "largest weight",
        "build s",
        "certify s",
        "float64",
    )
    size = f"{len(dataset):,} points with {len(dataset.inputs[0])} inputs and {len(dataset.outputs[0])} output(s)"
    words = (
        "Bits: of all numerators and denominators, zeros included. Float64: rows lost when the network is evaluated "
        "there in the stated order, as it is (exact parameters) or after rounding every parameter to the nearest."
    )
    return f"`python -m benchmarks.constructions`. {size}.", f"{RULE} {words}", table(heading, map(_cells, lines))


def _cells(line: Line) -> tuple[object, ...]:
    hidden = line.network.widths[1:-1]
    widths = ", ".join(map(str, hidden)) if len(hidden) < 4 else f"{len(hidden)} layers of up to {max(hidden)}"
    lost = "out of range" if line.lost is None else f"{line.lost:,} rows lost"
    floating = "exact" if line.lost == 0 and line.exact else f"{lost}{'' if line.exact else ' (rounded)'}"
    bits = line.numbers
    sizes = (f"{sum(hidden):,}", f"{len(bits):,}", f"{sum(bits):,}", f"2^{shown(line.largest)}")
    return line.name, widths, *sizes, line.build, line.certify, floating


def plot(lines: Sequence[Line]) -> str:
    """Bits in all and seconds to certify, a bar for each construction. Fails: InputError without matplotlib."""
    from benchmarks.chart import bars

    bits = {line.name: float(sum(line.numbers)) for line in lines}
    return bars({"bits in all": bits, "certify, seconds": {line.name: line.certify.seconds for line in lines}})


if __name__ == "__main__":
    run(lambda: main(), "python -m benchmarks.constructions")
