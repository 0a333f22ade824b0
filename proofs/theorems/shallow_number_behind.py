"""No network of widths (1, a2) meets the zigzag of largest(a2) + 1 points on a line.

What the one first-layer neuron puts out moves one way along the zigzag, and moves at every tooth, since the value does.
So the second layer is a row of neurons at other points of a line, in the same or the opposite order.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems import shallow_number_swings
from proofs.theorems.shallow_number_bound import prove_row
from proofs.theorems.shallow_number_curve import SOURCE, prove_sum, symbols
from proofs.theorems.shallow_number_few import prove_few
from proofs.theorems.symbols import ONE, TRUE, N, a1, a2, j, row, t
from proofs.theorems.upper_bound_symbols import tooth, v
from proofs.theorems.upper_bound_two import V2, V3, act1, c2, read, take

__all__ = ["SOURCE"]
NEURONS = symbols("behind", a2)
BEFORE = shallow_number_swings.NEURONS
INTERVAL = [row >= 0, row + 1 < N]
HERE, THERE = tooth(row), tooth(row + 1)
NAME = "shallow_number_behind"


def prove(k: Kernel) -> None:
    """The row of neurons, the count, and the zigzag 0, 1, 0, 1, ..."""
    k.assume("one_first", "There is one first-layer neuron: a1 = 1.", (), [], a1 == 1)
    _define(k)
    _moves(k)
    _row(k)
    prove_row(k, NAME, NEURONS)
    prove_few(k, NAME, NEURONS)
    words = "Only a zigzag of N <= largest(a2) points is met by a network of widths (1, a2)."
    proofs = {"teeth": k["upper_bound_zigzag.teeth"], "turns": k["upper_bound_zigzag.rises"]}
    k.discharge(f"{NAME}.zigzag", words, k[NAME], proofs)


def _define(k: Kernel) -> None:
    """The symbols of the row are those of the second layer."""
    way = z3.If(BEFORE.tilt(0) >= 0, ONE, -ONE)
    words = "height(j, k) is the preactivation of second-layer neuron j at tooth k."
    k.define(f"{NAME}.height", words, NEURONS.height, (j, row), [(TRUE, take(j, a1, HERE) + c2(j))])
    words = "tilt(j) is its weight, with the sign of the way that first-layer neuron 0 goes."
    k.define(f"{NAME}.tilt", words, NEURONS.tilt, (j,), [(TRUE, V2(j, 0) * way)])
    words = "pace(k) is what first-layer neuron 0 goes from tooth k to the next, that way."
    k.define(f"{NAME}.pace", words, NEURONS.pace, (row,), [(TRUE, way * (act1(0, THERE) - act1(0, HERE)))])
    k.define(f"{NAME}.weight", "weight(j) is V3(j).", NEURONS.weight, (j,), [(TRUE, V3(j))])
    words = "total(j, k) is the sum over the first j neurons at tooth k."
    k.define(f"{NAME}.total", words, NEURONS.total, (j, row), [(TRUE, read(j, HERE))])


def _moves(k: Kernel) -> None:
    """The first-layer neuron does not stand still, and goes one way."""
    k.prove(
        f"{NAME}.take",
        "A second-layer neuron reads first-layer neuron 0 alone.",
        (j, t),
        [],
        take(j, a1, t) == V2(j, 0) * act1(0, t),
        [k.at("one_first"), *(k.at("upper_bound_two.take", j, count, t) for count in (0, 1))],
    )
    k.induct(
        f"{NAME}.same",
        "Inputs at which first-layer neuron 0 is the same are the same to the second layer.",
        j,
        0,
        (j, t, v),
        [act1(0, t) == act1(0, v)],
        read(j, t) == read(j, v),
        base=[k.at("upper_bound_two.read", 0, at) for at in (t, v)],
        step=[
            *(k.at("upper_bound_two.read", j + 1, at) for at in (t, v)),
            *(k.at("upper_bound_two.act2", j, at) for at in (t, v)),
            *(k.at(f"{NAME}.take", j, at) for at in (t, v)),
        ],
    )
    k.prove(
        f"{NAME}.moves",
        "From a tooth to the next first-layer neuron 0 goes its way.",
        (row,),
        INTERVAL,
        NEURONS.pace(row) > 0,
        [
            k.at(f"{NAME}.pace", row),
            k.at(f"{NAME}.same", a2, HERE, THERE),
            k.at("turns", row),
            *(k.at("upper_bound_two.value", at) for at in (HERE, THERE)),
            *(k.at("upper_bound_two.act1", 0, at) for at in (HERE, THERE)),
            *(k.at("shallow_number_swings.height", 0, place) for place in (row, row + 1)),
            k.at("shallow_number_swings.straight", 0, row),
            *(k.at("network.relu", BEFORE.height(0, place)) for place in (row, row + 1)),
            k.at("width"),
        ],
    )


def _row(k: Kernel) -> None:
    """What the count rests on."""
    k.prove(
        f"{NAME}.straight",
        "From a tooth to the next a neuron rises by its tilt times the pace.",
        (j, row),
        INTERVAL,
        z3.And(
            NEURONS.height(j, row + 1) - NEURONS.height(j, row) == NEURONS.tilt(j) * NEURONS.pace(row),
            NEURONS.pace(row) > 0,
        ),
        [
            *(k.at(f"{NAME}.height", j, place) for place in (row, row + 1)),
            *(k.at(f"{NAME}.take", j, at) for at in (HERE, THERE)),
            k.at(f"{NAME}.tilt", j),
            k.at(f"{NAME}.pace", row),
            k.at(f"{NAME}.moves", row),
        ],
    )
    none, more = (k.at("upper_bound_two.read", count, HERE) for count in (0, j + 1))
    prove_sum(k, NAME, NEURONS, j, [none], [more, k.at("upper_bound_two.act2", j, HERE)])
    k.prove(
        f"{NAME}.swings",
        "The sum rises and falls in turn.",
        (row,),
        [row >= 0, row + 2 < N],
        NEURONS.rise(row) * NEURONS.rise(row + 1) < 0,
        [
            *(k.at("turns", row + step) for step in (0, 1)),
            k.at("sign", row + 1),
            *(k.at(f"{NAME}.total", a2, row + step) for step in range(3)),
            *(k.at("upper_bound_two.value", tooth(row + step)) for step in range(3)),
        ],
    )
    k.prove(f"{NAME}.width", "There is a neuron.", (), [], a2 >= 1, [k.at("width")])
