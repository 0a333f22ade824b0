"""Networks as values: what is refused when they are made, and their preactivations against the naive evaluator."""

from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import network
from checker.network import Layer, Network, ShapeError
from tests import naive
from tests.checker import kill_suite
from tests.checker.kill_suite import build, matrix, vector

NUMBERS = st.builds(Fraction, st.integers(-9, 9), st.integers(1, 12))


@st.composite
def networks(draw):
    """A network of depth 1 to 4 with widths 1 to 4, hidden layers of either activation, and an input."""
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    hidden = [draw(st.sampled_from(["relu", "relu", "identity"])) for _ in widths[2:]]
    layers = []
    for n, width, activation in zip(widths[:-1], widths[1:], [*hidden, "identity"], strict=True):
        row = st.tuples(*[NUMBERS] * n)
        layers.append(Layer(draw(st.tuples(*[row] * width)), draw(st.tuples(*[NUMBERS] * width)), activation))
    return Network(tuple(layers)), draw(st.tuples(*[NUMBERS] * widths[0]))


@pytest.mark.parametrize(("weights", "bias", "activation", "message"), kill_suite.BAD_LAYERS)
def test_a_layer_whose_parts_do_not_fit_is_refused(weights, bias, activation, message):
    with pytest.raises(ShapeError) as refusal:
        Layer(weights, bias, activation)
    assert str(refusal.value) == message


@pytest.mark.parametrize(("layers", "message"), kill_suite.BAD_NETWORKS)
def test_layers_that_do_not_fit_are_refused(layers, message):
    with pytest.raises(ShapeError) as refusal:
        build(network, layers)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "number", [1, 0.5, True, numpy.int64(1), numpy.float64(1), "1", None, numpy.bool_(True)], ids=repr
)
def test_a_number_that_is_no_fraction_is_refused(number):
    with pytest.raises(TypeError, match="is not an exact Fraction of Python integers"):
        Layer(((number,),), (Fraction(0),), "relu")
    with pytest.raises(TypeError, match="is not an exact Fraction of Python integers"):
        Layer(((Fraction(0),),), (number,), "relu")


def test_a_fraction_of_numpy_integers_is_refused():
    wraps = Fraction(numpy.int64(2**62), 1)
    assert type(wraps.numerator) is not int, "NumPy's integers no longer enter a Fraction"
    with pytest.raises(TypeError, match="is not an exact Fraction of Python integers"):
        Layer(((wraps,),), (Fraction(0),), "relu")


@pytest.mark.parametrize(
    ("layers", "widths"),
    [
        (kill_suite.SUM, (2, 1)),
        (kill_suite.RAMP, (1, 1, 1)),
        (kill_suite.TWO, (2, 3, 2)),
        (kill_suite.DEEP, (1, 2, 2, 1, 2)),
    ],
)
def test_widths(layers, widths):
    assert build(network, layers).widths == widths


@pytest.mark.parametrize("x", ["", "1", "1 2 3"])
def test_an_input_of_another_length_is_refused(x):
    with pytest.raises(ShapeError, match=f"{len(vector(x))} inputs given to a network of 2"):
        build(network, kill_suite.TWO).preactivations(vector(x))


def test_equal_networks_are_equal_values_and_frozen():
    one, other = build(network, kill_suite.DEEP), build(network, kill_suite.DEEP)
    assert one == other and hash(one) == hash(other)
    with pytest.raises(FrozenInstanceError):
        one.layers[0].activation = "identity"


def test_relu_of_zero_is_zero_and_identity_keeps_the_sign():
    ramp = Layer(matrix("1"), vector("0"), "relu")
    keep = Layer(matrix("1"), vector("0"), "identity")
    assert Network((ramp, keep)).preactivations(vector("0")) == (vector("0"), vector("0"))
    assert Network((ramp, keep)).preactivations(vector("-1")) == (vector("-1"), vector("0"))
    assert Network((keep, keep)).preactivations(vector("-1")) == (vector("-1"), vector("-1"))


@given(networks())
def test_preactivations_are_those_of_the_naive_evaluator(model_and_input):
    model, x = model_and_input
    expected = naive.preactivations(naive.plain(model), [naive.pair(q) for q in x])
    assert model.preactivations(x) == tuple(tuple(Fraction(v, below) for v in z) for z, below in expected)


@given(networks())
def test_preactivations_are_fractions_of_python_integers(model_and_input):
    model, x = model_and_input
    network.require_fractions(tuple(q for z in model.preactivations(x) for q in z))


def test_a_layer_takes_so_many_inputs_as_its_rows_have_weights():
    layer = Layer(((Fraction(1), Fraction(2)),), (Fraction(0),), "relu")
    with pytest.raises(ShapeError, match="a row of weights that does not take 3 inputs"):
        layer.preactivations((Fraction(1),) * 3)
