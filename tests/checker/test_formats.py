"""Files to values and back: JSON, CSV, gzip; canonical content; every refusal with its place and reason."""

import gzip
import json
import tracemalloc
from fractions import Fraction

import pytest

from checker import files
from checker.errors import InputError
from checker.formats import content_sha256, native, read_dataset, read_network, read_pair
from checker.formats.strict_json import members
from tests import naive
from tests.checker.examples import NETWORK, POINTS

RELU = '{"weights": [["1"]], "bias": ["0"], "activation": "relu"}'
LAST = '{"weights": [["1"]], "bias": ["0"], "activation": "identity"}'
DATASET = '{"format": "exact-dataset/1", "inputs": [["0"], ["1"]], "outputs": [["1"], ["3/2"]]}'


def net(*layers):
    return f'{{"format": "exact-relu-network/1", "layers": [{", ".join(layers)}]}}'


def data(inputs, outputs):
    return f'{{"format": "exact-dataset/1", "inputs": {inputs}, "outputs": {outputs}}}'


def refusal(read, *arguments):
    with pytest.raises(InputError) as found:
        read(*arguments)
    assert str(found.value).isprintable()
    return found.value


NETWORKS_REFUSED = [
    # text, place, part of the reason
    ("", "", "the file is empty"),
    (" \n\t", "", "the file is empty"),
    ("{", "line 1 column 2", "not JSON"),
    ("{}\nx", "line 2 column 1", "not JSON: Extra data"),
    ("[]", "", "expected an object, found a list"),
    ("7", "", "expected an object, found the bare number '7'"),
    ("null", "", "expected an object, found null"),
    ("{}", "", "the key 'format' is missing"),
    ('{"format": "exact-relu-network/1"}', "", "the key 'layers' is missing"),
    (net(LAST).replace("/1", "/2"), "format", "expected 'exact-relu-network/1', found 'exact-relu-network/2'"),
    (net(LAST).replace('"exact-relu-network/1"', "1"), "format", "found the bare number '1'"),
    (net(LAST).replace('"exact-relu-network/1"', "null"), "format", "found null"),
    (net(LAST).replace("{", '{"Layers": 0, ', 1), "", "unknown key 'Layers'"),
    (net(LAST).replace("{", '{"comment": "x", ', 1), "", "unknown key 'comment'"),
    (net(LAST).replace("{", '{"format": "exact-relu-network/1", ', 1), "", "duplicate key 'format'"),
    (net(LAST).replace('"bias"', '"bias": ["0"], "bias"'), "", "duplicate key 'bias'"),
    (net(LAST).replace('"bias"', '"\\u0062ias": ["0"], "bias"'), "", "duplicate key 'bias'"),
    (net(), "layers", "the list is empty"),
    ('{"format": "exact-relu-network/1", "layers": {}}', "layers", "expected a list, found an object"),
    ('{"format": "exact-relu-network/1", "layers": "x"}', "layers", "expected a list, found a text"),
    (net("[]"), "layers[0]", "expected an object, found a list"),
    (net(RELU, "true"), "layers[1]", "expected an object, found true or false"),
    (net(LAST.replace('"bias": ["0"], ', "")), "layers[0]", "the key 'bias' is missing"),
    (net(LAST.replace(', "activation": "identity"', "")), "layers[0]", "the key 'activation' is missing"),
    (net(RELU, LAST.replace('"weights": [["1"]], ', "")), "layers[1]", "the key 'weights' is missing"),
    (net(LAST.replace("{", '{"name": "x", ')), "layers[0]", "unknown key 'name'"),
    (net(LAST.replace('"identity"', "null")), "layers[0].activation", "expected a text, found null"),
    (net(LAST.replace("identity", "sigmoid")), "layers[0]", "activation 'sigmoid' is none of relu, identity"),
    (net(LAST.replace("identity", "ReLU")), "layers[0]", "activation 'ReLU' is none of relu, identity"),
    (net(RELU), "layers", "is a layer missing?"),
    (net(LAST, RELU), "layers", "is a layer missing?"),
    (net(RELU, LAST.replace('[["1"]]', '[["1", "1"]]')), "layers", "has 1 neurons, but layer 2 takes 2 inputs"),
    (
        net(RELU.replace('[["1"]]', '[["1"], ["1"]]').replace('["0"]', '["0", "0"]'), LAST),
        "layers",
        "takes 1 inputs",
    ),
    (net(LAST.replace('[["1"]]', "[]")), "layers[0].weights", "the list is empty"),
    (net(LAST.replace('[["1"]]', "[[]]")), "layers[0].weights[0]", "the list is empty"),
    (net(LAST.replace('["0"]', "[]")), "layers[0].bias", "the list is empty"),
    (net(LAST.replace('["0"]', '["0", "0"]')), "layers[0]", "1 rows of weights but 2 biases"),
    (
        net(LAST.replace('[["1"]]', '[["1"], ["1", "2"]]').replace('["0"]', '["0", "0"]')),
        "layers[0]",
        "rows of weights of lengths 1 and 2",
    ),
    (net(LAST.replace('[["1"]]', '["1"]')), "layers[0].weights[0]", "expected a list, found a text"),
    (net(LAST.replace('["0"]', '"0"')), "layers[0].bias", "expected a list, found a text"),
    (net(LAST.replace('[["1"]]', "[[1]]")), "layers[0].weights[0][0]", "found the bare number '1'"),
    (net(LAST.replace('["0"]', "[0.5]")), "layers[0].bias[0]", "found the bare number '0.5'"),
    (net(LAST.replace('["0"]', "[NaN]")), "layers[0].bias[0]", "found the bare number 'NaN'"),
    (net(LAST.replace('["0"]', "[-Infinity]")), "layers[0].bias[0]", "found the bare number '-Infinity'"),
    (net(LAST.replace('["0"]', "[1e400]")), "layers[0].bias[0]", "found the bare number '1e400'"),
    (net(LAST.replace('["0"]', f"[{'9' * 5000}]")), "layers[0].bias[0]", "9...' (5000 characters)"),
    (net(LAST.replace('["0"]', "[null]")), "layers[0].bias[0]", "found null"),
    (net(LAST.replace('["0"]', "[true]")), "layers[0].bias[0]", "found true or false"),
    (net(LAST.replace('["0"]', '[["0"]]')), "layers[0].bias[0]", "found a list"),
    (net(RELU, LAST.replace('["0"]', '["1e5"]')), "layers[1].bias[0]", "'1e5' is not an exact number"),
    (net(LAST.replace('["0"]', '["0.5"]')), "layers[0].bias[0]", "'0.5' is not an exact number"),
    (net(LAST.replace('["0"]', '["1/0"]')), "layers[0].bias[0]", "'1/0' has a zero denominator"),
    (net(LAST.replace('["0"]', '["1\\n"]')), "layers[0].bias[0]", "'1\\n' is not an exact number"),
    (net(LAST.replace('["0"]', '["\\ud800"]')), "layers[0].bias[0]", "'\\ud800' is not an exact number"),
    (net(LAST.replace('["0"]', '["1\u2028"]')), "layers[0].bias[0]", "'1\\u2028' is not an exact number"),
    (net(LAST.replace('["0"]', '["1\t"]')), "line 1 column", "not JSON: Invalid control character"),
    (net(LAST) + "//", "line 1 column", "not JSON: Extra data"),
    (net(LAST).replace("]}", "],}", 1), "line 1 column", "not JSON"),
    (net(LAST).replace('"', "'"), "line 1 column 2", "not JSON"),
    ("\ufeff\ufeff" + net(LAST), "line 1 column 1", "not JSON"),
    ("[" * 100_000, "", "nested too deeply"),
    ('{"a":' * 100_000, "", "nested too deeply"),
]

