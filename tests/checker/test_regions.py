"""Regions: known counts, degenerate networks, second ways to count, certificates, pictures, refusals."""

import json
import math
import random
from fractions import Fraction

import pytest

from checker.errors import InputError
from checker.formats import read_network
from checker.formats.native import network_text
from checker.network import Layer, Network
from checker.regions.certificate import certificate, counted, verified
from checker.regions.count import TooManyCellsError, regions
from checker.regions.drawing import svg
from tests.commands import refused, run
from tests.regions import affine, naive_folds, network, random_network, signs, swept

UNIT = Fraction(0), Fraction(1)
BOX = Fraction(-1), Fraction(3, 2)
CAP = 100_000


def counts(net, box=None):
    """(linear regions, activation regions)."""
    found = regions(net, box, CAP)
    return found.linear_regions, found.activation_regions


def ramps(*terms):
    """The sum of the c relu(w.x + b), terms being (c, w, b)."""
    return network(([w for _, w, _ in terms], [b for _, _, b in terms]), ([[c for c, _, _ in terms]], [0]))


ZERO_TWICE = network(
    ([[1, 1], [-1, -1], [1, 0], [-1, 0]], [0, 0, 0, 0]),
    ([[-1, 0, 1, -1], [0, -1, -1, 1]], [0, 0]),
    ([[1, 1]], [0]),
)
"""min(x, -y) where both are positive, min(-x, y) where these are, and 0 on two quadrants that meet in a point alone."""

KNOWN = {
    "affine": (network(([[2, 3]], [1])), 1, 1),
    "identity by two": (ramps((1, [1], 0), (-1, [-1], 0)), 1, 2),
    "absolute value": (ramps((1, [1], 0), (1, [-1], 0)), 2, 2),
    "tooth: 0 on both sides": (ramps((1, [1], 0), (-2, [1], -1), (1, [1], -2)), 4, 4),
    "coincident breakpoints": (ramps((1, [1], -1), (1, [2], -2), (1, [3], -3)), 2, 2),
    "coincident, cancelling": (ramps((2, [1], -1), (-1, [2], -2)), 1, 2),
    "zero weights": (ramps((1, [0], 0), (1, [0], 1), (1, [0], -1), (1, [1], 0)), 2, 2),
    "no weight behind": (ramps((0, [1], 0), (1, [1], -1)), 2, 3),
    "parallel lines": (ramps((1, [1, 2], 0), (1, [1, 2], 1), (1, [2, 4], 5)), 4, 4),
    "one line twice": (ramps((1, [1, 2], 1), (1, [-2, -4], -2)), 2, 2),
    "three lines in a point": (ramps((1, [1, 0], 0), (1, [0, 1], 0), (1, [1, 1], 0)), 6, 6),
    "grid": (ramps(*((1, [1, 0], -k) for k in range(3)), *((1, [0, 1], -k) for k in range(4))), 20, 20),
    "zero meets zero in a point": (ZERO_TWICE, 6, 6),
    "two outputs": (network(([[1, 0], [0, 1]], [0, 0]), ([[1, 0], [0, 1]], [0, 0])), 4, 4),
    "the first of them": (network(([[1, 0], [0, 1]], [0, 0]), ([[1, 0]], [0])), 2, 4),
    "identically 0 on a half": (network(([[1]], [0]), ([[1], [-1]], [0, 0]), ([[1, 1]], [0])), 2, 2),
    "deep and dead": (network(([[1, 1]], [0]), ([[-1]], [-1]), ([[1]], [0]), ([[1]], [3])), 1, 2),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_counts(name):
    net, linear, activation = KNOWN[name]
    assert counts(net) == (linear, activation)
    assert counts(net, (Fraction(-10), Fraction(10))) == (linear, activation)


@pytest.mark.parametrize(
    ("widths", "activation", "linear"), [((1, 3, 3, 3), 36, 32), ((2, 4, 4, 4), 176, 163), ((2, 8, 8, 8), 9472, 9225)]
)
def test_naive_folds_meet_the_bound_in_activation_regions_alone(widths, activation, linear):
    assert counts(naive_folds(*widths), UNIT) == (linear, activation)


@pytest.mark.parametrize("n", [1, 2, 3, 7])
@pytest.mark.parametrize("inputs", [1, 2])
def test_one_layer_in_general_position(inputs, n):
    lines = [(1, [k**i for i in range(inputs)], k**inputs) for k in range(1, n + 1)]
    expected = sum(math.comb(n, j) for j in range(inputs + 1))
    assert counts(ramps(*lines)) == (expected, expected)


@pytest.mark.parametrize("seed", range(40))
def test_a_second_sweep_of_the_line(seed):
    source = random.Random(seed)
    hidden = [source.randint(1, 4) for _ in range(source.randint(1, 3))]
    net = random_network(source, 1, *hidden, source.randint(1, 2))
    assert counts(net) == swept(net)
    assert counts(net, BOX) == swept(net, *BOX)
    assert counts(net)[0] <= math.prod(n + 1 for n in hidden)


@pytest.mark.parametrize("seed", range(20))
def test_every_sample_lies_in_a_counted_region(seed):
    source = random.Random(seed)
    net = random_network(source, 2, source.randint(1, 4), source.randint(1, 4), 1)
    found = regions(net, BOX, CAP)
    points = [tuple(Fraction(source.randint(-10007, 15013), 10007) for _ in range(2)) for _ in range(150)]
    seen = {signs(net, x) for x in points if all(z for zs in net.preactivations(x) for z in zs)}
    bits = {int("".join(str(int(on)) for layer in pattern for on in layer), 2) for pattern in seen}
    assert bits <= {piece.pattern for piece in found.pieces}
    assert len({affine(net, pattern) for pattern in seen}) <= found.linear_regions


@pytest.mark.parametrize("seed", range(20))
def test_the_pieces_tile_the_box(seed):
    source = random.Random(seed)
    net = random_network(source, 2, source.randint(1, 4), source.randint(1, 4), 1)
    area = sum(doubled_area(piece.cell) for piece in regions(net, BOX, CAP).pieces)
    assert area == 2 * (BOX[1] - BOX[0]) ** 2
    assert all(doubled_area(piece.cell) > 0 for piece in regions(net, BOX, CAP).pieces)


def doubled_area(cell):
    corners = [(Fraction(x, w), Fraction(y, w)) for w, x, y in cell]
    return sum(a * d - b * c for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True))


