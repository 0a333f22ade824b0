"""What the engines must answer: exactly what the judge does. Takes module objects, so that mutants can be tried.

run(rows, integer, line), run_choice(engines), run_arithmetic(arithmetic), run_bound(binary64) and
run_order(stated_order) return None, or raise AssertionError at the first misbehaviour.
Networks and datasets are written as in kill_suite.
"""

import sys
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction
from functools import cache
from types import SimpleNamespace

import flint
import numpy
import pytest

from checker import dataset, network
from checker.claim import ZERO_ERROR, Argmax, Within
from checker.console import Disagreement
from checker.convolution import Convolution, MaxPool, Window
from checker.dataset import Dataset
from checker.judge import Certified, Margin, Refuted, Tightest, decided, zero_error
from checker.network import ShapeError, require_fractions
from tests.checker import kill_suite
from tests.checker.kill_suite import RAMP, build, points, refused

LIBRARIES = {"flint": flint, "numpy": numpy}
BACK_ENDS = [("flint", "numpy"), (), ("flint",), ("numpy",)]
"""What is installed of the libraries that the engines can do without."""

IN_ORDER = [
    ("1;1;1", "0 -1 -2", "relu"),
    ("1 -2 1;-1 3 -1/2", "-1/2 1/3", "relu"),
    ("1 -1", "1/7", "identity"),
]
UNORDERED = [
    ("2 -1/3;2 -1/3;2 -1/3;2 -1/3", "-2 1/5 -2 7/3", "relu"),
    ("1 -1 1/2 0;-1 2 3 -5;0 0 0 0", "1 0 -1/2", "relu"),
    ("1 0 3;0 0 1;2/3 -1 0;0 5 0", "0 -1 1/3 2", "identity"),
]
FALLING = [("-1/6 0 3/4;-1/6 0 3/4", "1/9 -1/2", "relu"), ("3 -4", "-1/8", "relu"), ("-2/7;1", "0 1", "identity")]
BLIND = [("0 0;0 0;0 0", "1 -1 0", "relu"), ("1 1 1;-1 1 1", "0 1/2", "relu"), ("1 1", "0", "identity")]
SLEEPING = [("1;1", "-5 -6", "relu"), ("1 1;-1 -1;1 0", "-100 0 3", "relu"), ("1 1 1;0 0 0", "0 2", "identity")]
SINGLE = [("1/2", "-1/3", "relu"), ("-3", "1", "relu"), ("1/5", "-1/5", "identity")]
MIRRORED = [("1;1", "1 -1", "relu"), ("1 -1", "-1", "relu"), ("1", "0", "identity")]
SWAPPED = [("1;1", "-1 1", "relu"), ("-1 1", "-1", "relu"), ("1", "0", "identity")]
GREAT = [
    (f"{10**40};{10**40}", f"{-(10**39)} {10**40 + 1}/7", "relu"),
    (f"1/{10**40} {10**20};-{10**20} 1", f"-1/3 {10**60}", "relu"),
    (f"1 1/{2**70}", "1", "identity"),
]
ALMOST_SHARED = [("1 1;1 1;1 2", "0 -1 -2", "relu"), ("1 -2 1", "-1/2", "relu"), ("1", "1/7", "identity")]
IN_THE_MIDDLE = [("1/2 1;1 -1/3", "0 1", "identity"), ("3 1/4;1 -1", "-1 0", "relu"), ("1 2", "1/6", "identity")]
THREE = [
    ("1/2;-1/3", "0 1", "relu"),
    ("2/5 -1;1 1/7", "-1/2 0", "relu"),
    ("1 -3/4;5 1", "1/9 -1", "relu"),
    ("1 -1;0 1/2", "0 1/3", "identity"),
]
IDENTITY_FIRST = [
    ("1;2", "0 1", "identity"),
    ("1/3 -1", "1/2", "identity"),
    ("-2", "5", "relu"),
    ("1", "0", "identity"),
]
HALF = 2**52
BEYOND = [(f"{HALF} {HALF} 1", "0", "relu"), ("1;-1", "0 0", "identity")]
CANCELLING = [(f"{2**53} 1 {-(2**53)}", "0", "relu"), (f"1;{2**53 + 1}", "0 1", "identity")]
OVERFLOWING = [(f"0 {10**400};1 0", "0 0", "relu"), ("1 1", "0", "identity")]
FAR = [("1", f"{-(2**70)}", "relu"), ("3/2;-1/7", "1 0", "relu"), ("1/3 -1", "0", "identity")]

