"""Construction `interpolant`, derived: each partial sum of f is the piecewise-linear interpolant of one point of
every group.

G_j is continuous, linear between the breakpoints b[i] (constant before b[0]) and goes through the points (x[i, j],
y[i, j]); neuron j of the second layer has preactivation u_j (G_j - G_{j-1}), G_{-1} = C. With z[j] = G_j(b[0]) far
enough out, every G_j is steep enough for the sign pattern of Theorem 3. Numbers are shorter when the value v[j] =
G_j(b[m]) in the middle is chosen instead, and the recurrence run from there in both directions: z[j] follows.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr, IndexedBase, Integer, Symbol

from symbolic.derivation import DEFINITION, Equation, Step, checked, put_in, rename, solved
from symbolic.symbols import (
    W2,
    G,
    S,
    alpha,
    b,
    b2,
    beta,
    g,
    i,
    j,
    k,
    line,
    n,
    phi,
    psi,
    sign,
    t,
    tau,
    theta,
    v,
    x,
    y,
    z,
)

free = Symbol("free", real=True)
"""A value of z[j] or v[j] that is still free."""
ratio = (b[i + 1] - x[i, j]) / (x[i, j] - b[i])
"""How far b[i + 1] is behind the point (i, j), in units of how far b[i] is before it."""
inverse = (x[i, j] - b[i]) / (b[i + 1] - x[i, j])
"""The same the other way round."""


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
def derive() -> Formulas:
    """The formulas of the steps, every step checked. Fails: DerivationError."""
    steps = checked((*slopes(), *from_the_middle(), *thresholds(), *second_layer()))
    right = {step.name.removeprefix("interpolant."): step.right for step in steps}
    return Formulas(**{name: right[name] for name in Formulas.__dataclass_fields__})


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


@cache
def second_layer() -> tuple[Step, ...]:
    """The weights of the second layer as bends of its preactivations, its biases, its knots."""
    preactivation = Step(
        "interpolant.preactivation",
        "Neuron `j` of the second layer: its preactivation, `u_j = (-1)^j` its weight in the output.",
        g(i, j, t),
        sign(j) * (line(i, j, t) - line(i, j - 1, t)),
        "then the active neurons `0, ..., j` add up to `G_j - C`, see interpolant.output",
        kind=DEFINITION,
    )
    given = (preactivation, slopes()[0])
    return preactivation, _weight(given), _start(), _bias(given), _knot(given)


def _weight(given: tuple[Step, ...]) -> Step:
    slope_here, slope_before = g(i, j, t + 1) - g(i, j, t), g(i - 1, j, t + 1) - g(i - 1, j, t)
    bend = (S[i, j] - S[i, j - 1]) - (S[i - 1, j] - S[i - 1, j - 1])
    return Step(
        "interpolant.weight",
        "The weight from first-layer neuron `i`: the bend of the preactivation at `b[i]` (`S` is 0 at index -1).",
        W2[j, i],
        sign(j) * bend,
        "first-layer neuron `i` adds its weight to the slope from `b[i]` on: slope of group `i` minus slope of "
        "group `i - 1`",
        (Equation(W2[j, i], slope_here - slope_before),),
        given,
    )


def _bias(given: tuple[Step, ...]) -> Step:
    return solved(
        "interpolant.bias",
        "The bias: the preactivation at `b[0]`, where no first-layer neuron is active.",
        b2[j],
        sign(j) * (z[j] - z[j - 1]),
        Equation(b2[j], g(0, j, b[0])),
        "`g_j` is constant before `b[0]`; `z[-1] = C`",
        *given,
        _start(),
    )


def _knot(given: tuple[Step, ...]) -> Step:
    return solved(
        "interpolant.knot",
        "The knot: the zero of the preactivation in group `i`.",
        k[i, j],
        b[i] - (G[i, j] - G[i, j - 1]) / (S[i, j] - S[i, j - 1]),
        Equation(g(i, j, k[i, j]), Integer(0)),
        "two lines of distinct slopes meet once",
        *given,
    )


@cache
def _start() -> Step:
    return Step(
        "interpolant.start",
        "The values at the first breakpoint are the free ones.",
        G[0, j],
        z[j],
        "so `z[j]` was named",
        kind=DEFINITION,
    )
