"""A sorted order of the rows exists: order(N, q) is the row with exactly q rows below it.

Row m is inserted into the sorted list of the rows before it, at the place that counts how many
of those lie below it. No choice and no appeal to a sorting program: two counts and an insertion.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ZERO, N, X, dot, m, n, order, p, q, rank, row, row2
from proofs.theorems.symbols import col as l  # noqa: E741

SOURCE = "this project, construction interpolant: that a sorted order exists"
HERE, THERE = dot(row, n), dot(row2, n)
RANGE = [row >= 0, row < N, row2 >= 0, row2 < N, row != row2]


def prove(k: Kernel) -> None:
    """Rank and order are inverse to each other, and the order is sorted."""
    k.parameter(N, n, X, p)
    words = "dot(k, l) sums p times row k over the first l coordinates."
    more = dot(row, l - 1) + p(l - 1) * X(row, l - 1)
    k.define("ranking.dot", words, dot, (row, l), [(l == 0, ZERO), (l > 0, more)], l)
    words = "Different rows have different projected inputs."
    k.assume("injective", words, (row, row2), RANGE, HERE != THERE)
    _rank(k)
    _order(k)
    known = [k.at("ranking.order", q, N), k.at("ranking.order", q + 1, N)]
    k.prove(
        "ranking.sorted",
        "The projected inputs increase along the order.",
        (q,),
        [q >= 0, q + 1 < N],
        dot(order(N, q), n) < dot(order(N, q + 1), n),
        [*known, k.at("ranking.monotone", order(N, q + 1), order(N, q), N)],
    )


def _rank(k: Kernel) -> None:
    """Ranks count, and follow the projected inputs."""
    words = "rank(k, m) counts the rows before row m whose projected input is below that of k."
    more = rank(row, m - 1) + z3.If(dot(m - 1, n) < HERE, 1, 0)
    cases = [(m == 0, z3.IntVal(0)), (m > 0, more)]
    k.define("ranking", words, rank, (row, m), cases, m)
    both = [k.at("ranking", row, m + 1), k.at("ranking", row2, m + 1)]
    k.induct(
        "ranking.range",
        "A rank among m rows lies between 0 and m.",
        m,
        0,
        (row, m),
        [],
        z3.And(rank(row, m) >= 0, rank(row, m) <= m),
        base=[k.at("ranking", row, 0)],
        step=both[:1],
    )
    k.induct(
        "ranking.monotone",
        "A row that does not lie above another does not rank above it.",
        m,
        0,
        (row, row2, m),
        [HERE <= THERE],
        rank(row, m) <= rank(row2, m),
        base=[k.at("ranking", row, 0), k.at("ranking", row2, 0)],
        step=both,
    )
    k.induct(
        "ranking.strict",
        "A row that lies below another ranks below it, once it is counted itself.",
        m,
        row + 1,
        (row, row2, m),
        [row >= 0, HERE < THERE],
        rank(row, m) < rank(row2, m),
        base=[
            k.at("ranking", row, row + 1),
            k.at("ranking", row2, row + 1),
            k.at("ranking.monotone", row, row2, row),
        ],
        step=both,
    )
    k.induct(
        "ranking.counted",
        "A row among m rows ranks below m, since it does not lie below itself.",
        m,
        row + 1,
        (row, m),
        [row >= 0],
        rank(row, m) < m,
        base=[k.at("ranking", row, row + 1), k.at("ranking.range", row, row)],
        step=both[:1],
    )


def _order(k: Kernel) -> None:
    """Insertion at the rank keeps order and rank inverse."""
    new = rank(m - 1, m - 1)
    later = z3.If(q == new, m - 1, order(m - 1, q - 1))
    words = "order(m): row m-1 is inserted at place rank(m-1, m-1) of the order of the rows before."
    cases = [(m > 0, z3.If(q < new, order(m - 1, q), later))]
    k.define("ranking.insertion", words, order, (m, q), cases, m)
    here, before = order(m, q), order(m, q - 1)
    k.induct(
        "ranking.order",
        "order(m, q) is a row before row m, and ranks q among the first m rows.",
        m,
        1,
        (q, m),
        [q >= 0, q < m, m <= N],
        z3.And(here >= 0, here < m, rank(here, m) == q),
        base=[
            k.at("ranking.insertion", 1, q),
            k.at("ranking", 0, 0),
            k.at("ranking", 0, 1),
        ],
        step=[
            k.at("ranking.insertion", m + 1, q),
            k.at("ranking", here, m + 1),
            k.at("ranking", before, m + 1),
            k.at("ranking", m, m + 1),
            k.at("ranking.range", m, m),
            k.at("ranking.monotone", m, here, m),
            k.at("ranking.strict", before, m, m),
            k.at("injective", m, before),
        ],
        vary=[(q, q - 1)],
    )
    found = order(N, rank(row, N))
    k.prove(
        "ranking.inverse",
        "Every row stands in the order, at the place of its rank.",
        (row,),
        [row >= 0, row < N],
        z3.And(rank(row, N) >= 0, rank(row, N) < N, found == row),
        [
            k.at("ranking.range", row, N),
            k.at("ranking.counted", row, N),
            k.at("ranking.order", rank(row, N), N),
            k.at("ranking.strict", row, found, N),
            k.at("ranking.strict", found, row, N),
            k.at("injective", row, found),
        ],
    )
