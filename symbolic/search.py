"""The search for a projection with a small range: a fixed number of candidates, so the same result on every machine."""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import ge, sub

from symbolic.progress import progress

Integers = tuple[int, ...]
TRIES = 16
"""Candidates for each range, which is doubled until one is found."""
BUDGET = 3000
"""Candidates tried, after the first one that will do, in order to better it; 32 for each point when that is fewer."""
Score = Callable[[Integers, int], int | None]
"""The range of p.x when it is less than the limit, and sorted values of p.x are as far apart as asked; else None."""


def smallest(rows: Sequence[Integers], apart: Sequence[int], budget: int = BUDGET) -> Integers:
    """A p for which the range of p.x is small and the sorted p.x are at least these distances apart.

    The rows are distinct, the distances at least 1. The range decides the length of all numbers of a construction.
    budget: as BUDGET.
    """
    ranges = [max(column) - min(column) for column in zip(*rows, strict=True)]
    score, generator = _score(rows, apart), random.Random(0)
    best = _digits(ranges, max(apart, default=1))
    size, found = max(len(rows) - 1, min(filter(None, ranges), default=1)), False
    while size < best[0] and not found:
        for p in islice(_candidates(ranges, size, generator), TRIES):
            better = _scored(score, p, best[0])
            best, found = better or best, found or better is not None
        size *= 2
    for _ in progress(range(min(budget, 32 * len(rows))), "projection"):
        p = next(_candidates(ranges, best[0], generator))
        best = _scored(score, p, best[0]) or best
    return best[1]


def _digits(ranges: Sequence[int], apart: int) -> tuple[int, Integers]:
    """The largest possible range and the p of the mixed-radix number whose digits are the coordinates.

    It separates any distinct integer rows, by this distance: the theorem's projection, with a base for each coordinate.
    """
    p, place = [], apart
    for size in ranges:
        p.append(place if size else 0)
        place *= size + 1
    return place - apart, tuple(p)


def _scored(score: Score, p: Integers, limit: int) -> tuple[int, Integers] | None:
    size = score(p, limit)
    return None if size is None else (size, p)


def _candidates(ranges: Sequence[int], size: int, generator: random.Random) -> Iterator[Integers]:
    """Vectors p for which p.x has at most about this range, most of it from one or two coordinates.

    Uneven shares are better: with equal ones the p.x crowd together in the middle, and collide.
    """
    while True:
        draws = [int(generator.random() * (1 << 32)) for _ in range(len(ranges) + 1)]
        shares = [draw**4 for draw in draws[1:]]
        whole = (7 << 32) + 3 * draws[0]  # 0.7 to 1 of the size, in units of 10 << 32
        down = (10 << 32) * (sum(shares) or 1)
        entries = [
            _nearest(size * whole * share, down * r) if r else 0 for share, r in zip(shares, ranges, strict=True)
        ]
        yield tuple(q if generator.random() < 0.5 else -q for q in entries)


def _nearest(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _score(rows: Sequence[Integers], apart: Sequence[int]) -> Score:
    """By NumPy where that is installed and its 64-bit integers hold all sums, else by Python: the same function."""
    plain = _plain(rows, apart)
    try:
        import numpy
    except ImportError:
        return plain
    largest = max(abs(v) for row in rows for v in row)
    if max(largest, *apart, 1) >= 1 << 62:
        return plain
    matrix, least = numpy.array(rows, dtype=numpy.int64), numpy.array(apart, dtype=numpy.int64)

    def score(p: Integers, limit: int) -> int | None:
        if largest * sum(map(abs, p)) >= 1 << 62:
            return plain(p, limit)
        values = matrix @ numpy.array(p, dtype=numpy.int64)
        size = int(values.max() - values.min())
        if size >= limit:
            return None
        values.sort()
        return size if (values[1:] - values[:-1] >= least).all() else None

    return score


def _plain(rows: Sequence[Integers], apart: Sequence[int]) -> Score:
    columns, few = list(zip(*rows, strict=True)), len(rows) // 4
    start = [column[:few] for column in columns]

    def score(p: Integers, limit: int) -> int | None:
        if len(set(_products(p, start, few))) < few:
            return None
        values = sorted(_products(p, columns, len(rows)))
        size = values[-1] - values[0]
        if size >= limit:
            return None
        return size if all(map(ge, map(sub, values[1:], values[:-1]), apart)) else None

    return score


def _products(p: Integers, columns: Sequence[Integers], count: int) -> list[int]:
    """p.x for each of so many rows x."""
    values = [0] * count
    for w, column in zip(p, columns, strict=True):
        if w:
            values = [value + w * v for value, v in zip(values, column, strict=True)]
    return values
