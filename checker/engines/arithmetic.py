"""The fastest exact arithmetic that is installed: python-flint's, else Python's own. The results are the same."""

from fractions import Fraction
from types import ModuleType
from typing import Any


def flint() -> ModuleType | None:
    """python-flint, when it is installed."""
    try:
        import flint
    except ImportError:
        return None
    return flint


def numpy() -> ModuleType | None:
    """NumPy, when it is installed."""
    try:
        import numpy
    except ImportError:
        return None
    return numpy


def rational() -> Any:
    """A type of exact rational numbers: called with numerator and denominator, with + - * == and both as attributes."""
    library = flint()
    return Fraction if library is None else library.fmpq
