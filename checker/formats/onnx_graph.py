"""ONNX graphs that are ReLU networks: a chain of Gemm, MatMul + Add, Relu and reshapings (FORMAT.md).

Every value of the graph is either a constant or what a chain of layers makes of the graph's one input; each operator
has one function here that says which.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from checker.convolution import Convolution
from checker.errors import InputError, quoted
from checker.formats import onnx_images
from checker.formats.arrays import exact, fitting, matrix, require_count, vector
from checker.formats.onnx_file import load, node_name, onnx_for, tensor_array, type_name
from checker.network import Layer, Matrix, Network, ScaledLayer, Vector

IDENTITY_WIDTH = 1024
"""The widest ReLU output behind which an identity layer is put."""
NODES = 4096
"""The most nodes of a graph."""


@dataclass(frozen=True)
class Affine:
    """A layer under construction; bias is None until one is added. scaled: by an alpha or beta that may round."""

    weights: Matrix
    bias: Vector | None
    activation: str
    scaled: bool = False


@dataclass(frozen=True)
class Signal:
    """What the layers so far make of the input: numbers of a type, in an array of this shape for each point.

    The layers on images are finished; a ReLU behind a convolution is in it.
    """

    dtype: Any
    shape: tuple[int, ...]
    single: bool
    layers: tuple[Affine | Layer, ...]


@dataclass(frozen=True)
class Node:
    """A node of the graph, the values it reads (None: left out) and its attributes."""

    path: str
    place: str
    operator: str
    inputs: tuple[Any, ...]
    attributes: dict[str, Any]

    def refused(self, reason: str) -> InputError:
        """The error that names this node and its operator."""
        return InputError(self.path, self.place, f"{self.operator}: {reason}")

    def signal(self, index: int) -> Signal:
        """The input at this index, which depends on the graph's input. Fails: InputError."""
        found = self.inputs[index]
        if not isinstance(found, Signal):
            raise self.refused(f"input {index} does not depend on the graph's input")
        return found

    def constant(self, index: int) -> Any:
        """The input at this index, which is a constant. Fails: InputError."""
        if self.inputs[index] is None or isinstance(self.inputs[index], Signal):
            raise self.refused(f"input {index} is not a constant")
        return self.inputs[index]

    def numbers(self, index: int, signal: Signal) -> Any:
        """The constant at this index, of the signal's type. Fails: InputError."""
        array = self.constant(index)
        if array.dtype != signal.dtype:
            raise self.refused(f"input {index} has type {array.dtype}, the graph's input {signal.dtype}")
        return array


def parse_network(path: str, data: bytes) -> Network:
    """The network that an ONNX model computes, in exact arithmetic. Fails: InputError."""
    graph = load(path, data, frozenset(_OPERATORS))
    if len(graph.node) > NODES:
        raise InputError(path, "", f"{len(graph.node)} nodes (the most that are read is {NODES})")
    values: dict[str, Any] = {t.name: tensor_array(path, quoted(t.name), t) for t in graph.initializer}
    for value in graph.input:
        if value.name in values and _lengths(value.type.tensor_type) != values[value.name].shape:
            raise InputError(path, quoted(value.name), f"declared with another shape than {values[value.name].shape}")
    start = [value for value in graph.input if value.name not in values]
    if len(start) != 1 or len(graph.output) != 1:
        raise InputError(path, "", f"{len(start)} inputs and {len(graph.output)} outputs: one of each is read")
    values[start[0].name] = _start(path, start[0])
    if graph.output[0].type.tensor_type.elem_type != start[0].type.tensor_type.elem_type:
        raise InputError(path, quoted(graph.output[0].name), "the output's type is not the input's")
    read = 0  # counted each time: one tensor may serve many nodes
    for place, proto in enumerate(graph.node):
        node = _node(path, proto, place, values)
        read += sum(v.size for v in node.inputs if v is not None and not isinstance(v, Signal))
        require_count(path, data, read)
        values[proto.output[0]] = _OPERATORS[proto.op_type](node)
    return _network(path, graph.output[0], values.get(graph.output[0].name))


def _node(path: str, proto: Any, place: int, values: dict[str, Any]) -> Node:
    from onnx import helper

    name = node_name(proto, place)
    for value in proto.input:
        if value and value not in values:
            raise InputError(path, name, f"{proto.op_type}: reads {quoted(value)}, which no node before it gives")
    if len(proto.output) != 1 or not proto.output[0]:
        raise InputError(path, name, f"{proto.op_type}: one output is expected")
    try:
        attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in proto.attribute}
    except ValueError:
        raise InputError(path, name, f"{proto.op_type}: an attribute without a value") from None
    inputs = tuple(values[value] if value else None for value in proto.input)
    return Node(path, name, proto.op_type, inputs, attributes)


