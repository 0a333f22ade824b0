"""The 1/N^2 bound of the ReLU interpolant: every step holds, and a changed one does not."""

from dataclasses import replace

import pytest
from sympy import Rational, pi

from symbolic.exact import DerivationError
from symbolic.interpolation_error import N, steps
from tests.commands import run

STEPS = steps()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_holds_and_its_mutants_do_not(step):
    step.check()
    for wrong in {-step.right, step.right * Rational(9, 10), step.right + 1} - {step.right}:
        with pytest.raises(DerivationError, match=step.name):
            replace(step, right=wrong).check()


def test_the_lower_bound_is_above_0_436_and_below_the_error_of_an_interpolant():
    bound = {step.name: step.right for step in STEPS}["pieces.bound"]
    assert Rational("0.436") < bound.subs(N, 0) < Rational("0.4362")
    assert bound.subs(N, 4) < Rational("0.21051366235301868433") < (pi**2 / 32)


def test_the_command():
    done = run("symbolic", "derive", "interpolation-error")
    assert done.returncode == 0 and done.stdout.splitlines()[0] == f"DERIVED {len(STEPS)} steps"
    done = run("symbolic", "derive", "interpolation-error", "--latex")
    assert done.returncode == 0 and "\\paragraph{kernel.area}" in done.stdout
