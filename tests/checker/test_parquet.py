"""Parquet datasets: integers, floats, decimals and texts, exactly; everything else is refused with its place."""

import decimal
import io
import tracemalloc
from fractions import Fraction

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from checker import files
from checker.formats import arrays, content_sha256, read_dataset
from tests.checker.test_npz import refusal


def table(**columns):
    """The bytes of a Parquet file with these columns (pyarrow arrays or lists)."""
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def column(values, kind):
    return pa.array(values, kind)


def read(file, data, *arguments):
    return read_dataset(file("d.parquet", data), *arguments).value


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (column([0, -(2**63)], pa.int64()), (0, -(2**63))),
        (column([1, 2**64 - 1], pa.uint64()), (1, 2**64 - 1)),
        (column([0.1, -0.0], pa.float64()), (Fraction(0.1), 0)),
        (column([0.5, 2**-149], pa.float32()), (Fraction(1, 2), Fraction(1, 2**149))),
        (column([0.5, -3.0], pa.float16()), (Fraction(1, 2), -3)),
        (column([decimal.Decimal("0.10"), decimal.Decimal("-7")], pa.decimal128(5, 2)), (Fraction(1, 10), -7)),
        (column([decimal.Decimal(10**60), decimal.Decimal(1)], pa.decimal256(70, 0)), (10**60, 1)),
        (column(["0.1", "-2/6"], pa.string()), (Fraction(1, 10), Fraction(-1, 3))),
        (column(["0x10", "7"], pa.large_string()), (16, 7)),
        (column(["7", "7"], pa.string()).dictionary_encode(), (7, 7)),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array | pa.DictionaryArray) else "",
)
def test_every_kind_of_number(file, values, expected):
    data = table(x=[0, 1], y=values)
    assert [y for (y,) in read(file, data).outputs] == list(expected)


def test_a_dataset_is_that_of_other_formats(file):
    csv = read_dataset(file("d.csv", "0,1,0.5\n1,3/2,-2\n"), outputs=2).value
    data = table(x=[0, 1], y=["1", "3/2"], z=[0.5, -2.0])
    assert content_sha256(read(file, data, "decimal", 2)) == content_sha256(csv)


def test_only_texts_with_a_point_are_read_as_numbers_says(file):
    data = table(x=["0.1", "1"], y=column([0.1, 0.5], pa.float64()), z=column([decimal.Decimal("0.1")] * 2, None))
    first = {numbers: read(file, data, numbers) for numbers in ("decimal", "float32")}
    assert [first[n].inputs[0][0] for n in first] == [Fraction(1, 10), Fraction(13421773, 134217728)]
    assert {first[n].inputs[0][1] for n in first} == {Fraction(0.1)}
    assert {first[n].outputs[0][0] for n in first} == {Fraction(1, 10)}


GOOD = table(x=[0, 1], y=[1, 2])
REFUSED = {
    "empty": (b"", "", "not a Parquet file"),
    "text": (b"x,y\n0,1\n", "", "not a Parquet file"),
    "truncated": (GOOD[:-9], "", "not a Parquet file"),
    "magic": (b"PAR1" + GOOD[4:-4], "", "not a Parquet file"),
    "zero rows": (table(x=column([], pa.int64()), y=column([], pa.int64())), "", "no points: the table has no rows"),
    "one column": (table(y=[1]), "", "1 columns leave no input beside 1 output(s)"),
    "null": (table(x=[0, None], y=[1, 2]), "row 2 column 1", "empty"),
    "nan": (table(x=[0, 1], y=[1.0, float("nan")]), "row 2 column 2", "nan is not a number"),
    "infinity": (table(x=[0, 1], y=[float("-inf"), 1.0]), "row 1 column 2", "-inf is not a number"),
    "bool": (table(x=[True], y=[1]), "column 'x'", "holds no numbers, but bool"),
    "dates": (table(x=column([0], pa.timestamp("s")), y=[1]), "column 'x'", "holds no numbers, but timestamp"),
    "bytes": (table(x=[b"0"], y=[1]), "column 'x'", "holds no numbers, but binary"),
    "lists": (table(x=[[0]], y=[1]), "column 'x'", "holds no numbers, but list"),
    "nulls": (table(x=column([None], pa.null()), y=[1]), "column 'x'", "holds no numbers, but null"),
    "words": (table(x=["a"], y=[1]), "row 1 column 1", "'a' is not an exact number"),
    "exponent": (table(x=["1e5"], y=[1]), "row 1 column 1", "'1e5' is not an exact number"),
    "blank": (table(x=[""], y=[1]), "row 1 column 1", "'' is not an exact number"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_dataset_is_refused(file, case):
    data, place, reason = REFUSED[case]
    error = refusal(read, file, data)
    assert (error.place, reason in error.reason) == (place, True), error


def test_more_numbers_than_the_cap_are_refused_by_the_header(file, monkeypatch):
    monkeypatch.setattr(arrays, "NUMBERS", 3)
    monkeypatch.setattr(arrays, "NUMBERS_PER_BYTE", 0)
    assert "4 numbers (the most that are read of this file is 3)" in refusal(read, file, GOOD).reason


def test_a_column_that_unpacks_to_much_is_refused_by_the_header(file, monkeypatch):
    data = table(x=["7" * 100_000] * 20, y=[1] * 20)
    assert len(data) < 10_000
    monkeypatch.setattr(files, "FILE_BYTES", 50_000)
    assert "larger than 50000 bytes when decompressed" in refusal(read, file, data).reason


def test_a_text_that_many_rows_share_is_held_once(file):
    n = 20_000
    name = file("d.parquet", table(x=["7" * 5000] * n, y=[1] * n))
    tracemalloc.start()
    dataset = read_dataset(name).value
    assert len(dataset) == n and tracemalloc.get_traced_memory()[1] < 1 << 25
    tracemalloc.stop()


def test_rows_are_counted_through_the_file(file):
    n = 40_000
    data = table(x=list(range(n)), y=[1] * (n - 1) + [None])
    assert refusal(read, file, data).place == f"row {n} column 2"
    assert read(file, table(x=list(range(n)), y=[str(k) for k in range(n)])).outputs[-1] == (n - 1,)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ('{"index_columns": ["y"]}', "d.parquet: column 'y': is an index, no data: write it with "),
        ('{"index_columns": [null]}', "d.parquet: column 'None': is an index"),
        ('{"index_columns": 3}', "d.parquet: what pandas says of its index is not readable"),
        ("[", "d.parquet: what pandas says of its index is not readable"),
        ('{"index_columns": [{"kind": "range", "start": 0, "stop": 1, "step": 1}]}', None),
        ("{}", None),
    ],
)
def test_an_index_of_pandas_is_not_taken_for_the_outputs(file, said, refused):
    """A DataFrame with an index of its own is written with it as the last column."""
    stream = io.BytesIO()
    pq.write_table(pa.table({"x": [1], "y": [2]}).replace_schema_metadata({"pandas": said}), stream)
    if refused is None:
        assert read(file, stream.getvalue()).outputs == ((2,),)
    else:
        assert refused in str(refusal(read, file, stream.getvalue()))
