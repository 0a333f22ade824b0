"""One hidden layer of a1 neurons on a line through n inputs: any zigzag it follows has at most largest(a1) points.

The layer is the first of upper_bound_two, with any weights V1, c1; its value is what a second-layer neuron takes of it,
the sum of V2(0, m) times act1(m) over all a1 neurons m. A bias behind the sum does not change what rises and falls.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_bound import prove_row
from proofs.theorems.shallow_number_curve import SOURCE, prove_sum, symbols
from proofs.theorems.shallow_number_few import prove_few
from proofs.theorems.symbols import ONE, TRUE, ZERO, N, a1, m, n, row, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_symbols import tooth
from proofs.theorems.upper_bound_two import V2, c1, enter1, take

__all__ = ["SOURCE"]
NEURONS = symbols("swings", a1)
INTERVAL = [row >= 0, row + 1 < N]


def prove(k: Kernel) -> None:
    """The row of neurons, then the count."""
    words = "What one hidden layer rises from a tooth to the next changes its sign at every tooth."
    before, here, there = (take(0, a1, tooth(place)) for place in (row, row + 1, row + 2))
    k.assume("swings", words, (row,), [row >= 0, row + 2 < N], (here - before) * (there - here) < 0)
    _define(k)
    _row(k)
    prove_row(k, "shallow_number_swings", NEURONS)
    prove_few(k, "shallow_number_swings", NEURONS)


def _define(k: Kernel) -> None:
    """The symbols of the row are those of the network."""
    words = "height(m, k) is the preactivation of neuron m at tooth k."
    right = enter1(m, n, tooth(row)) + c1(m)
    k.define("shallow_number_swings.height", words, NEURONS.height, (m, row), [(TRUE, right)])
    words = "tilt(m) is what neuron m takes more of P + Q than of P."
    right = enter1(m, n, ONE) - enter1(m, n, ZERO)
    k.define("shallow_number_swings.tilt", words, NEURONS.tilt, (m,), [(TRUE, right)])
    words = "pace(k) is the gap from tooth k to the next."
    k.define("shallow_number_swings.pace", words, NEURONS.pace, (row,), [(TRUE, tooth(row + 1) - tooth(row))])
    words = "weight(m) is V2(0, m)."
    k.define("shallow_number_swings.weight", words, NEURONS.weight, (m,), [(TRUE, V2(0, m))])
    words = "total(m, k) is the sum over the first m neurons at tooth k."
    k.define("shallow_number_swings.total", words, NEURONS.total, (m, row), [(TRUE, take(0, m, tooth(row)))])


def _row(k: Kernel) -> None:
    """What the count rests on."""
    name = "shallow_number_swings"
    start, end = (enter1(m, l, z3.RealVal(value)) for value in (0, 1))
    k.induct(
        f"{name}.line",
        "On the line the coordinates add up to a line.",
        l,
        0,
        (m, l, t),
        [],
        enter1(m, l, t) == start + (end - start) * t,
        base=[k.at("upper_bound_two.enter", m, 0, value) for value in (t, ZERO, ONE)],
        step=[k.at("upper_bound_two.enter", m, l + 1, value) for value in (t, ZERO, ONE)],
    )
    k.prove(
        f"{name}.straight",
        "From a tooth to the next a neuron rises by its tilt times the gap.",
        (m, row),
        INTERVAL,
        z3.And(
            NEURONS.height(m, row + 1) - NEURONS.height(m, row) == NEURONS.tilt(m) * NEURONS.pace(row),
            NEURONS.pace(row) > 0,
        ),
        [
            *(k.at(f"{name}.height", m, place) for place in (row, row + 1)),
            *(k.at(f"{name}.line", m, n, tooth(place)) for place in (row, row + 1)),
            k.at(f"{name}.tilt", m),
            k.at(f"{name}.pace", row),
            k.at("teeth", row),
            k.at("inputs"),
        ],
    )
    none, more = (k.at("upper_bound_two.take", 0, count, tooth(row)) for count in (0, m + 1))
    prove_sum(k, name, NEURONS, m, [none], [more, k.at("upper_bound_two.act1", m, tooth(row))])
    k.prove(
        f"{name}.swings",
        "The sum rises and falls in turn.",
        (row,),
        [row >= 0, row + 2 < N],
        NEURONS.rise(row) * NEURONS.rise(row + 1) < 0,
        [k.at("swings", row), *(k.at(f"{name}.total", a1, row + step) for step in range(3))],
    )
    k.prove(f"{name}.width", "There is a neuron.", (), [], a1 >= 1, [k.at("neurons")])
