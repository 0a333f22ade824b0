"""Whole data, slopes, C64 and bends one apart in each gap make all weights and biases whole.

The names on z are integers: the same formulas without a division, since e_i and b_i are 1 apart.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    C64,
    CELL,
    R64,
    S64,
    V64,
    W264,
    Cz,
    Rz,
    Sz,
    Vz,
    W2z,
    b2z,
    b264,
    bend,
    bendz,
    half,
    odd,
    tz,
    yz,
)  # fmt: skip
from proofs.theorems.symbols import ONE, a2, i, j, m, q, r, sign, start, ts, ys

SOURCE = "this project, construction float64: all weights are integers when the data are"
PLACE = [q >= 0, q < start(r)]
BENT = [m >= 0, m + 1 < 2 * r]
NEURON = [j >= -1, j < a2]


def prove(k: Kernel) -> None:
    """Second-layer weights and biases are integers."""
    _assume(k)
    _values(k)
    _slopes(k)
    k.induct(
        "float64_whole.sign",
        "sign(j) is 1 for even j and -1 for odd j.",
        j,
        0,
        (j,),
        [],
        sign(j) == z3.If(odd(j) == 1, z3.RealVal(-1), ONE),
        base=[k.at("sign", 0), k.at("sign", -1), k.at("float64_points.odd", 0)],
        step=[
            k.at("sign", j + 1),
            k.at("float64_points.odd", j + 1),
            k.at("float64_points.parity", j),
        ],
    )
    _weights(k)


def _assume(k: Kernel) -> None:
    """What has to be whole."""
    k.parameter(tz, yz, bendz, Cz, Sz)
    inside = [*CELL, j >= 0, j < a2]
    words = "Projected inputs and outputs are whole."
    goal = z3.And(ts(q) == z3.ToReal(tz(q)), ys(q) == z3.ToReal(yz(q)))
    k.assume("whole.data", words, (q,), PLACE, goal)
    words = "The slopes are whole."
    k.assume("whole.slopes", words, (i, j), inside, S64(i, j) == z3.ToReal(Sz(i, j)))
    k.assume("whole.constant", "C64 is whole.", (), [], C64 == z3.ToReal(Cz))
    k.assume("whole.bends", "The bends are whole.", (m,), BENT, bend(m) == z3.ToReal(bendz(m)))
    words = "The two bends of a gap are 1 apart."
    k.assume("unit", words, (i,), [i >= 0, i + 1 < r], bend(2 * i + 2) == bend(2 * i + 1) + 1)


def _values(k: Kernel) -> None:
    """The values of G_j at the bends are whole."""
    place = start(half(m)) + j
    run = bendz(m) - tz(place)
    words = "Vz(m, j) is the value of G_j at bend m."
    cases = [(j == -1, Cz), (j >= 0, yz(place) + Sz(half(m), j) * run)]
    k.define("float64_whole.Vz", words, Vz, (m, j), cases)
    k.prove(
        "float64_whole.value",
        "The values of G_j at the bends are whole.",
        (m, j),
        [*BENT, *NEURON],
        V64(m, j) == z3.ToReal(Vz(m, j)),
        [
            k.at("float64_points.parity", m),
            k.at("group.inside", half(m)),
            k.at("float64_whole.Vz", m, j),
            k.at("float64_cell.value", m, j),
            k.at("float64_steep.slope", half(m), j),
            k.at("float64_points.input", half(m), j),
            k.at("float64_points.output", half(m), j),
            k.at("whole.data", place),
            k.at("whole.slopes", half(m), j),
            k.at("whole.constant"),
            k.at("whole.bends", m),
        ],
    )


def _slopes(k: Kernel) -> None:
    """The slopes of G_j are whole, on the groups and between them."""
    words = "Rz(m, j) is the slope of G_j right of bend m; between groups a difference of values."
    cases = [
        (z3.Or(m == -1, j == -1), z3.IntVal(0)),
        (z3.And(m >= 0, j >= 0, odd(m) == 0), Sz(half(m), j)),
        (z3.And(m >= 0, j >= 0, odd(m) == 1), Vz(m + 1, j) - Vz(m, j)),
    ]
    k.define("float64_whole.Rz", words, Rz, (m, j), cases)
    k.prove(
        "float64_whole.slope",
        "The slopes of G_j between the bends are whole.",
        (m, j),
        [m >= -1, m + 1 < 2 * r, *NEURON],
        R64(m, j) == z3.ToReal(Rz(m, j)),
        [
            k.at("float64_points.parity", m),
            k.at("float64_whole.Rz", m, j),
            k.at("float64_cell.slope", m, j),
            k.at("float64_steep.slope", half(m), j),
            k.at("whole.slopes", half(m), j),
            k.at("unit", half(m)),
            k.at("float64_whole.value", m, j),
            k.at("float64_whole.value", m + 1, j),
            k.at("float64_whole.Vz", m, j),
            k.at("float64_whole.Vz", m + 1, j),
        ],
    )


def _weights(k: Kernel) -> None:
    """Weights and biases are sums and differences of whole numbers."""
    change = (Rz(m, j) - Rz(m, j - 1)) - (Rz(m - 1, j) - Rz(m - 1, j - 1))
    words = "W2z[j][m] is u_j times the change of slope of G_j - G_{j-1}."
    k.define("float64_whole.W2z", words, W2z, (j, m),
             [(z3.And(*BENT), z3.If(odd(j) == 1, -change, change)),
              (z3.And(m >= 0, m + 1 >= 2 * r), z3.IntVal(0))])  # fmt: skip
    change = Vz(0, j) - Vz(0, j - 1)
    words = "b2z[j] is u_j (z_j - z_{j-1})."
    k.define("float64_whole.b2z", words, b2z, (j,),
             [(j >= 0, z3.If(odd(j) == 1, -change, change))])  # fmt: skip
    signed = k.at("float64_whole.sign", j)
    k.prove(
        "float64_whole.bias",
        "Every second-layer bias is whole.",
        (j,),
        [r >= 1, j >= 0, j < a2],
        b264(j) == z3.ToReal(b2z(j)),
        [
            signed,
            k.at("float64_whole.b2z", j),
            k.at("float64_cell.bias", j),
            k.at("float64_whole.value", 0, j),
            k.at("float64_whole.value", 0, j - 1),
        ],
    )
    k.prove(
        "float64_whole",
        "Every second-layer weight is whole.",
        (j, m),
        [m >= 0, j >= 0, j < a2],
        W264(j, m) == z3.ToReal(W2z(j, m)),
        [
            signed,
            k.at("float64_whole.W2z", j, m),
            k.at("float64_cell.weight", j, m),
            *(k.at("float64_whole.slope", e, n) for e in (m, m - 1) for n in (j, j - 1)),
        ],
    )
