"""Six sorted points, mirrored if the last two bends have opposite signs, then turned: the first bend is not negative.

The bends of the turned points: the first is positive and the second negative (*crossed*), or none of the first two is
negative and the last two have no opposite signs.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow import hinge, incline
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, q, ts, ys

SOURCE = "this project, beyond a1 a2 points: hidden widths (2, 2) meet any 6 points"
way, up = z3.Reals("way_deep up_deep")
td = z3.Function("ts_deep", INT, REAL)
yd = z3.Function("ys_deep", INT, REAL)
slope = z3.Function("slope_deep", INT, REAL)
PLACE = [q >= 0, q < 6]
GAP = [q >= 0, q < 5]


def bend(place):
    """The term is the bend of the turned points at this place, 1 to 4."""
    return slope(place) - slope(place - 1)


def raised(term):
    """The term is this one times up, which is 1 or -1."""
    return z3.If(up == -1, -term, term)


CROSSED = z3.And(bend(1) > 0, bend(2) < 0)


def prove(k: Kernel) -> None:
    """The turned points increase, and their bends are as said."""
    _define(k)
    k.prove(
        "deep_number_data.sorted",
        "The turned points increase.",
        (q,),
        GAP,
        td(q) < td(q + 1),
        [
            *(k.at("deep_number_data.input", place) for place in (q, q + 1)),
            *(k.at("padding.sorted", place) for place in (q, 4 - q)),
        ],
    )
    k.prove(
        "deep_number_data.rise",
        "Slope times run is rise.",
        (q,),
        GAP,
        slope(q) * (td(q + 1) - td(q)) == yd(q + 1) - yd(q),
        [
            *(k.at(f"deep_number_data.{part}", place) for part in ("input", "output") for place in (q, q + 1)),
            k.at("deep_number_data.slope", q),
            *(k.at("shallow.incline", place) for place in (q, 4 - q)),
        ],
    )
    plain = z3.And(bend(1) >= 0, bend(2) >= 0, z3.Not(_opposite(bend(3), bend(4))))
    k.prove(
        "deep_number_data.mirrored",
        "Mirrored points are crossed.",
        (),
        [],
        z3.Or(way == 1, z3.And(way == -1, CROSSED)),
        [
            k.at("deep_number_data.way"),
            k.at("deep_number_data.up"),
            *(k.at("deep_number_data.slope", place) for place in range(3)),
            *(k.at("shallow.hinge", place) for place in (3, 4)),
        ],
    )
    k.prove(
        "deep_number_data",
        "The points are crossed, or neither the first two bends nor the last two have opposite signs.",
        (),
        [],
        z3.Or(CROSSED, plain),
        [
            k.at("deep_number_data.way"),
            k.at("deep_number_data.up"),
            *(k.at("deep_number_data.slope", place) for place in range(5)),
            *(k.at("shallow.hinge", place) for place in range(1, 5)),
        ],
    )


def _opposite(one, other):
    """The formula says that the two have opposite signs."""
    return z3.Or(z3.And(one > 0, other < 0), z3.And(one < 0, other > 0))


def _define(k: Kernel) -> None:
    """Way and sign, and the points seen so."""
    words = "way is -1 if the last two bends have opposite signs, else 1."
    k.define("deep_number_data.way", words, way, (), [(TRUE, z3.If(_opposite(hinge(3), hinge(4)), -ONE, ONE))])
    first = z3.If(way == -1, hinge(4), hinge(1))
    words = "up is the sign of the first bend seen that way; of the second, if the first is 0."
    positive = z3.Or(first > 0, z3.And(first == 0, hinge(2) >= 0))
    k.define("deep_number_data.up", words, up, (), [(TRUE, z3.If(positive, ONE, -ONE))])
    words = "ts_deep lists the points that way."
    k.define("deep_number_data.input", words, td, (q,), [(TRUE, z3.If(way == -1, -ts(5 - q), ts(q)))])
    words = "ys_deep lists their outputs, times up."
    k.define("deep_number_data.output", words, yd, (q,), [(TRUE, raised(z3.If(way == -1, ys(5 - q), ys(q))))])
    words = "slope_deep(q) is the slope from point q to the next."
    right = raised(z3.If(way == -1, -incline(4 - q), incline(q)))
    k.define("deep_number_data.slope", words, slope, (q,), [(TRUE, right)])
