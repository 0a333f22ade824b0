"""Virtual neighbours: each group gets a point before its first and one behind its last.

Both lie in the middle between a breakpoint and the point next to it.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import mu, px, py
from proofs.theorems.symbols import TRUE, a2, b, i, j, r, sign, x, y

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: near and far breakpoint in the direction of the zigzag"
ACTUAL = z3.And(j >= 0, j < a2)
BEHIND = z3.And(j >= 0, j == a2)
FAR = z3.If(sign(i) == 1, b(i + 1), b(i))


def prove(k: Kernel) -> None:
    """The points, virtual ones included, lie inside their cell and follow its direction."""
    _define(k)
    k.prove(
        "inoue_points.inside",
        "Every point of group i, virtual or not, lies strictly between b(i) and b(i+1).",
        (i, j),
        [i >= 0, i < r, j >= -1, j <= a2],
        z3.And(b(i) < px(i, j), px(i, j) < b(i + 1)),
        [
            k.at("inoue_points.input", i, j),
            k.at("zigzag", i, -1),
            k.at("width"),
            *(k.at("zigzag.inside", i, e) for e in (j, 0, a2 - 1)),
        ],
    )
    k.prove(
        "inoue_points",
        "Each point, virtual or not, lies beyond the one before it, in the direction sign(i).",
        (i, j),
        [i >= 0, i < r, j >= 0, j <= a2],
        sign(i) * (px(i, j) - px(i, j - 1)) > 0,
        [
            k.at("inoue_points.input", i, j),
            k.at("inoue_points.input", i, j - 1),
            k.at("width"),
            k.at("zigzag.next", i, j),
            k.at("zigzag.inside", i, a2 - 1),
            k.at("sign.unit", i),
        ],
    )
    words = "mu(i, j) is the greater input of points j-1 and j."
    right = z3.If(px(i, j) > px(i, j - 1), px(i, j), px(i, j - 1))
    k.define("inoue_points.greater", words, mu, (i, j), [(TRUE, right)])
    k.prove(
        "inoue_points.mu",
        "mu(i, j) lies strictly inside cell i.",
        (i, j),
        [i >= 0, i < r, j >= 0, j <= a2],
        z3.And(b(i) < mu(i, j), mu(i, j) < b(i + 1)),
        [
            k.at("inoue_points.greater", i, j),
            k.at("inoue_points.inside", i, j),
            k.at("inoue_points.inside", i, j - 1),
        ],
    )


def _define(k: Kernel) -> None:
    """Inputs and outputs with the virtual neighbours."""
    words = "px(i, -1) and px(i, a2) are virtual: middle of breakpoint and point; else x(i, j)."
    cases = [
        (ACTUAL, x(i, j)),
        (j == -1, (x(i, -1) + x(i, 0)) / 2),
        (BEHIND, (FAR + x(i, a2 - 1)) / 2),
    ]
    k.define("inoue_points.input", words, px, (i, j), cases)
    words = "py(i, a2) is the middle of the far breakpoint and the last output; else y(i, j)."
    cases = [(ACTUAL, y(i, j)), (BEHIND, (FAR + y(i, a2 - 1)) / 2)]
    k.define("inoue_points.output", words, py, (i, j), cases)
