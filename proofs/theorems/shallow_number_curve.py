"""A row of neurons at points on a line: where its sum turns, and what one neuron has to do with it."""

from __future__ import annotations

from dataclasses import dataclass

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, N, m, relu, row
from proofs.theorems.upper_bound_symbols import u, v

SOURCE = "this project, the largest N of one hidden layer"
x, d, r, s = z3.Reals("x d r s")
INNER = [row >= 1, row + 1 < N]
TRUE, ZERO, ONE = z3.BoolVal(True), z3.IntVal(0), z3.IntVal(1)


@dataclass(frozen=True)
class Row:
    """The symbols of a row of neurons at points on a line.

    height(m, k) is the preactivation of neuron m at point k; to the next point it rises by tilt(m) pace(k). total(m, k)
    sums weight relu(height) over the first m neurons. bow and curve are second differences; the others count bends.
    """

    width: z3.ArithRef
    height: z3.FuncDeclRef
    tilt: z3.FuncDeclRef
    pace: z3.FuncDeclRef
    weight: z3.FuncDeclRef
    total: z3.FuncDeclRef
    bow: z3.FuncDeclRef
    curve: z3.FuncDeclRef
    bends: z3.FuncDeclRef
    turned: z3.FuncDeclRef
    crossed: z3.FuncDeclRef

    def rise(self, place: z3.ArithRef) -> z3.ArithRef:
        """The term is what the sum over all neurons rises from the point to the next."""
        return self.total(self.width, place + 1) - self.total(self.width, place)

    def bent(self, neuron: z3.ArithRef, place: z3.ArithRef) -> z3.ArithRef:
        """The term is 1 if the neuron bends at the point, else 0."""
        changes = self.height(neuron, place - 1) * self.height(neuron, place + 1) < 0
        return z3.If(z3.And(changes, self.weight(neuron) * self.rise(place) > 0), ONE, ZERO)


def symbols(suffix: str, width: z3.ArithRef) -> Row:
    """Symbols of this suffix."""
    two = {**dict.fromkeys(("height", "total", "bow", "curve"), REAL), "bends": INT, "turned": INT, "crossed": INT}
    made = {name: z3.Function(f"{name}_{suffix}", INT, INT, sort) for name, sort in two.items()}
    made |= {name: z3.Function(f"{name}_{suffix}", INT, REAL) for name in ("tilt", "pace", "weight")}
    return Row(width=width, **made)


def prove(k: Kernel) -> None:
    """What one neuron does at three points."""
    curve = _curve(relu(x), relu(u), relu(v), r, s)
    k.prove(
        "shallow_number_curve",
        "A neuron is convex on a line, and straight unless it changes sign.",
        (x, u, v, d, r, s),
        [r > 0, s > 0, u - x == d * r, v - u == d * s],
        z3.And(curve >= 0, z3.Or(x * v < 0, curve == 0)),
        [k.at("network.relu", value) for value in (x, u, v)],
    )


def _curve(left, here, right, before, behind):
    """The term is the second difference of three values, at paces before and behind the middle one."""
    return (right - here) * before - (here - left) * behind


def prove_curves(k: Kernel, name: str, n_: Row) -> None:
    """Second differences at a point: of one neuron, and of the sum over the first neurons."""
    places = [row - 1, row, row + 1]
    paces = n_.pace(row - 1), n_.pace(row)
    activations = [relu(n_.height(m, place)) for place in places]
    words = "bow(m, k) is the second difference of the activation of neuron m at point k."
    k.define(f"{name}.bow", words, n_.bow, (m, row), [(TRUE, _curve(*activations, *paces))])
    totals = [n_.total(m, place) for place in places]
    words = "curve(m, k) is that of the sum over the first m neurons."
    k.define(f"{name}.curve", words, n_.curve, (m, row), [(TRUE, _curve(*totals, *paces))])
    k.prove(
        f"{name}.add",
        "One more neuron adds its own, times its weight.",
        (m, row),
        [m >= 0],
        n_.curve(m + 1, row) == n_.curve(m, row) + n_.weight(m) * n_.bow(m, row),
        [
            *(k.at(f"{name}.curve", count, row) for count in (m, m + 1)),
            *(k.at(f"{name}.sum", m, place) for place in places),
            k.at(f"{name}.bow", m, row),
        ],
    )
    k.prove(
        f"{name}.convex",
        "A neuron is convex, and straight where it does not change its sign.",
        (m, row),
        INNER,
        z3.And(n_.bow(m, row) >= 0, z3.Or(n_.height(m, row - 1) * n_.height(m, row + 1) < 0, n_.bow(m, row) == 0)),
        [
            *(k.at(f"{name}.straight", m, place) for place in places[:2]),
            k.at(f"{name}.bow", m, row),
            k.at("shallow_number_curve", *(n_.height(m, place) for place in places), n_.tilt(m), *paces),
        ],
    )  # fmt: skip
