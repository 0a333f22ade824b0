"""No network of widths a1 and a2 meets the zigzag of (a1 + 1)(a2 + 1) + 2 points on a line.

The expressive number of widths a1 and a2 is at most (a1 + 1)(a2 + 1) + 1: for any number n of
inputs and any line P + t Q, the points t = 0, 1, ..., N - 1 with outputs 0, 1, 0, 1, ...
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, TRUE, ZERO, N, a1, a2, row, sign
from proofs.theorems.upper_bound_inputs import answer
from proofs.theorems.upper_bound_symbols import tooth
from proofs.theorems.upper_bound_two import out2

SOURCE = "this project, pieces of a network on a line"
zig = z3.Function("zig", INT, REAL)
INTERVAL = [row >= 0, row + 1 < N]
HERE, THERE = tooth(row), tooth(row + 1)


def prove(k: Kernel) -> None:
    """First any zigzag of the usual network, then this one."""
    words = "The value of the usual network rises and falls in turn over the N teeth."
    rises = sign(row) * (out2(THERE) - out2(HERE)) > 0
    k.assume("turns", words, (row,), INTERVAL, rises)
    k.prove(
        "upper_bound_zigzag.alternates",
        "So does the numbered network's.",
        (row,),
        INTERVAL,
        sign(row) * (answer(THERE) - answer(HERE)) > 0,
        [k.at("turns", row), *(k.at("upper_bound_pass", x) for x in (HERE, THERE))],
    )
    words = "A zigzag that a network of two hidden layers follows has at most pieces(L) + 1 teeth."
    proofs = {name: k[f"upper_bound_two.{name}"] for name in ("depth", "widths")}
    proofs |= {"layered": k["upper_bound_two"], "alternates": k["upper_bound_zigzag.alternates"]}
    k.discharge("upper_bound_zigzag.pieces", words, k["upper_bound_inputs"], proofs)
    k.prove(
        "upper_bound_zigzag.two",
        "A zigzag that a network of widths a1 and a2 follows has at most (a1+1)(a2+1)+1 teeth.",
        (),
        [],
        N <= (a1 + 1) * (a2 + 1) + 1,
        [
            k.at("upper_bound_zigzag.pieces"),
            k.at("upper_bound_two.L"),
            k.at("upper_bound_two.pieces"),
        ],
    )
    _points(k)


def _points(k: Kernel) -> None:
    """The zigzag 0, 1, 0, 1, ... at t = 0, 1, 2, 3, ..."""
    words = "Tooth k is at t = k."
    k.define("upper_bound_zigzag.tooth", words, tooth, (row,), [(TRUE, z3.ToReal(row))])
    words = "zig(k) is 0, 1, 0, 1, ..."
    cases = [(row == 0, ZERO), (row > 0, 1 - zig(row - 1))]
    k.define("upper_bound_zigzag.zig", words, zig, (row,), cases, row)
    words = "The network meets the N points (P + k Q, zig(k))."
    k.assume("met", words, (row,), [row >= 0, row < N], out2(z3.ToReal(row)) == zig(row))
    tooths = [k.at("upper_bound_zigzag.tooth", i) for i in (row, row + 1)]
    k.prove("upper_bound_zigzag.teeth", "The teeth increase.", (row,), [], HERE < THERE,
            tooths)  # fmt: skip
    k.induct(
        "upper_bound_zigzag.level",
        "zig(k) is 0 where sign(k) = 1, and 1 where it is -1.",
        row,
        0,
        (row,),
        [],
        sign(row) == 1 - 2 * zig(row),
        base=[k.at("upper_bound_zigzag.zig", 0), k.at("sign", 0), k.at("sign", -1)],
        step=[k.at("upper_bound_zigzag.zig", row + 1), k.at("sign", row + 1)],
    )
    k.prove(
        "upper_bound_zigzag.rises",
        "A network that meets the points rises and falls in turn.",
        (row,),
        INTERVAL,
        sign(row) * (out2(THERE) - out2(HERE)) > 0,
        [
            *tooths,
            *(k.at("met", i) for i in (row, row + 1)),
            k.at("upper_bound_zigzag.zig", row + 1),
            k.at("upper_bound_zigzag.level", row),
            k.at("sign.unit", row),
        ],
    )
    words = "Only a zigzag of N <= (a1+1)(a2+1)+1 points is met by a network of widths a1 and a2."
    proofs = {"teeth": k["upper_bound_zigzag.teeth"], "turns": k["upper_bound_zigzag.rises"]}
    k.discharge("upper_bound_zigzag", words, k["upper_bound_zigzag.two"], proofs)
