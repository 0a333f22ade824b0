"""Datasets in Parquet: one row per point, the last columns are the outputs (FORMAT.md)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from checker import files
from checker.dataset import Dataset
from checker.errors import InputError, quoted
from checker.formats.arrays import ENTRIES, exact, missing, require_count
from checker.rational import NumberError, parse_dataset_number


def parse_dataset(path: str, data: bytes, numbers: str, outputs: int) -> Dataset:
    """The dataset in a Parquet file, the last `outputs` columns being its outputs. Fails: InputError."""
    table = _table(path, data)
    if table.num_rows == 0:
        raise InputError(path, "", "no points: the table has no rows")
    if table.num_columns <= outputs:
        raise InputError(path, "", f"{table.num_columns} columns leave no input beside {outputs} output(s)")
    columns = [
        [_number(path, f"row {i} column {j}", value, numbers) for i, value in enumerate(column.to_pylist(), 1)]
        for j, column in enumerate(table.columns, 1)
    ]
    points = list(zip(*columns, strict=True))
    return Dataset(tuple(p[:-outputs] for p in points), tuple(p[-outputs:] for p in points))


def _table(path: str, data: bytes) -> Any:
    """The table in a Parquet file, found small enough before it is unpacked, whose columns all hold numbers."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise missing(path, "pyarrow") from None
    types = pyarrow.types
    try:
        file = parquet.ParquetFile(pyarrow.BufferReader(data))
        said = file.metadata
        require_count(path, [said.num_rows * said.num_columns], ENTRIES)
        if sum(said.row_group(k).total_byte_size for k in range(said.num_row_groups)) > files.FILE_BYTES:
            raise InputError(path, "", f"larger than {files.FILE_BYTES} bytes when decompressed")
        for field in file.schema_arrow:
            kinds = (types.is_integer, types.is_floating, types.is_decimal, types.is_string, types.is_large_string)
            if not any(is_kind(field.type) for is_kind in kinds):
                raise InputError(path, f"column {quoted(field.name)}", f"holds no numbers, but {field.type}")
        table = file.read(use_threads=False)
        table.validate(full=True)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(path, "", f"not a Parquet file: {quoted(str(error).partition(chr(10))[0])}") from None
    return table


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
