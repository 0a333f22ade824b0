"""The line of the first j+1 neurons is known from its value A at b(0) alone.

It goes through the j-th point of every group and is continuous; j = -1 is the constant A.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import level, tilt
from proofs.theorems.interpolant import RUN, WIDTH, WITH_VIRTUAL
from proofs.theorems.symbols import ZERO, A, alpha, beta, i, j, rho, y
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: the triangular system, read as interpolation"


def prove(k: Kernel) -> None:
    """The lines are defined, go through their points and are continuous."""
    words = "leveli(i, j, A) is the value at b(i) of the line of neurons 0 to j that is A at b(0)."
    cases = [(j == -1, A), (j >= 0, alpha(i, j) + beta(i, j) * A)]
    k.define("inoue_lift.level", words, level, (i, j, A), cases)
    words = "tilti(i, j, A) is the slope of that line on cell i."
    cases = [(j == -1, ZERO), (z3.And(*INSIDE), (y(i, j) - level(i, j, A)) / RUN)]
    inside = [k.at("zigzag.inside", i, j)]
    k.define("inoue_lift.tilt", words, tilt, (i, j, A), cases, using=inside)
    k.prove(
        "inoue_lift.through",
        "The line goes through point (i, j).",
        (i, j, A),
        INSIDE,
        level(i, j, A) + tilt(i, j, A) * RUN == y(i, j),
        [k.at("inoue_lift.tilt", i, j, A), *inside],
    )
    k.prove(
        "inoue_lift.next",
        "From b(i) to b(i+1) the line goes rho times the way to the output.",
        (i, j, A),
        [i >= 0, j >= 0],
        level(i + 1, j, A) == level(i, j, A) + rho(i, j) * (y(i, j) - level(i, j, A)),
        [
            k.at("inoue_lift.level", i, j, A),
            k.at("inoue_lift.level", i + 1, j, A),
            k.at("interpolant.alpha", i + 1, j),
            k.at("interpolant.beta", i + 1, j),
        ],
    )
    k.prove(
        "inoue_lift.rise",
        "On cell i the line rises by rho times what it lacks at b(i).",
        (i, j, A),
        INSIDE,
        tilt(i, j, A) * WIDTH == rho(i, j) * (y(i, j) - level(i, j, A)),
        [k.at("interpolant.ratio", i, j), k.at("inoue_lift.through", i, j, A)],
    )
    k.prove(
        "inoue_lift",
        "The line on cell i ends where the line on cell i+1 begins.",
        (i, j, A),
        WITH_VIRTUAL,
        level(i + 1, j, A) == level(i, j, A) + tilt(i, j, A) * WIDTH,
        [
            k.at("inoue_lift.level", i, j, A),
            k.at("inoue_lift.level", i + 1, j, A),
            k.at("inoue_lift.tilt", i, j, A),
            k.at("inoue_lift.next", i, j, A),
            k.at("inoue_lift.rise", i, j, A),
        ],
    )
