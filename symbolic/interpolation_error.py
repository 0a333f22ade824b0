"""Derivation interpolation-error: a ReLU interpolant of sin 2 pi x with N pieces is off by at most pi^2 / (2 N^2), and
every function with N affine pieces by at least sqrt(2) pi^2 / (32 (N + 1)^2), which is above 0.436 / (N + 1)^2.

Each step is one equation whose difference SymPy reduces to 0, values of f and its derivatives being letters; what a
step means, and the inequalities, which are about signs of the factors shown, stand in words beside it.
"""

from sympy import Derivative, Function, Integer, Integral, Rational, Subs, pi, sin, sqrt, symbols

from symbolic.equality import Equality

a, b, c, k, t, x, h = symbols("a b c k t x h", real=True)
N = symbols("N", positive=True)
f, S = Function("f"), Function("S")


def steps() -> tuple[Equality, ...]:
    """The steps of both bounds, in order."""
    return *_above(), *_below()


def _above() -> tuple[Equality, ...]:
    """The interpolant: Peano's kernel of linear interpolation on [a, b], its integral, and the sine's curvature."""
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


def _below() -> tuple[Equality, ...]:
    """N affine pieces: second differences, which an affine function does not have, and the sine where it bends most."""
    most, half = 2 * sqrt(2) * pi**2, 1 / (4 * (N + 1))
    return (
        Equality(
            "pieces.affine",
            "g(x - h) - 2 g(x) + g(x + h) for g(t) = c + k t. So where g is affine and |g - f| <= E, "
            "|f(x - h) - 2 f(x) + f(x + h)| <= 4 E.",
            c + k * (x - h) - 2 * (c + k * x) + c + k * (x + h),
            Integer(0),
        ),
        Equality(
            "pieces.kernel",
            "With S(t) = f(x + t) + f(x - t), S'(0) = 0: the integral of (h - t) S''(t) from 0 to h is S(h) - S(0), "
            "the second difference of f.",
            Derivative((h - t) * S(t).diff(t) + S(t), t),
            (h - t) * S(t).diff(t, 2),
        ),
        Equality(
            "pieces.area",
            "If f'' keeps its sign and |f''| >= c from x - h to x + h, then |S''| >= 2 c, and c h^2 <= 4 E.",
            Integral(2 * c * (h - t), (t, 0, h)),
            c * h**2,
        ),
        Equality(
            "pieces.curvature",
            "|sin 2 pi x| >= sin(pi/4) for 1/8 <= x <= 3/8 and for 5/8 <= x <= 7/8: there |f''| is at least this.",
            Subs(4 * pi**2 * sin(2 * pi * x), x, Rational(1, 8)),
            most,
        ),
        Equality(
            "pieces.count",
            "N pieces have N - 1 ends between them, which cut these two intervals into at most N + 1 parts, 1/2 long "
            "together. The longest part is at least this long; h is half of it.",
            Rational(1, 2) / (N + 1),
            2 * half,
        ),
        Equality(
            "pieces.bound",
            "c h^2 / 4 with these c and h: |g - sin 2 pi x| is at least this somewhere, whatever the N pieces are.",
            Subs(c * h**2 / 4, (c, h), (most, half)),
            sqrt(2) * pi**2 / (32 * (N + 1) ** 2),
        ),
    )
