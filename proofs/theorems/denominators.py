"""Nothing that SymPy divides by in a derivation is 0: the obligations that `symbolic derive` lists.

One statement for each, at any place (i, j) of a group. P[i, j] of the derivation is sign(i) beta(i, j), its k[i, j] in
inoue is kink(i, j). The obligations of inoue hold for the construction's own choice of c.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import D, M, c, kink, mu, px
from proofs.theorems.symbols import S, a2, b, beta, i, j, r, sign, x
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, symbolic derive: what the derivations of symbolic/ divide by"
PLACES = [i >= 0, i < r, j >= 0]


def prove(k: Kernel) -> None:
    """Every recorded denominator is not 0."""
    _interpolant(k)
    _inoue(k)


def _interpolant(k: Kernel) -> None:
    """What the derivation of interpolant divides by."""
    inside = k.at("zigzag.inside", i, j)
    _nonzero(k, "point", "A point is not at the breakpoint before its group.", x(i, j) - b(i), [inside])
    _nonzero(k, "end", "A point is not at the breakpoint behind its group.", b(i + 1) - x(i, j), [inside])
    beyond = k.at("zigzag.next", i, j)
    _nonzero(
        k, "before", "A point and the one before it differ, the virtual one included.", x(i, j - 1) - x(i, j), [beyond]
    )
    behind = [k.at("zigzag.next", i, j + 1)]
    _nonzero(k, "after", "A point and the one behind it differ.", x(i, j + 1) - x(i, j), behind, PLACES + [j + 1 < a2])
    signed = [k.at("interpolant.sign", i, j)]
    _nonzero(k, "beta", "The value at a breakpoint depends on z_j.", beta(i, j), signed)
    _nonzero(k, "product", "The product of the ratios is not 0.", sign(i) * beta(i, j), signed)
    rising = [k.at("pattern.direction", i, j), k.at("pattern.slope", i, j)]
    _nonzero(k, "slopes", "Neighbouring interpolants have different slopes.", S(i, j) - S(i, j - 1), rising)


def _inoue(k: Kernel) -> None:
    """What the derivation of inoue divides by besides."""
    _nonzero(
        k,
        "kink",
        "A knot is not at the breakpoint before its group.",
        kink(i, j) - b(i),
        [k.at("inoue_knots.inside", i, j)],
    )
    unit = [k.at("inoue_recurrences.constant", j)]
    _nonzero(k, "c", "c_j is not 0.", c(j), unit)
    growth = [k.at("inoue_growth", i, j, i + j), k.at("inoue_growth.own", i, j), k.at("inoue_recurrences.unit", i, j)]
    _nonzero(k, "M", "M is not 0.", M(i, j), growth)
    total = [*growth, k.at("sign.unit", i), k.at("sign.unit", j)]
    _nonzero(k, "total", "M c_j outweighs what is left.", sign(i) * M(i, j) * c(j) + D(i, j, j), total)
    _nonzero(k, "mu", "mu lies before the end of its cell.", b(i + 1) - mu(i, j), [k.at("inoue_points.mu", i, j)])
    apart = [k.at("inoue_points", i, j)]
    _nonzero(
        k,
        "virtual",
        "Neighbouring points differ, virtual ones included.",
        px(i, j) - px(i, j - 1),
        apart,
        PLACES + [j <= a2],
    )


def _nonzero(k: Kernel, name: str, words: str, term: z3.ArithRef, using, places=INSIDE) -> None:
    """The term is not 0 at any of the places."""
    k.prove(f"denominators.{name}", words, (i, j), places, term != 0, using)
