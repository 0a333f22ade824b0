"""Small valid files of the binary formats, and how to spoil them."""

import io
import warnings
import zipfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

W1, B1 = np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, 4.0]]), np.array([0.25, -1.0, 2.0])
W2, B2 = np.array([[1.0, -1.0, 0.5]]), np.array([3.0])


def npz(**arrays):
    """The bytes of an archive that NumPy writes."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def npy(array, **options):
    """The bytes of one array that NumPy writes."""
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def archive(*members, compression=zipfile.ZIP_STORED):
    """The bytes of a zip archive of (name, content) pairs, twice the same name included."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for name, content in members:
            with warnings.catch_warnings(action="ignore"):  # about names that are there already
                target.writestr(name, content)
    return stream.getvalue()


def network_arrays(kind="float64"):
    return {"W1": W1.astype(kind), "b1": B1.astype(kind), "W2": W2.astype(kind), "b2": B2.astype(kind)}


def tensor(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def model(nodes, tensors=(), start=("N", 2), end=("N", 1), kind=TensorProto.DOUBLE, opset=13, **changes):
    """The bytes of a model with these nodes; the input is x, the output y. changes: inputs, outputs, edit."""
    inputs = changes.get("inputs", [helper.make_tensor_value_info("x", kind, start)])
    outputs = changes.get("outputs", [helper.make_tensor_value_info("y", kind, end)])
    graph = helper.make_graph(list(nodes), "g", inputs, outputs, list(tensors))
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    changes.get("edit", lambda built: None)(built)
    return built.SerializeToString()


def node(operator, inputs, outputs, **attributes):
    """A node; inputs and outputs are names with blanks between."""
    return helper.make_node(operator, inputs.split(" "), outputs.split(" "), **attributes)


def tensors(kind="float64"):
    """W1, b1, W2, b2 as Gemm with transB takes them, and V1, V2 as MatMul takes them."""
    arrays = network_arrays(kind)
    arrays |= {"V1": np.ascontiguousarray(arrays["W1"].T), "V2": np.ascontiguousarray(arrays["W2"].T)}
    return [tensor(name, array) for name, array in arrays.items()]


def gemms(**attributes):
    """The chain Gemm, Relu, Gemm; the attributes are the first Gemm's."""
    first = {"transB": 1} | attributes
    return [node("Gemm", "x W1 b1", "z", **first), node("Relu", "z", "h"), node("Gemm", "h W2 b2", "y", transB=1)]


def matmuls():
    """The same function as gemms, with MatMul and Add."""
    return [
        node("MatMul", "x V1", "p"),
        node("Add", "p b1", "z"),
        node("Relu", "z", "h"),
        node("MatMul", "h V2", "q"),
        node("Add", "b2 q", "y"),
    ]


def onnx_bytes(kind="float64"):
    """The bytes of the chain of gemms in this type."""
    number = {"float64": TensorProto.DOUBLE, "float32": TensorProto.FLOAT}[kind]
    return model(gemms(), tensors(kind), kind=number)


def reloaded(data):
    """The model in these bytes, to be edited."""
    return onnx.load_model_from_string(data)
