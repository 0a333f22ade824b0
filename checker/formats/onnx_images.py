"""ONNX's operators on images: Conv, MaxPool, AveragePool (FORMAT.md). What has no exact twin is refused."""

from collections.abc import Callable
from typing import Any

from checker.convolution import Convolution, MaxPool, Window, average_pool
from checker.formats.arrays import fitting, matrix, vector
from checker.formats.onnx_node import Node
from checker.network import Layer

_POOLINGS: dict[str, Callable[[Window], Layer]] = {"MaxPool": MaxPool, "AveragePool": average_pool}
_SETTINGS = {"auto_pad": (b"NOTSET", b"VALID"), "ceil_mode": (0,), "group": (1,), "storage_order": (0,)}
"""Attributes that may only have these values."""
_LENGTHS = {"strides": 2, "dilations": 2, "pads": 4}


def convolution(node: Node, shape: tuple[int, ...], numbers: Any, bias: Any) -> Convolution:
    """The convolution of images of this shape by the node's constants (bias None: zeros). Fails: InputError."""
    if numbers.ndim != 4 or 0 in numbers.shape or (bias is not None and bias.ndim != 1):
        raise node.refused(f"weights of shape {numbers.shape}: images of two dimensions are read")
    rows = matrix(node.path, f"{node.place} weights", numbers.reshape(len(numbers), -1))
    zeros = (0 * rows[0][0],) * len(rows)
    offsets = zeros if bias is None else vector(node.path, f"{node.place} bias", bias)
    if len(shape) == 3 and numbers.shape[1] != shape[0]:
        raise node.refused(f"{shape[0]} channels for a kernel that takes {numbers.shape[1]}")
    return fitting(
        node.path,
        node.place,
        lambda: Convolution(Layer(rows, offsets, "identity"), _window(node, shape, numbers.shape[2:])),
    )


def pool(node: Node, shape: tuple[int, ...]) -> Layer:
    """The pooling of a batch of images of this shape. Fails: InputError."""
    make = _POOLINGS[node.operator]
    size = tuple(node.attributes.get("kernel_shape", ()))
    return fitting(node.path, node.place, lambda: make(_window(node, shape, size)))


def shape_behind(layer: Any) -> tuple[int, int, int]:
    """Channels, height and width of the outputs of a convolution or pooling."""
    rows, columns = layer.window.outputs
    return layer.width // layer.window.positions, rows, columns


def _window(node: Node, shape: tuple[int, ...], size: tuple[int, ...]) -> Window:
    given = node.attributes
    for name, known in _SETTINGS.items():
        if name in given and given[name] not in known:
            raise node.refused(f"{name} {given[name]!r} is not read")
    for name, length in _LENGTHS.items():
        if len(given.get(name, range(length))) != length:
            raise node.refused(f"{name} of {len(given[name])} numbers, where images take {length}")
    if "pads" in given and given.get("auto_pad", b"NOTSET") != b"NOTSET":
        raise node.refused("pads and auto_pad together are not ONNX: readers differ in which of them counts")
    if len(shape) != 3 or len(size) != 2:
        raise node.refused(f"expected images of channels x height x width, found a batch of {shape}")
    if any(step != 1 for step in given.get("dilations", ())):
        raise node.refused("dilations are not read")
    if tuple(given.get("kernel_shape", size)) != tuple(size):
        raise node.refused("kernel_shape is not that of the weights")
    top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
    if (top, left) != (bottom, right):
        raise node.refused("padding that differs on two sides is not read")
    down, across = given.get("strides", (1, 1))
    return Window((shape[0], shape[1], shape[2]), (size[0], size[1]), (down, across), (top, left))
