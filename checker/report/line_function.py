"""A network that sees its input through one projection t = p.x, as the exact piecewise linear function of t that it is.

Units: t is projected input, values are outputs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from checker.convolution import MaxPool
from checker.network import Layer, Network, Vector

PRODUCTS = 2_000_000
"""The work of one drawing: so many products of short numbers, fewer of long ones."""
PIECES = 4096
SIGNS = 500_000
"""So many activations, of all neurons of a layer on all pieces."""

Line = tuple[Fraction, Fraction]
"""(slope, value at t = 0)."""
Point = tuple[Fraction, Fraction]
Piece = tuple[Fraction, Fraction, list[Line]]
"""From, to, and every neuron's line between."""


class TooLongError(Exception):
    """The function has more pieces, or longer numbers, than are worth a drawing."""


@dataclass(frozen=True)
class LineFunction:
    """Between low and high: the ends of the linear pieces, the outputs there, and where ReLU neurons change.

    breakpoints: where neurons of the first layer change; knots: where neurons of deeper layers do.
    """

    ends: Vector
    outputs: tuple[Vector, ...]
    breakpoints: Vector
    knots: Vector

    def points(self, output: int) -> list[Point]:
        """The graph of one output (counted from 0) as the corners of a polyline."""
        return [(t, values[output]) for t, values in zip(self.ends, self.outputs, strict=True)]


def projection(network: Network) -> Vector | None:
    """The p of a network that is a function of p.x, (1) for one input; None where the first neurons' weights differ."""
    if any(layer.activation not in ("relu", "identity") for layer in network.layers):
        return None
    weights = network.layers[0].weights
    if network.widths[0] == 1:
        return (Fraction(1),)
    return weights[0] if all(row == weights[0] for row in weights) else None


def projected(p: Vector, x: Vector) -> Fraction:
    """p.x"""
    return sum((a * b for a, b in zip(p, x, strict=True)), Fraction(0))


def line_function(network: Network, low: Fraction, high: Fraction) -> LineFunction:
    """The network with a projection as a function of t between low < high, exactly. Fails: TooLongError."""
    first = network.layers[0]
    start: list[Line] = [(Fraction(1), Fraction(0))]
    column = first.weights if network.widths[0] == 1 else ((Fraction(1),),) * first.width
    pieces: list[Piece] = [(low, high, start)]
    changes: list[set[Fraction]] = []
    work = 0
    for number, layer in enumerate((Layer(column, first.bias, first.activation), *network.layers[1:]), 1):
        work += len(pieces) * number * price(layer)
        if work > PRODUCTS:
            raise TooLongError(f"that is more work than {PRODUCTS} products of short numbers")
        found: set[Fraction] = set()
        parts: list[Piece] = []
        for piece in pieces:
            parts += _through(layer, *piece, found)
            if len(parts) > PIECES or len(parts) * layer.width > SIGNS:
                raise TooLongError(f"it has more than {min(PIECES, SIGNS // layer.width)} pieces")
        pieces = parts
        changes.append(found)
    ends = (low, *(end for _, end, _ in pieces))
    at_ends = zip(ends, (pieces[0][2], *(lines for _, _, lines in pieces)), strict=True)
    outputs = tuple(tuple(slope * t + value for slope, value in lines) for t, lines in at_ends)
    knots = set[Fraction]().union(*changes[1:])
    return LineFunction(ends, outputs, tuple(sorted(changes[0])), tuple(sorted(knots)))


def price(layer: Layer) -> int:
    """About how many products of short numbers it takes to evaluate the layer once."""
    if isinstance(layer, MaxPool):
        return sum(map(len, layer.window.patches))
    numbers = [q for row in layer.weights for q in row] + list(layer.bias)
    longest = max(max(q.numerator.bit_length(), q.denominator.bit_length()) for q in numbers)
    return len(numbers) * (1 + longest // 64)


def _through(layer: Layer, start: Fraction, end: Fraction, h: list[Line], changes: set[Fraction]) -> Iterator[Piece]:
    """The pieces that a layer makes of one, with its activations on each; where its ReLU neurons change is added."""
    z = [_sum(row, bias, h) for row, bias in zip(layer.weights, layer.bias, strict=True)]
    if layer.activation != "relu":
        yield start, end, z
        return
    zeros = {-value / slope for slope, value in z if slope}
    changes |= {t for t in zeros if start <= t <= end}
    cuts = sorted(t for t in zeros if start < t < end)
    if len(cuts) * len(z) > SIGNS:
        raise TooLongError(f"it has more than {SIGNS // len(z)} pieces")
    for a, b in pairwise([start, *cuts, end]):
        middle = (a + b) / 2
        off = Fraction(0), Fraction(0)
        yield a, b, [line if line[0] * middle + line[1] > 0 else off for line in z]


def _sum(row: Vector, bias: Fraction, h: list[Line]) -> Line:
    slope, value = Fraction(0), bias
    for weight, (a, b) in zip(row, h, strict=True):
        if weight and (a or b):
            slope, value = slope + weight * a, value + weight * b
    return slope, value
