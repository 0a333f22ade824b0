"""Whether binary64 evaluates a network exactly on given inputs, in every order of its sums: a bound, itself exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, log2
from operator import le, mul
from typing import NamedTuple

from checker.network import Layer, Network, Vector

BOUND = 1 << 53
FINEST = 1 << 1074
"""A multiple of 2^-1074 that is less than 2^53 of the units of which it is a multiple is a binary64 number."""
Rows = list[list[int]]
BLOCK = 4096
"""Rows evaluated at a time."""


class Scaled(NamedTuple):
    """A layer whose weights and biases are integers, in its unit."""

    weights: Rows
    bias: list[int]
    relu: bool


@dataclass(frozen=True)
class Exactness:
    """The largest sum |w||h| + |bias| over neurons and inputs, each in the layer's unit: 1, or the fraction of it of
    which all terms are multiples.

    obstacle: why it does not follow that binary64 is exact in every order of summation. Empty when it does follow: then
    every product and every partial sum is a multiple of a power of two and less than 2^53 times it.
    """

    bound: int
    obstacle: str

    def __str__(self) -> str:
        size = f"2^{log2(self.bound):.2f}" if self.bound else "0"
        answer = f"no, {self.obstacle}" if self.obstacle else "yes"
        return f"{size} (exact in binary64 in any summation order: {answer})"


def exactness(network: Network, inputs: Sequence[Vector]) -> Exactness:
    """The bound of this network on these inputs, and the first obstacle to exact binary64 arithmetic."""
    columns = [lcm(*{v.denominator for v in column}) for column in zip(*inputs, strict=True)]
    rows = [_integers(x, columns) for x in inputs]
    layers, finest = [], 1
    for layer in network.layers:
        weights, bias, unit = _scaled(layer, columns)
        layers.append(Scaled(weights, bias, layer.activation == "relu"))
        finest, columns = max(finest, unit), [unit] * layer.width
    blocks = (rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK))
    bound = max(_largest_sum(layers, block) for block in blocks)
    return Exactness(bound, _obstacle(network, inputs, bound, finest))


def _largest_sum(layers: Sequence[Scaled], rows: Rows) -> int:
    """The largest |weights| |h| + |bias| over layers, rows and neurons: by NumPy where installed, else by Python."""
    try:
        import numpy
    except ImportError:
        return _largest_by_python(layers, rows)
    bound, h = 0, numpy.array(rows, dtype=object)
    for weights, bias, relu in layers:
        sizes = abs(h).max(axis=0)
        top = max(sum(map(mul, map(abs, row), map(int, sizes))) + abs(b) for row, b in zip(weights, bias, strict=True))
        top = max(top, *map(int, sizes), *(abs(w) for row in weights for w in row))
        kind = numpy.float64 if top < 1 << 53 else numpy.int64 if top < 1 << 62 else object  # holds every sum exactly
        matrix, vector = numpy.array(weights, dtype=kind), numpy.array(bias, dtype=kind)
        h = (h.astype(numpy.int64) if h.dtype == numpy.float64 else h).astype(kind)
        bound = max(bound, int((abs(h) @ abs(matrix).T + abs(vector)).max()))
        h = h @ matrix.T + vector
        h = numpy.maximum(h, 0) if relu else h
    return bound


def _largest_by_python(layers: Sequence[Scaled], rows: Rows) -> int:
    bound = 0
    for weights, bias, relu in layers:
        bound = max(bound, _largest(weights, bias, rows))
        rows = [[sum(map(mul, row, h)) + b for row, b in zip(weights, bias, strict=True)] for h in rows]
        if relu:
            rows = [[max(z, 0) for z in row] for row in rows]
    return bound


def _integers(numbers: Sequence[Fraction], units: Sequence[int]) -> list[int]:
    """The numbers as integers, each in units of 1 over its own unit."""
    return [q.numerator * (unit // q.denominator) for q, unit in zip(numbers, units, strict=True)]


def _scaled(layer: Layer, columns: Sequence[int]) -> tuple[Rows, list[int], int]:
    """Weights and bias such that integers h, in units of 1/columns, give preactivations in units of 1/unit."""
    ones = all(d == 1 for d in columns)
    weights = layer.weights if ones else [[w / d for w, d in zip(row, columns, strict=True)] for row in layer.weights]
    unit = lcm(*{q.denominator for row in (*weights, layer.bias) for q in row})
    return [_integers(row, [unit] * len(row)) for row in weights], _integers(layer.bias, [unit] * layer.width), unit


def _largest(weights: Rows, bias: list[int], rows: Rows) -> int:
    """The largest |weights| |h| + |bias| over rows h and neurons.

    The row with the largest sum speaks for every row that exceeds it nowhere.
    """
    sizes = [list(map(abs, h)) for h in rows]
    top = max(sizes, key=sum)
    candidates = [top, *(h for h in sizes if not all(map(le, h, top)))]
    absolute = [(list(map(abs, row)), abs(b)) for row, b in zip(weights, bias, strict=True)]
    return max(sum(map(mul, row, h)) + b for h in candidates for row, b in absolute)


def _obstacle(network: Network, inputs: Sequence[Vector], bound: int, finest: int) -> str:
    if bound >= BOUND:
        return "the bound is not below 2^53"
    if not all(_is_binary64(v) for x in inputs for v in x):
        return "an input is not a binary64 number"
    for number, layer in enumerate(network.layers, 1):
        if not all(_is_binary64(q) for row in (*layer.weights, layer.bias) for q in row):
            return f"a parameter of layer {number} is not a binary64 number"
    return "" if finest <= FINEST else "its terms are finer than 2^-1074"


def _is_binary64(q: Fraction) -> bool:
    try:
        return float(q) == q
    except OverflowError:
        return False
