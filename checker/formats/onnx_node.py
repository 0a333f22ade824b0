"""What flows through an ONNX graph, and a node of it: a value is a constant, or made of the graph's one input."""

from dataclasses import dataclass
from typing import Any

from checker.errors import InputError
from checker.network import Layer, Matrix, Vector


@dataclass(frozen=True)
class Affine:
    """A layer under construction; bias is None until one is added. scaled: by an alpha or beta that may round."""

    weights: Matrix
    bias: Vector | None
    activation: str
    scaled: bool = False


@dataclass(frozen=True)
class Signal:
    """What the layers so far make of the input: numbers of a type, in an array of this shape for each point.

    The layers on images are finished; a ReLU behind a convolution is in it.
    """

    dtype: Any
    shape: tuple[int, ...]
    single: bool
    layers: tuple[Affine | Layer, ...]


@dataclass(frozen=True)
class Node:
    """A node of the graph, the values it reads (None: left out) and its attributes."""

    path: str
    place: str
    operator: str
    inputs: tuple[Any, ...]
    attributes: dict[str, Any]

    def refused(self, reason: str) -> InputError:
        """The error that names this node and its operator."""
        return InputError(self.path, self.place, f"{self.operator}: {reason}")

    def signal(self, index: int) -> Signal:
        """The input at this index, which depends on the graph's input. Fails: InputError."""
        found = self.inputs[index]
        if not isinstance(found, Signal):
            raise self.refused(f"input {index} does not depend on the graph's input")
        return found

    def constant(self, index: int) -> Any:
        """The input at this index, which is a constant. Fails: InputError."""
        if self.inputs[index] is None or isinstance(self.inputs[index], Signal):
            raise self.refused(f"input {index} is not a constant")
        return self.inputs[index]

    def numbers(self, index: int, signal: Signal) -> Any:
        """The constant at this index, of the signal's type. Fails: InputError."""
        array = self.constant(index)
        if array.dtype != signal.dtype:
            raise self.refused(f"input {index} has type {array.dtype}, the graph's input {signal.dtype}")
        return array
