"""The weights of the network of deep_number: those of two neurons of each layer, and hinges."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems import deep_number_network as two
from proofs.theorems.deep_number_data import SOURCE, way
from proofs.theorems.deep_number_hinges import extra, last
from proofs.theorems.forward import Pass
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, a1, j, m, p, ts
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
RIGHT_ONE = z3.Or(z3.And(j == 0, way == 1), z3.And(j == 1, way == -1))
"""Second-layer neuron j makes the points on the right."""
BEGIN = z3.If(way == 1, two.knee, -two.middle)
"""Where the carrier begins."""


def prove(k: Kernel) -> None:
    """The weights are defined."""
    words = "factor_deep(m) is what first-layer neuron m multiplies way times its input with."
    k.define("deep_number_weights.factor", words, factor, (m,), [(m < 2, two.gain(m)), (m >= 2, way)])
    words = "Row m of W1 is p, times way and the factor of neuron m."
    k.define("deep_number_weights.W1", words, W1, (m, l), [(TRUE, way * factor(m) * p(l))])
    words = "b1 holds the biases: from neuron 2 on those of hinges at point 5, 6, ..."
    k.define("deep_number_weights.b1", words, NET.b1, (m,), [(m < 2, two.b1(m)), (m >= 2, -ts(m + 3))])
    words = "carrier is the first-layer neuron that is on for all inputs on the right."
    k.define("deep_number_weights.carrier", words, carrier, (), [(TRUE, z3.If(way == 1, z3.IntVal(0), z3.IntVal(1)))])
    cases = [
        (z3.And(j < 2, m < 2), two.W2(j, m)),
        (z3.And(j < 2, m >= 2), z3.If(RIGHT_ONE, extra(m), ZERO)),
        (j >= 2, z3.If(m == carrier, ONE, ZERO)),
    ]
    k.define("deep_number_weights.W2", "From neuron 2 on W2 reads the carrier only.", NET.W2, (j, m), cases)
    words = "b2 holds the biases: from neuron 2 on those of hinges at point a1 + 3, a1 + 4, ..."
    k.define("deep_number_weights.b2", words, NET.b2, (j,), [(j < 2, two.b2(j)), (j >= 2, BEGIN - ts(a1 + j + 1))])
    words = "W3 holds the output weights."
    k.define("deep_number_weights.W3", words, NET.W3, (j,), [(j < 2, two.W3(j)), (j >= 2, last(j))])
    k.define("deep_number_weights.b3", "b3 is that of two neurons of each layer.", NET.b3, (), [(TRUE, two.b3)])
