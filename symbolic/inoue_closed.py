"""Construction `inoue` in closed form, and what it shares with `interpolant`: steps that only `derive` needs."""

from functools import cache

from sympy import Integer, Product, Sum

from symbolic import inoue, interpolant
from symbolic.denominators import NonZero
from symbolic.derivation import DEFINITION, Equation, Step, put_in
from symbolic.inoue import choices, second_layer, terms
from symbolic.symbols import W2, C, D, G, M, S, b, b2, c, i, j, k, line, mu, s, sign, slope, t, term, w, x, y, z

NONZERO = (
    NonZero(
        k[i, j] - b[i],
        "the knot lies between two points of group `i`, which lies behind `b[i]`",
        ("denominators.kink",),
    ),
    NonZero(
        x[i, j] - b[i],
        "`b[i] < x[i, j]`: breakpoint `b[i]` lies before group `i`",
        ("denominators.point",),
    ),
    NonZero(
        sign(i) * M[i, j] * c[j] + D[i, j],
        "`M[i, j] |c[j]| > |D[i, j]|` by the choice of `K` and `c`",
        ("denominators.total",),
    ),
    NonZero(M[i, j], "a product of ratios of positive distances, see inoue.closed_M", ("denominators.M",)),
    NonZero(c[j], "`|c[j]| >= K > 0`, a number above 1 times positive ratios", ("denominators.c",)),
    NonZero(
        x[i, j] - x[i, j - 1],
        "the points of a group, the virtual ones included, have distinct projected inputs",
        ("denominators.virtual",),
    ),
    NonZero(
        b[i + 1] - mu[i, j],
        "`mu[i, j] < b[i + 1]`: it is a point of group `i`, or lies before one",
        ("denominators.mu",),
    ),
)


@cache
def steps() -> tuple[Step, ...]:
    """The whole derivation of construction `inoue`, in order."""
    return (*terms(), _closed_M(), *choices(), *second_layer(), *_closed())


def _closed_M() -> Step:
    next_M = {step.name: step for step in terms()}["inoue.next_M"]
    return Step(
        "inoue.closed_M",
        "THE CLOSED FORM of `M`.",
        M[i, j],
        Product((b[s + 1] - k[s, j]) / (k[s, j] - b[s]), (s, 0, i - 1)),
        "induction on `i`: base `i = 0`, step `i -> i + 1` by the recurrence; the last factor is split off the product",
        (Equation(M[0, j], Integer(1), "base"), Equation(M[i + 1, j], next_M.right, "step")),
    )


@cache
def _closed() -> tuple[Step, ...]:
    """The paper's weights, what the second layer computes, and the output."""
    return *_weights(), *_output()


def _weights() -> tuple[Step, ...]:
    """The paper's form of the weights, and that the second layer computes the terms."""
    form, _, _, _, next_M, _ = terms()
    slopes, weight, first, bias = second_layer()
    before = Step(
        "inoue.before", "No bend lies before the first.", slope[-1, j], Integer(0), "constant there", kind=DEFINITION
    )
    paper = Step(
        "inoue.paper_weight",
        "The paper's form of the weight from first-layer neuron `i + 1`, up to the sign of `j`.",
        w[i + 1, j],
        sign(i + 1) * (k[i + 1, j] - k[i, j]) * M[i, j] * c[j] / ((k[i + 1, j] - b[i + 1]) * (k[i, j] - b[i])),
        "the difference of the slopes, with the recurrence for `M`",
        (Equation(w[i + 1, j], slope[i + 1, j] - slope[i, j]),),
        (slopes, next_M),
    )
    paper_first = Step(
        "inoue.paper_first",
        "The paper's form of the weight from first-layer neuron 0.",
        w[0, j],
        c[j] / (k[0, j] - b[0]),
        "the slope of the first group",
        (Equation(w[0, j], slope[0, j] - slope[-1, j]),),
        (before, slopes, first),
    )
    layer = Step(
        "inoue.layer",
        "The second layer computes `u_j` times the term on group `i`; first-layer neurons `0, ..., i` are active.",
        sign(j) * (b2[j] + Sum(W2[j, s] * (t - b[s]), (s, 0, i))),
        term(i, j, t),
        "induction on `i`: base `i = 0`, step `i -> i + 1`; bends add up to slopes",
        given=(weight, bias, before, slopes, form, next_M, first),
        induction=i,
    )
    return before, paper, paper_first, layer


