"""Two bends in every gap: bend(2i) < group i < bend(2i+1) < bend(2i+2) < group i+1.

Points are counted from left to right in every group; point (i, -1) is virtual, (bend(2i), C64).
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import C64, CELL, INSIDE, bend, half, odd, x64, y64
from proofs.theorems.symbols import a2, i, j, m, q, r, start, ts, ys

SOURCE = "this project, construction float64: two first-layer neurons for each gap, one for group 0"


def prove(k: Kernel) -> None:
    """The bends increase, and the points of each group lie in order inside their cell."""
    _assume(k)
    _half(k)
    _points(k)
    _bends(k)


def _assume(k: Kernel) -> None:
    """Any bends between the groups will do."""
    k.parameter(bend, C64)
    words = "bend(2i) lies left of group i."
    k.assume("before", words, (i,), CELL, bend(2 * i) < ts(start(i)))
    k.assume(
        "behind",
        "bend(2i+1) lies right of group i and left of bend(2i+2), if group i+1 exists.",
        (i,),
        [i >= 0, i + 1 < r],
        z3.And(ts(start(i) + a2 - 1) < bend(2 * i + 1), bend(2 * i + 1) < bend(2 * i + 2)),
    )


def _half(k: Kernel) -> None:
    """Every number is twice its half plus 0 or 1."""
    words = "odd(m) is 0, 1, 0, 1 and so on."
    k.define("float64_points.odd", words, odd, (m,),
             [(m == 0, z3.IntVal(0)), (m > 0, 1 - odd(m - 1))], m)  # fmt: skip
    words = "half(m) goes up by one after every odd number."
    k.define("float64_points.half", words, half, (m,),
             [(m == 0, z3.IntVal(0)), (m > 0, half(m - 1) + odd(m - 1))], m)  # fmt: skip
    k.induct(
        "float64_points.parity",
        "m is twice its half, plus 0 or 1.",
        m,
        0,
        (m,),
        [],
        z3.And(m == 2 * half(m) + odd(m), odd(m) >= 0, odd(m) <= 1),
        base=[k.at("float64_points.odd", 0), k.at("float64_points.half", 0)],
        step=[k.at("float64_points.odd", m + 1), k.at("float64_points.half", m + 1)],
    )


def _points(k: Kernel) -> None:
    """Inputs and outputs of the points are named, and lie in order."""
    words = "x64(i, j) is the input at place j of group i; x64(i, -1) is bend(2i)."
    cases = [(j >= 0, ts(start(i) + j)), (j == -1, bend(2 * i))]
    k.define("float64_points.input", words, x64, (i, j), cases)
    words = "y64(i, j) is the output at place j of group i; y64(i, -1) = C64."
    cases = [(j >= 0, ys(start(i) + j)), (j == -1, C64)]
    k.define("float64_points.output", words, y64, (i, j), cases)
    k.prove(
        "float64_points.next",
        "Each point of group i lies right of the one before it.",
        (i, j),
        INSIDE,
        x64(i, j - 1) < x64(i, j),
        [
            k.at("float64_points.input", i, j),
            k.at("float64_points.input", i, j - 1),
            k.at("before", i),
            k.at("group.inside", i),
            k.at("sorted", start(i) + j - 1),
        ],
    )
    k.induct(
        "float64_points.far",
        "A later point of group i does not lie left of an earlier one.",
        q,
        j,
        (i, j, q),
        [*CELL, j >= -1, q < a2],
        x64(i, j) <= x64(i, q),
        step=[k.at("float64_points.next", i, q + 1)],
    )
    k.prove(
        "float64_points",
        "Every point of group i lies right of bend(2i), and left of bend(2i+1) unless it is last.",
        (i, j),
        INSIDE,
        z3.And(bend(2 * i) < x64(i, j), z3.Implies(i + 1 < r, x64(i, j) < bend(2 * i + 1))),
        [
            k.at("float64_points.input", i, -1),
            k.at("float64_points.input", i, a2 - 1),
            k.at("float64_points.next", i, 0),
            k.at("float64_points.far", i, 0, j),
            k.at("float64_points.far", i, j, a2 - 1),
            k.at("behind", i),
        ],
    )


def _bends(k: Kernel) -> None:
    """The 2r - 1 bends increase."""
    k.prove(
        "float64_points.bend",
        "Neighbouring bends increase.",
        (m,),
        [m >= 0, m + 2 < 2 * r],
        bend(m) < bend(m + 1),
        [
            k.at("float64_points.parity", m),
            k.at("behind", half(m)),
            k.at("width"),
            k.at("float64_points", half(m), 0),
        ],
    )
    k.induct(
        "float64_points.monotone",
        "A later bend does not lie further left.",
        q,
        m,
        (m, q),
        [m >= 0, q + 1 < 2 * r],
        bend(m) <= bend(q),
        step=[k.at("float64_points.bend", q)],
    )
