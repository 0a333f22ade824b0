"""What the bound and the stated order must answer; takes module objects, so that mutants can be tried.

run_bound(binary64) and run_order(stated_order) return None, or raise AssertionError at the first misbehaviour. Networks
and datasets are written as in kill_suite. A bound that certifies too much is what must never pass.
"""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from functools import cache

# ruff: noqa: E501 (tables)
import numpy
import pytest

from checker import dataset, network
from checker.claim import ZERO_ERROR, Argmax, Within
from checker.convolution import Convolution, MaxPool, Window
from checker.dataset import Dataset
from tests.checker.engine_suite import BACK_ENDS, PIXELS, POOLS, installed, seen_and_pooled
from tests.checker.kill_suite import RAMP, build, matrix, points, refused, tampered, vector

P24, P53 = 2**24, 2**53
ORDER = "bias first, then the inputs in order, without fused multiply-add"

NUMBERS = [
    # value, a float64, a float32
    ("0", True, True),
    ("-1", True, True),
    ("1/3", False, False),
    ("1/10", False, False),
    ("3/6", True, True),
    (P24 - 1, True, True),
    (P24, True, True),
    (P24 + 1, True, False),
    (P24 + 2, True, True),
    (-P24 - 1, True, False),
    (P53 - 1, True, False),
    (P53 + 1, False, False),
    (P53 + 2, True, False),
    (-P53 - 1, False, False),
    (3 * 2**126, True, True),
    (2**128 - 2**104, True, True),
    (2**128, True, False),
    (-(2**128), True, False),
    (2**1024 - 2**971, True, False),
    (2**1024, False, False),
    (Fraction(P24 + 1, 2), True, False),
    (Fraction(1, 2**149), True, True),
    (Fraction(-3, 2**149), True, True),
    (Fraction(1, 2**150), True, False),
    (Fraction(1, 2**1074), True, False),
    (Fraction(3, 2**1074), True, False),
    (Fraction(1, 2**1075), False, False),
    (Fraction(1, 3 * 2**20), False, False),
    (Fraction(2**24 - 1, 2**149), True, True),
]

SPREAD = [("1;-2", "0 1/2", "relu"), ("1 -1/2;3 1", "-1 0", "identity"), ("1 1", "1/4", "identity")]
NEGATIVE = [("1;-1", "0 0", "identity"), ("1 1", "0", "identity")]
TOO_LARGE = "the sum of absolute values is not below 2^{} units"
NOT_A_NUMBER = "an input is not a {} number"

