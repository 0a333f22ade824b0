"""Networks of the form of Theorem 3: groups and zigzag order, and the first neuron that departs.

The network of all tests: t = x, breakpoints b_1, b_2, b_3 = -1, 2, 10; with r_i = relu(t - b_i) it has
g_1 = 1 + r_1 and g_2 = -1 + r_1 - 2 r_2; f = relu(g_1) - relu(g_2).
"""

from fractions import Fraction

import pytest

from checker import dataset, network
from checker.judge import Certified, Refuted, zero_error
from checker.theorem_form import NotOfTheoremForm, Place, first_neuron_that_departs, theorem_form
from tests.checker import kill_suite
from tests.checker.kill_suite import build, points

FIRST = ("1;1;1", "1 -2 -10", "relu")
SECOND = ("1 0 0;1 -2 0", "1 -1", "relu")
LAST = ("1 -1", "0", "identity")
INPUTS, OUTPUTS = "0;1;3;4", "2;2;4;6"
SHUFFLED = "4;0;3;1", "6;2;4;2"


def form(layers, inputs=INPUTS, outputs=OUTPUTS):
    return theorem_form(build(network, layers), points(dataset, inputs, outputs))


def departure(layers, inputs=INPUTS, outputs=OUTPUTS):
    model, data = build(network, layers), points(dataset, inputs, outputs)
    verdict = zero_error(model, data)
    assert type(verdict) is Refuted
    return first_neuron_that_departs(model, data, verdict.row)


def test_the_network_is_right():
    assert type(zero_error(build(network, [FIRST, SECOND, LAST]), points(dataset, INPUTS, OUTPUTS))) is Certified


def test_places_follow_the_zigzag():
    found = form([FIRST, SECOND, LAST])
    assert (found.projection, found.breakpoints) == ((1,), (-1, 2, 10))
    assert [(place.group, place.position, place.t) for place in found.places] == [
        (0, 0, 0),
        (0, 1, 1),
        (1, 1, 3),
        (1, 0, 4),
    ]
    assert found.points(0) == {0: 0, 1: 1} and found.points(1) == {1: 3, 0: 4} and found.points(2) == {}


def test_places_do_not_depend_on_the_order_of_rows():
    straight, shuffled = form([FIRST, SECOND, LAST]), form([FIRST, SECOND, LAST], *SHUFFLED)
    assert set(straight.places) == set(shuffled.places) and shuffled.places[0] == Place(1, 0, Fraction(4))


@pytest.mark.parametrize("row", range(4))
def test_the_theorem_s_sign_pattern_is_the_network_s(row):
    model, data = build(network, [FIRST, SECOND, LAST]), points(dataset, INPUTS, OUTPUTS)
    found, trace = theorem_form(model, data), model.preactivations(data.inputs[row])
    for layer in (1, 2):
        expected = [found.active(found.places[row], layer, neuron) for neuron in range(len(trace[layer - 1]))]
        assert [z > 0 for z in trace[layer - 1]] == expected


def test_a_point_on_a_breakpoint_belongs_to_the_group_before():
    found = form([FIRST, SECOND, LAST], "2;3", "0;0")
    assert [(place.group, place.position) for place in found.places] == [(0, 0), (1, 1)]


def test_equal_inputs_have_one_place():
    places = form([FIRST, SECOND, LAST], "0;0;1", "2;2;2").places
    assert places[0] == places[1] != places[2]


