"""No network of one hidden layer, nor one of widths (a1, 1), meets the zigzag of largest(a1) + 1 points on a line.

With shallow_number and shallow_number_first: the largest N such that every dataset of N distinct rows is met is
largest(a1), for any number n >= 1 of inputs.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_curve import SOURCE
from proofs.theorems.symbols import N, a1, a2, row
from proofs.theorems.upper_bound_symbols import tooth
from proofs.theorems.upper_bound_two import c2, take
from proofs.theorems.upper_bound_zigzag import zig

__all__ = ["SOURCE"]


def prove(k: Kernel) -> None:
    """One hidden layer, then one neuron behind it."""
    _one_layer(k)
    _before_one(k)


def _teeth(k: Kernel) -> dict:
    """The teeth at 0, 1, 2, ... increase."""
    return {"teeth": k["upper_bound_zigzag.teeth"]}


def _one_layer(k: Kernel) -> None:
    """The value is that of a second-layer neuron before its relu."""
    words = "The network with one hidden layer meets the N points (P + k Q, zig(k))."
    here = z3.ToReal(row)
    k.assume("met_by_one", words, (row,), [row >= 0, row < N], take(0, a1, here) + c2(0) == zig(row))
    swings = k["swings"]
    k.prove(
        "shallow_number_zigzag.swings",
        "So it rises and falls in turn.",
        swings.variables,
        swings.hypotheses,
        swings.conclusion,
        [
            *(k.at("met_by_one", row + step) for step in range(3)),
            *(k.at("upper_bound_zigzag.tooth", row + step) for step in range(3)),
            *(k.at("upper_bound_zigzag.zig", row + step) for step in (1, 2)),
            k.at("upper_bound_zigzag.level", row),
            k.at("sign.unit", row),
        ],
    )
    words = "Only a zigzag of N <= largest(a1) points is met by one hidden layer of a1 neurons."
    proofs = {**_teeth(k), "swings": k["shallow_number_zigzag.swings"]}
    k.discharge("shallow_number_zigzag", words, k["shallow_number_swings"], proofs)


def _before_one(k: Kernel) -> None:
    """A second layer of one neuron only bends the values of the first."""
    k.assume("one_second", "There is one second-layer neuron: a2 = 1.", (), [], a2 == 1)
    swings = k["swings"]
    places = [tooth(row + step) for step in range(3)]
    k.prove(
        "shallow_number_zigzag.first",
        "If the usual network rises and falls in turn, its one second-layer neuron does, before its relu.",
        swings.variables,
        swings.hypotheses,
        swings.conclusion,
        [
            *(k.at("turns", row + step) for step in (0, 1)),
            k.at("sign", row + 1),
            k.at("one_second"),
            *(k.at("upper_bound_two.value", place) for place in places),
            *(k.at("upper_bound_two.read", count, place) for count in (0, 1) for place in places),
            *(k.at("upper_bound_two.act2", 0, place) for place in places),
            *(k.at("network.relu", take(0, a1, place) + c2(0)) for place in places),
        ],
    )
    words = "A zigzag that a network of widths (a1, 1) follows has at most largest(a1) teeth."
    proofs = {"swings": k["shallow_number_zigzag.first"]}
    k.discharge("shallow_number_zigzag.follows", words, k["shallow_number_swings"], proofs)
    words = "Only a zigzag of N <= largest(a1) points is met by a network of widths (a1, 1)."
    proofs = {**_teeth(k), "turns": k["upper_bound_zigzag.rises"]}
    k.discharge("shallow_number_zigzag.before_one", words, k["shallow_number_zigzag.follows"], proofs)
