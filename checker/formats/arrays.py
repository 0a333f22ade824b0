"""What the binary formats share: dense arrays of machine numbers, read as the exact rationals they are."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, TypeVar

from checker.errors import InputError
from checker.network import Layer, Matrix, Network, ShapeError, Vector

NUMBERS = 1 << 22
NUMBERS_PER_BYTE = 8
"""A binary file may spell so many numbers, or so many for each of its bytes: small files can spell very many."""

_REMEMBERED = 1 << 16
_Value = TypeVar("_Value")


def missing(path: str, package: str, doing: str = "reading") -> InputError:
    """The refusal for a format whose package is not installed."""
    suffix = path[path.rfind(".") :]
    return InputError(path, "", f"{doing} {suffix} needs {package}: make setup, or pip install '.[formats]'")


def most_numbers(data: bytes) -> int:
    """How many numbers may be read from a binary file."""
    return max(NUMBERS, NUMBERS_PER_BYTE * len(data))


def require_count(path: str, data: bytes, count: int) -> None:
    """A binary file has at most so many numbers as may be read. Fails: InputError, before any of them is read."""
    if count > most_numbers(data):
        raise InputError(path, "", f"{count} numbers (the most that are read of this file is {most_numbers(data)})")


def require_numbers(path: str, name: str, dtype: Any) -> None:
    """A NumPy dtype is one of integers, float16, float32 or float64. Fails: InputError naming the array."""
    if dtype.hasobject:
        raise InputError(path, name, "an object array is pickled Python code: it is not opened")
    if not (dtype.kind in "iu" or dtype.kind == "f" and dtype.itemsize <= 8):
        raise InputError(path, name, f"numbers of type {dtype}: integers, float16, float32 and float64 are read")


def require_shape(path: str, name: str, shape: tuple[int, ...], *ranks: int) -> None:
    """A shape has one of these ranks. Fails: InputError naming the array."""
    if len(shape) not in ranks:
        wanted = " or ".join({1: "a vector", 2: "a matrix"}[rank] for rank in ranks)
        raise InputError(path, name, f"expected {wanted}, found the shape {shape}")


def matrix(path: str, name: str, array: Any) -> Matrix:
    """The rational numbers in a NumPy array of rank 2, exactly. Fails: InputError on NaN and infinity."""
    known: dict[int | float, Fraction] = {}
    return tuple(_row(path, f"{name}[{i}]", row.tolist(), known) for i, row in enumerate(array))


def vector(path: str, name: str, array: Any) -> Vector:
    """The rational numbers in a NumPy array of rank 1, exactly. Fails: InputError on NaN and infinity."""
    return _row(path, name, array.tolist(), {})


def exact(path: str, place: str, value: Any) -> Fraction:
    """The rational number that a Python integer or float is. Fails: InputError on NaN, infinity and anything else."""
    if type(value) is int or type(value) is float and math.isfinite(value):
        return Fraction(value)
    raise InputError(path, place, f"{value} is not a number" if type(value) is float else "neither integer nor float")


def relu_network(path: str, layers: list[tuple[str, Matrix, Vector]]) -> Network:
    """The network with these weights and biases (each with its name), ReLU between and identity at the end."""
    last = len(layers) - 1
    built = []
    for k, (name, weights, bias) in enumerate(layers):
        activation = "identity" if k == last else "relu"
        built.append(fitting(path, name, partial(Layer, weights, bias, activation)))
    return fitting(path, "", lambda: Network(tuple(built)))


def fitting(path: str, place: str, build: Callable[[], _Value]) -> _Value:
    """What build returns. Fails: InputError where its parts do not fit."""
    try:
        return build()
    except ShapeError as error:
        raise InputError(path, place, str(error)) from None


def _row(path: str, name: str, values: list[Any], known: dict[int | float, Fraction]) -> Vector:
    """The numbers of a row. Equal ones are one object, as long as few are known: a large array may hold little."""
    row = []
    for j, value in enumerate(values):
        q = known.get(value)
        if q is None:
            q = exact(path, f"{name}[{j}]", value)
            if len(known) < _REMEMBERED:
                known[value] = q
        row.append(q)
    return tuple(row)
