"""ONNX files in: what ONNX itself says is a valid model, in the one file; tensors as NumPy arrays; models out."""

from collections.abc import Iterator
from typing import Any

from checker.errors import InputError, quoted
from checker.formats.arrays import missing
from checker.network import Network

OLDEST_OPSET = 7
"""From here on Gemm and Add broadcast as NumPy does."""


def load(path: str, data: bytes, operators: frozenset[str]) -> Any:
    """The graph of a valid model that uses these operators alone and no other file. Fails: InputError."""
    onnx = onnx_for(path)
    from google.protobuf.message import DecodeError

    try:
        model = onnx.ModelProto.FromString(data)
    except DecodeError:
        raise InputError(path, "", "not an ONNX model") from None
    if model.functions or model.graph.sparse_initializer:
        raise InputError(path, "", "functions and sparse initializers are not read")
    for place, node in enumerate(model.graph.node):
        if node.op_type not in operators or node.domain not in ("", "ai.onnx"):
            operator = quoted(f"{node.domain}.{node.op_type}" if node.domain else node.op_type)
            raise InputError(path, node_name(node, place), f"the operator {operator} is not one of a ReLU network")
    for name, tensor in _tensors(model.graph):
        if tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data:
            raise InputError(path, name, "its numbers are in another file: save the model with them inside")
    versions, latest = _opsets(model), onnx.defs.onnx_opset_version()
    for version in versions:
        if not OLDEST_OPSET <= version <= latest:
            raise InputError(path, "", f"opset {version}: {OLDEST_OPSET} to {latest} are read")
    try:
        onnx.checker.check_model(model)
    except (onnx.checker.ValidationError, ValueError, RuntimeError) as error:
        raise InputError(path, "", f"not a valid ONNX model: {quoted(_first_line(error), 200)}") from None
    if len(versions) != 1:
        raise InputError(path, "", f"{len(versions)} opsets of ONNX named: one is expected")
    return model.graph


def tensor_array(path: str, name: str, tensor: Any) -> Any:
    """The NumPy array in a tensor of float32, float64 or int64. Fails: InputError."""
    onnx = onnx_for(path)
    kinds = onnx.TensorProto
    if tensor.data_type not in (kinds.FLOAT, kinds.DOUBLE, kinds.INT64):
        raise InputError(path, name, f"numbers of type {type_name(onnx, tensor.data_type)}: float32, float64 are read")
    try:
        return onnx.numpy_helper.to_array(tensor)
    except (ValueError, TypeError) as error:
        raise InputError(path, name, f"not a tensor: {quoted(_first_line(error))}") from None


def node_name(node: Any, place: int) -> str:
    """How messages call the node at this place of the graph."""
    name = node.name or (node.output[0] if node.output else "")
    return f"node {place} {quoted(name)}" if name else f"node {place}"


def type_name(onnx: Any, kind: int) -> str:
    """ONNX's name of an element type."""
    return onnx.TensorProto.DataType.Name(kind) if kind in onnx.TensorProto.DataType.values() else str(kind)


def network_bytes(path: str, network: Network, dtype: str) -> bytes:
    """The model that says this network with Gemm and Relu, whose numbers are all of the dtype."""
    onnx = onnx_for(path, "writing")
    from numpy import array

    nodes, tensors, value = [], [], "input"
    for k, layer in enumerate(network.layers, 1):
        weights = array([[float(q) for q in row] for row in layer.weights], dtype)
        tensors.append(onnx.numpy_helper.from_array(weights, f"W{k}"))
        tensors.append(onnx.numpy_helper.from_array(array([float(q) for q in layer.bias], dtype), f"b{k}"))
        result = "output" if layer is network.layers[-1] else f"z{k}"
        nodes.append(onnx.helper.make_node("Gemm", [value, f"W{k}", f"b{k}"], [result], f"layer{k}", transB=1))
        value = result
        if layer.activation == "relu":
            nodes.append(onnx.helper.make_node("Relu", [value], [f"h{k}"], f"relu{k}"))
            value = f"h{k}"
    kind = {"float32": onnx.TensorProto.FLOAT, "float64": onnx.TensorProto.DOUBLE}[dtype]
    ends = zip(("input", "output"), (network.widths[0], network.widths[-1]), strict=True)
    inputs, outputs = ([onnx.helper.make_tensor_value_info(name, kind, ["N", width])] for name, width in ends)
    graph = onnx.helper.make_graph(nodes, "network", inputs, outputs, tensors)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=7)
    serialized: bytes = model.SerializeToString(deterministic=True)
    return serialized


def onnx_for(path: str, doing: str = "reading") -> Any:
    """The package onnx. Fails: InputError that says how to get it."""
    try:
        import onnx
    except ImportError:
        raise missing(path, "onnx", doing) from None
    return onnx


def _tensors(graph: Any) -> Iterator[tuple[str, Any]]:
    for tensor in graph.initializer:
        yield quoted(tensor.name), tensor
    for place, node in enumerate(graph.node):
        for attribute in node.attribute:
            yield node_name(node, place), attribute.t
            yield from ((node_name(node, place), tensor) for tensor in attribute.tensors)


def _opsets(model: Any) -> list[int]:
    """The versions of ONNX's operators that the model names: none means the first, whose Add is another."""
    return [opset.version for opset in model.opset_import if opset.domain in ("", "ai.onnx")]


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