SUMS = [
    # layers, inputs, mode, (largest, row, layer, neuron), obstacle
    (RAMP, "0;1", "float32", (3, 2, 1, 1), ""),
    (NEGATIVE, "3", "float64", (6, 1, 2, 1), ""),
    (NEGATIVE, "-3;3;-2", "float64", (6, 1, 2, 1), ""),
    (NEGATIVE, "1/2;3;-7/8", "float32", (14, 3, 2, 1), ""),
    (NEGATIVE, "-1/4;2;5/2", "float32", (10, 3, 2, 1), ""),
    (SPREAD, "0", "float64", (8, 1, 3, 1), ""),
    ([("0", "0", "identity")], "5;7", "float64", (0, 1, 1, 1), ""),
    ([("0;1;1", "0 0 0", "identity")], "5;7", "float64", (7, 2, 1, 2), ""),
    ([("-1 1", "-1", "identity")], "1 -2;-1 2", "float64", (4, 1, 1, 1), ""),
    ([(f"{P24 - 2} 1", "0", "identity")], "1 1", "float32", (P24 - 1, 1, 1, 1), ""),
    ([(f"{P24 - 2} 1", "1", "identity")], "1 1", "float32", (P24, 1, 1, 1), TOO_LARGE.format(24)),
    ([(f"{P24 - 2} -1", "-1", "identity")], "1 1", "float32", (P24, 1, 1, 1), TOO_LARGE.format(24)),
    ([(f"{P24 - 2} 1", "1", "identity")], "1 1", "float64", (P24, 1, 1, 1), ""),
    ([(f"{P53 - 2} 1", "0", "identity")], "1 1", "float64", (P53 - 1, 1, 1, 1), ""),
    ([(f"{P53 - 2} 1", "1", "identity")], "1 1", "float64", (P53, 1, 1, 1), TOO_LARGE.format(53)),
    ([("1", "0", "relu"), ("1", "0", "identity")], f"-{P24}", "float32", (P24, 1, 1, 1), TOO_LARGE.format(24)),
    ([("1", "0", "identity")], f"1;{P24};3;{2 * P24}", "float32", (P24, 2, 1, 1), TOO_LARGE.format(24)),
    ([("1", "0", "identity")], f"1;{P24 + 1}/2;{P24};7/4", "float64", (P24 + 1, 2, 1, 1), ""),
    ([("1", "0", "identity")], f"1/2;{2 * P24};{P24};1/4", "float32", (2 * P24, 2, 1, 1), TOO_LARGE.format(24)),
    ([("1 1", "0", "identity")], f"0 1/2;{P24 - 1}/2 1/2;{P24} 0", "float32", (P24, 2, 1, 1), TOO_LARGE.format(24)),
    ([("1/2", "0", "identity")], f"1/{2**148}", "float32", (1, 1, 1, 1), ""),
    ([("1/2", "0", "identity")], f"1/{2**149}", "float32", (1, 1, 1, 1), "its terms are finer than 2^-149"),
    ([("1/2", "0", "identity")], f"1;1/{2**149}", "float32", (1, 2, 1, 1), "its terms are finer than 2^-149"),
    ([("1/2", "0", "identity")], f"1/{2**149}", "float64", (1, 1, 1, 1), ""),
    ([("1/2", "0", "identity")], f"3/{2**1073}", "float64", (3, 1, 1, 1), ""),
    ([("1/2", "0", "identity")], f"3/{2**1074}", "float64", (3, 1, 1, 1), "its terms are finer than 2^-1074"),
    ([("1", "0", "relu"), ("1/2;2", "0 0", "identity")], f"1/{2**149}", "float32", (2, 1, 2, 2), "its terms are finer than 2^-149"),
    ([("1/2;1", "0 0", "relu"), ("1 1", "0", "identity")], f"1/{2**149}", "float32", (3, 1, 2, 1), "its terms are finer than 2^-149"),
    ([("1/2;1", "0 0", "relu"), ("1 1", "0", "identity")], f"{P24 - 1}/{2**149}", "float32", (3 * P24 - 3, 1, 2, 1), TOO_LARGE.format(24)),
    ([("1", "0", "identity")], "1/3;1;1/3", "float64", (0, 1, 0, 0), NOT_A_NUMBER.format("float64")),
    ([("1", "0", "identity")], "1/2;1/3;1;1/7", "float64", (0, 2, 0, 0), NOT_A_NUMBER.format("float64")),
    ([("1", "0", "identity")], f"1/2;{P24 + 1};1/3", "float32", (0, 2, 0, 0), NOT_A_NUMBER.format("float32")),
    ([("1 1", "0", "identity")], f"1 1;{P53} 1;1 1/3", "float64", (0, 3, 0, 0), NOT_A_NUMBER.format("float64")),
]  # fmt: skip

UNFIT = [
    # layers, mode, obstacle
    ([("1/3 1", "0", "identity")], "float64", "a weight of layer 1, neuron 1 is not a float64 number"),
    ([("1 1/3", "0", "identity")], "float64", "a weight of layer 1, neuron 1 is not a float64 number"),
    ([("1;1/3", "0 1/3", "relu"), ("1 1", "0", "identity")], "float64", "a weight of layer 1, neuron 2 is not a"),
    ([("1;1", "0 1/3", "relu"), ("1 1/3", "0", "identity")], "float64", "the bias of layer 1, neuron 2 is not a"),
    ([("1;1", "0 0", "relu"), ("1 1/3", "0", "identity")], "float32", "a weight of layer 2, neuron 1 is not a float32"),
    ([("1;1", "0 0", "relu"), ("1 1", f"{P24 + 1}", "identity")], "float32", "the bias of layer 2, neuron 1 is not"),
]


