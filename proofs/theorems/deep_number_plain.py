"""Points that are not crossed: one bend for the first two, one for the last two, and the values at the six points."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import CROSSED, SOURCE, bend, slope, td, up, yd
from proofs.theorems.deep_number_network import LATE, b1, gain, level, pre, value
from proofs.theorems.shallow_number_join import unit
from proofs.theorems.symbols import relu, t

__all__ = ["SOURCE"]
NAME = "deep_number_plain"
NETWORK = "deep_number_network"
PLAIN = [z3.Not(CROSSED)]
LATER = bend(3) * relu(t - td(3)) + bend(4) * relu(t - td(4))


def prove(k: Kernel) -> None:
    """The two neurons of the second layer, and the value at every point."""
    _late(k)
    _neurons(k)
    for place in range(6):
        _line(k, place)
        _value(k, place)


def _late(k: Kernel) -> None:
    """The last two bends."""
    k.prove(
        f"{NAME}.late",
        "First-layer neuron 1 is the last two bends, save strictly between their points.",
        (t,),
        [*PLAIN, z3.Or(t <= td(3), t >= td(4))],
        unit(LATE) * relu(gain(1) * t + b1(1)) == LATER,
        [
            *(k.at(f"{NETWORK}.{part}", 1) for part in ("gain", "b1")),
            k.at("shallow_number_join.unit", LATE),
            k.at("network.relu", gain(1) * t + b1(1)),
            *(k.at("network.relu", t - td(place)) for place in (3, 4)),
            k.at("deep_number_data"),
            k.at("deep_number_data.sorted", 3),
        ],
    )


def _neurons(k: Kernel) -> None:
    """The second layer from point 0 on."""
    start = [
        k.at(f"{NETWORK}.knee"),
        *(k.at(f"{NETWORK}.{part}", 0) for part in ("gain", "b1")),
        k.at("network.relu", t - td(0)),
    ]
    k.prove(
        f"{NAME}.second",
        "Neuron 1 is the line of the first two bends.",
        (t,),
        [*PLAIN, t >= td(0)],
        pre(1, t) == bend(1) * (t - td(1)) + bend(2) * (t - td(2)),
        [
            k.at(f"{NETWORK}.pre", 1, t),
            *start,
            *(k.at(f"{NETWORK}.W2", 1, m) for m in (0, 1)),
            k.at(f"{NETWORK}.b2", 1),
        ],
    )
    k.prove(
        f"{NAME}.first",
        "Neuron 0 is level less the first line and the last two bends.",
        (t,),
        [*PLAIN, t >= td(0), z3.Or(t <= td(3), t >= td(4))],
        pre(0, t) == level - yd(0) - slope(0) * (t - td(0)) - LATER,
        [
            k.at(f"{NETWORK}.pre", 0, t),
            *start,
            *(k.at(f"{NETWORK}.W2", 0, m) for m in (0, 1)),
            k.at(f"{NETWORK}.b2", 0),
            k.at(f"{NAME}.late", t),
        ],
    )


def _line(k: Kernel, place: int) -> None:
    """The two neurons at a point."""
    here = td(place)
    k.prove(
        f"{NAME}.line.{place}",
        f"At point {place} neuron 0 is the level, less the output, and what neuron 1 adds.",
        (),
        PLAIN,
        pre(0, here) == level - yd(place) + relu(pre(1, here)),
        [
            k.at(f"{NAME}.first", here),
            k.at(f"{NAME}.second", here),
            k.at("network.relu", pre(1, here)),
            k.at("deep_number_data"),
            *(k.at("deep_number_data.sorted", gap) for gap in range(max(4, place))),
            *(k.at("deep_number_data.rise", gap) for gap in range(place)),
            *(k.at("network.relu", here - td(point)) for point in (3, 4)),
        ],
    )


def _value(k: Kernel, place: int) -> None:
    """The value at a point."""
    here = td(place)
    k.prove(
        f"{NAME}.{place}",
        f"The value at point {place}, if the points are not crossed.",
        (),
        PLAIN,
        value(here) == up * yd(place),
        [
            k.at(f"{NETWORK}.value", here),
            *(k.at(f"{NETWORK}.W3", j) for j in (0, 1)),
            k.at(f"{NETWORK}.b3"),
            *(k.at("network.relu", pre(j, here)) for j in (0, 1)),
            k.at(f"{NAME}.line.{place}"),
            k.at(f"{NETWORK}.falls"),
            k.at(f"{NETWORK}.above", place),
        ],
    )
