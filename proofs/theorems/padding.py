"""N <= a1 a2 rows are sorted into r = ceil(N / a2) groups; the last group is filled up.

The filling points lie 1, 2, ... beyond the last one and repeat its output.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import TRUE, N, Y, a1, a2, dot, f, n, order, q, quotient, r, rank, row, start, ts, ys

SOURCE = "this project, construction interpolant"


def prove(k: Kernel) -> None:
    """The padded sorted list satisfies what theorem3_sorted assumes, and holds every row."""
    k.parameter(Y)
    k.assume("rows", "There is at least one row: N >= 1.", (), [], N >= 1)
    k.assume("neurons", "There is at least one first-layer neuron: a1 >= 1.", (), [], a1 >= 1)
    k.assume("enough", "The widths suffice: N <= a1 a2.", (), [], N <= a1 * a2)
    _define(k)
    proofs = {"sorted": _sorted(k), "groups": _groups(k)}
    place = rank(row, N)
    k.prove(
        "padding.row",
        "The network's value at the projected input of every row is its output.",
        (row,),
        [row >= 0, row < N],
        f(dot(row, n)) == Y(row),
        [
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
            k.at("padding.room"),
            k.at("theorem3_sorted", place),
        ],
    )
    k.discharge(
        "padding",
        "Any N <= a1 a2 rows with different projected inputs are met on the projected line.",
        k["padding.row"],
        proofs,
    )


def _define(k: Kernel) -> None:
    """The sorted list and its number of groups are named."""
    row_at = order(N, q)
    listed, filled = z3.And(q >= 0, q < N), z3.And(q > 0, q >= N)
    words = "ts is the sorted list of projected inputs, continued by steps of 1."
    cases = [(listed, dot(row_at, n)), (filled, ts(q - 1) + 1)]
    k.define("padding.inputs", words, ts, (q,), cases, q)
    words = "ys holds the outputs in the sorted order, the last one repeated."
    cases = [(listed, Y(row_at)), (filled, ys(q - 1))]
    k.define("padding.outputs", words, ys, (q,), cases, q)
    words = "r is one more than the group of the last row: N / a2 rounded up."
    k.define("padding.groups", words, r, (), [(TRUE, quotient(N - 1) + 1)])


def _sorted(k: Kernel):
    """The padded list increases."""
    a = k["sorted"]
    return k.prove(
        "padding.sorted",
        "The padded list increases.",
        a.variables,
        a.hypotheses[:1],
        a.conclusion,
        [k.at("padding.inputs", q), k.at("padding.inputs", q + 1), k.at("ranking.sorted", q)],
    )


def _groups(k: Kernel):
    """The groups hold all rows and do not exceed a1."""
    last = quotient(N - 1)
    common = [k.at("rows"), k.at("padding.groups"), k.at("theorem3_sorted.division", N - 1)]
    k.prove(
        "padding.room",
        "The r groups have room for all N rows.",
        (),
        [],
        N <= start(r),
        [*common, k.at("group", r)],
    )
    a = k["groups"]
    return k.prove(
        "padding.fit",
        "The rows need at most a1 groups.",
        a.variables,
        a.hypotheses,
        a.conclusion,
        [
            *common,
            k.at("enough"),
            k.at("group.product", a1),
            k.at("group.monotone", a1, last),
        ],
    )
