"""One hidden layer on the projected line: n hinges meet n sorted points.

Hinge m begins at the point before point m, the first one 1 before all points. At a point the hinges up to its own are
on and all others off: the linear system for the weights is triangular, with a positive diagonal. Its solution are the
bends of the data.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, ZERO, N, i, m, q, relu, t

SOURCE = "C. Zhang et al., Understanding deep learning requires rethinking generalization (ICLR 2017), Theorem 1"
tz = z3.Function("tz", INT, REAL)
yz = z3.Function("yz", INT, REAL)
begin = z3.Function("begin", INT, REAL)
level = z3.Function("level", INT, REAL)
rise = z3.Function("rise", INT, REAL)
bend = z3.Function("bendh", INT, REAL)
hinges = z3.Function("hinges", INT, REAL, REAL)
PLACE = [q >= 0, q < N]
HINGE = [m >= 0, m < N]


def prove(k: Kernel) -> None:
    """The hinges meet every sorted point."""
    k.parameter(tz, yz)
    words = "The projected inputs of the N points increase."
    k.assume("ascending", words, (q,), [q >= 0, q + 1 < N], tz(q) < tz(q + 1))
    _define(k)
    _triangular(k)
    words = "From point m-1 on, hinges 0 to m make the line through points m-1 and m."
    k.induct(
        "zhang_line.line",
        words,
        m,
        0,
        (m, t),
        [m < N, t >= begin(m)],
        hinges(m + 1, t) == level(m) + rise(m) * (t - begin(m)),
        base=[k.at("zhang_line.sum", 0, t), k.at("zhang_line.sum", 1, t), *_hinge(k, 0)],
        step=[
            k.at("zhang_line.sum", m + 2, t),
            k.at("zhang_line.begin", m + 1),
            *_hinge(k, m + 1),
            k.at("zhang_line.before", m),
            k.at("zhang_line.rise", m),
        ],
    )
    k.induct(
        "zhang_line.tail",
        "At point q the hinges behind its own add nothing.",
        m,
        q + 1,
        (q, m),
        [q >= 0, m <= N],
        hinges(m, tz(q)) == hinges(q + 1, tz(q)),
        step=[k.at("zhang_line.sum", m + 1, tz(q)), k.at("zhang_line.triangular", q, m)],
    )
    k.prove(
        "zhang_line",
        "N hinges meet all N sorted points.",
        (q,),
        PLACE,
        hinges(N, tz(q)) == yz(q),
        [
            k.at("zhang_line.tail", q, N),
            k.at("zhang_line.line", q, tz(q)),
            k.at("zhang_line.before", q),
            k.at("zhang_line.rise", q),
        ],
    )


def _hinge(k: Kernel, place):
    """What the statement on the line takes of a hinge."""
    names = ("level", "bend")
    return [*(k.at(f"zhang_line.{name}", place) for name in names), k.at("network.relu", t - begin(place))]


def _define(k: Kernel) -> None:
    """Where the hinges begin, the inclines of the data, their bends, and the sum."""
    first, later = m == 0, z3.And(m > 0, m < N)
    words = "Hinge m begins at point m-1, and hinge 0 at 1 before point 0."
    k.define("zhang_line.begin", words, begin, (m,), [(first, tz(0) - 1), (later, tz(m - 1))])
    words = "level(m) is the output of point m-1, and 0 before all points."
    k.define("zhang_line.level", words, level, (m,), [(first, ZERO), (later, yz(m - 1))])
    k.prove(
        "zhang_line.before",
        "Hinge m begins before point m: the diagonal of the linear system is positive.",
        (m,),
        HINGE,
        tz(m) - begin(m) > 0,
        [k.at("zhang_line.begin", m), k.at("ascending", m - 1)],
    )
    k.prove(
        "zhang_line.gap",
        "The diagonal is not 0.",
        (m,),
        HINGE,
        tz(m) - begin(m) != 0,
        [k.at("zhang_line.before", m)],
    )
    words = "rise(m) is the slope of the data from point m-1 to point m."
    right = (yz(m) - level(m)) / (tz(m) - begin(m))
    k.define("zhang_line.slope", words, rise, (m,), [(z3.And(*HINGE), right)], using=[k.at("zhang_line.before", m)])
    k.prove(
        "zhang_line.rise",
        "Slope times run is rise, from point m-1 to point m.",
        (m,),
        HINGE,
        rise(m) * (tz(m) - begin(m)) == yz(m) - level(m),
        [k.at("zhang_line.slope", m), k.at("zhang_line.before", m)],
    )
    words = "The weight of hinge m is the bend of the data at point m-1, and rise(0) for m = 0."
    k.define("zhang_line.bend", words, bend, (m,), [(first, rise(0)), (later, rise(m) - rise(m - 1))])
    words = "hinges(m, t) sums the weights times relu(t - begin) over the first m hinges."
    more = hinges(m - 1, t) + bend(m - 1) * relu(t - begin(m - 1))
    k.define("zhang_line.sum", words, hinges, (m, t), [(m == 0, ZERO), (m > 0, more)], m)


def _triangular(k: Kernel) -> None:
    """Which hinges are on at a point."""
    k.induct(
        "zhang_line.order",
        "The projected inputs do not decrease over any distance.",
        m,
        q,
        (q, m),
        [q >= 0, m < N],
        tz(q) <= tz(m),
        step=[k.at("ascending", m)],
    )
    here = relu(tz(q) - begin(i))
    k.prove(
        "zhang_line.triangular",
        "The linear system is lower triangular: hinge i is on at point q for i <= q, and off for i > q.",
        (q, i),
        [*PLACE, i >= 0, i < N],
        z3.And(z3.Implies(i <= q, z3.And(here == tz(q) - begin(i), here > 0)), z3.Implies(i > q, here == 0)),
        [
            k.at("network.relu", tz(q) - begin(i)),
            k.at("zhang_line.begin", i),
            k.at("zhang_line.before", i),
            k.at("zhang_line.order", i, q),
            k.at("zhang_line.order", q, i - 1),
        ],
    )
