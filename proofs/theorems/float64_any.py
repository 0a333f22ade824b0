"""All sorted data have room: step is a third of the least gap, pace its inverse."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import narrow, pace, step
from proofs.theorems.symbols import ONE, TRUE, m, q, r, start, ts

SOURCE = "this project, construction float64"


def prove(k: Kernel) -> None:
    """The float64 network exists for all sorted data."""
    width = ts(q) - ts(q - 1)
    words = "narrow(q) is the least of 1 and the gaps between the places 0 to q."
    cases = [(q == 0, ONE), (q > 0, z3.If(width < narrow(q - 1), width, narrow(q - 1)))]
    k.define("float64_any.narrow", words, narrow, (q,), cases, q)
    k.induct(
        "float64_any.positive",
        "The least gap is positive.",
        q,
        0,
        (q,),
        [q < start(r)],
        narrow(q) > 0,
        base=[k.at("float64_any.narrow", 0)],
        step=[k.at("float64_any.narrow", q + 1), k.at("sorted", q)],
    )
    k.induct(
        "float64_any.least",
        "The least gap does not exceed any gap.",
        m,
        q + 1,
        (q, m),
        [q >= 0],
        narrow(m) <= ts(q + 1) - ts(q),
        base=[k.at("float64_any.narrow", q + 1)],
        step=[k.at("float64_any.narrow", m + 1)],
    )
    _choose(k)


def _choose(k: Kernel) -> None:
    """step and pace satisfy what float64_line assumes."""
    last = start(r) - 1
    least = z3.If(start(r) > 0, narrow(last), ONE)
    words = "step is a third of the least gap; 1/3 without places."
    k.define("float64_any.step", words, step, (), [(TRUE, least / 3)])
    known = [k.at("float64_any.step"), k.at("float64_any.positive", last)]
    k.prove("float64_any.apart", "step is positive.", (), [], step > 0, known)
    positive = k.at("float64_any.apart")
    words = "pace is one over step."
    k.define("float64_any.pace_value", words, pace, (), [(TRUE, 1 / step)], using=[positive])
    proofs = {}
    given = {
        "pace": [positive, k.at("float64_any.pace_value")],
        "room": [positive, known[0], k.at("float64_any.least", q, last)],
    }
    for name, using in given.items():
        a = k[name]
        words = f"The choices satisfy the assumption: {a.words}"
        proofs[name] = k.prove(f"float64_any.{name}", words, a.variables, a.hypotheses, a.conclusion, using)
    words = "A float64 network of 2r - 1 by a2 neurons meets any r a2 sorted places."
    k.discharge("float64_any", words, k["float64_line"], proofs)
