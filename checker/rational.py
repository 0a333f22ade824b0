"""Exact numbers to and from text: one ASCII grammar in, one canonical spelling out (FORMAT.md, Numbers)."""

import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

from checker.errors import quoted

DECIMAL_DIGITS = 100_000
DECIMAL_BITS = 2048

_RATIONAL = re.compile(r"(-?)([0-9]+)(?:/([0-9]+))?", re.ASCII)
_HEXADECIMAL = re.compile(r"(-?)0x([0-9a-f]+)(?:/0x([0-9a-f]+))?", re.ASCII)
_POINT = re.compile(r"(-?)([0-9]+)\.([0-9]+)", re.ASCII)

NUMBERS = {"decimal": None, "float64": (53, 1024), "float32": (24, 128)}
"""Ways to read a decimal: exactly, or as the nearest binary number with (precision, greatest exponent)."""


class NumberError(ValueError):
    """A text is not a number of the grammar."""


def parse_rational(text: str) -> Fraction:
    """The rational number that `text` spells, decimal or hexadecimal.

    Fails: NumberError when `text` is not of the grammar, has a zero denominator or more than DECIMAL_DIGITS decimal
    digits.

    >>> parse_rational("-6/8"), parse_rational("0x10/0x3")
    (Fraction(-3, 4), Fraction(16, 3))
    """
    if match := _RATIONAL.fullmatch(text):
        sign, numerator, denominator = match.groups()
        p, q = _decimal_integer(numerator), _decimal_integer(denominator or "1")
    elif match := _HEXADECIMAL.fullmatch(text):
        sign, numerator, denominator = match.groups()
        p, q = int(numerator, 16), int(denominator or "1", 16)
    else:
        raise NumberError(f"{quoted(text)} is not an exact number (like 7, -3/4 or 0x1f)")
    if q == 0:
        raise NumberError(f"{quoted(text)} has a zero denominator")
    return Fraction(-p if sign else p, q)


def parse_dataset_number(text: str, numbers: str) -> Fraction:
    """The rational number that a dataset's `text` spells, plain decimals read as `numbers` (a key of NUMBERS) says.

    >>> parse_dataset_number("0.1", "decimal"), parse_dataset_number("0.1", "float32")
    (Fraction(1, 10), Fraction(13421773, 134217728))
    """
    match = _POINT.fullmatch(text)
    if match is None:
        return parse_rational(text)
    sign, whole, part = match.groups()
    if len(part) > DECIMAL_DIGITS:
        raise NumberError(f"{quoted(text)} has more than {DECIMAL_DIGITS} digits")
    magnitude = Fraction(_decimal_integer(whole + part), 10 ** len(part))
    if (binary := NUMBERS[numbers]) is not None:
        magnitude = nearest_binary(magnitude, *binary)
    return -magnitude if sign else magnitude


def format_rational(q: Fraction) -> str:
    """The canonical spelling of q.

    >>> format_rational(Fraction(-6, 8)), format_rational(Fraction(5))
    ('-3/4', '5')
    """
    p, d = q.numerator, q.denominator
    if max(p.bit_length(), d.bit_length()) <= DECIMAL_BITS:
        return str(p) if d == 1 else f"{p}/{d}"
    return hex(p) if d == 1 else f"{hex(p)}/{hex(d)}"


def about(q: Fraction) -> str:
    """q to six digits in scientific notation, for people; nothing is decided by it."""
    if q == 0:
        return "0.00000e+0"
    context = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN)
    p, d = q.numerator, q.denominator
    dropped = [max(n.bit_length() - 128, 0) for n in (p, d)]
    leading = context.divide(Decimal(p >> dropped[0]), Decimal(d >> dropped[1]))
    return f"{context.multiply(leading, context.power(2, dropped[0] - dropped[1])):.5e}"


def _decimal_integer(digits: str) -> int:
    """The integer that decimal digits spell, halved until short enough for int() under any limit on digits."""
    if len(digits) > DECIMAL_DIGITS:
        raise NumberError(f"{quoted(digits)} has more than {DECIMAL_DIGITS} digits (write it in hexadecimal)")
    if len(digits) <= 600:
        return int(digits)
    half = len(digits) // 2
    shift: int = 10**half
    return _decimal_integer(digits[:-half]) * shift + _decimal_integer(digits[-half:])


def nearest_binary(q: Fraction, precision: int, greatest: int) -> Fraction:
    """The binary floating-point number nearest to q >= 0, ties to even; subnormals as in IEEE 754."""
    if q == 0:
        return q
    exponent = q.numerator.bit_length() - q.denominator.bit_length()
    if q < Fraction(2) ** exponent:
        exponent -= 1
    step = Fraction(2) ** (max(exponent, 2 - greatest) - precision + 1)
    rounded = round(q / step) * step
    if rounded >= Fraction(2) ** greatest:
        raise NumberError(f"a number near 2^{exponent} is too large for a {precision}-bit floating-point number")
    return rounded
