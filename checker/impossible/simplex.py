"""Is a vector a non-negative combination of others? Exactly: the combination, or a functional that says no."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from checker.impossible.cones import Integers
from checker.impossible.cover import dot

Row = list[Fraction]


def combination(columns: Sequence[Integers], target: Integers) -> dict[int, Fraction] | Integers:
    """{column: coefficient > 0} with sum target; or integers v with v.column >= 0 for all, and v.target < 0.

    The first phase of the revised simplex method, with Bland's rule, so that it ends.
    """
    size = len(target)
    signs = [1 if v >= 0 else -1 for v in target]
    inverse: list[Row] = [[Fraction(signs[k] * (k == j)) for j in range(size)] for k in range(size)]
    basis = [len(columns) + k for k in range(size)]  # artificial columns
    values: Row = [Fraction(abs(v)) for v in target]
    while True:
        artificial = [k for k in range(size) if basis[k] >= len(columns)]
        dual = _integers([sum((inverse[k][j] for k in artificial if inverse[k][j]), Fraction(0)) for j in range(size)])
        entering = next((c for c, column in enumerate(columns) if dot(dual, column) > 0), None)
        if entering is None:
            break
        entries = [(j, v) for j, v in enumerate(columns[entering]) if v]
        direction = [sum((row[j] * v for j, v in entries if row[j]), Fraction(0)) for row in inverse]
        ratios = [(values[k] / d, basis[k], k) for k, d in enumerate(direction) if d > 0]
        leaving = min(ratios)[2]
        _pivot(inverse, values, direction, leaving)
        basis[leaving] = entering
    if dot(dual, target) > 0:
        return tuple(-v for v in dual)
    return {b: v for b, v in zip(basis, values, strict=True) if b < len(columns) and v}


def _pivot(inverse: list[Row], values: Row, direction: Row, leaving: int) -> None:
    pivot = direction[leaving]
    inverse[leaving] = [v / pivot if v else v for v in inverse[leaving]]
    values[leaving] /= pivot
    for k, d in enumerate(direction):
        if k != leaving and d:
            inverse[k] = [a - d * b if b else a for a, b in zip(inverse[k], inverse[leaving], strict=True)]
            values[k] -= d * values[leaving]


def _integers(vector: Row) -> Integers:
    unit = lcm(*(v.denominator for v in vector))
    numbers = [int(v * unit) for v in vector]
    divisor = gcd(*numbers) or 1
    return tuple(v // divisor for v in numbers)
