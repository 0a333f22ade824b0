"""The derived formulas of construction `yun`, evaluated on the points of a dataset."""

from symbolic import interpolant, yun
from symbolic.arithmetic import Number, exact_all, floor
from symbolic.exact import exact_functions
from symbolic.groups import Groups
from symbolic.interpolant_neurons import coefficients
from symbolic.neurons import Neurons, Row
from symbolic.progress import progress


def neurons(points: Groups) -> Neurons:
    """The neurons of construction `yun`, those of a hard-tanh side by side."""
    formula = exact_functions(interpolant.derive) | exact_functions(yun.derive)
    low, high = _bounds(points)
    breakpoints = [end for i in range(points.r) for end in points.b[i : i + 2]]
    weights: list[Row] = []
    bias: list[Number] = []
    for j in progress(range(points.a2), "second layer"):
        slopes, z = _hard_tanh(points, j, low, high)
        weights += [tuple(w for slope in slopes for w in (slope, -slope))] * 2
        bias += [formula[name](j=j, z={j: z}, low=low, high=high) for name in ("bias_low", "bias_high")]
    offset = formula["offset"](low=low, high=high, odd=points.a2 // 2)
    return Neurons(tuple(breakpoints), tuple(weights), tuple(bias), ((1, -1) * points.a2,), (offset,))


def _bounds(points: Groups) -> tuple[Number, Number]:
    """The least output and the greatest one; an interval of length 1 where all are equal."""
    low, high = min(points.y.values()), max(points.y.values())
    return low, high if low < high else low + 1


def _hard_tanh(points: Groups, j: int, low: Number, high: Number) -> tuple[list[Number], Number]:
    """The preactivation of hard-tanh j: its slope on each group, and its value before all of them."""
    formula = exact_functions(interpolant.derive)
    tables: dict[str, object] = {"j": j, "x": points.x, "y": points.y, "b": points.b}
    tables |= coefficients(formula, points, tables)
    tables["v"] = {j: _middle_value(points, j, tables, low, high)}
    G = tables["G"] = {(i, j): formula["middle"](i=i, **tables) for i in range(points.r)}
    return [formula["slope"](i=i, **tables) for i in range(points.r)], G[0, j]


def _middle_value(points: Groups, j: int, tables: dict[str, object], low: Number, high: Number) -> Number:
    """v[j]: the integer nearest to 0 that clips hard-tanh j at all points but its own."""
    formula = exact_functions(yun.derive)
    neighbours = {n: name for n, name in ((j - 1, "level_before"), (j + 1, "level_behind")) if 0 <= n < points.a2}
    level = {(j, n): formula[name](j=j, low=low, high=high) for n, name in neighbours.items()}
    places = [(i, n) for i in range(points.r) for n in neighbours]
    highest = max((formula["threshold"](i=i, n=n, level=level, **tables) for i, n in places), default=0)
    (v,) = exact_all([(-1) ** (j + 1) * max(-floor(-highest), 0)])
    return v
