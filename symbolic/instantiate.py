"""The derived formulas, evaluated on the points of a dataset: the neurons of a construction."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symbolic import float64, inoue, interpolant
from symbolic.exact import exact_functions
from symbolic.groups import Groups, groups, increasing_groups
from symbolic.neurons import Neurons

Table = dict[tuple[int, int], Fraction]
LEAST_GAP = 4
"""Leaves room between two groups for two breakpoints, none of them at a point."""


@dataclass(frozen=True)
class Method:
    """How a construction groups points, and its neurons, for which f(x[i, j]) = y[i, j] for every i and j.

    steers: it spends two first-layer neurons on every gap between groups instead of one, and needs the projected inputs
    to be integers at least LEAST_GAP apart.
    """

    grouped: Callable[[Sequence[Fraction], Sequence[Fraction], int], Groups]
    neurons: Callable[[Groups], Neurons]
    steers: bool = False

    def groups(self, a1: int) -> int:
        """How many groups a first layer of a1 neurons serves."""
        return (a1 + 1) // 2 if self.steers else a1


def _interpolant(points: Groups) -> Neurons:
    """The neurons of construction `interpolant`: every z[j] is the integer nearest to 0 beyond its thresholds."""
    formula = exact_functions(interpolant.derive)
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
    return _zigzag(points, W2, [formula["bias"](j=j, z=z) for j in range(a2)], offset)


def _inoue(points: Groups) -> Neurons:
    """The neurons of construction `inoue`."""
    formula = exact_functions(inoue.derive)
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
    return _zigzag(points, W2, [formula["bias"](j=j, c=c) for j in range(a2)], C)


def _zigzag(points: Groups, W2: Table, b2: Sequence[Fraction], offset: Fraction) -> Neurons:
    """The neurons with breakpoints b, weights W2[j, i], biases b2[j] and output weights u_j."""
    weights = tuple(tuple(W2[j, i] for i in range(points.r)) for j in range(points.a2))
    output = tuple(Fraction((-1) ** j) for j in range(points.a2))
    return Neurons(tuple(points.b[: points.r]), weights, tuple(b2), (output,), (offset,))


def _float64(points: Groups) -> Neurons:
    """The neurons of construction `float64`: with x integers, weights and biases of the hidden layers are integers.

    The hidden layers represent d y, d the common denominator of the outputs, and the output weights are u_j/d, its bias
    C/d: f(x) = y in exact arithmetic for every d. In floating point the preactivations are exact for every d as long
    as their integers are; the output is so too where d is a power of two, and rounded where it is not.
    """
    formula = exact_functions(float64.derive)
    r, a2, b = points.r, points.a2, points.b
    d = math.lcm(*(v.denominator for v in points.y.values()))
    C = d * min(points.y[i, 0] for i in range(r)) - 1
    x = points.x | {(i, -1): b[i] for i in range(r)}
    y = {place: d * v for place, v in points.y.items()} | {(i, -1): C for i in range(r)}
    S, V, G, H = _slopes(points, {"x": x, "y": y, "b": b, "e": [q - 1 for q in b]})
    G[0, -1] = C
    weights = []
    for j in range(a2):
        row = [formula["weight_b"](i=0, j=j, S=S, V=V)]
        for i in range(1, r):
            row += [formula[name](i=i, j=j, S=S, V=V) for name in ("weight_e", "weight_b")]
        weights.append(tuple(row))
    breakpoints = [b[0], *(v for q in b[1:r] for v in (q - 1, q))]
    bias = tuple(formula["bias"](j=j, G=G) for j in range(a2))
    output = tuple(Fraction((-1) ** j, d) for j in range(a2))
    return Neurons(tuple(breakpoints), tuple(weights), bias, (output,), (C / d,))


def _slopes(points: Groups, tables: dict[str, object]) -> tuple[Table, Table, Table, Table]:
    """S, V, G and H of construction `float64`; every S[i, j] is the integer nearest to 0 that is steep enough."""
    formula = exact_functions(float64.derive)
    r, a2 = points.r, points.a2
    S, V = ({(i, -1): Fraction(0) for i in range(r)} for _ in range(2))
    G: Table = {}
    H: Table = {}
    for j in range(a2):
        neighbours = [n for n in (j - 1, j + 1) if n < a2]
        for i in range(r):
            highest = max(formula["threshold"](i=i, j=j, n=n, **tables) for n in neighbours)
            S[i, j] = (-1) ** j * Fraction(max(math.floor(highest), 0) + 1)
            G[i, j] = formula["value"](i=i, j=j, S=S, **tables)
            H[i + 1, j] = formula["value_behind"](i=i, j=j, S=S, G=G, **tables)
            V[i, j] = formula["steering"](i=i, j=j, G=G, H=H, **tables) if i else Fraction(0)
    return S, V, G, H


METHODS = {
    "interpolant": Method(groups, _interpolant),
    "inoue": Method(groups, _inoue),
    "float64": Method(increasing_groups, _float64, steers=True),
}
