"""Construction float64 meets all sorted data: f64(ts(q)) = ys(q), with 2r - 1 neurons for r groups.

For any bends between the groups, any C64 below the first outputs and any slopes steep enough.
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.float64_symbols import (
    C64,
    CELL,
    f64,
    line64,
    out64,
    pre64,
    x64,
    y64,
)  # fmt: skip
from proofs.theorems.symbols import a2, i, j, q, quotient, r, remainder, start, ts, ys

SOURCE = "this project, construction float64"


def prove(k: Kernel) -> None:
    """At every sorted place the network's value is the output."""
    _point(k)
    group, rest = quotient(q), remainder(q)
    place = [q >= 0, q < start(r)]
    k.prove(
        "float64",
        "The float64 network meets all r a2 sorted places, whatever bends, C64 and S64 are chosen.",
        (q,),
        place,
        f64(ts(q)) == ys(q),
        [
            k.at("theorem3_sorted.division", q),
            k.at("groups64"),
            k.at("group.monotone", r, group),
            k.at("float64_points.input", group, rest),
            k.at("float64_points.output", group, rest),
            k.at("float64.point", group, rest),
        ],
    )


def _point(k: Kernel) -> None:
    """At point (i, q) neurons 0 to q add up to the line of G_q, the rest are silent."""
    here = x64(i, q)

    def sums(last):
        return [
            k.at("float64_cell.out", last + 1, here),
            k.at("network.relu", pre64(last, here)),
            k.at("float64_points", i, q),
            k.at("float64_pattern", i, last, here),
        ]

    following = j + 1
    k.induct(
        "float64.active",
        "At point (i, q) the first j+1 <= q+1 neurons and C64 make the line of G_j.",
        j,
        -1,
        (i, j, q),
        [*CELL, q < a2, j <= q],
        out64(j + 1, here) + C64 == line64(i, j, here),
        base=[
            k.at("float64_cell.out", 0, here),
            k.at("float64_points.output", i, -1),
            k.at("float64_steep.slope", i, -1),
        ],
        step=[
            *sums(following),
            k.at("float64_cell", i, following, here),
            k.at("float64_pattern.line", i, following, here),
            k.at("float64_points.far", i, following, q),
            k.at("sign.unit", following),
        ],
    )
    k.induct(
        "float64.silent",
        "At point (i, q) the neurons after q add nothing.",
        j,
        q + 1,
        (i, j, q),
        [*CELL, q >= 0, j <= a2],
        out64(j, here) == out64(q + 1, here),
        step=[*sums(j), k.at("float64_points.far", i, q, j - 1)],
    )
    k.prove(
        "float64.point",
        "The network's value at every point is its output.",
        (i, q),
        [*CELL, q >= 0, q < a2],
        f64(here) == y64(i, q),
        [
            k.at("float64_cell.network", here),
            k.at("float64.active", i, q, q),
            k.at("float64.silent", i, a2, q),
        ],
    )
