"""One point more for each further neuron of either layer: hinges on the right of the six points.

A hinge at point q - 1 with the weight that is missing at point q changes no point before. In the first layer it is read
by the second-layer neuron that makes the points on the right, which may be raised as long as it stays below level; in
the second layer by the output.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import CROSSED, SOURCE, raised, way
from proofs.theorems.deep_number_network import W3, b3, level, pre
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, a1, a2, j, m, q, relu, t, ts, ys

__all__ = ["SOURCE"]
NAME = "deep_number_hinges"
goal = z3.Function("goal", INT, REAL)
act = z3.Function("act_deep", INT, REAL, REAL)
extra = z3.Function("extra_deep", INT, REAL)
worth = z3.Function("worth", REAL, REAL)
out = z3.Function("out_deep", INT, REAL, REAL)
last = z3.Function("last_deep", INT, REAL)
RIGHT = [q >= 6, q < a1 + 4]
WIDE = [a1 >= 2]


def height(neuron, at):
    """The term is preactivation 0 or 1 of the second layer at t, all neurons of the first layer read."""
    return z3.If((way == 1) if neuron == 0 else (way == -1), act(a1, at), pre(neuron, way * at))


def prove(k: Kernel) -> None:
    """All points are met on the line."""
    words = "goal(q) is what the neuron of the points on the right is to be at point q."
    more = z3.If(CROSSED, ZERO, relu(pre(1, way * ts(q))))
    k.define(f"{NAME}.goal", words, goal, (q,), [(TRUE, level - raised(ys(q)) + more)])
    start = z3.If(way == 1, pre(0, way * t), pre(1, way * t))
    _hinges(k, "first", (act, extra), start, (goal, 4), m)
    _worth(k)
    _hinges(k, "second", (out, last), worth(t), (ys, a1 + 2), j)
    _second_met(k)


def _hinges(k: Kernel, layer: str, symbols, start, wanted, index) -> None:
    """Hinge by hinge one point more."""
    total, weight = symbols
    goals, ahead = wanted
    new = index + ahead

    def missing(count):
        return (goals(count + ahead) - total(count, ts(count + ahead))) / (ts(count + ahead) - ts(count + ahead - 1))

    widths = [k.at("neurons")] if layer == "second" else []
    words = f"The sum over neurons of the {layer} layer: from neuron 2 on hinges, each for one point more."
    more = total(index - 1, t) + missing(index - 1) * relu(t - ts(new - 2))
    using = [*widths, k.at("padding.sorted", new - 2)]
    k.define(f"{NAME}.{layer}", words, total, (index, t), [(index == 2, start), (index > 2, more)], index, using)
    using = [*widths, k.at("padding.sorted", new - 1)]
    words = "The weight of a hinge is what is missing at the next point, by the gap."
    k.define(f"{NAME}.{layer}.weight", words, weight, (index,), [(index >= 2, missing(index))], using=using)
    k.prove(
        f"{NAME}.{layer}.missing",
        "Weight times gap is what is missing.",
        (index,),
        [index >= 2],
        weight(index) * (ts(new) - ts(new - 1)) == goals(new) - total(index, ts(new)),
        [*using, k.at(f"{NAME}.{layer}.weight", index)],
    )
    k.prove(
        f"{NAME}.{layer}.next",
        "One more hinge.",
        (index, t),
        [index >= 2],
        total(index + 1, t) == total(index, t) + weight(index) * relu(t - ts(new - 1)),
        [k.at(f"{NAME}.{layer}", index + 1, t), k.at(f"{NAME}.{layer}.weight", index)],
    )
    silent = [k.at(f"{NAME}.{layer}.next", index, ts(q)), k.at("network.relu", ts(q) - ts(new - 1))]
    silent += [k.at("shallow.order", q, new - 1)]
    k.induct(
        f"{NAME}.{layer}.before",
        "No hinge changes the points before it.",
        index,
        2,
        (q, index),
        [q >= 0, q <= ahead + 1],
        total(index, ts(q)) == total(2, ts(q)),
        step=silent,
    )
    own = q - ahead
    k.induct(
        f"{NAME}.{layer}.met",
        "From its hinge on a point is met.",
        index,
        own + 1,
        (q, index),
        [q >= ahead + 2],
        total(index, ts(q)) == goals(q),
        base=[
            *widths,
            k.at(f"{NAME}.{layer}.next", own, ts(q)),
            k.at(f"{NAME}.{layer}.missing", own),
            k.at("network.relu", ts(q) - ts(q - 1)),
            k.at("padding.sorted", q - 1),
        ],
        step=[*widths, *silent],
    )


def _worth(k: Kernel) -> None:
    """The value with two neurons of the second layer at the points 0 to a1 + 3."""
    words = "worth(t) is the value at t, neurons 0 and 1 of the second layer read."
    right = W3(0) * relu(height(0, t)) + W3(1) * relu(height(1, t)) + b3
    k.define(f"{NAME}.worth", words, worth, (t,), [(TRUE, right)])
    here = way * ts(q)
    k.prove(
        f"{NAME}.six",
        "The six points are met still.",
        (q,),
        [*WIDE, q >= 0, q < 6],
        worth(ts(q)) == ys(q),
        [
            k.at(f"{NAME}.worth", ts(q)),
            k.at(f"{NAME}.first.before", q, a1),
            k.at(f"{NAME}.first", 2, ts(q)),
            k.at("deep_number_network.value", here),
            k.at("deep_number_line", q),
        ],
    )
    k.prove(
        f"{NAME}.silent",
        "On the right of the six points the other neuron is silent, if the points are crossed.",
        (q,),
        [CROSSED, q >= 5],
        z3.If(way == 1, pre(1, here), pre(0, here)) <= 0,
        [
            k.at("deep_number_data.mirrored"),
            *(k.at("deep_number_data.input", place) for place in (0, 4)),
            *(k.at("shallow.order", place, q) for place in (4, 5)),
            k.at("deep_number_crossed.first.0", here),
            k.at("deep_number_crossed.second.4", here),
        ],
    )
    k.prove(
        f"{NAME}.right",
        "The points on the right are met.",
        (q,),
        RIGHT,
        worth(ts(q)) == ys(q),
        [
            k.at(f"{NAME}.worth", ts(q)),
            k.at(f"{NAME}.first.met", q, a1),
            k.at(f"{NAME}.goal", q),
            k.at(f"{NAME}.silent", q),
            k.at("deep_number_data.mirrored"),
            k.at("deep_number_data.up"),
            *(k.at("deep_number_network.W3", neuron) for neuron in (0, 1)),
            *(k.at(f"deep_number_network.{part}") for part in ("b3", "falls", "met")),
            k.at("deep_number_network.below", q),
            k.at("network.relu", act(a1, ts(q))),
            *(k.at("network.relu", pre(neuron, here)) for neuron in (0, 1)),
        ],
    )


def _second_met(k: Kernel) -> None:
    """All points."""
    k.prove(
        NAME,
        "On the line a1 + a2 + 2 points are met.",
        (q,),
        [*WIDE, a2 >= 2, q >= 0, q < a1 + a2 + 2],
        out(a2, ts(q)) == ys(q),
        [
            k.at(f"{NAME}.second.before", q, a2),
            k.at(f"{NAME}.second.met", q, a2),
            k.at(f"{NAME}.second", 2, ts(q)),
            k.at(f"{NAME}.six", q),
            k.at(f"{NAME}.right", q),
        ],
    )
