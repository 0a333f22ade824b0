"""Engine `line` for one hidden layer: a sum of hinges on the projected line, by sorting and prefix sums.

When all rows of the first layer's weights are the same p, which is checked, the outputs are lines in t = p.x between
two breakpoints: that of a cell is that of the cell before and the one neuron that went on. So n neurons and N points
take n log n + N log n operations, where the judge takes n N.
"""

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from checker.claim import ZERO_ERROR, Claim
from checker.dataset import Dataset
from checker.engines.arithmetic import rational
from checker.engines.first_layer import FirstLayer, NotOnALineError, sees_a_line
from checker.engines.rows import Findings, Rows, in_units
from checker.judge import Certified, Refuted, keeps_patterns, require_fit
from checker.network import Layer, Network


def applies(network: Network) -> bool:
    """Whether the network has one hidden ReLU layer, and all rows of its weights are the same."""
    return sees_a_line(network, ("relu", "identity"))


def prepared(network: Network, claim: Claim = ZERO_ERROR) -> Callable[[Dataset], Certified | Refuted]:
    """The judge's answers for this network and claim. Fails: NotOnALineError."""
    if not applies(network):
        raise NotOnALineError("the rows of the first layer's weights differ, or there is not one hidden ReLU layer")
    return _Engine(network, claim).decided


class _Engine:
    def __init__(self, network: Network, claim: Claim) -> None:
        self._network, self._claim, self._patterned = network, claim, keeps_patterns(network)
        first, last = network.layers
        self._first = FirstLayer(first)
        self._lines = [
            _lines(first, row, bias, self._first.order) for row, bias in zip(last.weights, last.bias, strict=True)
        ]

    def decided(self, dataset: Dataset) -> Certified | Refuted:
        """What the judge answers, in every field."""
        require_fit(self._network, dataset, self._claim)
        findings = Findings(dataset, self._claim, self._patterned)
        for rows in in_units(dataset):
            self._rows(rows, findings)
        return findings.verdict()

    def _rows(self, rows: Rows, findings: Findings) -> None:
        """The rows in increasing t, the neurons going on one after the other."""
        number, first, cell = rational(), self._first, 0
        unit, on = rows.unit * first.unit, bytearray(b"0" * len(first.order) if self._patterned else b"")
        for t, row in first.points(rows):
            before, cell = cell, bisect_left(first.breakpoints, -(-t * first.fine // unit), cell)
            if self._patterned:
                for i in first.order[before:cell]:
                    on[i] = ord("1")
            x = number(t, unit)
            outputs = (slope * x + value for slope, value in (lines[cell] for lines in self._lines))
            findings.row(
                row, on.decode("ascii"), tuple(Fraction(int(q.numerator), int(q.denominator)) for q in outputs)
            )
            for b in first.breakpoints[max(cell - 1, 0) : cell + 1]:
                size = abs(t * first.fine - b * unit)
                findings.preactivation(size, first.fine * unit, row, 1, first.neuron[b] + 1)


def _lines(first: Layer, weights: tuple[Fraction, ...], bias: Fraction, order: list[int]) -> list[tuple[Any, Any]]:
    """(slope, value at t = 0) of one output on every cell; cell c lies behind the first c breakpoints of the order."""
    number = rational()
    slope, value = number(0, 1), number(bias.numerator, bias.denominator)
    lines = [(slope, value)]
    for i in order:
        weight, own = (number(q.numerator, q.denominator) for q in (weights[i], first.bias[i]))
        slope, value = slope + weight, value + weight * own
        lines.append((slope, value))
    return lines
