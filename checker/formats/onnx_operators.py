"""ONNX's operators of a ReLU network: for each, a function that says what it makes of its inputs (FORMAT.md)."""

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from checker.convolution import Convolution
from checker.formats import onnx_images
from checker.formats.arrays import exact, matrix, vector
from checker.formats.onnx_file import tensor_array
from checker.formats.onnx_node import Affine, Node, Signal
from checker.network import Layer, Vector


def _gemm(node: Node) -> Signal:
    """alpha A B + beta C, B perhaps transposed: alpha and beta are multiplied out exactly."""
    signal, given = node.signal(0), node.attributes
    array = node.numbers(1, signal)
    if given.get("transA", 0):
        raise node.refused("transA mixes the points of a batch")
    layer = _linear(node, signal, array if given.get("transB", 0) else array.T)
    if len(node.inputs) > 2 and node.inputs[2] is not None:
        bias = _bias(node, 2, replace(signal, shape=(len(layer.weights),)))
        beta = exact(node.path, f"{node.place} beta", given.get("beta", 1.0))
        scaled = layer.scaled or abs(beta) != 1
        layer = replace(layer, bias=_scaled(beta, bias, len(layer.weights)), scaled=scaled)
    return _behind(signal, layer, (len(layer.weights),))


def _matmul(node: Node) -> Signal:
    signal = node.signal(0)
    layer = _linear(node, signal, node.numbers(1, signal).T)
    return _behind(signal, layer, (len(layer.weights),))


def _linear(node: Node, signal: Signal, array: Any) -> Affine:
    """The layer without bias whose weights are the array (out x in), times alpha."""
    if len(signal.shape) != 1 or array.ndim != 2 or 0 in array.shape:
        raise node.refused(f"expected matrices, found a batch of {signal.shape} and {array.shape}")
    if array.shape[1] != signal.shape[0]:
        raise node.refused(f"{signal.shape[0]} inputs for weights that take {array.shape[1]}")
    factor = exact(node.path, f"{node.place} alpha", node.attributes.get("alpha", 1.0))
    weights = matrix(node.path, f"{node.place} weights", array)
    if factor != 1:
        weights = tuple(tuple(factor * q for q in row) for row in weights)
    return Affine(weights, None, "identity", abs(factor) != 1)


def _behind(signal: Signal, layer: Affine | Layer, shape: tuple[int, ...]) -> Signal:
    return replace(signal, shape=shape, layers=(*signal.layers, layer))


def _bias(node: Node, index: int, signal: Signal) -> Vector:
    """The constant at this index, the same for every point: as many numbers as a point has, or one for all of them."""
    array = node.numbers(index, signal)
    lengths = (1,) * (len(signal.shape) + 1 - array.ndim) + array.shape
    whole = (1, *signal.shape)
    if len(lengths) != len(whole) or any(k not in (1, n) for k, n in zip(lengths, whole, strict=True)):
        raise node.refused(f"the shape {array.shape} does not broadcast to a batch of {signal.shape}")
    return vector(node.path, f"{node.place} bias", array.reshape(-1))


def _scaled(factor: Fraction, row: Vector, width: int) -> Vector:
    """factor times the row, which is as long as the width, or one number for all."""
    return tuple(factor * q for q in row) * (width // len(row))


def _add(node: Node) -> Signal:
    """The bias of the MatMul or Gemm before it; adding zeros anywhere changes nothing."""
    return _shifted(node, 1, 0, 1) if isinstance(node.inputs[1], Signal) else _shifted(node, 0, 1, 1)


def _sub(node: Node) -> Signal:
    """The same with the negated bias."""
    return _shifted(node, 0, 1, -1)


def _shifted(node: Node, moving: int, fixed: int, sign: int) -> Signal:
    signal = node.signal(moving)
    bias = _bias(node, fixed, signal)
    if not any(bias):
        return signal
    last = signal.layers[-1] if signal.layers else None
    if not isinstance(last, Affine) or last.bias is not None or last.activation != "identity":
        raise node.refused("it is not the bias of a MatMul or Gemm before it")
    row = _scaled(Fraction(sign), bias, len(last.weights))
    return replace(signal, layers=(*signal.layers[:-1], replace(last, bias=row)))


def _relu(node: Node) -> Signal:
    signal = node.signal(0)
    last = signal.layers[-1] if signal.layers else None
    if isinstance(last, Affine):
        last = replace(last, activation="relu")
    elif isinstance(last, Convolution):
        last = Convolution(replace(last.kernel, activation="relu"), last.window)
    else:
        raise node.refused("no Gemm or MatMul before it" if last is None else "it stands behind pooling, not before it")
    return replace(signal, layers=(*signal.layers[:-1], last))


def _conv(node: Node) -> Signal:
    signal = node.signal(0)
    bias = node.numbers(2, signal) if len(node.inputs) > 2 and node.inputs[2] is not None else None
    layer = onnx_images.convolution(node, signal.shape, node.numbers(1, signal), bias)
    return _behind(signal, layer, onnx_images.shape_behind(layer))


def _pool(node: Node) -> Signal:
    signal = node.signal(0)
    layer = onnx_images.pool(node, signal.shape)
    return _behind(signal, layer, onnx_images.shape_behind(layer))


def _flatten(node: Node) -> Signal:
    signal = node.signal(0)
    axis = node.attributes.get("axis", 1)
    if axis not in (1, -len(signal.shape)):
        raise node.refused(f"axis {axis} mixes the points of a batch or leaves more than a matrix")
    return replace(signal, shape=(math.prod(signal.shape),))


def _reshape(node: Node) -> Signal:
    """One row for each point; any other shape is refused."""
    signal, target = node.signal(0), node.constant(1)
    size, zero = math.prod(signal.shape), 0 if node.attributes.get("allowzero", 0) == 0 else None
    if target.dtype != "int64" or target.shape != (2,):
        raise node.refused("the new shape is not that of a matrix")
    rows, columns = target.tolist()
    kept = (rows == zero or rows == 1 and signal.single) and columns in (size, -1) or (rows, columns) == (-1, size)
    if not kept:
        raise node.refused(f"to ({rows}, {columns}) does not keep one row of {size} numbers for each point")
    return replace(signal, shape=(size,))


def _identity_node(node: Node) -> Any:
    return node.inputs[0]


def _constant(node: Node) -> Any:
    from numpy import array

    kinds = {"value_float": "float32", "value_floats": "float32", "value_int": "int64", "value_ints": "int64"}
    if len(node.attributes) == 1:
        ((name, value),) = node.attributes.items()
        if name == "value":
            return tensor_array(node.path, node.place, value)
        if name in kinds:
            return array(value, kinds[name])
    raise node.refused("expected one tensor or number")


OPERATORS: dict[str, Callable[[Node], Any]] = {
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Add": _add,
    "Sub": _sub,
    "Relu": _relu,
    "Conv": _conv,
    "MaxPool": _pool,
    "AveragePool": _pool,
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Identity": _identity_node,
    "Constant": _constant,
}
"""What each operator gives, by its ONNX name."""
