"""Convolution and pooling: against a second evaluator and a runtime, in every engine, and what is refused."""

import json
import random
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from checker.claim import ZERO_ERROR, Argmax, Within
from checker.convolution import Convolution, MaxPool, Window, average_pool, require_dense
from checker.dataset import Dataset
from checker.engines import chosen, prepared, stated_order
from checker.engines.binary64 import prepared as sums
from checker.engines.line import applies
from checker.errors import InputError
from checker.formats import content_sha256, read_network
from checker.formats.native import network_text, parse_network
from checker.judge import Certified, Refuted, decided
from checker.network import Layer, Network, ShapeError
from tests.checker import engine_suite

GEOMETRIES = [
    # inputs, size, stride, padding
    ((1, 3, 3), (2, 2), (1, 1), (0, 0)),
    ((2, 4, 5), (3, 2), (1, 1), (1, 1)),
    ((3, 5, 4), (3, 3), (2, 1), (2, 0)),
    ((2, 5, 5), (2, 3), (2, 3), (0, 1)),
    ((1, 1, 1), (1, 1), (4, 4), (0, 0)),
    ((2, 2, 3), (3, 3), (1, 2), (1, 2)),
]


def rationals(count, chance, whole=False):
    return tuple(Fraction(chance.randint(-9, 9), 1 if whole else chance.choice((1, 2, 3, 8))) for _ in range(count))


def convolution(geometry, outputs, chance, activation="relu", whole=False):
    window = Window(*geometry)
    places = window.inputs[0] * window.size[0] * window.size[1]
    rows = tuple(rationals(places, chance, whole) for _ in range(outputs))
    return Convolution(Layer(rows, rationals(outputs, chance, whole), activation), window)


def naive(layer, h):
    """The outputs of a convolution or pooling by the textbook's loops, on dictionaries of coordinates."""
    window = layer.window
    channels, height, width = window.inputs
    values = list(h)
    image = {(c, y, x): values.pop(0) for c in range(channels) for y in range(height) for x in range(width)}
    (rows, columns), (down, right), (top, left) = window.size, window.stride, window.padding
    kinds = layer.kernel.width if isinstance(layer, Convolution) else channels
    found = []
    for kind in range(kinds):
        for y in range(-top, height + top - rows + 1, down):
            for x in range(-left, width + left - columns + 1, right):
                if isinstance(layer, Convolution):
                    total = layer.kernel.bias[kind]
                    weights = iter(layer.kernel.weights[kind])
                    for c in range(channels):
                        for i in range(rows):
                            for j in range(columns):
                                total += next(weights) * image.get((c, y + i, x + j), 0)
                else:
                    total = max(image[kind, y + i, x + j] for i in range(rows) for j in range(columns))
                found.append(total)
    return tuple(found)


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_convolution_is_the_textbooks(geometry):
    chance = random.Random(str(geometry))
    layer = convolution(geometry, 3, chance)
    h = rationals(layer.inputs, chance)
    assert layer.preactivations(h) == naive(layer, h)
    assert layer.width == len(naive(layer, h)) == 3 * layer.window.positions


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_the_matrix_of_a_convolution_is_the_same_map(geometry):
    chance = random.Random(7)
    layer = convolution(geometry, 2, chance)
    dense = Layer(layer.weights, layer.bias, layer.activation)
    h = rationals(layer.inputs, chance)
    assert dense.preactivations(h) == layer.preactivations(h)
    assert (dense.width, dense.inputs) == (layer.width, layer.inputs)


@pytest.mark.parametrize("geometry", [g for g in GEOMETRIES if g[3] == (0, 0)])
def test_pooling_is_the_textbooks(geometry):
    chance = random.Random(3)
    window = Window(*geometry)
    h = rationals(window.count, chance)
    assert MaxPool(window).preactivations(h) == naive(MaxPool(window), h)
    mean = average_pool(window).preactivations(h)
    size = window.size[0] * window.size[1]
    ones = Convolution(
        Layer(((Fraction(1),) * size,), (Fraction(0),), "identity"), replace(window, inputs=(1, *window.inputs[1:]))
    )
    area = window.inputs[1] * window.inputs[2]
    sums = [v for k in range(window.inputs[0]) for v in naive(ones, h[k * area : (k + 1) * area])]
    assert [size * v for v in mean] == sums


