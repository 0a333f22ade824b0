"""The examples' own claims: enclosed gradient descent, saturation, fitted networks; against naive floating point."""

import math
import subprocess
import sys
from fractions import Fraction
from random import Random

import pytest
from flint import arb, ctx, fmpq

from checker.balls import ball
from examples import saturation
from examples.gradient_descent.__main__ import told
from examples.gradient_descent.trajectory import PRECISION, course, lambda0, problem, squared_errors
from tests.commands import ROOT

GIVEN = problem(10, 5, Fraction(1, 4))


@pytest.fixture(scope="module")
def rate():
    with ctx.workprec(PRECISION):
        return lambda0(GIVEN.inputs) * ball(GIVEN.eta) / 2


def test_a_course_is_certified_and_a_larger_rate_is_refuted(rate):
    assert course(GIVEN, 256, 30, rate, 0).verdict == "CERTIFIED"
    faster = course(GIVEN, 256, 30, 20 * rate, 0)
    assert faster.verdict == "REFUTED" and faster.errors[-1] > faster.bounds[-1]
    assert told(faster).startswith(f"REFUTED at step {len(faster.errors) - 1}: |e|^2 from ")


def test_a_course_longer_than_its_bits_is_not_certified(rate, monkeypatch):
    monkeypatch.setattr("examples.gradient_descent.trajectory.PRECISION", 60)
    assert told(course(GIVEN, 64, 200, rate, 0)).startswith("UNKNOWN behind step ")


def test_a_narrow_network_breaks_the_bound(rate):
    found = course(GIVEN, 5, 300, rate, 0)
    assert found.verdict == "REFUTED" and found.errors[-1] > found.bounds[-1]
    assert all(error <= bound for error, bound in zip(found.errors[1:-1], found.bounds[1:-1], strict=True))


def test_too_few_bits_end_in_unknown(rate, monkeypatch):
    monkeypatch.setattr("examples.gradient_descent.trajectory.PRECISION", 3)
    assert course(GIVEN, 20, 50, rate, 0).verdict == "UNKNOWN"


def test_the_enclosed_course_is_that_of_weights_in_floating_point():
    """Gradient descent on the weights themselves, by the definition."""
    width, steps, rng = 12, 8, Random(3)
    w = [[rng.gauss(0, 1) for _ in GIVEN.inputs[0]] for _ in range(width)]
    a = [rng.choice((-1, 1)) for _ in range(width)]
    xs, ys = [[float(q) for q in x] for x in GIVEN.inputs], [float(y) for y in GIVEN.targets]
    with ctx.workprec(PRECISION):
        enclosed = squared_errors(GIVEN, width, 3)
        for _ in range(steps):
            z = [[dot(v, x) for x in xs] for v in w]
            outputs = [sum(s * max(row[i], 0) for s, row in zip(a, z, strict=True)) / width**0.5 for i in range(10)]
            e = [u - y for u, y in zip(outputs, ys, strict=True)]
            assert abs(float(next(enclosed).mid()) - sum(v * v for v in e)) < 1e-9
            for r in range(width):
                for i in range(10):
                    if z[r][i] > 0:
                        scale = float(GIVEN.eta) * a[r] / width**0.5 * e[i]
                        w[r] = [q - scale * p for q, p in zip(w[r], xs[i], strict=True)]


def dot(v, x):
    return sum(p * q for p, q in zip(v, x, strict=True))


@pytest.mark.parametrize(
    ("found", "golden"),
    [
        (lambda: saturation.slope(saturation.arb(6)), "0.002466509291360047818289"),
        (lambda: saturation.where_slope(fmpq(247, 100000)), "5.998578724524728579934"),
        (lambda: saturation.beyond(6, fmpq(100)), "0.5485062355"),
        (lambda: saturation.beyond(6, fmpq(1)), "0.00000000197317529"),
        (lambda: saturation.beyond(6, fmpq(2)), "0.00002209049700"),
    ],
)
def test_golden_numbers_of_saturation(found, golden):
    with ctx.workprec(200):
        last = Fraction(1, 10 ** len(golden.partition(".")[2]))
        value = found()
        assert abs(value - ball(Fraction(golden))) <= ball(last) and value.rad() < 1e-40


def test_gradient_factors_are_those_of_a_sum():
    for name, variance in saturation.VARIANCES.items():
        scale = float(variance.p) ** 0.5
        grid = [k / 1000 for k in range(-12000, 12001)]
        total = sum(logistic_slope(scale * t) ** 2 * math.exp(-t * t / 2) for t in grid) / 1000 / math.sqrt(2 * math.pi)
        with ctx.workprec(200):
            found = saturation.gradient_factor(variance, arb(variance))
        assert abs(float(found.mid()) - float(variance.p) * total) < 1e-9 and found.rad() < 1e-20, name


def logistic_slope(z):
    s = 1 / (1 + math.exp(-z))
    return s * (1 - s)


def test_the_statements_about_saturation_are_proved():
    assert saturation.monotone() and saturation.half() and saturation.preactivation()


@pytest.mark.parametrize(
    ("name", "low", "high"), [("std 1", 0.66, 0.99), ("Xavier", 0.0448, 0.056), ("He", 0.074, 0.101)]
)
def test_factors_of_the_mean_field_are_narrow_and_in_their_ranges(name, low, high):
    variance = saturation.VARIANCES[name]
    with ctx.workprec(200):
        found = list(saturation.mean_field(variance, 5))
        assert all(low < factor < high and factor.rad() < 1e-20 for factor in found)
        second = arb(variance) * saturation.expected(lambda s: s * s, arb(variance))
        assert found[1].overlaps(saturation.gradient_factor(variance, second)) and not found[1].overlaps(found[0])


def test_wrong_variances_are_not_proved(monkeypatch):
    monkeypatch.setattr(saturation, "VARIANCES", {"std 1": fmpq(100), "Xavier": fmpq(1), "He": fmpq(1)})
    assert not saturation.preactivation()


def test_the_histograms_show_certified_beside_sampled_fractions_and_bad_paths_are_one_line(tmp_path):
    picture = tmp_path / "h.svg"
    done = example("saturation", "-o", picture)
    assert done.returncode == 0 and "NOT PROVED" not in done.stdout
    assert "P(|z| &gt; 6) = 0.5485, certified" in picture.read_text() and "sampled: 0.5" in picture.read_text()
    for name in ("approximation", "gradient_descent"):
        done = example(name, "-o", picture / "below")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "Not a directory" in done.stderr


def example(name, *arguments):
    line = [sys.executable, "-m", f"examples.{name}", *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_a_wrong_statement_is_not_proved():
    import z3

    s = z3.Real("s")
    assert not saturation.unsatisfiable([s > 0, 5 * s > (1 + s) ** 2])


def test_the_pictures_are_drawn(tmp_path):
    done = example("approximation", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "certified sup" in (tmp_path / "sigmoid.svg").read_text() and (tmp_path / "relu.svg").exists()
