"""ReLU networks with exact rational parameters, as frozen values."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul

from checker.errors import quoted

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
ACTIVATIONS = ("relu", "identity")
SMOOTH = frozenset({"sigmoid", "tanh"})


class ShapeError(ValueError):
    """The parts of a network or dataset do not fit together."""


@dataclass(frozen=True)
class Layer:
    """One layer: activation(weights @ h + bias).

    Shapes: weights is width x inputs, bias has length width. activation is 'relu' or 'identity'.
    Fails: ShapeError on anything else, TypeError on a number that is not a Fraction.
    """

    weights: Matrix
    bias: Vector
    activation: str

    def __post_init__(self) -> None:
        if not self.weights or not self.weights[0]:
            raise ShapeError("a layer needs at least one neuron and one input")
        if len(self.bias) != len(self.weights):
            raise ShapeError(f"{len(self.weights)} rows of weights but {len(self.bias)} biases")
        for row in self.weights:
            if len(row) != len(self.weights[0]):
                raise ShapeError(f"rows of weights of lengths {len(self.weights[0])} and {len(row)}")
            require_fractions(row)
        require_fractions(self.bias)
        if self.activation not in ACTIVATIONS:
            smooth = "; only supnorm takes it" if self.activation in SMOOTH else ""
            raise ShapeError(f"activation {quoted(self.activation)} is none of {', '.join(ACTIVATIONS)}{smooth}")

    @cached_property
    def integer_rows(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """For each neuron its bias and weights as integers, in units of one over their least common denominator, and
        that denominator.
        """
        return tuple(_integers((b, *row)) for row, b in zip(self.weights, self.bias, strict=True))

    @property
    def width(self) -> int:
        """Number of neurons."""
        return len(self.weights)

    @property
    def inputs(self) -> int:
        """Number of inputs of each neuron."""
        return len(self.weights[0])

    @property
    def products(self) -> int:
        """Number of products (with the bias as one) that an evaluation takes."""
        return self.width * (self.inputs + 1)

    def preactivations(self, h: Vector) -> Vector:
        """weights @ h + bias, exactly. Fails: ShapeError when there are not so many inputs."""
        if any(len(row) != len(h) + 1 for row, _ in self.integer_rows):
            raise ShapeError(f"a row of weights that does not take {len(h)} inputs")
        terms = _by_denominator((Fraction(1), *h))
        return tuple(_dot(row, unit, terms) for row, unit in self.integer_rows)


class ScaledLayer(Layer):
    """A layer that is scaled as a whole (alpha, beta, a mean): a runtime may round where it does so."""


@dataclass(frozen=True)
class Network:
    """A feed-forward network: at least one layer, the last one with activation 'identity'.

    A convolution is a Layer; MaxPool (both in checker.convolution) stands among them without weights.
    Fails: ShapeError when a layer's inputs are not the width of the layer before.
    """

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.layers:
            raise ShapeError("a network needs at least one layer")
        for k, (before, layer) in enumerate(zip(self.layers[:-1], self.layers[1:], strict=True), 1):
            if layer.inputs != before.width:
                raise ShapeError(f"layer {k} has {before.width} neurons, but layer {k + 1} takes {layer.inputs} inputs")
        if self.layers[-1].activation != "identity":
            raise ShapeError("the last layer's activation is not identity (is a layer missing?)")

    @property
    def widths(self) -> tuple[int, ...]:
        """Numbers of inputs, of neurons of each hidden layer, and of outputs."""
        return (self.layers[0].inputs, *(layer.width for layer in self.layers))

    def preactivations(self, x: Vector) -> tuple[Vector, ...]:
        """The exact preactivations of every layer at the input x; the last are the network's outputs."""
        if len(x) != self.layers[0].inputs:
            raise ShapeError(f"{len(x)} inputs given to a network of {self.layers[0].inputs}")
        trace, h = [], x
        for layer in self.layers:
            z = layer.preactivations(h)
            h = tuple(max(v, Fraction(0)) for v in z) if layer.activation == "relu" else z
            trace.append(z)
        return tuple(trace)


def require_fractions(numbers: tuple[Fraction, ...]) -> None:
    """Every entry is a Fraction of two Python integers. Fails: TypeError (NumPy's integers wrap inside a Fraction)."""
    for q in numbers:
        if type(q) is not Fraction or type(q.numerator) is not int or type(q.denominator) is not int:
            raise TypeError(f"{q!r} is not an exact Fraction of Python integers")


def _integers(numbers: Vector) -> tuple[tuple[int, ...], int]:
    """The numbers in units of one over their least common denominator, and that denominator."""
    unit = lcm(*(q.denominator for q in numbers))
    return tuple(q.numerator * (unit // q.denominator) for q in numbers), unit


def _by_denominator(h: Vector) -> dict[int, tuple[list[int], list[int]]]:
    """The places and numerators of the entries other than 0, by denominator."""
    terms: dict[int, tuple[list[int], list[int]]] = {}
    for place, q in enumerate(h):
        if q:
            places, numerators = terms.setdefault(q.denominator, ([], []))
            places.append(place)
            numerators.append(q.numerator)
    return terms


def _dot(row: tuple[int, ...], unit: int, terms: dict[int, tuple[list[int], list[int]]]) -> Fraction:
    """The sum of the products of row / unit and the vector of these terms, those of one denominator as integers."""
    total = Fraction(0)
    for denominator, (places, numerators) in terms.items():
        total += Fraction(sum(map(mul, map(row.__getitem__, places), numerators)), unit * denominator)
    return total
