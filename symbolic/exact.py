"""SymPy expressions: zero tests over a declared field, unknowns solved for, exact evaluation."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from sympy import (
    Expr,
    IndexedBase,
    Pow,
    Product,
    Rational,
    Symbol,
    cancel,
    expand_power_exp,
    lambdify,
    powsimp,
    together,
)
from sympy.printing.pycode import PythonCodePrinter
from sympy.tensor.indexed import Indexed


class DerivationError(Exception):
    """A step of a derivation does not hold."""


def is_zero(expression: Expr) -> bool:
    """Whether the expression is 0 in the field of rational functions of its letters and of the signs (-1)^i."""
    return cancel(together(powsimp(expand_power_exp(expression)))) == 0


def require_zero(expression: Expr, step: str) -> None:
    """Fails: DerivationError when the expression is not 0."""
    if not is_zero(expression):
        raise DerivationError(f"{step}: {expression} is not 0")


def solve_linear(expression: Expr, unknown: Expr) -> Expr:
    """The value of the unknown at which the expression, linear in it, is 0. The value is checked by substitution."""
    slot = Symbol("unknown")
    numerator = expand_power_exp(together(expression.subs(unknown, slot)).as_numer_denom()[0])
    constant, coefficient = numerator.subs(slot, 0), numerator.diff(slot)
    if coefficient.has(slot) or is_zero(coefficient):
        raise DerivationError(f"{expression} is not linear in {unknown}")
    value = cancel(together(powsimp(-constant / coefficient)))
    require_zero(expression.subs(unknown, value), f"solving for {unknown}")
    return value


def exact_function(expression: Expr) -> Callable[..., Fraction]:
    """The expression as a function of keyword arguments: numbers for symbols, tables by index for indexed letters.

    It computes with whatever exact numbers it is given; its own constants are integers and Fractions.
    """
    bases = {atom.base for atom in expression.atoms(Indexed)}
    letters = sorted(expression.free_symbols - {base.label for base in bases} - expression.atoms(Indexed), key=str)
    arguments: list[Symbol | IndexedBase] = [*letters, *sorted(bases, key=str)]
    function = lambdify(
        arguments, expression, modules=[{"Fraction": Fraction, "prod": math.prod}], printer=_ExactPrinter()
    )
    names = [str(argument) for argument in arguments]

    def evaluate(**values: object) -> Fraction:
        return function(*(values[name] for name in names))

    return evaluate


@cache
def exact_functions(derive: Callable[[], object]) -> dict[str, Callable[..., Fraction]]:
    """The formulas that a construction derives, by name, each as a function of keyword arguments."""
    return {name: exact_function(expression) for name, expression in vars(derive()).items()}


class _ExactPrinter(PythonCodePrinter):
    """Prints expressions as Python that never leaves the exact numbers."""

    def _print_Rational(self, expression: Rational) -> str:
        return f"Fraction({expression.p}, {expression.q})"

    _print_Half = _print_Rational

    def _print_Float(self, expression: Expr) -> str:
        raise DerivationError(f"the inexact number {expression} in a formula")

    def _print_Pow(self, expression: Pow, **options: object) -> str:
        if expression.base.is_Integer:  # (-1)**(-i) would be a float
            return f"Fraction({expression.base})**({self._print(expression.exp)})"
        return super()._print_Pow(expression, **options)

    def _print_Product(self, expression: Product) -> str:
        ((index, first, last),) = expression.limits
        indices = f"range({self._print(first)}, {self._print(last)} + 1)"
        return f"prod({self._print(expression.function)} for {index} in {indices})"
