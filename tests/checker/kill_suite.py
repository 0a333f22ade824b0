"""What an implementation of the judge must accept and reject; takes module objects, so that mutants can be tried.

run(judge, network, dataset), run_claims(judge, network, dataset, claim) and run_numbers(rational) return None, or raise
AssertionError at the first misbehaviour.
Networks are written as lists of (weights, bias, activation) with rows separated by ';', datasets as pairs of rows of
inputs and outputs.
"""

from dataclasses import FrozenInstanceError
from fractions import Fraction
from types import SimpleNamespace


class WrappedInteger(int):
    """Stands for NumPy's integers, which wrap around."""


class WrappedFraction(Fraction):
    """Stands for any other rational type."""


def vector(text):
    """The numbers of a text, separated by blanks."""
    return tuple(Fraction(word) for word in text.split())


def matrix(text):
    """The rows of a text, separated by semicolons."""
    return tuple(vector(row) for row in text.split(";"))


def build(network, layers):
    """The network of these (weights, bias, activation), in the classes of the module given."""
    return network.Network(tuple(network.Layer(matrix(w), vector(b), activation) for w, b, activation in layers))


def points(dataset, inputs, outputs):
    """The dataset with these rows."""
    return dataset.Dataset(matrix(inputs), matrix(outputs))


def tampered(value, **fields):
    """The frozen value with some of its fields overwritten behind its back."""
    for name, field in fields.items():
        object.__setattr__(value, name, field)
    return value


def refused(error, message, action, *arguments):
    """action(*arguments) raises error, of exactly this type, with exactly this message (None: any)."""
    try:
        action(*arguments)
    except Exception as found:  # a mutant may raise anything
        assert type(found) is error, f"{found!r} instead of {error.__name__}({message!r})"
        assert message is None or str(found) == message, f"{found} instead of {message}"
    else:
        raise AssertionError(f"accepted, instead of {error.__name__}({message!r})")


RAMP = [("1", "-1/2", "relu"), ("1", "1", "identity")]
SUM = [("2 3", "1/2", "identity")]
THIRDS = [("1/2 2/3", "1/2", "identity")]
TWO = [("1 0;0 1;1 1", "0 -1 -1/3", "relu"), ("1 0 1;0 2 -1", "0 1/7", "identity")]
DEEP = [
    ("1;-1", "0 0", "relu"),
    ("1 -1;1 1", "-2 1/2", "identity"),
    ("1 -1", "1/4", "relu"),
    ("3;-1/3", "-1 1", "identity"),
]
HALVES = [("1;1;-1", "-1/2 -3/2 -1/2", "relu"), ("2 4 8", "0", "identity")]
ALL_RELU = [("1 -1", "0", "relu"), ("-1;1", "1 -1/3", "relu"), ("1 1", "0", "identity")]

ACCEPTED = [
    # layers, inputs, outputs, patterns, (margin, row, layer, neuron)
    (RAMP, "0;1", "1;3/2", ["0", "1"], ("1/2", 1, 1, 1)),
    (RAMP, "1;0", "3/2;1", ["1", "0"], ("1/2", 1, 1, 1)),
    (RAMP, "1/2", "1", ["0"], ("0", 1, 1, 1)),
    (RAMP, "5;1/4;3/4", "11/2;1;5/4", ["1", "0", "1"], ("1/4", 2, 1, 1)),
    (RAMP, "5;5;5", "11/2;11/2;11/2", ["1", "1", "1"], ("9/2", 1, 1, 1)),
    (SUM, "0 0;1 0;0 1;-1/2 1/3", "1/2;5/2;7/2;1/2", ["", "", "", ""], None),
    (THIRDS, "1/2 1/5;-1 2/3", "53/60;4/9", ["", ""], None),
    (TWO, "3 5", "32/3 10/21", ["111"], ("3", 1, 1, 1)),
    (TWO, "0 1;-1 -1;0 1/3", "2/3 -11/21;0 1/7;0 1/7", ["001", "000", "000"], ("0", 1, 1, 1)),
    (TWO, "2 3;3/2 -1", "20/3 -11/21;5/3 -1/42", ["111", "101"], ("1/6", 2, 1, 3)),
    (DEEP, "0;1;3", "-1 1;-1 1;-1 1", ["00/0", "10/0", "10/0"], ("0", 1, 1, 1)),
    (DEEP, "-1/8", "-1 1", ["01/0"], ("1/8", 1, 1, 1)),
    (HALVES, "1/2;3/2;2;-3/2", "0;2;5;8", ["000", "100", "110", "001"], ("0", 1, 1, 1)),
    (HALVES, "1", "1", ["100"], ("1/2", 1, 1, 1)),
    (HALVES, "7/4;9/4", "7/2;13/2", ["110", "110"], ("1/4", 1, 1, 2)),
    (ALL_RELU, "3/4 1/4", "2/3", ["1/11"], ("1/6", 1, 2, 2)),
    (ALL_RELU, "1/4 3/4;5 1", "1;11/3", ["0/10", "1/01"], ("1/3", 1, 2, 2)),
]

