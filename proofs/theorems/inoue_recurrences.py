"""The article's recurrences hold of the terms and knots.

M(i, j) is mass over |c_j|; D is what the sum of the terms before j lacks.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import (
    D,
    M,
    base,
    c,
    kink,
    level,
    mass,
    origin,
    prefix,
    px,
    py,
    slope,
    tilt,
)  # fmt: skip
from proofs.theorems.inoue_term import BEFORE
from proofs.theorems.symbols import ZERO, a2, b, i, j, q, r, sign, t, x
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: M_ij, k_ij, D_ij and D'_ij"
SOME = [r >= 1, j >= 0, j < a2]


def prove(k: Kernel) -> None:
    """The construction is the article's."""
    _ratio(k)
    _recurrences(k)
    _sum(k)


def _ratio(k: Kernel) -> None:
    """M is mass in units of |c_j|."""
    k.prove(
        "inoue_recurrences.constant",
        "|c_j| is at least 1, and is the mass in group 0.",
        (j,),
        SOME,
        z3.And(sign(j) * c(j) >= 1, sign(j) * c(j) == mass(0, j)),
        [
            k.at("inoue_start", j),
            k.at("inoue_growth", 0, j, j),
            k.at("inoue_growth.mass", 0, j),
            k.at("inoue_start.exceeds", 0, j, BEFORE),
            k.at("inoue_term.first", j),
            k.at("sign.unit", j),
        ],
    )
    words = "M(i, j) is mass(i, j) over |c_j|."
    cases = [(z3.And(i >= 0, *SOME), mass(i, j) / (sign(j) * c(j)))]
    positive = [k.at("inoue_recurrences.constant", j)]
    k.define("inoue_recurrences.M", words, M, (i, j), cases, using=positive)
    k.prove(
        "inoue_recurrences.unit",
        "M times |c_j| is the mass, and M(0, j) = 1.",
        (i, j),
        [i >= 0, *SOME],
        z3.And(M(i, j) * (sign(j) * c(j)) == mass(i, j), M(0, j) == 1),
        [k.at("inoue_recurrences.M", i, j), k.at("inoue_recurrences.M", 0, j), *positive],
    )


def _recurrences(k: Kernel) -> None:
    """M, the slope and the knot as the article gives them."""
    common = [k.at("inoue_recurrences.unit", i, j), k.at("inoue_knots.mass", i, j)]
    k.prove(
        "inoue_recurrences.ratio",
        "From group to group M changes by (b' - knot) / (knot - b).",
        (i, j),
        INSIDE,
        M(i + 1, j) * (kink(i, j) - b(i)) == M(i, j) * (b(i + 1) - kink(i, j)),
        [
            *common,
            k.at("inoue_recurrences.unit", i + 1, j),
            k.at("inoue_recurrences.constant", j),
            k.at("inoue_term.next", i, j),
        ],
    )
    k.prove(
        "inoue_recurrences.slope",
        "The slope is s_i M c_j / (knot - b).",
        (i, j),
        INSIDE,
        slope(i, j) * (kink(i, j) - b(i)) == sign(i) * M(i, j) * c(j),
        [
            *common,
            k.at("inoue_term.grade", i, j),
            k.at("sign.unit", i),
            k.at("sign.unit", j),
        ],
    )
    weight = sign(i) * M(i, j) * c(j)
    k.prove(
        "inoue_recurrences.place",
        "The knot is (s_i x M c_j + b D) / (s_i M c_j + D).",
        (i, j),
        INSIDE,
        z3.And(
            weight + D(i, j, j) != 0,
            kink(i, j) * (weight + D(i, j, j)) == weight * x(i, j) + b(i) * D(i, j, j),
        ),
        [
            k.at("inoue_recurrences.slope", i, j),
            k.at("inoue_knots.line", i, j, x(i, j)),
            k.at("inoue_term.residual", i, j),
            k.at("inoue_knots.grade", i, j),
            k.at("zigzag.inside", i, j),
        ],
    )


def _sum(k: Kernel) -> None:
    """D and D' as the article gives them: sums over the neurons before j."""
    words = "prefix(i, j, t) sums slope times the way from the knot over neurons 0 to j-1."
    more = prefix(i, j - 1, t) + slope(i, j - 1) * (t - kink(i, j - 1))
    cases = [(j == 0, ZERO), (j > 0, more)]
    k.define("inoue_recurrences.prefix", words, prefix, (i, j, t), cases, j)
    k.induct(
        "inoue_recurrences.sum",
        "C and the terms before j add up to the line of neurons 0 to j-1.",
        j,
        0,
        (i, j, t),
        [i >= 0, i < r, j <= a2],
        level(i, j - 1, BEFORE) + tilt(i, j - 1, BEFORE) * (t - b(i)) == base + prefix(i, j, t),
        base=[
            k.at("inoue_lift.level", i, -1, origin(-1)),
            k.at("inoue_lift.tilt", i, -1, origin(-1)),
            k.at("inoue_start.origin", -1),
            k.at("inoue_recurrences.prefix", i, 0, t),
        ],
        step=[
            k.at("inoue_recurrences.prefix", i, j + 1, t),
            k.at("inoue_knots.line", i, j, t),
            k.at("inoue_term.lift", i, j),
            k.at("inoue_term.slope", i, j),
        ],
    )
    k.prove(
        "inoue_recurrences",
        "D and D' are the output at point q less C and less the terms before j, at that point.",
        (i, j, q),
        INSIDE,
        D(i, j, q) == py(i, q) - base - prefix(i, j, px(i, q)),
        [
            k.at("inoue_term.lack", i, j, q),
            k.at("inoue_start.lack", i, j, q, BEFORE),
            k.at("inoue_recurrences.sum", i, j, px(i, q)),
        ],
    )
