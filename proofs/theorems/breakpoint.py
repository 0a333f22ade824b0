"""Breakpoints b(0) < group 0 < b(1) < ... < group r-1 < b(r) increase."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import a2, b, i, m, r, start, ts

SOURCE = "this project, construction interpolant: any breakpoints between the groups will do"


def prove(k: Kernel) -> None:
    """The breakpoints increase, strictly from one to the next."""
    k.parameter(b)
    k.assume(
        "separated",
        "b(i) lies left of group i and b(i+1) right of it, for every group i.",
        (i,),
        [i >= 0, i < r],
        z3.And(b(i) < ts(start(i)), ts(start(i) + a2 - 1) < b(i + 1)),
    )
    k.prove(
        "breakpoint",
        "Neighbouring breakpoints increase.",
        (i,),
        [i >= 0, i < r],
        b(i) < b(i + 1),
        [
            k.at("separated", i),
            k.at("group.inside", i),
            k.at("width"),
            k.at("order", start(i), start(i) + a2 - 1),
        ],
    )
    k.induct(
        "breakpoint.monotone",
        "A later breakpoint does not lie further left.",
        m,
        i,
        (i, m),
        [i >= 0, m <= r],
        b(i) <= b(m),
        step=[k.at("breakpoint", m)],
    )
