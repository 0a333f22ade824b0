"""The native JSON formats exact-relu-network/1 and exact-dataset/1 (FORMAT.md)."""

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

from checker.convolution import Convolution, MaxPool
from checker.dataset import Dataset
from checker.errors import InputError, quoted
from checker.formats import images
from checker.formats.arrays import fitting
from checker.formats.strict_json import items, kind, members, parse
from checker.network import Layer, Matrix, Network, Vector
from checker.rational import NumberError, format_rational, parse_dataset_number, parse_rational

NETWORK_FORMAT = "exact-relu-network/1"
DATASET_FORMAT = "exact-dataset/1"
_Value = TypeVar("_Value")


def parse_network(path: str, text: str) -> Network:
    """The network that JSON text describes. Fails: InputError."""
    return parse_layers(path, text, Layer, Network)


def parse_layers(path: str, text: str, layer_type: Callable[..., Any], network_type: Callable[..., _Value]) -> _Value:
    """The network of these types that JSON text describes. Fails: InputError, also for a ShapeError of the types."""
    form, layers = members(path, "", parse(path, text), ("format", "layers"))
    _require_format(path, form, NETWORK_FORMAT)
    listed = enumerate(items(path, "layers", layers))
    read = tuple(_layer(path, f"layers[{k}]", layer, layer_type) for k, layer in listed)
    return fitting(path, "layers", lambda: network_type(read))


def parse_dataset(path: str, text: str, numbers: str, outputs: int | None) -> Dataset:
    """The dataset that JSON text describes, with so many outputs when that is given. Fails: InputError."""
    form, xs, ys = members(path, "", parse(path, text), ("format", "inputs", "outputs"))
    _require_format(path, form, DATASET_FORMAT)

    def read(entry: str) -> Fraction:
        return parse_dataset_number(entry, numbers)

    dataset = fitting(path, "", lambda: Dataset(_matrix(path, "inputs", xs, read), _matrix(path, "outputs", ys, read)))
    if outputs is not None and len(dataset.outputs[0]) != outputs:
        raise InputError(path, "outputs", f"{len(dataset.outputs[0])} outputs per row, {outputs} asked for")
    return dataset


def network_text(network: Network) -> str:
    """The canonical form of a network, one line of ASCII."""
    return json.dumps({"format": NETWORK_FORMAT, "layers": list(map(_content, network.layers))}, separators=(",", ":"))


def dataset_text(dataset: Dataset) -> str:
    """The canonical form of a dataset, one line of ASCII."""
    content = {"format": DATASET_FORMAT, "inputs": _texts(dataset.inputs), "outputs": _texts(dataset.outputs)}
    return json.dumps(content, separators=(",", ":"))


def _content(layer: Layer) -> dict[str, Any]:
    if isinstance(layer, (Convolution, MaxPool)):
        return images.layer_content(layer)
    return {"weights": _texts(layer.weights), "bias": _texts((layer.bias,))[0], "activation": layer.activation}


def _layer(path: str, place: str, value: Any, layer_type: Callable[..., Any]) -> Any:
    if layer_type is Layer and isinstance(value, dict) and "type" in value:

        def numbers(where: str, listed: Any) -> Vector:
            return _vector(path, where, listed, parse_rational)

        return fitting(path, place, lambda: images.parse_layer(path, place, value, numbers))
    weights, bias, activation = members(path, place, value, ("weights", "bias", "activation"))
    if not isinstance(activation, str):
        raise InputError(path, f"{place}.activation", f"expected a text, found {kind(activation)}")
    matrix = _matrix(path, f"{place}.weights", weights, parse_rational)
    vector = _vector(path, f"{place}.bias", bias, parse_rational)
    return fitting(path, place, lambda: layer_type(matrix, vector, activation))


def _matrix(path: str, place: str, value: Any, read: Callable[[str], Fraction]) -> Matrix:
    return tuple(_vector(path, f"{place}[{k}]", row, read) for k, row in enumerate(items(path, place, value)))


def _vector(path: str, place: str, value: Any, read: Callable[[str], Fraction]) -> Vector:
    numbers = []
    for k, entry in enumerate(items(path, place, value)):
        if not isinstance(entry, str):
            raise InputError(path, f"{place}[{k}]", f'expected an exact number as text (like "7"), found {kind(entry)}')
        try:
            numbers.append(read(entry))
        except NumberError as error:
            raise InputError(path, f"{place}[{k}]", str(error)) from None
    return tuple(numbers)


def _texts(rows: Matrix) -> list[list[str]]:
    return [[format_rational(q) for q in row] for row in rows]


def _require_format(path: str, found: Any, expected: str) -> None:
    if found != expected:
        shown = quoted(found) if isinstance(found, str) else kind(found)
        raise InputError(path, "format", f"expected {quoted(expected)}, found {shown}")
