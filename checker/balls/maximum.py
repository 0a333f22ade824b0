"""The largest |e(x)| on an interval, enclosed from both sides by bisection and Taylor's theorem in balls."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from checker.balls import ball, greatest, least, library
from checker.balls.jet import Ball, Jet, variable

INTERVALS = 30_000
"""Past so many the enclosure is returned as it is: still an enclosure, only wider."""
DEPTH = 100
"""So often an interval is halved."""

Function = Callable[[Jet], Jet]


@dataclass(frozen=True)
class Maximum:
    """lower <= |e(point)|, and |e| <= upper on the whole interval (upper None: not shown to be bounded)."""

    lower: Fraction
    upper: Fraction | None
    point: Fraction
    intervals: int


def maximum(e: Function, lo: Fraction, hi: Fraction, enough: Callable[[Fraction, Fraction], bool]) -> Maximum | None:
    """The enclosure of max |e| on [lo, hi], refined until enough(lower, upper), or until INTERVALS were looked at.

    None when e is not shown to be defined at any point that was tried.
    """
    found = [(_at(e, x), x) for x in (lo, hi)]
    heap: list[tuple[bool, Fraction, Fraction, Fraction]] = []
    intervals, todo = 0, [(lo, hi)]
    while True:
        for a, b in todo:
            upper, value = bounded(e, a, b)
            found.append((value, (a + b) / 2))
            heapq.heappush(heap, (upper is not None, -(upper or Fraction(0)), a, b))
            intervals += 1
        found = [max((pair for pair in found if pair[0] is not None), key=itemgetter(0), default=(None, lo))]
        lower, point = found[0]
        bounds, negative, a, b = heap[0]
        upper = -negative if bounds else None
        spent = intervals >= INTERVALS or (b - a) * 2**DEPTH <= hi - lo
        if spent or upper is not None and lower is not None and enough(lower, upper):
            return None if lower is None else Maximum(lower, upper, point, intervals)
        heapq.heappop(heap)
        todo = [(a, (a + b) / 2), ((a + b) / 2, b)]


def bounded(e: Function, a: Fraction, b: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """An upper bound of |e| on [a, b], and a lower bound of |e| at its midpoint; None where there is none.

    With m the midpoint and h half the length, three bounds, of which the least counts: |e| on the interval; |e(m)| and
    h times the slopes on the interval; |e(m)|, h |e'(m)| and h^2 / 2 times the curvatures on the interval.
    """
    middle, h = (a + b) / 2, ball((b - a) / 2)
    at, on = e(variable(ball(middle))), e(variable(interval(a, b)))
    if not on.value.is_finite():  # perhaps not defined everywhere on the interval, whatever its slopes
        return None, _magnitude(at.value)
    bounds = [abs(on.value), abs(at.value) + h * abs(on.slope)]
    if on.curvature is not None:
        bounds.append(abs(at.value) + h * abs(at.slope) + h * h / 2 * abs(on.curvature))
    finite = [upper for upper in map(greatest, bounds) if upper is not None]
    return min(finite, default=None), _magnitude(at.value)


def interval(a: Fraction, b: Fraction) -> Ball:
    """A ball that contains all of [a, b]."""
    half = ball((b - a) / 2)
    return ball((a + b) / 2) + half * library().arb(0, 1)


def _at(e: Function, x: Fraction) -> Fraction | None:
    return _magnitude(e(variable(ball(x))).value)


def _magnitude(value: Ball) -> Fraction | None:
    """A lower bound of |value|."""
    return least(value.abs_lower()) if value.is_finite() else None
