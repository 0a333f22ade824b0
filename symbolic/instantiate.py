"""The derived formulas, evaluated on the points of a dataset: the second layer of a construction."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from symbolic import inoue, interpolant
from symbolic.exact import exact_function
from symbolic.groups import Groups

Table = dict[tuple[int, int], Fraction]
SecondLayer = tuple[Table, list[Fraction], Fraction]
"""W2[j, i] for the r groups, b2[j], and the output's bias C, such that f(x[i, j]) = y[i, j] for every i and j."""


@cache
def _functions(derive: Callable[[], object]) -> dict[str, Callable[..., Fraction]]:
    return {name: exact_function(expression) for name, expression in vars(derive()).items()}


def _interpolant(points: Groups) -> tuple[Table, list[Fraction], Fraction]:
    """The weights of construction `interpolant`: every z[j] is the integer nearest to 0 beyond its thresholds."""
    formula = _functions(interpolant.derive)
    r, a2, b = points.r, points.a2, points.b
    offset = Fraction(math.ceil(min(points.y[i, 0] for i in range(r))) - 1)
    x = points.x | {(i, -1): points.near(i) for i in range(r)}
    y = points.y | {(i, -1): offset for i in range(r)}
    z = {-1: offset}
    S = {(i, j): Fraction(0) for i in range(-1, r) for j in range(-1, a2) if -1 in (i, j)}
    for j in range(a2):
        alpha, beta = {(0, j): Fraction(0)}, {(0, j): Fraction(1)}
        for i in range(r):
            known = {"i": i, "j": j, "x": x, "y": y, "b": b, "alpha": alpha, "beta": beta}
            alpha[i + 1, j], beta[i + 1, j] = formula["next_alpha"](**known), formula["next_beta"](**known)
        tables = {"j": j, "x": x, "y": y, "b": b, "alpha": alpha, "beta": beta}
        neighbours = [(i, n) for i in range(r) for n in (j - 1, j + 1) if n < a2]
        highest = max(formula["threshold"](i=i, n=n, **tables) for i, n in neighbours)
        z[j] = (-1) ** (j + 1) * Fraction(max(math.floor(highest) + 1, 0))
        G = {(i, j): alpha[i, j] + beta[i, j] * z[j] for i in range(r)}
        S |= {(i, j): formula["slope"](i=i, j=j, x=x, y=y, b=b, G=G) for i in range(r)}
    W2 = {(j, i): formula["weight"](i=i, j=j, S=S) for j in range(a2) for i in range(r)}
    return W2, [formula["bias"](j=j, z=z) for j in range(a2)], offset


def _inoue(points: Groups) -> tuple[Table, list[Fraction], Fraction]:
    """The weights of construction `inoue`."""
    formula = _functions(inoue.derive)
    r, a2, b = points.r, points.a2, points.b
    C = min(points.y[i, 0] for i in range(r)) - 1
    x, y = dict(points.x), dict(points.y)
    for i in range(r):
        last = points.x[i, a2 - 1], points.y[i, a2 - 1]
        x[i, -1] = (points.near(i) + x[i, 0]) / 2
        x[i, a2], y[i, a2] = (points.far(i) + last[0]) / 2, (points.far(i) + last[1]) / 2
    c: dict[int, Fraction] = {}
    k: Table = {}
    M: Table = {}
    slope: Table = {(-1, j): Fraction(0) for j in range(a2)}
    tables = {"x": x, "y": y, "b": b, "C": C, "c": c, "k": k, "M": M}
    for j in range(a2):
        D = {(i, n): formula["remainder"](i=i, j=j, n=n, **tables) for i in range(r) for n in (j, j + 1)}
        c[j] = (-1) ** j * max(formula["size"](i=i, j=j, D=D, **tables) for i in range(r))
        M[0, j] = Fraction(1)
        for i in range(r):
            k[i, j] = formula["knot"](i=i, j=j, D=D, **tables)
            slope[i, j] = formula["slope"](i=i, j=j, **tables)
            M[i + 1, j] = formula["next_M"](i=i, j=j, **tables)
    W2 = {(j, i): formula["weight"](i=i, j=j, slope=slope) for j in range(a2) for i in range(r)}
    return W2, [formula["bias"](j=j, c=c) for j in range(a2)], C


METHODS: dict[str, Callable[[Groups], SecondLayer]] = {"interpolant": _interpolant, "inoue": _inoue}
