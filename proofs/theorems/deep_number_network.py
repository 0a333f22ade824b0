"""A network of hidden widths (2, 2) on the line of the turned points: its numbers, in the two cases.

*Crossed.* First layer relu(t - knee), relu(middle - t), with knee between points 0 and 1 and middle between points 3
and 4. A neuron of the second layer has three slopes then, the middle one the sum of the outer two. The value is
level - relu(pre 0) - relu(pre 1): neuron 1 makes points 0 to 3, of which point 3 is missed by fall; neuron 0 makes
points 4 and 5, and fall at point 3.

*Otherwise* the first two bends are one, and the last two: neuron 1 makes the first, neuron 0 all else.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import CROSSED, PLACE, SOURCE, bend, raised, slope, td, up, yd
from proofs.theorems.shallow_number_join import unit
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, a1, j, m, q, relu, t, ys

__all__ = ["SOURCE"]
half, middle, fall, tail, reach = z3.Reals("half middle fall tail reach_deep")
steep, level, climb, drop, knee = z3.Reals("steep_deep level_deep climb drop knee")
top = z3.Function("top", INT, REAL)
gain = z3.Function("gain_two", INT, REAL)
pre = z3.Function("pre_deep", INT, REAL, REAL)
value = z3.Function("value_deep", REAL, REAL)
met = z3.Int("met_deep")
b1 = z3.Function("b1_two", INT, REAL)
W2 = z3.Function("W2_two", INT, INT, REAL)
b2 = z3.Function("b2_two", INT, REAL)
W3 = z3.Function("W3_two", INT, REAL)
b3 = z3.Real("b3_two")
NAME = "deep_number_network"
EARLY, LATE = bend(1) + bend(2), bend(3) + bend(4)
EARLY_MOMENT = bend(1) * td(1) + bend(2) * td(2)
LATE_MOMENT = bend(3) * td(3) + bend(4) * td(4)


def prove(k: Kernel) -> None:
    """The numbers are what the two cases take of them."""
    _places(k)
    _level(k)
    _slopes(k)
    _knee(k)
    _weights(k)
    words = "Preactivation j of the second layer at t."
    terms = [W2(j, place) * relu(gain(place) * t + b1(place)) for place in (0, 1)]
    k.define(f"{NAME}.pre", words, pre, (j, t), [(TRUE, terms[0] + terms[1] + b2(j))])
    words = "The value at t."
    terms = [W3(place) * relu(pre(place, t)) for place in (0, 1)]
    k.define(f"{NAME}.value", words, value, (t,), [(TRUE, terms[0] + terms[1] + b3)])


def _places(k: Kernel) -> None:
    """The middle of gap 3, and two lines there."""
    k.define(f"{NAME}.half", "half is half of gap 3.", half, (), [(TRUE, (td(4) - td(3)) / 2)])
    k.define(f"{NAME}.middle", "middle is the middle of gap 3.", middle, (), [(TRUE, td(3) + half)])
    k.prove(
        f"{NAME}.gap",
        "middle lies half behind point 3 and half before point 4.",
        (),
        [],
        z3.And(half > 0, middle == td(3) + half, td(4) == middle + half),
        [k.at(f"{NAME}.half"), k.at(f"{NAME}.middle"), k.at("deep_number_data.sorted", 3)],
    )
    words = "tail is the value at middle of the line through points 4 and 5."
    k.define(f"{NAME}.tail", words, tail, (), [(TRUE, yd(4) - slope(4) * half)])
    words = "reach is the value at middle of the line through points 1 and 2."
    k.define(f"{NAME}.reach", words, reach, (), [(TRUE, yd(2) + slope(1) * (middle - td(2)))])
    words = "fall is how far point 3 lies below that line, if the points are crossed."
    k.define(f"{NAME}.fall", words, fall, (), [(TRUE, z3.If(CROSSED, -bend(2) * (td(3) - td(2)), ZERO))])


def _level(k: Kernel) -> None:
    """A level above all values."""
    words = "steep is the greater of -bend(2) and -slope_deep(4)."
    right = z3.If(-bend(2) > -slope(4), -bend(2), -slope(4))
    k.define(f"{NAME}.steep", words, steep, (), [(TRUE, right)])
    words = "top(q) is the greatest of the first q outputs, times up, and of tail + steep half."
    more = z3.If(raised(ys(q - 1)) > top(q - 1), raised(ys(q - 1)), top(q - 1))
    k.define(f"{NAME}.top", words, top, (q,), [(q == 0, tail + steep * half), (q > 0, more)], q)
    k.induct(
        f"{NAME}.greatest",
        "top(m) is not below any output before point m.",
        m,
        q + 1,
        (q, m),
        [q >= 0],
        raised(ys(q)) <= top(m),
        base=[k.at(f"{NAME}.top", q + 1)],
        step=[k.at(f"{NAME}.top", m + 1)],
    )
    k.induct(
        f"{NAME}.least",
        "top(m) is not below tail + steep half.",
        m,
        0,
        (m,),
        [],
        top(m) >= tail + steep * half,
        base=[k.at(f"{NAME}.top", 0)],
        step=[k.at(f"{NAME}.top", m + 1)],
    )
    words = "met counts the points below level: 6, and one for each further neuron of the first layer."
    k.define(f"{NAME}.met", words, met, (), [(TRUE, z3.If(a1 > 2, a1 + 4, z3.IntVal(6)))])
    k.define(f"{NAME}.level", "level is top(met) + fall.", level, (), [(TRUE, top(met) + fall)])
    k.prove(
        f"{NAME}.falls",
        "fall is not negative.",
        (),
        [],
        fall >= 0,
        [k.at(f"{NAME}.fall"), k.at("deep_number_data.sorted", 2)],
    )
    k.prove(
        f"{NAME}.below",
        "The first met outputs, times up, are at least fall below level.",
        (q,),
        [q >= 0, q < met],
        level >= raised(ys(q)) + fall,
        [k.at(f"{NAME}.level"), k.at(f"{NAME}.greatest", q, met)],
    )
    k.prove(
        f"{NAME}.above",
        "level is at least fall above the outputs of the turned points.",
        (q,),
        PLACE,
        level >= yd(q) + fall,
        [k.at("deep_number_data.output", q), k.at(f"{NAME}.met"), *(k.at(f"{NAME}.below", e) for e in (q, 5 - q))],
    )


def _slopes(k: Kernel) -> None:
    """The steep slopes of the crossed case."""
    using = [k.at(f"{NAME}.gap")]
    words = "climb is the slope of neuron 0 between knee and middle."
    k.define(f"{NAME}.climb", words, climb, (), [(TRUE, (top(met) - tail) / half)], using=using)
    k.prove(
        f"{NAME}.climbs",
        "climb is at least steep.",
        (),
        [],
        z3.And(climb * half == top(met) - tail, climb >= steep),
        [*using, k.at(f"{NAME}.climb"), k.at(f"{NAME}.least", met), k.at(f"{NAME}.met")],
    )
    words = "drop is the slope that neuron 1 loses at knee."
    enough = (level - reach) / half
    k.define(f"{NAME}.drop", words, drop, (), [(TRUE, z3.If(enough > bend(1), enough, bend(1)))], using=using)
    k.prove(
        f"{NAME}.drops",
        "drop is at least the first bend, and takes neuron 1 to 0 before point 4.",
        (),
        [],
        z3.And(drop * half >= level - reach, drop >= bend(1)),
        [*using, k.at(f"{NAME}.drop")],
    )


def _knee(k: Kernel) -> None:
    """Where the first neuron of the crossed case begins."""
    words = "knee is so far behind point 0 that neuron 1 meets it; point 0 itself if the points are not crossed."
    behind = td(0) + bend(1) * (td(1) - td(0)) / drop
    cases = [(CROSSED, behind), (z3.Not(CROSSED), td(0))]
    k.define(f"{NAME}.knee", words, knee, (), cases, using=[k.at(f"{NAME}.drops")])
    k.prove(
        f"{NAME}.knees",
        "If the points are crossed, knee lies behind point 0 and not behind point 1.",
        (),
        [CROSSED],
        z3.And(drop * (knee - td(0)) == bend(1) * (td(1) - td(0)), td(0) <= knee, knee <= td(1)),
        [k.at(f"{NAME}.knee"), k.at(f"{NAME}.drops"), k.at("deep_number_data.sorted", 0)],
    )


def _weights(k: Kernel) -> None:
    """The weights, for the crossed points and else."""

    def either(crossed, plain):
        return z3.If(CROSSED, crossed, plain)

    looks = unit(LATE)
    words = "gain(m) is what first-layer neuron m multiplies its input with."
    cases = [(m == 0, ONE), (m == 1, either(-ONE, looks * LATE))]
    k.define(f"{NAME}.gain", words, gain, (m,), cases)
    cases = [(m == 0, -knee), (m == 1, either(middle, -looks * LATE_MOMENT))]
    k.define(f"{NAME}.b1", "b1[m] is its bias.", b1, (m,), cases)
    cases = [
        (z3.And(j == 0, m == 0), either(-slope(4), -slope(0))),
        (z3.And(j == 0, m == 1), either(-climb - slope(4), -looks)),
        (z3.And(j == 1, m == 0), either(-drop, EARLY)),
        (z3.And(j == 1, m == 1), either(slope(1) - drop, ZERO)),
    ]
    k.define(f"{NAME}.W2", "W2[j][m].", W2, (j, m), cases)
    cases = [
        (j == 0, either(level - tail + slope(4) * (middle - knee), level - yd(0))),
        (j == 1, either(level - reach + drop * (middle - knee), EARLY * td(0) - EARLY_MOMENT)),
    ]
    k.define(f"{NAME}.b2", "b2[j] is the bias of second-layer neuron j.", b2, (j,), cases)
    cases = [(j == 0, -up), (j == 1, either(-up, up))]
    k.define(f"{NAME}.W3", "W3[j] is up or -up.", W3, (j,), cases)
    k.define(f"{NAME}.b3", "b3 is level, times up.", b3, (), [(TRUE, up * level)])