NEAREST = [("1;1;1", "-2 0 -2", "relu"), ("1 1 1", "100", "relu"), ("1", "0", "identity")]

ON_BOTH_SIDES = "1;-1/2;2;0;3/2;1;5;-1/2;1/3;2;7/3"
FINE = f"1/{2**61 - 1};3/{2**61 - 1};1/{2**31 - 1};2;5/{2**61 - 1};-1/{2**89 - 1};1;0;-1/{2**31 - 1};1/2"

CASES = [
    # layers, inputs; the outputs are the network's own, and some of them are then made wrong
    (IN_ORDER, ON_BOTH_SIDES),
    (IN_ORDER, FINE),
    (IN_ORDER, "3"),
    (UNORDERED, "1 0;-1/10 0;0 0;1 0;2 3;-7/6 0;1/2 -3;5 -1/7;2 12;-3 1/2"),
    (FALLING, "2/3 0 0;1 0 2/9;1 7 2/27;-1 0 0;0 1 4/27;0 0 0;1/3 1/7 1;3 0 0;-3 0 1;0 2 4/27"),
    (BLIND, "0 0;1 2;-1/3 5"),
    (SLEEPING, "0;5;6;106;111/2;7;-1"),
    (SINGLE, "2/3;0;4/3;1;2/3;5;-1"),
    (MIRRORED, "0;1/2;-1/2;1;-1;3;2"),
    (SWAPPED, "0;1/2;-1/2;1;-1;3;2"),
    (MIRRORED, "1/2;-1/2"),
    (GREAT, f"1/10;0;1;-{10**40 + 1}/{7 * 10**40};{10**30};-1/{10**45};1/10"),
    (ALMOST_SHARED, "0 0;1 0;0 1;1/2 1/2;-1 3"),
    (IN_THE_MIDDLE, "0 0;1 0;0 1;1/2 1/7;-1 3;1/10 1/5"),
    (THREE, f"0;3;-1/2;1/{2**70};5/4;1/{2**64 + 13};3;21/2"),
    (IDENTITY_FIRST, "0;15/4;1/3;6;15/4;-2"),
    *((NEAREST, inputs) for inputs in ("5", "9/4;1", "1;9/4", "7/4;-1/3", "-1/3;-1/2", "1/5;12/5", "11/5;9/5")),
    (BEYOND, "1 1 1;1 1 0;-1 0 1;1 -1 1;0 0 1"),
    (CANCELLING, "1 1 1;1 1 0;0 1 1;0 0 0;-1 1 1"),
    (OVERFLOWING, "1 0;0 0;-3 0"),
    (FAR, f"{2**70 + 1};{2**70};{2**71};{2**70 + 3}/2;0"),
    *((case[0], case[1]) for case in [*kill_suite.ACCEPTED, *kill_suite.REJECTED]),
]

SMALL = network.Network((
    Convolution(network.Layer(kill_suite.matrix("1/2 -1;1/3 1"), kill_suite.vector("0 1/5"), "relu"),
                Window((1, 1, 3), (1, 2))),
    MaxPool(Window((2, 1, 2), (1, 2))),
    network.Layer(kill_suite.matrix("1 -1/2"), kill_suite.vector("1/7"), "identity"),
))  # fmt: skip
BEHIND_A_LAYER = network.Network((
    network.Layer(kill_suite.matrix(";".join(["1 -1/3", "1/2 1", "-1/5 1", "2 0", "0 -1", "1 1"] * 2)),
                  kill_suite.vector(" ".join(["0", "1/3", "-1", "1/7"] * 3)), "relu"),
    Convolution(network.Layer(kill_suite.matrix("1/2 -1 2/3 1 0 1/5 3 -1/7;-1 1 1 1/3 -2 1 0 1"),
                              kill_suite.vector("1/11 -2"), "relu"),
                Window((2, 2, 3), (2, 2), (1, 1), (1, 0))),
    MaxPool(Window((2, 3, 2), (2, 1), (1, 2))),
    network.Layer(kill_suite.matrix("1 -1/2 1 1/3;0 1 -1 2"), kill_suite.vector("1/13 0"), "identity"),
))  # fmt: skip
KERNEL = kill_suite.matrix("1/2 -1 2/3 1 0 1/5 3 -1/7 1 -2 1/3 1;-1 1 1/9 1/3 -2 1 0 1 -1/4 2 -1 1/2")
SEEN = Window((2, 3, 4), (2, 3), (1, 2), (1, 1))
POOLS = [Window((2, 4, 2), (3, 1)), Window((2, 4, 2), (1, 2), (3, 1)), Window((2, 4, 2), (1, 1), (3, 1))]
"""Windows over the convolution's 2 x 4 x 2 outputs, none of them square but the last, of one place each."""
PIXELS = ";".join(
    " ".join(f"{(7 * k * k + 5 * k * row + row) % 23 - 11}/{row}" for k in range(24)) for row in range(1, 5)
)


