"""Datasets in CSV: one row per point, the last columns are the outputs (FORMAT.md)."""

import csv
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from checker.errors import InputError
from checker.network import Vector
from checker.rational import NumberError, parse_dataset_number

_NAME = re.compile(r"(?!(?i:nan|inf|infinity)\s*$)[A-Za-z_][^\r\n]*", re.ASCII)


def points(path: str, lines: Iterable[str], numbers: str, outputs: int) -> Iterator[tuple[Vector, Vector]]:
    """(inputs, outputs) of every row of CSV text, the last `outputs` columns being the outputs. Fails: InputError."""
    expected, found = 0, False
    for line, fields in _rows(path, lines):
        if not expected:
            expected = len(fields)
            if all(_NAME.fullmatch(field) for field in fields):
                continue
        if not found and expected <= outputs:
            raise InputError(path, f"line {line}", f"{expected} columns leave no input beside {outputs} output(s)")
        found = True
        point = _numbers(path, line, fields, expected, numbers)
        yield point[:-outputs], point[-outputs:]
    if not found:
        raise InputError(path, "", "no points: the file is empty or has only a header")


def _rows(path: str, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line each ends on, without blank lines at the end."""
    reader = csv.reader(lines, strict=True)
    blank = 0
    try:
        for fields in reader:
            if fields and blank:
                raise InputError(path, f"line {blank}", "blank line")
            if fields:
                yield reader.line_num, fields
            else:
                blank = blank or reader.line_num
    except csv.Error as error:
        raise InputError(path, f"line {reader.line_num}", f"not CSV: {error}") from None


def _numbers(path: str, line: int, fields: list[str], expected: int, numbers: str) -> tuple[Fraction, ...]:
    if len(fields) != expected:
        raise InputError(path, f"line {line}", f"{len(fields)} columns where the first line has {expected}")
    result = []
    for column, field in enumerate(fields, 1):
        try:
            result.append(parse_dataset_number(field, numbers))
        except NumberError as error:
            raise InputError(path, f"line {line} column {column}", "empty field" if not field else str(error)) from None
    return tuple(result)
