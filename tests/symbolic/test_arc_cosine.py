"""The arc-cosine formula: every step holds, a changed one does not, and golden values, a whole spectrum included."""

import math
from dataclasses import replace

import pytest
from sympy import Matrix, Poly, Rational, eye, symbols

from symbolic import arc_cosine
from symbolic.arc_cosine import entry, steps
from symbolic.equality import Equality
from symbolic.exact import DerivationError
from tests.commands import run

STEPS = steps()
HALF, X = Rational(1, 2), symbols("x")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_holds_and_its_mutants_do_not(step):
    step.check()
    for wrong in (step.right * Rational(9, 10), step.right + 1, -step.right):
        if wrong != step.right:
            with pytest.raises(DerivationError, match=step.name):
                replace(step, right=wrong).check()


def test_a_formula_of_the_wrong_wedge_is_refused():
    """arccos in place of pi - arccos: the probability that the signs differ, with an error at every angle but one."""
    last = next(step for step in STEPS if step.name == "wedge.probability")
    with pytest.raises(DerivationError):
        replace(last, right=arc_cosine.theta / (2 * arc_cosine.pi)).check()


@pytest.mark.parametrize("k", range(1, 12))
def test_the_wedge_is_where_both_cosines_are_positive(k):
    """At angles between the multiples of pi/24, of which theta is one and at which no cosine is 0."""
    theta = k * math.pi / 12
    for q in range(-24, 24):
        phi = (q + 0.5) * math.pi / 24
        both = math.cos(phi) > 0 and math.cos(phi - theta) > 0
        assert both == (theta - math.pi / 2 < phi < math.pi / 2)


@pytest.mark.parametrize(
    ("rho", "value"), [(HALF, Rational(1, 6)), (-HALF, Rational(-1, 12)), (-1, 0), (0, 0), (1, HALF)]
)
def test_golden_entries(rho, value):
    assert entry(Rational(rho)) == value


def gram(cosines):
    return Matrix(cosines).applyfunc(entry)


def test_the_whole_spectrum_of_the_regular_hexagon():
    around = [Rational(1), HALF, -HALF, Rational(-1), -HALF, HALF]
    h = gram([[around[(j - i) % 6] for j in range(6)] for i in range(6)])
    expected = (X - Rational(2, 3)) * (X - Rational(3, 4)) ** 2 * (X - Rational(5, 12)) ** 2 * X
    assert Poly((X * eye(6) - h).det(method="berkowitz"), X) == Poly(expected, X)
    assert h.eigenvals() == {Rational(2, 3): 1, Rational(3, 4): 2, Rational(5, 12): 2, 0: 1}


def test_pairs():
    assert gram([[1, HALF], [HALF, 1]]).eigenvals() == {Rational(1, 3): 1, Rational(2, 3): 1}
    assert gram([[1, -1], [-1, 1]]).eigenvals() == {HALF: 2}, "parallel, and yet positive"


def test_the_command():
    done = run("symbolic", "derive", "arc-cosine")
    assert done.returncode == 0 and done.stdout.splitlines()[0] == f"DERIVED {len(STEPS)} steps"
    assert "    Subs((pi - theta)*cos(theta)/(2*pi), theta, acos(rho)) = rho*(pi - acos(rho))/(2*pi)" in done.stdout
    done = run("symbolic", "derive", "arc-cosine", "--latex")
    assert done.returncode == 0 and "\\paragraph{wedge.probability}" in done.stdout


def test_a_false_step_stops_the_command(monkeypatch, capsys):
    from symbolic.__main__ import main

    false = Equality("wedge.false", "", HALF, HALF + 1)
    monkeypatch.setattr(arc_cosine, "steps", lambda: (*STEPS, false))
    assert main(["derive", "arc-cosine"]) == 1
    assert capsys.readouterr().out == "FAILED wedge.false\n-1 is not 0\n"