@pytest.mark.parametrize(
    ("layers", "inputs", "neuron", "reason"),
    [
        (kill_suite.SUM, "0 0", None, "it has not two hidden ReLU layers and one output"),
        (kill_suite.RAMP, "0", None, "it has not two hidden ReLU layers and one output"),
        (kill_suite.DEEP, "0", None, "it has not two hidden ReLU layers and one output"),
        ([FIRST, (*SECOND[:2], "identity"), LAST], "0", None, "it has not two hidden ReLU layers and one output"),
        (
            [FIRST, SECOND, ("1 -1;1 -1", "0 0", "identity")],
            "0",
            None,
            "it has not two hidden ReLU layers and one output",
        ),
        (
            [("1;2;1", *FIRST[1:]), SECOND, LAST],
            "0",
            (1, 2),
            "its weights are not those of the other neurons of the first layer",
        ),
        (
            [("2;1;1", *FIRST[1:]), SECOND, LAST],
            "0",
            (1, 1),
            "its weights are not those of the other neurons of the first layer",
        ),
        (
            [("1;2;3", *FIRST[1:]), SECOND, LAST],
            "0",
            None,
            "its weights are not those of the other neurons of the first layer",
        ),
        (
            [("1;2", "1 -2", "relu"), ("1 0;1 -2", "1 -1", "relu"), LAST],
            "0",
            None,
            "its weights are not those of the other",
        ),
        ([FIRST, SECOND, ("1 1", "0", "identity")], "0", (3, 1), "its output weight 2 is not -1"),
        ([FIRST, SECOND, ("-1 1", "0", "identity")], "0", (3, 1), "its output weight 1 is not 1"),
        ([("1;1;1", "1 -2 -2", "relu"), SECOND, LAST], "0", None, "its breakpoints do not increase"),
        ([("1;1;1", "1 -2 2", "relu"), SECOND, LAST], "0", None, "its breakpoints do not increase"),
        ([("1 0;1 0;1 0", *FIRST[1:]), SECOND, LAST], "0 1;0 2", None, "its projection sends two inputs to one value"),
        ([FIRST, SECOND, LAST], "-1;0", None, "a point lies before the first breakpoint"),
        ([FIRST, SECOND, LAST], "-2", None, "a point lies before the first breakpoint"),
        ([FIRST, SECOND, LAST], "0;1/2;1", None, "more than 2 points lie between two breakpoints"),
    ],
)
def test_what_is_not_of_the_form_is_refused(layers, inputs, neuron, reason):
    with pytest.raises(NotOfTheoremForm) as refusal:
        form(layers, inputs, ";".join("0" for _ in inputs.split(";")))
    assert refusal.value.neuron == neuron and reason in str(refusal.value)


@pytest.mark.parametrize(
    ("layers", "place", "reason"),
    [
        ([("1;2;1", *FIRST[1:]), SECOND, LAST], (1, 2), "its weights are not those of the other neurons"),
        (
            [("1;1;2", "1 -2 -4", "relu"), ("1 0 0;1 -2 1", *SECOND[1:]), LAST],
            (1, 3),
            "its weights are not those of the other neurons",
        ),
        ([FIRST, SECOND, ("1 -2", "0", "identity")], (3, 1), "its output weight 2 is not -1"),
        ([FIRST, ("1 0 0;1 -2 0", "1 -3/4", "relu"), LAST], (2, 2), "it is on at row 1"),
        ([FIRST, ("1 0 0;1 -2 0", "1 -2", "relu"), LAST], (2, 2), "it is off at row 2"),
        (
            [FIRST, ("1 0 0;1 -2 0", "2 -1", "relu"), LAST],
            (2, 1),
            "the sum up to it misses its point of group 1, row 1",
        ),
        (
            [FIRST, ("1 0 0;1 -5/2 0", "1 -1", "relu"), LAST],
            (2, 2),
            "the sum up to it misses its point of group 2, row 3",
        ),
        (
            [FIRST, ("1 1 0;1 -2 0", "1 -1", "relu"), LAST],
            (2, 1),
            "the sum up to it misses its point of group 2, row 4",
        ),
        ([("1;1;1", "1 -2 -7/2", "relu"), ("1 0 1;1 -2 0", "1 -1", "relu"), LAST], (2, 1), "group 3, row 4"),
    ],
)
def test_the_first_neuron_that_departs_is_named(layers, place, reason):
    *found, said = departure(layers)
    assert tuple(found) == place and reason in said


@pytest.mark.parametrize(
    ("layers", "inputs", "outputs", "place"),
    [
        (kill_suite.RAMP, "0", "2", (2, 1)),
        (kill_suite.SUM, "0 0", "1", (1, 1)),
        (kill_suite.TWO, "3 5", "32/3 0", (2, 2)),
        (kill_suite.TWO, "3 5", "0 0", (2, 1)),
        (kill_suite.DEEP, "0", "-1 0", (4, 2)),
        ([FIRST, SECOND, LAST], "-2", "7", (3, 1)),
        ([FIRST, SECOND, LAST], "0;1/2;1", "7;7;7", (3, 1)),
    ],
)
def test_elsewhere_it_is_the_wrong_output(layers, inputs, outputs, place):
    assert departure(layers, inputs, outputs) == (*place, "the output is not the value asked for")
