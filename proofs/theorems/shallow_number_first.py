"""Two hidden layers meet what the first alone meets: one second-layer neuron as the identity, above a base."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.forward import Pass, define_pass
from proofs.theorems.lower_first import base
from proofs.theorems.shallow_number import W2, b1, b2, first, second
from proofs.theorems.shallow_number_row import SOURCE, largest
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, N, Y, a1, a2, j, m, rank, row

__all__ = ["SOURCE"]
NET = Pass(
    b1,
    z3.Function("W2_number_first", INT, INT, REAL),
    z3.Function("b2_number_first", INT, REAL),
    z3.Function("W3_number_first", INT, REAL),
    z3.Real("b3_number_first"),
    z3.Function("h1_number_first", INT, INT, REAL),
    z3.Function("second_number_first", INT, INT, INT, REAL),
    z3.Function("h2_number_first", INT, INT, REAL),
    z3.Function("third_number_first", INT, INT, REAL),
    z3.Function("F_number_first", INT, REAL),
    first,
)
ENOUGH = [row >= 0, row < N, N <= largest(a1)]


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    k.induct(
        "shallow_number_first.partial",
        "The sums of a second-layer neuron are those of the network with one hidden layer.",
        m,
        0,
        (row, j, m),
        [],
        NET.second(row, j, m) == second(row, m),
        base=[k.at("shallow_number_first.second", row, j, 0), k.at("shallow_number.second", row, 0)],
        step=[
            k.at("shallow_number_first.second", row, j, m + 1),
            k.at("shallow_number.second", row, m + 1),
            k.at("shallow_number_first.W2", j, m),
            k.at("shallow_number_first.h1", row, m),
            k.at("shallow_number.h1", row, m),
        ],
    )
    k.prove(
        "shallow_number_first.identity",
        "Second-layer neurons carry the output, less the base.",
        (row, j),
        ENOUGH,
        NET.h2(row, j) == Y(row) - base(N),
        [
            k.at("neurons"),
            k.at("shallow_number_first.h2", row, j),
            k.at("shallow_number_first.b2", j),
            k.at("shallow_number_first.partial", row, j, a1),
            k.at("shallow_number.value", row),
            k.at("shallow_number.row", row),
            k.at("ranking.inverse", row),
            k.at("padding.outputs", rank(row, N)),
            k.at("lower_first.minimum", rank(row, N), N),
            k.at("network.relu", NET.second(row, j, a1) + NET.b2(j)),
        ],
    )
    k.induct(
        "shallow_number_first.silent",
        "Second-layer neurons from 1 on add nothing.",
        j,
        1,
        (row, j),
        [],
        NET.third(row, j) == NET.h2(row, 0),
        base=[
            *(k.at("shallow_number_first.third", row, count) for count in (0, 1)),
            k.at("shallow_number_first.W3", 0),
        ],
        step=[k.at("shallow_number_first.third", row, j + 1), k.at("shallow_number_first.W3", j)],
    )
    k.prove(
        "shallow_number_first.row",
        "If p keeps the rows apart, widths a1 and a2 meet any N <= largest(a1) rows.",
        (row,),
        ENOUGH,
        NET.F(row) == Y(row),
        [
            k.at("shallow_number_first.value", row),
            k.at("shallow_number_first.b3"),
            k.at("shallow_number_first.silent", row, a2),
            k.at("shallow_number_first.identity", row, 0),
            k.at("width"),
        ],
    )
    words = "Widths a1 and a2 meet any N <= largest(a1) distinct rows: a1 + 2 from a1 = 3 on."
    k.discharge("shallow_number_first", words, k["shallow_number_first.row"], {"injective": k["theorem3.apart"]})


def _weights(k: Kernel) -> None:
    """The weights of the second layer and of the output."""
    words = "Every row of W2 is that of the network with one hidden layer."
    k.define("shallow_number_first.W2", words, NET.W2, (j, m), [(TRUE, W2(m))])
    k.define("shallow_number_first.b2", "b2 is its bias less the base.", NET.b2, (j,), [(TRUE, b2 - base(N))])
    cases = [(j == 0, ONE), (j > 0, ZERO)]
    k.define("shallow_number_first.W3", "W3 reads neuron 0 only.", NET.W3, (j,), cases)
    k.define("shallow_number_first.b3", "b3 is the base.", NET.b3, (), [(TRUE, base(N))])
    define_pass(k, "shallow_number_first", NET)
