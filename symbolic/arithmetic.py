"""The exact rational numbers that formulas are evaluated with: python-flint's where it is installed, else Fractions.

Both are the same numbers, always in lowest terms, so which of them it was cannot be seen in any result.
"""

import math
import numbers
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

Number = Any
"""A Fraction, a flint.fmpq, or an integer where it stands among them."""


@cache
def rational() -> type:
    """The type of numbers to compute with."""
    try:
        from flint import fmpq
    except ImportError:
        return Fraction
    return fmpq


def exact(q: Number) -> Number:
    """q as a number to compute with."""
    kind = rational()
    return q if type(q) is kind else kind(q.numerator, q.denominator)


def exact_all(column: Iterable[Number]) -> list[Number]:
    """The numbers to compute with."""
    return [exact(q) for q in column]


def fraction(q: Number) -> Fraction:
    """q as a Fraction of Python integers.

    >>> fraction(exact(Fraction(-6, 4))), fraction(7)
    (Fraction(-3, 2), Fraction(7, 1))
    """
    if isinstance(q, int | Fraction):
        return Fraction(q)
    return Fraction(_LowestTerms(int(q.numerator), int(q.denominator)))


def floor(q: Number) -> int:
    """The largest integer that is not above q."""
    return int(math.floor(q))


class _LowestTerms(NamedTuple):
    """Numerator and denominator without a common factor: Fraction takes them from a Rational as they are."""

    numerator: int
    denominator: int


numbers.Rational.register(_LowestTerms)