REJECTED = [
    # layers, inputs, outputs, row, output, expected, obtained
    (RAMP, "0;1", "1;2", 2, 1, "2", "3/2"),
    (RAMP, "0;1", "0;3/2", 1, 1, "0", "1"),
    (RAMP, "0;1;2;3", "1;3/2;5/2;5/2", 4, 1, "5/2", "7/2"),
    (RAMP, "0;1;2;3", "1;1;1;1", 2, 1, "1", "3/2"),
    (
        RAMP,
        "1",
        "100000000000000000000000000001/100000000000000000000000000000",
        1,
        1,
        "100000000000000000000000000001/100000000000000000000000000000",
        "3/2",
    ),
    (
        RAMP,
        "1",
        "1500000000000000000001/1000000000000000000000",
        1,
        1,
        "1500000000000000000001/1000000000000000000000",
        "3/2",
    ),
    (RAMP, "0", "-1", 1, 1, "-1", "1"),
    (SUM, "1 0;0 1", "7/2;5/2", 1, 1, "7/2", "5/2"),
    (TWO, "3 5", "32/3 11/21", 1, 2, "11/21", "10/21"),
    (TWO, "3 5", "11 10/21", 1, 1, "11", "32/3"),
    (TWO, "3 5", "10/21 32/3", 1, 1, "10/21", "32/3"),
    (TWO, "2 3;3 5;3/2 -1", "20/3 -11/21;32/3 0;0 0", 2, 2, "0", "10/21"),
    (HALVES, "1/2;3/2", "1;2", 1, 1, "1", "0"),
]

BAD_LAYERS = [
    # weights, bias, activation, message
    ((), vector("1"), "relu", "a layer needs at least one neuron and one input"),
    ((), (), "relu", "a layer needs at least one neuron and one input"),
    (((), ()), vector("1 2"), "relu", "a layer needs at least one neuron and one input"),
    (matrix("1;2"), vector("1"), "relu", "2 rows of weights but 1 biases"),
    (matrix("1"), vector("1 2"), "relu", "1 rows of weights but 2 biases"),
    (matrix("1"), (), "relu", "1 rows of weights but 0 biases"),
    (matrix("1 2;3"), vector("1 2"), "relu", "rows of weights of lengths 2 and 1"),
    (matrix("1 2;3 4;5;6 7"), vector("1 2 3 4"), "relu", "rows of weights of lengths 2 and 1"),
    (matrix("1 2;3 4 5"), vector("1 2"), "relu", "rows of weights of lengths 2 and 3"),
    (matrix("1;2 3;4 5"), vector("1 2 3"), "relu", "rows of weights of lengths 1 and 2"),
    (((Fraction(1),), ()), vector("1 2"), "relu", "rows of weights of lengths 1 and 0"),
    (matrix("1"), vector("1"), "sigmoid", "activation 'sigmoid' is none of relu, identity; only supnorm takes it"),
    (matrix("1"), vector("1"), "", "activation '' is none of relu, identity"),
]

BAD_NETWORKS = [
    # layers, message
    ([], "a network needs at least one layer"),
    ([("1", "0", "relu")], "the last layer's activation is not identity (is a layer missing?)"),
    ([("1", "0", "identity"), ("1", "0", "relu")], "the last layer's activation is not identity (is a layer missing?)"),
    ([("1;1", "0 0", "relu"), ("1", "0", "identity")], "layer 1 has 2 neurons, but layer 2 takes 1 inputs"),
    ([("1", "0", "relu"), ("1 1", "0", "identity")], "layer 1 has 1 neurons, but layer 2 takes 2 inputs"),
    (
        [("1", "0", "relu"), ("1", "0", "relu"), ("1 1", "0", "identity")],
        "layer 2 has 1 neurons, but layer 3 takes 2 inputs",
    ),
    (
        [("1;1", "0 0", "relu"), ("1", "0", "relu"), ("1", "0", "identity")],
        "layer 1 has 2 neurons, but layer 2 takes 1 inputs",
    ),
]

BAD_DATASETS = [
    # inputs, outputs, message
    ((), (), "a dataset needs at least one point"),
    ((), matrix("1"), "a dataset needs at least one point"),
    (matrix("1;2"), matrix("1"), "2 rows of inputs but 1 rows of outputs"),
    (matrix("1"), matrix("1;2"), "1 rows of inputs but 2 rows of outputs"),
    (((),), matrix("1"), "row 1 has 0 inputs, row 1 has 0"),
    (((),), ((),), "row 1 has 0 inputs, row 1 has 0"),
    (matrix("1"), ((),), "row 1 has 0 outputs, row 1 has 0"),
    (matrix("1 2;3;4"), matrix("1;2;3"), "row 2 has 1 inputs, row 1 has 2"),
    (matrix("1 2;3 4;4"), matrix("1;2;3"), "row 3 has 1 inputs, row 1 has 2"),
    (matrix("1;2;3"), matrix("1;2;3 4"), "row 3 has 2 outputs, row 1 has 1"),
    (matrix("1;2;3"), matrix("1;2 3;4 5"), "row 2 has 2 outputs, row 1 has 1"),
    (matrix("1;2"), (vector("1"), ()), "row 2 has 0 outputs, row 1 has 1"),
]

