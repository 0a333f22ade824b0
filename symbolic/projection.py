"""Projections p with distinct p.x for distinct inputs x."""

import math
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product

Vector = tuple[Fraction, ...]
TRIES = 16
"""Vectors tried for each bound on the entries."""
LARGEST_BOUND = 1 << 64


class CollisionError(ValueError):
    """A projection sends two distinct inputs to the same value; pair holds their indices."""

    def __init__(self, pair: tuple[int, int], value: Fraction) -> None:
        self.pair, self.value = pair, value
        super().__init__(f"the projection sends both inputs to {value}")


def project(p: Sequence[Fraction], inputs: Sequence[Vector]) -> list[Fraction]:
    """p.x for each of the inputs, which are distinct. Fails: CollisionError when two of the results are equal."""
    seen: dict[Fraction, int] = {}
    for index, row in enumerate(inputs):
        value = sum((w * v for w, v in zip(p, row, strict=True)), Fraction(0))
        first = seen.setdefault(value, index)
        if first != index:
            raise CollisionError((first, index), value)
    return list(seen)


def integer_factor(p: Sequence[Fraction], ts: Sequence[Fraction], gap: int) -> int:
    """The least positive integer times a common denominator with which the p and the distinct ts are integers, the ts
    at least gap apart.
    """
    scale = math.lcm(*(q.denominator for q in (*p, *ts)))
    ordered = sorted(ts)
    least = min((high - low for low, high in zip(ordered[:-1], ordered[1:], strict=True)), default=Fraction(gap))
    return scale * math.ceil(gap / (scale * least))


def auto(inputs: Sequence[Vector]) -> Vector:
    """Small integers p, injective on the distinct inputs; the same for the same inputs.

    Vectors with entries up to 1, 2, 4, ... are tried; of those that separate the inputs under the first bound that
    has any, the one with the
    least range of p.x is taken. Should none of 65 bounds do, `separating` always does.
    """
    integers = _scaled(inputs)
    bound = 1
    while bound <= LARGEST_BOUND:
        best = min(filter(None, (_score(p, integers) for p in _candidates(len(inputs[0]), bound))), default=None)
        if best:
            return tuple(Fraction(-q) for q in best[-1])
        bound *= 2
    return separating(inputs)


def separating(inputs: Sequence[Vector]) -> Vector:
    """The projection (1, K, K^2, ...) of the theorem's proof, K = 1 + M/m, injective on any distinct inputs.

    M is the largest and m the least non-zero difference in any coordinate (K = 1 when no coordinate differs).
    """
    columns = [sorted(set(column)) for column in zip(*inputs, strict=True)]
    gaps = [high - low for column in columns for low, high in zip(column[:-1], column[1:], strict=True)]
    ranges = [column[-1] - column[0] for column in columns]
    base = 1 + max(ranges) / min(gaps) if gaps else Fraction(1)
    return tuple(base**r for r in range(len(columns)))


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


def _scaled(inputs: Sequence[Vector]) -> list[tuple[int, ...]]:
    """The inputs times the least common denominator."""
    scale = math.lcm(*(v.denominator for row in inputs for v in row))
    return [tuple(v.numerator * (scale // v.denominator) for v in row) for row in inputs]


def _candidates(dimension: int, bound: int) -> Iterator[tuple[int, ...]]:
    """Integer vectors with entries of absolute value at most bound: all when they are few, else TRIES of them."""
    if dimension == 1:
        return iter([(1,)])
    if (2 * bound + 1) ** dimension <= 2 * TRIES:
        return product(range(-bound, bound + 1), repeat=dimension)
    generator = random.Random(bound)
    entries = iter(lambda: math.floor(generator.random() * (2 * bound + 1)) - bound, None)
    return (tuple(islice(entries, dimension)) for _ in range(TRIES))


def _score(p: tuple[int, ...], integers: Sequence[tuple[int, ...]]) -> tuple[int, int, tuple[int, ...]] | None:
    """(range of p.x, sum of |p|, -p), the less the better; None when two of the p.x are equal."""
    seen: set[int] = set()
    for row in integers:
        value = sum(w * v for w, v in zip(p, row, strict=True))
        if value in seen:
            return None
        seen.add(value)
    return max(seen) - min(seen), sum(map(abs, p)), tuple(-q for q in p)
