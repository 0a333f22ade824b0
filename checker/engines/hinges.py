"""Engine `line` for one hidden layer: a sum of hinges on the projected line, by sorting and prefix sums.

When all rows of the first layer's weights are the same p, which is checked, the outputs are lines in t = p.x between
two breakpoints: that of a cell is that of the cell before and the one neuron that went on. So n neurons and N points
take n log n + N log n operations, where the judge takes n N.
"""

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any

from checker.claim import ZERO_ERROR, Claim
from checker.dataset import Dataset
from checker.engines.arithmetic import rational
from checker.engines.line import NotOnALineError
from checker.engines.rows import Findings, Rows, in_units, scaled
from checker.judge import Certified, Refuted, keeps_patterns, require_fit
from checker.network import Layer, Network


def applies(network: Network) -> bool:
    """Whether the network has one hidden ReLU layer, and all rows of its weights are the same."""
    if [(type(layer), layer.activation) for layer in network.layers] != [(Layer, "relu"), (Layer, "identity")]:
        return False
    weights = network.layers[0].weights
    return all(row == weights[0] for row in weights)


def prepared(network: Network, claim: Claim = ZERO_ERROR) -> Callable[[Dataset], Certified | Refuted]:
    """The judge's answers for this network and claim. Fails: NotOnALineError."""
    if not applies(network):
        raise NotOnALineError("the rows of the first layer's weights differ, or there is not one hidden ReLU layer")
    return _Engine(network, claim).decided


class _Engine:
    def __init__(self, network: Network, claim: Claim) -> None:
        self._network, self._claim, self._patterned = network, claim, keeps_patterns(network)
        first, last = network.layers
        self._unit = lcm(*(q.denominator for q in first.weights[0]))
        self._projection = scaled(first.weights[0], self._unit)
        self._order = sorted(range(first.width), key=lambda i: -first.bias[i])
        self._fine = lcm(*(b.denominator for b in first.bias))
        self._breakpoints = [-b for b in scaled(tuple(first.bias[i] for i in self._order), self._fine)]
        self._first: dict[int, int] = {}
        for i, b in zip(self._order, self._breakpoints, strict=True):
            self._first[b] = min(i, self._first.get(b, i))
        self._lines = [_lines(first, row, bias, self._order) for row, bias in zip(last.weights, last.bias, strict=True)]

    def decided(self, dataset: Dataset) -> Certified | Refuted:
        """What the judge answers, in every field."""
        require_fit(self._network, dataset, self._claim)
        findings = Findings(dataset, self._claim, self._patterned)
        for rows in in_units(dataset):
            self._rows(rows, findings)
        return findings.verdict()

    def _rows(self, rows: Rows, findings: Findings) -> None:
        """The rows in increasing t, the neurons going on one after the other."""
        number, unit, cell = rational(), rows.unit * self._unit, 0
        on = bytearray(b"0" * len(self._order) if self._patterned else b"")
        points = zip(rows.numbers, rows.integers, strict=True)
        for t, row in sorted((sum(map(mul, self._projection, x)), k) for k, x in points):
            before, cell = cell, bisect_left(self._breakpoints, -(-t * self._fine // unit), cell)
            if self._patterned:
                for i in self._order[before:cell]:
                    on[i] = ord("1")
            x = number(t, unit)
            outputs = (slope * x + value for slope, value in (lines[cell] for lines in self._lines))
            findings.row(
                row, on.decode("ascii"), tuple(Fraction(int(q.numerator), int(q.denominator)) for q in outputs)
            )
            for b in self._breakpoints[max(cell - 1, 0) : cell + 1]:
                size = abs(t * self._fine - b * unit)
                findings.preactivation(size, self._fine * unit, row, 1, self._first[b] + 1)


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
