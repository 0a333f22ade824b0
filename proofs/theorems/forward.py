"""The network as written to the file, run on row k, has the value of the projected network.

Its sums are its own: over coordinates, over first-layer and over second-layer neurons.
"""

from __future__ import annotations

from dataclasses import dataclass

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import (
    TRUE,
    W1,
    W2,
    W3,
    ZERO,
    C,
    F,
    X,
    a1,
    a2,
    b,
    b1,
    b2,
    b3,
    dot,
    f,
    first,
    h1,
    h2,
    hidden,
    j,
    m,
    n,
    out,
    p,
    partial,
    pre,
    relu,
    row,
    second,
    sign,
    third,
)  # fmt: skip
from proofs.theorems.symbols import col as l  # noqa: E741

SOURCE = "this project, construction interpolant: f(x) = W3 relu(W2 relu(W1 x + b1) + b2) + b3"


@dataclass(frozen=True)
class Pass:
    """The symbols of one network: its weights, its partial sums and activations, its value.

    `first` are the sums of the first layer; if not said otherwise, every row of W1 is p.
    """

    b1: z3.FuncDeclRef
    W2: z3.FuncDeclRef
    b2: z3.FuncDeclRef
    W3: z3.FuncDeclRef
    b3: z3.ArithRef
    h1: z3.FuncDeclRef
    second: z3.FuncDeclRef
    h2: z3.FuncDeclRef
    third: z3.FuncDeclRef
    F: z3.FuncDeclRef
    first: z3.FuncDeclRef = first


def prove(k: Kernel) -> None:
    """Layer by layer the file's network equals the network on the projected line."""
    k.assume("inputs", "The number of input coordinates is not negative.", (), [], n >= 0)
    _weights(k)
    words = "first(k, m, l) sums W1[m] times row k over the first l coordinates."
    more = first(row, m, l - 1) + W1(m, l - 1) * X(row, l - 1)
    k.define("forward.first", words, first, (row, m, l), [(l == 0, ZERO), (l > 0, more)], l)
    define_pass(k, "forward", Pass(b1, W2, b2, W3, b3, h1, second, h2, third, F))
    _first(k)
    _second(k)
    _third(k)


def _weights(k: Kernel) -> None:
    """The remaining weights are as written to the file."""
    k.define("forward.W1", "Every row of W1 is p.", W1, (m, l), [(TRUE, p(l))])
    k.define("forward.b1", "b1[m] = -b(m).", b1, (m,), [(TRUE, -b(m))])
    k.define("forward.W3", "W3[j] = u_j.", W3, (j,), [(TRUE, sign(j))])
    k.define("forward.b3", "b3 = C.", b3, (), [(TRUE, C)])


def define_pass(k: Kernel, name: str, net: Pass) -> None:
    """net.F(k) is the value at row k of the network with these weights."""
    words = "h1(k, m) is relu of the sum over all coordinates plus b1[m]."
    cases = [(TRUE, relu(net.first(row, m, n) + net.b1(m)))]
    k.define(f"{name}.h1", words, net.h1, (row, m), cases)
    words = "second(k, j, m) sums W2[j] times h1 over the first m first-layer neurons."
    more = net.second(row, j, m - 1) + net.W2(j, m - 1) * net.h1(row, m - 1)
    k.define(f"{name}.second", words, net.second, (row, j, m), [(m == 0, ZERO), (m > 0, more)], m)
    words = "h2(k, j) is relu of the sum over all a1 neurons plus b2[j]."
    cases = [(TRUE, relu(net.second(row, j, a1) + net.b2(j)))]
    k.define(f"{name}.h2", words, net.h2, (row, j), cases)
    words = "third(k, j) sums W3 times h2 over the first j second-layer neurons."
    more = net.third(row, j - 1) + net.W3(j - 1) * net.h2(row, j - 1)
    k.define(f"{name}.third", words, net.third, (row, j), [(j == 0, ZERO), (j > 0, more)], j)
    words = "F(k) is the sum over all a2 neurons plus b3: the network's value at row k."
    k.define(f"{name}.value", words, net.F, (row,), [(TRUE, net.third(row, a2) + net.b3)])


def _first(k: Kernel) -> None:
    """First-layer activations are those at the projected input."""
    k.induct(
        "forward.projection",
        "The partial sums over coordinates are those of the projection.",
        l,
        0,
        (row, m, l),
        [],
        first(row, m, l) == dot(row, l),
        base=[k.at("forward.first", row, m, 0), k.at("ranking.dot", row, 0)],
        step=[
            k.at("forward.first", row, m, l + 1),
            k.at("ranking.dot", row, l + 1),
            k.at("forward.W1", m, l),
        ],
    )
    k.prove(
        "forward.activation",
        "First-layer activation m at row k is the one at the projected input.",
        (row, m),
        [],
        h1(row, m) == hidden(m, dot(row, n)),
        [
            k.at("inputs"),
            k.at("forward.h1", row, m),
            k.at("forward.b1", m),
            k.at("forward.projection", row, m, n),
            k.at("network.hidden", m, dot(row, n)),
        ],
    )


def _second(k: Kernel) -> None:
    """Second-layer activations are those at the projected input."""
    here = dot(row, n)
    k.induct(
        "forward.partial",
        "The partial sums over first-layer neurons are those at the projected input.",
        m,
        0,
        (row, j, m),
        [],
        second(row, j, m) == partial(j, m, here),
        base=[k.at("forward.second", row, j, 0), k.at("network.partial", j, 0, here)],
        step=[
            k.at("forward.second", row, j, m + 1),
            k.at("network.partial", j, m + 1, here),
            k.at("forward.activation", row, m),
        ],
    )
    k.prove(
        "forward.second_activation",
        "Second-layer activation j at row k is the one at the projected input.",
        (row, j),
        [],
        h2(row, j) == relu(pre(j, here)),
        [
            k.at("neurons"),
            k.at("forward.h2", row, j),
            k.at("forward.partial", row, j, a1),
            k.at("network.pre", j, here),
        ],
    )


def _third(k: Kernel) -> None:
    """The outputs agree."""
    here = dot(row, n)
    k.induct(
        "forward.output",
        "The partial sums over second-layer neurons are those at the projected input.",
        j,
        0,
        (row, j),
        [],
        third(row, j) == out(j, here),
        base=[k.at("forward.third", row, 0), k.at("network.out", 0, here)],
        step=[
            k.at("forward.third", row, j + 1),
            k.at("network.out", j + 1, here),
            k.at("forward.W3", j),
            k.at("forward.second_activation", row, j),
        ],
    )
    k.prove(
        "forward",
        "The file's network at row k has the value of the projected network.",
        (row,),
        [],
        F(row) == f(here),
        [
            k.at("width"),
            k.at("forward.value", row),
            k.at("forward.output", row, a2),
            k.at("network", here),
            k.at("forward.b3"),
        ],
    )
