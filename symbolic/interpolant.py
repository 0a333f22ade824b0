"""Construction `interpolant`: each partial sum of f is the piecewise-linear interpolant of one point of every group.

G_j is continuous, linear between the breakpoints b[i] (constant before b[0]) and goes through the points (x[i, j], y[i, j]); neuron j of the second layer has preactivation
u_j (G_j - G_{j-1}), G_{-1} = C. With z[j] = G_j(b[0]) far enough out, every G_j is steep enough for the sign pattern of Theorem 3.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sympy import Expr, Symbol, factor

from symbolic.exact import exact_function, require_zero, solve_linear
from symbolic.groups import Groups
from symbolic.symbols import C, G, S, alpha, b, beta, i, j, n, sign, t, x, y, z

Table = dict[tuple[int, int], Fraction]


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic i and j."""

    slope: Expr
    """S[i, j], from the line through (b[i], G[i, j]) and (x[i, j], y[i, j])."""
    next_alpha: Expr
    """alpha[i + 1, j]."""
    next_beta: Expr
    """beta[i + 1, j]."""
    threshold: Expr
    """-u_j z[j] above this makes G_j steeper on group i than the data from (i, j) to its neighbour (i, n)."""
    weight: Expr
    """W2[j, i]."""
    bias: Expr
    """b2[j]."""
    knot: Expr
    """k[i, j], the zero of neuron j's preactivation in group i."""


@cache
def derive() -> Formulas:
    """The formulas, each solved for from its requirement and checked by substitution. Fails: DerivationError."""
    line = G[i, j] + S[i, j] * (t - b[i])
    slope = solve_linear(line.subs(t, x[i, j]) - y[i, j], S[i, j])
    free = Symbol("free", real=True)
    value = line.subs(S[i, j], slope).subs(t, b[i + 1]).subs(G[i, j], alpha[i, j] + beta[i, j] * free)
    next_alpha, next_beta = factor(value.subs(free, 0)), factor(value.diff(free))
    require_zero(value - next_alpha - next_beta * free, "G[i + 1, j] is affine in z[j]")
    data_slope = (y[i, n] - y[i, j]) / (x[i, n] - x[i, j])
    boundary = slope.subs(G[i, j], alpha[i, j] + beta[i, j] * z[j]) - data_slope
    threshold = -sign(j) * solve_linear(boundary, z[j])
    bend = (S[i, j] - S[i, j - 1]) - (S[i - 1, j] - S[i - 1, j - 1])
    preactivation = sign(j) * (line - line.subs(j, j - 1))
    bias = preactivation.subs({i: 0, t: b[0]}).subs({G[0, j]: z[j], G[0, j - 1]: z[j - 1]})
    require_zero(sign(j) * bend - preactivation.diff(t) + preactivation.diff(t).subs(i, i - 1), "the slopes of the preactivation")
    return Formulas(slope, next_alpha, next_beta, threshold, sign(j) * bend, bias, solve_linear(preactivation, t))


@cache
def _functions() -> dict[str, object]:
    return {name: exact_function(expression) for name, expression in vars(derive()).items()}


def weights(points: Groups) -> tuple[Table, list[Fraction], Fraction]:
    """W2[j, i] for the r groups, b2[j] and C, such that f(x[i, j]) = y[i, j] for every i and j."""
    formula = _functions()
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
