"""Extra neuron l is relu(t - kappa(l)): silent at all points before extra point l."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ZERO, a1, b, hidden, m, q, r, relu, start, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.theorem4_symbols import (
    extra,
    kappa,
    late,
    out4,
    outputs,
    partial4,
    pre4,
    tail,
)  # fmt: skip

SOURCE = (
    "K. Inoue, Theorem 4; the construction is this project's: preactivation t - kappa_l from one first-layer neuron"
)
NEURON = start(outputs) + l
EXTRA = [l >= 0, l < extra]


def prove(k: Kernel) -> None:
    """The extra neurons add the tail, which is silent at earlier points."""
    _order(k)
    _hinge(k)
    k.induct(
        "theorem4_extra",
        "The first l extra neurons add the tail to output e.",
        l,
        0,
        (l, t),
        [l <= extra],
        out4(NEURON, t) == out4(start(outputs), t) + tail(l, t),
        base=[k.at("theorem4_network.tail", 0, t)],
        step=[
            k.at("theorem4_network.block"),
            k.at("width"),
            k.at("theorem4_network.out", NEURON + 1, t),
            k.at("theorem4_network.W3", NEURON),
            k.at("one_output"),
            k.at("theorem4_network.tail", l + 1, t),
            k.at("theorem4_network.column", l),
            k.at("theorem4_extra.hinge", l, t),
        ],
    )


def _order(k: Kernel) -> None:
    """The kinks lie right of everything before their point."""
    k.induct(
        "theorem4_extra.late",
        "A later extra point, like its kink, lies right of what comes before it.",
        q,
        l,
        (l, q),
        [l >= 0, q < extra],
        z3.And(kappa(l) <= kappa(q), late(l - 1) < kappa(q)),
        base=[k.at("kinks", l)],
        step=[k.at("kinks", q), k.at("kinks", q + 1)],
    )
    k.prove(
        "theorem4_extra.right",
        "The kinks of the extra neurons lie right of hinge r-1.",
        (l,),
        EXTRA,
        b(r - 1) < kappa(l),
        [
            k.at("extras"),
            k.at("separated", r - 1),
            k.at("group.inside", r - 1),
            k.at("width"),
            k.at("order", start(r - 1), start(r) - 1),
            k.at("theorem4_extra.late", 0, l),
        ],
    )


def _hinge(k: Kernel) -> None:
    """The preactivation of an extra neuron, and its relu."""
    chosen = z3.If(m >= r, hidden(r - 1, t), ZERO)
    k.induct(
        "theorem4_extra.partial",
        "The partial sums of an extra neuron hold hinge r-1 alone.",
        m,
        0,
        (l, m, t),
        [l >= 0],
        partial4(NEURON, m, t) == chosen,
        base=[k.at("theorem4_network.partial", NEURON, 0, t), k.at("extras")],
        step=[
            k.at("theorem4_network.partial", NEURON, m + 1, t),
            k.at("theorem4_network.W2", NEURON, m),
            k.at("one_output"),
        ],
    )
    k.prove(
        "theorem4_extra.hinge",
        "Extra neuron l is relu(t - kappa(l)).",
        (l, t),
        EXTRA,
        relu(pre4(NEURON, t)) == relu(t - kappa(l)),
        [
            k.at("groups"),
            k.at("one_output"),
            k.at("theorem4_network.pre", NEURON, t),
            k.at("theorem4_network.b2", NEURON),
            k.at("theorem4_extra.partial", l, a1, t),
            k.at("network.hidden", r - 1, t),
            k.at("network.relu", t - b(r - 1)),
            k.at("network.relu", t - kappa(l)),
            k.at("network.relu", pre4(NEURON, t)),
            k.at("theorem4_extra.right", l),
        ],
    )