def _output() -> tuple[Step, ...]:
    """The value of a term at its point, and the output there."""
    form, remainder, here, _, _, knot = terms()
    meets = Step(
        "inoue.meets",
        "With this knot the term supplies the remainder.",
        term(i, j, x[i, j]),
        D[i, j],
        "the knot, put into the term",
        given=(form, knot),
    )
    output = Step(
        "inoue.output",
        "The active neurons `0, ..., j` add up to the output at the point `(i, j)`.",
        C + Sum(term(i, s, x[i, j]), (s, 0, j)),
        y[i, j],
        "the last term split off supplies what the others leave",
        given=(meets, here, remainder, form),
    )
    return meets, output


@cache
def same() -> tuple[Step, ...]:
    """Both constructions satisfy the same interpolation identity: the partial sums of f are interpolants G_j."""
    form, _, _, _, next_M, _ = terms()
    output = _closed()[-1]
    partial = Step(
        "same.partial",
        "`G_j` is now the partial sum of the terms of construction `inoue`.",
        line(i, j, t),
        C + Sum(term(i, s, t), (s, 0, j)),
        "neurons `0, ..., j` are the active ones behind the point `(i, j)`",
        kind=DEFINITION,
    )
    interpolates = Step(
        "same.interpolates",
        "It goes through the `j`-th point of every group: the requirement of construction `interpolant`.",
        line(i, j, x[i, j]),
        y[i, j],
        "inoue.output",
        given=(partial, output.solved_for(output.left - C)),
    )
    continuous = Step(
        "same.continuous",
        "It is continuous at the breakpoint between two groups.",
        line(i, j, b[i + 1]),
        line(i + 1, j, b[i + 1]),
        "induction on `j`, by the recurrence for `M`",
        given=(partial, form, next_M),
        induction=j,
    )
    slopes_and_lines = _same_lines(partial, interpolates)
    return partial, interpolates, continuous, *slopes_and_lines, *_same_weights(slopes_and_lines[0])


def _same_lines(partial: Step, interpolates: Step) -> tuple[Step, ...]:
    """On every group it is a line, with the slope that construction `interpolant` gives it."""
    total = Step(
        "same.slopes", "Its slope is the sum of the terms' slopes.", S[i, j], Sum(slope[i, s], (s, 0, j)),
        "lines add up", kind=DEFINITION,
    )  # fmt: skip
    straight = Step(
        "same.line",
        "On every group it is the line with that slope.",
        line(i, j, t),
        line(i, j, b[i]) + S[i, j] * (t - b[i]),
        "induction on `j`: the last term is split off both sums",
        given=(partial, total, terms()[0], second_layer()[0]),
        induction=j,
    )
    slope_formula = Step(
        "same.slope",
        "So the slope is that of construction `interpolant`, with the partial sum's value at `b[i]`.",
        put_in(interpolant.derive().slope, G[i, j], line(i, j, b[i])),
        S[i, j],
        "same.line at `t = x[i, j]`, and same.interpolates",
        given=(interpolates.solved_for(y[i, j]), straight.at(t=x[i, j])),
    )
    return total, straight, slope_formula


def _same_weights(total: Step) -> tuple[Step, ...]:
    """The second layer is that of construction `interpolant`, from these slopes and values."""
    own, common = inoue.derive(), interpolant.derive()
    weight = Step(
        "same.weight",
        "The weights of construction `inoue` are the same bends of its slopes.",
        own.weight,
        common.weight,
        "the last slope is split off the sums",
        given=(total,),
    )
    free = Step(
        "same.free", "Its value at `b[0]`.", z[j], C + Sum(term(0, s, b[0]), (s, 0, j)), "same.partial", kind=DEFINITION
    )
    bias = Step(
        "same.bias",
        "The biases of construction `inoue` are the same differences of its values at `b[0]`.",
        own.bias,
        common.bias,
        "the last term is split off the sums",
        given=(free, terms()[0], second_layer()[2]),
    )
    return weight, free, bias
