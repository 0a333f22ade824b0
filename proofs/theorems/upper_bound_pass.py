"""Neuron by neuron the numbered network is the usual one, so their values agree."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ZERO, a1, a2, j, m, n, relu, t
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.upper_bound_inputs import answer, enter, total
from proofs.theorems.upper_bound_symbols import s
from proofs.theorems.upper_bound_two import act1, act2, c1, c2, c3, enter1, out2, read, take

SOURCE = "this project, pieces of a network on a line"
FIRST = [s >= 0, s < a1]
SECOND = [j >= 0, j < a2]
LAST = a1 + a2


def prove(k: Kernel) -> None:
    """First layer, second layer, output."""
    _input(k)
    k.induct(
        "upper_bound_pass.alone",
        "A first-layer neuron takes from the input alone.",
        m,
        0,
        (s, m, t),
        [s < a1],
        total(s, m, t) == c1(s) + enter(s, n, t),
        base=[k.at("upper_bound_inputs.total", s, 0, t), k.at("upper_bound_two.bias", s)],
        step=[
            k.at("upper_bound_inputs.total", s, m + 1, t),
            k.at("upper_bound_two.wire", s, m),
        ],
    )
    k.prove(
        "upper_bound_pass.first",
        "Neuron s is first-layer neuron s.",
        (s, t),
        FIRST,
        relu(total(s, s, t)) == act1(s, t),
        [
            k.at("inputs"),
            k.at("upper_bound_pass.alone", s, s, t),
            k.at("upper_bound_pass.enter", s, n, t),
            k.at("upper_bound_two.act1", s, t),
        ],
    )
    _second(k)
    _output(k)


def _input(k: Kernel) -> None:
    """The input reaches the first layer only."""
    kinds = {
        "enter": ("First-layer neuron s", [s < a1], enter1(s, l, t), ["enter"]),
        "none": ("A later neuron", [s >= a1], ZERO, []),
    }
    for name, (who, where, taken, own) in kinds.items():
        k.induct(
            f"upper_bound_pass.{name}",
            f"{who} takes from the input what it does in the usual network.",
            l,
            0,
            (s, l, t),
            where,
            enter(s, l, t) == taken,
            base=[
                k.at("upper_bound_inputs.enter", s, 0, t),
                *(k.at(f"upper_bound_two.{sum_}", s, 0, t) for sum_ in own),
            ],
            step=[
                k.at("upper_bound_inputs.enter", s, l + 1, t),
                *(k.at(f"upper_bound_two.{sum_}", s, l + 1, t) for sum_ in own),
                k.at("upper_bound_two.reach", s, l),
            ],
        )


def _second(k: Kernel) -> None:
    """Second-layer neurons take what they take from the first layer, and no more."""
    k.induct(
        "upper_bound_pass.take",
        "From the first layer, neuron a1 + j takes what second-layer neuron j takes.",
        m,
        0,
        (j, m, t),
        [*SECOND, m <= a1],
        total(a1 + j, m, t) == take(j, m, t) + c2(j),
        base=[
            k.at("upper_bound_inputs.total", a1 + j, 0, t),
            k.at("inputs"),
            k.at("upper_bound_pass.none", a1 + j, n, t),
            k.at("upper_bound_two.bias", a1 + j),
            k.at("upper_bound_two.take", j, 0, t),
        ],
        step=[
            k.at("upper_bound_inputs.total", a1 + j, m + 1, t),
            k.at("upper_bound_two.wire", a1 + j, m),
            k.at("upper_bound_two.take", j, m + 1, t),
            k.at("upper_bound_pass.first", m, t),
        ],
    )
    k.induct(
        "upper_bound_pass.rest",
        "From its own layer it takes nothing.",
        m,
        a1,
        (j, m, t),
        [j < a2],
        total(a1 + j, m, t) == total(a1 + j, a1, t),
        step=[
            k.at("upper_bound_inputs.total", a1 + j, m + 1, t),
            k.at("upper_bound_two.wire", a1 + j, m),
            k.at("neurons"),
        ],
    )
    k.prove(
        "upper_bound_pass.second",
        "Neuron a1 + j is second-layer neuron j.",
        (j, t),
        SECOND,
        relu(total(a1 + j, a1 + j, t)) == act2(j, t),
        [
            k.at("neurons"),
            k.at("upper_bound_pass.rest", j, a1 + j, t),
            k.at("upper_bound_pass.take", j, a1, t),
            k.at("upper_bound_two.act2", j, t),
        ],
    )


def _output(k: Kernel) -> None:
    """The last neuron reads the second layer."""
    k.induct(
        "upper_bound_pass.skip",
        "The output takes c3, and nothing from the first layer.",
        m,
        0,
        (m, t),
        [m <= a1],
        total(LAST, m, t) == c3,
        base=[
            k.at("upper_bound_inputs.total", LAST, 0, t),
            k.at("inputs"),
            k.at("upper_bound_pass.none", LAST, n, t),
            k.at("upper_bound_two.bias", LAST),
            k.at("width"),
        ],
        step=[
            k.at("upper_bound_inputs.total", LAST, m + 1, t),
            k.at("upper_bound_two.wire", LAST, m),
        ],
    )
    k.induct(
        "upper_bound_pass.read",
        "From the second layer the output takes what the usual network reads.",
        j,
        0,
        (j, t),
        [j <= a2],
        total(LAST, a1 + j, t) == read(j, t) + c3,
        base=[
            k.at("upper_bound_pass.skip", a1, t),
            k.at("upper_bound_two.read", 0, t),
            k.at("neurons"),
        ],
        step=[
            k.at("upper_bound_inputs.total", LAST, a1 + j + 1, t),
            k.at("upper_bound_two.wire", LAST, a1 + j),
            k.at("upper_bound_two.read", j + 1, t),
            k.at("upper_bound_pass.second", j, t),
            k.at("neurons"),
        ],
    )
    k.prove(
        "upper_bound_pass",
        "The numbered network has the value of the usual one.",
        (t,),
        [],
        answer(t) == out2(t),
        [
            k.at("upper_bound_inputs.value", t),
            k.at("upper_bound_two.L"),
            k.at("upper_bound_two.pieces"),
            k.at("upper_bound_pass.read", a2, t),
            k.at("upper_bound_two.value", t),
            k.at("width"),
        ],
    )
