"""Two hidden layers meet what the second alone meets: one first-layer neuron as the identity, above all points."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems import lower_second
from proofs.theorems.forward import Pass, define_pass
from proofs.theorems.shallow_number_row import SOURCE, bias, factor, largest, lift, line, weight
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, N, Y, a1, a2, dot, j, m, n, rank, row, ts

__all__ = ["SOURCE"]
NET = Pass(
    lower_second.NET.b1,
    z3.Function("W2_number_second", INT, INT, REAL),
    z3.Function("b2_number_second", INT, REAL),
    z3.Function("W3_number_second", INT, REAL),
    z3.Real("b3_number_second"),
    z3.Function("h1_number_second", INT, INT, REAL),
    z3.Function("second_number_second", INT, INT, INT, REAL),
    z3.Function("h2_number_second", INT, INT, REAL),
    z3.Function("third_number_second", INT, INT, REAL),
    z3.Function("F_number_second", INT, REAL),
)


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    here, place = dot(row, n), rank(row, N)
    k.induct(
        "shallow_number_second.partial",
        "Of the first layer neuron 0 alone is read; it carries the projected input, shifted to be positive.",
        m,
        1,
        (row, j, m),
        [row >= 0, row < N],
        NET.second(row, j, m) == factor(a2, j) * (here - ts(0) + 1),
        base=[
            *(k.at("shallow_number_second.second", row, j, count) for count in (0, 1)),
            k.at("shallow_number_second.W2", j, 0),
            k.at("shallow_number_second.h1", row, 0),
            k.at("lower_second.h1", row, 0),
            k.at("lower_second.identity", row),
        ],
        step=[
            k.at("shallow_number_second.second", row, j, m + 1),
            k.at("shallow_number_second.W2", j, m),
        ],
    )
    k.induct(
        "shallow_number_second.neurons",
        "The sums over second-layer neurons are those of the neurons at the projected input.",
        j,
        0,
        (row, j),
        [row >= 0, row < N],
        NET.third(row, j) == line(a2, j, here),
        base=[k.at("shallow_number_second.third", row, 0), k.at("shallow_number_row.sum", a2, 0, here)],
        step=[
            k.at("shallow_number_second.third", row, j + 1),
            k.at("shallow_number_row.sum", a2, j + 1, here),
            k.at("shallow_number_second.W3", j),
            k.at("shallow_number_second.h2", row, j),
            k.at("shallow_number_second.b2", j),
            k.at("shallow_number_second.partial", row, j, a1),
            k.at("neurons"),
        ],
    )
    k.prove(
        "shallow_number_second.row",
        "If p keeps the rows apart, widths a1 and a2 meet any N <= largest(a2) rows.",
        (row,),
        [row >= 0, row < N, N <= largest(a2)],
        NET.F(row) == Y(row),
        [
            k.at("width"),
            k.at("shallow_number_second.value", row),
            k.at("shallow_number_second.b3"),
            k.at("shallow_number_second.neurons", row, a2),
            k.at("shallow_number_row", a2, place),
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
        ],
    )
    words = "Widths a1 and a2 meet any N <= largest(a2) distinct rows: a2 + 2 from a2 = 3 on."
    k.discharge("shallow_number_second", words, k["shallow_number_second.row"], {"injective": k["theorem3.apart"]})


def _weights(k: Kernel) -> None:
    """The weights of the second layer and of the output."""
    words = "W2 reads first-layer neuron 0 only, by the factors."
    k.define("shallow_number_second.W2", words, NET.W2, (j, m), [(m == 0, factor(a2, j)), (m > 0, ZERO)])
    words = "b2[j] is the bias of neuron j, for an input that is 1 - ts(0) more."
    k.define("shallow_number_second.b2", words, NET.b2, (j,), [(TRUE, bias(a2, j) + factor(a2, j) * (ts(0) - 1))])
    k.define("shallow_number_second.W3", "W3 holds the output weights.", NET.W3, (j,), [(TRUE, weight(a2, j))])
    k.define("shallow_number_second.b3", "b3 is the last bias.", NET.b3, (), [(TRUE, lift(a2))])
    define_pass(k, "shallow_number_second", NET)