DATASETS_REFUSED = [
    ("", "", "the file is empty"),
    (data('[["0"]]', '[["0"]]').replace("exact-dataset", "exact-relu-network"), "format", "expected 'exact-dataset/1'"),
    (net(LAST), "", "unknown key 'layers'"),
    ('{"format": "exact-dataset/1", "inputs": [["0"]]}', "", "the key 'outputs' is missing"),
    (data("[]", "[]"), "inputs", "the list is empty"),
    (data('[["0"]]', "[]"), "outputs", "the list is empty"),
    (data("[[]]", '[["0"]]'), "inputs[0]", "the list is empty"),
    (data('[["0"], []]', '[["0"], ["0"]]'), "inputs[1]", "the list is empty"),
    (data('["0"]', '[["0"]]'), "inputs[0]", "expected a list, found a text"),
    (data('[["0"]]', '["0"]'), "outputs[0]", "expected a list, found a text"),
    (data('[["0"], ["1"]]', '[["0"]]'), "", "2 rows of inputs but 1 rows of outputs"),
    (data('[["0"]]', '[["0"], ["1"]]'), "", "1 rows of inputs but 2 rows of outputs"),
    (data('[["0", "1"], ["1"]]', '[["0"], ["1"]]'), "", "row 2 has 1 inputs, row 1 has 2"),
    (data('[["0"], ["1"]]', '[["0"], ["1", "2"]]'), "", "row 2 has 2 outputs, row 1 has 1"),
    (data('[["0"], [1]]', '[["0"], ["1"]]'), "inputs[1][0]", "found the bare number '1'"),
    (data('[["0"], ["1"]]', '[["0"], [1.5]]'), "outputs[1][0]", "found the bare number '1.5'"),
    (data('[["nan"]]', '[["0"]]'), "inputs[0][0]", "'nan' is not an exact number"),
    (data('[["0"]]', '[["inf"]]'), "outputs[0][0]", "'inf' is not an exact number"),
    (data('[["1_0"]]', '[["0"]]'), "inputs[0][0]", "'1_0' is not an exact number"),
    (data('[["0", "1."]]', '[["0"]]'), "inputs[0][1]", "'1.' is not an exact number"),
]

