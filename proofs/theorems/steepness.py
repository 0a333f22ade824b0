"""G_j is steeper than the data on both sides of its point, once -u_j z_j is large enough."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.interpolant import CELL, RUN
from proofs.theorems.symbols import C, S, a2, alpha, beta, chord, floor, i, j, q, sign, x, y, z
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, construction interpolant"
NEIGHBOUR = [*INSIDE[:3], q < a2, z3.Or(q == j, q == j + 1)]
RISE = y(i, j) - y(i, j - 1)
STRIDE = x(i, j) - x(i, j - 1)
TURN = sign(j) * sign(i)


def prove(k: Kernel) -> None:
    """The slope conditions follow from the thresholds and from C lying below every first output."""
    words = "C lies strictly below the output of the first point of every group."
    k.assume("below", words, (i,), CELL, C < y(i, 0))
    _chord(k)
    _threshold(k)
    _steeper(k)
    k.prove(
        "steepness.after",
        "On cell i, u_j sign(i) times the slope of G_j exceeds that of the chord to point j+1.",
        (i, j),
        [*CELL, j >= -1, j + 1 < a2],
        TURN * S(i, j) > TURN * chord(i, j + 1),
        [
            k.at("steepness", i, j, j + 1),
            k.at("interpolant.slope", i, j),
            k.at("sign", j),
            k.at("below", i),
            k.at("zigzag.output", i, -1),
            k.at("zigzag.next", i, 0),
            k.at("steepness.rise", i, 0),
        ],
    )


def _chord(k: Kernel) -> None:
    """Chords join neighbouring points of a group."""
    apart = [k.at("zigzag.next", i, j)]
    words = "chord(i, j) is the slope of the data from point (i, j-1) to point (i, j)."
    cases = [(z3.And(*INSIDE), RISE / STRIDE)]
    k.define("steepness.chord", words, chord, (i, j), cases, using=apart)
    words = "Slope times run is rise, from point (i, j-1) to point (i, j)."
    using = [*apart, k.at("steepness.chord", i, j)]
    k.prove("steepness.rise", words, (i, j), INSIDE, chord(i, j) * STRIDE == RISE, using)


def _threshold(k: Kernel) -> None:
    """Each chord at point (i, j) gives one threshold."""
    words = "floor(i, j, q) is what -u_j z_j must exceed for G_j to be steeper than chord(i, q)."
    right = sign(j) * (chord(i, q) * RUN - y(i, j) + alpha(i, j)) / beta(i, j)
    using = [k.at("interpolant.sign", i, j)]
    cases = [(z3.And(*INSIDE), right)]
    k.define("steepness.floor", words, floor, (i, j, q), cases, using=using)
    k.assume(
        "steep",
        "-u_j z_j exceeds the thresholds of the chords on both sides of point j, in every group.",
        (i, j, q),
        NEIGHBOUR,
        -sign(j) * z(j) > floor(i, j, q),
    )


def _steeper(k: Kernel) -> None:
    """Above the threshold the slope condition holds."""
    excess = TURN * S(i, j) - TURN * chord(i, q)
    k.prove(
        "steepness.scaled",
        "On cell i, slope of G_j less chord, times u_j sign(i) and the run, is positive.",
        (i, j, q),
        NEIGHBOUR,
        RUN * excess > 0,
        [
            k.at("steep", i, j, q),
            k.at("steepness.floor", i, j, q),
            k.at("interpolant.sign", i, j),
            k.at("interpolant.through", i, j),
            k.at("interpolant", i, j),
        ],
    )
    k.prove(
        "steepness",
        "On cell i, u_j sign(i) times the slope of G_j exceeds that of both chords at point j.",
        (i, j, q),
        NEIGHBOUR,
        TURN * S(i, j) > TURN * chord(i, q),
        [
            k.at("steepness.scaled", i, j, q),
            k.at("zigzag.inside", i, j),
        ],
    )
