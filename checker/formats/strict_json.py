"""JSON without its ambiguities: no duplicate keys, no bare numbers where exact text belongs, no unknown keys."""

import json
from typing import Any

from checker.errors import InputError, quoted


class BareNumber:
    """A JSON number as it was spelled, kept for integers such as row counts; never an exact number."""

    def __init__(self, text: str) -> None:
        self.text = text


def parse(path: str, text: str) -> Any:
    """The JSON value in text, its numbers as BareNumber. Fails: InputError."""
    if not text.strip(" \t\r\n"):
        raise InputError(path, "", "the file is empty")
    try:
        return json.loads(
            text,
            object_pairs_hook=_pairs(path),
            parse_int=BareNumber,
            parse_float=BareNumber,
            parse_constant=BareNumber,
        )
    except json.JSONDecodeError as error:
        raise InputError(path, f"line {error.lineno} column {error.colno}", f"not JSON: {error.msg}") from None
    except RecursionError:
        raise InputError(path, "", "nested too deeply") from None


def members(path: str, place: str, value: Any, keys: tuple[str, ...]) -> tuple[Any, ...]:
    """The values of exactly these keys of a JSON object, in this order.

    Fails: InputError on any other key, or a missing one.
    """
    if not isinstance(value, dict):
        raise InputError(path, place, f"expected an object, found {kind(value)}")
    for key in value:
        if key not in keys:
            raise InputError(path, place, f"unknown key {quoted(key)}")
    for key in keys:
        if key not in value:
            raise InputError(path, place, f"the key {quoted(key)} is missing")
    return tuple(value[key] for key in keys)


def items(path: str, place: str, value: Any) -> list[Any]:
    """The entries of a non-empty JSON list. Fails: InputError."""
    if not isinstance(value, list):
        raise InputError(path, place, f"expected a list, found {kind(value)}")
    if not value:
        raise InputError(path, place, "the list is empty")
    return value


def kind(value: Any) -> str:
    """What sort of JSON value this is, for a message."""
    if isinstance(value, BareNumber):
        return f"the bare number {quoted(value.text)}"
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names[type(value)]


def _pairs(path: str) -> Any:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in pairs:
            if key in result:
                raise InputError(path, "", f"duplicate key {quoted(key)}")
            result[key] = value
        return result

    return build
