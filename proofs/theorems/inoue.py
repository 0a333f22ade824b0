"""The article's construction meets every point: fi(ts(q)) = ys(q) at all r a2 sorted places.

At point (i, q) neurons 0 to q add up to the sum of their terms, the rest are silent.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import ahead, fi, prefix, total
from proofs.theorems.interpolant import CELL
from proofs.theorems.output import POINT
from proofs.theorems.symbols import a2, i, j, q, quotient, remainder, sign, ts, x, y, ys
from proofs.theorems.theorem3_sorted import PLACE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it"
HERE = x(i, q)


def prove(k: Kernel) -> None:
    """The value of the network is right at every sorted point."""
    _active(k)
    _silent(k)
    k.prove(
        "inoue.output",
        "The network's value at every point of the zigzag is its output.",
        (i, q),
        POINT,
        fi(HERE) == y(i, q),
        [
            k.at("inoue_network.value", HERE),
            k.at("inoue.active", i, q + 1, q),
            k.at("inoue.silent", i, a2, q),
            k.at("inoue_recurrences.prefix", i, q + 1, HERE),
            k.at("inoue_recurrences", i, q, q),
            k.at("inoue_knots.line", i, q, HERE),
            k.at("inoue_term.residual", i, q),
            k.at("inoue_points.input", i, q),
            k.at("inoue_points.output", i, q),
        ],
    )
    _list(k)


def _active(k: Kernel) -> None:
    """Neurons up to q are on."""
    k.induct(
        "inoue.active",
        "At point (i, q) the first j <= q+1 neurons make the sum of their terms.",
        j,
        0,
        (i, j, q),
        [*CELL, q < a2, j <= q + 1],
        total(j, HERE) == prefix(i, j, HERE),
        base=[k.at("inoue_network.out", 0, HERE), k.at("inoue_recurrences.prefix", i, 0, HERE)],
        step=[
            k.at("inoue_network.out", j + 1, HERE),
            k.at("inoue_recurrences.prefix", i, j + 1, HERE),
            k.at("network.relu", ahead(j, HERE)),
            k.at("inoue_pattern", i, j, q),
            k.at("inoue_network", i, j, HERE),
            k.at("zigzag.inside", i, q),
            k.at("sign.unit", j),
        ],
    )


def _silent(k: Kernel) -> None:
    """Neurons after q are off."""
    k.induct(
        "inoue.silent",
        "At point (i, q) the neurons after q add nothing.",
        j,
        q + 1,
        (i, j, q),
        [*CELL, q >= 0, j <= a2],
        total(j, HERE) == total(q + 1, HERE),
        step=[
            k.at("inoue_network.out", j + 1, HERE),
            k.at("network.relu", ahead(j, HERE)),
            k.at("inoue_pattern", i, j, q),
        ],
    )


def _list(k: Kernel) -> None:
    """Every place of the list is a point of the zigzag."""
    group, rest = quotient(q), remainder(q)
    place = (group, z3.If(sign(group) == 1, rest, a2 - 1 - rest))
    k.prove(
        "inoue.sorted",
        "The article's construction meets sorted data, whatever breakpoints separate the groups.",
        (q,),
        PLACE,
        fi(ts(q)) == ys(q),
        [
            k.at("theorem3_sorted.place", q),
            k.at("zigzag", *place),
            k.at("zigzag.output", *place),
            k.at("inoue.output", *place),
        ],
    )
    middle = {"separated": k["theorem3_line.separated"]}
    words = "With breakpoints in the middle of the gaps the knots are strictly between the points."
    k.discharge("inoue.knots", words, k["inoue_knots"], middle)
    words = "With breakpoints in the middle of the gaps the points have the strict sign pattern."
    k.discharge("inoue.pattern", words, k["inoue_pattern"], middle)
    words = "The article's construction: fi(ts(q)) = ys(q) at all r a2 sorted places."
    k.discharge("inoue", words, k["inoue.sorted"], middle)
