"""The certificate of gradient flow at all times: decided, not decided, and the parts of its argument against a naive
evaluation; a matrix that is bounded wrongly, or radii that are too small, would be seen.
"""

from fractions import Fraction

import pytest
from flint import ctx

from checker.balls.gram import BITS, cosines
from examples.gradient_descent import all_time as examined
from examples.gradient_descent.__main__ import flows
from examples.gradient_descent.all_time import all_time, below, initial
from examples.gradient_descent.trajectory import problem
from tests.commands import ROOT

numpy = pytest.importorskip("numpy")
GIVEN = problem(10, 100, Fraction(1, 4), spread=350)


@pytest.mark.parametrize(("width", "verdict"), [(500, "UNKNOWN"), (10_000, "CERTIFIED")])
def test_verdicts(width, verdict):
    found = all_time(GIVEN, width, 0)
    assert found.verdict == verdict and 0 < found.squared_error < 40
    assert Fraction("0.378966") < 2 * found.kappa < Fraction("0.378967")


@pytest.mark.parametrize("seed", range(3))
def test_where_descent_breaks_the_bound_nothing_is_certified(seed):
    assert all_time(problem(10, 5, Fraction(1, 4)), 5, seed).verdict == "UNKNOWN"


def test_the_initial_weights_are_the_same_everywhere():
    made = list(initial(3, 4, 0))
    assert made == [(sign, row) for sign, row in list(initial(5, 4, 0))[:3]]
    assert made[0] == (1, [1, -1, -4, 1])
    rows = numpy.array([row for _, row in initial(2000, 20, 1)]) / examined.UNIT
    assert abs(rows.mean()) < 0.02 and abs(rows.var() - 1) < 0.03


def start(width, seed):
    """Weights, signs, inputs, targets, cosines in floating point."""
    made = list(initial(width, len(GIVEN.inputs[0]), seed))
    w, a = numpy.array([row for _, row in made]) / examined.UNIT, numpy.array([sign for sign, _ in made])
    x = numpy.array([[float(q) for q in row] for row in GIVEN.inputs])
    return w, a, x, numpy.array([float(q) for q in GIVEN.targets]), x @ x.T


def settled(z, a, y, rho, kappa):
    """Certainly on, certainly off: by the definitions."""
    root = len(a) ** 0.5
    error = numpy.linalg.norm(numpy.maximum(z, 0).T @ a / root - y)
    square = (rho**2).sum(axis=1)
    unit = error / (root * kappa)
    return z > numpy.sqrt(square) * unit, z < -numpy.sqrt(square - 1) * unit


def test_the_counts_are_those_of_the_definitions():
    w, a, x, y, rho = start(2000, 0)
    found = all_time(GIVEN, 2000, 0)
    on, off = settled(w @ x.T, a, y, rho, float(found.kappa))
    assert found.unsettled == tuple((~on & ~off).sum(axis=0))


def test_no_settled_sign_changes_and_the_bound_holds_along_the_flow():
    """Many small steps of descent in floating point, up to t = 10."""
    width, eta = 10_000, 0.1
    kappa = float(all_time(GIVEN, width, 0).kappa)
    w, a, x, y, rho = start(width, 0)
    first = z = w @ x.T
    on, off = settled(z, a, y, rho, kappa)
    errors = []
    for k in range(100):
        active = z > 0
        e = (z * active).T @ a / width**0.5 - y
        errors.append(e @ e)
        assert errors[-1] <= numpy.exp(-2 * kappa * eta * k) * errors[0] * (1 + 1e-9)
        z = z - eta / width**0.5 * ((active * e) * a[:, None]) @ rho
        assert (z[on] > 0).all() and (z[off] < 0).all()
    assert ((z > 0) != (first > 0)).any(), "unsettled signs do change"


def bounded_below(matrix, rho, on, off, width, seed):
    """Whether H - matrix has no negative eigenvalue, for activities in [0, 1] that the settled units allow."""
    rng = numpy.random.default_rng(seed)
    p = numpy.array([[float(q.mid()) for q in row] for row in matrix])
    for kind in range(4):
        free = rng.random(on.shape) if kind == 0 else (rng.random((on.shape[0], 1 if kind == 1 else on.shape[1])) < 0.5)
        s = numpy.where(on, 1.0, numpy.where(off, 0.0, free * (kind != 3)))
        if numpy.linalg.eigvalsh(rho * (s.T @ s) / width - p)[0] < -1e-12:
            return False
    return True


def sets(flags):
    return [int("".join("01"[int(f)] for f in column), 2) for column in flags.T]


@pytest.mark.parametrize("seed", range(8))
def test_the_matrix_is_below_every_gram_matrix_that_the_settled_units_allow(seed):
    given, width = problem(5, 6, Fraction(1, 4), seed), 60
    exact = cosines(given.inputs)
    rho = numpy.array([[float(q) for q in row] for row in exact])
    z = numpy.random.default_rng(seed).standard_normal((width, 5))
    on, off = z > 0.5, z < -0.3
    with ctx.workprec(BITS):
        assert bounded_below(below(exact, sets(on), sets(~off), width), rho, on, off, width, seed)
        wrong = below(exact, sets(~off), sets(~off), width)
        assert not bounded_below(wrong, rho, on, off, width, seed), "as if all were on that may be"
        wrong = below(exact, sets(z > 0), sets(z > 0), width)
        assert not bounded_below(wrong, rho, on, off, width, seed), "as if nothing moved"


def test_a_unit_is_settled_only_strictly_beyond_the_threshold():
    assert examined._units([5, 6, -5, -6, 0], 5) == 0b01000
    assert examined._units([5, 6, -5, -6, 0], -5 - 1) == 0b11101


def test_signs_are_promised_only_with_the_bound(capsys):
    """What is not settled is all that may change sign if the bound holds; when that is UNKNOWN, anything may."""
    flows()
    for line in capsys.readouterr().out.splitlines()[1:]:
        assert ("may change sign" in line) == ("CERTIFIED" in line)


def test_what_the_readme_prints(capsys):
    flows()
    readme = (ROOT / "examples" / "gradient_descent" / "README.md").read_text()
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 4 and all(f"    {line}\n" in readme for line in said)
