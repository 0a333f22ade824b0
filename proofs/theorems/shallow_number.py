"""One hidden layer of a1 neurons meets any N <= largest(a1) distinct rows: a1 + 1, and a1 + 2 from a1 = 3 on.

It is the row of shallow_number_row, run at the projected input. By shallow_number_zigzag no more rows always fit.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_row import SOURCE, bias, factor, largest, lift, line, weight
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, N, X, Y, a1, dot, m, n, p, rank, relu, row
from proofs.theorems.symbols import col as l  # noqa: E741

__all__ = ["SOURCE"]
W1 = z3.Function("W1_number", INT, INT, REAL)
b1 = z3.Function("b1_number", INT, REAL)
W2 = z3.Function("W2_number", INT, REAL)
b2 = z3.Real("b2_number")
first = z3.Function("first_number", INT, INT, INT, REAL)
h1 = z3.Function("h1_number", INT, INT, REAL)
second = z3.Function("second_number", INT, INT, REAL)
F = z3.Function("F_number", INT, REAL)


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    _forward(k)
    here, place = dot(row, n), rank(row, N)
    k.induct(
        "shallow_number.projection",
        "The coordinates of a row add up to the projected input, times the factor of the neuron.",
        l,
        0,
        (row, m, l),
        [],
        first(row, m, l) == factor(a1, m) * dot(row, l),
        base=[k.at("shallow_number.first", row, m, 0), k.at("ranking.dot", row, 0)],
        step=[
            k.at("shallow_number.first", row, m, l + 1),
            k.at("ranking.dot", row, l + 1),
            k.at("shallow_number.W1", m, l),
        ],
    )
    k.induct(
        "shallow_number.partial",
        "The sums over neurons are those of the row at the projected input.",
        m,
        0,
        (row, m),
        [],
        second(row, m) == line(a1, m, here),
        base=[k.at("shallow_number.second", row, 0), k.at("shallow_number_row.sum", a1, 0, here)],
        step=[
            k.at("shallow_number.second", row, m + 1),
            k.at("shallow_number_row.sum", a1, m + 1, here),
            k.at("shallow_number.h1", row, m),
            k.at("shallow_number.projection", row, m, n),
            k.at("shallow_number.b1", m),
            k.at("shallow_number.W2", m),
            k.at("inputs"),
        ],
    )
    k.prove(
        "shallow_number.row",
        "If p keeps the rows apart, one hidden layer of a1 neurons meets any N <= largest(a1) rows.",
        (row,),
        [row >= 0, row < N, N <= largest(a1)],
        F(row) == Y(row),
        [
            k.at("neurons"),
            k.at("shallow_number.value", row),
            k.at("shallow_number.b2"),
            k.at("shallow_number.partial", row, a1),
            k.at("shallow_number_row", a1, place),
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
        ],
    )
    words = "One hidden layer of a1 neurons meets any N <= largest(a1) distinct rows: a1 + 2 from a1 = 3 on."
    k.discharge("shallow_number", words, k["shallow_number.row"], {"injective": k["theorem3.apart"]})


def _weights(k: Kernel) -> None:
    """The weights as written to the file."""
    words = "Row m of W1 is p, times the factor of neuron m."
    k.define("shallow_number.W1", words, W1, (m, l), [(TRUE, factor(a1, m) * p(l))])
    k.define("shallow_number.b1", "b1 holds the biases.", b1, (m,), [(TRUE, bias(a1, m))])
    k.define("shallow_number.W2", "W2 holds the output weights.", W2, (m,), [(TRUE, weight(a1, m))])
    k.define("shallow_number.b2", "b2 is the last bias.", b2, (), [(TRUE, lift(a1))])


def _forward(k: Kernel) -> None:
    """W2 relu(W1 x + b1) + b2 at row k, summed as a network sums."""
    words = "first(k, m, l) sums W1[m] times row k over the first l coordinates."
    more = first(row, m, l - 1) + W1(m, l - 1) * X(row, l - 1)
    k.define("shallow_number.first", words, first, (row, m, l), [(l == 0, ZERO), (l > 0, more)], l)
    words = "h1(k, m) is relu of the sum over all coordinates plus b1[m]."
    k.define("shallow_number.h1", words, h1, (row, m), [(TRUE, relu(first(row, m, n) + b1(m)))])
    words = "second(k, m) sums W2 times h1 over the first m neurons."
    more = second(row, m - 1) + W2(m - 1) * h1(row, m - 1)
    k.define("shallow_number.second", words, second, (row, m), [(m == 0, ZERO), (m > 0, more)], m)
    words = "F(k) is the sum over all a1 neurons plus b2: the network's value at row k."
    k.define("shallow_number.value", words, F, (row,), [(TRUE, second(row, a1) + b2)])
