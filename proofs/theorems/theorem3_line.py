"""Theorem 3 in one input dimension: breakpoints, C and z_j exist, so sorted data are met exactly.

b(0) and b(r) lie one beyond the data, the other breakpoints in the middle of their gap; C is one
below the running minimum of the first outputs; -u_j z_j is one above the running maximum of the
thresholds. Each definition is proved to satisfy what theorem3_sorted assumes.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import (
    TRUE,
    ZERO,
    C,
    a2,
    b,
    floor,
    highest,
    i,
    j,
    lowest,
    m,
    place,
    q,
    r,
    sign,
    start,
    ts,
    ys,
    z,
)  # fmt: skip

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"


def prove(k: Kernel) -> None:
    """The free choices of theorem3_sorted can be made."""
    proofs = {"separated": _breakpoints(k), "below": _constant(k), "steep": _values(k)}
    k.discharge(
        "theorem3_line",
        "Theorem 3 in one input dimension: f(ts(q)) = ys(q) at all r a2 sorted places.",
        k["theorem3_sorted"],
        proofs,
    )


def _breakpoints(k: Kernel):
    """The midpoints separate the groups."""
    middle = (ts(start(m) - 1) + ts(start(m))) / 2
    cases = [
        (m == 0, ts(0) - 1),
        (z3.And(m > 0, m < r), middle),
        (z3.And(m > 0, m == r), ts(start(r) - 1) + 1),
        (z3.And(m > 0, m > r), b(m - 1) + 1),
    ]
    words = "b(m) is the middle of the gap before group m; one beyond the data at both ends."
    k.define("theorem3_line.breakpoint", words, b, (m,), cases, m)
    using = [k.at("group", 0), k.at("group", i + 1), k.at("width")]
    using += [k.at("group.inside", i + 1)]
    using += [k.at("group", i), k.at("group.monotone", 0, i - 1)]
    using += [k.at("theorem3_line.breakpoint", i), k.at("theorem3_line.breakpoint", i + 1)]
    using += [k.at("sorted", start(i) - 1), k.at("sorted", start(i + 1) - 1)]
    return _same_as(k, "separated", using)


def _constant(k: Kernel):
    """One below the running minimum lies below every first output."""
    first = ys(place(m - 1, 0))
    smaller = z3.If(first < lowest(m - 1), first, lowest(m - 1))
    words = "lowest(m) is the least of 0 and the first outputs of groups 0 to m-1."
    cases = [(m == 0, ZERO), (m > 0, smaller)]
    k.define("theorem3_line.lowest", words, lowest, (m,), cases, m)
    k.induct(
        "theorem3_line.minimum",
        "lowest(m) does not exceed the first output of any group before m.",
        m,
        i + 1,
        (i, m),
        [i >= 0],
        lowest(m) <= ys(place(i, 0)),
        base=[k.at("theorem3_line.lowest", i + 1)],
        step=[k.at("theorem3_line.lowest", m + 1)],
    )
    words = "C is one below the running minimum over all groups."
    k.define("theorem3_line.constant", words, C, (), [(TRUE, lowest(r) - 1)])
    using = [k.at("theorem3_line.constant"), k.at("theorem3_line.minimum", i, r)]
    return _same_as(k, "below", [*using, k.at("zigzag.output", i, 0)])


def _values(k: Kernel):
    """One above the running maximum exceeds every threshold."""
    old = highest(m - 1, j)
    own, after = floor(m - 1, j, j), floor(m - 1, j, j + 1)
    upper = z3.If(z3.And(j + 1 < a2, after > own), after, own)
    words = "highest(m, j) is the greatest of 0 and the thresholds of neuron j on cells 0 to m-1."
    cases = [(m == 0, ZERO), (m > 0, z3.If(upper > old, upper, old))]
    k.define("theorem3_line.highest", words, highest, (m, j), cases, m)
    near = [q < a2, z3.Or(q == j, q == j + 1)]
    k.induct(
        "theorem3_line.maximum",
        "highest(m, j) is not below any threshold of neuron j on a cell before m.",
        m,
        i + 1,
        (i, j, q, m),
        [i >= 0, *near],
        highest(m, j) >= floor(i, j, q),
        base=[k.at("theorem3_line.highest", i + 1, j)],
        step=[k.at("theorem3_line.highest", m + 1, j)],
    )
    words = "z(j) = -u_j (running maximum over all groups + 1)."
    right = -sign(j) * (highest(r, j) + 1)
    k.define("theorem3_line.value", words, z, (j,), [(j >= 0, right)])
    using = [k.at("theorem3_line.value", j), k.at("theorem3_line.maximum", i, j, q, r)]
    return _same_as(k, "steep", [*using, k.at("sign.unit", j)])


def _same_as(k: Kernel, name: str, using):
    """The assumption of this name is a theorem."""
    a = k[name]
    words = f"The definitions satisfy the assumption: {a.words}"
    return k.prove(f"theorem3_line.{name}", words, a.variables, a.hypotheses, a.conclusion, using)