def test_scaling_and_order_of_neurons_change_nothing():
    source = random.Random(5)
    net = random_network(source, 2, 4, 3, 1)
    (first, *others), k = net.layers, Fraction(7, 3)
    weights = tuple(tuple(k * q for q in row) for row in reversed(first.weights))
    scaled = network(
        (weights, [k * q for q in reversed(first.bias)]),
        ([[q / k for q in reversed(row)] for row in others[0].weights], others[0].bias),
        (others[1].weights, others[1].bias),
    )
    assert counts(scaled) == counts(net) != (1, 1)


def test_a_hidden_layer_without_relu_cuts_nothing():
    shear = Layer(((Fraction(1), Fraction(1)), (Fraction(0), Fraction(1, 3))), (Fraction(5), Fraction(-1)), "identity")
    assert counts(Network((shear, *KNOWN["grid"][0].layers))) == (20, 20)
    assert counts(Network((shear, shear))) == (1, 1)


def test_numbers_of_any_length():
    """Decimal text of so many digits would not be written."""
    far = Fraction(2**20000 + 1, 2**14000)
    net = ramps((1, [1, 0], -far), (far, [1, 1], 1 / far))
    found = regions(net, None, CAP)
    assert (found.linear_regions, found.activation_regions) == (4, 4)
    assert svg(net, found, None).count("<polygon") == 4


def test_the_cap_is_no_count():
    lines = ramps(*((1, [1], -k) for k in range(4)))
    assert regions(lines, None, 5).linear_regions == 5
    with pytest.raises(TooManyCellsError, match="more than 4 cells"):
        regions(lines, None, 4)


# Certificates.


@pytest.fixture
def made(tmp_path):
    """The path of a network file, and the certificate of its regions."""
    path = tmp_path / "network.json"
    path.write_text(network_text(ZERO_TWICE))
    source = read_network(str(path))
    return str(path), certificate(source, BOX, counted(source, BOX, CAP))


def verify(tmp_path, statement, path):
    file = tmp_path / "certificate.json"
    file.write_text(json.dumps(statement))
    return verified(str(file), path, CAP)


def test_a_certificate_is_recomputed(tmp_path, made):
    path, statement = made
    assert verify(tmp_path, statement, path) == statement


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("linearRegions", 5, "predicate.linearRegions: recomputed '6', the certificate says '5'"),
        ("linearRegions", 7, "predicate.linearRegions"),
        ("linearRegions", "6", "predicate.linearRegions"),
        ("activationRegions", 7, "predicate.activationRegions: recomputed '6'"),
        ("activationRegions", 6.0, "predicate.activationRegions"),
        ("box", ["-1"], "predicate.box: expected LO,HI"),
        ("box", ["3/2", "-1"], "predicate.box: LO is not less than HI"),
        ("box", ["-1", 2], "predicate.box: expected null or two texts"),
        ("box", ["-1", "6/4"], "predicate.box[1]"),
        ("box", ["0", "3/2"], "predicate.linearRegions"),
        ("network", {}, "predicate.network"),
        ("checker", "0", "predicate.checker"),
        ("more", 1, "unknown key 'more'"),
    ],
)
def test_a_changed_certificate_is_refused(tmp_path, made, key, value, reason):
    path, statement = made
    statement["predicate"][key] = value
    with pytest.raises(InputError) as error:
        verify(tmp_path, statement, path)
    assert reason in str(error.value)