CONFLICTS = [
    # inputs, outputs, the rows in conflict
    ("1;2;3", "1;1;1", None),
    ("1;1", "1;1", None),
    ("1", "1", None),
    ("1;1", "1;2", (1, 2)),
    ("1;2;1", "1;1;1", None),
    ("1;2;1", "1;1;2", (1, 3)),
    ("0;1;2;1;2", "0;1;2;3;4", (2, 4)),
    ("0;1;1;1", "0;1;1;2", (2, 4)),
    ("0;1;1;0", "1;2;3;4", (2, 3)),
    ("1;0;0;1", "1;2;3;4", (2, 3)),
    ("1 2;2 1;1 2", "1;2;3", (1, 3)),
    ("1 2;1 2", "0 1;0 2", (1, 2)),
    ("1 2;2 1", "0;1", None),
    ("1/2;2/4", "0;1", (1, 2)),
]


def run(judge, network, dataset):
    """Puts the three modules through every case."""
    for layers, inputs, outputs, patterns, margin in ACCEPTED:
        accepts(judge, build(network, layers), points(dataset, inputs, outputs), patterns, margin)
    for layers, inputs, outputs, *place in REJECTED:
        rejects(judge, build(network, layers), points(dataset, inputs, outputs), *place)
    for weights, bias, activation, message in BAD_LAYERS:
        refused(network.ShapeError, message, network.Layer, weights, bias, activation)
    for layers, message in BAD_NETWORKS:
        refused(network.ShapeError, message, build, network, layers)
    for inputs, outputs, message in BAD_DATASETS:
        refused(network.ShapeError, message, dataset.Dataset, inputs, outputs)
    for inputs, outputs, rows in CONFLICTS:
        assert points(dataset, inputs, outputs).conflict() == rows, (inputs, outputs)
    _exact_numbers_only(network, dataset)
    _frozen(judge, network, dataset)
    _shapes(network, dataset)
    assert [layer.products for layer in build(network, TWO).layers] == [9, 8]
    _mismatches(judge, network, dataset)
    _inconsistent_values(judge, network, dataset)
    _patterns_of_large_networks(judge, dataset)


def _patterns_of_large_networks(judge, dataset):
    """Activation patterns are kept up to 16,384 ReLU neurons, in whatever layers."""

    def shape(*layers):
        return SimpleNamespace(layers=[SimpleNamespace(width=n, activation=name) for n, name in layers])

    for layers, kept in [
        ([(16_384, "relu"), (1, "identity")], True),
        ([(16_385, "relu"), (1, "identity")], False),
        ([(16_000, "relu"), (384, "relu"), (1, "identity")], True),
        ([(16_000, "relu"), (385, "relu"), (1, "identity")], False),
        ([(5, "relu"), (16_385, "identity")], True),
        ([(5, "relu"), (16_385, "relu")], False),
    ]:
        assert judge.keeps_patterns(shape(*layers)) is kept, layers
    wide = shape((16_385, "relu"), (1, "identity"))  # only the widths are: a network of that size would be slow
    wide.widths, wide.preactivations = (1, 16_385, 1), lambda x: (vector("1"), vector("0"))
    verdict = judge.zero_error(wide, points(dataset, "0", "0"))
    assert type(verdict) is judge.Certified and verdict.rows == 1 and verdict.patterns is None


def accepts(judge, network, dataset, patterns, margin):
    """The judge certifies every row, with these activation patterns and this margin."""
    verdict = judge.zero_error(network, dataset)
    assert type(verdict) is judge.Certified, verdict
    assert type(verdict.rows) is int and verdict.rows == len(patterns), verdict
    assert verdict.patterns == tuple(patterns), verdict
    if margin is None:
        assert verdict.margin is None, verdict
    else:
        found = verdict.margin
        assert (found.value, found.row, found.layer, found.neuron) == (Fraction(margin[0]), *margin[1:]), verdict


def rejects(judge, network, dataset, row, output, expected, obtained):
    """The judge refutes, at this row and output, with these values."""
    verdict = judge.zero_error(network, dataset)
    assert type(verdict) is judge.Refuted, verdict
    assert (verdict.row, verdict.output, verdict.input) == (row, output, dataset.inputs[row - 1]), verdict
    assert (verdict.expected, verdict.obtained) == (Fraction(expected), Fraction(obtained)), verdict
    assert verdict.difference == Fraction(obtained) - Fraction(expected) != 0, verdict


