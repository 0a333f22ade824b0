"""SymPy expressions: zero tests over a declared field, unknowns solved for, exact evaluation."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from sympy import (
    Dummy,
    Expr,
    Float,
    IndexedBase,
    Poly,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    expand_power_exp,
    lambdify,
    together,
)
from sympy.core.function import AppliedUndef
from sympy.printing.pycode import PythonCodePrinter
from sympy.tensor.indexed import Indexed

from symbolic.arithmetic import Number, rational

LETTERS = (Indexed, AppliedUndef, Sum, Product)
"""What counts as one letter of a rational function, whatever is inside."""


class DerivationError(Exception):
    """A step of a derivation does not hold."""


def is_zero(expression: Expr) -> bool:
    """Whether the expression is 0 in the declared field: rational functions of its letters, and of signs with square 1.

    The letters are symbols, indexed letters, values of undefined functions, and whole sums and products.
    Fails: DerivationError when the expression is not such a function, or divides by 0.
    """
    declared, signs = _declared(expression)
    numerator, denominator = together(declared).as_numer_denom()
    if _vanishes(denominator, signs):
        raise DerivationError(f"{expression} divides by 0")
    return _vanishes(numerator, signs)


def _declared(expression: Expr) -> tuple[Expr, list[Symbol]]:
    """The expression with a symbol for each of its letters and for each of its signs, and the symbols of the signs."""
    expanded = expand_power_exp(expression)
    opaque = {node: Dummy() for node in _outermost(expanded, LETTERS)}
    without = expanded.xreplace(opaque)
    powers = [node for node in without.atoms(Pow) if node.base == -1]
    exponents = {node: node.exp.as_coeff_Mul() for node in powers}
    signs = {rest: Dummy() for coefficient, rest in exponents.values() if rest.is_integer and coefficient.is_Integer}
    odd = {node: signs[rest] for node, (_, rest) in exponents.items() if rest in signs}
    declared = without.xreplace(odd)
    if not declared.is_rational_function() or declared.has(Float):
        raise DerivationError(f"{expression} is not a rational function")
    return declared, list(signs.values())


def _outermost(expression: Expr, kinds: tuple[type, ...]) -> set[Expr]:
    """The parts of these kinds that are not inside another one."""
    if isinstance(expression, kinds):
        return {expression}
    return {node for argument in expression.args for node in _outermost(argument, kinds)}


def _vanishes(polynomial: Expr, signs: list[Symbol]) -> bool:
    """Whether the polynomial is 0 once the square of every sign is 1."""
    letters = sorted(polynomial.free_symbols, key=lambda letter: letter.sort_key())
    if not letters:
        return polynomial == 0
    total: dict[tuple[int, ...], Expr] = {}
    for powers, coefficient in Poly(polynomial, *letters, domain="QQ").terms():
        place = tuple(p % 2 if letter in signs else p for letter, p in zip(letters, powers, strict=True))
        total[place] = total.get(place, 0) + coefficient
    return all(coefficient == 0 for coefficient in total.values())


def require_zero(expression: Expr, step: str) -> None:
    """Fails: DerivationError when the expression is not 0."""
    if not is_zero(expression):
        raise DerivationError(f"{step}: {expression} is not 0")


def linear_parts(expression: Expr, unknown: Expr) -> tuple[Expr, Expr]:
    """(constant, coefficient) of the expression's numerator, which is constant + coefficient * unknown.

    Fails: DerivationError when the numerator is not linear in the unknown.
    """
    slot = Symbol("unknown")
    numerator = expand_power_exp(together(expression.subs(unknown, slot)).as_numer_denom()[0])
    constant, coefficient = numerator.subs(slot, 0), numerator.diff(slot)
    if coefficient.has(slot) or is_zero(coefficient):
        raise DerivationError(f"{expression} is not linear in {unknown}")
    return constant, coefficient


def solve_linear(expression: Expr, unknown: Expr) -> Expr:
    """The value of the unknown at which the expression, linear in it, is 0. The value is checked by substitution."""
    constant, coefficient = linear_parts(expression, unknown)
    value = -constant / coefficient
    require_zero(expression.subs(unknown, value), f"solving for {unknown}")
    return value


def exact_function(expression: Expr, number: type = Fraction) -> Callable[..., Number]:
    """The expression as a function of keyword arguments: numbers for symbols, tables by index for indexed letters.

    It computes with whatever exact numbers it is given; its own constants are integers and of this type.
    """
    bases = {atom.base for atom in expression.atoms(Indexed)}
    letters = sorted(expression.free_symbols - {base.label for base in bases} - expression.atoms(Indexed), key=str)
    arguments: list[Symbol | IndexedBase] = [*letters, *sorted(bases, key=str)]
    function = lambdify(
        arguments, expression, modules=[{"Fraction": number, "prod": math.prod}], printer=_ExactPrinter()
    )
    names = [str(argument) for argument in arguments]

    def evaluate(**values: object) -> Number:
        return function(*(values[name] for name in names))

    return evaluate


@cache
def exact_functions(derive: Callable[[], object]) -> dict[str, Callable[..., Number]]:
    """The formulas that a construction derives, by name, each as a function of keyword arguments."""
    return {name: exact_function(expression, rational()) for name, expression in vars(derive()).items()}


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