def network(chance, whole=False):
    """Convolution, max pooling, convolution with padding, average pooling, two dense layers."""
    layers = [
        convolution(((1, 6, 6), (3, 3), (1, 1), (1, 1)), 3, chance, whole=whole),
        MaxPool(Window((3, 6, 6), (2, 2), (2, 2))),
        convolution(((3, 3, 3), (2, 2), (1, 1), (1, 0)), 2, chance, whole=whole),
        MaxPool(Window((2, 4, 2), (2, 1))) if whole else average_pool(Window((2, 4, 2), (2, 1))),
        Layer(tuple(rationals(12, chance, whole) for _ in range(4)), rationals(4, chance, whole), "relu"),
        Layer(tuple(rationals(4, chance, whole) for _ in range(3)), rationals(3, chance, whole), "identity"),
    ]
    return Network(tuple(layers))


def data(model, chance, rows=6, whole=False):
    inputs = tuple(rationals(model.widths[0], chance, whole) for _ in range(rows))
    return Dataset(inputs, tuple(model.preactivations(x)[-1] for x in inputs))


AFTER_DENSE = [
    Layer(
        tuple(tuple(map(Fraction, row)) for row in ((1, 0), (0, "1/3"), ("1/5", 1), (2, "-1/7"))),
        (Fraction(1, 11),) * 4,
        "relu",
    ),
    MaxPool(Window((1, 2, 2), (1, 2))),
    Layer(((Fraction(1, 3), Fraction(-1)), (Fraction(1), Fraction(1, 2))), (Fraction(0),) * 2, "identity"),
]


@pytest.mark.parametrize("installed", engine_suite.BACK_ENDS)
@pytest.mark.parametrize("whole", [False, True])
def test_all_engines_agree(installed, whole, monkeypatch):
    engine_suite.installed(monkeypatch, *installed)
    chance = random.Random(11)
    for model in (network(chance, whole), Network(tuple(AFTER_DENSE))):
        right = data(model, chance, whole=whole)
        wrong = engine_suite.wrong(right, {(2, 1), (4, 0)}, Fraction(1, 10**30))
        for points in (right, wrong):
            answer = prepared("integer", model)(points)
            engine_suite.same(answer, decided(model, points, ZERO_ERROR))
            assert isinstance(answer, Certified if points is right else Refuted)
        labels = Dataset(right.inputs, tuple((Fraction(0),) for _ in right.inputs))
        assert prepared("all", model, Argmax())(labels) == decided(model, labels, Argmax())
        assert prepared("all", model, Within(Fraction(1)))(right) == decided(model, right, Within(Fraction(1)))


def test_the_choice_of_the_engine():
    model = network(random.Random(1))
    first, pool, last = AFTER_DENSE
    assert not applies(model) and not applies(
        Network((pool, replace(first, weights=((Fraction(1),) * 2,) * 4), pool, last))
    )
    assert chosen(model, 5) == "judge" and chosen(model, None) == "integer"
    products = 3 * 36 * 10 + 2 * 8 * 13 + 2 * 6 * 5 + 4 * 13 + 3 * 5
    assert sum(layer.products for layer in model.layers) == products


