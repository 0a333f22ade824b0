"""Safetensors networks: both ways to name the layers; everything else is refused with its place."""

import json
import struct
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from safetensors.numpy import save

from checker.formats import arrays, content_sha256, read_network
from tests.checker import foreign
from tests.checker.test_npz import refusal

SEQUENTIAL = {"W1": "0.weight", "b1": "0.bias", "W2": "2.weight", "b2": "2.bias"}


def named(names, kind="float32"):
    """The file of the small network with other names for its arrays."""
    return save({names.get(name, name): array for name, array in foreign.network_arrays(kind).items()})


def raw(header, content=b"\0" * 8):
    """A file with this header (text, or what JSON says it) and content."""
    text = (header if isinstance(header, str) else json.dumps(header)).encode()
    return struct.pack("<Q", len(text)) + text + content


def entry(dtype, shape, start, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
@pytest.mark.parametrize(
    "names",
    [
        {},
        SEQUENTIAL,
        {name: "1" + other[1:] if other[0] == "0" else "10" + other[1:] for name, other in SEQUENTIAL.items()},
    ],
    ids=["W1", "0 and 2", "1 and 10"],
)
def test_a_network_is_that_of_the_npz(file, names, kind):
    network = read_network(file("n.safetensors", named(names, kind))).value
    assert network == read_network(file("n.npz", foreign.npz(**foreign.network_arrays(kind)))).value
    assert network.widths == (2, 3, 1) and [layer.activation for layer in network.layers] == ["relu", "identity"]


def test_floats_are_the_dyadic_rationals_they_are(file):
    data = save({"0.weight": np.array([[0.1]], "f4"), "0.bias": np.array([-0.0], "f4")})
    (layer,) = read_network(file("n.safetensors", data)).value.layers
    assert layer.weights == ((Fraction(13421773, 134217728),),) and layer.bias == (0,)


@pytest.mark.parametrize(
    ("dtype", "content", "expected"),
    [
        ("I64", struct.pack("<q", -(2**63)), -(2**63)),
        ("U64", struct.pack("<Q", 2**64 - 1), 2**64 - 1),
        ("I8", b"\x80", -128),
        ("U8", b"\x80", 128),
        ("F16", b"\x01\x00", Fraction(1, 2**24)),
        ("F64", struct.pack("<d", 5e-324), Fraction(1, 2**1074)),
    ],
)
def test_every_type_is_exact(file, dtype, content, expected):
    n = len(content)
    header = {"W1": entry(dtype, [1, 1], 0, n), "b1": entry(dtype, [1], n, 2 * n)}
    assert read_network(file("n.safetensors", raw(header, content * 2))).value.layers[0].weights[0][0] == expected


def test_metadata_is_nothing_to_the_network(file):
    data = save(foreign.network_arrays(), {"format": "pt"})
    other = read_network(file("o.safetensors", named(SEQUENTIAL, "float64"))).value
    assert content_sha256(read_network(file("n.safetensors", data)).value) == content_sha256(other)


ONE = entry("F32", [1, 1], 0, 4)
REFUSED = {
    "empty": (b"", "", "the file is empty"),
    "short": (b"\x01\x00", "", "the file is empty"),
    "a long header": (struct.pack("<Q", 2**63) + b"{}", "", "a header of 9223372036854775808 bytes"),
    "truncated": (named({})[:-4], "", "not a safetensors file"),
    "cut header": (named({})[:40], "line 1 column 33", "not JSON"),
    "no json": (raw("{"), "line 1 column 2", "not JSON"),
    "not utf-8": (struct.pack("<Q", 1) + b"\xff", "byte 8", "the header is not UTF-8"),
    "a list": (raw("[]"), "", "not a safetensors file"),
    "deep": (raw("[" * 100_000), "", "nested too deeply"),
    "twice": (raw(f'{{"W1": {json.dumps(ONE)}, "W1": {json.dumps(ONE)}}}', b"\0" * 4), "", "duplicate key 'W1'"),
    "overlap": (raw({"W1": ONE, "b1": entry("F32", [1], 2, 6)}, b"\0" * 6), "", "not a safetensors file"),
    "same bytes": (raw({"W1": ONE, "b1": entry("F32", [1], 0, 4)}, b"\0" * 4), "", "not a safetensors file"),
    "a hole": (raw({"W1": ONE, "b1": entry("F32", [1], 6, 10)}, b"\0" * 10), "", "not a safetensors file"),
    "more behind": (raw({"W1": ONE}, b"\0" * 8), "", "not a safetensors file"),
    "huge": (raw({"W1": entry("F32", [2**40, 2**20], 0, 2**62)}), "", "not a safetensors file"),
    "overflow": (raw({"W1": entry("F32", [2**62, 2**62], 0, 8)}), "", "not a safetensors file"),
    "negative": (raw({"W1": entry("F32", [-1, 1], 0, 4)}), "", "not a safetensors file"),
    "size": (raw({"W1": entry("F32", [1, 2], 0, 4)}, b"\0" * 4), "", "not a safetensors file"),
    "bfloat16": (raw({"W1": entry("BF16", [1, 1], 0, 2)}, b"\0" * 2), "W1", "type BF16: integers, F16, F32 and F64"),
    "float8": (raw({"W1": entry("F8_E4M3", [1, 1], 0, 1)}, b"\0"), "W1", "numbers of type F8_E4M3"),
    "bool": (raw({"W1": entry("BOOL", [1, 1], 0, 1)}, b"\1"), "W1", "numbers of type BOOL"),
    "complex": (raw({"W1": entry("C64", [1, 1], 0, 8)}), "W1", "numbers of type C64"),
    "unknown type": (raw({"W1": entry("F128", [1, 1], 0, 8)}), "", "not a safetensors file"),
    "no tensors": (raw("{}", b""), "", "the array W1 is missing"),
    "bias missing": (save({"0.weight": foreign.W1}), "", "the array 0.bias is missing"),
    "weight missing": (save({"0.weight": foreign.W1, "0.bias": foreign.B1, "2.bias": foreign.B2}), "", "'2.bias'"),
    "other layers": (save({"0.weight": foreign.W1, "0.bias": foreign.B1, "1.running_mean": foreign.B1}), "", "unknown"),
    "prefix": (named({"W1": "net.0.weight"}), "", "the array W1 is missing"),
    "mixed": (named({"W1": "0.weight", "b1": "0.bias"}), "", "unknown array"),
    "no room": (
        named({"W1": "0.weight", "b1": "0.bias", "W2": "1.weight", "b2": "1.bias"}),
        "1.weight",
        "no room for a ReLU behind 0.weight",
    ),
    "the same place": (
        save({"0.weight": foreign.W1, "0.bias": foreign.B1, "00.weight": foreign.W1, "00.bias": foreign.B1}),
        "0.weight",
        "no room for a ReLU",
    ),
    "other digits": (named(SEQUENTIAL | {"W2": "\u0662.weight"}), "", "unknown array"),
    "terminal codes": (named({"b2": "\x1b[2J"}), "", "the array b2 is missing"),
    "zero width": (save({"W1": np.zeros((0, 2)), "b1": np.zeros(1)}), "W1", "nothing in it: the shape is (0, 2)"),
    "vector": (save({"W1": np.zeros(2), "b1": np.zeros(2)}), "W1", "expected a matrix, found the shape (2,)"),
    "nan": (save({"W1": np.array([[np.nan]]), "b1": np.zeros(1)}), "W1[0][0]", "nan is not a number"),
    "infinity": (save({"W1": np.ones((1, 1)), "b1": np.array([np.inf])}), "b1[0]", "inf is not a number"),
    "a pickle": (b"\x80\x04" + b"K\x01." * 10, "", "not a safetensors file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_network_is_refused(file, case):
    data, place, reason = REFUSED[case]
    error = refusal(read_network, file("n.safetensors", data))
    assert (error.source, error.place, reason in error.reason) == ("n.safetensors", place, True), error


def test_a_claim_of_much_is_refused_without_memory_for_it(file):
    name = file("n.safetensors", REFUSED["huge"][0])
    tracemalloc.start()
    refusal(read_network, name)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_more_numbers_than_the_cap_are_refused(file, monkeypatch):
    monkeypatch.setattr(arrays, "NUMBERS", 12)
    monkeypatch.setattr(arrays, "NUMBERS_PER_BYTE", 0)
    assert "13 numbers" in refusal(read_network, file("n.safetensors", named({}))).reason
