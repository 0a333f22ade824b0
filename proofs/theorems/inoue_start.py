"""C lies one below the first outputs; c_j is u_j times the maximum over the groups of K times P.

K bounds the residuals D and D' at the points j and j+1 of the line so far, scaled by the gaps; P is
the product of (mu - b) / (b' - mu) over the groups before.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.inoue_symbols import (
    base,
    bound,
    c,
    lack,
    least,
    level,
    mu,
    origin,
    px,
    py,
    shrink,
    stretch,
    tilt,
    top,
)  # fmt: skip
from proofs.theorems.symbols import ONE, TRUE, A, a2, b, i, j, m, q, r, sign, y
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it: D, D', E, E', K and c_j"


def greater(one: z3.ArithRef, other: z3.ArithRef) -> z3.ArithRef:
    """The term is the maximum of the two."""
    return z3.If(other > one, other, one)


def size(term: z3.ArithRef) -> z3.ArithRef:
    """The term is the absolute value."""
    return z3.If(term > 0, term, -term)


def prove(k: Kernel) -> None:
    """The constants are defined, and exceed what they are to exceed."""
    _constant(k)
    _bound(k)
    _shrink(k)
    _maximum(k)
    words = "The value at b(0) of the line so far starts with C and goes down by c_j."
    step = sign(j) * top(r, j, origin(j - 1))
    cases = [(j == -1, base), (j >= 0, origin(j - 1) - step)]
    k.define("inoue_start.origin", words, origin, (j,), cases, j)
    words = "c(j) is u_j times the maximum over the groups."
    k.define("inoue_start", words, c, (j,), [(j >= 0, step)])


def _constant(k: Kernel) -> None:
    """C = min_i y(i, 0) - 1."""
    words = "least(m) is the least first output of the groups 0 to m-1."
    last = y(m - 1, 0)
    cases = [(m == 1, last), (m > 1, z3.If(last < least(m - 1), last, least(m - 1)))]
    k.define("inoue_start.least", words, least, (m,), cases, m)
    k.induct(
        "inoue_start.minimum",
        "least(m) does not exceed the first output of any group before m.",
        m,
        i + 1,
        (i, m),
        [i >= 0],
        least(m) <= y(i, 0),
        base=[k.at("inoue_start.least", i + 1)],
        step=[k.at("inoue_start.least", m + 1)],
    )
    words = "C is one below the least first output."
    k.define("inoue_start.constant", words, base, (), [(TRUE, least(r) - 1)])


def _bound(k: Kernel) -> None:
    """K exceeds |D|, E and E'."""
    words = "lack(i, j, q, A) is what the line of neurons 0 to j-1 lacks at point (i, q)."
    run = px(i, q) - b(i)
    right = py(i, q) - level(i, j - 1, A) - tilt(i, j - 1, A) * run
    k.define("inoue_start.lack", words, lack, (i, j, q, A), [(TRUE, right)])
    words = "stretch(i, j, q) is mu - b over the gap before point q, in the direction sign(i)."
    apart = [k.at("inoue_points", i, q)]
    gap = sign(i) * (px(i, q) - px(i, q - 1))
    near = [*INSIDE, z3.Or(q == j, q == j + 1)]
    cases = [(z3.And(*near), (mu(i, j) - b(i)) / gap)]
    k.define("inoue_start.stretch", words, stretch, (i, j, q), cases, using=apart)
    own, after = (size(lack(i, j, e, A)) for e in (j, j + 1))
    scaled = greater(stretch(i, j, j) * own, stretch(i, j, j + 1) * after)
    words = "bound(i, j, A) is one above the greatest of |D|, E = stretch |D|, E' = stretch |D'|."
    right = greater(own, scaled) + 1
    k.define("inoue_start.bound", words, bound, (i, j, A), [(TRUE, right)])
    k.prove(
        "inoue_start.gap",
        "stretch times the gap is mu - b.",
        (i, j, q),
        near,
        stretch(i, j, q) * gap == mu(i, j) - b(i),
        [k.at("inoue_start.stretch", i, j, q), *apart],
    )
    k.prove(
        "inoue_start.exceeds",
        "K is at least 1 and exceeds |D|, E and E'.",
        (i, j, A),
        [],
        z3.And(
            bound(i, j, A) >= own + 1,
            bound(i, j, A) > stretch(i, j, j) * own,
            bound(i, j, A) > stretch(i, j, j + 1) * after,
        ),
        [k.at("inoue_start.bound", i, j, A)],
    )


def _shrink(k: Kernel) -> None:
    """P is positive and follows its recurrence."""
    words = "shrink(i, j) is the product of (mu - b) / (b' - mu) over the groups before i."
    old = i - 1
    factor = (mu(old, j) - b(old)) / (b(i) - mu(old, j))
    cases = [
        (i == 0, ONE),
        (z3.And(i > 0, i <= r, j >= 0, j < a2), shrink(old, j) * factor),
    ]
    inside = [k.at("inoue_points.mu", i - 1, j)]
    k.define("inoue_start.shrink", words, shrink, (i, j), cases, i, using=inside)
    k.prove(
        "inoue_start.ratio",
        "From group to group P changes by (mu - b) / (b' - mu).",
        (i, j),
        INSIDE,
        shrink(i + 1, j) * (b(i + 1) - mu(i, j)) == shrink(i, j) * (mu(i, j) - b(i)),
        [k.at("inoue_start.shrink", i + 1, j), k.at("inoue_points.mu", i, j)],
    )
    k.induct(
        "inoue_start.positive",
        "P is positive.",
        i,
        0,
        (i, j),
        [i <= r, *INSIDE[2:]],
        shrink(i, j) > 0,
        base=[k.at("inoue_start.shrink", 0, j)],
        step=[k.at("inoue_start.ratio", i, j), k.at("inoue_points.mu", i, j)],
    )


def _maximum(k: Kernel) -> None:
    """The running maximum of K times P."""
    words = "top(m, j, A) is the greatest K times P of groups 0 to m-1."
    last = bound(m - 1, j, A) * shrink(m - 1, j)
    cases = [(m == 1, last), (m > 1, greater(top(m - 1, j, A), last))]
    k.define("inoue_start.top", words, top, (m, j, A), cases, m)
    k.induct(
        "inoue_start.maximum",
        "top(m, j, A) is not below K times P of any group before m.",
        m,
        i + 1,
        (i, j, m, A),
        [i >= 0],
        top(m, j, A) >= bound(i, j, A) * shrink(i, j),
        base=[k.at("inoue_start.top", i + 1, j, A)],
        step=[k.at("inoue_start.top", m + 1, j, A)],
    )
