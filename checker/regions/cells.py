"""Convex cells of the line and the plane, cut exactly by lines, in integers.

A point is homogeneous: (w, x) or (w, x, y) in lowest terms, w >= 0. With w > 0 it is the point (x/w, y/w); with w = 0
it is the direction (x, y), a point at infinity, so that unbounded cells are cells like all others. A form (c, a, b) has
the value c w + a x + b y at a point, a positive multiple of what the affine function c + a x + b y has there. In a cell
it is >= 0 exactly when it is >= 0 at all corners, for the cell's points are their sums with weights >= 0.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from operator import mul

Point = tuple[int, ...]
Form = tuple[int, ...]
Cell = tuple[Point, ...]
"""The two ends of an interval, or the corners of a polygon in order."""
Facet = tuple[Point, ...]
"""An end of an interval; the two ends of a polygon's side, sorted."""


def value(form: Form, point: Point) -> int:
    """The form at the point, up to the point's positive weight."""
    return sum(map(mul, form, point))


def space(inputs: int) -> tuple[list[Cell], list[Form]]:
    """Cells that tile the whole line (two rays) or plane (four quadrants), and the form that is 0 at infinity alone."""
    origin = (1, *[0] * inputs)
    infinity = [(1, *[0] * inputs)]
    if inputs == 1:
        return [((0, -1), origin), (origin, (0, 1))], infinity
    turn = [(0, 1, 0), (0, 0, 1), (0, -1, 0), (0, 0, -1)]
    return [(origin, *pair) for pair in zip(turn, turn[1:] + turn[:1], strict=True)], infinity


def box(inputs: int, low: Fraction, high: Fraction) -> tuple[list[Cell], list[Form]]:
    """The cell low <= x, y <= high, and the forms that are 0 on its sides. low < high."""
    bounds = [(q.denominator, q.numerator) for q in (low, high)]
    forms = [(-p, *(d if k == axis else 0 for k in range(inputs))) for axis in range(inputs) for d, p in bounds]
    if inputs == 1:
        return [tuple(bounds)], forms
    corners = [(bounds[0], bounds[0]), (bounds[1], bounds[0]), (bounds[1], bounds[1]), (bounds[0], bounds[1])]
    return [tuple(_lowest((d * e, p * e, q * d)) for (d, p), (e, q) in corners)], forms


def sides(cell: Cell) -> list[tuple[Point, Point]]:
    """Its pairs of neighbouring corners, in order; an interval is its own only side."""
    if len(cell[0]) == 2:
        return [(cell[0], cell[1])]
    return list(zip(cell, cell[1:] + cell[:1], strict=True))


def facets(cell: Cell) -> list[Facet]:
    """What it may share with a neighbour: its ends, or its sides."""
    if len(cell[0]) == 2:
        return [(point,) for point in cell]
    return [(p, q) if p < q else (q, p) for p, q in sides(cell)]


def halves(cell: Cell, values: Sequence[int]) -> tuple[Cell, Cell]:
    """The part of the cell where a form is >= 0 and the part where it is <= 0.

    values: the form's at the corners, at least one > 0 and one < 0; so both parts have inner points.
    """
    above: list[Point] = []
    below: list[Point] = []
    after = (*values[1:], values[0])
    following = (*cell[1:], cell[0])
    line = len(cell[0]) == 2
    for place, (p, s, q, t) in enumerate(zip(cell, values, following, after, strict=True)):
        if s >= 0:
            above.append(p)
        if s <= 0:
            below.append(p)
        if (s < 0 < t or t < 0 < s) and not (line and place):
            crossing = _lowest([abs(t) * a + abs(s) * b for a, b in zip(p, q, strict=True)])
            above.append(crossing)
            below.append(crossing)
    return tuple(above), tuple(below)


def _lowest(point: Sequence[int]) -> Point:
    divisor = gcd(*point)
    return tuple(point) if divisor == 1 else tuple(n // divisor for n in point)
