"""Bends, C64 and slopes for sorted data whose neighbours lie more than 2 steps apart.

b_i lies one step left of group i and e_i two; C64 is one below the running minimum of the first
outputs; u_j S64(i, j) is 1 and pace times the changes of the output to both neighbours. For integer
data with gaps above 2, step = pace = 1 make all of them integers.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_steep import RISE, STRIDE
from proofs.theorems.float64_symbols import (
    C64,
    INSIDE,
    S64,
    bend,
    chord64,
    half,
    lowest64,
    odd,
    pace,
    step,
    y64,
)  # fmt: skip
from proofs.theorems.symbols import TRUE, ZERO, a2, i, j, m, q, r, sign, start, ts, ys

SOURCE = "this project, construction float64: b_i = first point - 1, e_i = b_i - 1"


def size(change):
    """The term is the absolute value."""
    return z3.If(change >= 0, change, -change)


def prove(k: Kernel) -> None:
    """The free choices of float64 can be made."""
    k.parameter(step, pace)
    words = "step > 0 and pace step >= 1."
    k.assume("pace", words, (), [], z3.And(step > 0, pace * step >= 1))
    words = "Neighbouring projected inputs lie more than two steps apart."
    near = [q >= 0, q + 1 < start(r)]
    k.assume("room", words, (q,), near, ts(q) + 2 * step < ts(q + 1))
    proofs = {**_bends(k), "below64": _constant(k), "steep64": _slopes(k)}
    a = k["sorted"]
    proofs["sorted"] = _same_as(k, a.name, [k.at("room", q), k.at("pace")])
    words = "With bends, C64 and slopes as chosen, the float64 network meets all sorted places."
    k.discharge("float64_line.made", words, k["float64"], proofs)
    words = "Sorted places with room for the bends are met, with integer choices for integer data."
    again = {name: proofs[name] for name in ("sorted", "before")}
    k.discharge("float64_line", words, k["float64_line.made"], again)


def _bends(k: Kernel):
    """One and two steps left of the group."""
    cases = [
        (z3.And(m >= 0, odd(m) == 0), ts(start(half(m))) - step),
        (z3.And(m >= 0, odd(m) == 1), ts(start(half(m) + 1)) - 2 * step),
    ]
    words = "bend(2i) is one step left of group i, bend(2i-1) two steps."
    k.define("float64_line.bend", words, bend, (m,), cases)

    def at(index):
        return [k.at("float64_line.bend", index), k.at("float64_points.parity", index)]

    before = _same_as(k, "before", [*at(2 * i), k.at("pace")], 1)
    using = [*at(2 * i + 1), *at(2 * i + 2), k.at("pace"), k.at("room", start(i + 1) - 1)]
    using += [k.at("group", i + 1), k.at("group.inside", i), k.at("group.inside", i + 1)]
    return {"before": before, "behind": _same_as(k, "behind", [*using, k.at("width")])}


def _constant(k: Kernel):
    """One below the running minimum lies below every first output."""
    first = ys(start(m - 1))
    smaller = z3.If(first < lowest64(m - 1), first, lowest64(m - 1))
    words = "lowest64(m) is the least of 0 and the first outputs of groups 0 to m-1."
    cases = [(m == 0, ZERO), (m > 0, smaller)]
    k.define("float64_line.lowest", words, lowest64, (m,), cases, m)
    k.induct(
        "float64_line.minimum",
        "lowest64(m) does not exceed the first output of any group before m.",
        m,
        i + 1,
        (i, m),
        [i >= 0],
        lowest64(m) <= ys(start(i)),
        base=[k.at("float64_line.lowest", i + 1)],
        step=[k.at("float64_line.lowest", m + 1)],
    )
    words = "C64 is one below the running minimum over all groups."
    k.define("float64_line.constant", words, C64, (), [(TRUE, lowest64(r) - 1)])
    using = [k.at("float64_line.constant"), k.at("float64_line.minimum", i, r)]
    return _same_as(k, "below64", [*using, k.at("float64_points.output", i, 0)])


def _slopes(k: Kernel):
    """Slopes beyond the changes of output over at least one step."""
    after = z3.If(j + 1 < a2, size(y64(i, j + 1) - y64(i, j)), ZERO)
    right = sign(j) * (1 + pace * (size(RISE) + after))
    words = "S64(i, j) is u_j (1 + pace (|change from point j-1| + |change to point j+1|))."
    k.define("float64_line.slope", words, S64, (i, j), [(z3.And(*INSIDE), right)])
    k.prove(
        "float64_line.stride",
        "Neighbouring points of group i lie at least one step apart, the virtual one included.",
        (i, j),
        INSIDE,
        STRIDE >= step,
        [
            k.at("pace"),
            k.at("float64_points.input", i, j),
            k.at("float64_points.input", i, j - 1),
            k.at("float64_line.bend", 2 * i),
            k.at("float64_points.parity", 2 * i),
            k.at("group.inside", i),
            k.at("room", start(i) + j - 1),
        ],
    )
    _chord(k)
    return _same_as(k, "steep64", [
        k.at("float64_line.slope", i, j),
        k.at("float64_line.chord", i, q),
        k.at("float64_line.positive", i, j),
        k.at("float64_line.positive", i, j + 1),
        k.at("sign.unit", j),
    ])  # fmt: skip


def _chord(k: Kernel) -> None:
    """A chord is no steeper than pace times its rise."""
    k.prove(
        "float64_line.chord",
        "The slope of a chord is at most pace times the absolute value of its rise.",
        (i, j),
        INSIDE,
        size(chord64(i, j)) <= pace * size(RISE),
        [k.at("pace"), k.at("float64_line.stride", i, j), k.at("float64_steep.rise", i, j)],
    )
    words = "pace times the absolute value of a rise is not negative."
    goal = pace * size(RISE) >= 0
    k.prove("float64_line.positive", words, (i, j), [], goal, [k.at("pace")])


def _same_as(k: Kernel, name: str, using, upto=None):
    """The assumption of this name is a theorem, already under its first hypotheses."""
    a = k[name]
    words = f"The choices satisfy the assumption: {a.words}"
    hypotheses = a.hypotheses[:upto]
    return k.prove(f"float64_line.{name}", words, a.variables, hypotheses, a.conclusion, using)
