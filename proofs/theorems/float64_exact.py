"""The sums of the float64 network, computed in floating point in any order, are exact.

Under float64_whole every term of the second layer is whole, so the computed preactivation is the
preactivation. Its relu is whole again; with these as factors the computed output is ys.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    Cz,
    W2z,
    b2z,
    bend,
    bendz,
    hidden64,
    odd,
    out64,
    partial64,
    pre64,
    tz,
)  # fmt: skip
from proofs.theorems.rounding import ROOT
from proofs.theorems.rounding_symbols import (
    computed,
    factor,
    hz,
    limit,
    neuron,
    sizes,
    spot,
    terms,
    total,
    v,
    weight,
)  # fmt: skip
from proofs.theorems.symbols import a1, a2, q, r, relu, start, ts, ys

SOURCE = "this project, construction float64: sum |w||h| + |bias| < 2^53 at every data point and neuron"
HERE = ts(spot)


def prove(k: Kernel) -> None:
    """Preactivations and outputs are computed exactly."""
    k.parameter(neuron, spot)
    words = "spot is a place of the groups."
    k.assume("spot", words, (), [], z3.And(spot >= 0, spot < start(r)))
    _second(k)
    _third(k)


def _second(k: Kernel) -> None:
    """The sums of second-layer neuron `neuron` at this place."""
    words = "hz(v) is the activation of first-layer neuron v at the place, in integers."
    ahead = tz(spot) - bendz(v)
    k.define("float64_exact.hz", words, hz, (v,),
             [(v >= 0, z3.If(ahead > 0, ahead, z3.IntVal(0)))])  # fmt: skip
    words = "The terms are the a1 products of a second-layer neuron, then its bias."
    chosen = z3.And(neuron >= 0, neuron < a2, terms == a1 + 1)
    k.assume("second.neuron", words, (), [], chosen)
    words = "The products are those of the network's weights and activations."
    product = z3.And(weight(v) == W2z(neuron, v), z3.Or(v + 1 >= 2 * r, factor(v) == hz(v)))
    k.assume("second.terms", words, (v,), [v >= 0, v < a1], product)
    words = "The last term is the bias."
    k.assume("second.bias", words, (), [], z3.And(weight(a1) == b2z(neuron), factor(a1) == 1))
    k.prove(
        "float64_exact.activation",
        "First-layer activations at the place are whole.",
        (v,),
        [v >= 0, v + 1 < 2 * r],
        hidden64(v, HERE) == z3.ToReal(hz(v)),
        [
            k.at("spot"),
            k.at("whole.data", spot),
            k.at("whole.bends", v),
            k.at("float64_exact.hz", v),
            k.at("float64_cell.hidden", v, HERE),
            k.at("network.relu", HERE - bend(v)),
        ],
    )
    k.prove(
        "float64_exact.term",
        "Every term is the product of weight and activation.",
        (v,),
        [v >= 0, v < a1],
        z3.ToReal(weight(v) * factor(v)) == z3.ToReal(W2z(neuron, v)) * hidden64(v, HERE),
        [
            k.at("second.terms", v),
            k.at("float64_exact.activation", v),
            k.at("float64_whole.W2z", neuron, v),
        ],
    )
    k.induct(
        "float64_exact.partial",
        "The sums of the terms are those of the network.",
        q,
        0,
        (q,),
        [q <= a1],
        z3.ToReal(total(q)) == partial64(neuron, q, HERE),
        base=[
            k.at("rounding_order.exact_terms", 0),
            k.at("float64_cell.partial", neuron, 0, HERE),
        ],
        step=[
            k.at("second.neuron"),
            k.at("rounding_order.exact_terms", q + 1),
            k.at("rounding.term", q),
            k.at("float64_cell.partial", neuron, q + 1, HERE),
            k.at("float64_whole", neuron, q),
            k.at("float64_exact.term", q),
        ],
    )
    k.prove(
        "float64_exact.second",
        "If the terms of a preactivation are in range, it is computed exactly, in any order.",
        (),
        [sizes(a1 + 1) <= limit, r >= 1],
        computed(ROOT) == pre64(neuron, HERE),
        [
            k.at("groups64"),
            k.at("second.neuron"),
            k.at("second.bias"),
            k.at("rounding_order"),
            k.at("rounding_order.exact_terms", a1 + 1),
            k.at("rounding.term", a1),
            k.at("float64_exact.partial", a1),
            k.at("float64_cell.pre", neuron, HERE),
            k.at("float64_whole.bias", neuron),
        ],
    )


def _third(k: Kernel) -> None:
    """The sum of the output at this place."""
    words = "The terms are the a2 products of the output neuron, then its bias C64."
    bias = z3.And(terms == a2 + 1, weight(a2) == Cz, factor(a2) == 1)
    k.assume("third.bias", words, (), [], bias)
    words = "The products are those of u_v and the relu of preactivation v."
    unit = z3.If(odd(v) == 1, z3.IntVal(-1), z3.IntVal(1))
    product = z3.And(weight(v) == unit, z3.ToReal(factor(v)) == relu(pre64(v, HERE)))
    k.assume("third.terms", words, (v,), [v >= 0, v < a2], product)
    k.induct(
        "float64_exact.out",
        "The sums of the terms are those of the output.",
        q,
        0,
        (q,),
        [q <= a2],
        z3.ToReal(total(q)) == out64(q, HERE),
        base=[k.at("rounding_order.exact_terms", 0), k.at("float64_cell.out", 0, HERE)],
        step=[
            k.at("third.bias"),
            k.at("third.terms", q),
            k.at("rounding_order.exact_terms", q + 1),
            k.at("rounding.term", q),
            k.at("float64_cell.out", q + 1, HERE),
            k.at("float64_whole.sign", q),
        ],
    )
    k.prove(
        "float64_exact",
        "If the terms of the output are in range, what is computed is ys exactly, in any order.",
        (),
        [sizes(a2 + 1) <= limit],
        computed(ROOT) == ys(spot),
        [
            k.at("width"),
            k.at("spot"),
            k.at("third.bias"),
            k.at("rounding_order"),
            k.at("rounding_order.exact_terms", a2 + 1),
            k.at("rounding.term", a2),
            k.at("float64_exact.out", a2),
            k.at("float64_cell.network", HERE),
            k.at("whole.constant"),
            k.at("float64", spot),
        ],
    )
