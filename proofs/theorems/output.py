"""At point (i, q) neurons 0 to q add up to the line of G_q, the rest are silent: f = y(i, q)."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.interpolant import CELL
from proofs.theorems.symbols import C, a2, f, i, j, line, out, pre, q, x, y

SOURCE = "this project, construction interpolant"
POINT = [*CELL, q >= 0, q < a2]


def prove(k: Kernel) -> None:
    """The network's value at every point of the zigzag is its output."""
    here = x(i, q)
    k.induct(
        "output.active",
        "At point (i, q) the first j+1 <= q+1 neurons and C make the line of G_j.",
        j,
        -1,
        (i, j, q),
        [*CELL, q < a2, j <= q],
        out(j + 1, here) + C == line(i, j, here),
        base=[
            k.at("network.out", 0, here),
            k.at("interpolant", i, -1),
            k.at("interpolant.slope", i, -1),
        ],
        step=[
            k.at("network.out", j + 2, here),
            k.at("network.relu", pre(j + 1, here)),
            k.at("cell", i, j + 1, here),
            k.at("zigzag.inside", i, q),
            k.at("zigzag.far", i, j + 1, q),
            k.at("pattern.on", i, j + 1, here),
            k.at("pattern.value", i, j + 1),
            k.at("pattern.slope", i, j + 1),
            k.at("sign.unit", j + 1),
        ],
    )
    k.induct(
        "output.silent",
        "At point (i, q) the neurons after q add nothing.",
        j,
        q + 1,
        (i, j, q),
        [*CELL, q >= 0, j <= a2],
        out(j, here) == out(q + 1, here),
        step=[
            k.at("network.out", j + 1, here),
            k.at("network.relu", pre(j, here)),
            k.at("cell", i, j, here),
            k.at("zigzag.inside", i, q),
            k.at("zigzag.far", i, q, j - 1),
            k.at("pattern.off", i, j, here),
        ],
    )
    k.prove(
        "output",
        "The network's value at every point of the zigzag is its output.",
        (i, q),
        POINT,
        f(here) == y(i, q),
        [
            k.at("network", here),
            k.at("output.active", i, q, q),
            k.at("output.silent", i, a2, q),
            k.at("interpolant.through", i, q),
        ],
    )
