"""The key lemma: mass(i, j) = |c_j| M(i, j) is at least K(i, j), and u_j D(i, j) is positive.

Both are carried from (i-1, j) and (i, j-1) to (i, j): induction on i + j.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_start import size
from proofs.theorems.inoue_symbols import D, bound, grade, mass, mu, px, shrink, top
from proofs.theorems.inoue_term import BEFORE
from proofs.theorems.symbols import b, i, j, q, r, sign
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: the c_j are large enough"
OWN = sign(j) * D(i, j, j)
HIGH = mass(i, j) * shrink(i, j) >= top(r, j, BEFORE)
HOLDS = [*INSIDE, OWN > 0, HIGH]
REACH = mu(i, j) - b(i)
GAP = sign(i) * (px(i, j) - px(i, j - 1))
NEXT_GAP = sign(i) * (px(i, j + 1) - px(i, j))


def prove(k: Kernel) -> None:
    """The constants are large enough in every group."""
    _bounds(k)
    _between(k)
    _next_point(k)
    _next_group(k)
    k.induct(
        "inoue_growth",
        "u_j D(i, j) is positive and mass times P is at least the maximum, for every i and j.",
        q,
        0,
        (i, j, q),
        [*INSIDE, i + j == q],
        z3.And(OWN > 0, HIGH),
        base=[*_edge(k), k.at("inoue_term.positive", 0)],
        step=[
            *_edge(k),
            k.at("inoue_term.positive", i),
            k.at("inoue_growth.point", i, j - 1),
            k.at("inoue_growth.group", i - 1, j),
        ],
        vary=[(i, i - 1), (j, j - 1)],
    )


def _edge(k: Kernel):
    """In group 0 mass times P is the maximum; u_0 = 1."""
    shrink_0, start = k.at("inoue_start.shrink", 0, j), k.at("inoue_term.first", j)
    return [start, shrink_0, k.at("sign", 0), k.at("sign", -1)]


def _bounds(k: Kernel) -> None:
    """Mass exceeds the residuals, also scaled by the gaps."""
    k.prove(
        "inoue_growth.mass",
        "If mass times P is at least the maximum, mass is at least K.",
        (i, j),
        [*INSIDE, HIGH],
        mass(i, j) >= bound(i, j, BEFORE),
        [k.at("inoue_start.maximum", i, j, r, BEFORE), k.at("inoue_start.positive", i, j)],
    )
    common = [k.at("inoue_growth.mass", i, j), k.at("inoue_start.exceeds", i, j, BEFORE)]
    k.prove(
        "inoue_growth.own",
        "Mass exceeds |D|, and mass times the gap before point j exceeds (mu - b) |D|.",
        (i, j),
        [*INSIDE, HIGH],
        z3.And(mass(i, j) > size(D(i, j, j)), mass(i, j) * GAP > REACH * size(D(i, j, j))),
        [
            *common,
            k.at("inoue_term.lack", i, j, j),
            k.at("inoue_start.gap", i, j, j),
            k.at("inoue_points", i, j),
        ],
    )
    k.prove(
        "inoue_growth.after",
        "Mass times the gap behind point j exceeds (mu - b) |D'|.",
        (i, j),
        [*INSIDE, HIGH],
        mass(i, j) * NEXT_GAP > REACH * size(D(i, j, j + 1)),
        [
            *common,
            k.at("inoue_term.lack", i, j, j + 1),
            k.at("inoue_start.gap", i, j, j + 1),
            k.at("inoue_points", i, j + 1),
        ],
    )


def _between(k: Kernel) -> None:
    """The zero mass / grade lies between the points, and not beyond mu."""
    k.prove(
        "inoue_growth.grade",
        "The term rises in the direction of the zigzag.",
        (i, j),
        [*INSIDE, HIGH],
        grade(i, j) > 0,
        [
            k.at("inoue_term", i, j),
            k.at("inoue_growth.own", i, j),
            k.at("zigzag.inside", i, j),
            *(k.at("sign.unit", e) for e in (i, j)),
        ],
    )
    k.prove(
        "inoue_growth.between",
        "grade times the way from b(i) passes mass between the points j-1 and j.",
        (i, j),
        HOLDS,
        z3.And(
            sign(i) * (mass(i, j) - grade(i, j) * (px(i, j - 1) - b(i))) > 0,
            sign(i) * (grade(i, j) * (px(i, j) - b(i)) - mass(i, j)) > 0,
        ),
        [
            k.at("inoue_term", i, j),
            k.at("inoue_growth.own", i, j),
            k.at("inoue_points.greater", i, j),
            k.at("inoue_points.input", i, j),
            k.at("inoue_points.inside", i, j),
            *(k.at("sign.unit", e) for e in (i, j)),
        ],
    )
    k.prove(
        "inoue_growth.mu",
        "grade times mu - b exceeds mass: the zero lies before mu.",
        (i, j),
        HOLDS,
        grade(i, j) * REACH > mass(i, j),
        [
            k.at("inoue_growth.between", i, j),
            k.at("inoue_points.greater", i, j),
            k.at("inoue_points", i, j),
        ],
    )


def _next_point(k: Kernel) -> None:
    """The residual at the next point has the next sign."""
    k.prove(
        "inoue_growth.steep",
        "grade times the gap behind point j exceeds |D'|.",
        (i, j),
        HOLDS,
        grade(i, j) * NEXT_GAP > size(D(i, j, j + 1)),
        [
            k.at("inoue_growth.mu", i, j),
            k.at("inoue_growth.after", i, j),
            k.at("inoue_points.mu", i, j),
            k.at("inoue_points", i, j + 1),
        ],
    )
    k.prove(
        "inoue_growth.point",
        "The next residual of the group has the next sign.",
        (i, j),
        HOLDS,
        sign(j + 1) * D(i, j + 1, j + 1) > 0,
        [
            k.at("inoue_growth.steep", i, j),
            k.at("inoue_term.after", i, j),
            k.at("inoue_term.residual", i, j),
            k.at("inoue_term.grade", i, j),
            k.at("inoue_points.input", i, j),
            k.at("sign", j + 1),
            *(k.at("sign.unit", e) for e in (i, j)),
        ],
    )


def _next_group(k: Kernel) -> None:
    """Mass times P does not fall from group to group."""
    k.prove(
        "inoue_growth.next",
        "Mass grows at least as (b' - mu) / (mu - b).",
        (i, j),
        HOLDS,
        mass(i + 1, j) * REACH >= mass(i, j) * (b(i + 1) - mu(i, j)),
        [k.at(name, i, j) for name in ("inoue_term.next", "inoue_growth.mu", "inoue_points.mu")],
    )
    k.prove(
        "inoue_growth.group",
        "Mass times P is at least the maximum in the next group as well.",
        (i, j),
        HOLDS,
        mass(i + 1, j) * shrink(i + 1, j) >= top(r, j, BEFORE),
        [
            k.at("inoue_growth.next", i, j),
            k.at("inoue_start.ratio", i, j),
            k.at("inoue_start.positive", i, j),
            k.at("inoue_points.mu", i, j),
        ],
    )
