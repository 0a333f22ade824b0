"""Engine `line`: networks that see their input through one projection only, decided cell by cell.

When all rows of the first layer's weights are the same p, which is checked, every preactivation of the second layer is
a function of t = p.x that is linear between two breakpoints: a line on each such cell, found by adding one neuron of
the first layer after the other. So a point costs one multiplication for each neuron of the second layer. The outputs
are lines in t as well for as long as the same neurons are on: from one point to the next only those that went on or
off are added or taken away.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import groupby
from math import ceil, lcm
from typing import Any

from checker.claim import ZERO_ERROR, Claim
from checker.dataset import Dataset
from checker.engines.arithmetic import rational
from checker.engines.first_layer import FirstLayer, NotOnALineError, Point, sees_a_line
from checker.engines.rows import Findings, Rows, in_units
from checker.judge import Certified, Refuted, keeps_patterns, require_fit
from checker.network import Layer, Network, Vector


def applies(network: Network) -> bool:
    """Whether the network has two hidden ReLU layers, and all rows of the first layer's weights are the same."""
    return sees_a_line(network, ("relu", "relu", "identity"))


def prepared(network: Network, claim: Claim = ZERO_ERROR) -> Callable[[Dataset], Certified | Refuted]:
    """The judge's answers for this network and claim. Fails: NotOnALineError."""
    if not applies(network):
        raise NotOnALineError("the rows of the first layer's weights differ, or there are not two hidden ReLU layers")
    return _Engine(network, claim).decided


class _Engine:
    def __init__(self, network: Network, claim: Claim) -> None:
        self._network, self._claim, self._patterned = network, claim, keeps_patterns(network)
        first, second, last = network.layers
        self._first = FirstLayer(first)
        self._cells = _Lines(first, second, self._first.order)
        self._outputs = _Outputs(last)

    def decided(self, dataset: Dataset) -> Certified | Refuted:
        """What the judge answers, in every field."""
        require_fit(self._network, dataset, self._claim)
        findings = Findings(dataset, self._claim, self._patterned)
        for rows in in_units(dataset):
            unit = rows.unit * self._first.unit
            cells = self._by_cell(rows, unit)
            for (cell, points), first in zip(cells, self._first_patterns(cells), strict=True):
                patterns = self._preactivations(cell, points, unit, findings)
                outputs = self._outputs.at(self._cells.rational(cell), points, patterns, unit)
                for (_, row), pattern, values in zip(points, patterns, outputs, strict=True):
                    findings.row(row, f"{first}/{pattern}", values)
        return findings.verdict()

    def _by_cell(self, rows: Rows, unit: int) -> list[tuple[int, list[Point]]]:
        """The points in increasing t, by the number of breakpoints before them."""

        def cell(point: Point) -> int:
            return bisect_left(self._first.breakpoints, ceil(Fraction(point[0] * self._first.fine, unit)))

        return [(c, list(members)) for c, members in groupby(self._first.points(rows), key=cell)]

    def _preactivations(self, cell: int, points: list[Point], unit: int, findings: Findings) -> list[str]:
        """The second layer's activation pattern at each of the points of a cell; the smallest on the way."""
        for place in (cell - 1, cell):
            self._first_margin(place, points, unit, findings)
        numbers, columns = [row for _, row in points], []
        for neuron, (slope, value, scale) in enumerate(self._cells.integers(cell), 1):
            column = [slope * t + value * unit for t, _ in points]
            findings.preactivation(*_least(column, numbers, scale * unit), 2, neuron)
            columns.append(["1" if z > 0 else "0" for z in column])
        return ["".join(column) for column in zip(*columns, strict=True)]

    def _first_patterns(self, cells: list[tuple[int, list[Point]]]) -> Iterator[str]:
        """The first layer's activation pattern on each of the cells, which increase; empty where none is kept."""
        on, before = bytearray(b"0" * len(self._first.order) if self._patterned else b""), 0
        for cell, _ in cells:
            if self._patterned:
                for i in self._first.order[before:cell]:
                    on[i] = ord("1")
            before = cell
            yield on.decode("ascii")

    def _first_margin(self, place: int, points: list[Point], unit: int, findings: Findings) -> None:
        """The distances of a cell's points from a breakpoint next to it are the first layer's |preactivations|."""
        first, numbers = self._first, [row for _, row in points]
        if 0 <= place < len(first.breakpoints):
            b = first.breakpoints[place]
            column = [t * first.fine - b * unit for t, _ in points]
            findings.preactivation(*_least(column, numbers, first.fine * unit), 1, first.neuron[b] + 1)