def _start(path: str, value: Any) -> Signal:
    """The graph's input: one point for each row of a batch of any length, or of length 1."""
    onnx = onnx_for(path)
    name, said = quoted(value.name), value.type.tensor_type
    types = {onnx.TensorProto.FLOAT: "float32", onnx.TensorProto.DOUBLE: "float64"}
    if said.elem_type not in types:
        raise InputError(path, name, f"type {type_name(onnx, said.elem_type)}: float32 and float64 are read")
    lengths = _lengths(said)
    if lengths is None or len(lengths) < 2 or None in lengths[1:] or 0 in lengths:
        raise InputError(path, name, "expected a shape of a batch and known lengths, like (N, 5)")
    if lengths[0] not in (None, 1):
        raise InputError(path, name, f"a batch of {lengths[0]}: expected one of any length, or of length 1")
    return Signal(types[said.elem_type], tuple(filter(None, lengths[1:])), lengths[0] == 1, ())


def _lengths(said: Any) -> tuple[int | None, ...] | None:
    """The lengths of a declared shape, None where any will do; None when no shape is declared."""
    if not said.HasField("shape"):
        return None
    return tuple(dim.dim_value if dim.HasField("dim_value") else None for dim in said.shape.dim)


def _network(path: str, output: Any, value: Any) -> Network:
    """The network of the chain of layers that ends in the graph's output."""
    name = quoted(output.name)
    if not isinstance(value, Signal) or not value.layers:
        raise InputError(path, name, "no Gemm or MatMul between input and output")
    lengths = _lengths(output.type.tensor_type)
    if len(value.shape) != 1:
        raise InputError(path, name, f"a batch of {value.shape}: expected one row for each point (Flatten)")
    if lengths is not None and (len(lengths) != 2 or lengths[1] not in (None, *value.shape)):
        raise InputError(path, name, f"declared with the shape {lengths}, computed with width {value.shape[0]}")
    layers = [_finished(layer) for layer in value.layers]
    if layers[-1].activation == "relu":
        layers.append(_identity(path, name, layers[-1].width))
    return fitting(path, "", lambda: Network(tuple(layers)))


def _finished(layer: Affine | Layer) -> Layer:
    if isinstance(layer, Layer):
        return layer
    zeros = (Fraction(0),) * len(layer.weights)
    kind = ScaledLayer if layer.scaled else Layer
    return kind(layer.weights, zeros if layer.bias is None else layer.bias, layer.activation)


def _identity(path: str, name: str, width: int) -> Layer:
    """The layer that returns its inputs: a network ends in one that is not ReLU."""
    if width > IDENTITY_WIDTH:
        raise InputError(path, name, f"ends in Relu, with more than {IDENTITY_WIDTH} outputs")
    rows = tuple(tuple(Fraction(int(i == j)) for j in range(width)) for i in range(width))
    return Layer(rows, (Fraction(0),) * width, "identity")


def _gemm(node: Node) -> Signal:
    """alpha A B + beta C, B perhaps transposed: alpha and beta are multiplied out exactly."""
    signal, given = node.signal(0), node.attributes
    array = node.numbers(1, signal)
    if given.get("transA", 0):
        raise node.refused("transA mixes the points of a batch")
    layer = _linear(node, signal, array if given.get("transB", 0) else array.T, "alpha")
    if len(node.inputs) > 2 and node.inputs[2] is not None:
        bias = _bias(node, 2, replace(signal, shape=(len(layer.weights),)))
        beta = exact(node.path, f"{node.place} beta", given.get("beta", 1.0))
        scaled = layer.scaled or abs(beta) != 1
        layer = replace(layer, bias=_scaled(beta, bias, len(layer.weights)), scaled=scaled)
    return _behind(signal, layer)


def _matmul(node: Node) -> Signal:
    signal = node.signal(0)
    return _behind(signal, _linear(node, signal, node.numbers(1, signal).T, "alpha"))


def _linear(node: Node, signal: Signal, array: Any, scale: str) -> Affine:
    """The layer without bias whose weights are the array (out x in), times the attribute called scale."""
    if len(signal.shape) != 1 or array.ndim != 2 or 0 in array.shape:
        raise node.refused(f"expected matrices, found a batch of {signal.shape} and {array.shape}")
    if array.shape[1] != signal.shape[0]:
        raise node.refused(f"{signal.shape[0]} inputs for weights that take {array.shape[1]}")
    factor = exact(node.path, f"{node.place} {scale}", node.attributes.get(scale, 1.0))
    weights = matrix(node.path, f"{node.place} weights", array)
    if factor != 1:
        weights = tuple(tuple(factor * q for q in row) for row in weights)
    return Affine(weights, None, "identity", abs(factor) != 1)


def _behind(signal: Signal, layer: Affine) -> Signal:
    return replace(signal, shape=(len(layer.weights),), layers=(*signal.layers, layer))


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
    return replace(signal, shape=onnx_images.shape_behind(layer), layers=(*signal.layers, layer))


def _pool(node: Node) -> Signal:
    signal = node.signal(0)
    layer = onnx_images.pool(node, signal.shape, onnx_images.MAKERS[node.operator])
    return replace(signal, shape=onnx_images.shape_behind(layer), layers=(*signal.layers, layer))


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


_OPERATORS: dict[str, Callable[[Node], Any]] = {
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
