"""On what is left of an interval every neuron is frozen: on and a line, or off and 0."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ZERO, m, relu, row, t
from proofs.theorems.upper_bound_cut import INTERVAL, LEFT, RIGHT, halved
from proofs.theorems.upper_bound_symbols import (
    crossing,
    end,
    faithful,
    feed,
    frozen,
    height,
    inlet,
    offset,
    on,
    pre,
    s,
    slope,
    wire,
)  # fmt: skip

SOURCE = "this project, pieces of a network on a line"
NEXT = end(0, s + 1, row), end(1, s + 1, row)
HELD = [*INTERVAL, LEFT <= t, t <= RIGHT]


def prove(k: Kernel) -> None:
    """At every input of the interval the network takes the frozen values."""
    _define(k)
    k.induct(
        "upper_bound_frozen.line",
        "What a neuron takes from faithful neurons is its frozen line.",
        m,
        0,
        (s, m, row, t),
        [faithful(m, row, t) == 1],
        feed(s, m, t) == frozen(s, m, row, t),
        base=[
            k.at("upper_bound_network.feed", s, 0, t),
            k.at("upper_bound_frozen.slope", s, 0, row),
            k.at("upper_bound_frozen.height", s, 0, row),
        ],
        step=[
            k.at("upper_bound_network.feed", s, m + 1, t),
            k.at("upper_bound_frozen.slope", s, m + 1, row),
            k.at("upper_bound_frozen.height", s, m + 1, row),
            k.at("upper_bound_frozen.faithful", m + 1, row, t),
        ],
    )
    _same_sign(k)
    _all(k)


def _define(k: Kernel) -> None:
    """Frozen neurons, their lines, and the inputs at which the network agrees with them."""
    words = "on(s, k) is 1 if neuron s is positive at an end of its interval k."
    positive = z3.Or(pre(s, NEXT[0]) > 0, pre(s, NEXT[1]) > 0)
    cases = [(s >= 0, z3.If(positive, z3.IntVal(1), z3.IntVal(0)))]
    k.define("upper_bound_frozen.on", words, on, (s, row), cases)
    for name, symbol, first in (("slope", slope, inlet), ("height", height, offset)):
        words = f"{name}(s, m, k) is the {name} of neuron s over the first m neurons, frozen."
        taken = z3.If(on(m - 1, row) == 1, symbol(m - 1, m - 1, row), ZERO)
        more = symbol(s, m - 1, row) + wire(s, m - 1) * taken
        cases = [(m == 0, first(s)), (m > 0, more)]
        k.define(f"upper_bound_frozen.{name}", words, symbol, (s, m, row), cases, m)
    words = "faithful(s, k, t) is 1 if at t all neurons before s are as frozen on interval k."
    line = z3.If(on(s - 1, row) == 1, frozen(s - 1, s - 1, row, t), ZERO)
    more = z3.If(relu(pre(s - 1, t)) == line, faithful(s - 1, row, t), z3.IntVal(0))
    cases = [(s == 0, z3.IntVal(1)), (s > 0, more)]
    k.define("upper_bound_frozen.faithful", words, faithful, (s, row, t), cases, s)


def _same_sign(k: Kernel) -> None:
    """A line that vanishes where it was cut has no change of sign left."""
    cut = crossing(s, LEFT, RIGHT)
    ends = [LEFT, RIGHT]
    k.prove(
        "upper_bound_frozen.sign",
        "A neuron does not change sign on its interval, if it is a line on the one before.",
        (s, row),
        [
            s >= 0,
            z3.Implies(
                pre(s, LEFT) * pre(s, RIGHT) < 0,
                z3.And(*(pre(s, x) == frozen(s, s, row, x) for x in (*ends, cut))),
            ),
        ],
        pre(s, NEXT[0]) * pre(s, NEXT[1]) >= 0,
        halved(k),
    )


def _all(k: Kernel) -> None:
    """By induction over the neurons, all of them are frozen."""
    cut = crossing(s, LEFT, RIGHT)
    places = [LEFT, RIGHT, *NEXT, cut]
    k.induct(
        "upper_bound_frozen",
        "On what is left of interval k, all neurons before s are as frozen.",
        s,
        0,
        (s, row, t),
        HELD,
        faithful(s, row, t) == 1,
        base=[k.at("upper_bound_frozen.faithful", 0, row, t)],
        step=[
            k.at("upper_bound_frozen.faithful", s + 1, row, t),
            k.at("upper_bound_frozen.on", s, row),
            k.at("network.relu", pre(s, t)),
            k.at("upper_bound_frozen.sign", s, row),
            k.at("upper_bound_cut.nested", s, row),
            k.at("upper_bound_cut.between", s, LEFT, RIGHT),
            *(k.at("upper_bound_frozen.line", s, s, row, x) for x in (t, *places)),
        ],
        vary=[(t, x) for x in places],
    )
