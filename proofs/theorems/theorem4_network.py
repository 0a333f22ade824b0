"""Output e of a network of several outputs: block e of the second layer, then the extra neurons.

The first layer is that of Theorem 3, shared by all outputs. Second-layer neurons start(e) to
start(e+1)-1 are block e, and hold the one-output network for output e. Every other block may be
anything: row e of W3 is 0 there. So one network serves all outputs: each fixes its own block and
its own row of W3; the first layer and the extra neurons depend on the inputs alone.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ONE, TRUE, W2, ZERO, C, a1, a2, b, b2, f, hidden, m, r, relu, sign, start, t, ys
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.theorem4_symbols import (
    W24,
    W34,
    b24,
    beyond,
    column,
    e,
    extra,
    f4,
    kappa,
    late,
    out4,
    outputs,
    partial4,
    pre4,
    tail,
    v,
)  # fmt: skip

SOURCE = "K. Inoue, Theorem 4; the construction is this project's: a2 div m points a group for each output"
BLOCK = z3.And(v >= start(e), v < start(e) + a2)
REST = z3.And(v >= start(outputs), e >= 0, e < outputs)
OTHER = z3.And(v < start(outputs), z3.Not(BLOCK))


def prove(k: Kernel) -> None:
    """The network is defined as output e sees it."""
    k.parameter(e, outputs, extra, kappa)
    words = "e is one of the outputs."
    k.assume("one_output", words, (), [], z3.And(e >= 0, e < outputs))
    words = "There is a group at least, and no negative number of extra points."
    k.assume("extras", words, (), [], z3.And(r >= 1, extra >= 0))
    k.assume(
        "kinks",
        "kappa(l) lies between extra point l and the point before it.",
        (l,),
        [l >= 0, l < extra],
        z3.And(late(l - 1) < kappa(l), kappa(l) < late(l)),
    )
    k.prove(
        "theorem4_network.block",
        "Block e ends at or before the extra neurons.",
        (),
        [],
        z3.And(start(e) >= 0, start(e) + a2 <= start(outputs)),
        [
            k.at("one_output"),
            k.at("group", 0),
            k.at("group.monotone", 0, e),
            k.at("group", e + 1),
            k.at("group.monotone", e + 1, outputs),
        ],
    )
    _columns(k)
    _weights(k)
    _sums(k)


def _columns(k: Kernel) -> None:
    """The columns of the extra neurons solve a triangular system."""
    last = l - 1
    apart = [k.at("kinks", last)]
    share = (ys(beyond(last)) - f(late(last)) - tail(last, late(last))) / (late(last) - kappa(last))
    more = tail(last, t) + share * relu(t - kappa(last))
    words = "tail(l, t) is what the first l extra neurons add to output e at t: point by point."
    cases = [(l == 0, ZERO), (z3.And(l > 0, l <= extra), more)]
    k.define("theorem4_network.tail", words, tail, (l, t), cases, l, apart)
    words = "column(l) is what output e lacks at extra point l, over the distance from kappa(l)."
    right = (ys(beyond(l)) - f(late(l)) - tail(l, late(l))) / (late(l) - kappa(l))
    cases = [(z3.And(l >= 0, l < extra), right)]
    k.define("theorem4_network.column", words, column, (l,), cases, using=[k.at("kinks", l)])


def _weights(k: Kernel) -> None:
    """Block e, zeros in row e for other blocks, and the extra neurons."""
    words = "W24[v]: block e as in the one-output network; an extra neuron reads hinge r-1 alone."
    single = z3.If(m == r - 1, ONE, ZERO)
    own = v - start(e)
    cases = [(z3.And(BLOCK, v < start(outputs)), W2(own, m)), (REST, single)]
    k.define("theorem4_network.W2", words, W24, (v, m), cases)
    words = "b24[v]: block e as in the one-output network; b(r-1) - kappa for an extra neuron."
    cases = [
        (z3.And(BLOCK, v < start(outputs)), b2(own)),
        (REST, b(r - 1) - kappa(v - start(outputs))),
    ]
    k.define("theorem4_network.b2", words, b24, (v,), cases)
    words = "W34[v], the row of output e: u in block e, 0 in other blocks, then the columns."
    cases = [
        (z3.And(BLOCK, v < start(outputs)), sign(own)),
        (OTHER, ZERO),
        (REST, column(v - start(outputs))),
    ]
    k.define("theorem4_network.W3", words, W34, (v,), cases)


def _sums(k: Kernel) -> None:
    """Partial sums, preactivations and output e are those of a ReLU network."""
    words = "partial4(v, m, t) sums W24[v][s] times activation s over the first m neurons s."
    more = partial4(v, m - 1, t) + W24(v, m - 1) * hidden(m - 1, t)
    cases = [(m == 0, ZERO), (m > 0, more)]
    k.define("theorem4_network.partial", words, partial4, (v, m, t), cases, m)
    words = "Preactivation v at t is the sum over all a1 neurons plus the bias."
    k.define("theorem4_network.pre", words, pre4, (v, t), [(TRUE, partial4(v, a1, t) + b24(v))])
    words = "out4(v, t) sums W34[s] times relu of preactivation s over the first v neurons s."
    more = out4(v - 1, t) + W34(v - 1) * relu(pre4(v - 1, t))
    k.define("theorem4_network.out", words, out4, (v, t), [(v == 0, ZERO), (v > 0, more)], v)
    words = "Output e at t is the sum over all outputs a2 + extra neurons plus C."
    right = out4(start(outputs) + extra, t) + C
    k.define("theorem4_network", words, f4, (t,), [(TRUE, right)])