TABLES_REFUSED = [
    ("", "", "no points"),
    ("\n\n\n", "", "no points"),
    ("x,y\n", "", "no points"),
    ("x,y\n\n\n", "", "no points"),
    ("\n0,1\n", "line 1", "blank line"),
    ("x,y\n\n0,1\n", "line 2", "blank line"),
    ("0,1\n\n1,2\n", "line 2", "blank line"),
    ("0,1\n1\n", "line 2", "1 columns where the first line has 2"),
    ("0,1\n1,2,3\n", "line 2", "3 columns where the first line has 2"),
    ("x,y\n0,1,2\n", "line 2", "3 columns where the first line has 2"),
    ("x,y,z\n0,1\n", "line 2", "2 columns where the first line has 3"),
    ("0,1\n1,2\n   \n", "line 3", "1 columns where the first line has 2"),
    ("1\n2\n", "line 1", "1 columns leave no input beside 1 output(s)"),
    ("y\n2\n", "line 2", "1 columns leave no input beside 1 output(s)"),
    ("0,\n", "line 1 column 2", "empty field"),
    (",1\n", "line 1 column 1", "empty field"),
    ("x,1\n0,1\n", "line 1 column 1", "'x' is not an exact number"),
    ("x,\n0,1\n", "line 1 column 1", "'x' is not an exact number"),
    ("nan,inf\n0,1\n", "line 1 column 1", "'nan' is not an exact number"),
    ("NaN,y\n0,1\n", "line 1 column 1", "'NaN' is not an exact number"),
    ("x,Infinity\n0,1\n", "line 1 column 1", "'x' is not an exact number"),
    ("x,y\nx,y\n0,1\n", "line 2 column 1", "'x' is not an exact number"),
    ("0;1\n", "line 1", "1 columns leave no input"),
    ("0\t1\n", "line 1", "1 columns leave no input"),
    ("0, 1\n", "line 1 column 2", "' 1' is not an exact number"),
    ("0 ,1\n", "line 1 column 1", "'0 ' is not an exact number"),
    ("0,+1\n", "line 1 column 2", "'+1' is not an exact number"),
    ("0,1e5\n", "line 1 column 2", "'1e5' is not an exact number"),
    ("0,1_0\n", "line 1 column 2", "'1_0' is not an exact number"),
    ("0,1/0\n", "line 1 column 2", "'1/0' has a zero denominator"),
    ("0,nan\n", "line 1 column 2", "'nan' is not an exact number"),
    ("1,1\n0,-inf\n", "line 2 column 2", "'-inf' is not an exact number"),
    ("0,\u0661\n", "line 1 column 2", "'\\u0661' is not an exact number"),
    ("0,1.\n", "line 1 column 2", "'1.' is not an exact number"),
    ("0,.5\n", "line 1 column 2", "'.5' is not an exact number"),
    ("0,1\x00\n", "line 1 column 2", "'1\\x00' is not an exact number"),
    ('0,"1\n', "line 1", "not CSV: unexpected end of data"),
    ('0,"1"2\n', "line 1", "not CSV"),
    (f"0,{'9' * 131_073}\n", "line 1", "not CSV: field larger than field limit (131072)"),
    (f"0,{'9' * 100_001}\n", "line 1 column 2", "has more than 100000 digits"),
    ("\ufeff\ufeff0,1\n", "line 1 column 1", "'\\ufeff0' is not an exact number"),
]


