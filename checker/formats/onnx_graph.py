"""ONNX graphs that are ReLU networks: a chain of Gemm, MatMul + Add, Relu and reshapings (FORMAT.md).

Every value of the graph is either a constant or what a chain of layers makes of the graph's one input.
"""

from fractions import Fraction
from typing import Any

from checker.errors import InputError, quoted
from checker.formats.arrays import fitting, require_count
from checker.formats.onnx_file import load, node_name, onnx_for, tensor_array, type_name
from checker.formats.onnx_node import Affine, Node, Signal
from checker.formats.onnx_operators import OPERATORS
from checker.network import Layer, Network, ScaledLayer

IDENTITY_WIDTH = 1024
"""The widest ReLU output behind which an identity layer is put."""
NODES = 4096
"""The most nodes of a graph."""


def parse_network(path: str, data: bytes) -> Network:
    """The network that an ONNX model computes, in exact arithmetic. Fails: InputError."""
    graph = load(path, data, frozenset(OPERATORS))
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
        values[proto.output[0]] = OPERATORS[proto.op_type](node)
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
