"""The values that one neuron can have at the points, as finitely many cones, each with generators (see __init__)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise
from math import comb, gcd, lcm

Integers = tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """The neurons relu(side (t - tau)), low <= tau <= high, of one gap; side 0: the neuron t."""

    side: int
    low: Fraction
    high: Fraction

    def split(self, at: Fraction) -> tuple["Cell", "Cell"]:
        """Two cells that are this one together."""
        return Cell(self.side, self.low, at), Cell(self.side, at, self.high)


@dataclass(frozen=True)
class Column:
    """unit * relu(side (t - tau)) at the points, in integers, of the neuron of this number; None is the constant 1.

    paired: the weights of the neuron's two columns (tau low and high) have one sign.
    """

    values: Integers
    neuron: int | None
    side: int
    tau: Fraction
    unit: int
    paired: bool


@dataclass(frozen=True)
class Ray:
    """A generator: the values h at the points, and the coefficients of the columns that give it."""

    values: Integers
    coefficients: Integers


@dataclass(frozen=True)
class Cones:
    """Every neuron has the values sign * (a sum of rays of mask, with coefficients >= 0) for one (sign, mask) of kinds.

    mask: bit k stands for rays[k].
    """

    columns: tuple[Column, ...]
    rays: tuple[Ray, ...]
    kinds: tuple[tuple[int, int], ...]


def gap_cells(ts: tuple[Fraction, ...]) -> list[Cell]:
    """Cells that hold every neuron that is not constant at the points ts, which increase."""
    cells = [Cell(0, ts[0], ts[0])]
    return cells + [Cell(side, low, high) for low, high in pairwise(ts) for side in (1, -1)]


def first_layers(ts: tuple[Fraction, ...], width: int) -> Iterator[tuple[Cell, ...]]:
    """The cells of every first layer of this width, up to the order of its neurons.

    Two neurons of side 0 do no more than one.
    """
    constant, *others = gap_cells(ts)
    yield from ((constant, *rest) for rest in combinations_with_replacement(others, width - 1))
    yield from combinations_with_replacement(others, width)


def how_many_first_layers(points: int, width: int) -> int:
    """How many `first_layers` are there, none of them made."""
    others = 2 * (points - 1)
    return comb(others + width - 2, width - 1) + comb(others + width - 1, width)


def one_layer(ts: tuple[Fraction, ...]) -> Cones:
    """The cones of a neuron of the only hidden layer."""
    columns: list[Column] = []
    rays: list[Ray] = []
    kinds: list[tuple[int, int]] = []
    for number, cell in enumerate(gap_cells(ts)):
        mask = 0
        for column in _cell_columns(ts, number, cell):
            for sign in (1, -1) if cell.side == 0 else (1,):
                mask |= 1 << len(rays)
                rays.append(Ray(tuple(sign * v for v in column.values), (len(columns), sign)))
            columns.append(column)
        kinds += [(1, mask)] if cell.side == 0 else [(1, mask), (-1, mask)]
    return Cones(tuple(columns), tuple(rays), tuple(kinds))


def two_layers(ts: tuple[Fraction, ...], cells: tuple[Cell, ...]) -> Cones:
    """The cones of a neuron of the second hidden layer, for a first layer of these cells."""
    columns = _independent(ts, cells)
    normals = [tuple(column.values[k] for column in columns) for k in range(len(ts))]
    normals += [_unit(j, len(columns)) for j, column in enumerate(columns) if column.paired]
    lines = sorted(_lines(normals, len(columns)))
    both = [c for line in lines for c in (line, tuple(-v for v in line))]
    found = [(c, _combined(columns, c)) for c in both]
    rays = [(c, g) for c, g in found if all(c[a] * c[b] >= 0 for a, b in _pairs(columns))]
    choices = [([g[k] >= 0 for _, g in rays], [g[k] <= 0 for _, g in rays]) for k in range(len(ts))]
    for a, b in _pairs(columns):
        choices.append(([c[a] >= 0 and c[b] >= 0 for c, _ in rays], [c[a] <= 0 and c[b] <= 0 for c, _ in rays]))
    masks = _maximal(_masks([(_bits(yes), _bits(no)) for yes, no in choices], len(rays)))
    kinds = tuple((sign, mask) for mask in masks for sign in (1, -1))
    return Cones(columns, tuple(Ray(tuple(max(v, 0) for v in g), c) for c, g in rays), kinds)


def _cell_columns(ts: tuple[Fraction, ...], number: int, cell: Cell) -> list[Column]:
    """The columns of one neuron: t, or the two ends of its interval; a column of zeros does nothing."""
    if cell.side == 0:
        unit = lcm(*(t.denominator for t in ts))
        return [Column(tuple(int(t * unit) for t in ts), number, 0, ts[0], unit, False)]
    ends = sorted({cell.low, cell.high})
    columns = [_column(ts, number, cell.side, tau, True) for tau in ends]
    columns = [column for column in columns if any(column.values)]
    # A single column may have a weight of either sign: it is not paired.
    return columns if len(columns) == 2 else [_unpaired(column) for column in columns]


def _column(ts: tuple[Fraction, ...], number: int, side: int, tau: Fraction, paired: bool) -> Column:
    values = [max(side * (t - tau), Fraction(0)) for t in ts]
    unit = lcm(*(v.denominator for v in values))
    return Column(tuple(int(v * unit) for v in values), number, side, tau, unit, paired)


def _unpaired(column: Column) -> Column:
    return replace(column, paired=False)


def _independent(ts: tuple[Fraction, ...], cells: tuple[Cell, ...]) -> tuple[Column, ...]:
    """The constant and the columns of all cells; of the columns not paired only independent ones, so that the cones are
    pointed: g = 0 at all points only when all coefficients are 0, or some paired one is not.
    """
    columns = [Column((1,) * len(ts), None, 0, Fraction(0), 1, False)]
    space = _reduced([_unit(k, len(ts)) for k in range(len(ts))], columns[0].values)
    for number, cell in enumerate(cells):
        for column in _cell_columns(ts, number, cell):
            if not column.paired:
                smaller = _reduced(space, column.values)
                if len(smaller) == len(space):
                    continue
                space = smaller
            columns.append(column)
    return tuple(columns)


def _reduced(space: list[Integers], normal: Integers) -> list[Integers]:
    """A basis of the vectors of the space that are orthogonal to normal."""
    dots = [sum(a * b for a, b in zip(vector, normal, strict=True)) for vector in space]
    pivot = next((k for k, dot in enumerate(dots) if dot), None)
    if pivot is None:
        return space
    p, d = space[pivot], dots[pivot]
    others = ((v, e) for k, (v, e) in enumerate(zip(space, dots, strict=True)) if k != pivot)
    return [_primitive(tuple(d * a - e * b for a, b in zip(v, p, strict=True))) if e else v for v, e in others]


def _lines(normals: list[Integers], dimension: int) -> set[Integers]:
    """Every line that is the intersection of some of the hyperplanes, by a vector on it."""
    found: set[Integers] = set()

    def descend(space: list[Integers], start: int) -> None:
        if len(space) == 1:
            first = next(v for v in space[0] if v)
            line = _primitive(space[0])
            found.add(line if first > 0 else tuple(-v for v in line))
            return
        for k in range(start, len(normals)):
            smaller = _reduced(space, normals[k])
            if len(smaller) < len(space):
                descend(smaller, k + 1)

    descend([_unit(j, dimension) for j in range(dimension)], 0)
    return found


def _masks(choices: list[tuple[int, int]], count: int) -> set[int]:
    """For every way to choose one of each pair, the rays in all that are chosen."""
    masks = {(1 << count) - 1}
    for pair in choices:
        masks = {mask & side for mask in masks for side in pair} - {0}
    return masks


def _maximal(masks: set[int]) -> list[int]:
    """The masks that are not part of another; a smaller cone needs no functional of its own."""
    kept: list[int] = []
    for mask in sorted(masks, key=lambda m: (-m.bit_count(), m)):
        if all(mask & ~other for other in kept):
            kept.append(mask)
    return kept


def _pairs(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    paired = [j for j, column in enumerate(columns) if column.paired]
    return list(zip(paired[::2], paired[1::2], strict=True))


def _combined(columns: tuple[Column, ...], coefficients: Integers) -> Integers:
    rows = zip(*(column.values for column in columns), strict=True)
    return tuple(sum(c * v for c, v in zip(coefficients, row, strict=True)) for row in rows)


def _bits(flags: list[bool]) -> int:
    return sum(1 << k for k, flag in enumerate(flags) if flag)


def _unit(place: int, length: int) -> Integers:
    return tuple(int(k == place) for k in range(length))


def _primitive(vector: Integers) -> Integers:
    divisor = gcd(*vector)
    return tuple(v // divisor for v in vector) if divisor > 1 else vector
