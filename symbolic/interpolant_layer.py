"""The second layer of construction `interpolant`: its neurons' preactivations, weights, biases and knots."""

from functools import cache

from sympy import Integer

from symbolic.derivation import DEFINITION, Equation, Step, solved
from symbolic.interpolant_line import slopes
from symbolic.symbols import W2, G, S, b, b2, g, i, j, k, line, sign, t, z


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
