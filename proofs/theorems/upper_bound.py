"""No network of L hidden layers follows a zigzag of more than pieces(L) + 1 teeth.

pieces(L) is the product of width + 1 over the hidden layers. Whatever the weights: a zigzag of
N >= pieces(L) + 2 points on a line is met by no network of these widths.
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import N, q, row
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_symbols import L, ahead, breaks, broken, end, pieces

SOURCE = "this project, pieces of a network on a line"
ALL = ahead(L)


def prove(k: Kernel) -> None:
    """Rise and fall need different lines, so every interval breaks."""
    count = k.at("upper_bound_network.count", L)
    places = [(i, end(side, ALL, i)) for i in (row, row + 1) for side in (0, 1)]
    k.prove(
        "upper_bound.change",
        "From one interval of the zigzag to the next some neuron changes.",
        (row,),
        [row >= 0, row + 2 < N],
        broken(ALL, row) == 1,
        [
            k.at("depth"),
            count,
            k.at("upper_bound_count.unit", ALL, row),
            k.at("upper_bound_same.slope", ALL, ALL, row),
            *(k.at("upper_bound_network", x) for _, x in places),
            *(k.at("upper_bound_frozen", ALL, i, x) for i, x in places),
            *(k.at("upper_bound_frozen.line", ALL, ALL, i, x) for i, x in places),
            *(k.at("upper_bound_cut.direction", ALL, i) for i in (row, row + 1)),
            k.at("sign", row + 1),
        ],
    )
    k.induct(
        "upper_bound.changes",
        "Every interval but the last breaks.",
        q,
        0,
        (q,),
        [q + 2 <= N],
        breaks(ALL, q) == q,
        base=[k.at("upper_bound_count.breaks", ALL, 0)],
        step=[k.at("upper_bound_count.breaks", ALL, q + 1), k.at("upper_bound.change", q)],
    )
    k.prove(
        "upper_bound.teeth",
        "A zigzag of two or more teeth that a network follows has at most pieces(L) + 1.",
        (),
        [N >= 2],
        N <= pieces(L) + 1,
        [k.at("depth"), k.at("upper_bound.changes", N - 2), k.at("upper_bound_count", L, N - 2)],
    )
    k.induct(
        "upper_bound.positive",
        "There is at least one piece.",
        l,
        0,
        (l,),
        [],
        pieces(l) >= 1,
        base=[k.at("upper_bound_network.pieces", 0)],
        step=[k.at("upper_bound_network.pieces", l + 1), k.at("widths", l)],
    )
    k.prove(
        "upper_bound",
        "A zigzag that a network of L hidden layers follows has at most pieces(L) + 1 teeth.",
        (),
        [],
        N <= pieces(L) + 1,
        [k.at("depth"), k.at("upper_bound.teeth"), k.at("upper_bound.positive", L)],
    )
