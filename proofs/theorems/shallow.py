"""One row of hinges at the first M sorted points meets the first M + 1 of them."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import INT, REAL, ZERO, m, q, relu, t, ts, ys

SOURCE = "this project, beyond a1 a2 points: a layer of width M meets M + 1 points"
incline = z3.Function("incline", INT, REAL)
hinge = z3.Function("hinge", INT, REAL)
shallow = z3.Function("shallow", INT, REAL, REAL)


def prove(k: Kernel) -> None:
    """The broken line through the sorted points is a sum of hinges."""
    _define(k)
    k.induct(
        "shallow.line",
        "Right of point m the first m+1 hinges make the line from point m to point m+1.",
        m,
        0,
        (m, t),
        [t >= ts(m)],
        shallow(m + 1, t) + ys(0) == ys(m) + incline(m) * (t - ts(m)),
        base=[
            k.at("shallow.sum", 0, t),
            k.at("shallow.sum", 1, t),
            k.at("shallow.hinge", 0),
            k.at("network.relu", t - ts(0)),
        ],
        step=[
            k.at("shallow.sum", m + 2, t),
            k.at("shallow.hinge", m + 1),
            k.at("network.relu", t - ts(m + 1)),
            k.at("padding.sorted", m),
            k.at("shallow.incline", m),
        ],
    )
    k.induct(
        "shallow.order",
        "The sorted list does not decrease.",
        m,
        q,
        (q, m),
        [q >= 0],
        ts(q) <= ts(m),
        step=[k.at("padding.sorted", m)],
    )
    k.induct(
        "shallow.tail",
        "At point q the hinges from q on are silent.",
        m,
        q,
        (q, m),
        [q >= 0],
        shallow(m, ts(q)) == shallow(q, ts(q)),
        step=[
            k.at("shallow.sum", m + 1, ts(q)),
            k.at("network.relu", ts(q) - ts(m)),
            k.at("shallow.order", q, m),
        ],
    )
    k.prove(
        "shallow",
        "With m hinges the points 0 to m are met.",
        (q, m),
        [q >= 0, q <= m],
        shallow(m, ts(q)) + ys(0) == ys(q),
        [
            k.at("shallow.tail", q, m),
            k.at("shallow.sum", 0, ts(q)),
            k.at("shallow.line", q - 1, ts(q)),
            k.at("padding.sorted", q - 1),
            k.at("shallow.incline", q - 1),
        ],
    )


def _define(k: Kernel) -> None:
    """Inclines between neighbouring points, their changes, and the sum of hinges are named."""
    words = "incline(m) is the slope of the data from point m to point m+1."
    right = (ys(m + 1) - ys(m)) / (ts(m + 1) - ts(m))
    using = [k.at("padding.sorted", m)]
    k.define("shallow.slope", words, incline, (m,), [(m >= 0, right)], using=using)
    k.prove(
        "shallow.incline",
        "Slope times run is rise, from point m to point m+1.",
        (m,),
        [m >= 0],
        incline(m) * (ts(m + 1) - ts(m)) == ys(m + 1) - ys(m),
        [*using, k.at("shallow.slope", m)],
    )
    words = "hinge(m) is the change of incline at point m."
    cases = [(m == 0, incline(0)), (m > 0, incline(m) - incline(m - 1))]
    k.define("shallow.hinge", words, hinge, (m,), cases)
    words = "shallow(m, t) sums hinge(s) relu(t - ts(s)) over the first m points s."
    more = shallow(m - 1, t) + hinge(m - 1) * relu(t - ts(m - 1))
    k.define("shallow.sum", words, shallow, (m, t), [(m == 0, ZERO), (m > 0, more)], m)