def run_bound(binary64):
    """Puts the bound through every case."""
    assert binary64.FORMATS == {"float64": (53, 1024, 1074), "float32": (24, 128, 149)}
    for value, *expected in NUMBERS:
        found = [binary64.representable(Fraction(value), mode) for mode in ("float64", "float32")]
        assert found == expected, value
    for layers, inputs, mode, place, obstacle in SUMS:
        found = binary64.prepared(build(network, layers), mode)(_any(inputs))
        assert (found.largest, found.row, found.layer, found.neuron) == place, (layers, inputs, found)
        assert found.obstacle == obstacle, (layers, inputs, found)
        assert type(found.largest) is int and found.can_be_evaluated == (obstacle[:2] != "an")
        assert not obstacle or found.reason == f"row {found.row}: {obstacle}", found
    for layers, mode, obstacle in UNFIT:
        found = binary64.prepared(build(network, layers), mode)(_any("1 1;1 1" if len(layers) < 2 else "1;1"))
        assert (found.largest, found.row, found.layer, found.neuron) == (0, 0, 0, 0)
        assert found.obstacle.startswith(obstacle) and found.reason == found.obstacle
        assert not found.can_be_evaluated and found.after(7) == found
    assert binary64.evaluable(_any(f"1 1;1/3 1;1 1/3;{P24 + 1} 0"), "float64") == [1, 4]
    assert binary64.evaluable(_any(f"1 1;1/3 1;1 1/3;{P24 + 1} 0"), "float32") == [1]
    _which_is_worse(binary64.AnyOrder)
    _scaled_layers(binary64)
    model = build(network, [("1", "0", "relu"), ("1", "0", "identity")])
    for layer in model.layers:
        for bias in ("0 0", ""):
            kept = layer.bias
            tampered(layer, bias=vector(bias))
            refused(ValueError, None, binary64.prepared, model, "float64")
            tampered(layer, bias=kept)


def _scaled_layers(binary64):
    """A layer whose file has an alpha or beta is not evaluated, wherever it stands; the first is named."""
    layers = build(network, [("1", "0", "relu"), ("1", "0", "relu"), ("1", "0", "identity")]).layers
    for scaled in ({1}, {2}, {3}, {2, 3}):
        kinds = [network.ScaledLayer if number in scaled else network.Layer for number in (1, 2, 3)]
        made = [kind(x.weights, x.bias, x.activation) for kind, x in zip(kinds, layers, strict=True)]
        said = f"layer {min(scaled)} is scaled as a whole: when, is not said"
        found = binary64.prepared(network.Network(tuple(made)), "float32")(_any("1;1"))
        assert found == binary64.AnyOrder(0, 0, 0, 0, said)


def _any(inputs):
    """A dataset of these inputs; the sums do not depend on its outputs."""
    rows = matrix(inputs)
    return Dataset(rows, tuple((Fraction(0),) for _ in rows))


def _which_is_worse(sums):
    """In the order of what counts most: not evaluated, not exact, large; then the first row."""
    graded = [
        sums(0, 0, 0, 0, "a weight"),
        sums(0, 2, 0, 0, "an input"),
        sums(0, 3, 0, 0, "an input"),
        sums(5, 1, 1, 1, "large"),
        sums(9, 4, 1, 1, "fine"),
        sums(7, 9, 3, 1),
        sums(6, 2, 2, 2),
        sums(6, 3, 1, 1),
        sums(0, 1, 1, 1),
    ]
    for k, one in enumerate(graded):
        assert one.worse(None) is one and one.can_be_evaluated == (k > 2)
        for other in graded[k:]:
            assert one.worse(other) == other.worse(one) == one, (one, other)
    assert graded[5].after(10) == sums(7, 19, 3, 1) and graded[5].after(0) == graded[5]
    refused(FrozenInstanceError, None, setattr, graded[0], "obstacle", "")


