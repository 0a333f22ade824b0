"""Theorem 1 of Zhang et al.: one hidden layer of N neurons meets any N distinct rows, with 2N + n numbers.

The network of the file has no bias in its output. Run on row k it is the sum of the hinges at the projected input; the
rows are sorted by rank, and the projection keeps them apart, as for theorem3.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, A, N, Y, dot, first, m, n, order, q, rank, relu, row
from proofs.theorems.zhang_line import SOURCE, begin, bend, hinges, tz, yz

__all__ = ["SOURCE"]
b1 = z3.Function("b1_zhang", INT, REAL)
w = z3.Function("W2_zhang", INT, REAL)
h1 = z3.Function("h1_zhang", INT, INT, REAL)
second = z3.Function("second_zhang", INT, INT, REAL)
F = z3.Function("F_zhang", INT, REAL)
ROW = [row >= 0, row < N]


def prove(k: Kernel) -> None:
    """The network meets every row, and so does the one with a ReLU as its output."""
    _network(k)
    here, place = dot(row, n), rank(row, N)
    k.induct(
        "zhang.partial",
        "The sums over neurons are those of the hinges at the projected input.",
        m,
        0,
        (row, m),
        [],
        second(row, m) == hinges(m, here),
        base=[k.at("zhang.second", row, 0), k.at("zhang_line.sum", 0, here)],
        step=[
            k.at("zhang.second", row, m + 1),
            k.at("zhang_line.sum", m + 1, here),
            k.at("zhang.h1", row, m),
            k.at("zhang.b1", m),
            k.at("zhang.W2", m),
            k.at("inputs"),
            k.at("forward.projection", row, m, n),
        ],
    )
    k.prove(
        "zhang.row",
        "If p keeps the rows apart and the sorted list increases, the network meets every row.",
        (row,),
        ROW,
        F(row) == Y(row),
        [
            k.at("zhang.value", row),
            k.at("zhang.partial", row, N),
            k.at("zhang_line", place),
            k.at("ranking.inverse", row),
            k.at("zhang.inputs", place),
            k.at("zhang.outputs", place),
        ],
    )
    words = "If p gives different rows different projected inputs, the network meets every row."
    injective = k.discharge("zhang.injective", words, k["zhang.row"], {"ascending": _ascending(k)})
    words = "Theorem 1 of Zhang et al.: N neurons in one hidden layer meet any N distinct rows exactly."
    k.discharge("zhang", words, injective, {"injective": k["theorem3.apart"]})
    k.prove(
        "zhang.rectified",
        "With a ReLU as its output, behind a shift A >= -Y(k), it meets row k too; other inputs are left open.",
        (row, A),
        [*ROW, A + Y(row) >= 0],
        relu(F(row) + A) - A == Y(row),
        [k.at("zhang", row), k.at("network.relu", F(row) + A)],
    )


def _network(k: Kernel) -> None:
    """The sorted list, the weights as written to the file, and the forward pass."""
    listed = z3.And(q >= 0, q < N)
    k.define("zhang.inputs", "tz is the sorted list of projected inputs.", tz, (q,), [(listed, dot(order(N, q), n))])
    k.define("zhang.outputs", "yz holds the outputs in the sorted order.", yz, (q,), [(listed, Y(order(N, q)))])
    k.define("zhang.b1", "b1[m] = -begin(m).", b1, (m,), [(TRUE, -begin(m))])
    k.define("zhang.W2", "W2[m] is the bend at hinge m.", w, (m,), [(TRUE, bend(m))])
    words = "h1(k, m) is relu of the sum over all coordinates plus b1[m]; every row of W1 is p."
    k.define("zhang.h1", words, h1, (row, m), [(TRUE, relu(first(row, m, n) + b1(m)))])
    words = "second(k, m) sums W2 times h1 over the first m neurons."
    more = second(row, m - 1) + w(m - 1) * h1(row, m - 1)
    k.define("zhang.second", words, second, (row, m), [(m == 0, ZERO), (m > 0, more)], m)
    k.define("zhang.value", "F(k) is the sum over all N neurons.", F, (row,), [(TRUE, second(row, N))])


def _ascending(k: Kernel):
    """The sorted list increases."""
    a = k["ascending"]
    using = [k.at("zhang.inputs", q), k.at("zhang.inputs", q + 1), k.at("ranking.sorted", q)]
    return k.prove("zhang.ascending", a.words, a.variables, a.hypotheses, a.conclusion, using)
