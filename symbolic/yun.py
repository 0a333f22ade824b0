"""Construction `yun`, derived: two hidden layers of hard-tanhs, of two ReLUs each.

Source: Yun, Sra, Jadbabaie, Small ReLU networks are powerful memorizers (NeurIPS 2019), Theorem 3.1: with
4 (d1 div 4) (d2 div 4 m) >= N, hidden layers of d1 and d2 ReLUs meet any N distinct points with m outputs. As there,
hard-tanh i of the first layer is linear on group i of the projected points and constant on every other; hard-tanh j
of the second is linear at the j-th point of each group, where it gives the output, and clipped at all others; and one
value more than there are requirements is free, and moved until that is so.

What is ours: the preactivation of hard-tanh j is G_j of construction `interpolant`, the groups are counted in zigzag
and the outputs are clipped to [low, high] in place of [-1, 1]. So the clipped ones add up to the same at every point,
for any number of groups and of points in a group: (d1 div 2) (d2 div 2 m) >= N is enough.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr, IndexedBase, Sum, Symbol

from symbolic.derivation import CHOICE, DEFINITION, Equation, Step, checked, solved
from symbolic.interpolant import named
from symbolic.interpolant_line import from_the_middle, slopes
from symbolic.interpolant_output import joined
from symbolic.interpolant_threshold import threshold
from symbolic.symbols import G, S, b, i, j, line, n, phi, psi, s, sign, t, v, x, y, z

low = Symbol("low", real=True)
"""The least output."""
high = Symbol("high", real=True)
"""The greatest output, or more."""
odd = Symbol("odd", integer=True)
"""How many hard-tanhs of the second layer have an odd number."""
last = Symbol("last", integer=True, nonnegative=True)
"""The last hard-tanh of the second layer."""
offset = Symbol("offset", real=True)
"""The bias of the output."""
level = IndexedBase("level", real=True)
"""level[j, n]: what hard-tanh j gives at the point (i, n) of any group, n = j - 1 or n = j + 1."""
rho = IndexedBase("rho", real=True)
"""rho[i, j, n]: threshold of -u_j v[j] from the neighbour (i, n) of the point (i, j)."""
b_low = IndexedBase("b_low", real=True)
b_high = IndexedBase("b_high", real=True)
"""The biases of the two ReLUs of a hard-tanh of the second layer."""


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic i and j: the right-hand sides of the steps of the same names."""

    level_before: Expr
    """level[j, j - 1]."""
    level_behind: Expr
    """level[j, j + 1]."""
    threshold: Expr
    """-u_j v[j] from this on clips hard-tanh j at the neighbour (i, n) of the point (i, j)."""
    bias_low: Expr
    """The bias of the ReLU that begins at low."""
    bias_high: Expr
    """The bias of the ReLU that begins at high, its output weight being -1."""
    offset: Expr
    """The bias of the output, from low, high and the number of odd hard-tanhs."""


@cache
def derive() -> Formulas:
    """The formulas of the steps, every step checked. Fails: DerivationError."""
    right = {step.name.removeprefix("yun."): step.right for step in checked((*uses(), *steps()))}
    return Formulas(**{name: right[name] for name in Formulas.__dataclass_fields__})


@cache
def uses() -> tuple[Step, ...]:
    """The steps of construction `interpolant` that this derivation goes on from."""
    return *slopes(), *from_the_middle(), named()["start"], joined()


@cache
def steps() -> tuple[Step, ...]:
    """The derivation of construction `yun`, in order."""
    return *_preactivation(), *_clipped(), *_output()


def _preactivation() -> tuple[Step, ...]:
    """The first layer's hard-tanhs add up to G_j, which is then clipped."""
    layer = Step(
        "yun.layer",
        "The first layer's hard-tanhs, times the slopes `S[s, j]`, and the bias `z[j]` add up to `G_j` on group `i`: "
        "`relu(t - b[s]) - relu(t - b[s + 1])` is constant there for `s < i`, linear for `s = i`, and 0 for `s > i`.",
        z[j] + Sum(S[s, j] * ((t - b[s]) - (t - b[s + 1])), (s, 0, i - 1)) + S[i, j] * (t - b[i]),
        line(i, j, t),
        "induction on `i`: base `i = 0`, step `i -> i + 1`; a hard-tanh that is passed has added the rise of its group",
        given=(named()["line"], joined(), named()["start"]),
        induction=i,
    )
    biases = [
        Step(
            f"yun.bias_{name}",
            f"The ReLU of hard-tanh `j` of the second layer that begins at `{name}`: its bias.",
            letter[j],
            z[j] - bound,
            "the preactivation before `b[0]`, where every ReLU of the first layer is off, less the bound",
            (Equation(letter[j], G[0, j] - bound),),
            (named()["start"],),
        )
        for name, letter, bound in (("low", b_low, low), ("high", b_high, high))
    ]
    return layer, *biases


