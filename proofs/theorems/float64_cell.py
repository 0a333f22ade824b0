"""Weights are the bends of g_j, also between the groups, where each G_j is steered anywhere.

V64(m, j) and R64(m, j) are value at bend m and slope on the cell right of it, of G_j. On cell 2i
the preactivation is the line of g_j over group i.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    C64,
    CELL,
    R64,
    T64,
    V64,
    W264,
    b264,
    bend,
    f64,
    gs64,
    gv64,
    half,
    hidden64,
    line64,
    odd,
    out64,
    partial64,
    pre64,
    residual64,
)  # fmt: skip
from proofs.theorems.symbols import TRUE, ZERO, a1, a2, i, j, m, q, r, relu, sign, t

SOURCE = "this project, construction float64"
STEP = bend(m + 1) - bend(m)
BENT = [m >= 0, m + 1 < 2 * r]


def prove(k: Kernel) -> None:
    """The preactivation sums are the lines of g_j on the cells of the groups."""
    words = "2r - 1 first-layer neurons are there for the r groups."
    k.assume("groups64", words, (), [], z3.And(r >= 0, 2 * r <= a1 + 1))
    _interpolants(k)
    _weights(k)
    _sums(k)
    _active(k)
    _silent(k)
    k.prove(
        "float64_cell",
        "On the cell of group i preactivation j is the line of g_j.",
        (i, j, t),
        [*CELL, j >= 0, bend(2 * i) <= t, z3.Implies(i + 1 < r, t <= bend(2 * i + 1))],
        pre64(j, t) == residual64(2 * i, j, t),
        [
            k.at("float64_cell.pre", j, t),
            k.at("groups64"),
            k.at("float64_cell.active", 2 * i, j, t),
            k.at("float64_cell.right", 2 * i, j, 2 * r - 1, t),
            k.at("float64_cell.silent", j, a1, t),
        ],
    )


def _interpolants(k: Kernel) -> None:
    """G_j is continuous: on the cells of the groups as chosen, in between as it must be."""
    words = "V64(m, j) is the value of G_j at bend m, on the line of the group left of or at it."
    k.define("float64_cell.value", words, V64, (m, j),
             [(z3.And(m >= 0, j >= -1), line64(half(m), j, bend(m)))])  # fmt: skip
    words = "R64(m, j) is the slope of G_j right of bend m: chosen on groups, steering between."
    steered = z3.And(m >= 0, odd(m) == 1, m + 2 < 2 * r)
    cases = [
        (m == -1, ZERO),
        (z3.And(m >= 0, odd(m) == 0), T64(half(m), j)),
        (steered, (V64(m + 1, j) - V64(m, j)) / STEP),
    ]
    apart = k.at("float64_points.bend", m)
    k.define("float64_cell.slope", words, R64, (m, j), cases, using=[apart])
    k.prove(
        "float64_cell.continuous",
        "The line of G_j right of bend m ends where the next one begins.",
        (m, j),
        [m >= 0, m + 2 < 2 * r, j >= -1],
        V64(m + 1, j) == V64(m, j) + R64(m, j) * STEP,
        [
            apart,
            k.at("float64_cell.value", m, j),
            k.at("float64_cell.value", m + 1, j),
            k.at("float64_cell.slope", m, j),
            k.at("float64_points.parity", m),
            k.at("float64_points.parity", m + 1),
        ],
    )


def _weights(k: Kernel) -> None:
    """g_j = u_j (G_j - G_{j-1}); second-layer weights are its changes of slope."""
    words = "gv64(m, j) is the value of g_j at bend m."
    right = sign(j) * (V64(m, j) - V64(m, j - 1))
    k.define("float64_cell.gv", words, gv64, (m, j), [(j >= 0, right)])
    words = "gs64(m, j) is the slope of g_j right of bend m."
    right = sign(j) * (R64(m, j) - R64(m, j - 1))
    k.define("float64_cell.gs", words, gs64, (m, j), [(j >= 0, right)])
    change = (R64(m, j) - R64(m, j - 1)) - (R64(m - 1, j) - R64(m - 1, j - 1))
    words = "W264[j][m] is u_j times the change of slope of G_j - G_{j-1}; 0 without a bend."
    cases = [(z3.And(*BENT), sign(j) * change), (z3.And(m >= 0, m + 1 >= 2 * r), ZERO)]
    k.define("float64_cell.weight", words, W264, (j, m), cases)
    words = "b264[j] = u_j (z_j - z_{j-1}), where z_j = G_j(b_0)."
    right = sign(j) * (V64(0, j) - V64(0, j - 1))
    k.define("float64_cell.bias", words, b264, (j,), [(j >= 0, right)])
    k.prove(
        "float64_cell.kink",
        "Second-layer weight (j, m) is the change of slope of g_j at bend m.",
        (j, m),
        [*BENT, j >= 0],
        W264(j, m) == gs64(m, j) - gs64(m - 1, j),
        [k.at("float64_cell.weight", j, m), *(k.at("float64_cell.gs", e, j) for e in (m, m - 1))],
    )


def _sums(k: Kernel) -> None:
    """Activations, partial sums, preactivations and the output are those of a ReLU network."""
    words = "First-layer activation m at t is relu(t - bend(m))."
    k.define("float64_cell.hidden", words, hidden64, (m, t), [(TRUE, relu(t - bend(m)))])
    words = "partial64(j, m, t) sums W264[j][s] times activation s over the first m neurons s."
    more = partial64(j, m - 1, t) + W264(j, m - 1) * hidden64(m - 1, t)
    cases = [(m == 0, ZERO), (m > 0, more)]
    k.define("float64_cell.partial", words, partial64, (j, m, t), cases, m)
    words = "Second-layer preactivation j at t is the sum over all a1 neurons plus the bias."
    k.define("float64_cell.pre", words, pre64, (j, t), [(TRUE, partial64(j, a1, t) + b264(j))])
    words = "out64(j, t) sums u_s times relu of preactivation s over the first j neurons s."
    more = out64(j - 1, t) + sign(j - 1) * relu(pre64(j - 1, t))
    k.define("float64_cell.out", words, out64, (j, t), [(j == 0, ZERO), (j > 0, more)], j)
    words = "The network's value at t is the sum over all a2 neurons plus C64."
    k.define("float64_cell.network", words, f64, (t,), [(TRUE, out64(a2, t) + C64)])


def _active(k: Kernel) -> None:
    """The first m+1 neurons build the line right of bend m."""
    k.prove(
        "float64_cell.chain",
        "The line of g_j right of bend m ends where the next one begins.",
        (m, j),
        [m >= 0, m + 2 < 2 * r, j >= 0],
        gv64(m + 1, j) == gv64(m, j) + gs64(m, j) * STEP,
        [
            k.at("float64_cell.gv", m, j),
            k.at("float64_cell.gv", m + 1, j),
            k.at("float64_cell.gs", m, j),
            k.at("float64_cell.continuous", m, j),
            k.at("float64_cell.continuous", m, j - 1),
        ],
    )

    def neuron(index):
        return [
            k.at("float64_cell.partial", j, index + 1, t),
            k.at("float64_cell.kink", j, index),
            k.at("float64_cell.hidden", index, t),
            k.at("network.relu", t - bend(index)),
        ]

    k.induct(
        "float64_cell.active",
        "Right of bend m the first m+1 neurons and the bias make the line of g_j there.",
        m,
        0,
        (m, j, t),
        [m + 1 < 2 * r, j >= 0, t >= bend(m)],
        partial64(j, m + 1, t) + b264(j) == residual64(m, j, t),
        base=[
            *neuron(z3.IntVal(0)),
            k.at("float64_cell.partial", j, 0, t),
            k.at("float64_cell.bias", j),
            k.at("float64_cell.gv", 0, j),
            k.at("float64_cell.gs", -1, j),
            k.at("float64_cell.slope", -1, j),
            k.at("float64_cell.slope", -1, j - 1),
        ],
        step=[
            *neuron(m + 1),
            k.at("float64_points.bend", m),
            k.at("float64_cell.chain", m, j),
        ],
    )


def _silent(k: Kernel) -> None:
    """Neurons right of the cell, and neurons without a bend, add nothing."""
    k.induct(
        "float64_cell.right",
        "Left of bend m+1 the neurons from m+1 on, up to the last bend, add nothing.",
        q,
        m + 1,
        (m, j, q, t),
        [m >= 0, q < 2 * r, z3.Implies(m + 2 < 2 * r, t <= bend(m + 1))],
        partial64(j, q, t) == partial64(j, m + 1, t),
        step=[
            k.at("float64_cell.partial", j, q + 1, t),
            k.at("float64_cell.hidden", q, t),
            k.at("network.relu", t - bend(q)),
            k.at("float64_points.monotone", m + 1, q),
        ],
    )
    k.induct(
        "float64_cell.silent",
        "Neurons without a bend add nothing: their second-layer weights are 0.",
        m,
        2 * r - 1,
        (j, m, t),
        [r >= 1],
        partial64(j, m, t) == partial64(j, 2 * r - 1, t),
        step=[k.at("float64_cell.partial", j, m + 1, t), k.at("float64_cell.weight", j, m)],
    )
