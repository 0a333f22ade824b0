"""N <= a2 + 1 rows are met: one first-layer neuron as the identity, hinges in the second layer."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.forward import Pass, define_pass
from proofs.theorems.shallow import hinge, shallow
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, N, Y, a1, a2, dot, j, m, n, rank, row, ts, ys

SOURCE = "this project, beyond a1 a2 points"
NET = Pass(
    z3.Function("b1_second", INT, REAL),
    z3.Function("W2_second", INT, INT, REAL),
    z3.Function("b2_second", INT, REAL),
    z3.Function("W3_second", INT, REAL),
    z3.Real("b3_second"),
    z3.Function("h1_second", INT, INT, REAL),
    z3.Function("second_second", INT, INT, INT, REAL),
    z3.Function("h2_second", INT, INT, REAL),
    z3.Function("third_second", INT, INT, REAL),
    z3.Function("F_second", INT, REAL),
)


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    here, place = dot(row, n), rank(row, N)
    listed = [k.at("ranking.inverse", row), k.at("padding.inputs", place)]
    k.prove(
        "lower_second.identity",
        "First-layer neuron 0 carries the projected input, shifted to be positive.",
        (row,),
        [row >= 0, row < N],
        NET.h1(row, 0) == here - ts(0) + 1,
        [
            k.at("lower_second.h1", row, 0),
            k.at("lower_second.biases", 0),
            k.at("inputs"),
            k.at("forward.projection", row, 0, n),
            k.at("shallow.order", 0, place),
            *listed,
            k.at("network.relu", here - ts(0) + 1),
        ],
    )
    k.induct(
        "lower_second.partial",
        "First-layer neurons from 1 on add nothing.",
        m,
        1,
        (row, j, m),
        [],
        NET.second(row, j, m) == NET.h1(row, 0),
        base=[
            k.at("lower_second.second", row, j, 0),
            k.at("lower_second.second", row, j, 1),
            k.at("lower_second.selection", j, 0),
        ],
        step=[k.at("lower_second.second", row, j, m + 1), k.at("lower_second.selection", j, m)],
    )
    k.induct(
        "lower_second.hinges",
        "The sums over second-layer neurons are those of the hinges.",
        j,
        0,
        (row, j),
        [row >= 0, row < N],
        NET.third(row, j) == shallow(j, here),
        base=[k.at("lower_second.third", row, 0), k.at("shallow.sum", 0, here)],
        step=[
            k.at("lower_second.third", row, j + 1),
            k.at("shallow.sum", j + 1, here),
            k.at("lower_second.readout", j),
            k.at("lower_second.h2", row, j),
            k.at("lower_second.shift", j),
            k.at("lower_second.partial", row, j, a1),
            k.at("lower_second.identity", row),
            k.at("neurons"),
        ],
    )
    k.prove(
        "lower_second",
        "If p keeps the rows apart, a network of widths a1 and a2 meets any N <= a2 + 1 rows.",
        (row,),
        [row >= 0, row < N, a2 + 1 >= N],
        NET.F(row) == Y(row),
        [
            k.at("lower_second.value", row),
            k.at("lower_second.offset"),
            k.at("lower_second.hinges", row, a2),
            k.at("shallow", place, a2),
            *listed,
            k.at("padding.outputs", place),
        ],
    )


def _weights(k: Kernel) -> None:
    """The weights of the network."""
    k.define("lower_second.biases", "b1[m] = 1 - ts(0).", NET.b1, (m,), [(TRUE, 1 - ts(0))])
    words = "W2 reads first-layer neuron 0 only."
    cases = [(m == 0, ONE), (m > 0, ZERO)]
    k.define("lower_second.selection", words, NET.W2, (j, m), cases)
    words = "b2[j] puts the hinge at point j."
    k.define("lower_second.shift", words, NET.b2, (j,), [(TRUE, ts(0) - 1 - ts(j))])
    k.define("lower_second.readout", "W3 holds the hinges.", NET.W3, (j,), [(TRUE, hinge(j))])
    k.define("lower_second.offset", "b3 is the first output.", NET.b3, (), [(TRUE, ys(0))])
    define_pass(k, "lower_second", NET)