@pytest.mark.parametrize(("text", "place", "reason"), NETWORKS_REFUSED, ids=lambda text: ascii(text[:40]))
def test_a_network_that_is_not_described_is_refused(file, text, place, reason):
    error = refusal(read_network, file("network.json", text))
    assert error.source == "network.json" and error.place.startswith(place) and reason in error.reason
    assert bool(error.place) == bool(place) and len(str(error)) < 400


@pytest.mark.parametrize(("text", "place", "reason"), DATASETS_REFUSED, ids=lambda text: ascii(text[:40]))
def test_a_json_dataset_that_is_not_described_is_refused(file, text, place, reason):
    error = refusal(read_dataset, file("points.json", text))
    assert (error.source, error.place) == ("points.json", place) and reason in error.reason


@pytest.mark.parametrize(("text", "place", "reason"), TABLES_REFUSED, ids=lambda text: ascii(text[:40]))
def test_a_table_that_is_not_described_is_refused(file, text, place, reason):
    error = refusal(read_dataset, file("points.csv", text))
    assert (error.source, error.place) == ("points.csv", place) and reason in error.reason


@pytest.mark.parametrize("name", ["nan ,inf ", "nan ,y", "y, nan", "inf\t,y", "Infinity ,x"])
def test_a_row_of_nan_with_blanks_is_no_header(file, name):
    assert refusal(read_dataset, file("points.csv", f"{name}\n0,1\n")).place.startswith("line 1")


def test_a_long_name_of_an_activation_is_shortened_in_the_refusal(file):
    error = refusal(read_network, file("network.json", net(LAST.replace("identity", "x" * 100_000))))
    assert "is none of relu, identity" in error.reason and len(str(error)) < 400


def test_the_layer_that_does_not_fit_is_named(file):
    wide = LAST.replace('[["1"]]', '[["1", "1"]]')
    error = refusal(read_network, file("network.json", net(RELU, RELU, RELU, wide)))
    assert "layers[3]" in str(error) or "layer 4" in str(error)


TABLES = [
    # text, inputs, outputs, --outputs
    ("0,1\n", "0", "1", 1),
    ("0,1", "0", "1", 1),
    ("0,1\n\n\n", "0", "1", 1),
    ("0,1\r\n1,2\r\n", "0;1", "1;2", 1),
    ("\ufeffx,y\n0,1\n", "0", "1", 1),
    ("\ufeff0,1\n", "0", "1", 1),
    ("x,y\n0,1\n", "0", "1", 1),
    ("_,_1\n0,1\n", "0", "1", 1),
    ("nano,inform\n0,1\n", "0", "1", 1),
    ("x1,x2,y\n1,2,3\n", "1 2", "3", 1),
    ("x,y1,y2\n1,2,3\n", "1", "2 3", 2),
    ("1,2,3\n", "1", "2 3", 2),
    ("0.5,-0x1/0x3\n", "1/2", "-1/3", 1),
    ("1,1\n1,1\n", "1;1", "1;1", 1),
    ("-0,00\n", "0", "0", 1),
]


def spelled(rows):
    return tuple(tuple(Fraction(q) for q in row.split()) for row in rows.split(";"))


@pytest.mark.parametrize(("text", "inputs", "outputs", "count"), TABLES, ids=lambda text: ascii(text)[:40])
@pytest.mark.parametrize("name", ["points.csv", "points.csv.gz"])
def test_tables_are_read(file, name, text, inputs, outputs, count):
    value = read_dataset(file(name, text), "decimal", count).value
    assert (value.inputs, value.outputs) == (spelled(inputs), spelled(outputs))


@pytest.mark.parametrize(
    ("numbers", "value"),
    [("decimal", "1/10"), ("float64", "3602879701896397/36028797018963968"), ("float32", "13421773/134217728")],
)
@pytest.mark.parametrize(("name", "text"), [("points.csv", "0.1,1\n"), ("points.json", data('[["0.1"]]', '[["1"]]'))])
def test_decimals_are_read_as_numbers_says(file, name, text, numbers, value):
    assert read_dataset(file(name, text), numbers).value.inputs == ((Fraction(value),),)


