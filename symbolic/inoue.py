"""Construction `inoue`, derived: the paper's, as its author's program runs it (letters as in the paper)."""

from dataclasses import dataclass
from functools import cache

from sympy import Abs, Expr, Max, Product, Sum

from symbolic.exact import require_zero, solve_linear
from symbolic.symbols import C, D, M, b, c, i, j, k, n, s, sign, slope, t, x, y


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives (M, knot, slope, weight, bias) and what the paper chooses (the size of c), for symbolic i and
    j.
    """

    remainder: Expr
    """What neurons 0, ..., j - 1 leave of y - C at the point (i, n): D[i, j] for n = j, D'[i, j] for n = j + 1."""
    size: Expr
    """|c[j]| is the largest of these over i, K_ij times a product over the groups before."""
    next_M: Expr
    """M[i + 1, j], from the continuity of the preactivation at b[i + 1]."""
    knot: Expr
    """k[i, j], from the value at the point (i, j)."""
    slope: Expr
    """slope[i, j], of neuron j's term in group i."""
    weight: Expr
    """W2[j, i]."""
    bias: Expr
    """b2[j]."""


@cache
def derive() -> Formulas:
    """The formulas, each solved for from its requirement and checked by substitution. Fails: DerivationError."""
    term = sign(i) * (t - k[i, j]) / (k[i, j] - b[i]) * M[i, j] * c[j]
    before = Sum(term.subs({j: s, t: x[i, n]}), (s, 0, j - 1))
    after = term.subs(i, i + 1)
    next_M = solve_linear((term - after).subs(t, b[i + 1]), M[i + 1, j])
    knot = solve_linear(term.subs(t, x[i, j]) - D[i, j], k[i, j])
    bias = sign(j) * term.subs({i: 0, t: b[0]}).subs(M[0, j], 1)
    require_zero(bias + sign(j) * c[j], "the preactivation at b[0] is -c[j], up to the sign of j")
    return Formulas(
        y[i, n] - C - before,
        _size(),
        next_M,
        knot,
        term.diff(t),
        sign(j) * (slope[i, j] - slope[i - 1, j]),
        -sign(j) * c[j],
    )


def _size() -> Expr:
    """The paper's choice for |c[j]|, group by group.

    D[i, n] is the remainder at the point (i, n): its D_ij for n = j, its D'_ij for n = j + 1.
    """
    mu = Max(x[i, j - 1], x[i, j])
    E = (mu - b[i]) / (sign(i) * (x[i, j] - x[i, j - 1])) * Abs(D[i, j])
    E_next = (mu - b[i]) / (sign(i) * (x[i, j + 1] - x[i, j])) * Abs(D[i, j + 1])
    K = Max(Abs(D[i, j]), E, E_next) + 1
    mu_s = mu.subs(i, s)
    return K * Product((mu_s - b[s]) / (b[s + 1] - mu_s), (s, 0, i - 1))
