"""How far out the free value must be for G_j to be steep enough, or to reach a level, at a neighbour of its point."""

from functools import cache

from sympy import Expr

from symbolic.derivation import Equation, Step, put_in, solved
from symbolic.interpolant_line import slopes
from symbolic.symbols import G, alpha, b, beta, i, j, n, phi, psi, sign, tau, theta, x, y


@cache
def thresholds() -> tuple[Step, Step]:
    """The values of -u_j z[j] and of -u_j v[j] beyond which the slope is steeper than a data slope."""
    from_first = threshold(
        "interpolant.threshold",
        "The threshold: at `-u_j z[j] = theta[i, j, n]` the slope is that of the data from the point `(i, j)` to its "
        "neighbour `(i, n)`, `n = j - 1` or `n = j + 1`.",
        (theta[i, j, n], alpha[i, j], beta[i, j]),
        "the slope is affine in `z[j]`; `u_j = (-1)^j` is its own inverse",
    )
    from_middle = threshold(
        "interpolant.middle_threshold",
        "The same for the value in the middle: at `-u_j v[j] = tau[i, j, n]`.",
        (tau[i, j, n], phi[i, j], psi[i, j]),
        "the slope is affine in `v[j]`",
    )
    return from_first, from_middle


def threshold(
    name: str, statement: str, letters: tuple[Expr, Expr, Expr], because: str, reached: Expr = y[i, n]
) -> Step:
    """The threshold of a free value at which G_j reaches this output at the neighbour (i, n).

    letters: its own, the constant part and the coefficient of G[i, j] in the free value.
    """
    letter, constant, coefficient = letters
    slope = next(step for step in slopes() if step.name == "interpolant.slope")
    data_slope = (reached - y[i, j]) / (x[i, n] - x[i, j])
    there = put_in(slope.right, G[i, j], constant - coefficient * sign(j) * letter)
    formula = sign(j) * (constant - y[i, j] + data_slope * (x[i, j] - b[i])) / coefficient
    return solved(name, statement, letter, formula, Equation(there, data_slope), because)
