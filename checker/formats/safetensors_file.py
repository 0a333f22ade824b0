"""Safetensors: networks 0.weight, 0.bias, 2.weight, ... (a Sequential with ReLU) or W1, b1, ... (FORMAT.md)."""

import re
from typing import Any

from checker.errors import InputError, quoted
from checker.formats.arrays import missing, relu_network, require_count
from checker.formats.npz import named_layer, numpy_for, require_names
from checker.formats.strict_json import parse
from checker.network import Network

HEADER_BYTES = 1 << 24
"""The longest header that is read."""

_TYPES = {f"{kind}{bits}": f"<{kind.lower()}{bits // 8}" for kind in "FIU" for bits in (8, 16, 32, 64)}
_TYPES.pop("F8")
_WEIGHT = re.compile(r"([0-9]{1,9})\.weight", re.ASCII)


def parse_network(path: str, data: bytes) -> Network:
    """The network in a safetensors file. Fails: InputError."""
    arrays = _arrays(path, data)
    require_count(path, data, sum(array.size for array in arrays.values()))
    names = _sequential(path, arrays) or [(f"W{k}", f"b{k}") for k in range(1, max(len(arrays) // 2, 1) + 1)]
    require_names(path, arrays, [name for pair in names for name in pair])
    return relu_network(path, [named_layer(path, arrays, weights, bias) for weights, bias in names])


def network_bytes(path: str, network: Network, dtype: str) -> bytes:
    """The file that says this network, named as PyTorch names a Sequential of Linear and ReLU."""
    numpy, _ = numpy_for(path, "writing"), _safetensors(path, "writing")
    from safetensors.numpy import save

    tensors = {}
    for k, layer in enumerate(network.layers):
        tensors[f"{2 * k}.weight"] = numpy.array([[float(q) for q in row] for row in layer.weights], dtype)
        tensors[f"{2 * k}.bias"] = numpy.array([float(q) for q in layer.bias], dtype)
    return save(tensors)


def _sequential(path: str, arrays: dict[str, Any]) -> list[tuple[str, str]]:
    """The names of the layers of a Sequential, in order; none when no array is named like that."""
    places = sorted(int(match[1]) for match in map(_WEIGHT.fullmatch, arrays) if match)
    for before, place in zip(places[:-1], places[1:], strict=True):
        if place < before + 2:
            raise InputError(path, f"{place}.weight", f"no room for a ReLU behind {before}.weight: another network")
    return [(f"{place}.weight", f"{place}.bias") for place in places]


def _arrays(path: str, data: bytes) -> dict[str, Any]:
    """The tensors of a file as NumPy arrays, by name."""
    numpy, safetensors = numpy_for(path, "reading"), _safetensors(path, "reading")
    _require_distinct_names(path, data)
    try:
        tensors = safetensors.deserialize(data)
    except safetensors.SafetensorError as error:
        raise InputError(path, "", f"not a safetensors file: {quoted(str(error))}") from None
    arrays = {}
    for name, tensor in tensors:
        shown, kind = name if name.isprintable() else quoted(name), tensor["dtype"]
        if kind not in _TYPES:
            hint = " (convert it to F32, which holds every BF16 number)" if kind == "BF16" else ""
            raise InputError(path, shown, f"numbers of type {kind}: integers, F16, F32 and F64 are read{hint}")
        if not tensor["data"]:
            raise InputError(path, shown, f"nothing in it: the shape is {tuple(tensor['shape'])}")
        arrays[name] = numpy.frombuffer(tensor["data"], _TYPES[kind]).reshape(tensor["shape"])
    return arrays


def _require_distinct_names(path: str, data: bytes) -> None:
    """No name is there twice: the package would take the last. What else is wrong with the header is its to say."""
    length = int.from_bytes(data[:8], "little")
    if length > HEADER_BYTES:
        raise InputError(path, "", f"not a safetensors file: a header of {length} bytes")
    try:
        header = data[8 : 8 + length].decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(path, f"byte {8 + error.start}", "not a safetensors file: the header is not UTF-8") from None
    parse(path, header)


def _safetensors(path: str, doing: str) -> Any:
    try:
        import safetensors
    except ImportError:
        raise missing(path, "safetensors", doing) from None
    return safetensors