def _clipped() -> tuple[Step, ...]:
    """What hard-tanh j gives at the neighbours of its points, and what makes it do so."""
    rise = high - low
    before, behind = (
        Step(
            f"yun.level_{name}",
            statement,
            level[j, neighbour],
            low + rise * (1 + side * sign(j)) / 2,
            "the zigzag makes hard-tanh `j` rise if `j` is even, and fall if it is odd",
            kind=CHOICE,
        )
        for name, statement, neighbour, side in (
            ("before", "At the point before its own, an even hard-tanh is at `low`, an odd one at `high`;", j - 1, -1),
            ("behind", "at the one behind it the other way round.", j + 1, 1),
        )
    )
    reached = threshold(
        "yun.threshold",
        "The threshold: at `-u_j v[j] = rho[i, j, n]` the preactivation reaches that level at the neighbour `(i, n)`.",
        (rho[i, j, n], phi[i, j], psi[i, j]),
        "the slope is affine in `v[j]`; `u_j = (-1)^j` is its own inverse",
        level[j, n],
    )
    beyond = Step(
        "yun.clipped",
        "Beyond the threshold it is clipped there, and at all points further on: `psi[i, j]` has the sign of the "
        "group, and so has `x[i, n] - x[i, j]` for `n = j + 1`, the opposite one for `n = j - 1`.",
        sign(j) * (line(i, j, x[i, n]) - level[j, n]),
        psi[i, j] * (x[i, n] - x[i, j]) / (x[i, j] - b[i]) * (-sign(j) * v[j] - rho[i, j, n]),
        "the preactivation is a line on the group, affine in `v[j]`, and at that level at the threshold",
        given=(named()["line"], named()["slope"], named()["middle"], reached),
    )
    return before, behind, reached, beyond


def _output() -> tuple[Step, ...]:
    """The clipped hard-tanhs add up to the same everywhere, so a bias makes up for them."""
    rising, falling = (1 + sign(s)) / 2, (1 - sign(s)) / 2
    before, behind = Sum(rising, (s, 0, j - 1)), odd - Sum(falling, (s, 0, j))
    count = Step(
        "yun.count",
        "There are as many even numbers below `j` as odd ones up to `j`.",
        before,
        Sum(falling, (s, 0, j)),
        "induction on `j`: `j` is even exactly if `j + 1` is odd",
        induction=j,
    )
    number = Step(
        "yun.odd",
        "The number of odd hard-tanhs of the second layer.",
        odd,
        Sum(falling, (s, 0, last)),
        "half of all, rounded down",
        kind=DEFINITION,
    )
    others = Step(
        "yun.others",
        "At the point `(i, j)` the hard-tanhs before `j` are at `high` if even, those behind it if odd, else at `low`: "
        "so many are at `high`, and neither `i` nor `j` matters.",
        before + behind,
        odd,
        "the even ones before `j` replace the odd ones before it",
        given=(count,),
    )
    bias = solved(
        "yun.offset",
        "The bias of the output: `relu(g - low) - relu(g - high)` is the clipped preactivation less `low`.",
        offset,
        low - odd * (high - low),
        Equation(offset + (high - low) * odd + (y[i, j] - low), y[i, j]),
        "it takes away what the clipped hard-tanhs add up to",
    )
    result = Step(
        "yun.output",
        "The output at the point `(i, j)`: as required.",
        offset + (high - low) * (before + behind) + line(i, j, x[i, j]) - low,
        y[i, j],
        "hard-tanh `j` is not clipped there, since `low <= y[i, j] <= high`",
        given=(others, bias, named()["line"], named()["slope"]),
    )
    return count, number, others, bias, result
