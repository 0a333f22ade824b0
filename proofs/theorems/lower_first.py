"""N <= a1 + 1 rows are met: hinges in the first layer, one second-layer neuron as the identity."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.forward import Pass, define_pass
from proofs.theorems.shallow import hinge, shallow
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, N, Y, a1, a2, dot, j, m, n, q, rank, row, ts, ys

SOURCE = "this project, beyond a1 a2 points"
base = z3.Function("base", INT, REAL)
NET = Pass(
    z3.Function("b1_first", INT, REAL),
    z3.Function("W2_first", INT, INT, REAL),
    z3.Function("b2_first", INT, REAL),
    z3.Function("W3_first", INT, REAL),
    z3.Real("b3_first"),
    z3.Function("h1_first", INT, INT, REAL),
    z3.Function("second_first", INT, INT, INT, REAL),
    z3.Function("h2_first", INT, INT, REAL),
    z3.Function("third_first", INT, INT, REAL),
    z3.Function("F_first", INT, REAL),
)


def prove(k: Kernel) -> None:
    """The network meets every row."""
    _weights(k)
    here, place = dot(row, n), rank(row, N)
    k.induct(
        "lower_first.partial",
        "The sums of second-layer neuron 0 are those of the hinges.",
        m,
        0,
        (row, m),
        [],
        NET.second(row, 0, m) == shallow(m, here),
        base=[k.at("lower_first.second", row, 0, 0), k.at("shallow.sum", 0, here)],
        step=[
            k.at("lower_first.second", row, 0, m + 1),
            k.at("shallow.sum", m + 1, here),
            k.at("lower_first.hinges", 0, m),
            k.at("lower_first.h1", row, m),
            k.at("lower_first.biases", m),
            k.at("inputs"),
            k.at("forward.projection", row, m, n),
        ],
    )
    k.prove(
        "lower_first.identity",
        "Second-layer neuron 0 carries the output, less the base.",
        (row,),
        [row >= 0, row < N, a1 + 1 >= N],
        NET.h2(row, 0) == Y(row) - base(N),
        [
            k.at("lower_first.h2", row, 0),
            k.at("lower_first.shift", 0),
            k.at("lower_first.partial", row, a1),
            k.at("shallow", place, a1),
            k.at("ranking.inverse", row),
            k.at("padding.inputs", place),
            k.at("padding.outputs", place),
            k.at("lower_first.minimum", place, N),
            k.at("network.relu", NET.second(row, 0, a1) + NET.b2(0)),
        ],
    )
    k.induct(
        "lower_first.silent",
        "Second-layer neurons from 1 on add nothing.",
        j,
        1,
        (row, j),
        [],
        NET.third(row, j) == NET.h2(row, 0),
        base=[
            k.at("lower_first.third", row, 0),
            k.at("lower_first.third", row, 1),
            k.at("lower_first.readout", 0),
        ],
        step=[k.at("lower_first.third", row, j + 1), k.at("lower_first.readout", j)],
    )
    k.prove(
        "lower_first",
        "If p keeps the rows apart, a network of widths a1 and a2 meets any N <= a1 + 1 rows.",
        (row,),
        [row >= 0, row < N, a1 + 1 >= N],
        NET.F(row) == Y(row),
        [
            k.at("lower_first.value", row),
            k.at("lower_first.offset"),
            k.at("lower_first.silent", row, a2),
            k.at("lower_first.identity", row),
            k.at("width"),
        ],
    )


def _weights(k: Kernel) -> None:
    """The weights, and a base below all outputs."""
    smaller = z3.If(ys(q - 1) < base(q - 1), ys(q - 1), base(q - 1))
    words = "base(q) is the least of 0 and the first q sorted outputs."
    k.define("lower_first.base", words, base, (q,), [(q == 0, ZERO), (q > 0, smaller)], q)
    k.induct(
        "lower_first.minimum",
        "base(m) does not exceed any output before place m.",
        m,
        q + 1,
        (q, m),
        [q >= 0],
        base(m) <= ys(q),
        base=[k.at("lower_first.base", q + 1)],
        step=[k.at("lower_first.base", m + 1)],
    )
    words = "b1[m] = -ts(m)."
    k.define("lower_first.biases", words, NET.b1, (m,), [(TRUE, -ts(m))])
    words = "W2[0] holds the hinges; the other rows are 0."
    cases = [(j == 0, hinge(m)), (j > 0, ZERO)]
    k.define("lower_first.hinges", words, NET.W2, (j, m), cases)
    words = "b2 is the first output less the base."
    k.define("lower_first.shift", words, NET.b2, (j,), [(TRUE, ys(0) - base(N))])
    words = "W3 reads neuron 0 only."
    cases = [(j == 0, ONE), (j > 0, ZERO)]
    k.define("lower_first.readout", words, NET.W3, (j,), cases)
    k.define("lower_first.offset", "b3 is the base.", NET.b3, (), [(TRUE, base(N))])
    define_pass(k, "lower_first", NET)
