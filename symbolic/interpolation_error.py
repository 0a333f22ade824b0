"""Derivation interpolation-error: a ReLU interpolant of sin 2 pi x with N pieces is off by at most pi^2 / (2 N^2).

Each step is one equation whose difference SymPy reduces to 0, values of f and its derivatives being letters; what a
step means, and the inequalities, which are about signs of the factors shown, stand in words beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Derivative, Expr, Function, Integral, Rational, cancel, latex, pi, sin, symbols, together

from symbolic.exact import DerivationError

a, b, t, x, h = symbols("a b t x h", real=True)
f = Function("f")


@dataclass(frozen=True)
class ErrorStep:
    """left = right, which SymPy reduces to 0 = 0, and what it says."""

    name: str
    words: str
    left: Expr
    right: Expr

    def check(self) -> None:
        """Fails: DerivationError when SymPy does not reduce left - right to 0."""
        difference = cancel(together((self.left - self.right).doit()))
        if difference != 0:
            raise DerivationError(f"{self.name}: {difference} is not 0")


def steps() -> tuple[ErrorStep, ...]:
    """The steps, in order: Peano's kernel of linear interpolation on [a, b], its integral, and the sine's curvature."""
    slope = f(x).diff(x)
    lower, upper = (t - a) * f(t).diff(t) - f(t), (b - t) * f(t).diff(t) + f(t)
    from_a = (x - a) * slope - f(x) + f(a)
    to_b = f(b) - (b - x) * slope - f(x)
    chord = (f(a) * (b - x) + f(b) * (x - a)) / (b - a)
    left_area = Integral((t - a) * (b - x) / (b - a), (t, a, x))
    right_area = Integral((x - a) * (b - t) / (b - a), (t, x, b))
    middle = (a + b) / 2
    return (
        ErrorStep(
            "kernel.left",
            "So the integral of (t - a) f''(t) from a to x is (x - a) f'(x) - f(x) + f(a).",
            Derivative(lower, t),
            (t - a) * f(t).diff(t, 2),
        ),
        ErrorStep(
            "kernel.right",
            "So the integral of (b - t) f''(t) from x to b is f(b) - (b - x) f'(x) - f(x).",
            Derivative(upper, t),
            (b - t) * f(t).diff(t, 2),
        ),
        ErrorStep(
            "chord",
            "Chord - f is the integral of K f'', K = (t - a)(b - x)/(b - a) for t <= x, else (x - a)(b - t)/(b - a).",
            (b - x) / (b - a) * from_a + (x - a) / (b - a) * to_b,
            chord - f(x),
        ),
        ErrorStep(
            "kernel.area",
            "K >= 0 for a <= t, x <= b, a < b, so |chord - f| is at most its integral, which is this, times max |f''|.",
            left_area + right_area,
            (x - a) * (b - x) / 2,
        ),
        ErrorStep(
            "square",
            "A square is not negative, so the integral is at most (b - a)^2 / 8.",
            (x - a) * (b - x) / 2,
            (b - a) ** 2 / 8 - (x - middle) ** 2 / 2,
        ),
        ErrorStep(
            "curvature",
            "|sin| <= 1, so |f''| <= 4 pi^2 for f = sin 2 pi x.",
            Derivative(sin(2 * pi * t), t, 2),
            -4 * pi**2 * sin(2 * pi * t),
        ),
        ErrorStep(
            "bound",
            "With h = b - a = 1/N: |g - sin 2 pi x| <= pi^2 / (2 N^2) on every piece.",
            4 * pi**2 * h**2 * Rational(1, 8),
            pi**2 * h**2 / 2,
        ),
    )


def report(as_latex: bool) -> Iterator[str]:
    """The lines of the derivation, the first one the verdict; every step is checked before anything is said."""
    found = steps()
    for step in found:
        step.check()
    yield f"DERIVED {len(found)} steps"
    for step in found:
        yield ""
        yield f"\\paragraph{{{step.name}}}" if as_latex else step.name
        sides = (latex(step.left), latex(step.right)) if as_latex else (step.left, step.right)
        yield f"\\[ {sides[0]} = {sides[1]} \\]" if as_latex else f"    {sides[0]} = {sides[1]}"
        yield step.words
