"""One neuron does not swing at all, and two swing once: three (four) points that rise and fall in turn do not fit.

Of two neurons one would bend at point 1 and the other at point 2. If the first rises, point 0 to 1 goes the wrong way;
if it falls, point 2 to 3 does: the other one would have to be on at both ends of what it crosses.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow_number_curve import SOURCE, Row
from proofs.theorems.shallow_number_row import largest
from proofs.theorems.symbols import N, m, q, relu, row

__all__ = ["SOURCE"]
x, y, z, x2, y2, z2, w1, w2, f, g, h = z3.Reals("x y z x2 y2 z2 w1 w2 f g h")
GOES_ON = z3.Or(z3.And(x2 <= y2, y2 <= z2), z3.And(x2 >= y2, y2 >= z2))


def rises(left, right, left2, right2):
    """The term is what the two neurons rise together."""
    return w1 * (relu(right) - relu(left)) + w2 * (relu(right2) - relu(left2))


def prove(k: Kernel) -> None:
    """Two neurons of output weights w1 and w2, in numbers; f, g and h are what they rise, from points 0, 1 and 2."""
    k.prove(
        "shallow_number_few.rising",
        "If neuron 1 rises, and would bend at point 1, and neuron 2 at point 2, the sum does not turn at point 1.",
        (x, y, x2, y2, z2, w1, w2, f, g, h),
        [f == rises(x, y, x2, y2), w1 * g > 0, w2 * h > 0, g * h < 0, x <= y, y2 * z2 < 0, GOES_ON],
        f * g >= 0,
        [k.at("network.relu", value) for value in (x, y, x2, y2)],
    )
    k.prove(
        "shallow_number_few",
        "If neuron 1 would bend at point 1 and is off at point 2, the sum does not turn at point 2.",
        (x, y, z, x2, y2, z2, w1, w2, g, h),
        [g == rises(x, y, x2, y2), h == rises(y, z, y2, z2), w1 * g > 0, y <= 0, GOES_ON],
        g * h >= 0,
        [k.at("network.relu", value) for value in (x, y, z, x2, y2, z2)],
    )


def prove_few(k: Kernel, name: str, neurons: Row) -> None:
    """What one neuron, and two, cannot do; with name.most this is the bound."""
    k.prove(
        f"{name}.one",
        "One neuron does not follow three points that rise and fall in turn.",
        (),
        [neurons.width == 1],
        N <= 2,
        [
            k.at(f"{name}.swings", 0),
            *(k.at(f"{name}.sum", 0, place) for place in range(3)),
            *(k.at(f"{name}.none", place) for place in range(3)),
            *(k.at(f"{name}.straight", 0, place) for place in range(2)),
            *(k.at("network.relu", neurons.height(0, place)) for place in range(3)),
        ],
    )
    _both(k, name, neurons)
    _pair(k, name, neurons)
    k.prove(
        f"{name}.two",
        "Two neurons do not follow four points that rise and fall in turn.",
        (),
        [neurons.width == 2],
        N <= 3,
        [
            *(k.at(f"{name}.turn", place) for place in (1, 2)),
            *(k.at(f"{name}.both_bend", place) for place in (1, 2)),
            *(k.at(f"{name}.both_rise", place) for place in range(3)),
            *(k.at(f"{name}.pair", *order) for order in ((0, 1), (1, 0))),
            *(k.at(f"{name}.other", neuron) for neuron in (0, 1)),
        ],
    )
    k.prove(
        name,
        "A row of neurons follows at most largest(width) points that rise and fall in turn.",
        (),
        [],
        N <= largest(neurons.width),
        [
            *(k.at(f"{name}.{part}") for part in ("most", "one", "two", "width")),
            k.at("shallow_number_row.largest", neurons.width),
        ],
    )


def _both(k: Kernel, name: str, layer: Row) -> None:
    """The two neurons are added."""
    zero, one = z3.IntVal(0), z3.IntVal(1)
    steps = [layer.weight(i) * (relu(layer.height(i, row + 1)) - relu(layer.height(i, row))) for i in (zero, one)]
    k.prove(
        f"{name}.both_rise",
        "Two neurons rise together.",
        (row,),
        [layer.width == 2],
        layer.rise(row) == steps[0] + steps[1],
        [
            *(k.at(f"{name}.sum", count, row + step) for count in (0, 1) for step in (0, 1)),
            *(k.at(f"{name}.none", row + step) for step in (0, 1)),
        ],
    )
    k.prove(
        f"{name}.both_bend",
        "The bends of two neurons are counted together.",
        (row,),
        [layer.width == 2],
        layer.turned(layer.width, row) == layer.bent(zero, row) + layer.bent(one, row),
        [k.at(f"{name}.turned", count, row) for count in range(3)],
    )
    k.prove(
        f"{name}.other",
        "A neuron that bends at point 1 does not bend at point 2.",
        (m,),
        [N >= 4, layer.bent(m, one) == 1],
        layer.bent(m, z3.IntVal(2)) == 0,
        [k.at(f"{name}.swings", 1)],
    )


def _pair(k: Kernel, name: str, layer: Row) -> None:
    """Two neurons alone."""
    at = [z3.IntVal(place) for place in range(4)]
    here = [layer.height(m, place) for place in at]
    k.prove(
        f"{name}.way",
        "A neuron rises or falls all the way.",
        (m,),
        [N >= 4],
        z3.Or(*(z3.And(*(sign * (here[i + 1] - here[i]) >= 0 for i in range(3))) for sign in (1, -1))),
        [k.at(f"{name}.straight", m, place) for place in range(3)],
    )
    other = [layer.height(q, place) for place in at]
    weights = layer.weight(m), layer.weight(q)
    pairs = [(w1, weights[0]), (w2, weights[1])]
    alone = [z3.substitute(rises(*here[i : i + 2], *other[i : i + 2]), *pairs) for i in range(3)]
    rise = [layer.rise(place) for place in at[:3]]
    k.prove(
        f"{name}.pair",
        "Of two neurons alone one does not bend at point 1 and the other at point 2.",
        (m, q),
        [N >= 4, *(r_ == a for r_, a in zip(rise, alone, strict=True)), layer.bent(m, at[1]) == 1],
        layer.bent(q, at[2]) == 0,
        [
            *(k.at(f"{name}.swings", place) for place in (0, 1)),
            *(k.at(f"{name}.way", neuron) for neuron in (m, q)),
            k.at("shallow_number_few.rising", *here[:2], *other[:2], other[3], *weights, *rise),
            k.at("shallow_number_few", *here[1:], *other[1:], *weights, *rise[1:]),
        ],
    )
