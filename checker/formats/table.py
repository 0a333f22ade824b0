"""Datasets in CSV: one row per point, the last columns are the outputs (FORMAT.md)."""

import csv
import io
import re
from fractions import Fraction

from checker.dataset import Dataset
from checker.errors import InputError
from checker.rational import NumberError, parse_dataset_number

_NAME = re.compile(r"(?!(?i:nan|inf|infinity)\s*$)[A-Za-z_][^\r\n]*", re.ASCII)


def parse_dataset(path: str, text: str, numbers: str, outputs: int) -> Dataset:
    """The dataset that CSV text describes, the last `outputs` columns being its outputs. Fails: InputError."""
    rows = _rows(path, text)
    if rows and all(_NAME.fullmatch(field) for field in rows[0][1]):
        header = rows.pop(0)[1]
        expected = len(header)
    else:
        expected = len(rows[0][1]) if rows else 0
    if not rows:
        raise InputError(path, "", "no points: the file is empty or has only a header")
    if expected <= outputs:
        raise InputError(path, f"line {rows[0][0]}", f"{expected} columns leave no input beside {outputs} output(s)")
    points = [_numbers(path, line, fields, expected, numbers) for line, fields in rows]
    return Dataset(tuple(p[:-outputs] for p in points), tuple(p[-outputs:] for p in points))


def _rows(path: str, text: str) -> list[tuple[int, list[str]]]:
    """The rows with the line each ends on, without blank lines at the end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, blank = [], 0
    try:
        for fields in reader:
            if fields and blank:
                raise InputError(path, f"line {blank}", "blank line")
            if fields:
                rows.append((reader.line_num, fields))
            else:
                blank = blank or reader.line_num
    except csv.Error as error:
        raise InputError(path, f"line {reader.line_num}", f"not CSV: {error}") from None
    return rows


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
