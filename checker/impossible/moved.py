"""A first layer of one neuron, exactly: one hidden layer on points of which the first (or last) may be moved.

relu(s (t - tau)), s = 1, is 0 at the points up to tau and t - tau behind: up to a constant it moves all these points
to tau. So these must have one value, and what is left is one hidden layer of width a2 on the points tau, t_{g+1}, ...,
t_N, for some tau in [t_g, t_{g+1}]. (s = -1: turned round. No point at or before tau: the points as they are.)

Every generator of a cone of one hidden layer is then, up to a constant, a vector that does not depend on tau plus a
multiple of tau in its first entry. So when v closes some kinds of cones for tau = low, and w closes them for tau =
high, with the same first entry, (1 - r) v + r w closes them for tau = (1 - r) low + r high.
"""

from dataclasses import dataclass
from fractions import Fraction

from checker.impossible.cones import Integers, one_layer
from checker.impossible.cover import closed_kinds, separates

Pair = tuple[Integers, Integers]


@dataclass(frozen=True)
class Moved:
    """Points of which the first is anywhere in [low, high]; ts holds the others, which are not below high.

    reversed: the points are -t of the dataset's, in turn. low None: no point is moved, ts are all points.
    """

    low: Fraction | None
    high: Fraction | None
    ts: tuple[Fraction, ...]
    ys: Integers
    reversed: bool

    def at(self, tau: Fraction | None) -> tuple[Fraction, ...]:
        """The points with the first at tau."""
        return self.ts if tau is None else (tau, *self.ts)

    def split(self, at: Fraction) -> tuple["Moved", "Moved"]:
        """Two cases that are this one together."""
        low = Moved(self.low, at, self.ts, self.ys, self.reversed)
        return low, Moved(at, self.high, self.ts, self.ys, self.reversed)


def cases(ts: tuple[Fraction, ...], ys: Integers) -> list[Moved]:
    """What a first layer of one neuron can do with the points: it fits them when one of these cases can be fitted."""
    found = [Moved(None, None, ts, ys, False)]
    turned = tuple(-t for t in reversed(ts)), tuple(reversed(ys))
    for backwards, (points, values) in enumerate(((ts, ys), turned)):
        for g in range(len(points) - 1):
            if len(set(values[: g + 1])) == 1:
                found.append(Moved(points[g], points[g + 1], points[g + 1 :], values[g:], bool(backwards)))
    return found


def closed_pairs(pair: Pair, case: Moved) -> int:
    """The kinds of cones closed by the pair of functionals, for every place of the moved point; 0 if it is none.

    The pair is (v, v) when no point is moved.
    """
    low, high = pair
    if not separates(low, case.ys) or not separates(high, case.ys) or low[0] != high[0]:
        return 0
    ends = ((low, case.low), (high, case.high))
    first, second = (closed_kinds(v, one_layer(case.at(tau))) for v, tau in ends)
    return first & second
