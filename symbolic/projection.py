"""Projections p with distinct p.x for distinct inputs x."""

import math
from collections.abc import Sequence
from fractions import Fraction

from symbolic.search import BUDGET, smallest

Vector = tuple[Fraction, ...]


class CollisionError(ValueError):
    """A projection sends two distinct inputs to the same value; pair holds their indices."""

    def __init__(self, pair: tuple[int, int], value: Fraction) -> None:
        self.pair, self.value = pair, value
        super().__init__(f"the projection sends both inputs to {value}")


def project(p: Sequence[Fraction], inputs: Sequence[Vector]) -> list[Fraction]:
    """p.x for each of the inputs, which are distinct. Fails: CollisionError when two of the results are equal."""
    scale = math.lcm(*(q.denominator for q in p))
    weights, rows = [int(scale * q) for q in p], scaled(inputs)
    scale *= _denominator(inputs)
    seen: dict[int, int] = {}
    for index, row in enumerate(rows):
        value = sum(w * v for w, v in zip(weights, row, strict=True))
        first = seen.setdefault(value, index)
        if first != index:
            raise CollisionError((first, index), Fraction(value, scale))
    return [Fraction(value, scale) for value in seen]


def integer_factor(p: Sequence[Fraction], ts: Sequence[Fraction], apart: Sequence[int]) -> int:
    """The least positive integer times a common denominator with which the p and the distinct ts are integers, the
    sorted ts at least these distances apart.
    """
    scale = math.lcm(*(q.denominator for q in (*p, *ts)))
    ordered = sorted(scale * t for t in ts)
    gaps = (high - low for low, high in zip(ordered[:-1], ordered[1:], strict=True))
    return scale * max((math.ceil(least / gap) for least, gap in zip(apart, gaps, strict=True)), default=1)


def auto(inputs: Sequence[Vector], apart: Sequence[int] = (), budget: int = BUDGET) -> Vector:
    """Integers p, the range of p.x small, injective on the distinct inputs; the same for the same inputs.

    apart: how far from each other the sorted p.x should be, after the inputs are scaled to integers; by default 1.
    budget: how many candidates may be tried to better the first one that will do.
    """
    if len(inputs[0]) == 1:
        return (Fraction(1),)
    return tuple(map(Fraction, smallest(scaled(inputs), apart or [1] * (len(inputs) - 1), budget)))


def article(inputs: Sequence[Vector]) -> Vector:
    """The projection of the article's program: the weights reversed against the rows they were computed from.

    With A = 0 at first, for each row r of the data: K_r = 1 + 2A, then A = (1 + range of the row) K_r; p = (K_{n-1},
    ..., K_0).
    Distinct inputs can collide: (0, 5) and (1, 0) both go to 5.
    """
    weights, total = [], Fraction(0)
    for row in zip(*inputs, strict=True):
        weights.append(1 + 2 * total)
        total = (1 + max(row) - min(row)) * weights[-1]
    return tuple(reversed(weights))


def scaled(inputs: Sequence[Vector]) -> list[tuple[int, ...]]:
    """The inputs times the least common denominator."""
    scale = _denominator(inputs)
    return [tuple(v.numerator * (scale // v.denominator) for v in row) for row in inputs]


def _denominator(inputs: Sequence[Vector]) -> int:
    return math.lcm(*{v.denominator for row in inputs for v in row})
