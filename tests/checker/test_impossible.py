"""Impossibility: certificates that close every case, witnesses that the judge certifies, and what is refused."""

import json
import random
import time
from fractions import Fraction
from itertools import pairwise

import pytest

from checker.impossible.cones import first_layers, how_many_first_layers, two_layers
from checker.impossible.search import Search, TimeIsUp
from checker.impossible.simplex import combination
from checker.network import Network
from tests.commands import refused, run

UP_DOWN = ["0", "1", "0", "1", "0", "1", "0"]
IMPOSSIBLE = [((1,), 3), ((2,), 4), ((3,), 6), ((4,), 7), ((1, 1), 3), ((1, 2), 4), ((2, 1), 4), ((1, 3), 6)]
POSSIBLE = [((1,), 2), ((2,), 3), ((3,), 5), ((4,), 6), ((1, 1), 2), ((1, 2), 3), ((2, 1), 3), ((1, 3), 5), ((2, 2), 5)]


def widths(numbers):
    return ",".join(map(str, numbers))


@pytest.fixture
def zigzag(tmp_path):
    def written(count, header="x,y", row="{0},{1}"):
        file = tmp_path / f"zigzag{count}.csv"
        lines = [row.format(k, y) for k, y in enumerate(UP_DOWN[:count])]
        file.write_text("\n".join([header, *lines, ""]))
        return file

    return written


@pytest.mark.parametrize(("hidden", "count"), IMPOSSIBLE)
def test_a_certificate_is_written_and_replayed(hidden, count, zigzag, tmp_path):
    data, certificate = zigzag(count), tmp_path / "certificate.json"
    process = run("checker", "impossible", data, "--widths", widths(hidden), "-o", certificate)
    assert process.returncode == 0 and process.stdout.startswith("IMPOSSIBLE "), process
    process = run("checker", "verify", certificate, data, "--json")
    assert process.returncode == 0 and json.loads(process.stdout)["verdict"] == "IMPOSSIBLE", process


@pytest.mark.parametrize(("hidden", "count"), POSSIBLE)
def test_a_witness_is_certified_by_the_judge(hidden, count, zigzag, tmp_path):
    data, network = zigzag(count), tmp_path / "network.json"
    process = run("checker", "impossible", data, "--widths", widths(hidden), "--network", network, "--json")
    assert process.returncode == 1 and json.loads(process.stdout)["verdict"] == "POSSIBLE", process
    assert run("checker", "certify", network, data).returncode == 0
    assert f"widths (1, {', '.join(map(str, hidden))}, 1)" in run("checker", "inspect", network).stdout


def test_inputs_on_a_line_in_the_plane(zigzag):
    data = zigzag(3, "a,b,y", "7,{0}/2,{1}")
    assert run("checker", "impossible", data, "--widths", "1,1").returncode == 0
    assert run("checker", "impossible", data, "--widths", "2").returncode == 1


def test_inputs_on_no_line_are_not_decided(tmp_path):
    (tmp_path / "points.csv").write_text("0,0,1\n1,0,2\n0,1,3\n")
    process = run("checker", "impossible", tmp_path / "points.csv", "--widths", "1,1")
    assert process.returncode == 3 and process.stdout.startswith("UNKNOWN the inputs are not on one line")


def test_time_used_up_is_unknown(zigzag):
    process = run("checker", "impossible", zigzag(7), "--widths", "2,2", "--timeout", "1")
    assert process.returncode == 3 and process.stdout.startswith("UNKNOWN the time is used up"), process


@pytest.mark.parametrize(("text", "reason"), [("0,1\n0,2\n", "no function fits both"), ("0;1\n", "")])
def test_bad_datasets(text, reason, tmp_path):
    (tmp_path / "points.csv").write_text(text)
    refused(run("checker", "impossible", tmp_path / "points.csv", "--widths", "1"), reason)


