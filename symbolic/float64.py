"""Construction `float64`, derived: two breakpoints in every gap between groups, so that nothing propagates.

G_j is continuous and goes through the points (x[i, j], y[i, j]) with a slope S[i, j] of our choice. Behind group i - 1,
from e[i] to b[i], it is steered to the value G[i, j] from which that slope leads through the next point; before b[0] it
is constant. Neuron j of the second layer has preactivation u_j (G_j - G_{j-1}), G_{-1} = C. Every group is in
increasing order of t, and no sign alternates from group to group.

With x, y, b, e, S, C integers and b[i] - e[i] = 1, every number below but the threshold and the knot is an integer.
"""

from dataclasses import dataclass
from functools import cache

from sympy import Expr, IndexedBase

from symbolic.exact import require_zero, solve_linear
from symbolic.symbols import G, S, b, i, j, n, sign, t, x, y

e = IndexedBase("e", real=True)
"""e[i]: the other breakpoint between groups i - 1 and i, before b[i]."""
H = IndexedBase("H", real=True)
"""H[i, j]: the value of G_j at e[i]."""
V = IndexedBase("V", real=True)
"""V[i, j]: the steering slope, of G_j between e[i] and b[i]. V[0, j] = 0."""


@dataclass(frozen=True)
class Formulas:
    """What SymPy derives, for symbolic i and j."""

    threshold: Expr
    """u_j S[i, j] above this makes G_j steeper on group i than the data from (i, j) to its neighbour (i, n)."""
    value: Expr
    """G[i, j], from the line through (x[i, j], y[i, j]) with slope S[i, j]."""
    value_behind: Expr
    """H[i + 1, j], on the same line."""
    steering: Expr
    """V[i, j], from the values at e[i] and b[i]."""
    weight_e: Expr
    """The weight of the first-layer neuron with breakpoint e[i] in neuron j of the second layer."""
    weight_b: Expr
    """The weight of the first-layer neuron with breakpoint b[i] in neuron j of the second layer."""
    bias: Expr
    """b2[j]."""
    knot: Expr
    """The zero of neuron j's preactivation in group i."""


@cache
def derive() -> Formulas:
    """The formulas, each solved for from its requirement and checked by substitution. Fails: DerivationError."""
    line = G[i, j] + S[i, j] * (t - b[i])
    towards = y[i, j] + S[i, j] * (x[i, n] - x[i, j])
    threshold = sign(j) * solve_linear(towards - y[i, n], S[i, j])
    value = solve_linear(line.subs(t, x[i, j]) - y[i, j], G[i, j])
    value_behind = solve_linear(line.subs(t, e[i + 1]) - H[i + 1, j], H[i + 1, j])
    steered = H[i, j] + V[i, j] * (t - e[i])
    steering = solve_linear(steered.subs(t, b[i]) - G[i, j], V[i, j])
    group, gap = _preactivation(line), _preactivation(steered)
    before = _preactivation(H[i, j] + S[i - 1, j] * (t - e[i]))
    weight_e, weight_b = gap.diff(t) - before.diff(t), group.diff(t) - gap.diff(t)
    require_zero(before + weight_e * (t - e[i]) - gap, "the preactivation behind e[i]")
    continued = gap + weight_b * (t - b[i]) - group
    continuous = {V[i, j]: steering, V[i, j - 1]: steering.subs(j, j - 1)}
    require_zero(continued.subs(continuous), "the preactivation behind b[i]")
    bias = group.subs({i: 0, t: b[0]})
    return Formulas(threshold, value, value_behind, steering, weight_e, weight_b, bias, solve_linear(group, t))


def _preactivation(partial_sum: Expr) -> Expr:
    """The preactivation of neuron j where G_j is this."""
    return sign(j) * (partial_sum - partial_sum.subs(j, j - 1))
