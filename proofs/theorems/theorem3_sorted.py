"""Theorem 3 for sorted data: f(ts(q)) = ys(q) for every place q of the r groups.

Every place q is point (quotient, remainder) of the zigzag, counted from the right in odd groups.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import a2, f, place, q, quotient, r, remainder, sign, start, ts, ys

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"
PLACE = [q >= 0, q < start(r)]


def prove(k: Kernel) -> None:
    """The value of the network is right at every sorted point."""
    _division(k)
    group, rest = quotient(q), remainder(q)
    neuron = z3.If(sign(group) == 1, rest, a2 - 1 - rest)
    k.prove(
        "theorem3_sorted.place",
        "Place q is a point of the zigzag.",
        (q,),
        PLACE,
        z3.And(group >= 0, group < r, neuron >= 0, neuron < a2, place(group, neuron) == q),
        [
            k.at("theorem3_sorted.division", q),
            k.at("groups"),
            k.at("group.monotone", r, group),
            k.at("zigzag.place", group, neuron),
        ],
    )
    k.prove(
        "theorem3_sorted",
        "Theorem 3 for sorted data, any separating breakpoints, any C and z beyond the thresholds.",
        (q,),
        PLACE,
        f(ts(q)) == ys(q),
        [
            k.at("theorem3_sorted.place", q),
            k.at("zigzag", group, neuron),
            k.at("zigzag.output", group, neuron),
            k.at("output", group, neuron),
        ],
    )


def _division(k: Kernel) -> None:
    """q = start(quotient) + remainder, 0 <= remainder < a2."""
    full = remainder(q - 1) + 1 == a2
    words = "remainder(q) counts up to a2 - 1 and starts again from 0."
    more = z3.If(full, z3.IntVal(0), remainder(q - 1) + 1)
    cases = [(q == 0, z3.IntVal(0)), (q > 0, more)]
    k.define("theorem3_sorted.remainder", words, remainder, (q,), cases, q)
    words = "quotient(q) goes up by one whenever the remainder starts again."
    more = z3.If(full, quotient(q - 1) + 1, quotient(q - 1))
    cases = [(q == 0, z3.IntVal(0)), (q > 0, more)]
    k.define("theorem3_sorted.quotient", words, quotient, (q,), cases, q)
    group, rest = quotient(q), remainder(q)
    k.induct(
        "theorem3_sorted.division",
        "Place q is place remainder(q) of group quotient(q).",
        q,
        0,
        (q,),
        [],
        z3.And(start(group) + rest == q, rest >= 0, rest < a2, group >= 0),
        base=[
            k.at("theorem3_sorted.remainder", 0),
            k.at("theorem3_sorted.quotient", 0),
            k.at("group", 0),
            k.at("width"),
        ],
        step=[
            k.at("theorem3_sorted.remainder", q + 1),
            k.at("theorem3_sorted.quotient", q + 1),
            k.at("group", group + 1),
        ],
    )