@pytest.mark.parametrize(
    ("name", "text", "outputs", "reason"),
    [
        ("points.csv", "1,2,3\n", 3, "3 columns leave no input beside 3 output(s)"),
        ("points.csv", "1,2,3\n", 999_999_999, "leave no input"),
        ("points.json", data('[["0"]]', '[["1"]]'), 2, "1 outputs per row, 2 asked for"),
        ("points.json", data('[["0"]]', '[["1", "2"]]'), 1, "2 outputs per row, 1 asked for"),
    ],
)
def test_another_number_of_outputs_than_asked_for_is_refused(file, name, text, outputs, reason):
    assert reason in refusal(read_dataset, file(name, text), "decimal", outputs).reason


@pytest.mark.parametrize(
    ("text", "outputs", "place", "reason"),
    [
        ("0,0,1\n", None, "", "2 inputs and 1 outputs, but the network network.json has 1 and 1"),
        ("0,1,1\n", 2, "", "1 inputs and 2 outputs, but the network network.json has 1 and 1"),
        ("0,1\n1,2\n0,3\n1,4\n", None, "rows 1 and 3", "equal inputs with different outputs: no function fits both"),
    ],
)
def test_a_dataset_that_no_such_network_fits_is_refused(file, text, outputs, place, reason):
    paths = file("network.json", NETWORK), file("points.csv", text)
    error = refusal(read_pair, *paths, "decimal", outputs)
    assert (error.source, error.place, error.reason) == ("points.csv", place, reason)


def test_a_pair_that_fits_is_read(pair):
    assert [source.path for source in read_pair(*pair, "decimal", None)] == list(pair)
    assert len(read_pair(*pair, "decimal", 1)[1].value) == 2


def test_json_has_the_outputs_that_it_has(file):
    value = read_dataset(file("points.json", data('[["0"]]', '[["1", "2"]]'))).value
    assert value.outputs == ((1, 2),)
    assert read_dataset("points.json", "decimal", 2).value == value


@pytest.mark.parametrize("name", ["a.txt", "a", "a.JSON", "a.json.xz", "json", "a.json.gz.gz", ".gz", "a.csv"])
def test_a_network_of_another_name_is_refused(file, name):
    assert (
        "not a network file by its name (known: .json[.gz], .onnx, .npz, .safetensors)"
        in refusal(read_network, file(name, NETWORK)).reason
    )


@pytest.mark.parametrize("name", ["a.txt", "a", "a.CSV", "a.csv.bz2", "a.onnx", "csv"])
def test_a_dataset_of_another_name_is_refused(file, name):
    assert (
        "not a dataset file by its name (known: .csv[.gz], .json[.gz], .npz, .parquet)"
        in refusal(read_dataset, file(name, POINTS)).reason
    )


PACKED = gzip.compress(NETWORK.encode(), mtime=0)


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b"", "", "a truncated gzip file"),
        (NETWORK.encode(), "", "not a gzip file"),
        (PACKED[:-1], "", "a truncated gzip file"),
        (PACKED[:40], "", "a truncated gzip file"),
        (PACKED[:12], "", "a truncated gzip file"),
        (PACKED + b"x", "", "something behind its end"),
        (PACKED + PACKED, "", "something behind its end"),
        (PACKED[:-8] + bytes(8), "", "not a gzip file"),
        (gzip.compress(b"\xff{}"), "byte 0", "not UTF-8 text"),
        (gzip.compress(b""), "", "the file is empty"),
        (gzip.compress(PACKED), "byte 1", "not UTF-8 text"),
    ],
    ids=[
        "empty",
        "plain",
        "no last byte",
        "half",
        "little more than a header",
        "a byte behind",
        "twice",
        "wrong check",
        "not text",
        "of nothing",
        "packed twice",
    ],
)
def test_a_gzip_file_that_is_damaged_is_refused(file, content, place, reason):
    error = refusal(read_network, file("network.json.gz", content))
    assert (error.source, error.place) == ("network.json.gz", place) and reason in error.reason


@pytest.mark.parametrize(("size", "accepted"), [(1000, True), (1001, False), (100_000, False)])
def test_a_gzip_bomb_is_refused(file, monkeypatch, size, accepted):
    monkeypatch.setattr(files, "FILE_BYTES", 1000)
    name = file("network.json.gz", NETWORK.ljust(size))
    if accepted:
        assert read_network(name).value.widths == (1, 1, 1)
    else:
        assert "larger than 1000 bytes when decompressed" in refusal(read_network, name).reason


