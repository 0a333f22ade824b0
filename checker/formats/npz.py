"""NPZ archives: networks W1, b1, W2, b2, ... and datasets inputs, outputs (FORMAT.md). Pickles are never opened."""

import io
import math
import struct
import tokenize
import warnings
import zipfile
import zlib
from typing import Any

from checker import files
from checker.dataset import Dataset
from checker.errors import InputError, quoted
from checker.formats.arrays import (
    fitting,
    matrix,
    missing,
    most_numbers,
    relu_network,
    require_count,
    require_numbers,
    require_shape,
    vector,
)
from checker.network import Network

_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError)
_UNREADABLE = (ValueError, SyntaxError, tokenize.TokenError, RecursionError, MemoryError)


def parse_network(path: str, data: bytes) -> Network:
    """The network in an archive of the arrays W1, b1, ..., Wk, bk. Fails: InputError."""
    arrays = _arrays(path, data)
    depth = max(len(arrays) // 2, 1)
    require_names(path, arrays, [f"{letter}{k}" for k in range(1, depth + 1) for letter in "Wb"])
    require_count(path, data, sum(array.size for array in arrays.values()))
    return relu_network(path, [named_layer(path, arrays, f"W{k}", f"b{k}") for k in range(1, depth + 1)])


def parse_dataset(path: str, data: bytes, outputs: int | None) -> Dataset:
    """The dataset in an archive of the arrays inputs and outputs. Fails: InputError."""
    arrays = _arrays(path, data)
    require_names(path, arrays, ["inputs", "outputs"])
    require_count(path, data, sum(array.size for array in arrays.values()))
    require_shape(path, "inputs", arrays["inputs"].shape, 2)
    require_shape(path, "outputs", arrays["outputs"].shape, 1, 2)
    ys = arrays["outputs"].reshape(len(arrays["outputs"]), -1)
    if outputs is not None and ys.shape[1] != outputs:
        raise InputError(path, "outputs", f"{ys.shape[1]} outputs per row, {outputs} asked for")
    xs = arrays["inputs"]
    return fitting(path, "", lambda: Dataset(matrix(path, "inputs", xs), matrix(path, "outputs", ys)))


def network_bytes(path: str, network: Network, dtype: str) -> bytes:
    """The archive that says this network, whose numbers are all of the dtype and whose hidden layers are ReLU."""
    numpy = numpy_for(path, "writing")
    arrays = {}
    for k, layer in enumerate(network.layers, 1):
        arrays[f"W{k}"] = numpy.array([[float(q) for q in row] for row in layer.weights], dtype)
        arrays[f"b{k}"] = numpy.array([float(q) for q in layer.bias], dtype)
    stream = io.BytesIO()
    numpy.savez(stream, **arrays)
    return stream.getvalue()


def named_layer(path: str, arrays: dict[str, Any], weights: str, bias: str) -> tuple[str, Any, Any]:
    """The name, weights and bias of a layer that two of the arrays give. Fails: InputError."""
    require_shape(path, weights, arrays[weights].shape, 2)
    require_shape(path, bias, arrays[bias].shape, 1)
    return weights, matrix(path, weights, arrays[weights]), vector(path, bias, arrays[bias])


def _arrays(path: str, data: bytes) -> dict[str, Any]:
    """The arrays of an archive by name; what it unpacks to is known to be small enough before it is unpacked."""
    numpy = numpy_for(path, "reading")
    if not data.startswith(b"PK\x03\x04"):
        raise InputError(path, "", "not an NPZ archive")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _require_members(path, members, min(files.cap(), 16 * most_numbers(data)))
            contents = {member.filename.removesuffix(".npy"): archive.read(member) for member in members}
    except _BROKEN as error:
        raise InputError(path, "", f"a broken NPZ archive: {quoted(str(error))}") from None
    return {name: _array(path, name, content, numpy) for name, content in contents.items()}


def _require_members(path: str, members: list[zipfile.ZipInfo], most: int) -> None:
    seen: set[str] = set()
    for member in members:
        shown = quoted(member.filename)
        if not member.filename.endswith(".npy"):
            raise InputError(path, "", f"the member {shown} is not an array")
        if member.filename in seen:
            raise InputError(path, "", f"the member {shown} is there twice")
        seen.add(member.filename)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
            raise InputError(path, "", f"the member {shown} is encrypted or compressed in a way NumPy never writes")
    if sum(member.file_size for member in members) > most:
        raise InputError(path, "", f"larger than {most} bytes when decompressed")


def _array(path: str, name: str, content: bytes, numpy: Any) -> Any:
    """The array in an .npy member: as large as its header says, which is checked before it is made."""
    stream = io.BytesIO(content)
    try:
        with warnings.catch_warnings(action="ignore"):  # a header by Python 2 is read, with a warning
            version = numpy.lib.format.read_magic(stream)
            read = "read_array_header_2_0" if version == (2, 0) else "read_array_header_1_0"
            shape, fortran, dtype = getattr(numpy.lib.format, read)(stream)
    except _UNREADABLE as error:
        raise InputError(path, name, f"not an array: {quoted(str(error))}") from None
    require_numbers(path, name, dtype)
    if version not in ((1, 0), (2, 0)) or any(length < 0 for length in shape):
        raise InputError(path, name, f"not an array: version {version}, shape {shape}")
    raw = content[stream.tell() :]
    if math.prod(shape) * dtype.itemsize != len(raw):
        raise InputError(path, name, f"the shape {shape} of {dtype} does not fit {len(raw)} bytes")
    if not raw:
        raise InputError(path, name, f"nothing in it: the shape is {shape}")
    return numpy.frombuffer(raw, dtype).reshape(shape, order="F" if fortran else "C")


def require_names(path: str, arrays: dict[str, Any], expected: list[str]) -> None:
    """The arrays have these names and no others. Fails: InputError naming one that is missing or unknown."""
    for name in expected:
        if name not in arrays:
            raise InputError(path, "", f"the array {name} is missing")
    for name in arrays:
        if name not in expected:
            raise InputError(path, "", f"unknown array {quoted(name)} (expected: {', '.join(expected[:4])}, ...)")


def numpy_for(path: str, doing: str) -> Any:
    """The package numpy. Fails: InputError that says how to get it."""
    try:
        import numpy
    except ImportError:
        raise missing(path, "numpy", doing) from None
    return numpy
