"""checker lambda0: golden eigenvalues inside narrow enclosures, what is refused, what must not be believed."""

import json
import math
import random
from fractions import Fraction

import pytest

from checker.balls import ball, gram, least, library
from tests.commands import refused, run

F = Fraction
HALF = F(1, 2)
A, B, C = (F(1), F(0), F(0), F(0)), (HALF,) * 4, (-HALF, HALF, HALF, HALF)
HEXAGON = [A, B, C, *(tuple(-q for q in v) for v in (A, B, C))]


def unit_vectors(n, d, seed=0):
    """Rational unit vectors by stereographic projection."""
    rng, rows = random.Random(seed), []
    for _ in range(n):
        t = [F(rng.randint(-60, 60), 50) for _ in range(d - 1)]
        s = sum(q * q for q in t)
        rows.append((*(2 * q / (s + 1) for q in t), (s - 1) / (s + 1)))
    return rows


def written(path, rows):
    path.write_text("".join(",".join(map(str, (*row, 7))) + "\n" for row in rows))
    return path


def eigenvalue(rows):
    with library().ctx.workprec(gram.BITS):
        return gram.least_eigenvalue(gram.gram(gram.cosines(tuple(rows))))


@pytest.mark.parametrize(
    ("rho", "entry"), [(HALF, F(1, 6)), (-HALF, F(-1, 12)), (F(-1), F(0)), (F(1), HALF), (F(0), F(0))]
)
def test_golden_entries(rho, entry):
    with library().ctx.workprec(gram.BITS):
        found = gram.gram([[F(1), rho], [rho, F(1)]])[0][1]
        assert found.overlaps(ball(entry)) and found.rad() < 1e-70


@pytest.mark.parametrize(
    ("rows", "exact", "pair"),
    [
        ([A], HALF, None),
        ([A, B], F(1, 3), None),
        ([B, C, A], None, None),
        ([(F(1), F(0)), (F(-1), F(0))], HALF, (1, 2)),
        ([(F(3, 5), F(4, 5))] * 2, F(0), (1, 2)),
        (HEXAGON, F(0), (1, 4)),
    ],
)
def test_golden_eigenvalues(rows, exact, pair):
    found = eigenvalue(rows)
    assert gram.parallel(gram.cosines(tuple(rows))) == pair
    if exact is not None:
        assert found.lower <= exact <= found.upper
    assert found.upper - found.lower <= max(found.upper / 10**9, F(1, 2**80))


def test_the_spectrum_of_the_regular_hexagon():
    """{2/3, 3/4 twice, 5/12 twice, 0}: H - s I has no factors for an s above 0."""
    with library().ctx.workprec(gram.BITS):
        h = gram.gram(gram.cosines(tuple(HEXAGON)))
        trace = sum(h[i][i] for i in range(6))
        assert trace.overlaps(ball(F(2, 3) + 2 * F(3, 4) + 2 * F(5, 12)))
        square = sum(q * q for row in h for q in row)
        assert square.overlaps(ball(F(4, 9) + 2 * F(9, 16) + 2 * F(25, 144)))
        assert gram.ldl(h, F(1, 10**12)) is None
        assert gram.ldl(h, F(-1, 10**12)) is not None


@pytest.mark.parametrize(("n", "d"), [(5, 3), (20, 6), (50, 10)])
def test_enclosures_are_narrow_and_agree_with_floating_point(n, d):
    numpy = pytest.importorskip("numpy")
    rows = unit_vectors(n, d)
    found = eigenvalue(rows)
    assert found.upper - found.lower <= found.upper / 10**9
    x = numpy.array([[float(q) for q in row] for row in rows])
    rho = numpy.clip(x @ x.T, -1, 1)
    about = numpy.linalg.eigvalsh(rho * (math.pi - numpy.arccos(rho)) / (2 * math.pi))[0]
    assert abs(float(found.lower) - about) < 1e-9  # arccos near 1 costs floating point half its digits


@pytest.mark.parametrize(("sign", "low", "high"), [(1, 0, F(1, 2**90)), (-1, HALF - F(1, 10**15), HALF + F(1, 10**15))])
def test_inputs_nearer_to_parallel_than_a_ball_can_tell(sign, low, high):
    """cosines 1 - 2e-100 and -(1 - 2e-100): enclosed all the same, and told apart from parallel ones."""
    t = F(1, 10**50)
    rows = [(F(1), F(0)), (sign * (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))]
    found = eigenvalue(rows)
    assert gram.parallel(gram.cosines(tuple(rows))) is None
    assert low <= found.lower <= found.upper <= high


def test_the_direction_is_a_witness_of_the_upper_end():
    rows = unit_vectors(12, 4)
    found = eigenvalue(rows)
    with library().ctx.workprec(gram.BITS):
        quotient = gram.rayleigh(gram.gram(gram.cosines(tuple(rows))), found.direction)
        assert found.lower <= least(quotient) <= found.upper


def test_factors_give_the_matrix_back_and_a_shift_past_the_eigenvalue_has_none():
    rows = unit_vectors(8, 4)
    value = eigenvalue(rows)
    with library().ctx.workprec(gram.BITS):
        h = gram.gram(gram.cosines(tuple(rows)))
        lower, pivots = gram.ldl(h, value.lower)
        full = [[*row, ball(F(1)), *[ball(F(0))] * (7 - i)] for i, row in enumerate(lower)]
        for i in range(8):
            for j in range(8):
                entry = sum(full[i][k] * pivots[k] * full[j][k] for k in range(8))
                assert entry.overlaps(h[i][j] - (ball(value.lower) if i == j else 0))
        assert gram.ldl(h, value.upper * (1 + F(1, 10**12))) is None


