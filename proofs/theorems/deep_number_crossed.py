"""Crossed points: what the two neurons of the second layer are on the three pieces, and at the six points."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import CROSSED, SOURCE, slope, td, up, yd
from proofs.theorems.deep_number_network import climb, drop, fall, knee, level, middle, pre, reach, tail, value
from proofs.theorems.symbols import t

__all__ = ["SOURCE"]
NAME = "deep_number_crossed"
NETWORK = "deep_number_network"
PIECES = {
    "left": [t <= knee, t <= middle],
    "between": [t >= knee, t <= middle],
    "right": [t >= knee, t >= middle],
}
FIRST = {
    "left": level - tail - climb * (middle - t) - slope(4) * (knee - t),
    "between": level - tail - climb * (middle - t),
    "right": level - tail - slope(4) * (t - middle),
}
SECOND = {
    "left": level - reach + slope(1) * (middle - t) - drop * (knee - t),
    "between": level - reach + slope(1) * (middle - t),
    "right": level - reach - drop * (t - middle),
}
FIRST_AT = (
    pre(0, t) <= 0,
    *(pre(0, td(place)) <= 0 for place in (1, 2)),
    pre(0, td(3)) == fall,
    *(pre(0, td(place)) == level - yd(place) for place in (4, 5)),
)
SECOND_AT = (
    *(pre(1, td(place)) == level - yd(place) for place in range(3)),
    pre(1, td(3)) == level - yd(3) - fall,
    pre(1, t) <= 0,
)
FALLS = (("climbs", "level", "steep", "fall"), (), ())
FIRST_NEEDS = (*(FALLS,) * 3, (("climbs", "level"), (), ()), (("tail",), (), ()), (("tail",), (4,), (4,)))
SECOND_NEEDS = (
    *((("reach",), (), rises) for rises in ((0, 1), (1,), ())),
    (("reach", "fall"), (), (2,)),
    (("drops",), (), ()),
)
"""Of each point: which numbers of the network, gaps and rises its proof takes."""


def prove(k: Kernel) -> None:
    """The two neurons on the pieces and at the points."""
    for piece in PIECES:
        for j in (0, 1):
            _piece(k, piece, j)
    for place, conclusion in enumerate(FIRST_AT):
        _point(k, 0, place, conclusion, FIRST_NEEDS[place])
    for place, conclusion in enumerate(SECOND_AT):
        _point(k, 1, place, conclusion, SECOND_NEEDS[place])
    for place in range(6):
        _value(k, place)


def _piece(k: Kernel, piece: str, j: int) -> None:
    """A neuron on one piece."""
    silent = {"left": 0, "right": 1}.get(piece)
    k.prove(
        f"{NAME}.{piece}.{j}",
        f"Neuron {j} on the piece: {piece}.",
        (t,),
        [CROSSED, *PIECES[piece]],
        pre(j, t) == (FIRST, SECOND)[j][piece],
        [
            k.at(f"{NETWORK}.pre", j, t),
            *(k.at(f"{NETWORK}.{part}", m) for part in ("gain", "b1") for m in (0, 1)),
            *(k.at(f"{NETWORK}.W2", j, m) for m in (0, 1) if m != silent),
            k.at(f"{NETWORK}.b2", j),
            k.at("network.relu", t - knee),
            k.at("network.relu", middle - t),
        ],
    )


def _point(k: Kernel, j: int, place: int, conclusion, needs) -> None:
    """A neuron at a point; where it is silent at an outer point, it is so beyond."""
    parts, gaps, rises = needs
    piece = "left" if place == 0 else "between" if place < 4 else "right"
    beyond = {(0, 0): t <= td(0), (1, 4): t >= td(4)}.get((j, place))
    k.prove(
        f"{NAME}.{('first', 'second')[j]}.{place}",
        f"Neuron {j} at point {place}" + (" and beyond." if beyond is not None else "."),
        (t,) if beyond is not None else (),
        [CROSSED, *([beyond] if beyond is not None else [])],
        conclusion,
        [
            k.at(f"{NAME}.{piece}.{j}", td(place) if beyond is None else t),
            *(k.at(f"{NETWORK}.{part}") for part in ("knees", "gap", *parts)),
            *(k.at("deep_number_data.sorted", gap) for gap in (1, 2, *gaps)),
            *(k.at("deep_number_data.rise", gap) for gap in rises),
        ],
    )


def _value(k: Kernel, place: int) -> None:
    """The value at a point; of a silent neuron the output weight is not asked."""
    silent = {0: 0, 1: 0, 2: 0, 4: 1, 5: 1}.get(place)
    k.prove(
        f"{NAME}.{place}",
        f"The value at point {place}, if the points are crossed.",
        (),
        [CROSSED],
        value(td(place)) == up * yd(place),
        [
            k.at(f"{NETWORK}.value", td(place)),
            *(k.at(f"{NETWORK}.W3", j) for j in (0, 1) if j != silent),
            k.at(f"{NETWORK}.b3"),
            *(k.at("network.relu", pre(j, td(place))) for j in (0, 1)),
            k.at(f"{NAME}.first.0", td(0)) if place == 0 else k.at(f"{NAME}.first.{place}"),
            k.at(f"{NAME}.second.4", td(place)) if place > 3 else k.at(f"{NAME}.second.{place}"),
            *([k.at("deep_number_data.sorted", 4)] if place == 5 else []),
            k.at(f"{NETWORK}.falls"),
            k.at(f"{NETWORK}.above", place),
        ],
    )