@pytest.mark.parametrize("text", ["0", "1,1,1", "a", "-1"])
def test_bad_widths(text, zigzag):
    refused(run("checker", "impossible", zigzag(3), f"--widths={text}"))


def entry(statement, *path):
    for key in path[:-1]:
        statement = statement[key]
    return statement, path[-1]


MUTANTS = [
    (("cases", 0), [], "no functional closes"),
    (("cases", 0), [[0, 0]], "no functional closes"),
    (("cases", 0), [0], "expected a list of pairs"),
    (("cases", 0), [[0, 999999]], "expected an integer from 0 to"),
    (("cases", 0), {"split": 1, "at": "1", "parts": [[], []]}, "not inside the interval"),
    (("cases",), [], "expected a list of 3"),
    (("hiddenWidths",), [1, 3], "no functional closes"),
    (("hiddenWidths",), [2, 2], "expected a list of"),
    (("hiddenWidths",), [0], "not about"),
    (("hiddenWidths",), "1", "expected one or two widths"),
    (("functionals", 0), ["1", "0", "0", "0"], "no functional closes"),
    (("functionals", 0), ["1", "-1"], "not a functional on 4 points"),
    (("functionals", 0), ["1/2", "0", "0", "0"], "expected integers"),
    (("functionals", 0), ["2/2", "0", "0", "0"], "'2/2' is written '1'"),
    (("functionals", 0), ["00", "0", "0", "0"], "'00' is written '0'"),
    (("functionals", 0), ["0x1", "0", "0", "0"], "'0x1' is written '1'"),
    (("hiddenWidths",), [64, 64], "expected a list of"),
    (("functionals", 0), [1, 0, 0, 0], "predicate.functionals[0]"),
    (("points", "given"), 5, "predicate.points.given"),
    (("claim",), "possible", "predicate.claim"),
]


@pytest.mark.parametrize(("path", "value", "reason"), MUTANTS)
def test_mutants_of_a_certificate_die(path, value, reason, zigzag, tmp_path):
    data, certificate = zigzag(4), tmp_path / "certificate.json"
    run("checker", "impossible", data, "--widths", "1,2", "-o", certificate)
    statement = json.loads(certificate.read_text())
    place, key = entry(statement["predicate"], *path)
    place[key] = value
    certificate.write_text(json.dumps(statement))
    refused(run("checker", "verify", certificate, data), reason)


def test_a_certificate_is_of_its_own_dataset_and_needs_no_network(zigzag, tmp_path):
    certificate = tmp_path / "certificate.json"
    run("checker", "impossible", zigzag(3), "--widths", "1", "-o", certificate)
    refused(run("checker", "verify", certificate, zigzag(4)), "is not that of")
    refused(run("checker", "verify", certificate, zigzag(3), zigzag(3)), "is of one file")


def test_a_verdict_says_how_decimals_were_read(tmp_path):
    """0.3 is 3/10, and the nearest float is not: the same rows are met by one neuron, or by none."""
    data, certificate = tmp_path / "points.csv", tmp_path / "certificate.json"
    data.write_text("x,y\n0,0.3\n1,3/10\n2,0.3\n")
    assert run("checker", "impossible", data, "--widths", "1", "-q").stdout.startswith("POSSIBLE")
    found = run("checker", "impossible", data, "--widths", "1", "--numbers", "float64", "-o", certificate)
    again = run("checker", "verify", certificate, data)
    first = "IMPOSSIBLE no parameters of hidden widths 1 fit the 3 points of points.csv, decimals read as float64"
    assert found.stdout == again.stdout and found.stdout.splitlines()[0] == first
    said = json.loads(run("checker", "verify", certificate, data, "--json").stdout)
    assert said["numbers"] == "float64" and said["subject"][0]["digest"]["sha256"] in found.stdout
    fits = run("checker", "impossible", data, "--widths", "2", "--numbers", "float64", "-q")
    assert "fits " in fits.stdout and ", decimals read as float64; the judge certifies it" in fits.stdout


