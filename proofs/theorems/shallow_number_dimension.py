"""The largest N does not depend on the number of inputs: a network on the line, behind p, is one on the rows.

Any network with one input, of L hidden layers, becomes one of the same widths with n inputs: neuron s reads coordinate
l with inlet(s) p(l). On a row it has the value of the first at the projected input, and p keeps distinct rows apart
(projection). So what always fits on the line always fits. The other direction is upper_bound_inputs.same: on a line
through its inputs a network is one with one input, so a dataset on the line that does not fit, does not fit there.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_curve import SOURCE
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, X, dot, m, n, p, relu, row
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_symbols import L, ahead, feed, inlet, offset, s, value, wire

__all__ = ["SOURCE"]
NAME = "shallow_number_dimension"
enter = z3.Function("enter_row", INT, INT, INT, REAL)
total = z3.Function("total_row", INT, INT, INT, REAL)
answer = z3.Function("answer_row", INT, REAL)


def prove(k: Kernel) -> None:
    """Neuron by neuron the two networks take the same."""
    _network(k)
    here = dot(row, n)
    k.induct(
        f"{NAME}.projection",
        "The coordinates add up to the projected input, times the inlet of the neuron.",
        l,
        0,
        (s, l, row),
        [],
        enter(s, l, row) == inlet(s) * dot(row, l),
        base=[k.at(f"{NAME}.enter", s, 0, row), k.at("ranking.dot", row, 0)],
        step=[k.at(f"{NAME}.enter", s, l + 1, row), k.at("ranking.dot", row, l + 1)],
    )
    k.induct(
        f"{NAME}.feed",
        "Neuron s takes at row k what it takes on the line at the projected input.",
        m,
        0,
        (s, m, row),
        [],
        total(s, m, row) == feed(s, m, here),
        base=[
            k.at("inputs"),
            k.at("upper_bound_network.feed", s, 0, here),
            k.at(f"{NAME}.total", s, 0, row),
            k.at(f"{NAME}.projection", s, n, row),
        ],
        step=[k.at("upper_bound_network.feed", s, m + 1, here), k.at(f"{NAME}.total", s, m + 1, row)],
        vary=[(s, m)],
    )
    k.prove(
        NAME,
        "A network on the line, behind any p, is a network on the rows with the same layers.",
        (row,),
        [],
        answer(row) == value(here),
        [
            k.at("depth"),
            k.at("upper_bound_network", here),
            k.at("upper_bound_network.count", L),
            k.at(f"{NAME}.value", row),
            k.at(f"{NAME}.feed", ahead(L), ahead(L), row),
        ],
    )


def _network(k: Kernel) -> None:
    """The network on the rows, summed as a network sums."""
    words = "enter(s, l, k) sums inlet(s) p times row k over the first l coordinates."
    more = enter(s, l - 1, row) + inlet(s) * p(l - 1) * X(row, l - 1)
    k.define(f"{NAME}.enter", words, enter, (s, l, row), [(l == 0, ZERO), (l > 0, more)], l)
    words = "total(s, m, k) sums what neuron s takes at row k: all coordinates, m neurons, bias."
    more = total(s, m - 1, row) + wire(s, m - 1) * relu(total(m - 1, m - 1, row))
    cases = [(m == 0, offset(s) + enter(s, n, row)), (m > 0, more)]
    k.define(f"{NAME}.total", words, total, (s, m, row), cases, m)
    words = "The network's value at row k: what the neuron after all L hidden layers takes."
    cases = [(TRUE, total(ahead(L), ahead(L), row))]
    k.define(f"{NAME}.value", words, answer, (row,), cases)