def test_wide_balls_have_no_factors():
    """A pivot that may be negative for some matrix in the balls proves nothing."""
    arb = library().arb
    assert gram.ldl([[arb(1), arb(0, 1.1)], [arb(0, 1.1), arb(1)]], F(0)) is None


def test_the_command(tmp_path):
    path = written(tmp_path / "x.csv", unit_vectors(10, 4))
    done = run("checker", "lambda0", path, "--json")
    said = json.loads(done.stdout)
    lower, upper = F(said["lower"]), F(said["upper"])
    assert done.returncode == 0 and 0 < upper - lower <= upper / 10**9 and said["parallel"] is None
    for bound, code, verdict in ((lower, 0, "CERTIFIED"), (upper * (1 + F(1, 10**9)), 1, "REFUTED")):
        done = run("checker", "lambda0", path, "--bound", bound, "--json")
        assert (done.returncode, json.loads(done.stdout)["verdict"]) == (code, verdict)
    assert len(json.loads(done.stdout)["direction"]) == 10


def test_an_excess_of_a_billionth_is_refuted_with_fifty_inputs(tmp_path):
    path = written(tmp_path / "x.csv", unit_vectors(50, 10))
    said = json.loads(run("checker", "lambda0", path, "--json").stdout)
    lower, upper = F(said["lower"]), F(said["upper"])
    assert upper - lower <= upper / 10**9
    for bound, code, first in (
        (lower, 0, "CERTIFIED lambda_0 >= "),
        (lower * (1 + F(1, 10**9)), 1, "REFUTED lambda_0 >= "),
    ):
        done = run("checker", "lambda0", path, "--bound", bound, "-q")
        assert done.returncode == code and done.stdout.startswith(first)
    assert f"it is at most {said['upper']}" in done.stdout


def test_a_bound_that_is_the_eigenvalue_is_not_decided(tmp_path):
    done = run("checker", "lambda0", written(tmp_path / "x.csv", [A, B]), "--bound", "1/3")
    assert (done.returncode, done.stdout.split()[0]) == (3, "UNKNOWN")


def test_outputs_are_ignored_even_where_they_contradict_each_other(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b,y\n1,0,1\n1,0,2\n")
    done = run("checker", "lambda0", path)
    assert done.returncode == 0 and "parallel  rows 1 and 2 (exact)" in done.stdout


@pytest.mark.parametrize(
    ("text", "options", "reasons"),
    [
        ("1,0,1\n3/5,4/6,1\n", [], ["row 2", "not a unit vector: |x|^2 = 181/225"]),
        ("0,0,1\n", [], ["row 1", "|x|^2 = 0"]),
        ("0.6,0.8,1\n", ["--numbers", "float64"], ["row 1", "not a unit vector"]),
        ("1,0,1\n", ["--outputs", "2"], []),
        ("1,0,1\n", ["--outputs", "3"], ["leave no input"]),
        ("1,0,1\n", ["--bound", "1e-3"], ["is not an exact number"]),
        ("1,x,1\n", [], ["not an exact number"]),
        ("", [], ["no points"]),
    ],
)
def test_what_is_refused(tmp_path, text, options, reasons):
    path = tmp_path / "x.csv"
    path.write_text(text)
    done = run("checker", "lambda0", path, *options)
    if reasons:
        refused(done, *reasons)
    else:
        assert done.returncode == 0


def test_decimals_that_are_exact_unit_vectors_are_taken(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("0.6,0.8,1\n")
    assert run("checker", "lambda0", path).returncode == 0


def test_too_many_inputs_are_declined(tmp_path):
    done = run("checker", "lambda0", written(tmp_path / "x.csv", [(F(1), F(0))] * 501))
    assert (done.returncode, done.stdout.split()[0]) == (3, "UNKNOWN")


@pytest.fixture
def certified(tmp_path):
    """A dataset and its certificate."""
    path, certificate = written(tmp_path / "x.csv", unit_vectors(4, 3)), tmp_path / "c.json"
    assert run("checker", "lambda0", path, "--bound", "0.001", "-o", certificate).returncode == 0
    return path, certificate


def test_a_certificate_is_verified(certified):
    done = run("checker", "verify", certified[1], certified[0])
    assert (done.returncode, done.stdout.split()[0]) == (0, "CERTIFIED")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"lower": "0.', '"lower": "0.9', "predicate.lower"),
        ('"upper": "0.', '"upper": "0.9', "predicate.upper"),
        ('"bound": "1/1000"', '"bound": "0.001"', "predicate.bound"),
        ('"parallel": null', '"parallel": [1, 2]', "predicate.parallel"),
        ('"points": 4', '"points": 5', "predicate.points"),
        ('"numbers": "decimal"', '"numbers": "octal"', "predicate.numbers"),
        ('"outputs": 1', '"outputs": 0', "predicate.outputs"),
        ('"contentSha256": "', '"contentSha256": "0', "contentSha256"),
        ('"sha256": "', '"sha256": "0', "subject[0].digest.sha256"),
        ('"engine": "balls"', '"engine": "numpy"', "predicate.engine"),
    ],
)
def test_a_tampered_certificate_is_refused(certified, old, new, reason):
    path, certificate = certified
    text = certificate.read_text()
    assert old in text
    certificate.write_text(text.replace(old, new, 1))
    refused(run("checker", "verify", certificate, path), reason)


def test_a_certificate_of_another_bound_is_refuted(certified):
    path, certificate = certified
    certificate.write_text(certificate.read_text().replace('"bound": "1/1000"', '"bound": "1/2"'))
    assert run("checker", "verify", certificate, path).returncode == 1
