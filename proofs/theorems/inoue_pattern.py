"""At the points of group i neuron j is off before point j and on from point j on."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_network import ON_CELL
from proofs.theorems.inoue_symbols import ahead, kink
from proofs.theorems.symbols import a2, i, j, q, sign, t, x
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it"


def prove(k: Kernel) -> None:
    """The sign of every preactivation is known in every cell, for all t, and so at the points."""
    k.prove(
        "inoue_pattern.cell",
        "On cell i preactivation j is positive beyond the knot, zero at it, negative before it.",
        (i, j, t),
        ON_CELL,
        z3.And(
            (ahead(j, t) > 0) == (sign(i) * (t - kink(i, j)) > 0),
            (ahead(j, t) == 0) == (t == kink(i, j)),
        ),
        [
            k.at("inoue_network", i, j, t),
            k.at("inoue_knots.grade", i, j),
            k.at("inoue_term.grade", i, j),
        ],
    )
    k.prove(
        "inoue_pattern",
        "At point (i, q) preactivation j is negative if q < j, positive if not.",
        (i, j, q),
        [*INSIDE, q >= 0, q < a2],
        z3.And(
            z3.Implies(q < j, ahead(j, x(i, q)) < 0),
            z3.Implies(q >= j, ahead(j, x(i, q)) > 0),
        ),
        [
            k.at("inoue_pattern.cell", i, j, x(i, q)),
            k.at("inoue_knots", i, j),
            k.at("zigzag.inside", i, q),
            k.at("inoue_points.input", i, j),
            k.at("inoue_points.input", i, j - 1),
            k.at("zigzag.far", i, q, j - 1),
            k.at("zigzag.far", i, j, q),
        ],
    )