def test_a_mean_may_overflow_in_a_runtime(file):
    """onnxruntime adds four times 2^126 before it divides by 4."""
    import numpy as np
    import onnxruntime
    from onnx import TensorProto, helper

    shapes = {"x": ["N", 1, 2, 2], "y": ["N", 1]}
    start, end = (helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items())
    pool = helper.make_node("AveragePool", ["x"], ["p"], kernel_shape=[2, 2])
    graph = helper.make_graph([pool, helper.make_node("Flatten", ["p"], ["y"])], "mean", [start], [end])
    data = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8).SerializeToString()
    images = np.full((1, 1, 2, 2), 2.0**126, "float32")
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    assert session.run(None, {"x": images})[0] == np.inf
    network, value = read_network(file("mean.onnx", data)).value, Fraction(2**126)
    at = Dataset(((value,) * 4,), ((value,),))
    assert isinstance(decided(network, at, ZERO_ERROR), Certified)
    assert sums(network, "float32")(at).obstacle == "layer 1 is scaled as a whole: when, is not said"


@pytest.mark.parametrize("form", ["float32", "float64"])
def test_floating_point_of_whole_numbers_is_exact(form):
    """Small integers: no operation rounds, so the stated order and exact arithmetic are one."""
    chance = random.Random(5)
    model = network(chance, whole=True)
    points = data(model, chance, whole=True)
    found = sums(model, form)(points)
    assert not found.obstacle or form == "float32"
    assert stated_order.evaluated(model, points.inputs, "float64") == list(points.outputs)


@pytest.mark.parametrize("form", ["float32", "float64"])
def test_the_stated_order_is_the_same_with_and_without_numpy(form, monkeypatch):
    chance = random.Random(9)
    model = rounded(network(chance, whole=True), chance)
    inputs = tuple(tuple(v / 8 for v in rationals(model.widths[0], chance, whole=True)) for _ in range(4))
    vectorised = stated_order.evaluated(model, inputs, form)
    engine_suite.installed(monkeypatch)
    assert stated_order.evaluated(model, inputs, form) == vectorised
    assert vectorised != [model.preactivations(x)[-1] for x in inputs]


def rounded(model, chance):
    """The network with other weights, of 24 bits each, so that sums round."""

    def fine(layer):
        if isinstance(layer, MaxPool):
            return layer
        if isinstance(layer, Convolution):
            return Convolution(fine(layer.kernel), layer.window)
        rows = tuple(tuple(Fraction(chance.getrandbits(24) - 2**23, 2**22) for _ in row) for row in layer.weights)
        return replace(layer, weights=rows)

    return Network(tuple(map(fine, model.layers)))


def test_the_native_format_says_it_all():
    chance = random.Random(2)
    model = network(chance)
    again = parse_network("network.json", network_text(model))
    assert content_sha256(again) == content_sha256(model)
    x = rationals(36, chance)
    assert again.preactivations(x) == model.preactivations(x)


def test_a_tampered_weight_is_refuted():
    chance = random.Random(4)
    model = network(chance, whole=True)
    points = data(model, chance, whole=True)
    text = json.loads(network_text(model))
    text["layers"][0]["weights"][1][0][1][1] += "/3" if text["layers"][0]["weights"][1][0][1][1] != "0" else "1"
    changed = parse_network("network.json", json.dumps(text))
    for engine in ("judge", "integer"):
        assert isinstance(prepared(engine, changed)(points), Refuted)


CONVOLUTION = {
    "type": "convolution",
    "weights": [[[["1", "2"], ["3", "4"]]]],
    "bias": ["1/2"],
    "activation": "identity",
    "input": ["1", "2", "2"],
    "stride": ["1", "1"],
    "padding": ["0", "0"],
}
POOL = {"type": "max-pool", "input": ["1", "2", "2"], "window": ["1", "2"], "stride": ["1", "2"]}
DENSE = {"weights": [["1", "1"]], "bias": ["0"], "activation": "identity"}


