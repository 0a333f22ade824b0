"""Construction `zhang`, derived: one hidden layer of n hinges on the projected line meets any n points.

f(t) = sum_j w[j] relu(t - b[j]) (Zhang et al., ICLR 2017, Theorem 1). The points are in increasing T; a point before
them, at T[0] - 1 with output 0, makes all formulas one: hinge j begins at the point before point j. Row i of the
linear system for w is then w[0] (T[i] - b[0]) + ... + w[i] (T[i] - b[i]) = Y[i]: lower triangular, and no entry of the
diagonal is 0. Breakpoints at the points keep the numbers short: the solution is a difference of two slopes.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr, Function, IndexedBase, Integer, Product, Sum

from symbolic.denominators import NonZero
from symbolic.derivation import CHOICE, DEFINITION, Equation, Step, checked, solved
from symbolic.symbols import j, s, t

T = IndexedBase("T", real=True)
"""T[j]: the projected input of point j, in increasing order; T[-1] that of the point before all of them."""
Y = IndexedBase("Y", real=True)
"""Y[j]: its output."""
b = IndexedBase("b", real=True)
"""b[j]: where hinge j begins."""
w = IndexedBase("w", real=True)
"""w[j]: its weight in the output."""
S = IndexedBase("S", real=True)
"""S[j]: the slope of the data from point j - 1 to point j."""
det = IndexedBase("det", real=True)
"""det[j]: the determinant of the first j + 1 rows and columns of the system."""
line = Function("f", real=True)
"""f(j, t): the value at t of the first j + 1 hinges, all of them active."""
acc = IndexedBase("acc", real=True)
shift = IndexedBase("shift", real=True)
"""acc[j]: the accumulator behind hinge j; shift[j]: what keeps it at or above 0 on the sample."""

NONZERO = (
    NonZero(
        T[j] - T[j - 1],
        "the projected inputs are distinct and in increasing order, the point before them included",
        ("zhang_line.gap",),
    ),
)


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic j: the right-hand sides of the steps of the same names."""

    breakpoint: Expr
    """b[j], from the points."""
    slope: Expr
    """S[j], from two points."""
    weight: Expr
    """w[j], from two slopes."""
    line: Expr
    """f(j, t), from the point before and a slope."""


@cache
def derive() -> Formulas:
    """The formulas of the steps, every step checked. Fails: DerivationError."""
    right = {step.name.removeprefix("zhang."): step.right for step in checked(steps())}
    return Formulas(**{name: right[name] for name in Formulas.__dataclass_fields__})


@cache
def steps() -> tuple[Step, ...]:
    """The whole derivation of construction `zhang`, in order."""
    choices = _choices()
    return *choices, *_system(choices[0]), *_solution(choices), *_deep()


def _choices() -> tuple[Step, ...]:
    """Where the hinges begin, and the point before all others."""
    breakpoint = Step(
        "zhang.breakpoint",
        "Hinge `j` begins at the point before point `j`; any `b[j]` from there to just below `T[j]` would do.",
        b[j],
        T[j - 1],
        "breakpoints at the points need no numbers of their own: the weights stay short",
        kind=CHOICE,
    )
    before = Step(
        "zhang.output_before",
        "A point before all others, at `T[-1] = T[0] - 1`, has output 0,",
        Y[-1],
        Integer(0),
        "no hinge has begun there, and the network has no bias in its output",
        kind=CHOICE,
    )
    flat = Step(
        "zhang.slope_before", "and slope 0 up to it.", S[-1], Integer(0), "no hinge has begun there", kind=CHOICE
    )
    return breakpoint, before, flat


def _system(breakpoint: Step) -> tuple[Step, ...]:
    """The linear system is triangular, and its determinant the product of its diagonal."""
    prefix = Step(
        "zhang.prefix",
        "At `T[j]` the hinges `0, ..., j` are active and the others silent, since `b[j] < T[j] <= b[j + 1]`: "
        "row `j` of the system has entries `T[j] - b[0], ..., T[j] - b[j]` and zeros.",
        line(j, t),
        Sum(w[s] * (t - b[s]), (s, 0, j)),
        "zhang_line.triangular of the proofs room proves the order and the signs",
        kind=DEFINITION,
    )
    last = "the system is lower triangular: expanded along its last column, in which only the diagonal is not 0"
    determinant = Step(
        "zhang.determinant",
        "THE CLOSED FORM of the determinant: no factor is 0, so the system has one solution.",
        det[j],
        Product(T[s] - T[s - 1], (s, 0, j)),
        f"induction on `j`; {last}",
        (
            Equation(det[0], T[0] - b[0], "base"),
            Equation(det[j + 1], (T[j + 1] - b[j + 1]) * det[j], "step"),
        ),
        (breakpoint,),
    )
    return prefix, determinant


def _solution(choices: tuple[Step, ...]) -> tuple[Step, ...]:
    """The weights by slopes, and that the hinges then meet every point."""
    breakpoint, before, flat = choices
    slope = Step(
        "zhang.slope",
        "The slope of the data.",
        S[j],
        (Y[j] - Y[j - 1]) / (T[j] - T[j - 1]),
        "from the point before to point `j`; `S[0] = Y[0]`",
        kind=DEFINITION,
    )
    reached = Y[j - 1] + S[j - 1] * (T[j] - T[j - 1])
    weight = solved(
        "zhang.weight",
        "The weight: the bend of the data at the point before. So `w[0] = Y[0]`, `w[1] = S[1] - Y[0]`.",
        w[j],
        S[j] - S[j - 1],
        Equation(reached + w[j] * (T[j] - b[j]), Y[j]),
        "the hinges before go on with slope `S[j - 1]` from point `j - 1`, see zhang.line; the next one makes up the "
        "rest at point `j`",
        breakpoint,
        slope,
    )
    graph = Step(
        "zhang.line",
        "From point `j - 1` on, hinges `0, ..., j` make the line through points `j - 1` and `j`.",
        Sum(w[s] * (t - b[s]), (s, 0, j)),
        Y[j - 1] + S[j] * (t - T[j - 1]),
        "induction on `j`: base `j = 0`, step `j -> j + 1`; bends add up to slopes",
        given=(weight, breakpoint, before, flat, slope),
        induction=j,
    )
    output = Step(
        "zhang.output",
        "The output at point `j`: as required.",
        Sum(w[s] * (T[j] - b[s]), (s, 0, j)),
        Y[j],
        "the line at `t = T[j]`, and the slope",
        given=(graph.at(t=T[j]), slope),
    )
    return slope, weight, graph, output


def _deep() -> tuple[Step, ...]:
    """The same hinges in many layers."""
    accumulator = Step(
        "zhang.accumulator",
        "In several layers: the accumulator behind hinge `j`, shifted so that it is not below 0 on the sample.",
        acc[j],
        Sum(w[s] * (t - b[s]), (s, 0, j)) + shift[j],
        "ReLU changes nothing that is not below 0: on the sample, not everywhere",
        kind=DEFINITION,
    )
    carried = Step(
        "zhang.carried",
        "Less its shift and with the next hinge, the accumulator is the next sum.",
        acc[j] - shift[j] + w[j + 1] * (t - b[j + 1]),
        Sum(w[s] * (t - b[s]), (s, 0, j + 1)),
        "sums of consecutive hinges add up",
        given=(accumulator,),
    )
    return accumulator, carried
