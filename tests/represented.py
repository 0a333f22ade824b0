"""What every constructed network must do: represent its dataset, by the judge and by the naive evaluator."""

from checker.judge import Certified, zero_error
from checker.theorem_form import theorem_form
from tests import naive


def require_represented(network, points, widths):
    """The network has these hidden widths and f(x) = y exactly at every point."""
    assert network.widths == (len(points.inputs[0]), *widths, len(points.outputs[0]))
    assert isinstance(zero_error(network, points), Certified)
    layers = naive.plain(network)
    for x, y in zip(points.inputs, points.outputs, strict=True):
        assert list(naive.outputs(layers, [naive.pair(v) for v in x])) == [naive.pair(v) for v in y]


def require_sign_pattern(network, points):
    """The network is of the theorem's form, returned, and every ReLU is on exactly where the theorem has it on."""
    form = theorem_form(network, points)
    for place, x in zip(form.places, points.inputs, strict=True):
        trace = network.preactivations(x)
        for layer in (1, 2):
            states = [form.active(place, layer, neuron) for neuron in range(network.widths[layer])]
            assert [z > 0 for z in trace[layer - 1]] == states
    return form
