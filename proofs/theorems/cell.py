"""On the cell [b(i), b(i+1)] preactivation j is the line of g_j: exactly one zero, at the knot.

Active prefix: the hinges b(0), ..., b(i) have built the line. Silent tail: hinges further right
add 0, and so do neurons without a group, whatever their breakpoints are.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.interpolant import WIDTH
from proofs.theorems.symbols import (
    a1,
    b,
    b2,
    gs,
    gv,
    i,
    j,
    knot,
    m,
    partial,
    pre,
    r,
    residual,
    t,
)  # fmt: skip
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, construction interpolant: silent columns change nothing"


def prove(k: Kernel) -> None:
    """The preactivation sums are the lines g_j on every cell."""
    _active(k)
    silent(k, "cell", "network", partial)
    k.prove(
        "cell",
        "On cell i preactivation j is the line of g_j.",
        (i, j, t),
        [*INSIDE, b(i) <= t, t <= b(i + 1)],
        pre(j, t) == residual(i, j, t),
        [
            k.at("network.pre", j, t),
            k.at("groups"),
            k.at("cell.active", i, j, t),
            k.at("cell.right", i, j, r, t),
            k.at("cell.silent", j, a1, t),
        ],
    )
    k.prove(
        "cell.zero",
        "On cell i preactivation j is zero at the knot, and only there.",
        (i, j, t),
        [*INSIDE, b(i) <= t, t <= b(i + 1)],
        (pre(j, t) == 0) == (t == knot(i, j)),
        [k.at("cell", i, j, t), k.at("pattern.unique", i, j, t)],
    )


def _active(k: Kernel) -> None:
    """The first i+1 neurons build the line of cell i."""
    k.prove(
        "cell.chain",
        "The line of g_j on cell i ends where the line on cell i+1 begins.",
        (i, j),
        INSIDE,
        gv(i + 1, j) == gv(i, j) + gs(i, j) * WIDTH,
        [
            k.at("pattern.value", i, j),
            k.at("pattern.value", i + 1, j),
            k.at("pattern.slope", i, j),
            k.at("interpolant.continuous", i, j),
            k.at("interpolant.continuous", i, j - 1),
        ],
    )
    k.induct(
        "cell.active",
        "Right of b(i) the first i+1 neurons and the bias make the line of g_j on cell i.",
        i,
        0,
        (i, j, t),
        [i < r, *INSIDE[2:], t >= b(i)],
        partial(j, i + 1, t) + b2(j) == residual(i, j, t),
        base=[
            k.at("network.partial", j, 0, t),
            k.at("network.partial", j, 1, t),
            k.at("network.kink", j, 0),
            k.at("network.start", j),
            k.at("network.hidden", 0, t),
            k.at("network.relu", t - b(0)),
        ],
        step=[
            k.at("breakpoint", i),
            k.at("network.partial", j, i + 2, t),
            k.at("network.kink", j, i + 1),
            k.at("network.hidden", i + 1, t),
            k.at("network.relu", t - b(i + 1)),
            k.at("cell.chain", i, j),
        ],
    )


def silent(k: Kernel, name: str, network: str, sums: z3.FuncDeclRef) -> None:
    """Neurons right of the cell, and neurons without a group, add nothing to these partial sums of the network."""
    k.induct(
        f"{name}.right",
        "Left of b(i+1) the neurons from i+1 on, up to the last group, add nothing.",
        m,
        i + 1,
        (i, j, m, t),
        [i >= 0, m <= r, t <= b(i + 1)],
        sums(j, m, t) == sums(j, i + 1, t),
        step=[
            k.at(f"{network}.partial", j, m + 1, t),
            k.at("network.hidden", m, t),
            k.at("network.relu", t - b(m)),
            k.at("breakpoint.monotone", i + 1, m),
        ],
    )
    k.induct(
        f"{name}.silent",
        "Neurons without a group add nothing: their second-layer weights are 0.",
        m,
        r,
        (j, m, t),
        [r >= 0],
        sums(j, m, t) == sums(j, r, t),
        step=[k.at(f"{network}.partial", j, m + 1, t), k.at(f"{network}.weight", j, m)],
    )
