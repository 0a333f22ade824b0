"""python -m benchmarks.constructions [POINTS] [--dataset FILE] [--plot SVG] [-o RESULTS]: every construction beside
every other, on one dataset.

Each is built, certified, and evaluated in float64 in the stated order: as it is where all its numbers are float64
numbers, else rounded to the nearest ones, which is another network. The rows are counted at which the output is not y
to the last bit, and the largest difference is shown.
"""

import math
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from benchmarks.datasets import random_dataset
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import positive, run
from checker.dataset import Dataset
from checker.decision import Decision, Request, decide
from checker.errors import InputError
from checker.files import write_text
from checker.formats import Source, read_dataset, require_consistent
from checker.formats.export import rounded
from checker.formats.native import dataset_text
from checker.network import Network
from symbolic import vardi_network, zhang_network
from symbolic.construct import construct, distinct

TITLE = "Constructions"
POINTS = 400
Build = Callable[[Dataset], Network]
HEADING = ("", "hidden widths", "neurons", "parameters", "bits", "largest", "build s", "certify s", "float64")
WORDS = (
    "Parameters: all weights and biases, zeros included. Bits: of all their numerators and denominators. Largest: "
    "the greatest absolute value of a parameter. Float64: `exact`, or the rows at which the network, evaluated "
    "there in the stated order, does not give y to the last bit, and the largest difference; (rounded): after "
    "rounding every parameter to the nearest float64 number, since some are none."
)


@dataclass(frozen=True)
class Line:
    """What one construction comes to."""

    name: str
    network: Network
    build: Timing
    certify: Timing
    floating: "Floating"

    @property
    def numbers(self) -> list[Fraction]:
        """Every parameter, weights and biases."""
        return [q for layer in self.network.layers for row in (*layer.weights, layer.bias) for q in row]

    @property
    def bits(self) -> int:
        """The bits of the numerators and denominators of all parameters."""
        return sum(q.numerator.bit_length() + q.denominator.bit_length() for q in self.numbers)

    @property
    def largest(self) -> Fraction:
        """The largest absolute value of a parameter."""
        return max(map(abs, self.numbers))


@dataclass(frozen=True)
class Floating:
    """What float64 makes of a construction: rows lost, and the largest difference from y there.

    as_it_is: all its parameters are float64 numbers, none was rounded. lost is None where one is beyond their range,
    error where floating point gives no number.
    """

    as_it_is: bool = False
    lost: int | None = None
    error: Fraction | None = None

    def __str__(self) -> str:
        if self.as_it_is and self.lost == 0:
            return "exact"
        rounded = "" if self.as_it_is else " (rounded)"
        if self.lost is None:
            return f"out of range{rounded}"
        off = "" if not self.lost else ", no number" if self.error is None else f", by up to {_size(self.error)}"
        return f"{self.lost:,} rows lost{off}{rounded}"


def constructions(points: int) -> dict[str, Build]:
    """Every construction, with widths that have just room for so many points."""
    side = math.isqrt(points - 1) + 1
    wide = (side, math.ceil(points / side))
    twice = (2 * side - 1, wide[1])
    return {
        "zhang": zhang_network.shallow,
        "zhang-deep": partial(zhang_network.deep, depth=min(side, points)),
        "yun": partial(construct, widths=(2 * wide[0], 2 * wide[1]), method="yun"),
        "vardi": vardi_network.network,
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
    options.add_argument("--plot", metavar="SVG", help="draw parameters and bits into this file")
    given = options.parse_args(arguments)
    require_writable(given.results)
    _require_plottable(given.plot)
    dataset = _dataset(given.dataset, given.points)
    asked = _asked(given.methods, constructions(len(distinct(dataset))))
    lines = measured(dataset, asked)
    found = list(paragraphs(dataset, lines))
    if given.plot is not None:
        write_text(given.plot, plot(lines))
        place = os.path.relpath(given.plot, os.path.dirname(given.results or "") or ".")
        found.insert(1, f"![Parameters and bits of each construction]({place})")
    publish(given.results, TITLE, found)
    return 0


def _require_plottable(path: str | None) -> None:
    """Before all else: a plot can go there. Fails: InputError."""
    if path is not None:
        if not path.endswith(".svg"):
            raise InputError(path, "", "a plot is called .svg")
        if not os.path.isdir(os.path.dirname(path) or "."):
            raise InputError(path, "", "its folder is not there")


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
            lines.append(Line(name, network, seconds, checked, _in_float64(name, network, path)))
    return lines


def _decided(network: Network, path: str, mode: str) -> Decision:
    return decide(Source("network", "", network), path, Request(mode=mode, everything=True))


def _in_float64(name: str, network: Network, path: str) -> Floating:
    """What the network of the nearest float64 numbers gives there, in the stated order."""
    try:
        nearest, changed = rounded(name, network, "float64")
    except InputError:
        return Floating()
    coverage = _decided(nearest, path, "float64").coverage
    differences = [failure.difference for failure in coverage.floating_failures]
    known = [abs(difference) for difference in differences if difference is not None]
    error = max(known, default=None) if len(known) == len(differences) and not coverage.unfit else None
    return Floating(changed == 0, len(differences) + coverage.unfit, error)


def paragraphs(dataset: Dataset, lines: Sequence[Line]) -> tuple[str, ...]:
    """What the table shows, and the table."""
    size = f"{len(dataset):,} points with {len(dataset.inputs[0])} inputs and {len(dataset.outputs[0])} output(s)"
    return f"`python -m benchmarks.constructions`. {size}.", f"{RULE} {WORDS}", table(HEADING, map(cells, lines))


def cells(line: Line) -> tuple[object, ...]:
    """A row of the table below HEADING."""
    hidden = line.network.widths[1:-1]
    widths = ", ".join(map(str, hidden)) if len(hidden) < 4 else f"{len(hidden)} layers of up to {max(hidden)}"
    sizes = (f"{sum(hidden):,}", f"{len(line.numbers):,}", f"{line.bits:,}", _size(line.largest))
    return line.name, widths, *sizes, line.build, line.certify, line.floating


def _size(number: Fraction) -> str:
    """A positive number below a million as it is, another one as the nearest power of two."""
    if Fraction(1, 1000) < number < 10**6:
        return shown(float(number))
    return f"2^{round(math.log2(number.numerator) - math.log2(number.denominator))}" if number else "0"


def plot(lines: Sequence[Line]) -> str:
    """Parameters and their bits, a bar for each construction. Fails: InputError without matplotlib."""
    from benchmarks.chart import bars

    parameters = {line.name: float(len(line.numbers)) for line in lines}
    bits = {line.name: float(line.bits) for line in lines}
    return bars({"parameters": parameters, "bits of all parameters": bits}, "Parameters and bits of each construction")


if __name__ == "__main__":
    run(lambda: main(), "python -m benchmarks.constructions")
