"""The neurons of a construction as a function of the projected input, and the network that they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.network import Layer, Network, Vector
from symbolic.arithmetic import Number, fraction
from symbolic.groups import Groups

Row = tuple[Number, ...]
ZERO = Fraction(0)


@dataclass(frozen=True)
class Neurons:
    """f(t) = offset + output relu(weights relu(t - breakpoints) + bias), for m outputs.

    Shapes: breakpoints k, not decreasing; weights l x k; bias l; output m x l; offset m. Units: t and breakpoints are
    projected inputs.
    """

    breakpoints: Row
    weights: tuple[Row, ...]
    bias: Row
    output: tuple[Row, ...]
    offset: Row

    def value(self, t: Number) -> Row:
        """f(t)."""
        h = [max(t - b, 0) for b in self.breakpoints]
        g = [max(_dot(row, h) + b, 0) for row, b in zip(self.weights, self.bias, strict=True)]
        return tuple(_dot(row, g) + c for row, c in zip(self.output, self.offset, strict=True))

    def network(self, p: Vector, widths: tuple[int, int], end: Number) -> Network:
        """The network of f(p.x) with hidden layers of these widths.

        The first layer's neurons beyond the breakpoints are off up to t = end, and their weights in the second layer 0;
        those of the second layer are off everywhere, and their weights in the outputs 0.
        """
        spare, silent = widths[0] - len(self.breakpoints), widths[1] - len(self.bias)
        breakpoints = (*self.breakpoints, *(end + q for q in range(spare)))
        rows = tuple((*row, *_zeros(spare)) for row in self.weights) + (_zeros(widths[0]),) * silent
        first = Layer((p,) * widths[0], _fractions(-b for b in breakpoints), "relu")
        second = Layer(tuple(map(_fractions, rows)), _fractions((*self.bias, *(-1,) * silent)), "relu")
        output = tuple(_fractions((*row, *_zeros(silent))) for row in self.output)
        last = Layer(output, _fractions(self.offset), "identity")
        return Network((first, second, last))


def stacked(parts: Sequence[Neurons]) -> Neurons:
    """The neurons of all parts, each part with its own outputs. Their breakpoints are the same."""
    total = sum(len(part.bias) for part in parts)
    rows, before = [], 0
    for part in parts:
        behind = total - before - len(part.bias)
        rows += [(*_zeros(before), *row, *_zeros(behind)) for row in part.output]
        before += len(part.bias)
    weights = tuple(row for part in parts for row in part.weights)
    bias = tuple(b for part in parts for b in part.bias)
    return Neurons(parts[0].breakpoints, weights, bias, tuple(rows), tuple(c for part in parts for c in part.offset))


def zigzag(points: Groups, W2: dict[tuple[int, int], Number], b2: Sequence[Number], offset: Number) -> Neurons:
    """The neurons with breakpoints b, weights W2[j, i], biases b2[j] and output weights u_j."""
    weights = tuple(tuple(W2[j, i] for i in range(points.r)) for j in range(points.a2))
    output = tuple((-1) ** j for j in range(points.a2))
    return Neurons(tuple(points.b[: points.r]), weights, tuple(b2), (output,), (offset,))


def _zeros(length: int) -> Row:
    return (0,) * length


def _fractions(numbers: Iterable[Number]) -> Vector:
    return tuple(ZERO if q == 0 else fraction(q) for q in numbers)


def _dot(row: Sequence[Number], h: Sequence[Number]) -> Number:
    return sum(w * v for w, v in zip(row, h, strict=True) if w and v)