def file_text(*layers):
    return json.dumps({"format": "exact-relu-network/1", "layers": layers})


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (
            [CONVOLUTION | {"type": "deconvolution"}],
            "layers[0].type: 'deconvolution' is none of convolution, max-pool, average-pool",
        ),
        ([CONVOLUTION | {"type": ["x"]}], "layers[0].type: a list is none of"),
        ([CONVOLUTION | {"groups": ["1"]}], "layers[0]: unknown key 'groups'"),
        ([{k: v for k, v in CONVOLUTION.items() if k != "stride"}], "layers[0]: the key 'stride' is missing"),
        ([CONVOLUTION | {"stride": ["0", "1"]}], "layers[0]: an image, a window or a stride of length below 1"),
        ([CONVOLUTION | {"stride": ["1"]}], "layers[0].stride: expected 2 lengths, found 1"),
        ([CONVOLUTION | {"stride": ["1", "1/2"]}], "layers[0].stride[1]: expected a length as text"),
        (
            [CONVOLUTION | {"padding": [0, 0]}],
            "layers[0].padding[0]: expected a length as text (like \"8\"), found the bare number '0'",
        ),
        ([CONVOLUTION | {"padding": ["-1", "0"]}], "layers[0].padding[0]: expected a length as text"),
        ([CONVOLUTION | {"padding": ["2", "0"]}], "layers[0]: padding of 2 for a window of length 2"),
        ([CONVOLUTION | {"input": ["1", "1", "2"]}], "layers[0]: a window of length 2 over 1 inputs with padding 0"),
        ([CONVOLUTION | {"input": ["2", "2", "2"]}], "layers[0]: a kernel of 4 weights for a window of 8 inputs"),
        (
            [CONVOLUTION | {"input": ["1", "16777216", "16777216"]}],
            "layers[0]: more than 16777216 places in all windows",
        ),
        ([CONVOLUTION | {"input": ["1", "99999999", "2"]}], "layers[0].input[1]: expected a length as text"),
        ([CONVOLUTION | {"bias": ["1", "2"]}], "layers[0]: 1 rows of weights but 2 biases"),
        ([CONVOLUTION | {"weights": [[[["1", "2"], ["3"]]]]}], "layers[0].weights[0][0]: expected 2 rows of 2 weights"),
        (
            [CONVOLUTION | {"weights": [[[["1", "2"]], [["3", "4"], ["5", "6"]]]]}],
            "layers[0].weights[0][1]: expected 1 rows",
        ),
        (
            [CONVOLUTION | {"weights": [[[["1"]]], [[["1", "2"]]]]}],
            "layers[0].weights[1]: not of the shape of the kernels before",
        ),
        ([CONVOLUTION | {"weights": [[["1", "2"]]]}], "layers[0].weights[0][0][0]: expected a list, found a text"),
        (
            [CONVOLUTION | {"weights": [[[["1", 2], ["3", "4"]]]]}],
            "layers[0].weights[0][0][0][1]: expected an exact number as text",
        ),
        ([CONVOLUTION | {"activation": "max"}], "layers[0]: activation 'max' is none of relu, identity"),
        ([CONVOLUTION | {"activation": "relu"}], "layers: the last layer's activation is not identity"),
        ([POOL], "layers: the last layer's activation is not identity"),
        ([POOL | {"padding": ["0", "0"]}, DENSE], "layers[0]: unknown key 'padding'"),
        ([POOL | {"input": ["1", "4", "4"]}, DENSE], "layers: layer 1 has 8 neurons, but layer 2 takes 2 inputs"),
    ],
)
def test_a_file_is_refused(layers, message):
    with pytest.raises(InputError) as refusal:
        parse_network("network.json", file_text(*layers))
    assert str(refusal.value).startswith(f"network.json: {message}")


def test_what_fits_is_read():
    model = parse_network("network.json", file_text(POOL, DENSE))
    assert model.preactivations(tuple(map(Fraction, (1, 2, 4, 3))))[-1] == (6,)
    mean = parse_network("network.json", file_text(POOL | {"type": "average-pool"}, DENSE))
    assert mean.preactivations(tuple(map(Fraction, (1, 2, 4, 3))))[-1] == (5,)
    assert '"type":"convolution"' in network_text(mean)


