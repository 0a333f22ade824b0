"""Theorem 4: outputs of any number, at r groups of a2 points and extra points to their right.

With outputs a2 + extra second-layer neurons, output e is right at all r a2 + extra sorted places;
r may be as large as a1. e is any one output: what it needs of the network is its own.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import a1, a2, f, m, q, r, start, ts, ys
from proofs.theorems.symbols import col as l  # noqa: E741
from proofs.theorems.theorem4_symbols import beyond, extra, f4, kappa, late, outputs, tail

SOURCE = "K. Inoue, Theorem 4; the construction is this project's"


def prove(k: Kernel) -> None:
    """Every output of every point is right."""
    k.prove(
        "theorem4.sum",
        "Output e is its one-output network and the tail.",
        (q,),
        [],
        f4(ts(q)) == f(ts(q)) + tail(extra, ts(q)),
        [
            k.at("extras"),
            k.at("theorem4_network", ts(q)),
            k.at("theorem4_block", ts(q)),
            k.at("theorem4_extra", extra, ts(q)),
        ],
    )
    k.prove(
        "theorem4.count",
        "With a1 groups there are a1 a2 + extra places, and outputs a2 + extra neurons.",
        (),
        [r == a1],
        z3.And(
            start(r) + extra == a1 * a2 + extra,
            start(outputs) + extra == outputs * a2 + extra,
        ),
        [
            k.at("extras"),
            k.at("one_output"),
            k.at("group.product", r),
            k.at("group.product", outputs),
        ],
    )
    _groups(k)
    _extra(k)
    k.prove(
        "theorem4.free",
        "Theorem 4 for any choices: output e is right at all r a2 + extra places.",
        (q,),
        [q >= 0, q < start(r) + extra],
        f4(ts(q)) == ys(q),
        [k.at("theorem4.group_place", q), k.at("theorem4.extra_place", q - start(r))],
    )
    _choose(k)


def _silent(k: Kernel, name, words, variables, hypotheses, first, place, known) -> None:
    """At this place the extra neurons from the first given on add nothing."""
    k.induct(
        name,
        words,
        m,
        first,
        (*variables, m),
        [*hypotheses, m <= extra],
        tail(m, ts(place)) == tail(first, ts(place)),
        step=[
            k.at("theorem4_network.tail", m + 1, ts(place)),
            k.at("network.relu", ts(place) - kappa(m)),
            *known,
        ],
    )


def _groups(k: Kernel) -> None:
    """In the groups the extra neurons are silent."""
    words = "In the groups the extra neurons add nothing."
    inside = [q >= 0, q < start(r)]
    known = [k.at("order", q, start(r) - 1), k.at("theorem4_extra.late", 0, m)]
    _silent(k, "theorem4.group_silent", words, (q,), inside, z3.IntVal(0), q, known)
    k.prove(
        "theorem4.group_place",
        "Output e is right at every place of the groups.",
        (q,),
        inside,
        f4(ts(q)) == ys(q),
        [
            k.at("extras"),
            k.at("theorem4.sum", q),
            k.at("theorem4.group_silent", q, extra),
            k.at("theorem4_network.tail", 0, ts(q)),
            k.at("theorem3_sorted", q),
        ],
    )


def _extra(k: Kernel) -> None:
    """At an extra point its own neuron brings what is lacking, later ones are silent."""
    words = "At extra point l the extra neurons after l add nothing."
    here = [l >= 0, l < extra]
    known = [k.at("theorem4_extra.late", l + 1, m)]
    _silent(k, "theorem4.extra_silent", words, (l,), here[:1], l + 1, beyond(l), known)
    k.prove(
        "theorem4.lack",
        "At extra point l the first l+1 extra neurons add what output e lacks.",
        (l,),
        here,
        tail(l + 1, late(l)) == ys(beyond(l)) - f(late(l)),
        [
            k.at("kinks", l),
            k.at("theorem4_network.tail", l + 1, late(l)),
            k.at("network.relu", late(l) - kappa(l)),
        ],
    )
    k.prove(
        "theorem4.extra_place",
        "Output e is right at every extra point.",
        (l,),
        here,
        f4(late(l)) == ys(beyond(l)),
        [
            k.at("theorem4.sum", beyond(l)),
            k.at("theorem4.extra_silent", l, extra),
            k.at("theorem4.lack", l),
        ],
    )


def _choose(k: Kernel) -> None:
    """kappa in the middle, and the choices of theorem3_line."""
    increasing = [q >= 0, q + 1 < start(r) + extra]
    words = "Neighbouring projected inputs increase, those of the extra points included."
    k.assume("increasing", words, (q,), increasing, ts(q) < ts(q + 1))
    words = "kappa(l) lies halfway between extra point l and the point before it."
    middle = (late(l - 1) + late(l)) / 2
    k.define("theorem4.kappa", words, kappa, (l,), [(l >= 0, middle)])
    known = {
        "kinks": [
            k.at("theorem4.kappa", l),
            k.at("increasing", beyond(l) - 1),
            k.at("extras"),
            k.at("group.inside", r - 1),
            k.at("width"),
        ],
        "sorted": [k.at("increasing", q), k.at("extras")],
    }
    made = {name: k[f"theorem3_line.{name}"] for name in ("separated", "below", "steep")}
    for name, using in known.items():
        a = k[name]
        words = f"The choices satisfy the assumption: {a.words}"
        made[name] = k.prove(f"theorem4.{name}", words, a.variables, a.hypotheses, a.conclusion, using)
    words = "With the choices of theorem3_line output e is right at every place."
    k.discharge("theorem4.made", words, k["theorem4.free"], made)
    words = "Theorem 4: each of the outputs is right at all r a2 + extra sorted places."
    k.discharge("theorem4", words, k["theorem4.made"], {"sorted": k["theorem4.sorted"]})