def seen_and_pooled(activation, pool, rounded=Fraction):
    """A convolution, pooling and a layer of two outputs; the numbers are first rounded."""
    last = [[Fraction((5 * k + 3 * i) % 13 - 6, 7) for k in range(2 * pool.positions)] for i in range(2)]
    weights, last = (tuple(tuple(map(rounded, row)) for row in matrix) for matrix in (KERNEL, last))
    biases = [tuple(map(rounded, kill_suite.vector(text))) for text in ("1/11 -2", "1/13 1/3")]
    kernel = network.Layer(weights, biases[0], activation)
    return network.Network((Convolution(kernel, SEEN), MaxPool(pool), network.Layer(last, biases[1], "identity")))


IMAGES = [seen_and_pooled(activation, pool) for activation in ("relu", "identity") for pool in POOLS]


def installed(patch, *names):
    """Of the libraries, only these can be imported while the patch lasts."""
    for name, module in LIBRARIES.items():
        patch.setitem(sys.modules, name, module if name in names else None)


def own(model, data_or_inputs):
    """The dataset of these inputs that the network represents."""
    inputs = kill_suite.matrix(data_or_inputs) if isinstance(data_or_inputs, str) else data_or_inputs
    return Dataset(inputs, tuple(model.preactivations(x)[-1] for x in inputs))


def wrong(data, places, amount):
    """The dataset with the amount added to these outputs (row and output counted from 0)."""
    outputs = tuple(
        tuple(y + amount if (k, e) in places else y for e, y in enumerate(row)) for k, row in enumerate(data.outputs)
    )
    return Dataset(data.inputs, outputs)


@cache
def judged():
    """(network, dataset, claim, what the judge answers) of every case, and of some wrong outputs of it."""
    models = [(build(network, layers), inputs) for layers, inputs in CASES]
    return [(model, *found) for model, inputs in models for found in judged_of(model, inputs)]


def judged_of(model, inputs):
    """(dataset, claim, what the judge answers), of the right outputs and of wrong ones."""
    right = own(model, inputs)
    last = (len(right) - 1, len(right.outputs[0]) - 1)
    everywhere = {(k, e) for k in range(len(right)) for e in range(last[1] + 1)}
    cases = [
        (right, ZERO_ERROR),
        (wrong(right, {last}, Fraction(1, 10**50)), ZERO_ERROR),
        (wrong(right, everywhere, Fraction(-1)), ZERO_ERROR),
        (wrong(right, {(k, e) for k, e in everywhere if k % 3 == 2 and e == last[1]}, Fraction(10**50)), ZERO_ERROR),
        *_other_claims(right),
    ]
    return [(data, claim, decided(model, data, claim)) for data, claim in cases]


def _other_claims(right):
    """Datasets about the right one, with claims of which some hold, some by nothing to spare."""
    last = len(right) - 1, len(right.outputs[0]) - 1
    yield wrong(right, {last}, Fraction(1)), Within(Fraction(1))
    yield wrong(wrong(right, {last}, Fraction(2)), {(0, 0)}, Fraction(-3)), Within(Fraction(1))
    if last[1]:
        best = [row.index(max(row)) for row in right.outputs]
        yield Dataset(right.inputs, tuple((Fraction(k),) for k in best)), Argmax(ties=True)
        yield Dataset(right.inputs, tuple((Fraction(0),) for _ in best)), Argmax()