@pytest.mark.parametrize("pool", [MaxPool, average_pool])
def test_pooling_with_padding_is_refused(pool):
    with pytest.raises(ShapeError, match="pooling with padding"):
        pool(Window((1, 2, 2), (2, 2), (1, 1), (1, 1)))


def test_another_number_of_inputs_is_refused():
    for layer in (convolution(GEOMETRIES[0], 1, random.Random(0)), MaxPool(Window((1, 3, 3), (1, 1)))):
        with pytest.raises(ShapeError, match="8 inputs given to windows over 9"):
            layer.preactivations((Fraction(1),) * 8)


def test_the_commands(command, file):
    network = file("network.json", file_text(POOL, DENSE))
    points = file("points.csv", "1,2,4,3,6\n0,-1,-2,-3,-2\n")
    run = command("certify", network, points, "-o", "certificate.json")
    assert (run.returncode, run.stdout.split()[0]) == (0, b"CERTIFIED"), run
    assert command("verify", "certificate.json", network, points, "--engine", "all").returncode == 0
    assert command("certify", network, points, "--mode", "float32", "--jobs", "2").returncode == 0
    assert command("certify", network, file("wrong.csv", "1,2,4,3,7\n")).returncode == 1
    assert json.loads(command("inspect", network, "--json").stdout)["parameters"] == 3
    assert command("inspect", network).returncode == 0
    assert command("export", network, "--to", "native", "-o", "again.json").returncode == 0
    for to in ("onnx", "npz", "safetensors", "smt2", "vnnlib"):
        rest = (points,) if to in ("smt2", "vnnlib") else ()
        run = command("export", network, *rest, "--to", to, "-o", "out")
        assert (run.returncode, run.stderr.count(b"\n")) == (2, 1) and b"max pooling" in run.stderr
    run = command("instance", network, points, module=("-m", "proofs"))
    assert (run.returncode, run.stderr.count(b"\n")) == (2, 1) and b"max pooling" in run.stderr


def test_a_convolution_is_exported_as_the_matrix_that_it_stands_for(command, file):
    network = file("network.json", file_text(CONVOLUTION))
    assert command("export", network, "--to", "npz", "-o", "network.npz").returncode == 0
    points = file("points.csv", "1,0,0,2,19/2\n")
    assert command("certify", "network.npz", points).returncode == 0
    assert command("certify", network, points).returncode == 0


