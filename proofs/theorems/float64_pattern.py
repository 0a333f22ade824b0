"""In every group's cell preactivation j rises, negative up to point j-1, positive from j on."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    INSIDE,
    T64,
    V64,
    bend,
    gs64,
    line64,
    pre64,
    residual64,
    x64,
)  # fmt: skip
from proofs.theorems.symbols import A, i, j, r, sign, t

SOURCE = "this project, construction float64"
WITHIN = [bend(2 * i) <= t, z3.Implies(i + 1 < r, t <= bend(2 * i + 1))]


def prove(k: Kernel) -> None:
    """The sign pattern is as the triangular system needs it."""
    _group(k)
    _signs(k)
    rising = k.at("float64_pattern.direction", i, j)
    k.prove(
        "float64_pattern.rising",
        "On the cell of group i preactivation j increases strictly: it has at most one zero.",
        (i, j, t, A),
        [*INSIDE, WITHIN[0], t < A, z3.Implies(i + 1 < r, A <= bend(2 * i + 1))],
        pre64(j, t) < pre64(j, A),
        [k.at("float64_cell", i, j, t), k.at("float64_cell", i, j, A), rising],
    )
    k.prove(
        "float64_pattern",
        "On the cell of group i preactivation j is negative up to point j-1, positive from j on.",
        (i, j, t),
        [*INSIDE, *WITHIN],
        z3.And(
            z3.Implies(t <= x64(i, j - 1), pre64(j, t) < 0),
            z3.Implies(t >= x64(i, j), pre64(j, t) > 0),
        ),
        [
            k.at("float64_cell", i, j, t),
            rising,
            k.at("float64_pattern.before", i, j),
            k.at("float64_pattern.at", i, j),
        ],
    )


def _group(k: Kernel) -> None:
    """On the cell of group i the line of g_j is u_j times the difference of two lines."""
    cell = 2 * i
    here = [
        k.at("float64_points.parity", cell),
        k.at("float64_cell.gs", cell, j),
        k.at("float64_cell.slope", cell, j),
        k.at("float64_cell.slope", cell, j - 1),
    ]
    k.prove(
        "float64_pattern.slope",
        "The slope of g_j on group i is u_j times the difference of the slopes of G_j, G_{j-1}.",
        (i, j),
        [i >= 0, j >= 0],
        gs64(cell, j) == sign(j) * (T64(i, j) - T64(i, j - 1)),
        here,
    )
    k.prove(
        "float64_pattern.value",
        "The value of G_j at bend(2i) is on its line over group i.",
        (i, j),
        [i >= 0, j >= -1],
        V64(cell, j) == line64(i, j, bend(cell)),
        [k.at("float64_points.parity", cell), k.at("float64_cell.value", cell, j)],
    )
    k.prove(
        "float64_pattern.line",
        "On group i the line of g_j is u_j times the difference of the lines of G_j and G_{j-1}.",
        (i, j, t),
        [i >= 0, j >= 0],
        residual64(cell, j, t) == sign(j) * (line64(i, j, t) - line64(i, j - 1, t)),
        [
            k.at("float64_pattern.slope", i, j),
            k.at("float64_cell.gv", cell, j),
            k.at("float64_pattern.value", i, j),
            k.at("float64_pattern.value", i, j - 1),
        ],
    )


def _signs(k: Kernel) -> None:
    """g_j rises, and the two points that it separates lie on its two sides."""
    steeper = [k.at("float64_steep", i, j), k.at("float64_steep.after", i, j - 1)]
    signs = k.at("sign", j)
    words = "On group i g_j rises."
    slope = k.at("float64_pattern.slope", i, j)
    goal = gs64(2 * i, j) > 0
    k.prove("float64_pattern.direction", words, (i, j), INSIDE, goal, [slope, signs, *steeper])
    known = [k.at("float64_points.next", i, j), k.at("float64_steep.rise", i, j)]
    words = "On group i the line of g_j is negative at point j-1."
    goal = residual64(2 * i, j, x64(i, j - 1)) < 0
    here = k.at("float64_pattern.line", i, j, x64(i, j - 1))
    using = [*known, here, steeper[0]]
    k.prove("float64_pattern.before", words, (i, j), INSIDE, goal, using)
    words = "On group i the line of g_j is positive at point j."
    goal = residual64(2 * i, j, x64(i, j)) > 0
    here = k.at("float64_pattern.line", i, j, x64(i, j))
    using = [*known, here, steeper[1], signs]
    k.prove("float64_pattern.at", words, (i, j), INSIDE, goal, using)
