"""Zigzag: in group i the points are counted left to right when sign(i) = 1, else right to left.

Point (i, -1) is virtual: its input is the near breakpoint, its output is C.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import TRUE, C, a2, b, i, j, place, q, r, sign, start, ts, x, y, ys

SOURCE = "this project, construction interpolant: the virtual point makes the case j = 0 like all others"
INSIDE = [i >= 0, i < r, j >= 0, j < a2]


def prove(k: Kernel) -> None:
    """The points are placed, lie inside their cell, and follow the sign of their group."""
    k.parameter(C)
    _define(k)
    k.prove(
        "zigzag.inside",
        "Every point of group i lies strictly between b(i) and b(i+1).",
        (i, j),
        INSIDE,
        z3.And(b(i) < x(i, j), x(i, j) < b(i + 1)),
        [
            k.at("zigzag", i, j),
            k.at("zigzag.place", i, j),
            k.at("separated", i),
            k.at("group.inside", i),
            k.at("order", start(i), place(i, j)),
            k.at("order", place(i, j), start(i) + a2 - 1),
        ],
    )
    k.prove(
        "zigzag.next",
        "Each point of group i lies beyond the one before it, in the direction sign(i).",
        (i, j),
        INSIDE,
        sign(i) * (x(i, j) - x(i, j - 1)) > 0,
        [
            k.at("zigzag", i, j),
            k.at("zigzag", i, j - 1),
            k.at("zigzag.place", i, j),
            k.at("zigzag.place", i, j - 1),
            k.at("zigzag.inside", i, j),
            k.at("group.inside", i),
            k.at("order", place(i, j), place(i, j - 1)),
            k.at("order", place(i, j - 1), place(i, j)),
            k.at("sign.unit", i),
        ],
    )
    k.induct(
        "zigzag.far",
        "A later point of group i does not lie before an earlier one, in the direction sign(i).",
        q,
        j,
        (i, j, q),
        [i >= 0, i < r, j >= -1, q < a2],
        sign(i) * (x(i, q) - x(i, j)) >= 0,
        step=[k.at("zigzag.next", i, q + 1)],
    )


def _define(k: Kernel) -> None:
    """Places, inputs and outputs of the zigzag are named."""
    forward = z3.If(sign(i) == 1, start(i) + j, start(i) + a2 - 1 - j)
    words = "place(i, j) counts from the left end of group i when sign(i) = 1, else from the right."
    k.define("zigzag.place", words, place, (i, j), [(TRUE, forward)])
    near = z3.If(sign(i) == 1, b(i), b(i + 1))
    words = "x(i, j) is the input at place(i, j); x(i, -1) is the near breakpoint of group i."
    k.define("zigzag", words, x, (i, j), [(j >= 0, ts(place(i, j))), (j == -1, near)])
    words = "y(i, j) is the output at place(i, j); y(i, -1) = C."
    k.define("zigzag.output", words, y, (i, j), [(j >= 0, ys(place(i, j))), (j == -1, C)])