def same(answer, reference, told=""):
    """The answer is the reference in every field, in Python's own numbers."""
    assert type(answer) is type(reference) and answer == reference, (told, answer, reference)
    if isinstance(answer, Certified):
        integers, fractions = [answer.rows], []
        for found in (answer.margin, answer.tightest):
            values = [] if found is None else [*vars(found).values()]
            integers, fractions = [*integers, *values[1:]], [*fractions, *values[:1]]
        assert all(type(pattern) is str for pattern in answer.patterns), told
    else:
        failures = answer, *answer.others
        integers = [k for f in failures for k in (f.row, f.output)]
        fractions = [q for f in failures for q in (*f.input, f.expected, f.obtained)]
    assert all(type(k) is int for k in integers), (told, integers)
    require_fractions(fractions)


def run(rows, integer, first_layer, line):
    """Puts the modules through every case, whatever is installed."""
    _units(rows)
    _findings(rows)
    _frozen(rows, integer)
    _applies(first_layer, line)
    _shapes(integer, line)
    _inconsistent_values(integer, line)
    _integer_layers(integer)
    _bounds(integer)
    _libraries(integer)
    _cells(line)
    for names in BACK_ENDS:
        with pytest.MonkeyPatch.context() as patch:
            installed(patch, *names)
            for model, data, claim, reference in judged()[:: 1 if names == BACK_ENDS[0] else 5]:
                same(integer.prepared(model, claim)(data), reference, names)
                if line.applies(model):
                    same(line.prepared(model, claim)(data), reference, names)
    _again(integer, line)
    _windows(integer)


def run_choice(engines):
    """Puts the choice between the engines through every case."""
    _choice(engines)
    _agreement(engines)


def run_arithmetic(arithmetic):
    """What is installed is used, and what is not is not asked for."""
    for names in BACK_ENDS:
        with pytest.MonkeyPatch.context() as patch:
            installed(patch, *names)
            assert arithmetic.flint() is (flint if "flint" in names else None)
            assert arithmetic.numpy() is (numpy if "numpy" in names else None)
            assert arithmetic.rational() is (flint.fmpq if "flint" in names else Fraction)


def _applies(first_layer, line):
    """The line engine takes what has two hidden ReLU layers and one projection, and refuses everything else."""
    message = "the rows of the first layer's weights differ, or there are not two hidden ReLU layers"
    taken = [IN_ORDER, UNORDERED, FALLING, BLIND, SLEEPING, SINGLE, MIRRORED, GREAT]
    refusals = [ALMOST_SHARED, IN_THE_MIDDLE, THREE, IDENTITY_FIRST, BEYOND, kill_suite.ALL_RELU[:2], kill_suite.SUM]
    refusals += [[*IN_ORDER[:1], ("1 1 1", "0", "identity")], [*IN_ORDER[:2], ("1 1", "0", "relu"), SINGLE[2]]]
    refusals += [[("1;1", "0 0", "identity"), *MIRRORED[1:]], [MIRRORED[0], ("1 -1", "-1", "identity"), MIRRORED[2]]]
    refusals += [[(f"1;1;1 1/{10**40}", *IN_ORDER[0][1:])]]
    for layers in taken:
        assert line.applies(build(network, layers)), layers
    for layers in refusals[:5] + refusals[6:-1]:
        assert not line.applies(build(network, layers)), layers
        refused(first_layer.NotOnALineError, message, line.prepared, build(network, layers))


def _windows(integer):
    """Convolution and pooling, behind layers whose neurons have several scales too."""
    for names in BACK_ENDS:
        with pytest.MonkeyPatch.context() as patch:
            installed(patch, *names)
            for model, data, reference in of_images():
                same(integer.prepared(model)(data), reference, names)
    small = integer.integer_layers(SMALL)
    seen, pooled = (layer.window for layer in SMALL.layers[:2])
    assert [(layer.rows, layer.scales, layer.relu, layer.window) for layer in small] == [
        (((15, -30, 0), (10, 30, 6)), (30, 30, 30, 30), True, seen),
        ((), (30, 30), False, pooled),
        (((14, -7, 60),), (420,), False, None),
    ]
    layer = integer.IntegerLayer(((1, -2), (-3, 0), (5, -1)), (1, 5, 2), True, seen)
    assert layer.absolute == replace(layer, rows=((1, 2), (3, 0), (5, 1)))


