"""Sorted data: a later place has a larger projected input."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import m, q, r, start, ts, ys

SOURCE = "this project, construction interpolant"


def prove(k: Kernel) -> None:
    """Neighbours in order give the whole order."""
    k.parameter(ts, ys)
    k.assume(
        "sorted",
        "Neighbouring projected inputs of the list increase.",
        (q,),
        [q >= 0, q + 1 < start(r)],
        ts(q) < ts(q + 1),
    )
    k.induct(
        "order",
        "A later place has a larger projected input.",
        m,
        q + 1,
        (q, m),
        [q >= 0, m < start(r)],
        ts(q) < ts(m),
        base=[k.at("sorted", q)],
        step=[k.at("sorted", m)],
    )
