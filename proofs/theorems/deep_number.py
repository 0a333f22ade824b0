"""Hidden widths a1 >= 2 and a2 >= 2 meet any N <= a1 + a2 + 2 distinct rows: 6 for widths (2, 2).

The network of deep_number_hinges, run at the projected input.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems import deep_number_network as two
from proofs.theorems.deep_number_data import SOURCE, TRUE, ZERO, way
from proofs.theorems.deep_number_hinges import WIDE, act, extra, last, out
from proofs.theorems.forward import Pass, define_pass
from proofs.theorems.symbols import INT, REAL, N, X, Y, a1, a2, dot, j, m, n, p, rank, relu, row, ts
from proofs.theorems.symbols import col as l  # noqa: E741

__all__ = ["SOURCE"]
W1 = z3.Function("W1_deep", INT, INT, REAL)
factor = z3.Function("factor_deep", INT, REAL)
carrier = z3.Int("carrier")
NET = Pass(
    z3.Function("b1_deep", INT, REAL),
    z3.Function("W2_deep", INT, INT, REAL),
    z3.Function("b2_deep", INT, REAL),
    z3.Function("W3_deep", INT, REAL),
    z3.Real("b3_deep"),
    z3.Function("h1_deep", INT, INT, REAL),
    z3.Function("second_deep", INT, INT, INT, REAL),
    z3.Function("h2_deep", INT, INT, REAL),
    z3.Function("third_deep", INT, INT, REAL),
    z3.Function("F_deep", INT, REAL),
    z3.Function("first_deep", INT, INT, INT, REAL),
)
PLACE = dot(row, n)
HERE = way * PLACE
RIGHT_ONE = z3.Or(z3.And(j == 0, way == 1), z3.And(j == 1, way == -1))
"""Second-layer neuron j makes the points on the right."""


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    _network(k)
    _first(k)
    _second(k)
    _carried(k)
    _third(k)
    place = rank(row, N)
    k.prove(
        "deep_number.row",
        "If p keeps the rows apart, widths a1 >= 2 and a2 >= 2 meet any N <= a1 + a2 + 2 rows.",
        (row,),
        [row >= 0, row < N, N <= a1 + a2 + 2, *WIDE, a2 >= 2],
        NET.F(row) == Y(row),
        [
            k.at("deep_number.value", row),
            k.at("deep_number.third_sum", row, a2),
            k.at("deep_number_hinges", place),
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
        ],
    )
    words = "Hidden widths a1 >= 2 and a2 >= 2 meet any N <= a1 + a2 + 2 distinct rows: 6 for widths (2, 2)."
    k.discharge("deep_number", words, k["deep_number.row"], {"injective": k["theorem3.apart"]})


def _weights(k: Kernel) -> None:
    """The weights: those of two neurons of each layer, and hinges."""
    words = "factor_deep(m) is what first-layer neuron m multiplies way times its input with."
    k.define("deep_number.factor", words, factor, (m,), [(m < 2, two.gain(m)), (m >= 2, way)])
    words = "Row m of W1 is p, times way and the factor of neuron m."
    k.define("deep_number.W1", words, W1, (m, l), [(TRUE, way * factor(m) * p(l))])
    words = "b1 holds the biases: from neuron 2 on those of hinges at point 5, 6, ..."
    k.define("deep_number.b1", words, NET.b1, (m,), [(m < 2, two.b1(m)), (m >= 2, -ts(m + 3))])
    words = "carrier is the first-layer neuron that is on for all inputs on the right."
    k.define("deep_number.carrier", words, carrier, (), [(TRUE, z3.If(way == 1, z3.IntVal(0), z3.IntVal(1)))])
    cases = [
        (z3.And(j < 2, m < 2), two.W2(j, m)),
        (z3.And(j < 2, m >= 2), z3.If(RIGHT_ONE, extra(m), ZERO)),
        (j >= 2, z3.If(m == carrier, z3.RealVal(1), ZERO)),
    ]
    k.define("deep_number.W2", "From neuron 2 on W2 reads the carrier only.", NET.W2, (j, m), cases)
    words = "b2 holds the biases: from neuron 2 on those of hinges at point a1 + 3, a1 + 4, ..."
    start = z3.If(way == 1, two.knee, -two.middle)
    k.define("deep_number.b2", words, NET.b2, (j,), [(j < 2, two.b2(j)), (j >= 2, start - ts(a1 + j + 1))])
    words = "W3 holds the output weights."
    k.define("deep_number.W3", words, NET.W3, (j,), [(j < 2, two.W3(j)), (j >= 2, last(j))])
    k.define("deep_number.b3", "b3 is that of two neurons of each layer.", NET.b3, (), [(TRUE, two.b3)])


def _network(k: Kernel) -> None:
    """W3 relu(W2 relu(W1 x + b1) + b2) + b3 at row k, summed as a network sums."""
    words = "first(k, m, l) sums W1[m] times row k over the first l coordinates."
    more = NET.first(row, m, l - 1) + W1(m, l - 1) * X(row, l - 1)
    k.define("deep_number.first", words, NET.first, (row, m, l), [(l == 0, ZERO), (l > 0, more)], l)
    define_pass(k, "deep_number", NET)


def _first(k: Kernel) -> None:
    """The first layer at the projected input."""
    k.induct(
        "deep_number.projection",
        "The coordinates of a row add up to the projected input, times way and the factor of the neuron.",
        l,
        0,
        (row, m, l),
        [],
        NET.first(row, m, l) == way * factor(m) * dot(row, l),
        base=[k.at("deep_number.first", row, m, 0), k.at("ranking.dot", row, 0)],
        step=[
            k.at("deep_number.first", row, m, l + 1),
            k.at("ranking.dot", row, l + 1),
            k.at("deep_number.W1", m, l),
        ],
    )
    own = [k.at("deep_number.h1", row, m), k.at("deep_number.projection", row, m, n), k.at("inputs")]
    own += [k.at("deep_number.factor", m), k.at("deep_number.b1", m)]
    k.prove(
        "deep_number.two",
        "Neurons 0 and 1 of the first layer.",
        (row, m),
        [m < 2],
        NET.h1(row, m) == relu(two.gain(m) * HERE + two.b1(m)),
        own,
    )
    k.prove(
        "deep_number.hinge",
        "From neuron 2 on the first layer holds hinges.",
        (row, m),
        [m >= 2],
        NET.h1(row, m) == relu(PLACE - ts(m + 3)),
        [*own, k.at("deep_number_data.mirrored")],
    )


def _second(k: Kernel) -> None:
    """Neurons 0 and 1 of the second layer."""
    k.induct(
        "deep_number.second_sum",
        "Neuron 0 or 1 of the second layer, the first m neurons of the first read.",
        m,
        2,
        (row, j, m),
        [j < 2],
        NET.second(row, j, m) + NET.b2(j) == z3.If(RIGHT_ONE, act(m, PLACE), two.pre(j, HERE)),
        base=[
            *(k.at("deep_number.second", row, j, count) for count in range(3)),
            *(k.at("deep_number.W2", j, place) for place in (0, 1)),
            *(k.at("deep_number.two", row, place) for place in (0, 1)),
            k.at("deep_number.b2", j),
            k.at("deep_number_hinges.first", 2, PLACE),
            k.at("deep_number_network.pre", j, HERE),
        ],
        step=[
            k.at("deep_number.second", row, j, m + 1),
            k.at("deep_number.W2", j, m),
            k.at("deep_number.hinge", row, m),
            k.at("deep_number_hinges.first.next", m, PLACE),
        ],
    )


def _carried(k: Kernel) -> None:
    """The second layer from neuron 2 on."""
    k.induct(
        "deep_number.carried",
        "From neuron 2 on the second layer reads the carrier.",
        m,
        2,
        (row, j, m),
        [j >= 2],
        NET.second(row, j, m) == NET.h1(row, carrier),
        base=[
            *(k.at("deep_number.second", row, j, count) for count in range(3)),
            *(k.at("deep_number.W2", j, place) for place in (0, 1)),
            k.at("deep_number.carrier"),
        ],
        step=[
            k.at("deep_number.second", row, j, m + 1),
            k.at("deep_number.W2", j, m),
            k.at("deep_number.carrier"),
        ],
    )
    k.prove(
        "deep_number.start",
        "The carrier is on from point 2 on.",
        (),
        [],
        z3.If(way == 1, two.knee, -two.middle) <= ts(2),
        [
            k.at("deep_number_data.mirrored"),
            *(k.at("deep_number_data.input", place) for place in (0, 1, 3)),
            *(k.at(f"deep_number_network.{part}") for part in ("knee", "knees", "gap")),
            *(k.at("padding.sorted", place) for place in (0, 1)),
        ],
    )
    begin = z3.If(way == 1, two.knee, -two.middle)
    k.prove(
        "deep_number.carries",
        "The carrier is the projected input from its start on.",
        (row,),
        [],
        NET.h1(row, carrier) == relu(PLACE - begin),
        [
            k.at("deep_number.carrier"),
            k.at("deep_number.two", row, carrier),
            *(k.at(f"deep_number_network.{part}", place) for part in ("gain", "b1") for place in (0, 1)),
            k.at("deep_number_data.mirrored"),
        ],
    )
    k.prove(
        "deep_number.later",
        "From neuron 2 on the second layer holds hinges.",
        (row, j),
        [*WIDE, j >= 2],
        NET.h2(row, j) == relu(PLACE - ts(a1 + j + 1)),
        [
            k.at("deep_number.h2", row, j),
            k.at("deep_number.b2", j),
            k.at("deep_number.carried", row, j, a1),
            k.at("deep_number.carries", row),
            k.at("deep_number.start"),
            k.at("shallow.order", 2, a1 + j + 1),
            k.at("network.relu", PLACE - begin),
            k.at("network.relu", PLACE - ts(a1 + j + 1)),
            k.at("network.relu", relu(PLACE - begin) + begin - ts(a1 + j + 1)),
        ],
    )


def _third(k: Kernel) -> None:
    """The output."""
    k.induct(
        "deep_number.third_sum",
        "The sum over the first j neurons of the second layer.",
        j,
        2,
        (row, j),
        WIDE,
        NET.third(row, j) + NET.b3 == out(j, PLACE),
        base=[
            *(k.at("deep_number.third", row, count) for count in range(3)),
            *(k.at("deep_number.h2", row, place) for place in (0, 1)),
            *(k.at("deep_number.W3", place) for place in (0, 1)),
            *(k.at("deep_number.second_sum", row, place, a1) for place in (0, 1)),
            k.at("deep_number.b3"),
            k.at("deep_number_hinges.second", 2, PLACE),
            k.at("deep_number_hinges.worth", PLACE),
        ],
        step=[
            k.at("deep_number.third", row, j + 1),
            k.at("deep_number.W3", j),
            k.at("deep_number.later", row, j),
            k.at("deep_number_hinges.second.next", j, PLACE),
        ],
    )