@cache
def of_images():
    """(network, dataset, what the judge answers) of networks with windows, for right and wrong outputs."""
    found = []
    for model, inputs in ((BEHIND_A_LAYER, "1 0;-1/2 3;0 0;2 2;1/3 -1/9;-4 5"), *((m, PIXELS) for m in IMAGES)):
        right = own(model, inputs)
        cases = (right, wrong(right, {(2, 1)}, Fraction(1, 10**40)))
        found += [(model, data, zero_error(model, data)) for data in cases]
    return found


def _again(integer, line):
    """One prepared engine serves many datasets."""
    model = build(network, IN_ORDER)
    for prepared in (integer.prepared(model), line.prepared(model)):
        for inputs in ("5", ON_BOTH_SIDES, FINE, "-1", ON_BOTH_SIDES):
            data = own(model, inputs)
            same(prepared(data), zero_error(model, data))


def _shapes(integer, line):
    """A dataset with another number of inputs or outputs than the network is refused, as by the judge."""
    for prepared in (integer.prepared(build(network, IN_ORDER)), line.prepared(build(network, IN_ORDER))):
        for inputs, outputs, message in [
            ("1 2;3 4", "1;2", "the dataset has 2 inputs, the network 1"),
            ("1;2", "1 1;2 2", "the dataset has 2 outputs, the network 1"),
        ]:
            refused(ShapeError, message, prepared, points(dataset, inputs, outputs))


def _units(rows):
    """Rows share one unit as long as it has at most 64 bits."""

    def groups(inputs):
        data = points(dataset, inputs, ";".join("0" for _ in inputs.split(";")))
        return [(found.unit, found.numbers, found.integers) for found in rows.in_units(data)]

    assert groups("1/2 1/3;1 0;-1/4 2") == [(12, (0, 1, 2), ((6, 4), (12, 0), (-3, 24)))]
    assert groups(f"1/{2**63};1;1/2") == [(2**63, (0, 1, 2), ((1,), (2**63,), (2**62,)))]
    assert groups(f"1/{2**64};1;1/2;3;5/2") == [
        (2**64, (0,), ((1,),)),
        (1, (1, 3), ((1,), (3,))),
        (2, (2, 4), ((1,), (5,))),
    ]
    assert groups(f"3/{2**64 - 1};1")[0][0] == (2**64 - 1) // 3 and len(groups(f"1/{2**64 - 1};1;1/{2**32 - 1}")) == 1
    assert [unit for unit, _, _ in groups(f"1/{2**64 - 1};1/2;1")] == [2**64 - 1, 2, 1]


def _findings(rows):
    """What is given twice or left out is noticed; the first place wins."""
    data = points(dataset, "5;6;7", "1 2;3 4;5 6")
    right = data.outputs
    found = rows.Findings(data)
    found.row(1, "", right[1])
    refused(RuntimeError, "row 1 was evaluated twice", found.row, 1, "0", right[1])
    refused(RuntimeError, "1 rows were evaluated of 3 given", found.verdict)
    found.row(0, "1", right[0])
    found.row(2, "0", right[2])
    assert found.verdict() == Certified(3, ("1", "", "0"), None)
    for size, unit, row, layer, neuron, margin in [
        (20, 2, 1, 2, 1, Margin(Fraction(10), 2, 2, 1)),
        (15, 2, 2, 1, 1, Margin(Fraction(15, 2), 3, 1, 1)),
        (8, 1, 0, 1, 1, Margin(Fraction(15, 2), 3, 1, 1)),
        (30, 4, 1, 2, 2, Margin(Fraction(15, 2), 2, 2, 2)),
        (5, 1, 2, 2, 9, Margin(Fraction(5), 3, 2, 9)),
        (5, 1, 2, 2, 8, Margin(Fraction(5), 3, 2, 8)),
        (5, 1, 2, 1, 9, Margin(Fraction(5), 3, 1, 9)),
        (3, 1, 2, 1, 1, Margin(Fraction(3), 3, 1, 1)),
        (0, 7, 2, 1, 1, Margin(Fraction(0), 3, 1, 1)),
    ]:
        found.preactivation(size, unit, row, layer, neuron)
        assert found.verdict().margin == margin, (size, unit)
    _failures(rows, data)
    for errors, tightest in [
        (((0, 0), (0, 0), (0, 0)), Tightest(Fraction(2), 1, 1)),
        (((0, 1), (-1, 1), (0, 0)), Tightest(Fraction(1), 1, 2)),
        (((0, 1), (-2, 2), (2, 0)), Tightest(Fraction(0), 2, 1)),
    ]:
        outputs = [tuple(y + e for y, e in zip(*pair, strict=True)) for pair in zip(right, errors, strict=True)]
        for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
            found = rows.Findings(data, Within(Fraction(2)))
            for row in order:
                found.row(row, "", outputs[row])
            assert found.verdict() == Certified(3, ("", "", ""), None, tightest), (errors, order)


