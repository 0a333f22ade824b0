"""Ways to check f(x) = y at every row, from the plain loop to the engines. Each fails: WrongError unless it holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from benchmarks.timing import without
from checker.dataset import Dataset
from checker.engines import prepared
from checker.formats import read_network
from checker.judge import Certified
from checker.network import Network


class WrongError(RuntimeError):
    """A network that is right was not found right."""


@dataclass(frozen=True)
class Case:
    """A network that takes the values its dataset asks for, and the file that holds it."""

    network: Network
    dataset: Dataset
    path: str


@dataclass(frozen=True)
class Way:
    """Something that is done with a case."""

    name: str
    words: str
    run: Callable[[Case], object]


def plain(number: Callable[[int, int], Any], case: Case) -> None:
    """The definition as a loop, with this type of rational numbers, called with numerator and denominator."""
    layers = [
        (_converted(number, layer.weights), _converted(number, (layer.bias,))[0], layer.activation)
        for layer in case.network.layers
    ]
    inputs, outputs = _converted(number, case.dataset.inputs), _converted(number, case.dataset.outputs)
    for x, y in zip(inputs, outputs, strict=True):
        h = x
        for weights, bias, activation in layers:
            z = [sum((w * v for w, v in zip(row, h, strict=True)), b) for row, b in zip(weights, bias, strict=True)]
            h = [v if v > 0 else number(0, 1) for v in z] if activation == "relu" else z
        if h != y:
            raise WrongError("a plain loop")


def _converted(number: Callable[[int, int], Any], rows: tuple[tuple[Fraction, ...], ...]) -> list[list[Any]]:
    return [[number(q.numerator, q.denominator) for q in row] for row in rows]


def _fractions(case: Case) -> None:
    plain(Fraction, case)


def _sympy(case: Case) -> None:
    from sympy import Rational

    plain(Rational, case)


def _z3(case: Case) -> None:
    from benchmarks.encodings import constants

    constants(case.network, case.dataset)


def certify(engine: str, network: Network, dataset: Dataset) -> None:
    """The engine's verdict, from scratch."""
    if not isinstance(prepared(engine, network)(dataset), Certified):
        raise WrongError(engine)


def _engine(name: str, *absent: str) -> Callable[[Case], None]:
    def run(case: Case) -> None:
        with without(*absent):
            certify(name, case.network, case.dataset)

    return run


def parameters(network: Network) -> Iterator[Fraction]:
    """All weights and biases."""
    for layer in network.layers:
        for row in (*layer.weights, layer.bias):
            yield from row


def bits(network: Network) -> int:
    """The bits of the numerators and denominators of all parameters."""
    return sum(q.numerator.bit_length() + q.denominator.bit_length() for q in parameters(network))


def _multiply(case: Case) -> None:
    for q in parameters(case.network):
        q.numerator * q.denominator


FLOOR = (
    Way("read", "the network's file, read once", lambda case: read_network(case.path)),
    Way("multiply", "one multiplication a parameter: its numerator by its denominator", _multiply),
)
WAYS = (
    Way("Fraction loop", "the definition as a loop over Python's Fractions", _fractions),
    Way("SymPy loop", "the same loop over SymPy's Rational", _sympy),
    Way("z3", "one query a row, weights as constants, as `proofs instance` puts them", _z3),
    Way("judge", "engine `judge`, the reference", _engine("judge")),
    Way("line", "engine `line`", _engine("line")),
    Way("line, plain", "engine `line` without python-flint", _engine("line", "flint")),
    Way("integer", "engine `integer`", _engine("integer")),
    Way("integer, no NumPy", "engine `integer` without NumPy", _engine("integer", "numpy")),
    Way("integer, no flint", "engine `integer` without python-flint", _engine("integer", "flint")),
    Way("integer, plain", "engine `integer` without either", _engine("integer", "flint", "numpy")),
)
