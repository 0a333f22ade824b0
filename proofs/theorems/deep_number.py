"""Hidden widths (2, 2), or more, meet any N <= 6 distinct rows.

The network of deep_number_network, run at the projected input. A further neuron is not read.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import PLACE, SOURCE, TRUE, ZERO, td, up, way, yd
from proofs.theorems.deep_number_network import NET, gain, pre, value
from proofs.theorems.forward import define_pass
from proofs.theorems.symbols import INT, REAL, N, X, Y, a1, a2, dot, j, m, n, p, q, rank, row, ts, ys
from proofs.theorems.symbols import col as l  # noqa: E741

__all__ = ["SOURCE"]
W1 = z3.Function("W1_deep", INT, INT, REAL)
HERE = way * dot(row, n)


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _line(k)
    _network(k)
    _layers(k)
    place = rank(row, N)
    k.prove(
        "deep_number.row",
        "If p keeps the rows apart, hidden widths of at least 2 and 2 meet any N <= 6 rows.",
        (row,),
        [row >= 0, row < N, N <= 6, a1 >= 2, a2 >= 2],
        NET.F(row) == Y(row),
        [
            k.at("deep_number.value", row),
            k.at("deep_number.third_two", row, a2),
            k.at("deep_number.line", place),
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
        ],
    )
    words = "Hidden widths (2, 2), or more, meet any N <= 6 distinct rows."
    k.discharge("deep_number", words, k["deep_number.row"], {"injective": k["theorem3.apart"]})


def _line(k: Kernel) -> None:
    """The network on the line."""
    k.prove(
        "deep_number.turned",
        "The value at each of the six turned points.",
        (q,),
        PLACE,
        value(td(q)) == up * yd(q),
        [k.at(f"deep_number_{case}.{place}") for case in ("crossed", "plain") for place in range(6)],
    )
    k.prove(
        "deep_number.line",
        "The value at each of the six points, seen the way of the network.",
        (q,),
        PLACE,
        value(way * ts(q)) == ys(q),
        [
            k.at("deep_number_data.way"),
            k.at("deep_number_data.up"),
            *(k.at(f"deep_number_data.{part}", place) for part in ("input", "output") for place in (q, 5 - q)),
            *(k.at("deep_number.turned", place) for place in (q, 5 - q)),
        ],
    )


def _network(k: Kernel) -> None:
    """W3 relu(W2 relu(W1 x + b1) + b2) + b3 at row k, summed as a network sums."""
    words = "Row m of W1 is p, times way and the gain of neuron m."
    k.define("deep_number.W1", words, W1, (m, l), [(TRUE, way * gain(m) * p(l))])
    words = "first(k, m, l) sums W1[m] times row k over the first l coordinates."
    more = NET.first(row, m, l - 1) + W1(m, l - 1) * X(row, l - 1)
    k.define("deep_number.first", words, NET.first, (row, m, l), [(l == 0, ZERO), (l > 0, more)], l)
    define_pass(k, "deep_number", NET)


def _layers(k: Kernel) -> None:
    """Layer by layer it is the network on the line, at the projected input."""
    k.induct(
        "deep_number.projection",
        "The coordinates of a row add up to the projected input, times way and the gain of the neuron.",
        l,
        0,
        (row, m, l),
        [],
        NET.first(row, m, l) == way * gain(m) * dot(row, l),
        base=[k.at("deep_number.first", row, m, 0), k.at("ranking.dot", row, 0)],
        step=[
            k.at("deep_number.first", row, m, l + 1),
            k.at("ranking.dot", row, l + 1),
            k.at("deep_number.W1", m, l),
        ],
    )
    k.induct(
        "deep_number.second_two",
        "Of the first layer neurons 0 and 1 are read.",
        m,
        2,
        (row, j, m),
        [],
        NET.second(row, j, m) == NET.W2(j, 0) * NET.h1(row, 0) + NET.W2(j, 1) * NET.h1(row, 1),
        base=[k.at("deep_number.second", row, j, count) for count in range(3)],
        step=[k.at("deep_number.second", row, j, m + 1), k.at("deep_number_network.W2", j, m)],
    )
    k.prove(
        "deep_number.activation",
        "Neuron j of the second layer at row k.",
        (row, j),
        [a1 >= 2],
        NET.second(row, j, a1) + NET.b2(j) == pre(j, HERE),
        [
            k.at("inputs"),
            k.at("deep_number.second_two", row, j, a1),
            k.at("deep_number_network.pre", j, HERE),
            *(k.at("deep_number.h1", row, place) for place in (0, 1)),
            *(k.at("deep_number.projection", row, place, n) for place in (0, 1)),
        ],
    )
    k.induct(
        "deep_number.third_two",
        "Of the second layer neurons 0 and 1 are read.",
        j,
        2,
        (row, j),
        [a1 >= 2],
        NET.third(row, j) + NET.b3 == value(HERE),
        base=[
            *(k.at("deep_number.third", row, count) for count in range(3)),
            *(k.at("deep_number.h2", row, place) for place in (0, 1)),
            *(k.at("deep_number.activation", row, place) for place in (0, 1)),
            k.at("deep_number_network.value", HERE),
        ],
        step=[k.at("deep_number.third", row, j + 1), k.at("deep_number_network.W3", j)],
    )
