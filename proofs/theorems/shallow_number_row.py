"""On the sorted list: a row of a neurons meets largest(a) points, a + 1 for a < 3 and a + 2 from three neurons on."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow import hinge, shallow
from proofs.theorems.shallow_number_join import SOURCE, level, number, scale, shift, steep, unit
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, m, q, relu, t, ts, ys

__all__ = ["SOURCE"]
a = z3.Int("a")
largest = z3.Function("largest", INT, INT)
factor = z3.Function("factor_number", INT, INT, REAL)
bias = z3.Function("bias_number", INT, INT, REAL)
weight = z3.Function("weight_number", INT, INT, REAL)
lift = z3.Function("lift", INT, REAL)
line = z3.Function("line_number", INT, INT, REAL, REAL)
FEW = a < 3


def prove(k: Kernel) -> None:
    """Hinges for one or two neurons, the neurons of shallow_number_join for more."""
    words = "largest(a) is a + 1 for a < 3, and a + 2 from a = 3 on."
    k.define("shallow_number_row.largest", words, largest, (a,), [(TRUE, z3.If(FEW, a + 1, a + 2))])
    _weights(k)
    k.induct(
        "shallow_number_row.sums",
        "The sum is that of hinges, or of the neurons of shallow_number_join.",
        m,
        0,
        (a, m, t),
        [],
        line(a, m, t) == z3.If(FEW, shallow(m, t), number(m, t)),
        base=[
            k.at("shallow_number_row.sum", a, 0, t),
            k.at("shallow.sum", 0, t),
            k.at("shallow_number_join.sum", 0, t),
        ],
        step=[
            k.at("shallow_number_row.sum", a, m + 1, t),
            k.at("shallow.sum", m + 1, t),
            k.at("shallow_number_join.sum", m + 1, t),
            *(k.at(f"shallow_number_row.{name}", a, m) for name in ("factor", "bias", "weight")),
        ],
    )
    k.prove(
        "shallow_number_row",
        "A row of a neurons meets the first largest(a) points.",
        (a, q),
        [q >= 0, q < largest(a)],
        line(a, a, ts(q)) + lift(a) == ys(q),
        [
            k.at("shallow_number_row.largest", a),
            k.at("shallow_number_row.sums", a, a, ts(q)),
            k.at("shallow_number_row.lift", a),
            k.at("shallow", q, a),
            k.at("shallow_number_join", q, a),
        ],
    )


def _weights(k: Kernel) -> None:
    """The weights of a row of a neurons."""
    words = "factor(a, m) is what neuron m of a multiplies its input with."
    k.define("shallow_number_row.factor", words, factor, (a, m), [(TRUE, z3.If(FEW, ONE, scale(m)))])
    k.define("shallow_number_row.bias", "bias(a, m) is its bias.", bias, (a, m), [(TRUE, z3.If(FEW, -ts(m), shift(m)))])
    words = "weight(a, m) is its output weight."
    k.define("shallow_number_row.weight", words, weight, (a, m), [(TRUE, z3.If(FEW, hinge(m), unit(steep(m))))])
    k.define("shallow_number_row.lift", "lift(a) is the last bias.", lift, (a,), [(TRUE, z3.If(FEW, ys(0), level))])
    words = "line(a, m, t) sums weight(a, s) relu(factor(a, s) t + bias(a, s)) over the first m neurons s."
    more = line(a, m - 1, t) + weight(a, m - 1) * relu(factor(a, m - 1) * t + bias(a, m - 1))
    k.define("shallow_number_row.sum", words, line, (a, m, t), [(m == 0, ZERO), (m > 0, more)], m)
