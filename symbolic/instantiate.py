"""The derived formulas, evaluated on the points of a dataset: the neurons of a construction."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from symbolic import float64, inoue, interpolant_neurons, yun_neurons
from symbolic.arithmetic import Number, exact, floor
from symbolic.breakpoints import divisible, midpoint
from symbolic.exact import exact_functions
from symbolic.groups import Groups, groups, increasing_groups
from symbolic.neurons import Neurons, zigzag
from symbolic.progress import progress

Table = dict[tuple[int, int], Number]
BETWEEN_GROUPS = 3
"""The least distance of integers with room for two more between them: the breakpoints, none of them at a point."""
BEFORE_EXTRA = 2
"""The least distance of integers with room for one more: the knot of an extra point's neuron."""


@dataclass(frozen=True)
class Method:
    """How a construction groups points, and its neurons, for which f(x[i, j]) = y[i, j] for every i and j.

    steers: it spends two first-layer neurons on every gap between groups instead of one, and needs the projected inputs
    to be integers, with room for integer breakpoints.
    paired: its units are hard-tanhs, of two neurons each, in both layers, and none of them takes an extra point.
    """

    grouped: Callable[[Sequence[Number], Sequence[Number], int], Groups]
    neurons: Callable[[Groups], Neurons]
    steers: bool = False
    paired: bool = False

    def groups(self, a1: int) -> int:
        """How many groups a first layer of a1 neurons serves."""
        return a1 // 2 if self.paired else (a1 + 1) // 2 if self.steers else a1

    def share(self, a2: int, outputs: int) -> tuple[int, int]:
        """How many points a group may have for a second layer of a2 neurons, and how many extra points there may be."""
        return (a2 // (2 * outputs), 0) if self.paired else divmod(a2, outputs)

    def apart(self, count: int, room: int, q: int) -> list[int]:
        """The least distances of so many projected points, sorted, in groups of q and, beyond the room, extra ones."""
        if not self.steers:
            return [1] * (count - 1)
        within = [BETWEEN_GROUPS if place % q == 0 else 1 for place in range(1, min(count, room))]
        return within + [BEFORE_EXTRA] * (count - 1 - len(within))


def _inoue(points: Groups) -> Neurons:
    """The neurons of construction `inoue`."""
    formula = exact_functions(inoue.derive)
    r, a2, b = points.r, points.a2, points.b
    C = min(points.y[i, 0] for i in range(r)) - 1
    x, y = dict(points.x), dict(points.y)
    for i in range(r):
        last = points.x[i, a2 - 1], points.y[i, a2 - 1]
        x[i, -1] = (points.near(i) + x[i, 0]) / 2
        x[i, a2], y[i, a2] = (points.far(i) + last[0]) / 2, (points.far(i) + last[1]) / 2
    c: dict[int, Number] = {}
    k: Table = {}
    M: Table = {}
    slope: Table = {(-1, j): 0 for j in range(a2)}
    tables = {"x": x, "y": y, "b": b, "C": C, "c": c, "k": k, "M": M}
    for j in progress(range(a2), "second layer"):
        D = {(i, n): formula["remainder"](i=i, j=j, n=n, **tables) for i in range(r) for n in (j, j + 1)}
        c[j] = (-1) ** j * max(formula["size"](i=i, j=j, D=D, **tables) for i in range(r))
        M[0, j] = 1
        for i in range(r):
            k[i, j] = formula["knot"](i=i, j=j, D=D, **tables)
            slope[i, j] = formula["slope"](i=i, j=j, **tables)
            M[i + 1, j] = formula["next_M"](i=i, j=j, **tables)
    W2 = {(j, i): formula["weight"](i=i, j=j, slope=slope) for j in range(a2) for i in range(r)}
    return zigzag(points, W2, [formula["bias"](j=j, c=c) for j in range(a2)], C)


def _float64(points: Groups) -> Neurons:
    """The neurons of construction `float64`: with x integers, weights and biases of the hidden layers are integers.

    The hidden layers represent d y, d the common denominator of the outputs, and the output weights are u_j/d, its bias
    C/d: f(x) = y in exact arithmetic for every d. In floating point the preactivations are exact for every d as long
    as their integers are; the output is so too where d is a power of two, and rounded where it is not.
    """
    formula = exact_functions(float64.derive)
    r, a2, b = points.r, points.a2, points.b
    d = math.lcm(*(int(v.denominator) for v in points.y.values()))
    C = d * min(points.y[i, 0] for i in range(r)) - 1
    x = points.x | {(i, -1): b[i] for i in range(r)}
    y = {place: d * v for place, v in points.y.items()} | {(i, -1): C for i in range(r)}
    S, V, G, H = _slopes(points, {"x": x, "y": y, "b": b, "e": [q - 1 for q in b]})
    G[0, -1] = C
    weights = []
    for j in range(a2):
        row = [formula["weight_b"](i=0, j=j, S=S, V=V)]
        for i in range(1, r):
            row += [formula[name](i=i, j=j, S=S, V=V) for name in ("weight_e", "weight_b")]
        weights.append(tuple(row))
    breakpoints = [b[0], *(v for q in b[1:r] for v in (q - 1, q))]
    bias = tuple(formula["bias"](j=j, G=G) for j in range(a2))
    output = tuple(exact(Fraction((-1) ** j, d)) for j in range(a2))
    return Neurons(tuple(breakpoints), tuple(weights), bias, (output,), (C / d,))


def _slopes(points: Groups, tables: dict[str, object]) -> tuple[Table, Table, Table, Table]:
    """S, V, G and H of construction `float64`; every u_j S[i, j] is the least integer that is steep enough."""
    formula = exact_functions(float64.derive)
    r, a2 = points.r, points.a2
    S, V = ({(i, -1): 0 for i in range(r)} for _ in range(2))
    G: Table = {}
    H: Table = {}
    for j in progress(range(a2), "second layer"):
        neighbours = [n for n in (j - 1, j + 1) if n < a2]
        for i in range(r):
            highest = max(formula["threshold"](i=i, j=j, n=n, **tables) for n in neighbours)
            S[i, j] = (-1) ** j * (floor(highest) + 1)
            G[i, j] = formula["value"](i=i, j=j, S=S, **tables)
            H[i + 1, j] = formula["value_behind"](i=i, j=j, S=S, G=G, **tables)
            V[i, j] = formula["steering"](i=i, j=j, G=G, H=H, **tables) if i else 0
    return S, V, G, H


METHODS = {
    "interpolant": Method(partial(groups, between=divisible), interpolant_neurons.neurons),
    "inoue": Method(partial(groups, between=midpoint), _inoue),
    "float64": Method(increasing_groups, _float64, steers=True),
    "yun": Method(partial(groups, between=divisible), yun_neurons.neurons, paired=True),
}