def _exact_numbers_only(network, dataset):
    """Anything but a Fraction of Python integers is refused wherever it stands."""
    one, two = Fraction(1), Fraction(2)
    for bad in (1, 1.0, True, "1", None, WrappedFraction(1), _wrapped("_numerator"), _wrapped("_denominator")):
        message = f"{bad!r} is not an exact Fraction of Python integers"
        for row in ((bad, one), (one, bad), (one, two, bad)):
            refused(TypeError, message, network.Layer, (row,), (one,), "relu")
            refused(TypeError, message, network.Layer, ((one,) * len(row), row), (one, one), "relu")
            refused(TypeError, message, network.Layer, ((one,),) * len(row), row, "relu")
            refused(TypeError, message, dataset.Dataset, (row,), ((one,),))
            refused(TypeError, message, dataset.Dataset, ((one,), (one,)), ((one,) * len(row), row))


def _frozen(judge, network, dataset):
    """No field of a value can be changed by accident."""
    model, data, zero = build(network, RAMP), points(dataset, "0", "1"), Fraction(0)
    verdicts = (
        judge.Certified(1, ("",), None),
        judge.Refuted(1, (zero,), 1, zero, zero + 1),
        judge.Margin(zero, 1, 1, 1),
    )
    fields = (
        (model, "layers"),
        (model.layers[0], "bias"),
        (data, "outputs"),
        *zip(verdicts, ("rows", "row", "row"), strict=True),
    )
    for value, field in fields:
        refused(FrozenInstanceError, None, setattr, value, field, ())


def _wrapped(field):
    q = Fraction(3, 2)
    setattr(q, field, WrappedInteger(getattr(q, field)))
    return q


def _shapes(network, dataset):
    """Widths, numbers of rows, and preactivations of every layer."""
    two = build(network, TWO)
    assert two.widths == (2, 3, 2) and [(layer.width, layer.inputs) for layer in two.layers] == [(3, 2), (2, 3)]
    assert build(network, DEEP).widths == (1, 2, 2, 1, 2)
    assert build(network, SUM).widths == (2, 1)
    assert two.preactivations(vector("3 -2")) == (vector("3 -3 2/3"), vector("11/3 -11/21"))
    assert build(network, DEEP).preactivations(vector("3")) == (
        vector("3 -3"),
        vector("1 7/2"),
        vector("-9/4"),
        vector("-1 1"),
    )
    assert len(points(dataset, "1;2;3", "1;2;3")) == 3
    assert tampered(network.Layer(matrix("1 2;3 4"), vector("0 0"), "relu"), weights=matrix("1 2;3")).inputs == 2
    network.Layer(matrix("1"), vector("0"), "relu")
    for x in ("1", "1 2 3", ""):
        message = f"{len(vector(x))} inputs given to a network of 2"
        refused(network.ShapeError, message, two.preactivations, vector(x))


def _mismatches(judge, network, dataset):
    """A dataset with another number of inputs or outputs than the network is refused, never truncated."""
    two, ramp = build(network, TWO), build(network, RAMP)
    for model, inputs, outputs, message in [
        (two, "1 2 3", "1 2", "the dataset has 3 inputs, the network 2"),
        (two, "1", "1 2", "the dataset has 1 inputs, the network 2"),
        (two, "3 5", "32/3", "the dataset has 1 outputs, the network 2"),
        (two, "3 5", "32/3 10/21 0", "the dataset has 3 outputs, the network 2"),
        (two, "3 5;1 1;2 2", "1;1;1", "the dataset has 1 outputs, the network 2"),
        (ramp, "1 2;3 4", "1;1", "the dataset has 2 inputs, the network 1"),
        (ramp, "0;1", "1 1;3/2 3/2", "the dataset has 2 outputs, the network 1"),
    ]:
        refused(network.ShapeError, message, judge.zero_error, model, points(dataset, inputs, outputs))


