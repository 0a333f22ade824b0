"""Derivation interpolation-error: a ReLU interpolant of sin 2 pi x with N pieces is off by at most pi^2 / (2 N^2).

Each step is one equation whose difference SymPy reduces to 0, values of f and its derivatives being letters; what a
step means, and the inequalities, which are about signs of the factors shown, stand in words beside it.
"""

from sympy import Derivative, Function, Integral, Rational, pi, sin, symbols

from symbolic.equality import Equality

a, b, t, x, h = symbols("a b t x h", real=True)
f = Function("f")


def steps() -> tuple[Equality, ...]:
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
        Equality(
            "kernel.left",
            "So the integral of (t - a) f''(t) from a to x is (x - a) f'(x) - f(x) + f(a).",
            Derivative(lower, t),
            (t - a) * f(t).diff(t, 2),
        ),
        Equality(
            "kernel.right",
            "So the integral of (b - t) f''(t) from x to b is f(b) - (b - x) f'(x) - f(x).",
            Derivative(upper, t),
            (b - t) * f(t).diff(t, 2),
        ),
        Equality(
            "chord",
            "Chord - f is the integral of K f'', K = (t - a)(b - x)/(b - a) for t <= x, else (x - a)(b - t)/(b - a).",
            (b - x) / (b - a) * from_a + (x - a) / (b - a) * to_b,
            chord - f(x),
        ),
        Equality(
            "kernel.area",
            "K >= 0 for a <= t, x <= b, a < b, so |chord - f| is at most its integral, which is this, times max |f''|.",
            left_area + right_area,
            (x - a) * (b - x) / 2,
        ),
        Equality(
            "square",
            "A square is not negative, so the integral is at most (b - a)^2 / 8.",
            (x - a) * (b - x) / 2,
            (b - a) ** 2 / 8 - (x - middle) ** 2 / 2,
        ),
        Equality(
            "curvature",
            "|sin| <= 1, so |f''| <= 4 pi^2 for f = sin 2 pi x.",
            Derivative(sin(2 * pi * t), t, 2),
            -4 * pi**2 * sin(2 * pi * t),
        ),
        Equality(
            "bound",
            "With h = b - a = 1/N: |g - sin 2 pi x| <= pi^2 / (2 N^2) on every piece.",
            4 * pi**2 * h**2 * Rational(1, 8),
            pi**2 * h**2 / 2,
        ),
    )
