"""Claims about real functions, decided in ball arithmetic (Arb, by python-flint): an outer ring, never the judge's."""

from fractions import Fraction
from typing import Any

from checker.errors import InputError

DIGITS = 20
"""Significant digits of the decimals that are printed, rounded outward."""


def library() -> Any:
    """The module flint. Fails: InputError saying what to install where it is absent."""
    try:
        import flint
    except ImportError:
        raise InputError("python-flint", "", "is not installed: pip install 'exact-relu[fast]'") from None
    return flint


def ball(q: Fraction) -> Any:
    """A ball at the present precision that contains q."""
    flint = library()
    return flint.arb(flint.fmpq(q.numerator, q.denominator))


def least(x: Any) -> Fraction | None:
    """The exact lower end of a ball, None when it is not finite."""
    return _exact(x.lower()) if x.is_finite() else None


def greatest(x: Any) -> Fraction | None:
    """The exact upper end of a ball, None when it is not finite."""
    return _exact(x.upper()) if x.is_finite() else None


def _exact(end: Any) -> Fraction:
    mantissa, exponent = (int(part) for part in end.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent


def decimal(q: Fraction, up: bool, digits: int = DIGITS) -> str:
    """A plain decimal of so many significant digits that is at most q, or at least q when up.

    >>> decimal(Fraction(2, 3), False, 4), decimal(Fraction(2, 3), True, 4), decimal(Fraction(-1, 300), True, 2)
    ('0.6666', '0.6667', '-0.0033')
    """
    size = digits if q == 0 else 1 - _zeros(abs(q)) if abs(q) < 1 else len(str(abs(q.numerator) // q.denominator))
    places = max(digits - size, 1)
    scaled = q * 10**places
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    text = str(abs(whole)).rjust(places + 1, "0")
    return f"{'-' if whole < 0 else ''}{text[:-places]}.{text[-places:]}"


def _zeros(q: Fraction) -> int:
    """How many zeros stand between the point and the first digit of 0 < q < 1, plus one."""
    return len(str(q.denominator // q.numerator))
