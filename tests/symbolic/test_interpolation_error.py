"""The 1/N^2 bound of the ReLU interpolant: every step holds, and a changed one does not."""

from dataclasses import replace

import pytest
from sympy import Rational

from symbolic.exact import DerivationError
from symbolic.interpolation_error import steps
from tests.commands import run

STEPS = steps()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_holds_and_its_mutants_do_not(step):
    step.check()
    for wrong in (-step.right, step.right * Rational(9, 10), step.right + 1):
        with pytest.raises(DerivationError, match=step.name):
            replace(step, right=wrong).check()


def test_the_command():
    done = run("symbolic", "derive", "interpolation-error")
    assert done.returncode == 0 and done.stdout.splitlines()[0] == f"DERIVED {len(STEPS)} steps"
    done = run("symbolic", "derive", "interpolation-error", "--latex")
    assert done.returncode == 0 and "\\paragraph{kernel.area}" in done.stdout