def _inconsistent_values(judge, network, dataset):
    """Values that were overwritten after their checks are never certified by pairing too few of their parts."""
    short = tampered(points(dataset, "0;1", "1;3/2"), outputs=matrix("1"))
    long = tampered(points(dataset, "0;1", "1;3/2"), outputs=matrix("1;3/2;7"))
    ragged = tampered(points(dataset, "0;1", "1;3/2"), outputs=(vector("1"), ()))
    for data in (short, long, ragged):
        refused(ValueError, None, judge.zero_error, build(network, RAMP), data)
    for data in (short, long):
        refused(ValueError, None, data.conflict)
    first_row_long = tampered(points(dataset, "0;1", "1;3/2"), inputs=matrix("0 1 2;1"))
    refused(
        network.ShapeError,
        "the dataset has 3 inputs, the network 1",
        judge.zero_error,
        build(network, RAMP),
        first_row_long,
    )
    first_row_long = tampered(points(dataset, "0;1", "1;3/2"), outputs=matrix("1 2 3;3/2"))
    refused(
        network.ShapeError,
        "the dataset has 3 outputs, the network 1",
        judge.zero_error,
        build(network, RAMP),
        first_row_long,
    )
    first_row_wrong = tampered(
        points(dataset, "0;1;2", "9;3/2;5/2"), inputs=matrix("0;1 1;2 2"), outputs=matrix("9;1 1;2 2")
    )
    message = "2 inputs given to a network of 1"
    refused(network.ShapeError, message, judge.zero_error, build(network, RAMP), first_row_wrong)
    for layer, weights in [(0, "1 1;1"), (0, "1 1;1 1 1"), (1, "1;1 1"), (1, "1 1 1;1 1"), (1, "1 1;1")]:
        model = build(network, [("1 1;1 1", "0 0", "relu"), ("1 1;1 1", "0 0", "identity")])
        tampered(model.layers[layer], weights=matrix(weights))
        message = "a row of weights that does not take 2 inputs"
        refused(network.ShapeError, message, model.preactivations, vector("0 0"))
    for bias in ("-1/2 0", ""):
        model = build(network, RAMP)
        tampered(model.layers[0], bias=vector(bias))
        refused(ValueError, None, model.preactivations, vector("0"))
    for first, x, output, pattern, margin in [
        ("-1/2", "2;1/4", "5/2;1", ["1/1", "0/1"], ("1/4", 2, 1, 1)),
        ("-9", "2", "1", ["0/1"], ("1", 1, 2, 1)),
    ]:
        last = build(network, [("1", first, "relu"), RAMP[1]])
        tampered(last.layers[1], activation="relu")
        accepts(judge, last, points(dataset, x, output), pattern, margin)
    miscounted = Miscounted(points(dataset, "0;1", "1;3/2"))
    refused(RuntimeError, "2 rows were checked of 3 given", judge.zero_error, build(network, RAMP), miscounted)
    trace = build(network, RAMP).preactivations(vector("0"))
    assert judge.activation_pattern(build(network, RAMP), trace) == "0"
    for wrong in (trace[:1], trace + trace):
        refused(ValueError, None, judge.activation_pattern, build(network, RAMP), wrong)


class Miscounted:
    """A dataset that claims one row more than it yields."""

    def __init__(self, rows):
        self.inputs, self.outputs = rows.inputs, rows.outputs

    def __len__(self):
        return len(self.inputs) + 1


CLAIMS = [
    # text, canonical
    ("zero-error", "zero-error"),
    ("argmax", "argmax"),
    ("argmax:ties", "argmax:ties"),
    ("within:0.50", "within:1/2"),
    ("within:-0", "within:0"),
    ("within:1/3", "within:1/3"),
]
NOT_CLAIMS = [
    # text, message
    ("", "'' is none of zero-error, within:EPS, argmax, argmax:ties"),
    ("argmax:tie", "'argmax:tie' is none of zero-error, within:EPS, argmax, argmax:ties"),
    ("without:1", "'without:1' is none of zero-error, within:EPS, argmax, argmax:ties"),
    ("1:within", "'1:within' is none of zero-error, within:EPS, argmax, argmax:ties"),
    ("within:x", "'within:x': 'x' is not an exact number (like 7, -3/4 or 0x1f)"),
    ("within", "'within': '' is not an exact number (like 7, -3/4 or 0x1f)"),
    ("within:1:1", "'within:1:1': '1:1' is not an exact number (like 7, -3/4 or 0x1f)"),
    ("within:-1/9", "'within:-1/9': no error is below 0"),
]
# Outputs x, -x and 1/2 at the input x.
FAN = [("1;-1", "0 0", "identity"), ("1 0;0 1;0 0", "0 0 1/2", "identity")]
EXAMINED = [
    # claim, inputs, outputs, (tightest, row, output) or None, or [row, output, expected, obtained] of every failure
    ("within:1/2", "0;2", "0 0 1/2;2 -5/2 1/2", ("0", 2, 2)),
    ("within:1/2", "0;2", "0 0 1/2;3/2 -2 1/2", ("0", 2, 1)),
    ("within:1/2", "0;2;0", "0 0 1/3;2 -5/3 1/3;0 0 3/4", ("1/6", 2, 2)),
    ("within:1/2", "2;0", "2 -7/4 3/4;0 1/4 1/2", ("1/4", 1, 2)),
    ("within:1/2", "0;0", "0 0 1/2;0 0 1/2", ("1/2", 1, 1)),
    ("within:3", "0;0", "0 1 -1/2;1 -2 1/2", ("1", 2, 2)),
    ("within:1/2", "0;2;3", "1 0 1/2;2 -2 1/2;3 -4 2", [(1, 1, "1", "0"), (3, 2, "-4", "-3")]),
    ("within:1/2", "0", "0 0 51/50", [(1, 3, "51/50", "1/2")]),
    ("within:1/2", "0", "0 0 -1/50", [(1, 3, "-1/50", "1/2")]),
    ("within:0", "2;5", "2 -2 1/2;5 -5 1/2", ("0", 1, 1)),
    ("within:0", "2", "2 -2 1/3", [(1, 3, "1/3", "1/2")]),
    ("zero-error", "2;3;4", "2 -2 1;3 -3 1/2;4 5 6", [(1, 3, "1", "1/2"), (3, 2, "5", "-4")]),
    ("zero-error", "2", "2 -2 1/2", None),
    ("argmax", "2;-1;0", "0;1;2", ("1/2", 2, 3)),
    ("argmax", "2;1/4;3/4", "0;2;0", ("1/4", 2, 1)),
    ("argmax", "1/2;2;-7", "0;1;2", [(1, 3, "1/2", "1/2"), (2, 1, "-2", "2"), (3, 2, "1/2", "7")]),
    ("argmax:ties", "1/2;2", "0;0", ("0", 1, 3)),
    ("argmax:ties", "1/2;0", "2;2", ("0", 1, 1)),
    ("argmax:ties", "0", "0", [(1, 3, "0", "1/2")]),
    ("argmax", "0", "1", [(1, 3, "0", "1/2")]),
    ("argmax", "-2", "1", ("3/2", 1, 3)),
    ("argmax", "3", "0", ("5/2", 1, 3)),
]
NO_LABELS = ["3", "-1", "1/2", "5/2", "-1/2", "100"]
MISFITS = [
    # claim, network, outputs, message
    ("within:1", FAN, "1 2", "the dataset has 2 outputs, the network 3 (claim within:1)"),
    ("within:1", FAN, "1", "the dataset has 1 outputs, the network 3 (claim within:1)"),
    ("argmax", FAN, "0 1 2", "the dataset has 3 outputs, the network 3 (claim argmax)"),
    ("argmax:ties", RAMP, "0", "the dataset has 1 outputs, the network 1 (claim argmax:ties)"),
    ("argmax", FAN, "0 0", "the dataset has 2 outputs, the network 3 (claim argmax)"),
    ("argmax", TWO, "0", "the dataset has 1 inputs, the network 2"),
    ("zero-error", SUM, "0", "the dataset has 1 inputs, the network 2"),
]


