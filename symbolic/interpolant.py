"""Construction `interpolant`, derived: each partial sum of f is the piecewise-linear interpolant of one point of
every group.

G_j is continuous, linear between the breakpoints b[i] (constant before b[0]) and goes through the points (x[i, j],
y[i, j]);
neuron j of the second layer has preactivation u_j (G_j - G_{j-1}), G_{-1} = C. With z[j] = G_j(b[0]) far enough out,
every G_j
is steep enough for the sign pattern of Theorem 3.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr, Symbol, factor

from symbolic.exact import require_zero, solve_linear
from symbolic.symbols import G, S, alpha, b, beta, i, j, n, sign, t, x, y, z


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
    require_zero(
        sign(j) * bend - preactivation.diff(t) + preactivation.diff(t).subs(i, i - 1), "the slopes of the preactivation"
    )
    return Formulas(slope, next_alpha, next_beta, threshold, sign(j) * bend, bias, solve_linear(preactivation, t))