def test_blank_lines_at_the_end_of_a_table_take_no_memory_of_their_own(file, monkeypatch):
    """A gzip file of a few kilobytes may hold millions of them."""
    name, lines = file("points.csv.gz", "\n" * 200_000), 200_000
    monkeypatch.setattr(files, "FILE_BYTES", 10 * lines)
    tracemalloc.start()
    try:
        assert "no points" in refusal(read_dataset, name).reason
        assert tracemalloc.get_traced_memory()[1] < 40 * lines
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xff", "byte 0"),
        (b"0,1\n\xe9,2\n", "byte 4"),
        ("0,1\n".encode("utf-16"), "byte 0"),
        (b"0,1\n\xed\xa0\x80", "byte 4"),
    ],
)
def test_text_that_is_not_utf8_is_refused(file, content, place):
    error = refusal(read_dataset, file("points.csv", content))
    assert (error.place, error.reason) == (place, "not UTF-8 text")


SAME_NETWORK = [
    NETWORK,
    json.dumps(json.loads(NETWORK), indent=3),
    NETWORK.replace("-1/2", "-2/4"),
    NETWORK.replace("-1/2", "-0x1/0x2").replace('"1"', '"01"'),
    "\ufeff" + NETWORK,
    json.dumps({"layers": json.loads(NETWORK)["layers"], "format": "exact-relu-network/1"}),
]
OTHER_NETWORK = [
    NETWORK.replace("-1/2", "1/2"),
    NETWORK.replace('"relu"', '"identity"'),
    NETWORK.replace('[["1"]]', '[["2"]]', 1),
]


def test_the_content_digest_is_that_of_the_canonical_text(file):
    first = '{"weights":[["1"]],"bias":["-1/2"],"activation":"relu"}'
    last = '{"weights":[["1"]],"bias":["1"],"activation":"identity"}'
    canonical = f'{{"format":"exact-relu-network/1","layers":[{first},{last}]}}'
    value = read_network(file("network.json", NETWORK)).value
    assert native.network_text(value) == canonical
    table = read_dataset(file("points.csv", POINTS)).value
    assert native.dataset_text(table) == '{"format":"exact-dataset/1","inputs":[["0"],["1"]],"outputs":[["1"],["3/2"]]}'


@pytest.mark.parametrize("text", SAME_NETWORK, ids=range(len(SAME_NETWORK)))
def test_the_content_digest_does_not_depend_on_the_spelling(file, text):
    first, second = read_network(file("a.json", NETWORK)), read_network(file("b.json.gz", text))
    assert content_sha256(first.value) == content_sha256(second.value)
    assert first.value == second.value and first.sha256 != second.sha256
    assert naive.from_json(text.removeprefix("\ufeff")) == naive.plain(second.value)


@pytest.mark.parametrize("text", OTHER_NETWORK, ids=range(len(OTHER_NETWORK)))
def test_the_content_digest_depends_on_the_content(file, text):
    first, second = read_network(file("a.json", NETWORK)), read_network(file("b.json", text))
    assert content_sha256(first.value) != content_sha256(second.value)


@pytest.mark.parametrize(
    ("name", "text"), [("b.json", DATASET), ("b.csv", "0,1\n1,6/4"), ("b.csv.gz", "a,b\r\n0x0,1\r\n1,1.5\r\n")]
)
def test_a_dataset_has_one_content_digest_in_every_format(file, name, text):
    assert content_sha256(read_dataset(file(name, text)).value) == content_sha256(
        read_dataset(file("a.csv", POINTS)).value
    )


def test_writing_undoes_reading(file):
    network = read_network(file("a.json", NETWORK)).value
    assert read_network(file("b.json", native.network_text(network))).value == network
    table = read_dataset(file("a.csv", POINTS)).value
    assert read_dataset(file("b.json", native.dataset_text(table))).value == table


@pytest.mark.parametrize("keys", [("a",), ("a", "b", "c"), ()])
def test_members_are_exactly_those(keys):
    assert members("f", "", {"a": 1, "b": 2}, ("b", "a")) == (2, 1)
    with pytest.raises(InputError):
        members("f", "", {"a": 1, "b": 2}, keys)


def test_a_quoted_name_does_not_hide_rows(file):
    """A name over several lines would take the rows in it out of the dataset."""
    hidden = file("points.csv", '"x\n0,1\n7,7\n",y\n1,2\n')
    with pytest.raises(InputError, match="line 4 column 1: .* is not an exact number"):
        read_dataset(hidden)