def run_claims(judge, network, dataset, claim):
    """Puts the claims, and the judge of them, through every case."""
    for text, canonical in CLAIMS:
        parsed = claim.parse_claim(text)
        assert parsed.text == canonical and parsed == claim.parse_claim(canonical), text
    different = [claim.parse_claim(text) for text in ("zero-error", "within:0", "within:1", "argmax", "argmax:ties")]
    assert [a == b for a in different for b in different].count(True) == len(different)
    for text, message in NOT_CLAIMS:
        refused(claim.ClaimError, message, claim.parse_claim, text)
    for text, inputs, outputs, expected in EXAMINED:
        examines(judge, build(network, FAN), points(dataset, inputs, outputs), claim.parse_claim(text), expected)
    for label in NO_LABELS:
        message = f"the label '{label}' is not a class from 0 to 2"
        for labels in (f"0;{label};1", f"{label};0;1", f"0;1;{label}"):
            data = points(dataset, "5;2;3", labels)
            refused(claim.ClaimError, message, judge.decided, build(network, FAN), data, claim.Argmax())
    for text, layers, outputs, message in MISFITS:
        data = points(dataset, "2", outputs)
        refused(network.ShapeError, message, judge.decided, build(network, layers), data, claim.parse_claim(text))
    two = build(network, [("1;-1", "0 0", "identity")])
    examines(judge, two, points(dataset, "2", "0"), claim.Argmax(), ("4", 1, 2))
    _said_of_claims(claim, judge)


def examines(judge, network, dataset, claim, expected):
    """The judge certifies with this tightest place, or refutes at these rows."""
    found = judge.decided(network, dataset, claim)
    if isinstance(expected, list):
        assert type(found) is judge.Refuted, found
        rows = [(f.row, f.output, f.expected, f.obtained) for f in (found, *found.others)]
        assert rows == [(k, e, Fraction(a), Fraction(b)) for k, e, a, b in expected], (claim.text, rows)
        assert [f.input for f in (found, *found.others)] == [dataset.inputs[row[0] - 1] for row in rows]
        assert all(f.others == () and f.difference == f.obtained - f.expected for f in found.others)
    else:
        assert type(found) is judge.Certified and found.rows == len(dataset), found
        least = found.tightest and (found.tightest.value, found.tightest.row, found.tightest.output)
        assert least == (expected and (Fraction(expected[0]), *expected[1:])), (claim.text, least)


def _said_of_claims(claim, judge):
    """What a claim asks of an output, what it takes, and that no field of a value can be changed by accident."""
    y, two = vector("7 8 9"), Fraction(2)
    assert [claim.Within(two).asked(y, k) for k in (1, 3)] == [7, 9] and claim.Argmax().asked(y[:1], 3) is None
    assert (claim.Within(two).about, claim.ZERO_ERROR.about) == ("claim within:2", "claim zero-error")
    takes = "one output column, the label, and a network of at least two outputs"
    assert claim.Argmax(True).about == f"claim argmax:ties: {takes}"
    for ragged in ("1", "1 2 3"):
        for one in (claim.ZERO_ERROR, claim.Within(two)):
            refused(ValueError, None, one.examined, vector("1 2"), vector(ragged))
    refused(TypeError, None, claim.Claim)
    for partial in ("text", "examined"):
        other = type("Other", (claim.Claim,), {partial: None})
        refused(TypeError, None, other)
    no_number = judge.Refuted(1, (two,), 1, None, two), judge.Refuted(1, (two,), 1, two, None)
    assert [failure.difference for failure in no_number] == [None, None]
    values = [(claim.ZERO_ERROR, "text"), (claim.Within(two), "error"), (claim.Argmax(), "ties")]
    values += [(claim.Miss(1, two, two), "output"), (claim.Room(two, 1), "value"), (judge.Tightest(two, 1, 1), "row")]
    for value, field in values:
        refused(FrozenInstanceError, None, setattr, value, field, ())


