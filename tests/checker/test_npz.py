"""NPZ networks and datasets: what is read is what NumPy holds, exactly; everything else is refused with its place."""

import pickle
import struct
import sys
import tracemalloc
import zipfile
from fractions import Fraction

import numpy as np
import pytest

from checker import files
from checker.errors import InputError
from checker.formats import arrays, content_sha256, read_dataset, read_network
from tests.checker import foreign

FLOATS = ["float16", "float32", "float64"]


def refusal(read, *arguments):
    with pytest.raises(InputError) as found:
        read(*arguments)
    assert str(found.value).isprintable()
    return found.value


def one_layer(weights, bias=None):
    """The archive of a network with one layer."""
    return foreign.npz(W1=weights, b1=np.zeros(len(weights), "float64") if bias is None else bias)


@pytest.mark.parametrize("kind", FLOATS)
def test_every_float_type_is_the_same_network(file, kind):
    network = read_network(file("n.npz", foreign.npz(**foreign.network_arrays(kind)))).value
    assert network.widths == (2, 3, 1)
    assert network.layers[0].weights[1] == (Fraction(-3), Fraction(1, 2)) and network.layers[0].bias[0] == Fraction(
        1, 4
    )
    assert [layer.activation for layer in network.layers] == ["relu", "identity"]


@pytest.mark.parametrize("kind", FLOATS)
def test_floats_are_the_dyadic_rationals_they_are(file, kind):
    value = np.array([[0.1]], kind)
    read = read_network(file("n.npz", one_layer(value))).value.layers[0].weights[0][0]
    assert read == Fraction(value.item()) and read != Fraction(1, 10)
    assert read.denominator & (read.denominator - 1) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int8(-128), -128),
        (np.uint8(255), 255),
        (np.int64(2**62), 2**62),
        (np.int64(2**63 - 1), 2**63 - 1),
        (np.int64(-(2**63)), -(2**63)),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.float64(2**-1074), Fraction(1, 2**1074)),
        (np.float32(2**-149), Fraction(1, 2**149)),
        (np.float16(2**-24), Fraction(1, 2**24)),
        (np.float64(-0.0), 0),
        (np.float64(sys.float_info.max), int(sys.float_info.max)),
        (np.float64(2**53 + 2), 2**53 + 2),
    ],
    ids=repr,
)
def test_extreme_numbers_are_exact_python_integers_inside(file, value, expected):
    read = read_network(file("n.npz", one_layer(np.array([[value]])))).value.layers[0].weights[0][0]
    assert read == expected and type(read.numerator) is int and read * 4 == expected * 4


@pytest.mark.parametrize("kind", [">f8", ">f4", ">i2", ">u8"])
def test_big_endian_arrays_are_read_by_value(file, kind):
    network = read_network(file("n.npz", one_layer(np.array([[1, 2], [3, 258]], kind)))).value
    assert network.layers[0].weights == ((1, 2), (3, 258))