HALF = Fraction(1, P24)
_Q = Fraction(1, 4)
EVALUATED = [
    # mode, layers, inputs, outputs (None: not finite)
    ("float64", [(f"1 {P53} -{P53}", "0", "identity")], "1 1 1;0 1 1;3 1 1", [(0,), (0,), (4,)]),
    ("float64", [(f"{P53} -{P53} 1", "0", "identity")], "1 1 1", [(1,)]),
    ("float64", [("1 1", f"{P53}", "identity")], "1 1", [(P53,)]),
    ("float64", [("1 2", f"{P53}", "identity")], "1 1", [(P53 + 2,)]),
    ("float32", [("1 1", f"{P24}", "identity")], "1 1", [(P24,)]),
    ("float64", [("1 1", f"{P24}", "identity")], "1 1", [(P24 + 2,)]),
    ("float32", [(f"{2**127} {2**127}", "0", "identity")], "1 1;-1 -1;1 0", [(None,), (None,), (2**127,)]),
    ("float64", [(f"{2**127} {2**127}", "0", "identity")], "1 1", [(2**128,)]),
    ("float64", [(f"{2**1023} {2**1023}", "0", "identity")], "1 1", [(None,)]),
    ("float32", [(f"1/{2**149}", "0", "identity")], "1/2;3/2;1", [(0,), (Fraction(2, 2**149),), (Fraction(1, 2**149),)]),
    ("float64", [(f"1/{2**1074}", "0", "identity")], "1/2;1", [(0,), (Fraction(1, 2**1074),)]),
    ("float64", [("1;-1", "-1 -1", "relu"), ("1 2", "1/4", "identity")], "3;-3;0", [(Fraction(9, 4),), (Fraction(17, 4),), (Fraction(1, 4),)]),
    ("float32", [("1;-1", "-1 -1", "identity"), ("1 2;0 1", "1/4 0", "identity")], "3", [(Fraction(-23, 4), -4)]),
    ("float64", [(f"{2**1023} {2**1023};-{2**1023} -{2**1023}", "0 0", "relu"), ("0 1;1 0;1 1", "0 0 0", "identity")], "1 1;0 0", [(None, None, None), (0, 0, 0)]),
    ("float64", [(f"-{2**1023} -{2**1023}", "0", "relu"), ("1", "7", "identity")], "1 1", [(7,)]),
    ("float32", [(f"{P24 + 2}/{P24}", "0", "identity")], f"{P24 + 2}/{P24}", [(1 + 4 * HALF,)]),
    ("float32", [(f"{P24 + 2}/{P24}", f"-{P24 + 4}/{P24}", "identity")], f"{P24 + 2}/{P24}", [(0,)]),
]  # fmt: skip

for _mode, _top in (("float32", 2**127), ("float64", 2**1023)):
    EVALUATED += [
        (_mode, [(f"-{_top} -{_top}", "0", "relu"), ("1", "7", "identity")], "1 1;-1 -1", [(7,), (None,)]),
        (_mode, [("1;-1", "0 0", "relu"), ("2 1/2", "0", "identity")], "1/2;-1/2;1;-1", [(1,), (_Q,), (2,), (2 * _Q,)]),
    ]

