"""Slopes steeper than the data on both sides of their point; no steering yet, no alternation."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    C64,
    CELL,
    INSIDE,
    NEIGHBOUR,
    S64,
    T64,
    chord64,
    x64,
    y64,
)  # fmt: skip
from proofs.theorems.symbols import ZERO, a2, i, j, q, sign

SOURCE = "this project, construction float64"
RISE = y64(i, j) - y64(i, j - 1)
STRIDE = x64(i, j) - x64(i, j - 1)


def prove(k: Kernel) -> None:
    """On every group G_j goes through its point, steeper than the chords next to it."""
    k.parameter(S64)
    _chord(k)
    _assume(k)
    words = "T64(i, j) is the slope of G_j on group i: S64(i, j), and 0 for j = -1."
    k.define("float64_steep.slope", words, T64, (i, j),
             [(j == -1, ZERO), (j >= 0, S64(i, j))])  # fmt: skip
    slope = k.at("float64_steep.slope", i, j)
    k.prove(
        "float64_steep",
        "On group i, u_j times the slope of G_j exceeds that of the chord from point j-1.",
        (i, j),
        INSIDE,
        sign(j) * T64(i, j) > sign(j) * chord64(i, j),
        [slope, k.at("steep64", i, j, j)],
    )
    k.prove(
        "float64_steep.after",
        "On group i, u_j times the slope of G_j exceeds that of the chord to point j+1.",
        (i, j),
        [*CELL, j >= -1, j + 1 < a2],
        sign(j) * T64(i, j) > sign(j) * chord64(i, j + 1),
        [
            slope,
            k.at("steep64", i, j, j + 1),
            k.at("sign", j),
            k.at("below64", i),
            k.at("float64_points.output", i, -1),
            k.at("float64_points.next", i, 0),
            k.at("float64_steep.rise", i, 0),
        ],
    )


def _chord(k: Kernel) -> None:
    """Chords join neighbouring points of a group, the virtual one included."""
    apart = [k.at("float64_points.next", i, j)]
    words = "chord64(i, j) is the slope of the data from point (i, j-1) to point (i, j)."
    cases = [(z3.And(*INSIDE), RISE / STRIDE)]
    k.define("float64_steep.chord", words, chord64, (i, j), cases, using=apart)
    words = "Slope times run is rise, from point (i, j-1) to point (i, j)."
    using = [*apart, k.at("float64_steep.chord", i, j)]
    goal = chord64(i, j) * STRIDE == RISE
    k.prove("float64_steep.rise", words, (i, j), INSIDE, goal, using)


def _assume(k: Kernel) -> None:
    """What the chosen C64 and slopes must satisfy."""
    words = "C64 lies strictly below the output of the first point of every group."
    k.assume("below64", words, (i,), CELL, C64 < y64(i, 0))
    k.assume(
        "steep64",
        "u_j S64(i, j) exceeds u_j times the slopes of the data to both neighbours of point j.",
        (i, j, q),
        NEIGHBOUR,
        sign(j) * S64(i, j) > sign(j) * chord64(i, q),
    )
