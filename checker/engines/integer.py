"""Engine `integer`: any network, each neuron scaled to integers once.

relu(c z) = c relu(z) for c > 0: with weights and bias over a common denominator of its own, every neuron is a positive
multiple of an integer neuron, and what follows takes the factor into account. A layer is then one product of integer
matrices. Where no sum of absolute values can reach 2^53 (decided beforehand, from the largest activation of every
column) binary64 computes it exactly in whatever order, so NumPy does; else python-flint; else Python's integers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from operator import itemgetter, mul
from typing import Any

from checker.claim import ZERO_ERROR, Claim
from checker.convolution import Convolution, MaxPool, Window, by_channel
from checker.dataset import Dataset
from checker.engines.arithmetic import flint, numpy
from checker.engines.rows import Findings, Rows, in_units, scaled
from checker.judge import Certified, Refuted, keeps_patterns, require_fit
from checker.network import Layer, Network

EXACT = 1 << 53
"""Integers up to this size are binary64 numbers."""
Matrix = Any
"""A list of lists of integers (Python's or python-flint's), or a NumPy array of int64."""


@dataclass(frozen=True)
class IntegerLayer:
    """A layer of integer neurons: neuron k is scales[k] > 0 times the network's.

    Shapes: rows is width x (inputs + 1), the bias last. Its inputs are those of the layer before, scaled likewise.
    window: the rows are those of a convolution's kernel; without any rows, it is max pooling.
    """

    rows: tuple[tuple[int, ...], ...]
    scales: tuple[int, ...]
    relu: bool
    window: Window | None = None

    @property
    def absolute(self) -> "IntegerLayer":
        """The layer of the absolute values."""
        return replace(self, rows=tuple(tuple(map(abs, row)) for row in self.rows))


def integer_layers(network: Network) -> tuple[IntegerLayer, ...]:
    """The network's layers in integers."""
    scales: tuple[int, ...] = (1,) * network.layers[0].inputs
    layers = []
    seen_by_windows = [isinstance(layer, (Convolution, MaxPool)) for layer in (*network.layers[1:], None)]
    for layer, alike in zip(network.layers, seen_by_windows, strict=True):
        layers.append(_integer_layer(layer, scales, alike))
        scales = layers[-1].scales
    return tuple(layers)


def _integer_layer(layer: Layer, before: tuple[int, ...], alike: bool) -> IntegerLayer:
    """alike: all neurons are to have one scale, as those have that a convolution or pooling (`before`) sees."""
    if isinstance(layer, MaxPool):
        return IntegerLayer((), before[:1] * layer.width, False, layer.window)
    if isinstance(layer, Convolution):
        kernel = _integer_layer(layer.kernel, before[:1] * layer.kernel.inputs, True)
        return replace(kernel, scales=kernel.scales[:1] * layer.width, window=layer.window)
    fractions = [
        (*(w / s for w, s in zip(weights, before, strict=True)), bias)
        for weights, bias in zip(layer.weights, layer.bias, strict=True)
    ]
    scales = [lcm(*(q.denominator for q in row)) for row in fractions]
    scales = [lcm(*scales)] * len(scales) if alike else scales
    rows = tuple(scaled(row, scale) for row, scale in zip(fractions, scales, strict=True))
    return IntegerLayer(rows, tuple(scales), layer.activation == "relu")


def prepared(network: Network, claim: Claim = ZERO_ERROR) -> Callable[[Dataset], Certified | Refuted]:
    """The judge's answers for this network and claim."""
    layers = integer_layers(network)

    def decided(dataset: Dataset) -> Certified | Refuted:
        require_fit(network, dataset, claim)
        findings = Findings(dataset, claim, keeps_patterns(network))
        for rows in in_units(dataset):
            _evaluate(layers, rows, findings)
        return findings.verdict()

    return decided


