"""IEEE 754 evaluation in one stated order, bit by bit: bias first, then the inputs one after the other, without FMA.

z = b, then z = fl(z + fl(w[i] h[i])) for i = 1, 2, ..., rounding to nearest, ties to even. CPython's floats are
binary64 and its + and * round once. A binary32 sum or product is the binary64 one rounded again: with 53 >= 2*24 + 2
bits the second rounding changes nothing. NumPy does the same for all rows at once, in the same order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isfinite, isnan, nan
from struct import pack, unpack
from typing import Any

from checker.claim import Claim, Miss
from checker.convolution import Convolution, MaxPool, Window
from checker.dataset import Dataset
from checker.engines.arithmetic import numpy
from checker.engines.binary64 import evaluable
from checker.judge import Refuted
from checker.network import Layer, Network, Vector

Outputs = list[tuple[Fraction | None, ...]]
"""For every row its outputs; None is one that is not a finite number."""
ORDER = "bias first, then the inputs in order, without fused multiply-add"
"""The order, in words."""


@dataclass(frozen=True)
class _Floats:
    """A layer's numbers as floats; with a window those of a kernel, without any, max pooling."""

    weights: list[list[float]]
    bias: list[float]
    relu: bool
    window: Window | None = None


def failures(network: Network, dataset: Dataset, claim: Claim, mode: str) -> list[Refuted]:
    """The rows at which the claim fails for these outputs, or an output is not finite.

    Only rows whose inputs are numbers of the format can be among them; the parameters must be.
    """
    found, rows = [], evaluable(dataset, mode)
    inputs = [dataset.inputs[row - 1] for row in rows]
    for row, x, outputs in zip(rows, inputs, evaluated(network, inputs, mode), strict=True):
        y = dataset.outputs[row - 1]
        finite = tuple(v for v in outputs if v is not None)
        if len(finite) < len(outputs):
            output = outputs.index(None) + 1
            found.append(Refuted(row, x, output, claim.asked(y, output), None))
        elif isinstance(miss := claim.examined(y, finite), Miss):
            found.append(Refuted(row, x, miss.output, miss.expected, miss.obtained))
    return found


def evaluated(network: Network, inputs: Sequence[Vector], mode: str) -> Outputs:
    """The outputs at inputs that are, as all parameters, numbers of the format."""
    if not inputs:
        return []
    library = numpy()
    outputs = _pure(network, inputs, mode) if library is None else _vectorised(library, network, inputs, mode)
    return [tuple(Fraction(v) if isfinite(v) else None for v in row) for row in outputs]


def _pure(network: Network, inputs: Sequence[Vector], mode: str) -> list[list[float]]:
    rounded = float if mode == "float64" else _binary32
    layers = [_floats(layer) for layer in network.layers]
    return [_outputs(layers, [float(v) for v in x], rounded) for x in inputs]


def _outputs(layers: list[_Floats], h: list[float], rounded: Callable[[float], float]) -> list[float]:
    for layer in layers:
        if layer.window is None:
            z = _sums(layer, h, rounded)
        else:
            padded = [*h, 0.0]
            windows = [[padded[place] for place in places] for places in layer.window.patches]
            size = layer.window.size[0] * layer.window.size[1]
            found = [_sums(layer, p, rounded) if layer.bias else _maxima(p, size) for p in windows]
            z = [v for channel in zip(*found, strict=True) for v in channel]
        h = [0.0 if layer.relu and v <= 0 else v for v in z]
    return h


def _sums(layer: _Floats, h: list[float], rounded: Callable[[float], float]) -> list[float]:
    z = []
    for row, total in zip(layer.weights, layer.bias, strict=True):
        for w, v in zip(row, h, strict=True):
            total = rounded(total + rounded(w * v))
        z.append(total)
    return z


def _maxima(patch: list[float], size: int) -> list[float]:
    """The largest of each so many numbers, NaN where one is none: as NumPy has it."""
    channels = (patch[k : k + size] for k in range(0, len(patch), size))
    return [nan if any(map(isnan, channel)) else max(channel) for channel in channels]


def _floats(layer: Layer) -> _Floats:
    if isinstance(layer, MaxPool):
        return _Floats([], [], False, layer.window)
    if isinstance(layer, Convolution):
        return replace(_floats(layer.kernel), window=layer.window)
    neurons = [([float(w) for w in row], float(b)) for row, b in zip(layer.weights, layer.bias, strict=True)]
    return _Floats([row for row, _ in neurons], [b for _, b in neurons], layer.activation == "relu")


def _binary32(value: float) -> float:
    try:
        nearest: float = unpack("<f", pack("<f", value))[0]
        return nearest
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _vectorised(library: Any, network: Network, inputs: Sequence[Vector], mode: str) -> list[list[float]]:
    h = library.array([[float(v) for v in x] for x in inputs], dtype=mode)
    with library.errstate(all="ignore"):
        for layer in network.layers:
            floats = _floats(layer)
            z = _affine(library, floats, h) if floats.window is None else _windowed(library, floats, floats.window, h)
            h = library.where(z <= 0, library.zeros((), dtype=mode), z) if floats.relu else z
    outputs: list[list[float]] = h.tolist()
    return outputs


def _affine(library: Any, layer: _Floats, h: Any) -> Any:
    z = library.tile(library.array(layer.bias, dtype=h.dtype), (len(h), 1))
    for inputs_of_rows, column in zip(h.T, library.array(layer.weights, dtype=h.dtype).T, strict=True):
        z = z + inputs_of_rows[:, None] * column
    return z


def _windowed(library: Any, layer: _Floats, window: Window, h: Any) -> Any:
    padded = library.concatenate([h, library.zeros((len(h), 1), h.dtype)], axis=1)
    windows = (padded[:, places] for places in window.patches)
    if layer.bias:
        found = [_affine(library, layer, patches) for patches in windows]
    else:
        size = window.size[0] * window.size[1]
        found = [patches.reshape(len(h), -1, size).max(axis=2) for patches in windows]
    return library.stack(found, axis=2).reshape(len(h), -1)
