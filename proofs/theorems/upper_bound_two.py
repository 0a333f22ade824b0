"""The usual network of two hidden layers, on a line through n inputs, is one of those.

First-layer neuron m is neuron m, second-layer neuron j is neuron a1 + j, the output is the last.
Every weight is free: V1, c1, V2, c2, V3, c3. The line is P + t Q, with any P and Q.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, a1, a2, j, m, n, relu, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_inputs import P, Q, bias, reach, sums
from proofs.theorems.upper_bound_symbols import L, ahead, pieces, s, width, wire

SOURCE = "this project, pieces of a network on a line"
V1 = z3.Function("V1", INT, INT, REAL)
V2 = z3.Function("V2", INT, INT, REAL)
V3, c1, c2 = (z3.Function(name, INT, REAL) for name in ("V3", "c1", "c2"))
c3 = z3.Real("c3")
enter1 = z3.Function("enter1", INT, INT, REAL, REAL)
act1 = z3.Function("act1", INT, REAL, REAL)
take = z3.Function("take", INT, INT, REAL, REAL)
act2 = z3.Function("act2", INT, REAL, REAL)
read = z3.Function("read", INT, REAL, REAL)
out2 = z3.Function("out2", REAL, REAL)


def prove(k: Kernel) -> None:
    """The network is defined as usual, and its neurons are numbered through."""
    k.parameter(V1, V2, V3, c1, c2, c3)
    _network(k)
    _numbered(k)
    _layers(k)


def _network(k: Kernel) -> None:
    """V3 relu(V2 relu(V1 x + c1) + c2) + c3 at x = P + t Q, summed as a network sums."""
    words = "enter1(m, l, t) sums V1[m] times P + t Q over the first l coordinates."
    sums(k, "upper_bound_two.enter", words, enter1, (m, l, t), l, V1(m, l) * (P(l) + t * Q(l)))
    words = "act1(m, t) is relu of the sum over all coordinates plus c1[m]."
    k.define("upper_bound_two.act1", words, act1, (m, t), [(TRUE, relu(enter1(m, n, t) + c1(m)))])
    words = "take(j, m, t) sums V2[j] times act1 over the first m first-layer neurons."
    sums(k, "upper_bound_two.take", words, take, (j, m, t), m, V2(j, m) * act1(m, t))
    words = "act2(j, t) is relu of the sum over all a1 neurons plus c2[j]."
    k.define("upper_bound_two.act2", words, act2, (j, t), [(TRUE, relu(take(j, a1, t) + c2(j)))])
    words = "read(j, t) sums V3 times act2 over the first j second-layer neurons."
    sums(k, "upper_bound_two.read", words, read, (j, t), j, V3(j) * act2(j, t))
    words = "out2(t) is the sum over all a2 neurons plus c3: the network's value at P + t Q."
    k.define("upper_bound_two.value", words, out2, (t,), [(TRUE, read(a2, t) + c3)])


def _numbered(k: Kernel) -> None:
    """The weights of the numbered neurons are those of the network."""
    k.define("upper_bound_two.L", "There are two hidden layers.", L, (), [(TRUE, z3.IntVal(2))])
    cases = [(l == 0, a1), (l == 1, a2), (l > 1, z3.IntVal(0))]
    k.define("upper_bound_two.width", "They have a1 and a2 neurons.", width, (l,), cases)
    words = "Only first-layer neurons reach the input."
    k.define("upper_bound_two.reach", words, reach, (s, l), [(TRUE, z3.If(s < a1, V1(s, l), ZERO))])
    words = "The biases are those of the first layer, of the second, and of the output."
    later = z3.If(s < a1 + a2, c2(s - a1), c3)
    k.define("upper_bound_two.bias", words, bias, (s,), [(TRUE, z3.If(s < a1, c1(s), later))])
    words = "Second-layer neurons read V2 from the first layer, the output V3 from the second."
    later = z3.If(s < a1 + a2, z3.If(m < a1, V2(s - a1, m), ZERO), z3.If(m < a1, ZERO, V3(m - a1)))
    k.define("upper_bound_two.wire", words, wire, (s, m), [(TRUE, z3.If(s < a1, ZERO, later))])


def _layers(k: Kernel) -> None:
    """Depth, widths and layers are as assumed."""
    k.prove("upper_bound_two.depth", "Two layers are not less than none.", (), [], L >= 0,
            [k.at("upper_bound_two.L")])  # fmt: skip
    k.prove(
        "upper_bound_two.widths",
        "The widths are not negative.",
        (l,),
        [l >= 0],
        width(l) >= 0,
        [k.at("upper_bound_two.width", l), k.at("neurons"), k.at("width")],
    )
    k.prove(
        "upper_bound_two.pieces",
        "There are a1 + a2 neurons, and at most (a1 + 1)(a2 + 1) pieces.",
        (),
        [],
        z3.And(ahead(1) == a1, ahead(2) == a1 + a2, pieces(2) == (a1 + 1) * (a2 + 1)),
        [
            *(k.at("upper_bound_two.width", i) for i in (0, 1)),
            *(k.at(f"upper_bound_network.{w}", i) for w in ("ahead", "pieces") for i in (0, 1, 2)),
        ],
    )
    inside = [l >= 0, l < L, s < ahead(l + 1), m >= ahead(l)]
    k.prove(
        "upper_bound_two",
        "No neuron of a layer reads one of its own or of a later layer.",
        (l, s, m),
        inside,
        wire(s, m) == 0,
        [
            k.at("upper_bound_two.L"),
            k.at("upper_bound_two.wire", s, m),
            k.at("upper_bound_two.pieces"),
        ],
    )