def onnx_model(operators, constants, shape, rank=1):
    """The bytes of an ONNX model: a chain of (operator, names of its constants, attributes), from images to a row."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    nodes = []
    for k, (operator, names, attributes) in enumerate(operators):
        names = [f"v{k}", *names]
        nodes.append(helper.make_node(operator, names, [f"v{k + 1}"], name=f"node{k}", **attributes))
    ends = [
        helper.make_tensor_value_info("v0", TensorProto.FLOAT, ["N", *shape]),
        helper.make_tensor_value_info(f"v{len(nodes)}", TensorProto.FLOAT, ["N", *"abc"[:rank]]),
    ]
    tensors = [numpy_helper.from_array(array.astype("float32"), name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "images", ends[:1], ends[1:], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    return model.SerializeToString()


def chain(**changed):
    """A convolution, ReLU, max pooling, convolution, average pooling, Flatten, Gemm; attributes may be changed."""
    import numpy

    chance = numpy.random.default_rng(6)
    constants = {
        "K": chance.integers(-4, 5, (3, 2, 3, 2)),
        "k": chance.integers(-4, 5, 3),
        "L": chance.integers(-4, 5, (2, 3, 2, 2)),
        "G": chance.integers(-4, 5, (3, 4)),
        "g": chance.integers(-4, 5, 3),
    }
    operators = [
        ["Conv", ["K", "k"], {"pads": [1, 0, 1, 0], "strides": [1, 2], **changed.pop("Conv", {})}],
        ["Relu", [], {}],
        ["MaxPool", [], {"kernel_shape": [2, 2], "strides": [2, 1], **changed.pop("MaxPool", {})}],
        ["Conv", ["L"], {}],
        ["AveragePool", [], {"kernel_shape": [1, 2], **changed.pop("AveragePool", {})}],
        ["Flatten", [], {}],
        ["Gemm", ["G", "g"], {"transB": 1}],
    ]
    return operators, constants, (2, 6, 9)


def test_a_model_is_read_and_a_runtime_agrees_on_integers(file):
    import numpy
    import onnxruntime

    operators, constants, shape = chain()
    images = numpy.random.default_rng(8).integers(-5, 6, (7, *shape))
    constants["G"] = constants["G"][:, :1].repeat(2 * 2 * 1, axis=1)
    data = onnx_model(operators, constants, shape)
    model = read_network(file("network.onnx", data)).value
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    (obtained,) = session.run(None, {"v0": images.astype("float32")})
    for image, row in zip(images, obtained, strict=True):
        x = tuple(map(Fraction, image.reshape(-1).tolist()))
        assert model.preactivations(x)[-1] == tuple(map(Fraction, row.tolist()))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Conv": {"group": 2}}, "Conv: group 2 is not read"),
        ({"Conv": {"dilations": [2, 1]}}, "Conv: dilations are not read"),
        ({"Conv": {"pads": [1, 0, 0, 0]}}, "Conv: padding that differs on two sides is not read"),
        ({"Conv": {"pads": [3, 0, 3, 0]}}, "padding of 3 for a window of length 3"),
        ({"Conv": {"auto_pad": "SAME_UPPER"}}, "Conv: auto_pad b'SAME_UPPER' is not read"),
        ({"Conv": {"auto_pad": "VALID", "pads": [1, 1, 1, 1]}}, "Conv: pads and auto_pad together are not ONNX"),
        ({"Conv": {"pads": [1, 1]}}, "Conv: pads of 2 numbers, where images take 4"),
        ({"Conv": {"strides": [2]}}, "Conv: strides of 1 numbers, where images take 2"),
        ({"Conv": {"dilations": [1]}}, "Conv: dilations of 1 numbers, where images take 2"),
        ({"MaxPool": {"ceil_mode": 1}}, "MaxPool: ceil_mode 1 is not read"),
        ({"MaxPool": {"pads": [1, 1, 1, 1]}}, "pooling with padding"),
        ({"AveragePool": {"kernel_shape": [1]}}, "AveragePool: expected images"),
        ({"AveragePool": {"kernel_shape": [1, 9]}}, "a window of length 9 over"),
    ],
)
def test_a_model_is_refused(changed, message, file, monkeypatch):
    import onnx

    monkeypatch.setattr(onnx.checker, "check_model", lambda *arguments, **named: None)
    with pytest.raises(InputError, match=re.escape(message)):
        read_network(file("network.onnx", onnx_model(*chain(**changed))))


@pytest.mark.parametrize(("place", "message"), [(0, "no Gemm or MatMul before it"), (3, "it stands behind pooling")])
def test_a_model_with_relu_behind_nothing_or_pooling_is_refused(place, message, file):
    operators, constants, shape = chain()
    operators = [*operators[:place], ["Relu", [], {}], *operators[place:]]
    with pytest.raises(InputError, match=message):
        read_network(file("network.onnx", onnx_model(operators, constants, shape)))


def test_a_model_that_ends_in_images_is_refused(file):
    operators, constants, shape = chain()
    with pytest.raises(InputError, match="expected one row for each point"):
        read_network(file("network.onnx", onnx_model(operators[:1], constants, shape, rank=3)))


def test_where_every_neuron_must_have_weights_pooling_is_refused_by_its_layer():
    window = Window((1, 2, 2), (2, 2), (2, 2))
    dense = Layer(((Fraction(1),),), (Fraction(0),), "identity")
    require_dense("n.json", Network((dense,)))
    with pytest.raises(InputError, match="n.json: layer 1: max pooling cannot be said here"):
        require_dense("n.json", Network((MaxPool(window), dense)))
