"""On every cell preactivation j has exactly one zero, strictly between the points it separates.

Before the knot, in the direction of the zigzag, neuron j is off; beyond it, it is on.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import b, gs, i, j, knot, pre, sign, t, x
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, construction interpolant: for all t of the cell, not only at the data"
BEYOND = sign(i) * (t - knot(i, j))


def prove(k: Kernel) -> None:
    """The activation pattern of every cell is known for all t."""
    k.prove(
        "knots.inside",
        "The knot lies strictly inside its cell.",
        (i, j),
        INSIDE,
        z3.And(b(i) < knot(i, j), knot(i, j) < b(i + 1)),
        [
            k.at("pattern", i, j),
            k.at("zigzag.inside", i, j),
            k.at("zigzag.inside", i, j - 1),
            k.at("zigzag", i, j - 1),
        ],
    )
    k.prove(
        "knots.line",
        "On cell i preactivation j is its slope times the way from the knot.",
        (i, j, t),
        [*INSIDE, b(i) <= t, t <= b(i + 1)],
        pre(j, t) == gs(i, j) * (t - knot(i, j)),
        [k.at("cell", i, j, t), k.at("pattern.unique", i, j, knot(i, j))],
    )
    k.prove(
        "knots",
        "On cell i preactivation j is positive beyond its knot, zero at it, negative before it; "
        "the knot lies strictly between points j-1 and j.",
        (i, j, t),
        [*INSIDE, b(i) <= t, t <= b(i + 1)],
        z3.And(
            (pre(j, t) > 0) == (BEYOND > 0),
            (pre(j, t) == 0) == (t == knot(i, j)),
            sign(i) * (knot(i, j) - x(i, j - 1)) > 0,
            sign(i) * (x(i, j) - knot(i, j)) > 0,
        ),
        [
            k.at("knots.line", i, j, t),
            k.at("pattern", i, j),
            k.at("pattern.direction", i, j),
        ],
    )