FAILING = [
    # mode, claim, layers, inputs, outputs, (row, output, expected, obtained) of every failure
    ("float64", ZERO_ERROR, [(f"1 {P53} -{P53}", "0", "identity")], "0 1 1;1 1 1;3 1 1", "0;1;4", [(2, 1, 1, 0)]),
    ("float64", Within(Fraction(1)), [(f"1 {P53} -{P53}", "0", "identity")], "1 1 1;3 1 1;5 0 0", "1;2;7", [(2, 1, 2, 4), (3, 1, 7, 5)]),
    ("float64", Argmax(), [(f"{P53} 1;{P53} 0", "0 0", "identity")], "1 1;1 2;0 3", "0;0;1", [(1, 2, P53, P53), (3, 1, 0, 3)]),
    ("float32", Argmax(), [(f"{2**127} 1;1 1", "0 0", "identity")], "2 0;0 0;1 1", "0;1;0", [(1, 1, None, None), (2, 1, 0, 0)]),
    ("float32", ZERO_ERROR, [(f"1 1;{2**127} 1", "0 0", "identity")], "2 0;1 0;1/3 7;0 1", f"2 5;1 {2**127};1 1;1 2", [(1, 2, 5, None), (4, 2, 2, 1)]),
    ("float32", ZERO_ERROR, [("1", "0", "identity")], "1/3;1/7", "0;0", []),
    ("float64", ZERO_ERROR, [("1", "0", "identity")], "1/3;2;1/7;4", "0;3;0;4", [(2, 1, 3, 2)]),
]  # fmt: skip


def run_order(stated_order):
    """Puts the stated order through every case, with and without NumPy."""
    assert stated_order.ORDER == ORDER
    for names in BACK_ENDS[:2]:
        with pytest.MonkeyPatch.context() as patch:
            installed(patch, *names)
            for mode, layers, inputs, outputs in EVALUATED:
                found = stated_order.evaluated(build(network, layers), matrix(inputs), mode)
                assert found == outputs, (mode, layers, found)
                assert all(v is None or type(v) is Fraction for row in found for v in row)
            assert stated_order.evaluated(build(network, RAMP), [], "float64") == []
            for mode, claim, layers, inputs, outputs, expected in FAILING:
                data = points(dataset, inputs, outputs)
                found = stated_order.failures(build(network, layers), data, claim, mode)
                assert [(f.row, f.output, f.expected, f.obtained) for f in found] == expected, (layers, found)
                assert all(f.input == data.inputs[f.row - 1] and f.others == () for f in found)
            for model, mode, inputs, outputs in [*_small_images(), *of_images()]:
                assert stated_order.evaluated(model, inputs, mode) == outputs, (mode, model, outputs)
            _ragged(stated_order)
    _floats(stated_order)


def _floats(stated_order):
    """A convolution is kept as its kernel, pooling without numbers; no field can be changed."""
    seen, pool, _ = seen_and_pooled("relu", POOLS[0]).layers
    kept = [stated_order._floats(layer) for layer in (seen, pool)]
    assert [(layer.weights, layer.bias, layer.relu, layer.window) for layer in kept] == [
        ([list(map(float, row)) for row in seen.kernel.weights], list(map(float, seen.kernel.bias)), True, seen.window),
        ([], [], False, pool.window),
    ]
    refused(FrozenInstanceError, None, setattr, kept[0], "relu", False)


def _small_images():
    """Four pixels, the differences of neighbours, their maximum m, and relu(7 - m); 2 times the weight overflows."""
    for mode, top in (("float32", 2**127), ("float64", 2**1023)):
        seen = Convolution(network.Layer(matrix(f"{top} -{top}"), vector("0"), "identity"), Window((1, 1, 4), (1, 2)))
        after = [network.Layer(matrix(w), vector(b), a) for w, b, a in (("-1", "7", "relu"), ("1", "0", "identity"))]
        model = network.Network((seen, MaxPool(Window((1, 1, 3), (1, 3))), *after))
        for inputs, output in [
            ("0 0 0 1", 7),  # 0, 0, -top
            ("0 1 1 1", 7),  # -top, 0, 0
            ("0 2 2 2", None),  # -infinity, NaN, NaN
            ("0 2 0 0", 0),  # -infinity, infinity, 0
            ("0 0 0 2", 7),  # 0, 0, -infinity
            ("2 0 0 1", 0),  # infinity, 0, -top
            ("2 0 1 1", 0),  # infinity, -top, 0
            ("2 2 0 0", None),  # NaN, infinity, 0
            ("1 0 2 2", None),  # top, -infinity, NaN
            ("1 0 1 2", 0),  # top, -top, -top
            ("-2 0 0 0", 7),  # -infinity, 0, 0
        ]:
            yield model, mode, matrix(inputs), [(output,)]


