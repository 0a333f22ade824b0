"""G_j as a line on every group: its slope, and its values at the breakpoints, affine in one free value."""

from functools import cache

from sympy import IndexedBase, Symbol

from symbolic.derivation import DEFINITION, Equation, Step, put_in, rename, solved
from symbolic.symbols import G, S, alpha, b, beta, i, j, line, phi, psi, t, v, x, y, z

free = Symbol("free", real=True)
"""A value of z[j] or v[j] that is still free."""
ratio = (b[i + 1] - x[i, j]) / (x[i, j] - b[i])
"""How far b[i + 1] is behind the point (i, j), in units of how far b[i] is before it."""
inverse = (x[i, j] - b[i]) / (b[i + 1] - x[i, j])
"""The same the other way round."""


@cache
def slopes() -> tuple[Step, ...]:
    """From the requirement to the recurrences of G[i, j] = alpha[i, j] + beta[i, j] z[j]."""
    graph = Step(
        "interpolant.line",
        "On group `i` the interpolant `G_j` is a line; `G[i, j]` is its value at `b[i]`, `S[i, j]` its slope.",
        line(i, j, t),
        G[i, j] + S[i, j] * (t - b[i]),
        "the form of a line through a point",
        kind=DEFINITION,
    )
    requirement = Step(
        "interpolant.requirement",
        "The requirement: `G_j` goes through the `j`-th point of every group.",
        line(i, j, x[i, j]),
        y[i, j],
        "at the point `(i, j)` the output is `G_j`, see interpolant.output",
        kind=DEFINITION,
    )
    return graph, requirement, *_recurrence(graph, requirement)


def _recurrence(graph: Step, requirement: Step) -> tuple[Step, ...]:
    """The slope from the requirement, the value at the next breakpoint from the slope."""
    slope = solved(
        "interpolant.slope",
        "The slope: the requirement, solved for it.",
        S[i, j],
        (y[i, j] - G[i, j]) / (x[i, j] - b[i]),
        Equation(requirement.left, requirement.right),
        "a line has one slope through two points with distinct inputs",
        graph,
    )
    value = solved(
        "interpolant.value",
        "The recurrence for the values at the breakpoints.",
        G[i + 1, j],
        -ratio * G[i, j] + (1 + ratio) * y[i, j],
        Equation(line(i, j, b[i + 1]), G[i + 1, j]),
        "`G_j` is continuous at `b[i + 1]`, where group `i` ends and group `i + 1` begins",
        graph,
        slope,
    )
    return slope, value, *_affine(value)


def _affine(value: Step) -> tuple[Step, ...]:
    """G[i, j] is affine in the free z[j]: its coefficients, each by a recurrence, and that nothing else is left."""
    split = Step(
        "interpolant.split",
        "Coefficients `alpha` and `beta` of the value in the free `z[j]`; `alpha[0, j] = 0`, `beta[0, j] = 1`.",
        G[i, j],
        alpha[i, j] + beta[i, j] * z[j],
        "`z[j]` is the value at `b[0]`, which no requirement fixes",
        kind=DEFINITION,
    )
    next_alpha, next_beta = _coefficients(value, alpha, beta, "z[j]")
    affine = Step(
        "interpolant.affine",
        "Nothing else is left: the value at every breakpoint is affine in `z[j]`.",
        put_in(value.right, split.left, split.right),
        alpha[i + 1, j] + beta[i + 1, j] * z[j],
        "induction on `i`: this is its step, its base `G[0, j] = z[j]` is the definition of `z[j]`",
        given=(next_alpha, next_beta),
    )
    return split, next_alpha, next_beta, affine


def _coefficients(value: Step, constant: IndexedBase, coefficient: IndexedBase, name: str) -> tuple[Step, Step]:
    """The recurrences of the two coefficients of G[i, j] in a free value of this name."""
    right = put_in(value.right, G[i, j], constant[i, j] + coefficient[i, j] * free)
    next_constant = Step(
        f"interpolant.next_{constant}",
        "The constant part of the recurrence.",
        constant[i + 1, j],
        -ratio * constant[i, j] + (1 + ratio) * y[i, j],
        f"both sides of the recurrence at `{name} = 0`",
        (Equation(constant[i + 1, j], right.subs(free, 0)),),
    )
    next_coefficient = Step(
        f"interpolant.next_{coefficient}",
        f"The part of the recurrence that multiplies `{name}`.",
        coefficient[i + 1, j],
        -ratio * coefficient[i, j],
        f"both sides of the recurrence at `free + 1`, less the same at `free`, which is any value of `{name}`",
        (Equation(coefficient[i + 1, j], right.subs(free, free + 1) - right),),
    )
    return next_constant, next_coefficient


@cache
def from_the_middle() -> tuple[Step, ...]:
    """G[i, j] = phi[i, j] + psi[i, j] v[j], with recurrences that start at i = m and run in both directions."""
    value = next(step for step in slopes() if step.name == "interpolant.value")
    middle = Step(
        "interpolant.middle",
        "The same from the middle: coefficients `phi` and `psi` of the value in the free `v[j]`; `phi[m, j] = 0`, "
        "`psi[m, j] = 1`.",
        G[i, j],
        phi[i, j] + psi[i, j] * v[j],
        "`v[j]` is the value at `b[m]`; what it amounts to at `b[0]` is in interpolant.same_value",
        kind=DEFINITION,
    )
    next_phi, next_psi = _coefficients(value, phi, psi, "v[j]")
    return middle, next_phi, next_psi, *_backwards(next_phi, next_psi)


def _backwards(next_phi: Step, next_psi: Step) -> tuple[Step, Step]:
    """The recurrences, run from i to i - 1."""
    before = {i: i - 1}
    previous_phi = solved(
        "interpolant.previous_phi",
        "The recurrence of the constant part, run to the left.",
        phi[i - 1, j],
        rename(-inverse * phi[i + 1, j] + (1 + inverse) * y[i, j], before),
        Equation(phi[i, j], rename(next_phi.right, before)),
        "the recurrence, solved for the value before",
    )
    previous_psi = solved(
        "interpolant.previous_psi",
        "The recurrence of the coefficient, run to the left.",
        psi[i - 1, j],
        rename(-inverse * psi[i + 1, j], before),
        Equation(psi[i, j], rename(next_psi.right, before)),
        "the recurrence, solved for the coefficient before",
    )
    return previous_phi, previous_psi
