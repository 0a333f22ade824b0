"""Counting the changes: the layers before layer l break at most pieces(l) - 1 times.

Between two breaks of the layers before, each neuron of a layer changes at most once.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import N, j, m, q, row
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_same import LAYER
from proofs.theorems.upper_bound_symbols import (
    L,
    ahead,
    breaks,
    broken,
    flips,
    on,
    pieces,
    s,
    slope,
    width,
)  # fmt: skip

SOURCE = "this project, pieces of a network on a line"
PASSED = [q + 2 <= N]
FIRST = ahead(l)
BEFORE = breaks(FIRST, q)


def prove(k: Kernel) -> None:
    """Breaks of one more layer are bounded by those of the layers before."""
    words = "breaks(s, q) counts the intervals before q that are broken before neuron s."
    more = breaks(s, q - 1) + broken(s, q - 1)
    cases = [(q == 0, z3.IntVal(0)), (q > 0, more)]
    k.define("upper_bound_count.breaks", words, breaks, (s, q), cases, q)
    words = "flips(m, s, q) counts changes of neuron s before q that are not broken before m."
    alone = z3.And(broken(m, q - 1) == 0, on(s, q - 1) != on(s, q))
    more = flips(m, s, q - 1) + z3.If(alone, z3.IntVal(1), z3.IntVal(0))
    k.define("upper_bound_count.flips", words, flips, (m, s, q), [(q == 0, z3.IntVal(0)), (q > 0, more)], q)
    _unit(k)
    _once(k)
    _layers(k)


def _unit(k: Kernel) -> None:
    """An interval is broken or not, and stays broken for more neurons."""
    k.induct(
        "upper_bound_count.unit",
        "Broken is 0 or 1.",
        s,
        0,
        (s, row),
        [],
        z3.Or(broken(s, row) == 0, broken(s, row) == 1),
        base=[k.at("upper_bound_same.broken", 0, row)],
        step=[k.at("upper_bound_same.broken", s + 1, row)],
    )
    k.induct(
        "upper_bound_count.more",
        "What is broken before neuron m is broken before a later one.",
        s,
        m,
        (m, s, row),
        [m >= 0, broken(m, row) == 1],
        broken(s, row) == 1,
        step=[k.at("upper_bound_same.broken", s + 1, row)],
    )


def _once(k: Kernel) -> None:
    """A neuron changes at most once between two breaks."""
    rising, lit = slope(s, s, q) > 0, on(s, q) == 1
    spent = z3.If(rising == lit, z3.IntVal(1), z3.IntVal(0))
    k.induct(
        "upper_bound_count.once",
        "A neuron flips at most once more than the layers before its own break.",
        q,
        0,
        (l, s, q),
        [*PASSED, *LAYER],
        flips(FIRST, s, q) <= BEFORE + spent,
        base=[
            k.at("upper_bound_count.flips", FIRST, s, 0),
            k.at("upper_bound_count.breaks", FIRST, 0),
        ],
        step=[
            k.at("upper_bound_count.flips", FIRST, s, q + 1),
            k.at("upper_bound_count.breaks", FIRST, q + 1),
            k.at("upper_bound_count.unit", FIRST, q),
            k.at("upper_bound_same", l, s, q),
            k.at("upper_bound_same.slope.layer", l, s, q),
            k.at("upper_bound_frozen.on", s, q + 1),
            k.at("upper_bound_network.count", l),
        ],
    )


def _layers(k: Kernel) -> None:
    """Neuron by neuron and layer by layer, the breaks are bounded."""
    k.induct(
        "upper_bound_count.none",
        "Before the first neuron nothing breaks.",
        q,
        0,
        (q,),
        [],
        breaks(0, q) == 0,
        base=[k.at("upper_bound_count.breaks", 0, 0)],
        step=[
            k.at("upper_bound_count.breaks", 0, q + 1),
            k.at("upper_bound_same.broken", 0, q),
        ],
    )
    k.induct(
        "upper_bound_count.grow",
        "One more neuron adds no more breaks than it flips.",
        q,
        0,
        (m, s, q),
        [m >= 0, s >= m],
        breaks(s + 1, q) <= breaks(s, q) + flips(m, s, q),
        base=[
            k.at("upper_bound_count.breaks", s + 1, 0),
            k.at("upper_bound_count.breaks", s, 0),
            k.at("upper_bound_count.flips", m, s, 0),
        ],
        step=[
            k.at("upper_bound_count.breaks", s + 1, q + 1),
            k.at("upper_bound_count.breaks", s, q + 1),
            k.at("upper_bound_count.flips", m, s, q + 1),
            k.at("upper_bound_same.broken", s + 1, q),
            k.at("upper_bound_count.unit", m, q),
            k.at("upper_bound_count.unit", s, q),
            k.at("upper_bound_count.more", m, s, q),
        ],
    )
    k.induct(
        "upper_bound_count.layer",
        "The first j neurons of a layer multiply the bound of the layers before by j + 1.",
        j,
        0,
        (l, j, q),
        [q >= 0, *PASSED, l >= 0, l < L, j <= width(l), BEFORE + 1 <= pieces(l)],
        breaks(FIRST + j, q) + 1 <= pieces(l) * (j + 1),
        step=[
            k.at("upper_bound_count.grow", FIRST, FIRST + j, q),
            k.at("upper_bound_count.once", l, FIRST + j, q),
            k.at("upper_bound_network.ahead", l + 1),
            k.at("upper_bound_network.count", l),
        ],
    )
    k.induct(
        "upper_bound_count",
        "The layers before layer l break at most pieces(l) - 1 times.",
        l,
        0,
        (l, q),
        [q >= 0, *PASSED, l <= L],
        BEFORE + 1 <= pieces(l),
        base=[
            k.at("upper_bound_network.ahead", 0),
            k.at("upper_bound_network.pieces", 0),
            k.at("upper_bound_count.none", q),
        ],
        step=[
            k.at("upper_bound_network.ahead", l + 1),
            k.at("upper_bound_network.pieces", l + 1),
            k.at("upper_bound_count.layer", l, width(l), q),
            k.at("widths", l),
        ],
    )