def test_another_box_is_another_claim_decided_anew(tmp_path, made):
    path, statement = made
    statement["predicate"]["box"] = None
    assert verify(tmp_path, statement, path) == statement
    statement["predicate"]["box"] = ["1", "2"]
    with pytest.raises(InputError, match="recomputed '1', the certificate says '6'"):
        verify(tmp_path, statement, path)


def test_a_certificate_of_another_network_is_refused(tmp_path, made):
    path, statement = made
    with open(path, "a") as file:
        file.write("\n")
    with pytest.raises(InputError, match="subject.0..digest.sha256"):
        verify(tmp_path, statement, path)


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        ([], "expected one subject"),
        (None, "expected one subject"),
        ([{"name": "../n.json"}], "subject[0]: the key 'digest' is missing"),
        ([{"name": "../n.json", "digest": {"sha256": None}}], "subject[0].name: not a plain file name"),
    ],
)
def test_a_malformed_subject_is_refused(tmp_path, made, subject, reason):
    path, statement = made
    if subject and "digest" in subject[0]:
        subject = [{"name": "../n.json", "digest": statement["subject"][0]["digest"]}]
    with pytest.raises(InputError) as error:
        verify(tmp_path, statement | {"subject": subject}, path)
    assert reason in str(error.value)


# The command.


@pytest.fixture
def saved(tmp_path):
    def save(net, name="network.json"):
        (tmp_path / name).write_text(network_text(net))
        return tmp_path / name

    return save


def test_the_command_its_certificate_and_its_picture(tmp_path, saved):
    net, made, picture = saved(ZERO_TWICE), tmp_path / "c.json", tmp_path / "p.svg"
    process = run("checker", "regions", net, "--box", "-1,1.5", "-o", made, "--svg", picture, "--json")
    said = json.loads(process.stdout)
    assert (process.returncode, said["linear_regions"], said["activation_regions"]) == (0, 6, 6)
    assert said["box"] == ["-1", "3/2"]
    assert picture.read_text().count("<polygon") == 6 and "6 linear regions" in picture.read_text()
    process = run("checker", "verify", made, net)
    assert process.returncode == 0
    assert process.stdout.startswith("CERTIFIED 6 linear regions, 6 activation regions, in [-1, 3/2]^2\n")
    made.write_text(made.read_text().replace('"linearRegions": 6', '"linearRegions": 7'))
    refused(run("checker", "verify", made, net), "predicate.linearRegions", "recomputed '6'")
    refused(run("checker", "verify", made, net, net), "is of one file")


def test_a_picture_of_the_plane_shows_all_regions(tmp_path, saved):
    process = run("checker", "regions", saved(KNOWN["grid"][0]), "--svg", tmp_path / "p.svg")
    assert process.stdout.startswith("CERTIFIED 20 linear regions, 20 activation regions, in the whole plane\n")
    assert (tmp_path / "p.svg").read_text().count("<polygon") == 20


def test_what_is_undecided(saved):
    process = run("checker", "regions", saved(KNOWN["grid"][0]), "--cap", "10")
    assert (process.returncode, process.stdout) == (3, "UNKNOWN more than 10 cells (--cap)\n")


@pytest.mark.parametrize(
    ("net", "options", "reason"),
    [
        (ramps((1, [1, 2, 3], 0)), (), "3 inputs"),
        (ramps((1, [1], 0)), ("--svg", "p.svg"), "two inputs"),
        (ramps((1, [1, 1], 0)), ("--svg", "p", "-o", "p"), "is the file of -o"),
        (ramps((1, [1], 0)), ("--box", "1,1"), "LO is not less than HI"),
        (ramps((1, [1], 0)), ("--box", "1"), "expected LO,HI"),
        (ramps((1, [1], 0)), ("--box", "0,1e3"), "not an exact number"),
        (ramps((1, [1], 0)), ("--cap", "0"), "--cap"),
    ],
)
def test_refusals(saved, net, options, reason):
    refused(run("checker", "regions", saved(net), *options), reason)
