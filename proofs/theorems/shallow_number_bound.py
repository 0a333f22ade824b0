"""A row of M neurons on a line swings at most M times: N points that rise and fall in turn need N <= M + 2.

Where the sum turns, at point k, some neuron changes sign between points k-1 and k+1, and its output weight has the sign
of the turn: it *bends*. A neuron bends at one point only: it changes sign once, at most at two neighbouring points, and
there the sum turns in opposite ways.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_curve import INNER, Row, curve
from proofs.theorems.symbols import N, m, q, relu, row


def prove_row(k: Kernel, name: str, neurons: Row) -> None:
    """The row swings at most as often as it has neurons.

    To be proved before: name.straight, name.sum, name.none, name.swings and name.width.
    """
    _define(k, name, neurons)
    _once(k, name, neurons)
    _curves(k, name, neurons)
    _turns(k, name, neurons)
    _count(k, name, neurons)


def _define(k: Kernel, name: str, layer: Row) -> None:
    """Three counts."""
    words = "bends(m, q) counts the points from 1 to q at which neuron m bends."
    cases = [(q == 0, z3.IntVal(0)), (q > 0, layer.bends(m, q - 1) + layer.bent(m, q))]
    k.define(f"{name}.bends", words, layer.bends, (m, q), cases, q)
    words = "turned(m, k) counts the first m neurons that bend at point k."
    cases = [(m == 0, z3.IntVal(0)), (m > 0, layer.turned(m - 1, row) + layer.bent(m - 1, row))]
    k.define(f"{name}.turned", words, layer.turned, (m, row), cases, m)
    words = "crossed(m, q) counts all bends of the first m neurons at points 1 to q."
    cases = [(q == 0, z3.IntVal(0)), (q > 0, layer.crossed(m, q - 1) + layer.turned(m, q))]
    k.define(f"{name}.crossed", words, layer.crossed, (m, q), cases, q)


def _once(k: Kernel, name: str, layer: Row) -> None:
    """A neuron bends once."""
    up = [layer.tilt(m) * layer.height(m, q + step) > 0 for step in (0, 1)]
    after = z3.And(up[1], z3.Or(up[0], layer.weight(m) * layer.rise(q) > 0))
    k.induct(
        f"{name}.once",
        "A neuron bends at one point at most; behind it, it goes its way.",
        q,
        0,
        (m, q),
        [q + 1 < N],
        z3.Or(layer.bends(m, q) == 0, z3.And(layer.bends(m, q) == 1, after)),
        base=[k.at(f"{name}.bends", m, 0)],
        step=[
            k.at(f"{name}.bends", m, q + 1),
            *(k.at(f"{name}.straight", m, place) for place in (q, q + 1)),
            k.at(f"{name}.swings", q),
        ],
    )


def _curves(k: Kernel, name: str, layer: Row) -> None:
    """Second differences at a point: of one neuron, and of the sum over the first neurons."""
    places, paces = [row - 1, row, row + 1], layer.around(row)
    totals, more = ([layer.total(count, place) for place in places] for count in (m, m + 1))
    heights = [layer.height(m, place) for place in places]
    activations = [relu(height) for height in heights]
    k.prove(
        f"{name}.add",
        "One more neuron adds its own, times its weight.",
        (m, row),
        [m >= 0],
        curve(*more, *paces) == curve(*totals, *paces) + layer.weight(m) * curve(*activations, *paces),
        [
            *(k.at(f"{name}.sum", m, place) for place in places),
            k.at("shallow_number_curve.added", *totals, *activations, *more, layer.weight(m), *paces),
        ],
    )
    own = curve(*activations, *paces)
    k.prove(
        f"{name}.convex",
        "A neuron is convex, and straight where it does not change its sign.",
        (m, row),
        INNER,
        z3.And(own >= 0, z3.Or(heights[0] * heights[2] < 0, own == 0)),
        [
            *(k.at(f"{name}.straight", m, place) for place in places[:2]),
            k.at("shallow_number_curve", *heights, layer.tilt(m), *paces),
        ],
    )


def _turns(k: Kernel, name: str, layer: Row) -> None:
    """Where the sum turns some neuron bends."""
    places, paces = [row - 1, row, row + 1], layer.around(row)
    totals, none, every = ([layer.total(count, place) for place in places] for count in (m, 0, layer.width))
    k.induct(
        f"{name}.idle",
        "Neurons that do not bend at a point do not turn the sum its way.",
        m,
        0,
        (m, row),
        INNER,
        z3.Or(
            layer.turned(m, row) >= 1, z3.And(layer.turned(m, row) == 0, layer.rise(row) * curve(*totals, *paces) <= 0)
        ),
        base=[
            k.at(f"{name}.turned", 0, row),
            k.at("shallow_number_curve.difference", *none, *paces),
            *(k.at(f"{name}.none", place) for place in places),
        ],
        step=[
            k.at(f"{name}.turned", m + 1, row),
            k.at(f"{name}.add", m, row),
            k.at(f"{name}.convex", m, row),
        ],
    )
    k.prove(
        f"{name}.turn",
        "At every inner point some neuron bends.",
        (row,),
        INNER,
        layer.turned(layer.width, row) >= 1,
        [
            k.at(f"{name}.idle", layer.width, row),
            k.at("shallow_number_curve.difference", *every, *paces),
            k.at(f"{name}.swings", row - 1),
            *(k.at(f"{name}.straight", 0, place) for place in places[:2]),
            k.at(f"{name}.width"),
        ],
    )


def _count(k: Kernel, name: str, layer: Row) -> None:
    """The bends are counted by points and by neurons."""
    k.induct(
        f"{name}.neuron",
        "One more neuron adds its own bends.",
        q,
        0,
        (m, q),
        [m >= 0],
        layer.crossed(m + 1, q) == layer.crossed(m, q) + layer.bends(m, q),
        base=[
            *(k.at(f"{name}.crossed", count, 0) for count in (m, m + 1)),
            k.at(f"{name}.bends", m, 0),
        ],
        step=[
            *(k.at(f"{name}.crossed", count, q + 1) for count in (m, m + 1)),
            k.at(f"{name}.turned", m + 1, q + 1),
            k.at(f"{name}.bends", m, q + 1),
        ],
    )
    k.induct(
        f"{name}.nothing",
        "No neurons do not bend.",
        q,
        0,
        (q,),
        [],
        layer.crossed(0, q) == 0,
        base=[k.at(f"{name}.crossed", 0, 0)],
        step=[k.at(f"{name}.crossed", 0, q + 1), k.at(f"{name}.turned", 0, q + 1)],
    )
    k.induct(
        f"{name}.few",
        "The first m neurons bend m times at most.",
        m,
        0,
        (m, q),
        [q >= 0, q + 1 < N],
        layer.crossed(m, q) <= m,
        base=[k.at(f"{name}.nothing", q)],
        step=[k.at(f"{name}.neuron", m, q), k.at(f"{name}.once", m, q)],
    )
    k.induct(
        f"{name}.all",
        "All neurons together bend at every inner point.",
        q,
        0,
        (q,),
        [q + 1 < N],
        layer.crossed(layer.width, q) >= q,
        base=[k.at(f"{name}.crossed", layer.width, 0)],
        step=[k.at(f"{name}.crossed", layer.width, q + 1), k.at(f"{name}.turn", q + 1)],
    )
    k.prove(
        f"{name}.most",
        "Points between which the sum rises and falls in turn are at most two more than the neurons.",
        (),
        [],
        N <= layer.width + 2,
        [k.at(f"{name}.few", layer.width, N - 2), k.at(f"{name}.all", N - 2), k.at(f"{name}.width")],
    )
