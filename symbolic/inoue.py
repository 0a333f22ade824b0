"""Construction `inoue`, derived: the paper's, as its author's program runs it (letters as in the paper)."""

from dataclasses import dataclass
from functools import cache

from sympy import Abs, Expr, Function, Integer, Max, Product, Sum

from symbolic.derivation import CHOICE, DEFINITION, Equation, Step, checked, put_in, solved
from symbolic.symbols import (
    W2,
    C,
    D,
    D_next,
    E,
    E_next,
    K,
    M,
    R,
    b,
    b2,
    c,
    i,
    j,
    k,
    mu,
    n,
    s,
    sign,
    size,
    slope,
    t,
    term,
    x,
    y,
)


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives (M, knot, slope, weight, bias) and what the paper chooses (the size of c), for symbolic i and
    j: the right-hand sides of the steps of the same names.
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
    """The formulas of the steps, every step checked, the choices put together. Fails: DerivationError.

    D'[i, j] is read from the table of D, at (i, j + 1).
    """
    steps = checked((*terms(), *choices(), *second_layer()))
    right = {step.name.removeprefix("inoue."): step.right for step in steps}
    for step in reversed(choices()[:-2]):
        right["size"] = put_in(right["size"], step.left, step.right)
    right["size"] = put_in(right["size"], D_next[i, j], D[i, j + 1])
    return Formulas(**{name: right[name] for name in Formulas.__dataclass_fields__})


@cache
def terms() -> tuple[Step, ...]:
    """The terms of f, what they leave of the outputs, M by continuity, the knot by the value at the point (i, j)."""
    form = Step(
        "inoue.term",
        "On group `i` the term of neuron `j` is the line that is 0 at the knot `k[i, j]` and `-(-1)^i M[i, j] c[j]` at "
        "`b[i]`; `M[0, j] = 1`.",
        term(i, j, t),
        sign(i) * (t - k[i, j]) / (k[i, j] - b[i]) * M[i, j] * c[j],
        "one line goes through two points; its sign changes at the knot, and at `b[i]` from group to group",
        (
            Equation(term(i, j, k[i, j]), Integer(0), "knot"),
            Equation(term(i, j, b[i]), -sign(i) * M[i, j] * c[j], "breakpoint"),
        ),
        kind=DEFINITION,
    )
    here = Step("inoue.D", "At the point `(i, j)` itself;", D[i, j], R[i, j, j], "the paper's `D`", kind=DEFINITION)
    there = Step(
        "inoue.D_next", "and at the next one.", D_next[i, j], R[i, j, j + 1], "the paper's `D'`", kind=DEFINITION
    )
    return form, _remainder(form), here, there, _next_M(form), _knot(form)


def _remainder(form: Step) -> Step:
    before = put_in(Sum(term(i, s, x[i, n]), (s, 0, j - 1)), form.left, form.right)
    return solved(
        "inoue.remainder",
        "The remainder: what neurons `0, ..., j - 1` leave of `y - C` at the point `(i, n)`.",
        R[i, j, n],
        y[i, n] - C - before,
        Equation(C + Sum(term(i, s, x[i, n]), (s, 0, j - 1)) + R[i, j, n], y[i, n]),
        "only these neurons are active before the point `(i, j)`",
        form,
    )


def _next_M(form: Step) -> Step:
    return solved(
        "inoue.next_M",
        "The recurrence for `M`.",
        M[i + 1, j],
        (b[i + 1] - k[i, j]) / (k[i, j] - b[i]) * M[i, j],
        Equation(term(i, j, b[i + 1]), term(i + 1, j, b[i + 1])),
        "the term is continuous at `b[i + 1]`, where group `i` ends and group `i + 1` begins",
        form,
    )


def _knot(form: Step) -> Step:
    return solved(
        "inoue.knot",
        "The knot.",
        k[i, j],
        (sign(i) * x[i, j] * M[i, j] * c[j] + b[i] * D[i, j]) / (sign(i) * M[i, j] * c[j] + D[i, j]),
        Equation(term(i, j, x[i, j]), D[i, j]),
        "at the point `(i, j)` the term of neuron `j` supplies the remainder",
        form,
    )


