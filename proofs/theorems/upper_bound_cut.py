"""Between two teeth there is an interval on which no neuron changes sign, and f goes the same way.

Neuron by neuron the interval is cut where the neuron vanishes; of the two halves one is kept on
which the value goes the way it goes from tooth k to tooth k+1.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import N, row
from proofs.theorems.upper_bound_network import rise
from proofs.theorems.upper_bound_symbols import crossing, e, end, keep, pre, s, tooth, u, v

SOURCE = "this project, pieces of a network on a line"
INTERVAL = [row >= 0, row + 1 < N]
LEFT, RIGHT = end(0, s, row), end(1, s, row)


def halved(k: Kernel) -> list:
    """What the cut of the interval of neuron s rests on."""
    return [
        k.at("upper_bound_cut.crossing", s, LEFT, RIGHT),
        k.at("upper_bound_cut.keep", row, s, LEFT, RIGHT),
        k.at("upper_bound_cut", 0, s + 1, row),
        k.at("upper_bound_cut", 1, s + 1, row),
    ]


def prove(k: Kernel) -> None:
    """The intervals are named, and are nested."""
    product = pre(s, u) * pre(s, v)
    words = "crossing(s, u, v) is where the line of neuron s from u to v vanishes."
    right = (u * pre(s, v) - v * pre(s, u)) / (pre(s, v) - pre(s, u))
    k.define("upper_bound_cut.crossing", words, crossing, (s, u, v), [(product < 0, right)])
    words = "keep(k, s, u, v) is 0 without a change of sign, 1 for the right half, else -1."
    better = z3.If(rise(row, crossing(s, u, v), v), z3.IntVal(1), z3.IntVal(-1))
    cases = [(product >= 0, z3.IntVal(0)), (product < 0, better)]
    k.define("upper_bound_cut.keep", words, keep, (row, s, u, v), cases)
    words = "end(e, s, k) is an end of interval k once it is cut for the neurons before s."
    ends = end(0, s - 1, row), end(1, s - 1, row)
    moves = keep(row, s - 1, *ends) == z3.If(e == 0, z3.IntVal(1), z3.IntVal(-1))
    cut = z3.If(moves, crossing(s - 1, *ends), end(e, s - 1, row))
    cases = [(s == 0, z3.If(e == 0, tooth(row), tooth(row + 1))), (s > 0, cut)]
    k.define("upper_bound_cut", words, end, (e, s, row), cases, s)
    k.prove(
        "upper_bound_cut.between",
        "A crossing lies strictly between its ends.",
        (s, u, v),
        [u < v, product < 0],
        z3.And(u < crossing(s, u, v), crossing(s, u, v) < v),
        [k.at("upper_bound_cut.crossing", s, u, v)],
    )
    _nested(k)


def _nested(k: Kernel) -> None:
    """The intervals shrink, and keep their direction."""
    k.induct(
        "upper_bound_cut.direction",
        "On every interval left, f goes the way of interval k.",
        s,
        0,
        (s, row),
        INTERVAL,
        z3.And(LEFT < RIGHT, rise(row, LEFT, RIGHT)),
        base=[
            k.at("upper_bound_cut", 0, 0, row),
            k.at("upper_bound_cut", 1, 0, row),
            k.at("teeth", row),
            k.at("zigzags", row),
        ],
        step=[*halved(k)[1:], k.at("upper_bound_cut.between", s, LEFT, RIGHT)],
    )
    k.prove(
        "upper_bound_cut.nested",
        "A cut interval lies in the one before.",
        (s, row),
        [*INTERVAL, s >= 0],
        z3.And(LEFT <= end(0, s + 1, row), end(1, s + 1, row) <= RIGHT),
        [
            *halved(k)[1:],
            k.at("upper_bound_cut.between", s, LEFT, RIGHT),
            k.at("upper_bound_cut.direction", s, row),
        ],
    )
    k.induct(
        "upper_bound_cut.inside",
        "Every interval left lies between its teeth.",
        s,
        0,
        (s, row),
        INTERVAL,
        z3.And(tooth(row) <= LEFT, RIGHT <= tooth(row + 1)),
        base=[k.at("upper_bound_cut", 0, 0, row), k.at("upper_bound_cut", 1, 0, row)],
        step=[k.at("upper_bound_cut.nested", s, row)],
    )
