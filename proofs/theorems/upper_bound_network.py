"""Any network with one input, and a zigzag that it is assumed to follow.

Neurons are numbered through the hidden layers. A neuron reads the input and neurons of earlier
layers, with any real weights (a plain network is the case of weight 0 except to the layer before);
the neuron numbered after the last hidden one is the output, taken without relu.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import TRUE, N, m, relu, row, sign, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_symbols import (
    L,
    ahead,
    feed,
    inlet,
    offset,
    pieces,
    pre,
    s,
    tooth,
    value,
    width,
    wire,
)  # fmt: skip

SOURCE = "this project, pieces of a network on a line"


def rise(k_: z3.ArithRef, left: z3.ArithRef, right: z3.ArithRef) -> z3.BoolRef:
    """The value goes from left to right in the direction of interval k."""
    return sign(k_) * (value(right) - value(left)) > 0


def prove(k: Kernel) -> None:
    """Network, layers, number of pieces and zigzag are named."""
    k.parameter(L, width, wire, inlet, offset, tooth)
    words = "feed(s, m, t) sums what neuron s takes at t from the input and the first m neurons."
    more = feed(s, m - 1, t) + wire(s, m - 1) * relu(pre(m - 1, t))
    cases = [(m == 0, offset(s) + inlet(s) * t), (m > 0, more)]
    k.define("upper_bound_network.feed", words, feed, (s, m, t), cases, m)
    words = "ahead(l) is the number of neurons in the layers before layer l."
    cases = [(l == 0, z3.IntVal(0)), (l > 0, ahead(l - 1) + width(l - 1))]
    k.define("upper_bound_network.ahead", words, ahead, (l,), cases, l)
    words = "The network's value at t: what the neuron after all L hidden layers takes."
    k.define("upper_bound_network", words, value, (t,), [(TRUE, pre(ahead(L), t))])
    words = "pieces(l) is the product of width + 1 over the layers before layer l."
    cases = [(l == 0, z3.IntVal(1)), (l > 0, pieces(l - 1) * (width(l - 1) + 1))]
    k.define("upper_bound_network.pieces", words, pieces, (l,), cases, l)
    _assume(k)
    k.induct(
        "upper_bound_network.count",
        "The number of neurons before a layer is not negative.",
        l,
        0,
        (l,),
        [],
        ahead(l) >= 0,
        base=[k.at("upper_bound_network.ahead", 0)],
        step=[k.at("upper_bound_network.ahead", l + 1), k.at("widths", l)],
    )


def _assume(k: Kernel) -> None:
    """Layers have widths and no inner wires; the value rises and falls in turn."""
    k.assume("depth", "The number of hidden layers is not negative.", (), [], L >= 0)
    k.assume("widths", "No layer has a negative width.", (l,), [l >= 0], width(l) >= 0)
    words = "A neuron of layer l reads none of layer l or later."
    inside = [l >= 0, l < L, s >= ahead(l), s < ahead(l + 1), m >= ahead(l)]
    k.assume("layered", words, (l, s, m), inside, wire(s, m) == 0)
    interval = [row >= 0, row + 1 < N]
    words = "The teeth increase."
    k.assume("teeth", words, (row,), interval, tooth(row) < tooth(row + 1))
    words = "The network's value rises and falls in turn over the N teeth."
    k.assume("zigzags", words, (row,), interval, rise(row, tooth(row), tooth(row + 1)))
