"""On the sorted list: a row of M >= 3 neurons meets M + 2 points, one more than its hinges alone.

Two hinges u relu(t - b) and v relu(t - c) whose u and v have no opposite signs are one neuron, save strictly between b
and c. So three neurons do for the first four hinges: of hinge(1), hinge(2) and hinge(0) + hinge(3) two have no opposite
signs.

- both: hinge(1) and hinge(2) are joined.
- first: neuron 2 looks left with hinge(3): that is hinge 3 and the slope -hinge(3) from point 0 on. What is missing,
  hinge(0) + hinge(3) at point 0, is joined to hinge(1).
- second: neuron 2 looks left with -hinge(0): that is the slope hinge(0) from point 0 on, and -hinge(0) at point 3. What
  is missing, hinge(0) + hinge(3) at point 3, is joined to hinge(2).
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.shallow import hinge, shallow
from proofs.theorems.symbols import INT, ONE, REAL, TRUE, ZERO, A, m, q, relu, t, ts, ys

SOURCE = "this project, beyond a + 1 points: a layer of a >= 3 neurons meets a + 2 points"
u, v, b, c = z3.Reals("u v b c")
unit = z3.Function("unit", REAL, REAL)
steep = z3.Function("steep", INT, REAL)
moment = z3.Function("moment", INT, REAL)
facing = z3.Function("facing", INT, REAL)
scale = z3.Function("scale", INT, REAL)
shift = z3.Function("shift", INT, REAL)
level = z3.Real("level_number")
number = z3.Function("number", INT, REAL, REAL)
NEED = hinge(0) + hinge(3)
BOTH = hinge(1) * hinge(2) >= 0
FIRST = hinge(1) * NEED >= 0
HINGES = {
    0: ((hinge(0), 0, ZERO, 0), (hinge(1), 1, NEED, 0), (hinge(1), 1, ZERO, 1)),
    1: ((hinge(1), 1, hinge(2), 2), (hinge(2), 2, ZERO, 2), (hinge(2), 2, NEED, 3)),
    2: ((hinge(3), 3, ZERO, 3), (hinge(3), 3, ZERO, 3), (-hinge(0), 3, ZERO, 3)),
}
"""Of neurons 0, 1, 2, in the cases both, first, second: weight and point of one hinge and of another."""
AT_POINTS = z3.Or(t == ts(0), t == ts(1), t == ts(2), t >= ts(3))
CASES = {"both": [BOTH], "first": [z3.Not(BOTH), FIRST], "second": [z3.Not(BOTH), z3.Not(FIRST)]}


def prove(k: Kernel) -> None:
    """The sum of the neurons is that of the hinges, one more than there are neurons."""
    _weights(k)
    _neuron(k)
    _sums(k)
    for case in CASES:
        _first_four(k, case)
    k.induct(
        "shallow_number_join.hinges",
        "At the points the first m >= 3 neurons are m+1 hinges.",
        m,
        3,
        (q, m),
        [q >= 0],
        number(m, ts(q)) + level == shallow(m + 1, ts(q)) + ys(0),
        base=[*(k.at(f"shallow_number_join.{case}", ts(q)) for case in CASES), k.at("shallow.order", 3, q)],
        step=[
            k.at("shallow_number_join.sum", m + 1, ts(q)),
            k.at("shallow.sum", m + 2, ts(q)),
            k.at("shallow_number_join.single", m, ts(q)),
        ],
    )
    k.prove(
        "shallow_number_join",
        "With m >= 3 neurons the points 0 to m+1 are met.",
        (q, m),
        [q >= 0, q <= m + 1, m >= 3],
        number(m, ts(q)) + level == ys(q),
        [k.at("shallow_number_join.hinges", q, m), k.at("shallow", q, m + 1)],
    )


def _neuron_at(place, at):
    """The term is what the neuron adds at the input."""
    return unit(steep(place)) * relu(scale(place) * at + shift(place))


def _hinge_at(weight, point):
    """The term is the hinge at the input t, which is one of the points."""
    return weight * (t - ts(0) if point == 0 else relu(t - ts(point)))


def _by_case(values):
    """The term is the value of the case that holds."""
    both, first, second = values
    return z3.If(BOTH, both, z3.If(FIRST, first, second))


def _weights(k: Kernel) -> None:
    """The weights of the neurons, and their sum."""
    words = "unit(A) is 1 for A >= 0, else -1."
    k.define("shallow_number_join.unit", words, unit, (A,), [(TRUE, z3.If(A >= 0, ONE, -ONE))])
    words = "steep(m) adds the weights of the two hinges of neuron m."
    cases = [(m == place, _by_case([w1 + w2 for w1, _, w2, _ in pairs])) for place, pairs in HINGES.items()]
    k.define("shallow_number_join.steep", words, steep, (m,), [*cases, (m > 2, hinge(m + 1))])
    words = "moment(m) adds their weights, each times its point."
    moments = {place: [w1 * ts(p1) + w2 * ts(p2) for w1, p1, w2, p2 in pairs] for place, pairs in HINGES.items()}
    cases = [(m == place, _by_case(values)) for place, values in moments.items()]
    k.define("shallow_number_join.moment", words, moment, (m,), [*cases, (m > 2, hinge(m + 1) * ts(m + 1))])
    words = "facing(m) is -1 for neuron 2 if it looks left, else 1."
    looks = z3.If(z3.And(m == 2, z3.Not(BOTH)), -ONE, ONE)
    k.define("shallow_number_join.facing", words, facing, (m,), [(TRUE, looks)])
    sign = facing(m) * unit(steep(m))
    words = "scale(m) is what neuron m multiplies its input with."
    k.define("shallow_number_join.scale", words, scale, (m,), [(TRUE, sign * steep(m))])
    k.define("shallow_number_join.shift", "shift(m) is its bias.", shift, (m,), [(TRUE, -sign * moment(m))])
    words = "level is what the sum lacks at point 0."
    left = [weight * (ts(3) - ts(0)) for weight in (ZERO, hinge(3), -hinge(0))]
    k.define("shallow_number_join.level", words, level, (), [(TRUE, ys(0) - _by_case(left))])
    words = "number(m, t) sums unit(steep(s)) relu(scale(s) t + shift(s)) over the first m neurons s."
    more = number(m - 1, t) + _neuron_at(m - 1, t)
    k.define("shallow_number_join.sum", words, number, (m, t), [(m == 0, ZERO), (m > 0, more)], m)


def _neuron(k: Kernel) -> None:
    """What a neuron is, looking right or left."""
    here = _neuron_at(m, t)
    own = [
        k.at("shallow_number_join.unit", steep(m)),
        k.at("shallow_number_join.scale", m),
        k.at("shallow_number_join.shift", m),
        k.at("network.relu", scale(m) * t + shift(m)),
    ]
    k.prove(
        "shallow_number_join.right",
        "A neuron that looks right is two hinges, save strictly between their points.",
        (m, u, b, v, c, t),
        [
            *(facing(m) == 1, steep(m) == u + v, moment(m) == u * b + v * c, u * v >= 0),
            z3.Or(z3.And(t <= b, t <= c), z3.And(t >= b, t >= c)),
        ],
        here == u * relu(t - b) + v * relu(t - c),
        [*own, *(k.at("network.relu", t - point) for point in (b, c))],
    )
    k.prove(
        "shallow_number_join.left",
        "A neuron that looks left from b is a hinge at b, less the line of its slope.",
        (m, b, t),
        [facing(m) == -1, moment(m) == steep(m) * b],
        here == steep(m) * relu(t - b) - steep(m) * (t - b),
        [*own, k.at("network.relu", t - b)],
    )
    k.prove(
        "shallow_number_join.single",
        "From neuron 3 on a neuron is one hinge.",
        (m, t),
        [m >= 3],
        here == hinge(m + 1) * relu(t - ts(m + 1)),
        [
            *(k.at(f"shallow_number_join.{name}", m) for name in ("steep", "moment", "facing")),
            k.at("shallow_number_join.right", m, hinge(m + 1), ts(m + 1), ZERO, ts(m + 1), t),
        ],
    )


def _sums(k: Kernel) -> None:
    """The two sums written out; at the points hinge 0 is a line."""
    k.prove(
        "shallow_number_join.three",
        "Three neurons are added.",
        (t,),
        [],
        number(3, t) == sum((_neuron_at(place, t) for place in (1, 2)), _neuron_at(0, t)),
        [k.at("shallow_number_join.sum", count, t) for count in range(4)],
    )
    k.prove(
        "shallow_number_join.start",
        "At the points hinge 0 is on.",
        (t,),
        [AT_POINTS],
        relu(t - ts(0)) == t - ts(0),
        [k.at("network.relu", t - ts(0)), *(k.at("padding.sorted", point) for point in range(3))],
    )
    k.prove(
        "shallow_number_join.four",
        "Four hinges are added.",
        (t,),
        [AT_POINTS],
        shallow(4, t) == sum((_hinge_at(hinge(point), point) for point in (1, 2, 3)), _hinge_at(hinge(0), 0)),
        [*(k.at("shallow.sum", count, t) for count in range(5)), k.at("shallow_number_join.start", t)],
    )


def _first_four(k: Kernel, case: str) -> None:
    """Three neurons are four hinges."""
    for place in HINGES:
        _place(k, case, place)
    k.prove(
        f"shallow_number_join.{case}",
        f"At the points the first three neurons are the first four hinges: case {case}.",
        (t,),
        [AT_POINTS, *CASES[case]],
        number(3, t) + level == shallow(4, t) + ys(0),
        [
            *(k.at(f"shallow_number_join.{part}", t) for part in ("three", "four")),
            *(k.at(f"shallow_number_join.{case}.{place}", t) for place in HINGES),
            k.at("shallow_number_join.level"),
        ],
    )


def _place(k: Kernel, case: str, place: int) -> None:
    """What one of the first three neurons is."""
    w1, p1, w2, p2 = HINGES[place][list(CASES).index(case)]
    turned, apart, start = case != "both" and place == 2, p1 != p2, 0 in (p1, p2)
    value = _hinge_at(w1, p1) + (_hinge_at(w2, p2) if apart else 0) - (w1 * (t - ts(p1)) if turned else 0)
    rule = ("left", (ts(p1), t)) if turned else ("right", (w1, ts(p1), w2, ts(p2), t))
    k.prove(
        f"shallow_number_join.{case}.{place}",
        f"Neuron {place} in the case {case}: " + ("two hinges, joined." if apart else "one hinge."),
        (t,),
        [*([AT_POINTS] if apart or start else []), *CASES[case]],
        _neuron_at(place, t) == value,
        [
            *(k.at(f"shallow_number_join.{name}", place) for name in ("steep", "moment", "facing")),
            k.at(f"shallow_number_join.{rule[0]}", place, *rule[1]),
            *([k.at("shallow_number_join.start", t)] if start else []),
            *(k.at("padding.sorted", point) for point in range(3) if apart),
        ],
    )
