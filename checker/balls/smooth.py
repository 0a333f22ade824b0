"""Networks with sigmoid and tanh units, for claims about approximation only: the judge's Network has no such layer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checker.balls import ball, jet, library
from checker.balls.jet import Jet
from checker.errors import InputError, quoted
from checker.files import decoded, read_bytes
from checker.formats import native, read_network
from checker.network import ACTIVATIONS, Layer, Matrix, Network, ShapeError, Vector

SMOOTH = {"relu": jet.relu, "sigmoid": jet.sigmoid, "tanh": jet.tanh}
BITS, MOST_BITS = 128, 1 << 14


@dataclass(frozen=True)
class SmoothLayer:
    """One layer: activation(weights @ h + bias), the activation one of relu, sigmoid, tanh, identity.

    Fails: as Layer.
    """

    weights: Matrix
    bias: Vector
    activation: str

    def __post_init__(self) -> None:
        Layer(self.weights, self.bias, "identity")  # its checks of shapes and numbers
        if self.activation not in (*SMOOTH, *ACTIVATIONS):
            known = ", ".join(dict.fromkeys((*SMOOTH, *ACTIVATIONS)))
            raise ShapeError(f"activation {quoted(self.activation)} is none of {known}")


@dataclass(frozen=True)
class SmoothNetwork:
    """A feed-forward network of such layers, the last one with activation 'identity'. Fails: as Network."""

    layers: tuple[SmoothLayer, ...]

    def __post_init__(self) -> None:
        Network(tuple(Layer(layer.weights, layer.bias, "identity") for layer in self.layers))  # its checks of widths
        if self.layers[-1].activation != "identity":
            raise ShapeError("the last layer's activation is not identity (is a layer missing?)")

    @property
    def widths(self) -> tuple[int, ...]:
        """Numbers of inputs, of neurons of each hidden layer, and of outputs."""
        return (len(self.layers[0].weights[0]), *(len(layer.bias) for layer in self.layers))

    def content_sha256(self) -> str:
        """The SHA-256 of the canonical form."""
        alike: Any = self  # network_text writes layers as they are
        return hashlib.sha256(native.network_text(alike).encode("ascii")).hexdigest()


@dataclass(frozen=True)
class SmoothSource:
    """What a file says, and the SHA-256 of its bytes."""

    path: str
    sha256: str
    value: SmoothNetwork


def read_smooth_network(path: str) -> SmoothSource:
    """The network of one input and one output in a file of any known format; only the native one has smooth units.

    Fails: InputError.
    """
    if path.removesuffix(".gz").endswith(".json"):
        data = read_bytes(path)
        network = native.parse_layers(path, decoded(path, data), SmoothLayer, SmoothNetwork)
        source = SmoothSource(path, hashlib.sha256(data).hexdigest(), network)
    else:
        read = read_network(path)
        layers = tuple(SmoothLayer(layer.weights, layer.bias, layer.activation) for layer in read.value.layers)
        source = SmoothSource(path, read.sha256, SmoothNetwork(layers))
    widths = source.value.widths
    if (widths[0], widths[-1]) != (1, 1):
        raise InputError(path, "", f"{widths[0]} inputs and {widths[-1]} outputs: a sup-norm is of one and one")
    return source


def precision(network: SmoothNetwork) -> int:
    """Bits to compute with: enough that the size of the weights costs none of the first BITS."""
    sizes = (max(_size(q) for row in (*layer.weights, layer.bias) for q in row) for layer in network.layers)
    return min(BITS + sum(sizes), MOST_BITS)


def prepared(network: SmoothNetwork) -> Callable[[Jet], Jet]:
    """The network as a function of jets, its parameters as balls of the present precision."""
    layers = [
        ([[ball(w) for w in row] for row in layer.weights], [ball(b) for b in layer.bias], layer.activation)
        for layer in network.layers
    ]

    def evaluate(x: Jet) -> Jet:
        h = [x]
        for weights, bias, activation in layers:
            z = [_affine(row, b, h) for row, b in zip(weights, bias, strict=True)]
            h = z if activation == "identity" else [SMOOTH[activation](neuron) for neuron in z]
        return h[0]

    return evaluate


def _affine(row: list[jet.Ball], bias: jet.Ball, h: list[Jet]) -> Jet:
    value, slope, curvature = bias, library().arb(0), library().arb(0)
    for w, f in zip(row, h, strict=True):
        value, slope = value + w * f.value, slope + w * f.slope
        if curvature is not None:
            curvature = None if f.curvature is None else curvature + w * f.curvature
    return Jet(value, slope, curvature)


def _size(q: Fraction) -> int:
    return (abs(q.numerator) // q.denominator).bit_length()
