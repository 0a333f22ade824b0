"""Convolution and pooling of images: layers whose neurons see one window of their inputs each (FORMAT.md, Images).

The values between layers stay vectors: a stack of channels x height x width is listed channel by channel, row by row,
so flattening is nothing. A convolution is what `Layer` says of every window: its one path of evaluation is that of a
layer, and whoever asks for its weights is given the whole matrix that it stands for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, product
from typing import TypeVar

from checker.errors import InputError
from checker.network import Layer, Matrix, Network, ScaledLayer, ShapeError, Vector

MOST_PLACES = 1 << 24
"""So many places, of all windows together, can be listed."""
Pair = tuple[int, int]
Shape = tuple[int, int, int]
_Number = TypeVar("_Number")


@dataclass(frozen=True)
class Window:
    """A window of size (rows, columns) that moves over channels x height x width inputs by the stride.

    padding: so many rows of zeros above and below, and columns on both sides. Rows and columns at the end that no
    whole window reaches are not seen.
    Fails: ShapeError on lengths below 1, padding as wide as the window, a window larger than what it moves over.
    """

    inputs: Shape
    size: Pair
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)

    def __post_init__(self) -> None:
        if min(*self.inputs, *self.size, *self.stride) < 1 or min(self.padding) < 0:
            raise ShapeError("an image, a window or a stride of length below 1, or padding below 0")
        for length, size, padding in zip(self.inputs[1:], self.size, self.padding, strict=True):
            if padding >= size:
                raise ShapeError(f"padding of {padding} for a window of length {size}")
            if size > length + 2 * padding:
                raise ShapeError(f"a window of length {size} over {length} inputs with padding {padding}")
        if self.positions * self.inputs[0] * self.size[0] * self.size[1] > MOST_PLACES:
            raise ShapeError(f"more than {MOST_PLACES} places in all windows")

    @property
    def outputs(self) -> Pair:
        """In how many places the window stands, one above the other and side by side."""
        lengths = zip(self.inputs[1:], self.size, self.stride, self.padding, strict=True)
        rows, columns = ((length + 2 * padding - size) // stride + 1 for length, size, stride, padding in lengths)
        return rows, columns

    @property
    def positions(self) -> int:
        """How many windows there are."""
        return self.outputs[0] * self.outputs[1]

    @property
    def count(self) -> int:
        """How many inputs there are; also the place, in `patches`, of every input that is padding."""
        return self.inputs[0] * self.inputs[1] * self.inputs[2]

    @cached_property
    def patches(self) -> tuple[tuple[int, ...], ...]:
        """For every window, row by row, the places of its inputs: channel by channel, row by row."""
        return tuple(tuple(self._places(i, j)) for i, j in product(*map(range, self.outputs)))

    def _places(self, i: int, j: int) -> Iterator[int]:
        channels, height, width = self.inputs
        top, left = i * self.stride[0] - self.padding[0], j * self.stride[1] - self.padding[1]
        for channel, row, column in product(range(channels), *map(range, self.size)):
            y, x = top + row, left + column
            inside = 0 <= y < height and 0 <= x < width
            yield (channel * height + y) * width + x if inside else self.count


class Convolution(Layer):
    """activation(kernel @ patch + bias) for every window: its outputs are channels x rows x columns of windows.

    Shapes: the kernel is a layer of one neuron for each output channel, whose inputs are those of a window.
    Fails: ShapeError when it has not so many.
    """

    def __init__(self, kernel: Layer, window: Window) -> None:
        places = window.inputs[0] * window.size[0] * window.size[1]
        if kernel.inputs != places:
            raise ShapeError(f"a kernel of {kernel.inputs} weights for a window of {places} inputs")
        for name, value in (("kernel", kernel), ("window", window), ("activation", kernel.activation)):
            object.__setattr__(self, name, value)

    kernel: Layer
    window: Window

    @cached_property
    def weights(self) -> Matrix:
        """The matrix of the whole layer, most of it zeros."""
        return tuple(self._row(row, places) for row in self.kernel.weights for places in self.window.patches)

    @cached_property
    def bias(self) -> Vector:
        """The bias of every neuron."""
        return tuple(b for b in self.kernel.bias for _ in range(self.window.positions))

    @property
    def width(self) -> int:
        """Number of neurons."""
        return self.kernel.width * self.window.positions

    @property
    def inputs(self) -> int:
        """Number of inputs of the layer."""
        return self.window.count

    @property
    def products(self) -> int:
        """Number of products that an evaluation takes."""
        return self.kernel.products * self.window.positions

    def preactivations(self, h: Vector) -> Vector:
        """Those of the kernel at every window, channel by channel. Fails: ShapeError."""
        return by_channel([self.kernel.preactivations(patch) for patch in patches(self.window, h)])

    def _row(self, row: Vector, places: tuple[int, ...]) -> Vector:
        seen = dict(zip(places, row, strict=True))
        return tuple(seen.get(place, Fraction(0)) for place in range(self.inputs))


class MaxPool(Layer):
    """The largest input of every window, in each channel by itself. It has no weights: asking for them fails.

    Fails: ShapeError when the window has padding.
    """

    def __init__(self, window: Window) -> None:
        if any(window.padding):
            raise ShapeError("pooling with padding")
        for name, value in (("window", window), ("activation", "max")):
            object.__setattr__(self, name, value)

    window: Window

    @property
    def width(self) -> int:
        """Number of outputs."""
        return self.window.inputs[0] * self.window.positions

    @property
    def inputs(self) -> int:
        """Number of inputs of the layer."""
        return self.window.count

    @property
    def products(self) -> int:
        """No product is taken."""
        return 0

    def preactivations(self, h: Vector) -> Vector:
        """The maxima. Fails: ShapeError when there are not so many inputs."""
        size = self.window.size[0] * self.window.size[1]
        windows = patches(self.window, h)
        return by_channel([tuple(max(p[k : k + size]) for k in range(0, len(p), size)) for p in windows])


def average_pool(window: Window) -> Convolution:
    """The mean of every window, in each channel by itself: a convolution. Fails: ShapeError on padding."""
    if any(window.padding):
        raise ShapeError("pooling with padding")
    channels, size = window.inputs[0], window.size[0] * window.size[1]
    rows = [[Fraction(k == channel, size) for k in range(channels) for _ in range(size)] for channel in range(channels)]
    kernel = ScaledLayer(tuple(map(tuple, rows)), (Fraction(0),) * channels, "identity")
    return Convolution(kernel, window)


def patches(window: Window, h: Vector) -> list[Vector]:
    """What every window sees of h. Fails: ShapeError when there are not so many inputs."""
    if len(h) != window.count:
        raise ShapeError(f"{len(h)} inputs given to windows over {window.count}")
    padded = (*h, Fraction(0))
    return [tuple(padded[place] for place in places) for places in window.patches]


def by_channel(windows: Sequence[Sequence[_Number]]) -> tuple[_Number, ...]:
    """The outputs of all windows, each with one for every channel, channel by channel."""
    return tuple(chain.from_iterable(zip(*windows, strict=True)))


def require_dense(path: str, network: Network) -> None:
    """Every layer has weights and an activation of each neuron. Fails: InputError naming the first that pools."""
    for number, layer in enumerate(network.layers, 1):
        if isinstance(layer, MaxPool):
            raise InputError(path, f"layer {number}", "max pooling cannot be said here")