class _Lines:
    """The second layer's preactivations on each cell, as lines in t. Cell c lies behind c breakpoints."""

    def __init__(self, first: Layer, second: Layer, order: list[int]) -> None:
        self._first, self._second, self._order = first, second, order
        self._number = rational()
        start = [(self._number(0, 1), self._exact(b)) for b in second.bias]
        self._rational = [start]
        self._integers: dict[int, list[tuple[int, int, int]]] = {}

    def rational(self, cell: int) -> list[tuple[Any, Any]]:
        """(slope, value at t = 0) of each neuron."""
        while len(self._rational) <= cell:
            i = self._order[len(self._rational) - 1]
            bias, lines = self._exact(self._first.bias[i]), []
            for (slope, value), row in zip(self._rational[-1], self._second.weights, strict=True):
                weight = self._exact(row[i])
                lines.append((slope + weight, value + weight * bias))
            self._rational.append(lines)
        return self._rational[cell]

    def integers(self, cell: int) -> list[tuple[int, int, int]]:
        """(slope, value at t = 0, scale) of each neuron: integers, the line being (slope t + value) / scale."""
        if cell not in self._integers:
            self._integers[cell] = [_over_one_denominator(*line) for line in self.rational(cell)]
        return self._integers[cell]

    def _exact(self, q: Fraction) -> Any:
        return self._number(q.numerator, q.denominator)


class _Outputs:
    """The output layer, as sums of the lines of the neurons that are on."""

    def __init__(self, last: Layer) -> None:
        self._number = rational()
        self._bias = [self._number(b.numerator, b.denominator) for b in last.bias]
        columns = zip(*last.weights, strict=True)
        self._weights = [
            [(e, self._number(w.numerator, w.denominator)) for e, w in enumerate(column) if w] for column in columns
        ]

    def at(self, lines: list[tuple[Any, Any]], points: list[Point], patterns: list[str], unit: int) -> Iterator[Vector]:
        """The outputs at points of one cell in the order of their t."""
        zero = self._number(0, 1)
        sums, before = [(zero, b) for b in self._bias], "0" * len(lines)
        for (t, _), pattern in zip(points, patterns, strict=True):
            for j, (old, new) in enumerate(zip(before, pattern, strict=True)):
                if old != new:
                    self._switch(sums, j, lines[j], new == "1")
            before, x = pattern, self._number(t, unit)
            yield tuple(_fraction(slope * x + value) for slope, value in sums)

    def _switch(self, sums: list[tuple[Any, Any]], neuron: int, line: tuple[Any, Any], on: bool) -> None:
        """Adds a neuron's line to the sums of the outputs that it has a weight in, or takes it away."""
        for e, weight in self._weights[neuron]:
            signed = weight if on else -weight
            sums[e] = (sums[e][0] + signed * line[0], sums[e][1] + signed * line[1])


def _fraction(q: Any) -> Fraction:
    return Fraction(int(q.numerator), int(q.denominator))


def _least(column: list[int], rows: list[int], scale: int) -> tuple[int, int, int]:
    """The least absolute value, its scale, and the first row that has it."""
    size, row = min(zip(map(abs, column), rows, strict=True))
    return size, scale, row


def _over_one_denominator(slope: Any, value: Any) -> tuple[int, int, int]:
    p, q = int(slope.denominator), int(value.denominator)
    scale = lcm(p, q)
    return int(slope.numerator) * (scale // p), int(value.numerator) * (scale // q), scale
