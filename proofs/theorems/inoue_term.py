"""The term of neuron j: the line of neurons 0 to j less the line of neurons 0 to j-1.

lift is its value at b(i), slope its slope on cell i; mass and grade are the same in the direction
of the zigzag: mass = |c_j| M(i, j).
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_start import greater, size
from proofs.theorems.inoue_symbols import (
    D,
    bound,
    c,
    grade,
    lack,
    level,
    lift,
    mass,
    origin,
    px,
    slope,
    stretch,
    tilt,
    top,
)  # fmt: skip
from proofs.theorems.interpolant import RUN, WIDTH
from proofs.theorems.symbols import TRUE, b, i, j, q, r, sign
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it"
TURN = sign(i) * sign(j)
BEFORE = origin(j - 1)


def prove(k: Kernel) -> None:
    """The term closes the residual, is continuous and starts with -c_j."""
    _define(k)
    _lines(k)
    _residuals(k)
    k.prove(
        "inoue_term",
        "On cell i the grade times the way to point j is the mass plus or minus the residual.",
        (i, j),
        INSIDE,
        grade(i, j) * RUN == mass(i, j) + sign(i) * (sign(j) * D(i, j, j)),
        [
            k.at("inoue_term.mass", i, j),
            k.at("inoue_term.grade", i, j),
            k.at("inoue_term.residual", i, j),
        ],
    )
    k.prove(
        "inoue_term.next",
        "Mass grows by grade: mass(i+1, j) + mass(i, j) is grade times the width of the cell.",
        (i, j),
        INSIDE,
        mass(i + 1, j) == grade(i, j) * WIDTH - mass(i, j),
        [
            k.at("inoue_term.mass", i, j),
            k.at("inoue_term.mass", i + 1, j),
            k.at("inoue_term.grade", i, j),
            k.at("inoue_term.chain", i, j),
            k.at("sign", i + 1),
        ],
    )
    k.prove(
        "inoue_term.first",
        "mass(0, j) is the maximum over the groups.",
        (j,),
        [j >= 0],
        mass(0, j) == top(r, j, BEFORE),
        [
            k.at("inoue_term.mass", 0, j),
            k.at("inoue_term.start", j),
            k.at("inoue_start", j),
            k.at("sign", 0),
            k.at("sign", -1),
            k.at("sign.unit", j),
        ],
    )


def _define(k: Kernel) -> None:
    """Value and slope of the term, and what the line so far lacks."""
    words = "lift(i, j) is the value of term j at b(i)."
    right = level(i, j, origin(j)) - level(i, j - 1, BEFORE)
    k.define("inoue_term.lift", words, lift, (i, j), [(j >= 0, right)])
    words = "slopei(i, j) is the slope of term j on cell i."
    right = tilt(i, j, origin(j)) - tilt(i, j - 1, BEFORE)
    k.define("inoue_term.slope", words, slope, (i, j), [(j >= 0, right)])
    words = "mass(i, j) is minus the lift, in the direction of the zigzag."
    k.define("inoue_term.mass", words, mass, (i, j), [(TRUE, -TURN * lift(i, j))])
    words = "grade(i, j) is the slope, in the direction of the zigzag."
    k.define("inoue_term.grade", words, grade, (i, j), [(TRUE, TURN * slope(i, j))])
    words = "D = D(i, j, j) and D' = D(i, j, j+1) are what neurons 0 to j-1 lack at point (i, q)."
    k.define("inoue_term.lack", words, D, (i, j, q), [(TRUE, lack(i, j, q, BEFORE))])
    own, after = size(D(i, j, j)), size(D(i, j, j + 1))
    k.prove(
        "inoue_term.bound",
        "K is max(|D|, E, E') + 1.",
        (i, j),
        [],
        bound(i, j, BEFORE) == greater(own, greater(stretch(i, j, j) * own, stretch(i, j, j + 1) * after)) + 1,
        [
            k.at("inoue_start.bound", i, j, BEFORE),
            k.at("inoue_term.lack", i, j, j),
            k.at("inoue_term.lack", i, j, j + 1),
        ],
    )


def _lines(k: Kernel) -> None:
    """Term j is continuous, and its value at b(0) is -c_j."""
    both = ((j, origin(j)), (j - 1, BEFORE))
    k.prove(
        "inoue_term.chain",
        "Term j on cell i ends where it begins on cell i+1.",
        (i, j),
        INSIDE,
        lift(i + 1, j) == lift(i, j) + slope(i, j) * WIDTH,
        [
            k.at("inoue_term.lift", i, j),
            k.at("inoue_term.lift", i + 1, j),
            k.at("inoue_term.slope", i, j),
            *(k.at("inoue_lift", i, *line) for line in both),
        ],
    )
    k.prove(
        "inoue_term.start",
        "The value of term j at b(0) is -c_j.",
        (j,),
        [j >= 0],
        lift(0, j) == -c(j),
        [
            k.at("inoue_term.lift", 0, j),
            k.at("inoue_start.origin", j),
            k.at("inoue_start", j),
            *(k.at("inoue_lift.level", 0, *line) for line in both),
            *(k.at(f"interpolant.{n}", 0, e) for n in ("alpha", "beta") for e in (j, j - 1)),
        ],
    )


def _residuals(k: Kernel) -> None:
    """Term j makes up for what is lacking at point j; the rest is lacking at point j+1."""
    k.prove(
        "inoue_term.residual",
        "Term j is at point (i, j) what the line so far lacks there.",
        (i, j),
        INSIDE,
        lift(i, j) + slope(i, j) * RUN == D(i, j, j),
        [
            k.at("inoue_term.lift", i, j),
            k.at("inoue_term.slope", i, j),
            k.at("inoue_term.lack", i, j, j),
            k.at("inoue_start.lack", i, j, j, BEFORE),
            k.at("inoue_lift.through", i, j, origin(j)),
            k.at("inoue_points.input", i, j),
            k.at("inoue_points.output", i, j),
        ],
    )
    k.prove(
        "inoue_term.after",
        "What the line with term j lacks at point j+1 is D' less term j.",
        (i, j),
        [j >= 0],
        D(i, j + 1, j + 1) == D(i, j, j + 1) - lift(i, j) - slope(i, j) * (px(i, j + 1) - b(i)),
        [
            k.at("inoue_term.lift", i, j),
            k.at("inoue_term.slope", i, j),
            k.at("inoue_term.lack", i, j, j + 1),
            k.at("inoue_term.lack", i, j + 1, j + 1),
            k.at("inoue_start.lack", i, j, j + 1, BEFORE),
            k.at("inoue_start.lack", i, j + 1, j + 1, origin(j)),
        ],
    )
    k.prove(
        "inoue_term.positive",
        "The first residual of every group is at least 1.",
        (i,),
        [i >= 0, i < r],
        D(i, 0, 0) >= 1,
        [
            k.at("inoue_term.lack", i, 0, 0),
            k.at("inoue_start.lack", i, 0, 0, origin(-1)),
            k.at("inoue_lift.level", i, -1, origin(-1)),
            k.at("inoue_lift.tilt", i, -1, origin(-1)),
            k.at("inoue_start.origin", -1),
            k.at("inoue_start.constant"),
            k.at("inoue_start.minimum", i, r),
            k.at("inoue_points.output", i, 0),
            k.at("width"),
        ],
    )
