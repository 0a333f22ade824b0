"""Neurons of the second layer together, with the one tau of each first-layer neuron that they share (see __init__, 4).

Linear forms below are in the coefficients of all columns in all neurons, one block for each neuron.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from checker.impossible.cones import Column, Cones, Integers


@dataclass(frozen=True)
class Pattern:
    """One kind of cones: the neuron's sign, the signs of g at the points, and of each paired neuron's weight."""

    sign: int
    points: Integers
    weights: dict[int | None, int]


@dataclass(frozen=True)
class Comparison:
    """First-layer neuron `neuron` has in `larger` a weight at least as large as in `smaller`, in absolute value."""

    neuron: int
    larger: int
    smaller: int


def pattern(cones: Cones, kind: int) -> Pattern:
    """The signs that every vector of this kind has; where all its rays are 0 the sign is 1."""
    sign, mask = cones.kinds[kind]
    rays = [ray.coefficients for k, ray in enumerate(cones.rays) if mask >> k & 1]
    values = [[_dot(ray, form) for ray in rays] for form in _at_points(cones.columns)]
    points = tuple(1 if min(row) >= 0 else -1 for row in values)
    paired = [(j, column.neuron) for j, column in enumerate(cones.columns) if column.paired]
    weights = {neuron: 1 if all(ray[j] >= 0 for ray in rays) else -1 for j, neuron in paired}
    return Pattern(sign, points, weights)


def comparable(cones: Cones) -> list[int]:
    """The first-layer neurons whose tau is not fixed: those with two columns."""
    return sorted({c.neuron for c in cones.columns if c.paired and c.neuron is not None})


def constraints(cones: Cones, patterns: Sequence[Pattern], comparisons: Sequence[Comparison]) -> list[Integers]:
    """The forms that are not negative: signs at the points, signs of weights, then two for each comparison."""
    forms, count = [], len(patterns)
    for place, of in enumerate(patterns):
        signed = zip(of.points, _at_points(cones.columns), strict=True)
        forms += [_block(place, count, [sign * v for v in form]) for sign, form in signed]
        forms += [_block(place, count, unit) for unit in _units(cones.columns, of)]
    for compared in comparisons:
        blocks = [
            [_block(p, count, unit) for unit in _units(cones.columns, patterns[p], compared.neuron)]
            for p in (compared.larger, compared.smaller)
        ]
        forms += [_minus(a, b) for a, b in zip(*blocks, strict=True)]
    return forms


def outputs(cones: Cones, patterns: Sequence[Pattern]) -> list[Integers]:
    """The sum of the neurons at each point, but for the constant, as a form."""
    forms = []
    for k, form in enumerate(_at_points(cones.columns)):
        forms.append(tuple(p.sign * v if p.points[k] > 0 else 0 for p in patterns for v in form))
    return forms


def closes(functional: Integers, multipliers: dict[int, int], rows: Sequence[Integers], at: Sequence[Integers]) -> bool:
    """Whether the functional of the outputs is the sum of the constraints with these multipliers, none negative.

    So it is nowhere negative where the constraints hold.
    """
    if any(m < 0 for m in multipliers.values()):
        return False
    left = [_dot(functional, column) for column in zip(*at, strict=True)]
    return left == [sum(m * rows[r][j] for r, m in multipliers.items()) for j in range(len(left))]


def _at_points(columns: Sequence[Column]) -> list[Integers]:
    return list(zip(*(column.values for column in columns), strict=True))


def _units(columns: Sequence[Column], of: Pattern, neuron: int | None = None) -> list[Integers]:
    """The coefficients of the paired columns, of this neuron or of all, times their sign."""
    paired = [j for j, column in enumerate(columns) if column.paired and neuron in (None, column.neuron)]
    return [tuple(of.weights[columns[j].neuron] * (i == j) for i in range(len(columns))) for j in paired]


def _block(place: int, count: int, form: Sequence[int]) -> Integers:
    zeros = (0,) * len(form)
    return tuple(v for k in range(count) for v in (form if k == place else zeros))


def _minus(a: Integers, b: Integers) -> Integers:
    return tuple(v - w for v, w in zip(a, b, strict=True))


def _dot(a: Sequence[int], b: Sequence[int]) -> int:
    return sum(v * w for v, w in zip(a, b, strict=True))
