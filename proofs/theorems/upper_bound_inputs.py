"""A network of L hidden layers with any number n of inputs, on the line P + t Q, is one of those.

Every weight is free: reach(s, l) from coordinate l to neuron s, bias(s), wire(s, m). A plain
network is the case in which only layer 0 reaches the input, and wires come from the layer before.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, N, m, n, relu, row, sign, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_network import rise
from proofs.theorems.upper_bound_symbols import L, ahead, feed, inlet, offset, s, tooth, value, wire

SOURCE = "this project, pieces of a network on a line"
P, Q, bias = (z3.Function(name, INT, REAL) for name in ("P", "Q", "bias"))
reach = z3.Function("reach", INT, INT, REAL)
enter = z3.Function("enter", INT, INT, REAL, REAL)
level = z3.Function("level", INT, INT, REAL)
tilt = z3.Function("tilt", INT, INT, REAL)
total = z3.Function("total", INT, INT, REAL, REAL)
answer = z3.Function("answer", REAL, REAL)
HERE, THERE = tooth(row), tooth(row + 1)


def sums(k: Kernel, name: str, words: str, symbol, arguments, at, term) -> None:
    """The symbol sums the term over the first of them."""
    before, last = (
        z3.substitute(symbol(*arguments), (at, at - 1)),
        z3.substitute(term, (at, at - 1)),
    )
    k.define(name, words, symbol, arguments, [(at == 0, ZERO), (at > 0, before + last)], at)


def prove(k: Kernel) -> None:
    """On the line the coordinates add up to inlet t plus offset."""
    k.parameter(reach, bias, P, Q)
    _network(k)
    _line(k)
    _same(k)
    interval = [row >= 0, row + 1 < N]
    words = "The value of the network with n inputs rises and falls in turn over the N teeth."
    rises = sign(row) * (answer(THERE) - answer(HERE)) > 0
    k.assume("alternates", words, (row,), interval, rises)
    k.prove(
        "upper_bound_inputs.zigzags",
        "So does the network's with one input.",
        (row,),
        interval,
        rise(row, HERE, THERE),
        [k.at("alternates", row), *(k.at("upper_bound_inputs.same", x) for x in (HERE, THERE))],
    )
    words = "A zigzag on a line that L hidden layers follow has at most pieces(L) + 1 teeth."
    proofs = {"zigzags": k["upper_bound_inputs.zigzags"]}
    k.discharge("upper_bound_inputs", words, k["upper_bound"], proofs)


def _network(k: Kernel) -> None:
    """The network is summed as a network sums."""
    words = "enter(s, l, t) sums reach(s) times P + t Q over the first l coordinates."
    term = reach(s, l) * (P(l) + t * Q(l))
    sums(k, "upper_bound_inputs.enter", words, enter, (s, l, t), l, term)
    words = "total(s, m, t) sums what neuron s takes at P + t Q: all coordinates, m neurons, bias."
    more = total(s, m - 1, t) + wire(s, m - 1) * relu(total(m - 1, m - 1, t))
    cases = [(m == 0, bias(s) + enter(s, n, t)), (m > 0, more)]
    k.define("upper_bound_inputs.total", words, total, (s, m, t), cases, m)
    words = "The network's value at P + t Q: what the neuron after all L hidden layers takes."
    cases = [(TRUE, total(ahead(L), ahead(L), t))]
    k.define("upper_bound_inputs.value", words, answer, (t,), cases)


def _line(k: Kernel) -> None:
    """On the line, the coordinates count as one."""
    names = ("enter", "level", "tilt")
    words = "level(s, l) sums reach(s) times P."
    sums(k, "upper_bound_inputs.level", words, level, (s, l), l, reach(s, l) * P(l))
    words = "tilt(s, l) sums reach(s) times Q."
    sums(k, "upper_bound_inputs.tilt", words, tilt, (s, l), l, reach(s, l) * Q(l))
    at = {"enter": (t,), "level": (), "tilt": ()}
    k.induct(
        "upper_bound_inputs.line",
        "On the line the coordinates add up to level + tilt t.",
        l,
        0,
        (s, l, t),
        [],
        enter(s, l, t) == level(s, l) + tilt(s, l) * t,
        base=[k.at(f"upper_bound_inputs.{name}", s, 0, *at[name]) for name in names],
        step=[k.at(f"upper_bound_inputs.{name}", s, l + 1, *at[name]) for name in names],
    )
    words = "inlet(s) is the tilt over all coordinates."
    k.define("upper_bound_inputs.inlet", words, inlet, (s,), [(TRUE, tilt(s, n))])
    words = "offset(s) is the level over all coordinates, plus the bias."
    k.define("upper_bound_inputs.offset", words, offset, (s,), [(TRUE, bias(s) + level(s, n))])


def _same(k: Kernel) -> None:
    """Every neuron takes the same."""
    k.induct(
        "upper_bound_inputs.feed",
        "Neuron s takes the same with n inputs as with the one.",
        m,
        0,
        (s, m, t),
        [],
        feed(s, m, t) == total(s, m, t),
        base=[
            k.at("inputs"),
            k.at("upper_bound_network.feed", s, 0, t),
            k.at("upper_bound_inputs.total", s, 0, t),
            k.at("upper_bound_inputs.inlet", s),
            k.at("upper_bound_inputs.offset", s),
            k.at("upper_bound_inputs.line", s, n, t),
        ],
        step=[
            k.at("upper_bound_network.feed", s, m + 1, t),
            k.at("upper_bound_inputs.total", s, m + 1, t),
        ],
        vary=[(s, m)],
    )
    k.prove(
        "upper_bound_inputs.same",
        "The network has the same value with n inputs as with the one.",
        (t,),
        [],
        value(t) == answer(t),
        [
            k.at("depth"),
            k.at("upper_bound_network", t),
            k.at("upper_bound_network.count", L),
            k.at("upper_bound_inputs.value", t),
            k.at("upper_bound_inputs.feed", ahead(L), ahead(L), t),
        ],
    )
