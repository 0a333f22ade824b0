"""Theorem 3: the network of the file meets every row of any dataset of N <= a1 a2 distinct rows.

What is left to choose is K. With B the running maximum of |d| + 1/|d| over all coordinate
differences d that are not 0 (and 1), gap = 1/B and K = 1 + B^2 will do.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.projection import CHANGE, COLUMN, ROWS
from proofs.theorems.symbols import ONE, TRUE, ZERO, K, N, gap, m, n, row, row2, size, wide, wider, widest
from proofs.theorems.symbols import col as l  # noqa: E741

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"


def prove(k: Kernel) -> None:
    """Theorem 3 has no assumption left but the task itself."""
    proofs = _spread(k)
    a = k["injective"]
    k.prove("theorem3.injective", a.words, a.variables, a.hypotheses, a.conclusion,
            [k.at("projection", row, row2)])  # fmt: skip
    words = "With the K-projection different rows have different projected inputs."
    apart = k.discharge("theorem3.apart", words, k["theorem3.injective"], proofs)
    k.discharge(
        "theorem3",
        "Theorem 3: for any N <= a1 a2 distinct rows the network meets every row exactly.",
        k["theorem3_injective"],
        {"injective": apart},
    )


def _spread(k: Kernel):
    """gap and K exist."""
    _size(k)
    _maximum(k)
    whole = wide(N)
    words = "gap is one over the running maximum."
    positive = [k.at("theorem3.one", N), k.at("rows")]
    k.define("theorem3.gap", words, gap, (), [(TRUE, 1 / whole)], using=positive)
    words = "K is one more than the square of the running maximum."
    k.define("theorem3.K", words, K, (), [(TRUE, 1 + whole * whole)])
    known = [*positive, k.at("theorem3.gap"), k.at("theorem3.K")]
    a = k["spread.base"]
    base = k.prove("theorem3.base", a.words, a.variables, a.hypotheses, a.conclusion, known)
    k.prove(
        "theorem3.product",
        "gap times the running maximum is 1, and gap (K - 1) is the running maximum.",
        (),
        [],
        z3.And(gap * whole == 1, gap * (K - 1) == whole),
        known,
    )
    a = k["spread"]
    spread = k.prove(
        "theorem3.spread",
        a.words,
        a.variables,
        a.hypotheses,
        a.conclusion,
        [
            k.at("theorem3.product"),
            k.at("theorem3.size", row, row2, l),
            k.at("theorem3.all", row, row2, l),
        ],
    )
    return {"spread.base": base, "spread": spread}


def _size(k: Kernel) -> None:
    """One number bounds a difference and its inverse."""
    words = "size(k, k2, l) is |d| + 1/|d| for the difference d of coordinate l, and 0 for d = 0."
    cases = [
        (CHANGE == 0, ZERO),
        (CHANGE > 0, CHANGE + 1 / CHANGE),
        (CHANGE < 0, -CHANGE - 1 / CHANGE),
    ]
    k.define("theorem3.magnitude", words, size, (row, row2, l), cases)
    large = size(row, row2, l)
    k.prove(
        "theorem3.size",
        "A difference is at most its size, and times its size at least 1 unless it is 0.",
        (row, row2, l),
        [],
        z3.And(
            CHANGE <= large,
            -CHANGE <= large,
            z3.Or(CHANGE == 0, CHANGE * large >= 1, -CHANGE * large >= 1),
        ),
        [k.at("theorem3.magnitude", row, row2, l)],
    )


def _running(k: Kernel, name, words, symbol, fixed, value, index):
    """The symbol is the running maximum of 1 and the values before the index."""
    old = symbol(*fixed, index - 1)
    last = z3.substitute(value, (index, index - 1))
    cases = [(index == 0, ONE), (index > 0, z3.If(last > old, last, old))]
    k.define(name, words, symbol, (*fixed, index), cases, index)
    k.induct(
        f"{name}_bound",
        f"{symbol.name()} is not below any of its values.",
        m,
        index + 1,
        (*fixed, index, m),
        [index >= 0],
        value <= symbol(*fixed, m),
        base=[k.at(name, *fixed, index + 1)],
        step=[k.at(name, *fixed, m + 1)],
    )


def _maximum(k: Kernel) -> None:
    """Three running maxima, over coordinates, second rows and first rows, bound every size."""
    words = "widest(k, k2, l) is the greatest of 1 and the sizes of the first l coordinates."
    _running(k, "theorem3.columns", words, widest, (row, row2), size(row, row2, l), l)
    words = "wider(k, k2) is the greatest of 1 and the sizes for row k against the first k2 rows."
    _running(k, "theorem3.partners", words, wider, (row,), widest(row, row2, n), row2)
    words = "wide(k) is the greatest of 1 and the sizes for the first k rows against all."
    _running(k, "theorem3.rows", words, wide, (), wider(row, N), row)
    k.induct(
        "theorem3.one",
        "The running maximum over all rows is at least 1.",
        m,
        0,
        (m,),
        [],
        wide(m) >= 1,
        base=[k.at("theorem3.rows", 0)],
        step=[k.at("theorem3.rows", m + 1)],
    )
    k.prove(
        "theorem3.all",
        "Every size is at most the running maximum over all rows.",
        (row, row2, l),
        [*ROWS, *COLUMN],
        size(row, row2, l) <= wide(N),
        [
            k.at("theorem3.columns_bound", row, row2, l, n),
            k.at("theorem3.partners_bound", row, row2, N),
            k.at("theorem3.rows_bound", row, N),
        ],
    )
