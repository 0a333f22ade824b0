"""The knots, where the terms are zero, lie strictly between neighbouring points."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_growth import OWN
from proofs.theorems.inoue_symbols import grade, kink, lift, mass, px, slope
from proofs.theorems.symbols import b, i, j, sign, t
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: k_ij"


def prove(k: Kernel) -> None:
    """The knots are where they belong."""
    _knot(k)
    _between(k)


def _knot(k: Kernel) -> None:
    """The knot is where the term is zero."""
    k.prove(
        "inoue_knots.grade",
        "Every term rises in the direction of the zigzag; u_j D(i, j) is positive.",
        (i, j),
        INSIDE,
        z3.And(grade(i, j) > 0, OWN > 0),
        [k.at("inoue_growth", i, j, i + j), k.at("inoue_growth.grade", i, j)],
    )
    words = "kink(i, j) is where term j is zero on cell i."
    rising = [k.at("inoue_knots.grade", i, j)]
    cases = [(z3.And(*INSIDE), b(i) + mass(i, j) / grade(i, j))]
    k.define("inoue_knots.zero", words, kink, (i, j), cases, using=rising)
    k.prove(
        "inoue_knots.mass",
        "grade times the way from b(i) to the knot is the mass.",
        (i, j),
        INSIDE,
        grade(i, j) * (kink(i, j) - b(i)) == mass(i, j),
        [*rising, k.at("inoue_knots.zero", i, j)],
    )
    k.prove(
        "inoue_knots.line",
        "On cell i term j is its slope times the way from the knot.",
        (i, j, t),
        INSIDE,
        lift(i, j) + slope(i, j) * (t - b(i)) == slope(i, j) * (t - kink(i, j)),
        [
            k.at("inoue_knots.mass", i, j),
            k.at("inoue_term.mass", i, j),
            k.at("inoue_term.grade", i, j),
            k.at("sign.unit", i),
            k.at("sign.unit", j),
        ],
    )


def _between(k: Kernel) -> None:
    """Statement about the places of the knots."""
    k.prove(
        "inoue_knots",
        "The knot lies strictly between the points j-1 and j of group i, virtual ones included.",
        (i, j),
        INSIDE,
        z3.And(
            sign(i) * (kink(i, j) - px(i, j - 1)) > 0,
            sign(i) * (px(i, j) - kink(i, j)) > 0,
        ),
        [
            k.at("inoue_growth", i, j, i + j),
            k.at("inoue_growth.between", i, j),
            k.at("inoue_knots.grade", i, j),
            k.at("inoue_knots.mass", i, j),
        ],
    )
    k.prove(
        "inoue_knots.inside",
        "The knot lies strictly inside its cell.",
        (i, j),
        INSIDE,
        z3.And(b(i) < kink(i, j), kink(i, j) < b(i + 1)),
        [
            k.at("inoue_knots", i, j),
            k.at("inoue_points.inside", i, j),
            k.at("inoue_points.inside", i, j - 1),
        ],
    )
