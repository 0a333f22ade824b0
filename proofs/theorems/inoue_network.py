"""The article's network on the projected line, and its preactivations: the terms of the sum.

W2[j][m] = u_j w(m, j), where w is the change of slope at b(m); b2[j] = -u_j c_j; W3[j] = u_j;
b3 = C. Here W2 is V2, b2 is d2, the network's value is fi(t).
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.cell import silent
from proofs.theorems.inoue_symbols import V2, ahead, base, c, d2, drive, fi, kink, lift, slope, total
from proofs.theorems.symbols import TRUE, ZERO, a1, a2, b, hidden, i, j, m, r, relu, sign, t
from proofs.theorems.zigzag import INSIDE

SOURCE = "K. Inoue, Theorem 3, as the author's program runs it"
TERM = sign(j) * (lift(i, j) + slope(i, j) * (t - b(i)))
ON_CELL = [*INSIDE, b(i) <= t, t <= b(i + 1)]


def prove(k: Kernel) -> None:
    """On cell i preactivation j is u_j times term j."""
    _weights(k)
    _sums(k)
    _active(k)
    silent(k, "inoue_network", "inoue_network", drive)
    k.prove(
        "inoue_network",
        "On cell i preactivation j is u_j times the slope of term j times the way from the knot.",
        (i, j, t),
        ON_CELL,
        ahead(j, t) == sign(j) * slope(i, j) * (t - kink(i, j)),
        [
            k.at("inoue_network.pre", j, t),
            k.at("groups"),
            k.at("inoue_network.active", i, j, t),
            k.at("inoue_network.right", i, j, r, t),
            k.at("inoue_network.silent", j, a1, t),
            k.at("inoue_knots.line", i, j, t),
        ],
    )


def _weights(k: Kernel) -> None:
    """Second-layer weights and biases."""
    words = "Weight (j, m) of layer 2 is u_j times the change of slope at b(m); 0 without a group."
    cases = [
        (z3.And(m == 0, m < r), sign(j) * slope(m, j)),
        (z3.And(m > 0, m < r), sign(j) * (slope(m, j) - slope(m - 1, j))),
        (m >= r, ZERO),
    ]
    k.define("inoue_network.weight", words, V2, (j, m), cases)
    words = "Second-layer bias j is -u_j c_j."
    k.define("inoue_network.bias", words, d2, (j,), [(TRUE, -sign(j) * c(j))])


def _sums(k: Kernel) -> None:
    """Partial sums, preactivations and the output are those of a ReLU network."""
    words = "drive(j, m, t) sums weight (j, s) times activation s over the first m neurons s."
    more = drive(j, m - 1, t) + V2(j, m - 1) * hidden(m - 1, t)
    cases = [(m == 0, ZERO), (m > 0, more)]
    k.define("inoue_network.partial", words, drive, (j, m, t), cases, m)
    words = "Second-layer preactivation j at t is the sum over all a1 neurons plus the bias."
    k.define("inoue_network.pre", words, ahead, (j, t), [(TRUE, drive(j, a1, t) + d2(j))])
    words = "totali(j, t) sums u_s times relu of preactivation s over the first j neurons s."
    more = total(j - 1, t) + sign(j - 1) * relu(ahead(j - 1, t))
    k.define("inoue_network.out", words, total, (j, t), [(j == 0, ZERO), (j > 0, more)], j)
    words = "The network's value at t is the sum over all a2 neurons plus C."
    k.define("inoue_network.value", words, fi, (t,), [(TRUE, total(a2, t) + base)])


def _active(k: Kernel) -> None:
    """The first i+1 neurons build the term on cell i."""
    k.induct(
        "inoue_network.active",
        "Right of b(i) the first i+1 neurons and the bias make u_j times term j of cell i.",
        i,
        0,
        (i, j, t),
        [i < r, *INSIDE[2:], t >= b(i)],
        drive(j, i + 1, t) + d2(j) == TERM,
        base=[
            k.at("inoue_network.partial", j, 0, t),
            k.at("inoue_network.partial", j, 1, t),
            k.at("inoue_network.weight", j, 0),
            k.at("inoue_network.bias", j),
            k.at("inoue_term.start", j),
            k.at("network.hidden", 0, t),
            k.at("network.relu", t - b(0)),
        ],
        step=[
            k.at("breakpoint", i),
            k.at("inoue_network.partial", j, i + 2, t),
            k.at("inoue_network.weight", j, i + 1),
            k.at("network.hidden", i + 1, t),
            k.at("network.relu", t - b(i + 1)),
            k.at("inoue_term.chain", i, j),
        ],
    )
