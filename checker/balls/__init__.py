"""Claims about real functions, decided in ball arithmetic (Arb, by python-flint): an outer ring, never the judge's."""

from fractions import Fraction
from typing import Any

from checker.console import Undecided
from checker.errors import InputError

DIGITS = 20
"""Significant digits of the decimals that are printed, rounded outward."""
PLACES = 1000
"""Decimals have no more places, and no more digits before the point: conversion of longer ones is slow, or refused."""
SIZES = 1 << 16
"""Ends of balls are given exactly up to 2^SIZES in size, and down to 2^-SIZES: Arb's exponents have no bound."""


def library() -> Any:
    """The module flint. Fails: InputError saying what to install where it is absent."""
    try:
        import flint
    except ImportError:
        raise InputError("python-flint", "", "is not installed: make setup, or pip install '.[fast]'") from None
    return flint


def ball(q: Fraction) -> Any:
    """A ball at the present precision that contains q."""
    flint = library()
    return flint.arb(flint.fmpq(q.numerator, q.denominator))


def least(x: Any) -> Fraction | None:
    """A number that nothing in the ball is below: its exact lower end, if that is between 2^-SIZES and 2^SIZES in size.

    None when there is none, or only one below -2^SIZES.
    """
    if not x.is_finite():
        return None
    mantissa, exponent = (int(part) for part in x.lower().man_exp())
    size = exponent + abs(mantissa).bit_length()
    if abs(size) <= SIZES:
        return Fraction(mantissa) * Fraction(2) ** exponent
    if size < 0:
        return Fraction(0) if mantissa > 0 else -Fraction(1, 2**SIZES)
    return Fraction(2**SIZES) if mantissa > 0 else None


def greatest(x: Any) -> Fraction | None:
    """A number that nothing in the ball is above: its exact upper end, or as `least` has it."""
    end = least(-x)
    return None if end is None else -end


def known(end: Fraction | None) -> Fraction:
    """The end of a ball that has one. Fails: Undecided when it has none."""
    if end is None:
        raise Undecided("a number is not enclosed, or too large")
    return end


def decimal(q: Fraction, up: bool, digits: int = DIGITS) -> str:
    """A plain decimal of so many significant digits, and no more than PLACES places, that is at most q, or at least q
    when up.

    Fails: Undecided from 10^PLACES on.

    >>> decimal(Fraction(2, 3), False, 4), decimal(Fraction(2, 3), True, 4), decimal(Fraction(-1, 300), True, 2)
    ('0.6666', '0.6667', '-0.0033')
    """
    if abs(q) >= 10**PLACES:
        raise Undecided(f"numbers from 10^{PLACES} on are not written as decimals, and there is one")
    places = min(max(digits - _size(abs(q)), 1), PLACES) if q else 1
    scaled = q * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    text = str(abs(whole)).rjust(places + 1, "0")
    return f"{'-' if whole < 0 else ''}{text[:-places]}.{text[-places:]}"


def _size(q: Fraction) -> int:
    """How many digits stand before the point of q >= 1; of 0 < q < 1 less the zeros after it, at most PLACES."""
    if q >= 1:
        return len(str(q.numerator // q.denominator))
    return 1 - len(str(q.denominator // q.numerator)) if q * 10**PLACES >= 1 else -PLACES
