"""While no earlier layer changes from one interval to the next, a neuron stays on one line.

On one line it turns on, or off, at most once: on if the line rises, off if it falls.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import N, m, row
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_symbols import (
    L,
    ahead,
    broken,
    end,
    height,
    on,
    pre,
    s,
    slope,
)  # fmt: skip

SOURCE = "this project, pieces of a network on a line"
LAYER = [l >= 0, l < L, s >= ahead(l), s < ahead(l + 1)]
STEP = [row >= 0, row + 2 < N]


def prove(k: Kernel) -> None:
    """Lines repeat while nothing breaks."""
    words = "broken(s, k) is 1 if a neuron before s is not on alike on intervals k and k+1."
    alike = on(s - 1, row) == on(s - 1, row + 1)
    cases = [(s == 0, z3.IntVal(0)), (s > 0, z3.If(alike, broken(s - 1, row), z3.IntVal(1)))]
    k.define("upper_bound_same.broken", words, broken, (s, row), cases, s)
    lines = [("slope", slope), ("height", height)]
    for name, symbol in lines:
        _repeats(k, name, symbol)
    for name, symbol in lines:
        _layer(k, name, symbol)
    _turn(k)


def _repeats(k: Kernel, name: str, symbol: z3.FuncDeclRef) -> None:
    """Alike neurons make the same line."""
    k.induct(
        f"upper_bound_same.{name}",
        f"If no neuron before m breaks, the {name} over the first m neurons repeats.",
        m,
        0,
        (s, m, row),
        [broken(m, row) == 0],
        symbol(s, m, row + 1) == symbol(s, m, row),
        base=[k.at(f"upper_bound_frozen.{name}", s, 0, i) for i in (row, row + 1)],
        step=[
            *(k.at(f"upper_bound_frozen.{name}", s, m + 1, i) for i in (row, row + 1)),
            k.at("upper_bound_same.broken", m + 1, row),
        ],
        vary=[(s, m)],
    )


def _layer(k: Kernel, name: str, symbol: z3.FuncDeclRef) -> None:
    """What a neuron does not read does not count."""
    k.induct(
        f"upper_bound_same.{name}.reads",
        f"The {name} of a neuron is that over the layers before its own.",
        m,
        ahead(l),
        (l, s, m, row),
        LAYER,
        symbol(s, m, row) == symbol(s, ahead(l), row),
        step=[
            k.at(f"upper_bound_frozen.{name}", s, m + 1, row),
            k.at("layered", l, s, m),
            k.at("upper_bound_network.count", l),
        ],
    )
    k.prove(
        f"upper_bound_same.{name}.layer",
        f"If no neuron before layer l breaks, the {name} of its neurons repeats.",
        (l, s, row),
        [*LAYER, broken(ahead(l), row) == 0],
        symbol(s, s, row + 1) == symbol(s, s, row),
        [
            *(k.at(f"upper_bound_same.{name}.reads", l, s, s, i) for i in (row, row + 1)),
            k.at(f"upper_bound_same.{name}", s, ahead(l), row),
            k.at("upper_bound_network.count", l),
        ],
    )


def _turn(k: Kernel) -> None:
    """A change on one line goes one way."""

    def ends(interval):
        return [end(side, s + 1, interval) for side in (0, 1)]

    k.prove(
        "upper_bound_same.line",
        "At the ends of its interval a neuron is its frozen line.",
        (s, row),
        [row >= 0, row + 1 < N, s >= 0],
        z3.And(*(pre(s, x) == slope(s, s, row) * x + height(s, s, row) for x in ends(row))),
        [
            *(k.at("upper_bound_frozen", s, row, x) for x in ends(row)),
            *(k.at("upper_bound_frozen.line", s, s, row, x) for x in ends(row)),
            k.at("upper_bound_cut.nested", s, row),
            k.at("upper_bound_cut.direction", s + 1, row),
        ],
    )
    k.prove(
        "upper_bound_same",
        "A neuron on one line turns on if the line rises and off if it falls.",
        (l, s, row),
        [*STEP, *LAYER, broken(ahead(l), row) == 0, on(s, row) != on(s, row + 1)],
        z3.If(slope(s, s, row) > 0, on(s, row) == 0, on(s, row) == 1),
        [
            *(k.at(f"upper_bound_same.{name}.layer", l, s, row) for name in ("slope", "height")),
            *(k.at("upper_bound_same.line", s, i) for i in (row, row + 1)),
            *(k.at("upper_bound_frozen.on", s, i) for i in (row, row + 1)),
            *(k.at("upper_bound_cut.direction", s + 1, i) for i in (row, row + 1)),
            *(k.at("upper_bound_cut.inside", s + 1, i) for i in (row, row + 1)),
            k.at("upper_bound_network.count", l),
        ],
    )
