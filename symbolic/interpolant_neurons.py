"""The derived formulas of construction `interpolant`, evaluated on the points of a dataset.

Everything is free but this: b[i] between the groups, C below the first outputs, v[j] beyond its thresholds. The choices
make numbers short. Values run outward from b[m] in the middle, so that a weight carries the factors of |i - m| gaps
only; and v[j] is in the residue class that makes the slopes of the middle half of the groups integers, as far as one
can: longer there by the size of v[j], but without denominators, which count fourfold (numerator and denominator, of two
neighbouring neurons).
"""

import math
from collections.abc import Callable, Iterator

from symbolic import interpolant
from symbolic.arithmetic import Number, exact_all, floor
from symbolic.exact import exact_functions
from symbolic.groups import Groups
from symbolic.neurons import Neurons, zigzag
from symbolic.progress import progress

Table = dict[tuple[int, int], Number]
Formulas = dict[str, Callable[..., Number]]


def neurons(points: Groups) -> Neurons:
    """The neurons of construction `interpolant`."""
    formula = exact_functions(interpolant.derive)
    r, a2 = points.r, points.a2
    (offset,) = exact_all([-floor(-min(points.y[i, 0] for i in range(r))) - 1])
    x = points.x | {(i, -1): points.near(i) for i in range(r)}
    y = points.y | {(i, -1): offset for i in range(r)}
    z = {-1: offset}
    S: Table = {(i, j): 0 for i in range(-1, r) for j in range(-1, a2) if -1 in (i, j)}
    for j in progress(range(a2), "second layer"):
        tables = {"j": j, "x": x, "y": y, "b": points.b}
        tables |= coefficients(formula, points, tables)
        tables["v"] = {j: _middle_value(formula, points, tables)}
        G = tables["G"] = {(i, j): formula["middle"](i=i, **tables) for i in range(r)}
        S |= {(i, j): formula["slope"](i=i, **tables) for i in range(r)}
        z[j] = G[0, j]
    W2 = {(j, i): formula["weight"](i=i, j=j, S=S) for j in range(a2) for i in range(r)}
    return zigzag(points, W2, [formula["bias"](j=j, z=z) for j in range(a2)], offset)


def coefficients(formula: Formulas, points: Groups, tables: dict[str, object]) -> dict[str, Table]:
    """phi[i, j] and psi[i, j] for one j, outward from the middle."""
    j, m = tables["j"], middle(points.r)
    zero, one = exact_all([0, 1])
    phi, psi = {(m, j): zero}, {(m, j): one}
    known = tables | {"phi": phi, "psi": psi}
    for i in range(m, points.r):
        phi[i + 1, j], psi[i + 1, j] = formula["next_phi"](i=i, **known), formula["next_psi"](i=i, **known)
    for i in range(m, 0, -1):
        phi[i - 1, j], psi[i - 1, j] = formula["previous_phi"](i=i, **known), formula["previous_psi"](i=i, **known)
    return {"phi": phi, "psi": psi}


def middle(r: int) -> int:
    """The largest even number up to r/2: the group before which values are free."""
    return 2 * (r // 4)


def _middle_value(formula: Formulas, points: Groups, tables: dict[str, object]) -> Number:
    """v[j]: beyond all thresholds, the nearest to 0 of its residue class."""
    j = tables["j"]
    neighbours = [(i, n) for i in range(points.r) for n in (j - 1, j + 1) if n < points.a2]
    highest = max(formula["middle_threshold"](i=i, n=n, **tables) for i, n in neighbours)
    least, sign = max(floor(highest) + 1, 0), (-1) ** (j + 1)
    residue, modulus = _residue(formula, points.r, tables)
    (v,) = exact_all([sign * (least + (sign * residue - least) % modulus)])
    return v


def _residue(formula: Formulas, r: int, tables: dict[str, object]) -> tuple[int, int]:
    """(residue, modulus) such that integers v[j] of this class make the middle slopes integers, as far as one can.

    Group by group outward from the middle, with v[j] = residue + modulus k: what the slope's denominator has in common
    with the coefficient of k no k can mend; modulo the rest there is one k, and its class replaces the residue.
    """
    j = tables["j"]
    residue, modulus = 0, 1

    def slope(i: int, value: int) -> Number:
        (v,) = exact_all([value])
        G = formula["middle"](i=i, v={j: v}, **tables)
        return formula["slope"](i=i, G={(i, j): G}, **tables)

    for i in _outward(r):
        here = slope(i, residue)
        step = slope(i, residue + modulus) - here
        unit = math.lcm(int(here.denominator), int(step.denominator))
        constant, coefficient = int((here * unit).numerator), int((step * unit).numerator)
        while (common := math.gcd(unit, coefficient)) > 1:
            unit //= common
        residue += modulus * (-constant * pow(coefficient, -1, unit) % unit)
        modulus *= unit
    return residue, modulus


def _outward(r: int) -> Iterator[int]:
    """The middle half of r groups, nearest to the middle first."""
    m = middle(r)
    nearest = sorted(range(r), key=lambda i: (abs(2 * (i - m) + 1), i))
    return iter(nearest[: r // 2])
