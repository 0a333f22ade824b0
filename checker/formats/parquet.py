"""Datasets in Parquet: one row per point, the last columns are the outputs (FORMAT.md)."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checker import files
from checker.dataset import Dataset
from checker.errors import InputError, quoted
from checker.formats.arrays import exact, missing, require_count
from checker.rational import NumberError, parse_dataset_number

_BATCH = 1 << 14


def parse_dataset(path: str, data: bytes, numbers: str, outputs: int) -> Dataset:
    """The dataset in a Parquet file, the last `outputs` columns being its outputs. Fails: InputError."""
    columns = _columns(path, data, numbers)
    if not columns or not columns[0]:
        raise InputError(path, "", "no points: the table has no rows")
    if len(columns) <= outputs:
        raise InputError(path, "", f"{len(columns)} columns leave no input beside {outputs} output(s)")
    points = list(zip(*columns, strict=True))
    return Dataset(tuple(p[:-outputs] for p in points), tuple(p[-outputs:] for p in points))


def _columns(path: str, data: bytes, numbers: str) -> list[list[Fraction]]:
    """The columns of a table that is found small enough before it is unpacked, piece by piece."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise missing(path, "pyarrow") from None
    try:
        schema = parquet.read_schema(pyarrow.BufferReader(data))
        _require_no_index(path, schema.metadata or {})
        texts = _texts(path, schema, pyarrow.types)
        file = parquet.ParquetFile(pyarrow.BufferReader(data), read_dictionary=texts)  # each text is held once
        said = file.metadata
        require_count(path, data, said.num_rows * said.num_columns)
        if sum(said.row_group(k).total_byte_size for k in range(said.num_row_groups)) > files.cap():
            raise InputError(path, "", f"larger than {files.cap()} bytes when decompressed")
        columns: list[list[Fraction]] = [[] for _ in file.schema_arrow]
        for batch in file.iter_batches(_BATCH, use_threads=False):
            batch.validate(full=True)
            for j, (column, array) in enumerate(zip(columns, batch.columns, strict=True), 1):
                column += _numbers(path, j, len(column), array, numbers)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError, KeyError) as error:
        raise InputError(path, "", f"not a Parquet file: {quoted(str(error).partition(chr(10))[0])}") from None
    return columns


def _require_no_index(path: str, metadata: dict[bytes, bytes]) -> None:
    """No column is an index of pandas: it stands behind the last column, where the outputs are. Fails: InputError."""
    try:
        said = json.loads(metadata.get(b"pandas", b"{}"))
        stored = [name for name in said.get("index_columns", []) if not isinstance(name, dict)]
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise InputError(path, "", "what pandas says of its index is not readable") from None
    if stored:
        column = f"column {quoted(str(stored[0]))}"
        raise InputError(path, column, "is an index, no data: write it with DataFrame.to_parquet(..., index=False)")


def _texts(path: str, schema: Any, types: Any) -> list[str]:
    """The names of the columns of texts. Fails: InputError naming the first column of neither texts nor numbers."""
    named = []
    for field in schema:
        kind = field.type.value_type if types.is_dictionary(field.type) else field.type
        if types.is_string(kind) or types.is_large_string(kind):
            named.append(field.name)
        elif not (types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)):
            raise InputError(path, f"column {quoted(field.name)}", f"holds no numbers, but {kind}")
    return named


def _numbers(path: str, column: int, before: int, array: Any, numbers: str) -> list[Fraction]:
    """The numbers in a piece of a column behind so many rows; equal ones are read once."""
    known: dict[Any, Fraction] = {}
    texts = array.dictionary.to_pylist() if hasattr(array, "dictionary") else None
    result = []
    for row, key in enumerate((array if texts is None else array.indices).to_pylist(), before + 1):
        q = known.get(key)
        if q is None:
            value = key if texts is None or key is None else texts[key]
            q = known[key] = _number(path, f"row {row} column {column}", value, numbers)
        result.append(q)
    return result


def _number(path: str, place: str, value: Any, numbers: str) -> Fraction:
    """The rational number in a cell: a text as in CSV, anything else the number that it is."""
    if value is None:
        raise InputError(path, place, "empty")
    if isinstance(value, Decimal):
        return Fraction(value)
    if not isinstance(value, str):
        return exact(path, place, value)
    try:
        return parse_dataset_number(value, numbers)
    except NumberError as error:
        raise InputError(path, place, str(error)) from None
