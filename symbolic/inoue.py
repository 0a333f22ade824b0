"""Construction `inoue`: the paper's, as its author's program runs it (letters as in the paper)."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from sympy import Abs, Expr, Max, Product, Sum

from symbolic.exact import exact_function, require_zero, solve_linear
from symbolic.groups import Groups
from symbolic.symbols import C, D, M, b, c, i, j, k, n, s, sign, slope, t, x, y

Table = dict[tuple[int, int], Fraction]


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives (M, knot, slope, weight, bias) and what the paper chooses (the size of c), for symbolic i and j."""

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
    return Formulas(y[i, n] - C - before, _size(), next_M, knot, term.diff(t), sign(j) * (slope[i, j] - slope[i - 1, j]), -sign(j) * c[j])


def _size() -> Expr:
    """The paper's choice for |c[j]|, group by group. D[i, n] is the remainder at the point (i, n): its D_ij for n = j, its D'_ij for n = j + 1."""
    mu = Max(x[i, j - 1], x[i, j])
    E = (mu - b[i]) / (sign(i) * (x[i, j] - x[i, j - 1])) * Abs(D[i, j])
    E_next = (mu - b[i]) / (sign(i) * (x[i, j + 1] - x[i, j])) * Abs(D[i, j + 1])
    K = Max(Abs(D[i, j]), E, E_next) + 1
    mu_s = mu.subs(i, s)
    return K * Product((mu_s - b[s]) / (b[s + 1] - mu_s), (s, 0, i - 1))


@cache
def _functions() -> dict[str, object]:
    return {name: exact_function(expression) for name, expression in vars(derive()).items()}


def weights(points: Groups) -> tuple[Table, list[Fraction], Fraction]:
    """W2[j, i] for the r groups, b2[j] and C, such that f(x[i, j]) = y[i, j] for every i and j."""
    formula = _functions()
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
