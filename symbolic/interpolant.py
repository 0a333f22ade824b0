"""Construction `interpolant`, derived: each partial sum of f is the piecewise-linear interpolant of one point of
every group.

G_j is continuous, linear between the breakpoints b[i] (constant before b[0]) and goes through the points (x[i, j],
y[i, j]); neuron j of the second layer has preactivation u_j (G_j - G_{j-1}), G_{-1} = C. With z[j] = G_j(b[0]) far
enough out, every G_j is steep enough for the sign pattern of Theorem 3. Numbers are shorter when the value v[j] =
G_j(b[m]) in the middle is chosen instead, and the recurrence run from there in both directions: z[j] follows.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr

from symbolic.derivation import Step, checked
from symbolic.interpolant_layer import second_layer
from symbolic.interpolant_line import from_the_middle, slopes
from symbolic.interpolant_threshold import thresholds


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic i and j: the right-hand sides of the steps of the same names."""

    slope: Expr
    """S[i, j], from the line through (b[i], G[i, j]) and (x[i, j], y[i, j])."""
    next_phi: Expr
    """phi[i + 1, j]."""
    next_psi: Expr
    """psi[i + 1, j]."""
    previous_phi: Expr
    """phi[i - 1, j], from phi[i, j]."""
    previous_psi: Expr
    """psi[i - 1, j], from psi[i, j]."""
    middle: Expr
    """G[i, j], from phi, psi and v."""
    middle_threshold: Expr
    """-u_j v[j] above this makes G_j steeper on group i than the data from (i, j) to its neighbour (i, n)."""
    weight: Expr
    """W2[j, i]."""
    bias: Expr
    """b2[j]."""
    knot: Expr
    """k[i, j], the zero of neuron j's preactivation in group i."""


@cache
def named() -> dict[str, Step]:
    """The steps that lead to the formulas, by name."""
    steps = (*slopes(), *from_the_middle(), *thresholds(), *second_layer())
    return {step.name.removeprefix("interpolant."): step for step in steps}


@cache
def derive() -> Formulas:
    """The formulas of the steps, every step checked. Fails: DerivationError."""
    checked(named().values())
    return Formulas(**{name: named()[name].right for name in Formulas.__dataclass_fields__})
