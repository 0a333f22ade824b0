"""Whether floating point evaluates a network exactly at every row, in every order of its sums: a bound, itself exact.

Let all terms w h and b of a neuron's sum be integer multiples of a unit 2^-s, and the sum of their absolute values be
less than 2^53 units. Then every product and every partial sum, in whatever order, is an integer below 2^53 times
2^-s: a binary64 number when s <= 1074, so no operation rounds. A fused multiply-add rounds the same number once less.
For binary32 the same holds with 24 and 149.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from checker.convolution import Convolution, MaxPool
from checker.dataset import Dataset
from checker.engines.integer import IntegerLayer, Matrix, activations, integer_layers, preactivations
from checker.engines.rows import Rows, in_own_units
from checker.network import Layer, Network, ScaledLayer

FORMATS = {"float64": (53, 1024, 1074), "float32": (24, 128, 149)}
"""Binary formats (p, e, f): the numbers are k 2^-f with at most p significant bits in k, below 2^e."""


@dataclass(frozen=True)
class AnyOrder:
    """The largest sum |w||h| + |b| of any neuron, in its unit, and where it is first reached (counted from 1).

    obstacle: why it does not follow that every order of summation is exact, at the first row where it does not; the sum
    is then that row's. Empty when it does follow. row 0: it is in the parameters. layer 0: a parameter or input is no
    number of the format.
    """

    largest: int
    row: int
    layer: int
    neuron: int
    obstacle: str = ""

    @property
    def can_be_evaluated(self) -> bool:
        """Whether parameters and inputs are numbers of the format."""
        return self.layer > 0

    def after(self, rows: int) -> "AnyOrder":
        """The same, of rows that come after so many others."""
        return replace(self, row=self.row + rows) if self.row else self

    @property
    def reason(self) -> str:
        """The obstacle, with its row."""
        return f"row {self.row}: {self.obstacle}" if self.row else self.obstacle

    def worse(self, other: "AnyOrder | None") -> "AnyOrder":
        """The one with an obstacle, or else the larger sum; of two alike the one of the first row."""
        return self if other is None else min(self, other, key=_goodness)


def _goodness(found: AnyOrder) -> tuple[bool, bool, int, int]:
    return found.can_be_evaluated, not found.obstacle, 0 if found.obstacle else -found.largest, found.row


def prepared(network: Network, mode: str) -> Callable[[Dataset], AnyOrder]:
    """What the sums of this network at the rows of a dataset say of the floating-point format that mode names."""
    layers = integer_layers(network)
    for number, layer in enumerate(network.layers, 1):
        if isinstance(getattr(layer, "kernel", layer), ScaledLayer):
            scaled = AnyOrder(0, 0, 0, 0, f"layer {number} is scaled as a whole: when, is not said")
            return lambda dataset: scaled
    for place, q in _parameters(network.layers):
        if not representable(q, mode):
            unfit = AnyOrder(0, 0, 0, 0, f"{place} is not a {mode} number")
            return lambda dataset: unfit

    def any_order(dataset: Dataset) -> AnyOrder:
        fit = set(evaluable(dataset, mode))
        unfit = next((row for row in range(1, len(dataset) + 1) if row not in fit), None)
        if unfit is not None:
            return AnyOrder(0, unfit, 0, 0, f"an input is not a {mode} number")
        return min((found for rows in in_own_units(dataset) for found in _sums(layers, rows, mode)), key=_goodness)

    return any_order


def evaluable(dataset: Dataset, mode: str) -> list[int]:
    """The rows (counted from 1) whose inputs are numbers of the format."""
    return [row for row, x in enumerate(dataset.inputs, 1) if all(representable(v, mode) for v in x)]


def representable(q: Fraction, mode: str) -> bool:
    """Whether q is a number of the format.

    >>> representable(Fraction(1, 10), "float64"), representable(Fraction(2**24 + 1), "float32")
    (False, False)
    """
    precision, greatest, finest = FORMATS[mode]
    size, unit = abs(q.numerator), q.denominator
    significant = size // (size & -size) if size else 0
    dyadic = unit & (unit - 1) == 0 and unit.bit_length() - 1 <= finest
    return dyadic and significant.bit_length() <= precision and size < unit << greatest


def _sums(layers: tuple[IntegerLayer, ...], rows: Rows, mode: str) -> Iterator[AnyOrder]:
    """What each of these rows says, of which all have one unit."""
    precision, _, finest = FORMATS[mode]
    too_fine = rows.unit * max(scale for layer in layers for scale in layer.scales) >> finest > 1
    for number, (largest, layer, neuron) in zip(rows.numbers, _largest_sums(layers, rows), strict=True):
        obstacle = f"its terms are finer than 2^-{finest}" if too_fine else ""
        if largest >> precision:
            obstacle = f"the sum of absolute values is not below 2^{precision} units"
        yield AnyOrder(largest, number + 1, layer, neuron, obstacle)


def _largest_sums(layers: tuple[IntegerLayer, ...], rows: Rows) -> list[tuple[int, int, int]]:
    """For each row the largest sum |w||h| + |b|, in the units of the integer layers, its layer and its neuron."""
    found = [(-1, 0, 0)] * len(rows.numbers)
    for number, (layer, (h, _)) in enumerate(zip(layers, activations(layers, rows), strict=True), 1):
        if not layer.rows:
            continue
        sizes = [list(map(abs, line)) for line in h] if isinstance(h, list) else abs(h)
        for place, (largest, neuron) in enumerate(_tops(preactivations(layer.absolute, sizes))):
            if largest > found[place][0]:
                found[place] = largest, number, neuron
    return found


def _tops(sums: Matrix) -> Iterable[tuple[int, int]]:
    """The largest entry of every line, and the first place (counted from 1) where it stands."""
    if isinstance(sums, list):
        return [(int(max(line)), line.index(max(line)) + 1) for line in sums]
    return zip(sums.max(axis=1).tolist(), (sums.argmax(axis=1) + 1).tolist(), strict=True)


def _parameters(layers: tuple[Layer, ...]) -> Iterator[tuple[str, Fraction]]:
    """Every parameter, with its place in words."""
    for number, layer in enumerate(layers, 1):
        if isinstance(layer, MaxPool):
            continue
        neurons = layer.kernel if isinstance(layer, Convolution) else layer
        for neuron, (row, bias) in enumerate(zip(neurons.weights, neurons.bias, strict=True), 1):
            yield from ((f"a weight of layer {number}, neuron {neuron}", w) for w in row)
            yield f"the bias of layer {number}, neuron {neuron}", bias