def _failures(rows, data):
    """Whatever the order in which they were found, failures are in that of the rows."""
    nine = Fraction(9)
    wrong_at = {0: (Fraction(1), nine), 1: (nine, nine), 2: (nine, Fraction(6))}
    expected = [
        Refuted(1, data.inputs[0], 2, Fraction(2), nine),
        Refuted(2, data.inputs[1], 1, Fraction(3), nine),
        Refuted(3, data.inputs[2], 1, Fraction(5), nine),
    ]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        for wrong_rows in ((0, 1, 2), (1, 2), (2,), (0, 2)):
            found = rows.Findings(data)
            for row in order:
                found.row(row, "", wrong_at[row] if row in wrong_rows else data.outputs[row])
            first, *others = [expected[row] for row in wrong_rows]
            assert found.verdict() == replace(first, others=tuple(others)), (order, wrong_rows)


def _frozen(rows, integer):
    """No field of a value can be changed by accident."""
    for value, field in [(rows.Rows(1, (0,), ((1,),)), "unit"), (integer.IntegerLayer(((1,),), (1,), True), "rows")]:
        refused(FrozenInstanceError, None, setattr, value, field, ())


def _inconsistent_values(integer, line):
    """Values that were overwritten after their checks are never certified by pairing too few of their parts."""
    model = build(network, MIRRORED)
    for outputs in ("0;1 1", "0;1 1 2"):
        data = kill_suite.tampered(own(model, "0;1"), outputs=kill_suite.matrix(outputs))
        for prepared in (integer.prepared(model), line.prepared(model)):
            refused(ValueError, None, prepared, data)
    for layer in (0, 1):
        for bias in ("1 1 1", ""):
            model = build(network, MIRRORED)
            kill_suite.tampered(model.layers[layer], bias=kill_suite.vector(bias))
            refused(ValueError, None, integer.prepared, model)
    for weights in ("1 1 1", "1"):
        model = build(network, MIRRORED)
        kill_suite.tampered(model.layers[1], weights=kill_suite.matrix(weights))
        refused(ValueError, None, integer.prepared, model)


def _integer_layers(integer):
    """Every neuron is scaled by the least factor that makes it an integer one."""
    assert [(layer.rows, layer.scales, layer.relu) for layer in integer.integer_layers(build(network, THREE))] == [
        (((1, 0), (-1, 3)), (2, 3), True),
        (((6, -10, -15), (21, 2, 0)), (30, 42), True),
        (((84, -45, 280), (7, 1, -42)), (2520, 42), True),
        (((1, -60, 0), (0, 1, 28)), (2520, 84), False),
    ]


def _bounds(integer):
    """The bound is the largest sum of absolute values, and no entry is above it."""
    for h, weights, bound in [
        ([[1, 2], [-3, 1]], [[1, 1], [2, -5]], 16),
        ([[-3, 0]], [[0, 7]], 7),
        ([[-9, 1]], [[0, -7]], 9),
        ([[0, 0]], [[-7, 3], [2, 2]], 7),
        ([[1], [1], [-2]], [[-4]], 8),
    ]:
        assert integer.largest_sum(h, weights) == bound, (h, weights)
        assert integer.largest_sum(numpy.array(h), weights) == bound, (h, weights)


def _libraries(integer):
    """A product is NumPy's where it must be exact, else python-flint's, else Python's own."""
    with _spied(("numpy",)) as calls:
        assert integer.lines(integer.product([[1, 1]], [[2**52, 0], [0, 2**52]])) == [[2**52, 2**52]] and calls
    near = [2**53 - 2, 1]
    for names, row, used in [
        (("flint", "numpy"), near, "numpy"),
        (("flint", "numpy"), [2**53 - 1, 1], "flint"),
        (("flint", "numpy"), [2**53, 1], "flint"),
        (("flint",), near, "flint"),
        (("numpy",), near, "numpy"),
        (("numpy",), [2**53, 1], "python"),
        (("numpy",), [2**53 - 1, 0], "numpy"),
        (("numpy",), [2**53, 0], "python"),
        ((), near, "python"),
    ]:
        with _spied(names) as calls:
            found = integer.lines(integer.product([[1, 1], [0, -1], [1, -1]], [row, [0, 1]]))
        a, b = row
        assert found == [[a + b, 1], [-b, -1], [a - b, -1]], (names, row)
        assert set(calls or ["python"]) == {used}, (names, row, calls)


