"""Evaluation in one stated order: against NumPy's scalars one by one, in both formats, with and without NumPy."""

import sys
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.engines.stated_order import evaluated
from checker.network import Layer, Network

FORMATS = {"float64": (numpy.float64, 64), "float32": (numpy.float32, 32)}


def by_scalars(network, x, mode):
    """The outputs by NumPy's scalars of the format, operation by operation."""
    kind = FORMATS[mode][0]
    h = [kind(float(v)) for v in x]
    with numpy.errstate(all="ignore"):
        for layer in network.layers:
            z = []
            for row, bias in zip(layer.weights, layer.bias, strict=True):
                total = kind(float(bias))
                for w, v in zip(row, h, strict=True):
                    total = kind(total + kind(kind(float(w)) * v))
                z.append(total)
            h = [kind(0) if layer.activation == "relu" and v <= 0 else v for v in z]
    return tuple(Fraction(float(v)) if numpy.isfinite(v) else None for v in h)


@st.composite
def cases(draw):
    mode = draw(st.sampled_from(sorted(FORMATS)))
    width = FORMATS[mode][1]
    wild = st.floats(allow_nan=False, allow_infinity=False, width=width)
    tame = st.floats(-4, 4, width=width)
    number = st.one_of(tame, tame, tame, wild).map(Fraction)
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    layers = [
        Layer(
            tuple(tuple(draw(number) for _ in range(before)) for _ in range(width)),
            tuple(draw(number) for _ in range(width)),
            draw(st.sampled_from(("relu", "identity"))) if k + 2 < len(widths) else "identity",
        )
        for k, (before, width) in enumerate(zip(widths[:-1], widths[1:], strict=True))
    ]
    rows = tuple(tuple(draw(number) for _ in range(widths[0])) for _ in range(draw(st.integers(1, 3))))
    return Network(tuple(layers)), rows, mode


@settings(max_examples=150)
@given(cases())
def test_every_operation_rounds_once(case):
    network, rows, mode = case
    expected = [by_scalars(network, x, mode) for x in rows]
    assert evaluated(network, rows, mode) == expected
    with pytest.MonkeyPatch.context() as hidden:
        hidden.setitem(sys.modules, "numpy", None)
        assert evaluated(network, rows, mode) == expected


def one_neuron(weights, bias):
    return Network((Layer((tuple(map(Fraction, weights)),), (Fraction(bias),), "identity"),))


@pytest.mark.parametrize(
    ("mode", "weights", "bias", "expected"),
    [
        ("float64", (1, 2**53, -(2**53)), 0, 0),  # (0 + 1) + 2^53 is a tie, to even
        ("float64", (2**53, -(2**53), 1), 0, 1),
        ("float64", (1, 1), 2**53, 2**53),  # the bias first: each 1 is lost
        ("float64", (1, 2), 2**53, 2**53 + 2),
        ("float32", (1, 1), 2**24, 2**24),
        ("float64", (1, 1), 2**24, 2**24 + 2),
        ("float32", (2**127, 2**127), 0, None),
        ("float64", (2**1023, 2**1023), 0, None),
        ("float32", (Fraction(1, 2**149), Fraction(1, 2**149)), 0, Fraction(1, 2**148)),
    ],
)
@pytest.mark.parametrize("without", [None, "numpy"])
def test_the_order_is_the_one_stated(monkeypatch, mode, weights, bias, expected, without):
    if without:
        monkeypatch.setitem(sys.modules, without, None)
    x = (Fraction(1),) * len(weights)
    assert evaluated(one_neuron(weights, bias), [x], mode) == [(expected,)]


@pytest.mark.parametrize("without", [None, "numpy"])
def test_a_product_is_rounded_before_it_is_added(monkeypatch, without):
    """With a fused multiply-add the sum would be 2^-54, not 0."""
    if without:
        monkeypatch.setitem(sys.modules, without, None)
    a = Fraction(1) + Fraction(1, 2**27)
    square = Fraction(float(a) * float(a))
    assert square != a * a
    assert evaluated(one_neuron((a,), -square), [(a,)], "float64") == [(0,)]
