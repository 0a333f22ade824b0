"""Construction `interpolant` represents the data: the whole derivation, and what it divides by."""

from functools import cache

from sympy import Integer, Sum

from symbolic.denominators import NonZero
from symbolic.derivation import DEFINITION, Equation, Step
from symbolic.interpolant import named
from symbolic.interpolant_closed import closed_values, moved, sides
from symbolic.interpolant_layer import second_layer
from symbolic.interpolant_line import from_the_middle, slopes
from symbolic.interpolant_threshold import thresholds
from symbolic.symbols import W2, C, G, P, S, b, b2, beta, g, i, j, line, n, psi, s, sign, t, x, y

NONZERO = (
    NonZero(
        x[i, j] - b[i],
        "`b[i] < x[i, j]`: breakpoint `b[i]` lies before group `i`",
        ("denominators.point",),
    ),
    NonZero(
        b[i + 1] - x[i, j], "`x[i, j] < b[i + 1]`: group `i` lies before breakpoint `b[i + 1]`", ("denominators.end",)
    ),
    NonZero(
        x[i, n] - x[i, j],
        "`n != j` and the points of a group have distinct projected inputs, `x[i, -1]` included",
        (
            "denominators.before",
            "denominators.after",
        ),
    ),
    NonZero(
        P[i, j],
        "a product of `r[q, j] > 0`, since `b[q] < x[q, j] < b[q + 1]`",
        ("denominators.product",),
    ),
    NonZero(
        beta[i, j],
        "`(-1)^i beta[i, j] = P[i, j] > 0`, see interpolant.closed_beta",
        ("denominators.beta",),
    ),
    NonZero(
        psi[i, j],
        "`psi[i, j] = beta[i, j] / beta[m, j]`, see interpolant.moved_psi",
        ("denominators.beta",),
    ),
    NonZero(
        S[i, j] - S[i, j - 1],
        "`g_j` is negative at the point (or near breakpoint) before `(i, j)` and positive at `(i, j)`: by the strict "
        "thresholds its slope is not 0",
        ("denominators.slopes",),
    ),
)


@cache
def steps() -> tuple[Step, ...]:
    """The whole derivation of construction `interpolant`, in order."""
    return (
        *slopes(),
        *closed_values(),
        *from_the_middle(),
        *thresholds(),
        *moved(),
        *sides(),
        *second_layer(),
        *output(),
    )


@cache
def output() -> tuple[Step, ...]:
    """The second layer computes g_j, the output adds up to G_j, and so to y[i, j] at x[i, j]."""
    before = _before()
    return *before, *_layer(before[0]), *_partial_sums(before[1:])


def _before() -> tuple[Step, ...]:
    """What the slopes and values are where an index is -1."""
    return tuple(
        Step(f"interpolant.before_{name}", statement, left, right, because, kind=DEFINITION)
        for name, statement, left, right, because in (
            ("slope", "No bend lies before the first breakpoint.", S[-1, j], Integer(0), "`G_j` is constant there"),
            ("value", "No neuron comes before neuron 0: its value,", G[i, -1], C, "`G_{-1} = C`"),
            ("first", "and its slope.", S[i, -1], Integer(0), "`G_{-1}` is constant"),
        )
    )


def _layer(no_bend: Step) -> tuple[Step, ...]:
    """The values at the breakpoints join, and the second layer computes g_j."""
    layer = Step(
        "interpolant.layer",
        "The second layer computes that preactivation on group `i`, where first-layer neurons `0, ..., i` are active.",
        b2[j] + Sum(W2[j, s] * (t - b[s]), (s, 0, i)),
        g(i, j, t),
        "induction on `i`: base `i = 0`, step `i -> i + 1`; bends add up to slopes",
        given=(
            *(named()[name] for name in ("weight", "bias", "preactivation", "line")),
            joined(),
            no_bend,
            named()["start"],
        ),
        induction=i,
    )
    return joined(), layer


@cache
def joined() -> Step:
    """The value at the next breakpoint, by the slope."""
    return Step(
        "interpolant.joined",
        "The value at the next breakpoint, by the slope.",
        G[i + 1, j],
        G[i, j] + S[i, j] * (b[i + 1] - b[i]),
        "interpolant.value, with the slope as a letter",
        (Equation(G[i + 1, j], named()["value"].right),),
        (named()["slope"],),
    )


def _partial_sums(none_before: tuple[Step, ...]) -> tuple[Step, ...]:
    """The active neurons add up to G_j, and to the output asked for at the point (i, j)."""
    partial = Step(
        "interpolant.telescope",
        "The active neurons `0, ..., j` of the second layer add up to the interpolant.",
        Sum(sign(s) * g(i, s, t), (s, 0, j)),
        line(i, j, t) - C,
        "induction on `j`: base `j = 0`, step `j -> j + 1`; `u_j` is its own inverse and the sum telescopes",
        given=(named()["preactivation"], named()["line"], *none_before),
        induction=j,
    )
    result = Step(
        "interpolant.output",
        "The output at the point `(i, j)`, where neurons `0, ..., j` of the second layer are active: as required.",
        C + Sum(sign(s) * g(i, s, x[i, j]), (s, 0, j)),
        y[i, j],
        "the telescope at `t = x[i, j]`, and the slope",
        given=(partial.at(t=x[i, j]), named()["line"], named()["slope"]),
    )
    return partial, result
