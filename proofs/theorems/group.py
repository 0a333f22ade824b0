"""Group i holds the a2 places from start(i) = i a2 on, and every group lies inside the list."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import a2, i, m, r, start

SOURCE = "this project, construction interpolant"


def prove(k: Kernel) -> None:
    """The groups are consecutive, i a2 long, and end at r a2."""
    k.parameter(a2, r)
    k.assume("width", "There is at least one second-layer neuron: a2 >= 1.", (), [], a2 >= 1)
    words = "Group 0 starts at place 0, and each group a2 places after the one before."
    cases = [(i == 0, z3.IntVal(0)), (i > 0, start(i - 1) + a2)]
    k.define("group", words, start, (i,), cases, i)
    k.induct(
        "group.product",
        "Group i starts at place i a2.",
        i,
        0,
        (i,),
        [],
        start(i) == i * a2,
        base=[k.at("group", 0)],
        step=[k.at("group", i + 1)],
    )
    k.induct(
        "group.monotone",
        "Later groups do not start earlier.",
        m,
        i,
        (i, m),
        [i >= 0],
        start(i) <= start(m),
        step=[k.at("group", m + 1), k.at("width")],
    )
    k.prove(
        "group.inside",
        "A group among the first r starts at or after place 0 and ends at or before start(r).",
        (i,),
        [i >= 0, i < r],
        z3.And(start(i) >= 0, start(i) + a2 <= start(r)),
        [
            k.at("group", 0),
            k.at("group", i + 1),
            k.at("group.monotone", 0, i),
            k.at("group.monotone", i + 1, r),
        ],
    )
