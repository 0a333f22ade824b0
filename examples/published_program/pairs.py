"""The smallest datasets on which the published program's projection collides, by exhaustive search.

The projection, stated in our words: K_0 = 1, A_0 = (1 + R_0), K_1 = 1 + 2 A_0, A_1 = (1 + R_1) K_1, ...: R_r is the
range of coordinate r of the data; the weights are used in reverse, (K_{n-1}, ..., K_0). The mended one uses them in
order, and the smallest positive difference m_r of coordinate r where the program has 1 (m_r <= 1):
K_r = 1 + 2 A_{r-1} / m_r, A_r = (m_r + R_r) K_r.

The mended one separates. By induction sum_{s <= r} K_s R_s <= A_r, as K_r m_r >= 2 A_{r-1}. Let x, x' differ, last in
coordinate r: |p.x - p.x'| >= K_r m_r - sum_{s < r} K_s R_s >= m_r + 2 A_{r-1} - A_{r-1} > 0.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

Point = tuple[Fraction, ...]


def weights(points: tuple[Point, ...], mended: bool) -> tuple[Fraction, ...]:
    """The projection's weights."""
    found, total = [], Fraction(0)
    for row in zip(*points, strict=True):
        values = sorted(set(row))
        gaps = [b - a for a, b in zip(values, values[1:], strict=False)]
        gap = min([*gaps, Fraction(1)]) if mended else Fraction(1)
        found.append(1 + 2 * total / gap)
        total = (gap + values[-1] - values[0]) * found[-1]
    return tuple(found if mended else reversed(found))


def collide(points: tuple[Point, ...], mended: bool = False) -> bool:
    """Whether two of the points go to one value."""
    p = weights(points, mended)
    return len({sum(a * b for a, b in zip(p, x, strict=True)) for x in points}) < len(points)


def pairs(inputs: int, largest: int, denominator: int = 1) -> Iterator[tuple[Point, Point]]:
    """All pairs of distinct points with coordinates k / denominator, 0 <= k <= largest, up to their order."""
    values = [Fraction(k, denominator) for k in range(largest + 1)]
    points = list(product(values, repeat=inputs))
    for k, first in enumerate(points):
        for second in points[k + 1 :]:
            yield first, second


def smallest(inputs: int, largest: int, denominator: int = 1) -> list[tuple[Point, Point]]:
    """All pairs that collide with the least largest coordinate, which is at most this; none: no pair collides."""
    for bound in range(1, largest + 1):
        found = [pair for pair in pairs(inputs, bound, denominator) if collide(pair)]
        if found:
            return found
    return []
