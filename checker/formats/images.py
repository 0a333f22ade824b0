"""Convolution and pooling in the native JSON format: the layers with a `type` (FORMAT.md, Images)."""

from collections.abc import Callable
from typing import Any

from checker.convolution import Convolution, MaxPool, Window, average_pool
from checker.errors import InputError, quoted
from checker.formats.strict_json import items, kind, members
from checker.network import Layer
from checker.rational import format_rational

Rows = Callable[[str, Any], tuple[Any, ...]]
"""Reads the list of numbers at a place."""
_LENGTH = 1 << 24


def parse_layer(path: str, place: str, value: dict[str, Any], numbers: Rows) -> Layer:
    """The convolution or pooling that a JSON object with a `type` describes. Fails: InputError, ShapeError."""
    name = value["type"]
    if not isinstance(name, str) or name not in _READERS:
        shown = quoted(name) if isinstance(name, str) else kind(name)
        raise InputError(path, f"{place}.type", f"{shown} is none of {', '.join(_READERS)}")
    return _READERS[name](path, place, value, numbers)


def layer_content(layer: Convolution | MaxPool) -> dict[str, Any]:
    """What the canonical form says of the layer."""
    window = layer.window
    if isinstance(layer, MaxPool):
        return {"type": "max-pool", **_lengths(input=window.inputs, window=window.size, stride=window.stride)}
    rows = [[format_rational(q) for q in row] for row in layer.kernel.weights]
    return {
        "type": "convolution",
        "weights": [_nested(row, window.size) for row in rows],
        "bias": [format_rational(q) for q in layer.kernel.bias],
        "activation": layer.activation,
        **_lengths(input=window.inputs, stride=window.stride, padding=window.padding),
    }


def _convolution(path: str, place: str, value: dict[str, Any], numbers: Rows) -> Layer:
    keys = ("type", "weights", "bias", "activation", "input", "stride", "padding")
    _, weights, bias, activation, *_ = members(path, place, value, keys)
    if not isinstance(activation, str):
        raise InputError(path, f"{place}.activation", f"expected a text, found {kind(activation)}")
    listed = enumerate(items(path, f"{place}.weights", weights))
    kernels = [_kernel(path, f"{place}.weights[{k}]", kernel, numbers) for k, kernel in listed]
    for k, (_, size) in enumerate(kernels):
        if size != kernels[0][1]:
            raise InputError(path, f"{place}.weights[{k}]", "not of the shape of the kernels before it")
    layer = Layer(tuple(row for row, _ in kernels), numbers(f"{place}.bias", bias), activation)
    window = Window(_image(path, place, value), kernels[0][1], *_pairs(path, place, value, "stride", "padding"))
    return Convolution(layer, window)


def _kernel(path: str, place: str, value: Any, numbers: Rows) -> tuple[tuple[Any, ...], tuple[int, int]]:
    """The weights of an output channel in one row, and the size of its window: channels x rows x columns in JSON."""
    row: list[Any] = []
    channels = items(path, place, value)
    rows = len(items(path, f"{place}[0]", channels[0]))
    columns = len(items(path, f"{place}[0][0]", channels[0][0]))
    for k, channel in enumerate(channels):
        for i, line in enumerate(items(path, f"{place}[{k}]", channel)):
            row += numbers(f"{place}[{k}][{i}]", line)
            if len(line) != columns or len(channel) != rows:
                raise InputError(path, f"{place}[{k}]", f"expected {rows} rows of {columns} weights")
    return tuple(row), (rows, columns)


def _pool(make: Callable[[Window], Layer]) -> Callable[..., Layer]:
    def read(path: str, place: str, value: dict[str, Any], numbers: Rows) -> Layer:
        members(path, place, value, ("type", "input", "window", "stride"))
        return make(Window(_image(path, place, value), *_pairs(path, place, value, "window", "stride")))

    return read


def _image(path: str, place: str, value: dict[str, Any]) -> tuple[int, int, int]:
    channels, height, width = _whole(path, f"{place}.input", value["input"], 3)
    return channels, height, width


def _pairs(path: str, place: str, value: dict[str, Any], *keys: str) -> list[tuple[int, int]]:
    found = [_whole(path, f"{place}.{key}", value[key], 2) for key in keys]
    return [(rows, columns) for rows, columns in found]


def _whole(path: str, place: str, value: Any, count: int) -> tuple[int, ...]:
    """So many lengths. Fails: InputError."""
    entries = items(path, place, value)
    if len(entries) != count:
        raise InputError(path, place, f"expected {count} lengths, found {len(entries)}")
    for k, entry in enumerate(entries):
        fits = isinstance(entry, str) and entry.isascii() and entry.isdecimal() and len(entry) <= 8
        if not fits or int(entry) > _LENGTH:
            shown = quoted(entry) if isinstance(entry, str) else kind(entry)
            raise InputError(path, f"{place}[{k}]", f'expected a length as text (like "8"), found {shown}')
    return tuple(map(int, entries))


def _nested(row: list[str], size: tuple[int, int]) -> list[list[list[str]]]:
    rows, columns = size
    lines = [row[k : k + columns] for k in range(0, len(row), columns)]
    return [lines[k : k + rows] for k in range(0, len(lines), rows)]


def _lengths(**named: tuple[int, ...]) -> dict[str, list[str]]:
    return {name: list(map(str, lengths)) for name, lengths in named.items()}


_READERS: dict[str, Callable[..., Layer]] = {
    "convolution": _convolution,
    "max-pool": _pool(MaxPool),
    "average-pool": _pool(average_pool),
}