def test_fortran_order_is_read_by_index(file):
    array = np.asfortranarray([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    data = one_layer(array)
    assert b"'fortran_order': True" in data
    assert read_network(file("n.npz", data)).value.layers[0].weights == ((1, 2, 3), (4, 5, 6))


def test_compressed_archives_and_both_headers_are_read(file):
    arrays = foreign.network_arrays()
    plain = read_network(file("n.npz", foreign.npz(**arrays))).value
    members = [(f"{name}.npy", foreign.npy(array)) for name, array in arrays.items()]
    packed = foreign.archive(*reversed(members), compression=zipfile.ZIP_DEFLATED)
    assert read_network(file("p.npz", packed)).value == plain
    second = b"\x93NUMPY\x02\x00" + struct.pack("<I", 118) + members[0][1][10:]
    assert read_network(file("s.npz", foreign.archive(("W1.npy", second), *members[1:]))).value == plain


def bare(header, content=b"\0" * 8):
    """An array file with this header text."""
    text = header.encode("latin1").ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + content


def header(shape, descr="<f8", order="False"):
    return f"{{'descr': {descr!r}, 'fortran_order': {order}, 'shape': {shape}}}"


def encrypted():
    """An archive whose first member says that it is encrypted."""
    data = bytearray(foreign.npz(**foreign.network_arrays()))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


B1 = ("b1.npy", foreign.npy(np.zeros(1)))
NETWORKS_REFUSED = {
    "empty": (b"", "", "not an NPZ archive"),
    "an array alone": (foreign.npy(foreign.W1), "", "not an NPZ archive"),
    "a pickle": (pickle.dumps({"W1": 1}), "", "not an NPZ archive"),
    "no members": (foreign.archive(), "", "not an NPZ archive"),
    "truncated": (foreign.npz(**foreign.network_arrays())[:-30], "", "a broken NPZ archive"),
    "damaged": (foreign.npz(W1=foreign.W1).replace(b"\0\0\xf0\x3f", b"\0\0\xf8\x3f", 1), "", "Bad CRC-32"),
    "b1 missing": (foreign.npz(W1=foreign.W1), "", "the array b1 is missing"),
    "W1 missing": (foreign.npz(W2=foreign.W1, b2=foreign.B1), "", "the array W1 is missing"),
    "one more": (foreign.npz(**foreign.network_arrays(), W3=foreign.W1), "", "unknown array 'W3'"),
    "a gap": (foreign.npz(W1=foreign.W1, b1=foreign.B1, W3=foreign.W2, b3=foreign.B2), "", "the array W2 is missing"),
    "lower case": (foreign.npz(w1=foreign.W1, b1=foreign.B1), "", "the array W1 is missing"),
    "not an array": (foreign.archive(("W1.txt", "x")), "", "the member 'W1.txt' is not an array"),
    "twice": (foreign.archive(B1, B1), "", "the member 'b1.npy' is there twice"),
    "lzma": (foreign.archive(B1, compression=zipfile.ZIP_LZMA), "", "compressed in a way"),
    "bzip2": (foreign.archive(B1, compression=zipfile.ZIP_BZIP2), "", "compressed in a way"),
    "encrypted": (encrypted(), "", "the member 'W1.npy' is encrypted or compressed in a way"),
    "object": (one_layer(np.array([[None]])), "W1", "pickled"),
    "bool": (one_layer(np.array([[True]])), "W1", "numbers of type bool"),
    "complex": (one_layer(np.array([[1j]])), "W1", "numbers of type complex128"),
    "longdouble": (one_layer(np.array([[1]], np.longdouble)), "W1", f"numbers of type {np.dtype(np.longdouble)}"),
    "text": (one_layer(np.array([["1"]])), "W1", "numbers of type <U1"),
    "bytes": (one_layer(np.array([[b"1"]])), "W1", "numbers of type |S1"),
    "dates": (one_layer(np.array([["2020-01-01"]], "M8[D]")), "W1", "numbers of type datetime64[D]"),
    "records": (one_layer(np.zeros((1, 1), "f8,f8")), "W1", "numbers of type"),
    "nan": (one_layer(np.array([[0, np.nan]])), "W1[0][1]", "nan is not a number"),
    "infinity": (one_layer(np.array([[1.0]]), np.array([-np.inf])), "b1[0]", "-inf is not a number"),
    "float16 overflow": (one_layer(np.array([[np.inf]], "f2")), "W1[0][0]", "inf is not a number"),
    "vector": (one_layer(np.zeros(2)), "W1", "expected a matrix, found the shape (2,)"),
    "scalar": (foreign.npz(W1=np.float64(1), b1=np.zeros(1)), "W1", "expected a matrix, found the shape ()"),
    "tensor": (one_layer(np.zeros((1, 1, 1))), "W1", "expected a matrix, found the shape (1, 1, 1)"),
    "bias column": (one_layer(np.zeros((1, 1)), np.zeros((1, 1))), "b1", "expected a vector, found the shape (1, 1)"),
    "zero width": (one_layer(np.zeros((0, 2))), "W1", "nothing in it: the shape is (0, 2)"),
    "zero inputs": (one_layer(np.zeros((2, 0))), "W1", "nothing in it: the shape is (2, 0)"),
    "bias too long": (one_layer(np.zeros((1, 1)), np.zeros(2)), "W1", "1 rows of weights but 2 biases"),
    "widths": (
        foreign.npz(W1=np.ones((2, 2)), b1=np.ones(2), W2=np.ones((1, 3)), b2=np.ones(1)),
        "",
        "layer 1 has 2 neurons, but layer 2 takes 3 inputs",
    ),
    "huge shape": (foreign.archive(("W1.npy", bare(header((2**40, 2**20)))), B1), "W1", "does not fit 8 bytes"),
    "huge and empty": (foreign.archive(("W1.npy", bare(header((0, 2**62)), b"")), B1), "W1", "nothing in it"),
    "negative": (foreign.archive(("W1.npy", bare(header((-1, -1)))), B1), "W1", "version (1, 0), shape (-1, -1)"),
    "more behind": (foreign.archive(("W1.npy", bare(header((1, 1)), b"\0" * 9)), B1), "W1", "does not fit 9 bytes"),
    "code": (foreign.archive(("W1.npy", bare("__import__('os').abort()")), B1), "W1", "not an array"),
    "deep": (foreign.archive(("W1.npy", bare("(" * 5000)), B1), "W1", "not an array"),
    "deeper": (foreign.archive(("W1.npy", bare("-" * 9000 + "1")), B1), "W1", "not an array"),
    "long": (foreign.archive(("W1.npy", bare(header((1, 1)) + " " * 60000)), B1), "W1", "not an array"),
    "no header": (foreign.archive(("W1.npy", b"\x93NUMPY"), B1), "W1", "not an array"),
    "version 3": (foreign.archive(("W1.npy", b"\x93NUMPY\x03" + bare(header((1, 1)))[7:]), B1), "W1", "version (3, 0)"),
    "object by hand": (foreign.archive(("W1.npy", bare(header((1, 1), "|O"))), B1), "W1", "pickled Python code"),
}


@pytest.mark.parametrize("case", NETWORKS_REFUSED)
def test_a_network_is_refused(file, case):
    data, place, reason = NETWORKS_REFUSED[case]
    error = refusal(read_network, file("n.npz", data))
    assert (error.source, error.place) == ("n.npz", place) and reason in error.reason


class Trap:
    """Unpickling this is a failure of the test."""

    def __reduce__(self):
        return (pytest.fail, ("a pickle was opened",))


@pytest.mark.parametrize("data", [foreign.npz(W1=np.array([[Trap()]]), b1=np.zeros(1)), pickle.dumps(Trap())])
@pytest.mark.parametrize("read", [read_network, read_dataset])
def test_no_pickle_is_opened(file, data, read):
    assert refusal(read, file("n.npz", data)).source == "n.npz"


def bomb(size):
    """A small archive whose one array unpacks to about so many zero bytes."""
    content = bare(header((1, size // 8)), b"\0" * size)
    return foreign.archive(("W1.npy", content), B1, compression=zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(("cap", "accepted"), [(1 << 23, True), (1 << 20, False)])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(file, monkeypatch, cap, accepted):
    name = file("n.npz", bomb(1 << 22))
    monkeypatch.setattr(files, "FILE_BYTES", cap)
    if accepted:
        assert read_network(name).value.widths == (1 << 19, 1)
        return
    tracemalloc.start()
    assert f"larger than {cap} bytes when decompressed" in refusal(read_network, name).reason
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_member_that_lies_about_its_size_is_refused(file):
    data = bytearray(bomb(1 << 20))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 200)
    assert "a broken NPZ archive" in refusal(read_network, file("n.npz", bytes(data))).reason


def test_more_numbers_than_the_cap_are_refused(file, monkeypatch):
    monkeypatch.setattr(arrays, "NUMBERS", 100)
    monkeypatch.setattr(arrays, "NUMBERS_PER_BYTE", 0)
    wide = foreign.npz(W1=np.zeros((1, 100), "i1"), b1=np.zeros(1, "i1"))
    assert (
        "101 numbers (the most that are read of this file is 100)" in refusal(read_network, file("n.npz", wide)).reason
    )
    assert "larger than 1600 bytes when decompressed" in refusal(read_network, file("b.npz", bomb(8000))).reason


def test_a_large_file_may_spell_more_numbers_than_a_small_one():
    arrays.require_count("n.npz", b"", arrays.NUMBERS)
    arrays.require_count("n.npz", bytes(arrays.NUMBERS), 8 * arrays.NUMBERS)
    assert "4194305 numbers" in refusal(arrays.require_count, "n.npz", b"", arrays.NUMBERS + 1).reason


def test_equal_numbers_of_a_large_array_are_one_object():
    rows = arrays.matrix("n.npz", "W1", np.zeros((2, 1000)))
    assert len({id(q) for row in rows for q in row}) == 1


@pytest.mark.parametrize(("ys", "expected"), [([1.0, 1.5], ((1,), (Fraction(3, 2),))), ([[1], [2]], ((1,), (2,)))])
def test_a_dataset_of_one_output(file, ys, expected):
    dataset = read_dataset(file("d.npz", foreign.npz(inputs=np.array([[0], [1]]), outputs=np.array(ys)))).value
    assert (dataset.inputs, dataset.outputs) == (((0,), (1,)), expected)


def test_a_dataset_says_how_many_outputs_it_has(file):
    name = file("d.npz", foreign.npz(inputs=np.eye(2), outputs=np.eye(2)))
    assert read_dataset(name).value == read_dataset(name, "decimal", 2).value
    assert refusal(read_dataset, name, "decimal", 1).reason == "2 outputs per row, 1 asked for"


def test_a_dataset_is_that_of_other_formats(file):
    name = file("d.npz", foreign.npz(inputs=np.array([[0.0], [1.0]], "f4"), outputs=np.array([1.0, 1.5])))
    assert content_sha256(read_dataset(name).value) == content_sha256(read_dataset(file("d.csv", "0,1\n1,3/2\n")).value)


X, Y = np.zeros((2, 1)), np.zeros(2)
DATASETS_REFUSED = {
    "missing": (foreign.npz(inputs=X), "", "the array outputs is missing"),
    "unknown": (foreign.npz(inputs=X, outputs=Y, labels=Y), "", "unknown array 'labels'"),
    "zero rows": (foreign.npz(inputs=np.zeros((0, 1)), outputs=np.zeros(0)), "inputs", "the shape is (0, 1)"),
    "zero outputs": (foreign.npz(inputs=X, outputs=np.zeros((2, 0))), "outputs", "the shape is (2, 0)"),
    "lengths": (foreign.npz(inputs=X, outputs=np.zeros(3)), "", "2 rows of inputs but 3 rows of outputs"),
    "a vector": (foreign.npz(inputs=Y, outputs=Y), "inputs", "expected a matrix, found the shape (2,)"),
    "a tensor": (foreign.npz(inputs=X, outputs=np.zeros((2, 1, 1))), "outputs", "expected a vector or a matrix"),
    "nan": (foreign.npz(inputs=X, outputs=np.array([0, np.nan])), "outputs[1][0]", "nan is not a number"),
    "bool": (foreign.npz(inputs=X > 0, outputs=Y), "inputs", "numbers of type bool"),
    "object": (foreign.npz(inputs=X, outputs=np.array([1, None])), "outputs", "pickled Python code"),
    "not zip": (b"x,y\n0,1\n", "", "not an NPZ archive"),
}


@pytest.mark.parametrize("case", DATASETS_REFUSED)
def test_a_dataset_is_refused(file, case):
    data, place, reason = DATASETS_REFUSED[case]
    error = refusal(read_dataset, file("d.npz", data))
    assert (error.place, reason in error.reason) == (place, True), error


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("n.pt", "is pickled Python code, which is never opened"),
        ("n.pth", "safetensors.torch.save_file"),
        ("n.pkl", "is pickled Python code, which is never opened"),
        ("n.h5", "save model.get_weights()"),
        ("n.keras", "save model.get_weights()"),
        ("n.npy", "one array is half a dataset: numpy.savez"),
        ("n.npz.gz", "is not read compressed"),
        ("n.onnx.gz", "is not read compressed"),
        ("n.parquet.gz", "is not read compressed"),
        ("n.safetensors.gz", "is not read compressed"),
    ],
)
@pytest.mark.parametrize("read", [read_network, read_dataset])
def test_files_that_are_never_read_say_how_to_convert_them(file, name, reason, read):
    assert reason in refusal(read, file(name, b"")).reason


@pytest.mark.parametrize("name", ["n.npz", "n.onnx", "n.safetensors"])
def test_directories_are_refused(folder, name):
    (folder / name).mkdir()
    assert refusal(read_network, name).reason == "is a directory"


@pytest.mark.parametrize(
    ("name", "package", "read"),
    [
        ("n.npz", "numpy", read_network),
        ("n.onnx", "onnx", read_network),
        ("n.safetensors", "safetensors", read_network),
        ("n.safetensors", "numpy", read_network),
        ("n.npz", "numpy", read_dataset),
        ("n.parquet", "pyarrow", read_dataset),
    ],
)
def test_a_missing_package_is_named_with_how_to_get_it(file, monkeypatch, name, package, read):
    monkeypatch.setitem(sys.modules, package, None)
    suffix = name[1:]
    expected = f"{name}: reading {suffix} needs {package}: make setup, or pip install '.[formats]'"
    assert str(refusal(read, file(name, b"PK\x03\x04"))) == expected


def test_the_command_line_refuses_in_one_line_and_two_seconds(file, command):
    result = command("inspect", file("n.npz", one_layer(np.array([[np.nan]]))))
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"python -m checker: n.npz: W1[0][0]: nan is not a number\n"
