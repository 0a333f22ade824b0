"""One second-layer preactivation between two breakpoints, as a function of the projected input t, evaluated exactly."""

from dataclasses import dataclass
from fractions import Fraction

from checker.network import Layer, Network
from checker.theorem_form import TheoremForm


@dataclass(frozen=True)
class Cell:
    """A group's open cell low < t < high (None: unbounded), a neuron's preactivation in it, and its claimed knot.

    before and behind are the nearest points on either side of the knot, or the cell's ends where there are none;
    direction is 1 where the zigzag order goes with t, else -1. The knot is where exact evaluation finds it, or the
    middle of before and behind when it finds none between them.
    """

    line: Network
    low: Fraction
    high: Fraction | None
    before: Fraction
    behind: Fraction | None
    direction: int
    knot: Fraction

    @classmethod
    def of(cls, network: Network, form: TheoremForm, group: int, neuron: int) -> "Cell":
        """The cell of this group, with this neuron's preactivation (both counted from 0)."""
        first, second = network.layers[:2]
        identity = Layer((second.weights[neuron],), (second.bias[neuron],), "identity")
        line = Network((Layer(((Fraction(1),),) * first.width, first.bias, "relu"), identity))
        low, high = (*form.breakpoints, None)[group : group + 2]
        points = form.points(group)
        off = [t for position, t in points.items() if position < neuron]
        on = [t for position, t in points.items() if position >= neuron]
        direction = 1 if group % 2 == 0 else -1
        left, right = (off, on) if direction > 0 else (on, off)
        before, behind = max(left, default=low), min(right, default=high)
        return cls(line, low, high, before, behind, direction, _knot(line, low, high, before, behind))

    def preactivation(self, t: Fraction) -> Fraction:
        """The neuron's preactivation at the projected input t."""
        return self.line.preactivations((t,))[-1][0]

    def holds_at(self, t: Fraction) -> bool:
        """Whether the sign at t is the one claimed and the knot is strictly between its neighbours."""
        ahead, g = self.direction * (t - self.knot), self.preactivation(t)
        return _between(self.knot, self.before, self.behind) and (ahead < 0) == (g < 0) and (ahead > 0) == (g > 0)


def _between(t: Fraction, before: Fraction, behind: Fraction | None) -> bool:
    return before < t and (behind is None or t < behind)


def _knot(line: Network, low: Fraction, high: Fraction | None, before: Fraction, behind: Fraction | None) -> Fraction:
    step = Fraction(1) if high is None else (high - low) / 3
    t, u = low + step, low + 2 * step
    g, h = (line.preactivations((v,))[-1][0] for v in (t, u))
    if g != h and _between(t - g * (u - t) / (h - g), before, behind):
        return t - g * (u - t) / (h - g)
    return before + 1 if behind is None else (before + behind) / 2
