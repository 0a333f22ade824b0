"""Solving, zero tests and evaluation stay in the exact numbers."""

from fractions import Fraction

import pytest
from sympy import Float, Max, Product, Rational, Sum

from symbolic.exact import DerivationError, exact_function, is_zero, require_zero, solve_linear
from symbolic.symbols import S, b, i, j, s, sign, t, x


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        (x[i, j] / 2 + Rational(1, 3), {"i": 0, "j": 1, "x": {(0, 1): Fraction(1)}}, Fraction(5, 6)),
        (1 / sign(i) + sign(-i), {"i": 3}, Fraction(-2)),
        (t**-2, {"t": Fraction(3)}, Fraction(1, 9)),
        (Product(b[s] / 2, (s, 0, i - 1)), {"i": 2, "b": [Fraction(3), Fraction(5)]}, Fraction(15, 4)),
        (Product(b[s], (s, 0, i - 1)), {"i": 0, "b": []}, 1),
        (Sum(b[s] / 3, (s, 0, i - 1)), {"i": 2, "b": [Fraction(3), Fraction(5)]}, Fraction(8, 3)),
        (Sum(b[s], (s, 0, i - 1)), {"i": 0, "b": []}, 0),
        (x[i, j - 1] - x[i - 1, j], {"i": 0, "j": 0, "x": {(0, -1): 7, (-1, 0): 2}}, 5),
    ],
)
def test_exact_function(expression, values, expected):
    value = exact_function(expression)(**values)
    assert value == expected and type(value) in (int, Fraction)


def test_an_inexact_number_has_no_exact_function():
    with pytest.raises(DerivationError, match="inexact number 0.1"):
        exact_function(t * Float("0.1"))


@pytest.mark.parametrize(
    ("expression", "zero"),
    [
        ((t**2 - 1) / (t - 1) - t - 1, True),
        (sign(i + 1) + sign(i), True),
        (sign(i + 1) - sign(i), False),
        (1 / sign(i) - sign(i), True),
        ((1 + sign(i)) * (1 - sign(i)), True),
        (sign(i) * sign(j) - sign(i + j), True),
        (sign(i) - 1, False),
        (sign(i) - sign(j), False),
        (Sum(b[s], (s, 0, i)) / 2 - Sum(b[s], (s, 0, i)) * Rational(1, 2), True),
        (Sum(b[s], (s, 0, i)) - Sum(b[s], (s, 0, j)), False),
        (t - t * Rational(10**30, 10**30 + 1), False),
        (1 / t - 1 / (t + 1), False),
    ],
)
def test_is_zero(expression, zero):
    assert is_zero(expression) is zero
    if not zero:
        with pytest.raises(DerivationError, match="a step: .* is not 0"):
            require_zero(expression, "a step")


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (t - Max(t, 0), "not a rational function"),
        (2**t - 2**t * t, "not a rational function"),
        (t * Float("0.1"), "not a rational function"),
        (t / ((t + 1) ** 2 - t**2 - 2 * t - 1), "divides by 0"),
        (t / ((1 + sign(i)) * (1 - sign(i))), "divides by 0"),
    ],
)
def test_outside_the_field_nothing_is_zero(expression, reason):
    with pytest.raises(DerivationError, match=reason):
        is_zero(expression)


def test_solve_linear():
    assert is_zero(solve_linear(3 * S[i, j] - t, S[i, j]) - t / 3)


@pytest.mark.parametrize("expression", [t**2 - 1, 1 / t - t, t - t + 1, b[i]])
def test_what_is_not_linear_is_refused(expression):
    with pytest.raises(DerivationError, match="is not linear in t"):
        solve_linear(expression, t)