RATIONALS = [
    ("0", (0, 1)),
    ("-0", (0, 1)),
    ("7", (7, 1)),
    ("-7", (-7, 1)),
    ("007", (7, 1)),
    ("3/4", (3, 4)),
    ("-6/8", (-3, 4)),
    ("0/5", (0, 1)),
    ("10/5", (2, 1)),
    ("1/3", (1, 3)),
    ("0x0", (0, 1)),
    ("0x1f", (31, 1)),
    ("-0xff", (-255, 1)),
    ("0x10/0x3", (16, 3)),
    ("-0x2/0x4", (-1, 2)),
    ("9" * 4000, (10**4000 - 1, 1)),
    ("-" + "9" * 4001, (1 - 10**4001, 1)),
    ("1/1" + "0" * 4300, (1, 10**4300)),
    ("0x" + "f" * 5000, (16**5000 - 1, 1)),
]

NOT_RATIONAL = [
    "",
    " ",
    "+1",
    " 1",
    "1 ",
    "1\n",
    "1_0",
    "1e5",
    "1E5",
    "nan",
    "inf",
    "-inf",
    "1.5",
    ".5",
    "5.",
    "--1",
    "-",
    "/",
    "1/",
    "/2",
    "1/-2",
    "-1/-2",
    "1//2",
    "1/2/3",
    "0x",
    "0xG",
    "0xF",
    "0X1",
    "0x1/2",
    "1/0x2",
    "x1",
    "0b1",
    "0o7",
    "\u0661",
    "\uff11",
    "\u00b2",
    "1\u0660",
    "1/\u0661",
    "\u22121",
    "1,2",
    "0x1_0",
    "0x1.8p3",
    "1 / 2",
]

ZERO_DENOMINATORS = ["1/0", "0/0", "-1/0", "1/00", "0x1/0x0", "-0x0/0x0"]

DECIMALS = [
    # text, decimal, float64, float32
    ("0.1", "1/10", "3602879701896397/36028797018963968", "13421773/134217728"),
    ("-0.1", "-1/10", "-3602879701896397/36028797018963968", "-13421773/134217728"),
    ("0.5", "1/2", "1/2", "1/2"),
    ("0.0", "0", "0", "0"),
    ("-0.0", "0", "0", "0"),
    ("12.25", "49/4", "49/4", "49/4"),
    ("1.0", "1", "1", "1"),
    ("3.0", "3", "3", "3"),
    ("9007199254740993.0", "9007199254740993", "9007199254740992", "9007199254740992"),
    ("9007199254740995.0", "9007199254740995", "9007199254740996", "9007199254740992"),
    ("16777217.0", "16777217", "16777217", "16777216"),
    ("16777219.0", "16777219", "16777219", "16777220"),
    ("16777216.99", "1677721699/100", f"{round(Fraction('16777216.99') * 2**28)}/{2**28}", "16777216"),
    ("1/3", "1/3", "1/3", "1/3"),
    ("-0x1/0x4", "-1/4", "-1/4", "-1/4"),
    ("7", "7", "7", "7"),
]


def _small(exponent):
    """2**-exponent as a decimal."""
    return f"0.{str(5**exponent).zfill(exponent)}"


BINARY = [
    # numbers, text, value: the largest and smallest of each format, and halves of the smallest
    ("float64", f"{2**1024 - 2**971}.0", Fraction(2**1024 - 2**971)),
    ("float64", f"{2**1024 - 2**970 - 1}.5", Fraction(2**1024 - 2**971)),
    ("float64", _small(1074), Fraction(1, 2**1074)),
    ("float64", _small(1075), Fraction(0)),
    ("float64", _small(1075) + "1", Fraction(1, 2**1074)),
    ("float64", _small(1022), Fraction(1, 2**1022)),
    ("float64", "0." + str(3 * 5**1075).zfill(1075), Fraction(1, 2**1073)),
    ("float32", _small(149), Fraction(1, 2**149)),
    ("float32", _small(150), Fraction(0)),
    ("float32", "0." + str(3 * 5**150).zfill(150), Fraction(1, 2**148)),
    ("float32", f"{2**128 - 2**104}.0", Fraction(2**128 - 2**104)),
    ("float32", f"{2**128 - 2**103 - 1}.9", Fraction(2**128 - 2**104)),
]

