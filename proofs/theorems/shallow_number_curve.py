"""A row of neurons at points on a line: where its sum turns, and what one neuron has to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import z3

from proofs.kernel.rules import Kernel
from proofs.kernel.statement import Instance
from proofs.theorems.symbols import INT, REAL, TRUE, N, relu, row
from proofs.theorems.upper_bound_symbols import u, v

SOURCE = "this project, the largest N of one hidden layer"
x, d, r, s, w = z3.Reals("x d r s w")
x2, u2, v2, x3, u3, v3 = z3.Reals("x2 u2 v2 x3 u3 v3")
curve = z3.Function("curve", REAL, REAL, REAL, REAL, REAL, REAL)
INNER = [row >= 1, row + 1 < N]


@dataclass(frozen=True)
class Row:
    """The symbols of a row of neurons at points on a line.

    height(m, k) is the preactivation of neuron m at point k; to the next point it rises by tilt(m) pace(k). total(m, k)
    sums weight relu(height) over the first m neurons. bends, turned and crossed count.
    """

    width: z3.ArithRef
    height: z3.FuncDeclRef
    tilt: z3.FuncDeclRef
    pace: z3.FuncDeclRef
    weight: z3.FuncDeclRef
    total: z3.FuncDeclRef
    bends: z3.FuncDeclRef
    turned: z3.FuncDeclRef
    crossed: z3.FuncDeclRef

    def rise(self, place: z3.ArithRef) -> z3.ArithRef:
        """The term is what the sum over all neurons rises from the point to the next."""
        return self.total(self.width, place + 1) - self.total(self.width, place)

    def around(self, place: z3.ArithRef) -> tuple[z3.ArithRef, z3.ArithRef]:
        """The terms are the paces before and behind the point."""
        return self.pace(place - 1), self.pace(place)

    def bent(self, neuron: z3.ArithRef, place: z3.ArithRef) -> z3.ArithRef:
        """The term is 1 if the neuron bends at the point, else 0."""
        changes = self.height(neuron, place - 1) * self.height(neuron, place + 1) < 0
        return z3.If(z3.And(changes, self.weight(neuron) * self.rise(place) > 0), z3.IntVal(1), z3.IntVal(0))


def symbols(suffix: str, width: z3.ArithRef) -> Row:
    """Symbols of this suffix."""
    two = {"height": REAL, "total": REAL, "bends": INT, "turned": INT, "crossed": INT}
    made = {name: z3.Function(f"{name}_{suffix}", INT, INT, sort) for name, sort in two.items()}
    made |= {name: z3.Function(f"{name}_{suffix}", INT, REAL) for name in ("tilt", "pace", "weight")}
    return Row(width=width, **made)


def prove(k: Kernel) -> None:
    """Second differences add up, and that of one neuron is not negative."""
    words = "curve(x, u, v, r, s) is the second difference of x, u, v, at paces r from x to u and s from u to v."
    right = (v - u) * r - (u - x) * s
    k.define("shallow_number_curve.difference", words, curve, (x, u, v, r, s), [(TRUE, right)])
    k.prove(
        "shallow_number_curve.added",
        "The second difference of a sum is the sum of those of its terms.",
        (x, u, v, x2, u2, v2, x3, u3, v3, w, r, s),
        [x3 == x + w * x2, u3 == u + w * u2, v3 == v + w * v2],
        curve(x3, u3, v3, r, s) == curve(x, u, v, r, s) + w * curve(x2, u2, v2, r, s),
        [k.at("shallow_number_curve.difference", *values, r, s) for values in ((x, u, v), (x2, u2, v2), (x3, u3, v3))],
    )
    own = curve(relu(x), relu(u), relu(v), r, s)
    k.prove(
        "shallow_number_curve",
        "A neuron is convex on a line, and straight unless it changes sign.",
        (x, u, v, d, r, s),
        [r > 0, s > 0, u - x == d * r, v - u == d * s],
        z3.And(own >= 0, z3.Or(x * v < 0, own == 0)),
        [
            k.at("shallow_number_curve.difference", relu(x), relu(u), relu(v), r, s),
            *(k.at("network.relu", value) for value in (x, u, v)),
        ],
    )


def prove_sum(
    k: Kernel, name: str, layer: Row, neuron: z3.ArithRef, none: Sequence[Instance], more: Sequence[Instance]
) -> None:
    """The totals are sums over neurons: none says what no neurons add up to, more what one more adds.

    To be proved before: the definitions name.total, name.height and name.weight.
    """
    term = layer.weight(neuron) * relu(layer.height(neuron, row))
    k.prove(
        f"{name}.sum",
        "One more neuron adds its weight times its activation.",
        (neuron, row),
        [neuron >= 0],
        layer.total(neuron + 1, row) == layer.total(neuron, row) + term,
        [
            *(k.at(f"{name}.total", count, row) for count in (neuron, neuron + 1)),
            *more,
            k.at(f"{name}.height", neuron, row),
            k.at(f"{name}.weight", neuron),
        ],
    )
    goal = layer.total(0, row) == 0
    k.prove(f"{name}.none", "No neurons add up to 0.", (row,), [], goal, [k.at(f"{name}.total", 0, row), *none])