def activations(layers: Sequence[IntegerLayer], rows: Rows) -> Iterator[tuple[Matrix, Matrix]]:
    """(inputs, preactivations) of every layer, one line a row; the inputs end in the rows' unit, for the bias.

    Units: inputs are in 1/unit and in the scales of the layer before, preactivations in 1/unit and the layer's scales.
    """
    h: Matrix = [[*x, rows.unit] for x in rows.integers]
    for layer in layers:
        z = preactivations(layer, h)
        yield h, z
        h = _activated(z, layer.relu, rows.unit)


def _activated(z: Matrix, relu: bool, unit: int) -> Matrix:
    """The next layer's inputs, ending in the unit."""
    if isinstance(z, list):
        return [[*((v if v > 0 else 0 for v in line) if relu else line), unit] for line in z]
    library: Any = numpy()  # which has made z
    return library.insert(z.clip(0) if relu else z, z.shape[1], unit, axis=1)


def preactivations(layer: IntegerLayer, h: Matrix) -> Matrix:
    """Those of a layer, one line a row, from inputs that end in the unit, for the bias."""
    if layer.window is None:
        return product(h, layer.rows)
    unit = layer.window.count  # where it stands; padding is 0
    padded = [[*line[:unit], 0, line[unit]] for line in lines(h)]
    windows = ([itemgetter(*places, unit + 1)(line) for line in padded] for places in layer.window.patches)
    if layer.rows:
        found = [lines(product(window, layer.rows)) for window in windows]
    else:
        size = layer.window.size[0] * layer.window.size[1]
        found = [[[max(p[k : k + size]) for k in range(0, len(p) - 1, size)] for p in window] for window in windows]
    return [list(by_channel(columns)) for columns in zip(*found, strict=True)]


def product(h: Matrix, weights: Sequence[Sequence[int]]) -> Matrix:
    """h times the transpose of weights, both of integers: an int64 array where NumPy computed it, else lists."""
    if (library := numpy()) is not None and largest_sum(h, weights) < EXACT:
        exact = library.asarray(h, dtype=float) @ library.asarray(weights, dtype=float).T
        return exact.astype(library.int64)
    if (library := flint()) is not None:
        return (library.fmpz_mat(lines(h)) * library.fmpz_mat(list(map(list, weights))).transpose()).tolist()
    return [[sum(map(mul, line, row)) for row in weights] for line in lines(h)]


def lines(matrix: Matrix) -> list[list[int]]:
    """The matrix as lists of integers."""
    return matrix if isinstance(matrix, list) else matrix.tolist()


def largest_sum(h: Matrix, weights: Sequence[Sequence[int]]) -> int:
    """No entry of either, nor any sum of |products| in their product, is greater in absolute value than this."""
    columns = _largest(h)
    sums = (sum(abs(w) * c for w, c in zip(row, columns, strict=True)) for row in weights)
    return max(*columns, *(abs(w) for row in weights for w in row), *sums)


def _largest(h: Matrix) -> list[int]:
    """The largest absolute value of every column."""
    if isinstance(h, list):
        return [max(map(abs, column)) for column in zip(*h, strict=True)]
    largest: list[int] = abs(h).max(axis=0).tolist()
    return largest


def _evaluate(layers: Sequence[IntegerLayer], rows: Rows, findings: Findings) -> None:
    patterns: list[list[str]] = [[] for _ in rows.numbers]
    for number, (layer, (_, found)) in enumerate(zip(layers, activations(layers, rows), strict=True), 1):
        z = lines(found)
        if layer.relu:
            for pattern, line in zip(patterns, z, strict=True):
                pattern.append("".join(["1" if v > 0 else "0" for v in line]))
            for neuron, (scale, column) in enumerate(zip(layer.scales, zip(*z, strict=True), strict=True), 1):
                size, row = min(zip(map(abs, column), rows.numbers, strict=True))
                findings.preactivation(int(size), scale * rows.unit, row, number, neuron)
    units = [scale * rows.unit for scale in layers[-1].scales]
    for row, pattern, line in zip(rows.numbers, patterns, z, strict=True):
        findings.row(row, "/".join(pattern), tuple(Fraction(int(v), u) for v, u in zip(line, units, strict=True)))