@contextmanager
def _spied(names):
    """Of the libraries, only these are installed; the list gets the name of each when it is given a matrix."""
    calls = []

    def spy(name, function):
        return lambda *arguments, **options: calls.append(name) or function(*arguments, **options)

    spies = {
        "numpy": SimpleNamespace(asarray=spy("numpy", numpy.asarray), insert=numpy.insert, int64=numpy.int64),
        "flint": SimpleNamespace(fmpz_mat=spy("flint", flint.fmpz_mat)),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in LIBRARIES:
            patch.setitem(sys.modules, name, spies[name] if name in names else None)
        yield calls


def _cells(line):
    """The lines of a cell are found once, when a point lies in it."""
    lines = line._Lines(*build(network, IN_ORDER).layers[:2], [0, 1, 2])
    assert lines.integers(2) is lines.integers(2) and lines.rational(3) is lines.rational(3)
    assert [[tuple(map(int, found)) for found in lines.integers(cell)] for cell in (3, 0, 1)] == [
        [(0, -1, 2), (9, -10, 6)],
        [(0, -1, 2), (0, 1, 3)],
        [(2, -1, 2), (-3, 1, 3)],
    ]


def _choice(engines):
    """The judge as long as it is quick, then the engine that applies."""
    for layers, points_at_hand, name in [
        (RAMP, 250_000, "judge"),
        (RAMP, 250_001, "line"),
        (UNORDERED, 23_255, "judge"),
        (UNORDERED, 23_256, "line"),
        (ALMOST_SHARED, 10**6, "integer"),
        ([("1 " * 100, "0", "identity")], 9_901, "integer"),
    ]:
        assert engines.chosen(build(network, layers), points_at_hand) == name, (layers, points_at_hand)
    assert [engines.chosen(build(network, layers), None) for layers in (UNORDERED, ALMOST_SHARED)] == [
        "line",
        "integer",
    ]
    pooled_first = network.Network((MaxPool(Window((2, 1, 2), (1, 2))), SMALL.layers[-1]))
    for pooled in (SMALL, pooled_first):
        assert engines.chosen(pooled, None) == "integer"
        assert list(engines.prepared("all", pooled).args[0]) == ["judge", "integer"]


def _agreement(engines):
    """Every name gives the judge's answer; `all` means all that apply, and any disagreement is reported."""
    names = {"judge": ["judge"], "line": ["line"], "integer": ["integer"], "all": ["judge", "line", "integer"]}
    assert engines.ENGINES == tuple(names)
    for model, data, claim, reference in judged()[:8]:
        for name in names:
            same(engines.prepared(name, model, claim)(data), reference, name)
    single, right = build(network, RAMP), own(build(network, RAMP), "1;0")
    for name in names:
        same(engines.prepared(name, single)(right), zero_error(single, right), name)
    of_hinges = engines.prepared("line", single).__module__
    assert of_hinges == "checker.engines.hinges" != engines.prepared("integer", single).__module__
    assert list(engines.prepared("all", single).args[0]) == names["all"]
    assert list(engines.prepared("all", build(network, IN_ORDER)).args[0]) == names["all"]
    assert list(engines.prepared("all", build(network, ALMOST_SHARED)).args[0]) == ["judge", "integer"]
    data = own(build(network, RAMP), "1")
    refused(engines.line.NotOnALineError, None, engines.prepared, "line", build(network, ALMOST_SHARED))
    for answers in ({"judge": 1, "line": 1, "integer": 2}, {"judge": 1, "integer": 2}, {"integer": 2, "judge": 1}):
        given = {name: (lambda dataset, answer=answer: answer) for name, answer in answers.items()}
        refused(Disagreement, "judge: 1, integer: 2", engines._agreed, given, data)
    assert engines._agreed({"judge": lambda dataset: 1, "line": lambda dataset: 1}, data) == 1
