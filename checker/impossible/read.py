"""The values in a certificate of impossibility, each of its own shape or refused. Fails, all: InputError."""

from fractions import Fraction
from typing import Any

from checker.errors import InputError, quoted
from checker.impossible.cones import Integers
from checker.rational import NumberError, format_rational, parse_rational


def functionals(path: str, written: Any) -> tuple[Integers, ...]:
    """The functionals of a certificate: lists of integers. Fails: InputError."""
    rows = enumerate(items(path, "predicate.functionals", written))
    return tuple(integers(path, f"predicate.functionals[{k}]", row) for k, row in rows)


def integers(path: str, place: str, written: Any) -> Integers:
    """A list of integers, as text. Fails: InputError."""
    found = [rational(path, place, v) for v in items(path, place, written)]
    if any(v.denominator != 1 for v in found):
        raise InputError(path, place, "expected integers")
    return tuple(map(int, found))


def items(path: str, place: str, written: Any, length: int | None = None) -> list[Any]:
    """A JSON list, of this length if one is given."""
    if not isinstance(written, list) or length not in (None, len(written)):
        raise InputError(path, place, "expected a list" if length is None else f"expected a list of {length}")
    return written


def rational(path: str, place: str, text: Any) -> Fraction:
    """A number in the one form that is read (FORMAT.md)."""
    try:
        found = parse_rational(text if isinstance(text, str) else "")
    except NumberError as error:
        raise InputError(path, place, str(error)) from None
    if format_rational(found) != text:
        raise InputError(path, place, f"{quoted(text)} is written {quoted(format_rational(found))}")
    return found


def count(path: str, place: str, value: Any, greatest: int) -> int:
    """A JSON integer from 0 to greatest, as the strict reader gives it."""
    text = getattr(value, "text", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) <= greatest):
        raise InputError(path, place, f"expected an integer from 0 to {greatest}")
    return int(text)


def neuron(path: str, place: str, value: Any, greatest: int) -> int:
    """The index of a neuron, which in the file is counted from 1."""
    found = count(path, place, value, greatest)
    if found < 1:
        raise InputError(path, place, "neurons are counted from 1")
    return found - 1
