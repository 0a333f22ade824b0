"""Hidden widths a1 >= 2 and a2 >= 2 meet any N <= a1 + a2 + 2 distinct rows: 6 for widths (2, 2).

The network of deep_number_hinges, run at the projected input.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems import deep_number_network as two
from proofs.theorems.deep_number_data import SOURCE, way
from proofs.theorems.deep_number_hinges import WIDE, act, out
from proofs.theorems.deep_number_weights import BEGIN, NET, RIGHT_ONE, W1, carrier, factor
from proofs.theorems.forward import define_pass
from proofs.theorems.symbols import ZERO, N, X, Y, a1, a2, dot, j, m, n, rank, relu, row, ts
from proofs.theorems.symbols import col as l  # noqa: E741

__all__ = ["SOURCE"]
PLACE = dot(row, n)
HERE = way * PLACE


def prove(k: Kernel) -> None:
    """The network meets every row."""
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
            k.at("deep_number_weights.W1", m, l),
        ],
    )
    own = [k.at("deep_number.h1", row, m), k.at("deep_number.projection", row, m, n), k.at("inputs")]
    own += [k.at("deep_number_weights.factor", m), k.at("deep_number_weights.b1", m)]
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
            *(k.at("deep_number_weights.W2", j, place) for place in (0, 1)),
            *(k.at("deep_number.two", row, place) for place in (0, 1)),
            k.at("deep_number_weights.b2", j),
            k.at("deep_number_hinges.first", 2, PLACE),
            k.at("deep_number_network.pre", j, HERE),
        ],
        step=[
            k.at("deep_number.second", row, j, m + 1),
            k.at("deep_number_weights.W2", j, m),
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
            *(k.at("deep_number_weights.W2", j, place) for place in (0, 1)),
            k.at("deep_number_weights.carrier"),
        ],
        step=[
            k.at("deep_number.second", row, j, m + 1),
            k.at("deep_number_weights.W2", j, m),
            k.at("deep_number_weights.carrier"),
        ],
    )
    k.prove(
        "deep_number.start",
        "The carrier is on from point 2 on.",
        (),
        [],
        BEGIN <= ts(2),
        [
            k.at("deep_number_data.mirrored"),
            *(k.at("deep_number_data.input", place) for place in (0, 1, 3)),
            *(k.at(f"deep_number_network.{part}") for part in ("knee", "knees", "gap")),
            *(k.at("padding.sorted", place) for place in (0, 1)),
        ],
    )
    k.prove(
        "deep_number.carries",
        "The carrier is the projected input from its start on.",
        (row,),
        [],
        NET.h1(row, carrier) == relu(PLACE - BEGIN),
        [
            k.at("deep_number_weights.carrier"),
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
            k.at("deep_number_weights.b2", j),
            k.at("deep_number.carried", row, j, a1),
            k.at("deep_number.carries", row),
            k.at("deep_number.start"),
            k.at("shallow.order", 2, a1 + j + 1),
            k.at("network.relu", PLACE - BEGIN),
            k.at("network.relu", PLACE - ts(a1 + j + 1)),
            k.at("network.relu", relu(PLACE - BEGIN) + BEGIN - ts(a1 + j + 1)),
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
            *(k.at("deep_number_weights.W3", place) for place in (0, 1)),
            *(k.at("deep_number.second_sum", row, place, a1) for place in (0, 1)),
            k.at("deep_number_weights.b3"),
            k.at("deep_number_hinges.second", 2, PLACE),
            k.at("deep_number_hinges.worth", PLACE),
        ],
        step=[
            k.at("deep_number.third", row, j + 1),
            k.at("deep_number_weights.W3", j),
            k.at("deep_number.later", row, j),
            k.at("deep_number_hinges.second.next", j, PLACE),
        ],
    )
