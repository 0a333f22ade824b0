"""On the line of g_j over cell i: negative up to point j-1, positive from point j on, one zero.

The zero is the knot; it lies strictly between the two points (for j = 0: between the near
breakpoint and the first point).
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import (
    G,
    S,
    b,
    gs,
    gv,
    i,
    j,
    knot,
    residual,
    sign,
    t,
    x,
)  # fmt: skip
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, construction interpolant"
SIGNED = sign(i) * gs(i, j)


def prove(k: Kernel) -> None:
    """The sign pattern and the knots are as the triangular system needs them."""
    _define(k)
    _direction(k)
    _neighbours(k)
    _rest(k)
    _knot(k)


def _define(k: Kernel) -> None:
    """Value and slope of g_j = u_j (G_j - G_{j-1}) are named."""
    words = "gv(i, j) is the value of g_j at b(i)."
    right = sign(j) * (G(i, j) - G(i, j - 1))
    k.define("pattern.value", words, gv, (i, j), [(j >= 0, right)])
    words = "gs(i, j) is the slope of g_j on cell i."
    right = sign(j) * (S(i, j) - S(i, j - 1))
    k.define("pattern.slope", words, gs, (i, j), [(j >= 0, right)])


def _direction(k: Kernel) -> None:
    """g_j rises in the direction of the zigzag."""
    k.prove(
        "pattern.direction",
        "On cell i, g_j rises in the direction sign(i).",
        (i, j),
        INSIDE,
        SIGNED > 0,
        [
            k.at("pattern.slope", i, j),
            k.at("sign", j),
            k.at("steepness", i, j, j),
            k.at("steepness.after", i, j - 1),
        ],
    )


def _neighbours(k: Kernel) -> None:
    """The two points that g_j separates lie on its two sides."""
    common = [k.at(name, i, j) for name in ("pattern.value", "pattern.slope")]
    common += [k.at(name, i, j) for name in ("steepness.rise", "zigzag.next")]
    common += [k.at("interpolant.through", i, j), k.at("interpolant.through", i, j - 1)]
    words = "On cell i, g_j is negative at point j-1."
    using = [k.at("steepness", i, j, j)]
    goal = residual(i, j, x(i, j - 1)) < 0
    k.prove("pattern.before", words, (i, j), INSIDE, goal, [*common, *using])
    words = "On cell i, g_j is positive at point j."
    using = [k.at("steepness.after", i, j - 1), k.at("sign", j)]
    goal = residual(i, j, x(i, j)) > 0
    k.prove("pattern.at", words, (i, j), INSIDE, goal, [*common, *using])


def _rest(k: Kernel) -> None:
    """Linearity carries the two signs to the rest of the line."""
    slope = k.at("pattern.direction", i, j)
    words = "The line of g_j over cell i is negative at and before point j-1."
    behind = sign(i) * (x(i, j - 1) - t) >= 0
    using = [k.at("pattern.before", i, j), slope]
    goal = residual(i, j, t) < 0
    k.prove("pattern.off", words, (i, j, t), [*INSIDE, behind], goal, using)
    words = "The line of g_j over cell i is positive at and after point j."
    beyond = sign(i) * (t - x(i, j)) >= 0
    using = [k.at("pattern.at", i, j), slope]
    goal = residual(i, j, t) > 0
    k.prove("pattern.on", words, (i, j, t), [*INSIDE, beyond], goal, using)


def _knot(k: Kernel) -> None:
    """The line of g_j over cell i is zero at the knot and nowhere else."""
    slope = [k.at("pattern.direction", i, j)]
    words = "knot(i, j) is where the line of g_j over cell i is zero."
    cases = [(z3.And(*INSIDE), b(i) - gv(i, j) / gs(i, j))]
    k.define("pattern.zero", words, knot, (i, j), cases, using=slope)
    using = [*slope, k.at("pattern.zero", i, j)]
    goal = (residual(i, j, t) == 0) == (t == knot(i, j))
    words = "The line of g_j over cell i is zero at the knot, and only there."
    k.prove("pattern.unique", words, (i, j, t), INSIDE, goal, using)
    k.prove(
        "pattern",
        "The knot lies strictly between the points j-1 and j of group i, and inside the cell.",
        (i, j),
        INSIDE,
        z3.And(
            sign(i) * (knot(i, j) - x(i, j - 1)) > 0,
            sign(i) * (x(i, j) - knot(i, j)) > 0,
        ),
        [
            k.at("pattern.unique", i, j, knot(i, j)),
            k.at("pattern.off", i, j, knot(i, j)),
            k.at("pattern.on", i, j, knot(i, j)),
        ],
    )
