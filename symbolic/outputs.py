"""Theorem 4, derived: several outputs, each with its own second-layer neurons, and a neuron for each extra point.

With q = a2 div m, output e owns q neurons of the second layer and represents groups of q points as for one output. The
a2 mod m rightmost points are left over. For extra point k a neuron has preactivation t - kappa[k], from the one
first-layer neuron with the last breakpoint; kappa[k] is between the point before and T[k], so that it is off at every
point to the left. Its weights in the outputs make up for what the neurons before leave of the point's outputs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from sympy import Expr, IndexedBase, Sum, Symbol

from checker.network import Vector
from symbolic.arithmetic import Number, exact, exact_all, fraction
from symbolic.exact import exact_functions, solve_linear
from symbolic.neurons import Neurons
from symbolic.symbols import s, t

e = Symbol("e", integer=True, nonnegative=True)
"""An output: e = 0, ..., m - 1."""
k = Symbol("k", integer=True, nonnegative=True)
"""An extra point, in increasing t: k = 0, ..., a2 mod m - 1."""
beta = Symbol("beta", real=True)
"""The last breakpoint of the first layer before the extra points."""
T = IndexedBase("T", real=True)
"""T[k]: the projected input of extra point k."""
Y = IndexedBase("Y", real=True)
"""Y[e, k]: its output e."""
F = IndexedBase("F", real=True)
"""F[e, k]: what the grouped neurons give there."""
kappa = IndexedBase("kappa", real=True)
"""kappa[k]: the knot of extra neuron k."""
power = IndexedBase("power", real=True)
"""power[k]: the preactivation of extra neuron k at its point, a power of two."""
A = IndexedBase("A", real=True)
"""A[e, k]: the weight of extra neuron k in output e."""

Table = dict[tuple[int, int], Number]


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic e and k."""

    knot: Expr
    """kappa[k], from the preactivation at T[k]."""
    bias: Expr
    """The bias of extra neuron k, its one weight being 1."""
    column: Expr
    """A[e, k], from the outputs at T[k]: the residual that all neurons before leave, divided by power[k]."""


@cache
def derive() -> Formulas:
    """The formulas, each solved for from its requirement and checked by substitution. Fails: DerivationError."""
    b, before = Symbol("bias", real=True), Symbol("before", real=True)
    preactivation = t - kappa[k]
    knot = solve_linear(preactivation.subs(t, T[k]) - power[k], kappa[k])
    bias = solve_linear((t - beta) + b - preactivation, b)
    term = (A[e, k] * preactivation).subs(t, T[k])
    column = solve_linear(F[e, k] + before + term.subs(kappa[k], knot) - Y[e, k], A[e, k])
    extra = Sum(A[e, s] * (T[k] - kappa[s]), (s, 0, k - 1))
    return Formulas(knot, bias, column.subs(before, extra))


def with_extra_points(grouped: Neurons, last: Number, points: Sequence[tuple[Number, Vector]]) -> Neurons:
    """The grouped neurons and one more for each of these points (t, y), so that f(t) = y there and f is as before up to
    last.

    The points are in increasing t, to the right of last; last is not to the left of any breakpoint.
    """
    formula = exact_functions(derive)
    T, ys = [t for t, _ in points], [exact_all(y) for _, y in points]
    power = [exact(power_of_two_below(fraction(t - before))) for before, t in zip([last, *T[:-1]], T, strict=True)]
    kappa = [formula["knot"](k=k, T=T, power=power) for k in range(len(T))]
    bias = tuple(formula["bias"](k=k, kappa=kappa, beta=grouped.breakpoints[-1]) for k in range(len(T)))
    row = (*(0 for _ in grouped.breakpoints[:-1]), 1)
    A = _columns(T, {"Y": _table(ys), "F": _table([grouped.value(t) for t in T])}, kappa, power)
    return replace(
        grouped,
        weights=grouped.weights + (row,) * len(T),
        bias=grouped.bias + bias,
        output=tuple((*row, *(A[e, k] for k in range(len(T)))) for e, row in enumerate(grouped.output)),
    )


def _columns(T: list[Number], values: dict[str, Table], kappa: list[Number], power: list[Number]) -> Table:
    """A[e, k], point by point; values has Y and F."""
    formula = exact_functions(derive)
    A: Table = {}
    for k in range(len(T)):
        outputs = [e for e, point in values["Y"] if point == k]
        A |= {(e, k): formula["column"](e=e, k=k, A=A, T=T, kappa=kappa, power=power, **values) for e in outputs}
    return A


def _table(vectors: Sequence[Sequence[Number]]) -> Table:
    """Entry e of vector k, as (e, k)."""
    return {(e, k): v for k, vector in enumerate(vectors) for e, v in enumerate(vector)}


def power_of_two_below(gap: Fraction) -> Fraction:
    """The largest power of two, of any integer exponent, that is less than gap > 0.

    >>> [str(power_of_two_below(Fraction(gap))) for gap in ("4", "5", "1/3", "1")]
    ['2', '4', '1/4', '1/2']
    """
    power = Fraction(2) ** (gap.numerator.bit_length() - gap.denominator.bit_length() + 1)
    while power >= gap:
        power /= 2
    return power
