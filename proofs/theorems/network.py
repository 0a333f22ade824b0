"""The network on the projected line: weights, partial sums of both layers, and its value f(t)."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import (
    TRUE,
    W2,
    ZERO,
    A,
    C,
    S,
    a1,
    a2,
    b,
    b2,
    f,
    gs,
    gv,
    hidden,
    j,
    m,
    out,
    partial,
    pre,
    r,
    relu,
    sign,
    t,
    z,
)  # fmt: skip

SOURCE = "this project, construction interpolant"
GROUP_NEURON = [m >= 0, m < r, j >= 0]


def prove(k: Kernel) -> None:
    """The network is defined, and its weights are the kinks of g_j."""
    k.parameter(a1)
    k.assume("groups", "There are at most a1 groups.", (), [], z3.And(r >= 0, r <= a1))
    words = "relu is the greater of its argument and 0."
    positive = z3.If(A > 0, A, ZERO)
    k.define("network.relu", words, relu, (A,), [(TRUE, positive)])
    _weights(k)
    _sums(k)
    k.prove(
        "network.kink",
        "Second-layer weight (j, m) is the change of slope of g_j at breakpoint m.",
        (j, m),
        GROUP_NEURON,
        W2(j, m) == gs(m, j) - gs(m - 1, j),
        [k.at("network.weight", j, m), *(k.at("pattern.slope", e, j) for e in (m, m - 1))],
    )
    k.prove(
        "network.start",
        "Second-layer bias j is the value of g_j at b(0), and g_j has slope 0 left of it.",
        (j,),
        [j >= 0],
        z3.And(b2(j) == gv(0, j), gs(-1, j) == 0),
        [
            k.at("network.bias", j),
            k.at("pattern.value", 0, j),
            k.at("pattern.slope", -1, j),
            k.at("interpolant", 0, j),
            k.at("interpolant", 0, j - 1),
            *(k.at(f"interpolant.{c}", 0, e) for c in ("alpha", "beta") for e in (j, j - 1)),
            k.at("interpolant.slope", -1, j),
            k.at("interpolant.slope", -1, j - 1),
        ],
    )


def _weights(k: Kernel) -> None:
    """Second-layer weights and biases are as written to the file."""
    change = (S(m, j) - S(m, j - 1)) - (S(m - 1, j) - S(m - 1, j - 1))
    words = "W2[j][m] is u_j times the change of slope of G_j - G_{j-1}; 0 without a group."
    cases = [(z3.And(m >= 0, m < r), sign(j) * change), (m >= r, ZERO)]
    k.define("network.weight", words, W2, (j, m), cases)
    words = "b2[j] = u_j (z_j - z_{j-1}), where z_{-1} = C."
    cases = [(j == 0, sign(j) * (z(j) - C)), (j > 0, sign(j) * (z(j) - z(j - 1)))]
    k.define("network.bias", words, b2, (j,), cases)


def _sums(k: Kernel) -> None:
    """Activations, partial sums, preactivations and the output are those of a ReLU network."""
    words = "First-layer activation m at t is relu(t - b(m))."
    k.define("network.hidden", words, hidden, (m, t), [(TRUE, relu(t - b(m)))])
    words = "partial(j, m, t) sums W2[j][s] times activation s over the first m neurons s."
    more = partial(j, m - 1, t) + W2(j, m - 1) * hidden(m - 1, t)
    cases = [(m == 0, ZERO), (m > 0, more)]
    k.define("network.partial", words, partial, (j, m, t), cases, m)
    words = "Second-layer preactivation j at t is the sum over all a1 neurons plus the bias."
    k.define("network.pre", words, pre, (j, t), [(TRUE, partial(j, a1, t) + b2(j))])
    words = "out(j, t) sums u_s times relu of preactivation s over the first j neurons s."
    more = out(j - 1, t) + sign(j - 1) * relu(pre(j - 1, t))
    k.define("network.out", words, out, (j, t), [(j == 0, ZERO), (j > 0, more)], j)
    words = "The network's value at t is the sum over all a2 neurons plus C."
    k.define("network", words, f, (t,), [(TRUE, out(a2, t) + C)])