@cache
def choices() -> tuple[Step, ...]:
    """What the paper chooses: c[j] so large that every knot lies between its points. No equation asks for it."""
    rows = (
        ("mu", "The larger of the two inputs between which the knot shall lie.", mu[i, j], Max(x[i, j - 1], x[i, j]),
         "bounds the distance to `b[i]` from above"),
        ("E", "A size of `M[i, j] |c[j]|` that keeps the knot behind the point `(i, j - 1)`, in zigzag order.", E[i, j],
         (mu[i, j] - b[i]) / (sign(i) * (x[i, j] - x[i, j - 1])) * Abs(D[i, j]),
         "an estimate from above is enough"),
        ("E_next", "A size that keeps neuron `j`'s term large enough at the next point, `(i, j + 1)`.", E_next[i, j],
         (mu[i, j] - b[i]) / (sign(i) * (x[i, j + 1] - x[i, j])) * Abs(D_next[i, j]),
         "an estimate from above is enough"),
        ("K", "Above all of them.", K[i, j], Max(Abs(D[i, j]), E[i, j], E_next[i, j]) + 1, "a larger one would do"),
        ("size", "What `|c[j]|` must be for group `i`: the product bounds `1 / M[i, j]`.", size[i, j],
         K[i, j] * Product((mu[s, j] - b[s]) / (b[s + 1] - mu[s, j]), (s, 0, i - 1)),
         "the knot lies before `mu`, so every factor of `M[i, j]` is above the inverse of the factor here"),
    )  # fmt: skip
    largest, least = Function("max_i"), Function("min_i")
    return (
        *(Step(f"inoue.{name}", text, left, right, why, kind=CHOICE) for name, text, left, right, why in rows),
        Step(
            "inoue.c",
            "The largest over the groups, with alternating sign.",
            c[j],
            sign(j) * largest(size[i, j]),
            "one number serves all groups; any larger one would do",
            kind=CHOICE,
        ),
        Step(
            "inoue.C",
            "The offset is below every `y[i, 0]`.",
            C,
            least(y[i, 0]) - 1,
            "any number below would do",
            kind=CHOICE,
        ),
    )


@cache
def second_layer() -> tuple[Step, ...]:
    """The slopes of the terms, the weights as their differences, the biases."""
    form = terms()[0]
    first = Step(
        "inoue.first_M",
        "The scale at the first group.",
        M[0, j],
        Integer(1),
        "`c[j]` carries the scale",
        kind=DEFINITION,
    )
    slopes = solved(
        "inoue.slope",
        "The slope of the term.",
        slope[i, j],
        sign(i) * M[i, j] * c[j] / (k[i, j] - b[i]),
        Equation(term(i, j, t + 1) - term(i, j, t), slope[i, j]),
        "the term is a line on group `i`",
        form,
    )
    return slopes, _weight(form, slopes), first, _bias(form, first)


def _weight(form: Step, slopes: Step) -> Step:
    bend = (term(i, j, t + 1) - term(i, j, t)) - (term(i - 1, j, t + 1) - term(i - 1, j, t))
    return Step(
        "inoue.weight",
        "The weight from first-layer neuron `i`: the bend at `b[i]`, up to `u_j = (-1)^j` (`slope` is 0 at index -1).",
        W2[j, i],
        sign(j) * (slope[i, j] - slope[i - 1, j]),
        "first-layer neuron `i` adds its weight to the slope from `b[i]` on",
        (Equation(sign(j) * W2[j, i], bend),),
        (form, slopes),
    )


def _bias(form: Step, first: Step) -> Step:
    return Step(
        "inoue.bias",
        "The bias: the preactivation at `b[0]`, where no first-layer neuron is active.",
        b2[j],
        -sign(j) * c[j],
        "the term is constant before `b[0]`, and `u_j` is its own inverse",
        (Equation(sign(j) * b2[j], term(0, j, b[0])),),
        (form, first),
    )