@cache
def of_images():
    """(network, format, inputs, outputs by scalars), whose sums are rounded, overflow or are no numbers at all."""
    found = []
    for mode, top in (("float32", 2**127), ("float64", 2**1023)):
        number = numpy.dtype(mode).type
        rows = [[Fraction(float(number(float(v)))) for v in row] for row in matrix(PIXELS)]
        for places in ((0,), (5, 6), (23,), (3, 14), (9, 10, 11)):
            large = [Fraction(top) if k in places else v for k, v in enumerate(rows[0])]
            rows += [large, [-v for v in large]]
        for activation in ("relu", "identity"):
            for pool in POOLS:
                model = seen_and_pooled(activation, pool, lambda v, number=number: Fraction(float(number(float(v)))))
                outputs = [by_scalars(model, x, number) for x in rows]
                _tell_something(outputs, [model.preactivations(x)[-1] for x in rows])
                found.append((model, mode, tuple(map(tuple, rows)), outputs))
    return found


def _tell_something(outputs, exact):
    """Some of the outputs are rounded, and some are not finite, but not all of those of large inputs."""
    finite = [row for row in outputs if None not in row]
    assert 4 < len(finite) < len(outputs) and outputs[:4] != exact[:4]


def by_scalars(model, x, number):
    """The outputs by NumPy's scalars of the type, operation by operation; None is one that is not finite."""
    h = [number(float(v)) for v in x]
    with numpy.errstate(all="ignore"):
        for layer in model.layers:
            if isinstance(layer, MaxPool):
                h = [_greatest(list(part)) for channel in _seen(layer.window, h) for part in channel]
            elif isinstance(layer, Convolution):
                windows = [numpy.concatenate(parts) for parts in zip(*_seen(layer.window, h), strict=True)]
                h = [_scalar(layer.kernel, k, part, number) for k in range(layer.kernel.width) for part in windows]
            else:
                h = [_scalar(layer, k, h, number) for k in range(layer.width)]
    return tuple(Fraction(float(v)) if numpy.isfinite(v) else None for v in h)


def _scalar(layer, neuron, h, number):
    total = number(float(layer.bias[neuron]))
    for w, v in zip(layer.weights[neuron], h, strict=True):
        total = total + number(float(w)) * v
    assert type(total) is number
    return number(0) if layer.activation == "relu" and total <= 0 else total


def _greatest(values):
    return next((v for v in values if numpy.isnan(v)), max(values))


def _seen(window, h):
    """By channel what each window sees of it, cut out of the image with its zeros around."""
    (up, left), (height, width), (down, right) = window.padding, window.size, window.stride
    image = numpy.pad(numpy.array(h).reshape(window.inputs), ((0, 0), (up, up), (left, left)))
    rows, columns = range(0, image.shape[1] - height + 1, down), range(0, image.shape[2] - width + 1, right)
    return [[part[i : i + height, j : j + width].ravel() for i in rows for j in columns] for part in image]


def _ragged(stated_order):
    """Values that were overwritten after their checks are never evaluated by pairing too few of their parts."""
    for layer in (0, 1):
        for bias in ("0 0", "0", ""):
            model = build(network, [("1;1;1", "0 0 0", "relu"), ("1 1 1;1 1 1;1 1 1", "0 0 0", "identity")])
            tampered(model.layers[layer], bias=vector(bias))
            refused(ValueError, None, stated_order.evaluated, model, matrix("1"), "float64")
    for weights in ("1 1", "1", "1 1 1 1"):
        model = build(network, [("1;1;1", "0 0 0", "relu"), ("1 1 1", "0", "identity")])
        tampered(model.layers[1], weights=matrix(weights))
        refused(ValueError, None, stated_order.evaluated, model, matrix("1"), "float64")