TOO_LARGE = [
    ("float64", f"{2**1024 - 2**970}.0", "a number near 2^1023 is too large for a 53-bit floating-point number"),
    ("float64", f"-{2**1024}.0", "a number near 2^1024 is too large for a 53-bit floating-point number"),
    ("float32", f"{2**128 - 2**103}.0", "a number near 2^127 is too large for a 24-bit floating-point number"),
    ("float32", f"{2**128}.0", "a number near 2^128 is too large for a 24-bit floating-point number"),
    ("float32", f"{2**129 - 1}.0", "a number near 2^128 is too large for a 24-bit floating-point number"),
]

SPELLINGS = [
    (Fraction(0), "0"),
    (Fraction(-7), "-7"),
    (Fraction(-6, 8), "-3/4"),
    (Fraction(2**2048 - 1), str(2**2048 - 1)),
    (Fraction(1, 2**2047), f"1/{2**2047}"),
    (Fraction(2**2048), "0x1" + "0" * 512),
    (Fraction(1 - 2**2049), "-0x1" + "f" * 512),
    (Fraction(-1, 2**2048), "-0x1/0x1" + "0" * 512),
    (Fraction(2**2048, 3), "0x1" + "0" * 512 + "/0x3"),
]

ABOUT = [
    ("0", "0.00000e+0"),
    ("1/3", "3.33333e-1"),
    ("-2/3", "-6.66667e-1"),
    ("1", "1.00000e+0"),
    ("12345549/10000000", "1.23455e+0"),
    ("123456789", "1.23457e+8"),
    (f"{10**60}/7", "1.42857e+59"),
    (f"-2/{3 * 10**60}", "-6.66667e-61"),
    (f"{2 * 10**70}/{7 * 10**59 + 1}", "2.85714e+10"),
    (f"{2**129}/3", "2.26855e+38"),
    (f"5/{2**129}", "7.34684e-39"),
]


def run_numbers(rational):
    """Puts the module of numbers through every case."""
    for text, (p, q) in RATIONALS:
        for found in (rational.parse_rational(text), rational.parse_dataset_number(text, "float64")):
            assert type(found) is Fraction and (found.numerator, found.denominator) == (p, q), text[:60]
    for text in NOT_RATIONAL:
        refused(
            rational.NumberError,
            f"{ascii(text)} is not an exact number (like 7, -3/4 or 0x1f)",
            rational.parse_rational,
            text,
        )
    for text in ZERO_DENOMINATORS:
        refused(rational.NumberError, f"{ascii(text)} has a zero denominator", rational.parse_rational, text)
    for text, *values in DECIMALS:
        for numbers, value in zip(("decimal", "float64", "float32"), values, strict=True):
            assert rational.parse_dataset_number(text, numbers) == Fraction(value), (text, numbers)
    for text in (
        "5.",
        ".5",
        "-.5",
        "1.5e3",
        "+1.5",
        "1_0.5",
        "1.5/2",
        "0x1.8",
        "1.\u0661",
        "\u0661.1",
        "1.5 ",
        "nan",
        "",
        "1.2.3",
        "- 1.5",
    ):
        message = f"{ascii(text)} is not an exact number (like 7, -3/4 or 0x1f)"
        refused(rational.NumberError, message, rational.parse_dataset_number, text, "decimal")
    for numbers, text, value in BINARY:
        assert rational.parse_dataset_number(text, numbers) == value, (numbers, text[:40])
        assert rational.parse_dataset_number("-" + text, numbers) == -value, (numbers, text[:40])
    for numbers, text, message in TOO_LARGE:
        refused(rational.NumberError, message, rational.parse_dataset_number, text, numbers)
    for q, text in SPELLINGS:
        assert rational.format_rational(q) == text and rational.parse_rational(text) == q, text[:60]
    for q, text in ABOUT:
        assert rational.about(Fraction(q)) == text, q
    _digits(rational)


def _digits(rational):
    """Decimal integers have at most 100,000 digits, hexadecimal ones as many as they like."""
    ones = (10**100_000 - 1) // 9
    assert rational.parse_rational("1" * 100_000) == ones
    assert rational.parse_rational("0/" + "1" * 100_000) == 0
    assert rational.parse_dataset_number("0." + "1" * 99_999, "decimal") * 10**99_999 == ones // 10
    assert rational.parse_rational("0x" + "1" * 100_001) == (16**100_001 - 1) // 15
    shown = "'" + "1" * 60 + "...' (100001 characters) has more than 100000 digits (write it in hexadecimal)"
    for text in ("1" * 100_001, "-" + "1" * 100_001, "1/" + "1" * 100_001):
        refused(rational.NumberError, shown, rational.parse_rational, text)
    refused(rational.NumberError, shown, rational.parse_dataset_number, "1." + "1" * 100_000, "decimal")
    shown = "'0." + "1" * 58 + "...' (100003 characters) has more than 100000 digits"
    refused(rational.NumberError, shown, rational.parse_dataset_number, "0." + "1" * 100_001, "decimal")
