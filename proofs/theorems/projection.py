"""p = (1, K, K^2, ...) gives different rows different projected inputs.

It is enough that no coordinate difference exceeds gap (K - 1), and that none but 0 is below gap.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.ranking import HERE, RANGE, THERE
from proofs.theorems.symbols import ONE, K, X, dot, gap, m, n, p, row, row2, witness
from proofs.theorems.symbols import col as l  # noqa: E741

SOURCE = "this project, construction interpolant"
ROWS = RANGE[:4]
COLUMN = [l >= 0, l < n]
CHANGE = X(row, l) - X(row2, l)


def difference(upto: z3.ArithRef) -> z3.ArithRef:
    """The term is the difference of the two rows' projections over the first coordinates."""
    return dot(row, upto) - dot(row2, upto)


def prove(k: Kernel) -> None:
    """Rows that differ somewhere have projections at least gap apart."""
    k.parameter(K, gap, witness)
    k.assume("spread.base", "gap > 0 and K >= 1.", (), [], z3.And(gap > 0, K >= 1))
    limit = gap * (K - 1)
    bounded = z3.And(CHANGE <= limit, -CHANGE <= limit)
    separated = z3.Or(CHANGE == 0, CHANGE >= gap, -CHANGE >= gap)
    words = "A coordinate difference is 0 or at least gap, and at most gap (K - 1)."
    where = [*ROWS, *COLUMN]
    k.assume("spread", words, (row, row2, l), where, z3.And(bounded, separated))
    differs = z3.And(
        witness(row, row2) >= 0,
        witness(row, row2) < n,
        X(row, witness(row, row2)) != X(row2, witness(row, row2)),
    )
    words = "Different rows differ in some coordinate, called their witness."
    k.assume("distinct", words, (row, row2), RANGE, differs)
    _powers(k)
    _bound(k)
    _apart(k)
    k.prove(
        "projection",
        "Different rows have different projected inputs.",
        (row, row2),
        RANGE,
        HERE != THERE,
        [
            k.at("distinct", row, row2),
            k.at("projection.apart", row, row2, witness(row, row2), n),
            k.at("spread.base"),
        ],
    )


def _powers(k: Kernel) -> None:
    """p is the list of powers of K, all positive."""
    words = "p(0) = 1, and each entry of p is K times the one before."
    cases = [(l == 0, ONE), (l > 0, K * p(l - 1))]
    k.define("projection.powers", words, p, (l,), cases, l)
    k.induct(
        "projection.positive",
        "Every entry of p is positive.",
        l,
        0,
        (l,),
        [],
        p(l) > 0,
        base=[k.at("projection.powers", 0)],
        step=[
            k.at("projection.powers", l + 1),
            k.at("spread.base"),
        ],
    )


def _bound(k: Kernel) -> None:
    """The first l coordinates cannot reach the next power."""
    reach = gap * (p(l) - 1)
    k.induct(
        "projection.bound",
        "Over the first l coordinates projections differ by at most gap (p(l) - 1).",
        l,
        0,
        (row, row2, l),
        [*ROWS, l <= n],
        z3.And(difference(l) <= reach, -difference(l) <= reach),
        base=[
            k.at("ranking.dot", row, 0),
            k.at("ranking.dot", row2, 0),
            k.at("projection.powers", 0),
        ],
        step=[
            k.at("ranking.dot", row, l + 1),
            k.at("ranking.dot", row2, l + 1),
            k.at("projection.powers", l + 1),
            k.at("projection.positive", l),
            k.at("spread", row, row2, l),
        ],
    )


def _apart(k: Kernel) -> None:
    """The last coordinate that differs decides."""
    words = "Two rows that differ at coordinate l have projections up to it at least gap apart."
    apart = z3.Or(difference(l + 1) >= gap, -difference(l + 1) >= gap)
    k.prove(
        "projection.last",
        words,
        (row, row2, l),
        [*ROWS, *COLUMN, CHANGE != 0],
        apart,
        [
            k.at("ranking.dot", row, l + 1),
            k.at("ranking.dot", row2, l + 1),
            k.at("projection.bound", row, row2, l),
            k.at("spread", row, row2, l),
        ],
    )
    apart = z3.Or(difference(m) >= gap, -difference(m) >= gap)
    k.induct(
        "projection.apart",
        "Two rows that differ at coordinate l have projections at least gap apart from l+1 on.",
        m,
        l + 1,
        (row, row2, l, m),
        [*ROWS, l >= 0, m <= n, CHANGE != 0],
        apart,
        base=[k.at("projection.last", row, row2, l)],
        step=[
            k.at("projection.last", row, row2, m),
            k.at("ranking.dot", row, m + 1),
            k.at("ranking.dot", row2, m + 1),
        ],
    )