@pytest.mark.parametrize("count", [2, 3, 5])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_first_layers_are_counted_without_being_made(count, width):
    ts = tuple(map(Fraction, range(count)))
    cells = list(first_layers(ts, width))
    assert len(set(cells)) == len(cells) == how_many_first_layers(count, width)
    assert all(sum(cell.side == 0 for cell in layer) <= 1 for layer in cells)


def test_more_cases_than_can_be_searched_are_not_begun(zigzag):
    process = run("checker", "impossible", zigzag(7), "--widths", "64,64")
    assert process.returncode == 3 and process.stdout.startswith("UNKNOWN ") and "beyond this search" in process.stdout


def test_combination_or_functional_for_random_vectors():
    draw = random.Random(8)
    for _ in range(200):
        columns = [tuple(draw.randint(-3, 3) for _ in range(4)) for _ in range(draw.randint(1, 8))]
        target = tuple(draw.randint(-3, 3) for _ in range(4))
        found = combination(columns, target)
        if isinstance(found, tuple):
            assert all(sum(a * b for a, b in zip(found, c, strict=True)) >= 0 for c in columns)
            assert sum(a * b for a, b in zip(found, target, strict=True)) < 0
        else:
            sums = [sum(v * columns[k][j] for k, v in found.items()) for j in range(4)]
            assert tuple(sums) == target and all(v > 0 for v in found.values())


def test_random_neurons_are_in_the_cones():
    """relu(g) for random weights, with tau in the cells, is a combination of the rays of one kind."""
    draw, ts = random.Random(9), tuple(map(Fraction, (0, 1, 3, 4)))
    for cells in draw.sample(list(first_layers(ts, 2)), 12):
        cones = two_layers(ts, cells)
        for _ in range(6):
            taus = [cell.low + (cell.high - cell.low) * Fraction(draw.randint(0, 4), 4) for cell in cells]
            weights, beta = [draw.randint(-3, 3) for _ in cells], draw.randint(-4, 4)
            parts = zip(weights, cells, taus, strict=True)
            units = [(w, cell.side, tau) for w, cell, tau in parts]
            g = [beta + sum(w * (max(s * (t - tau), 0) if s else t) for w, s, tau in units) for t in ts]
            h = tuple(int(4 * max(v, Fraction(0))) for v in g)
            rays = [[r.values for k, r in enumerate(cones.rays) if mask >> k & 1] for _, mask in cones.kinds]
            assert any(isinstance(combination(of_kind, h), dict) for of_kind in rays), (cells, g)


@pytest.mark.parametrize("hidden", [(1,), (2,), (1, 1), (1, 2), (2, 1), (1, 3)])
def test_what_a_random_network_computes_is_never_impossible(hidden):
    """Points from a network of these widths: the search may find another one, or run out of time, nothing else."""
    draw = random.Random(str(hidden))
    for _ in range(12):
        ts = tuple(sorted(Fraction(t, 2) for t in draw.sample(range(-9, 10), sum(hidden) + 2)))
        sizes = (1, *hidden, 1)
        layers = [
            ([[draw.randint(-4, 4) for _ in range(n)] for _ in range(m)], [draw.randint(-9, 9) for _ in range(m)])
            for n, m in pairwise(sizes)
        ]
        ys = tuple(int(2 * computed(layers, t)) for t in ts)
        try:
            found = Search(ts, ys, hidden, time.monotonic() + 2).run()
        except TimeIsUp:
            continue
        assert isinstance(found, Network), (ts, ys, layers)
        for t, y in zip(ts, ys, strict=True):
            assert found.preactivations((t,))[-1] == (y,)


def computed(layers, t):
    h = [t]
    for depth, (weights, bias) in enumerate(layers):
        z = [sum(w * v for w, v in zip(row, h, strict=True)) + b for row, b in zip(weights, bias, strict=True)]
        h = z if depth == len(layers) - 1 else [max(v, Fraction(0)) for v in z]
    return h[0]
