"""Values, slopes and curvatures of a function of one variable, enclosed on an interval by balls."""

from collections.abc import Callable
from typing import Any, NamedTuple

from checker.balls import library

Ball = Any


class Jet(NamedTuple):
    """Enclosures on an interval: of all values, of all difference quotients, of all second derivatives.

    curvature is None where the function is not known to be twice differentiable (a ReLU may bend there). A ball that
    is not finite says that nothing is known, perhaps because the function is not defined somewhere.
    """

    value: Ball
    slope: Ball
    curvature: Ball | None


def constant(value: Ball) -> Jet:
    """The jet of a constant."""
    zero = library().arb(0)
    return Jet(value, zero, zero)


def variable(interval: Ball) -> Jet:
    """The jet of x itself on the interval."""
    arb = library().arb
    return Jet(interval, arb(1), arb(0))


def add(f: Jet, g: Jet) -> Jet:
    """The jet of f + g."""
    return Jet(f.value + g.value, f.slope + g.slope, _both(f, g, lambda a, b: a + b))


def scaled(f: Jet, factor: Ball) -> Jet:
    """The jet of a constant times f."""
    return Jet(f.value * factor, f.slope * factor, None if f.curvature is None else f.curvature * factor)


def product(f: Jet, g: Jet) -> Jet:
    """The jet of f g, by the rule of Leibniz."""
    slope = f.slope * g.value + f.value * g.slope
    return Jet(
        f.value * g.value,
        slope,
        _both(f, g, lambda a, b: a * g.value + 2 * f.slope * g.slope + f.value * b),
    )


def compose(z: Jet, value: Ball, first: Ball, second: Ball) -> Jet:
    """The jet of f(z), given enclosures of f, f' and f'' on z.value."""
    curvature = None if z.curvature is None else second * z.slope * z.slope + first * z.curvature
    return Jet(value, first * z.slope, curvature)


def power(z: Jet, exponent: int) -> Jet:
    """The jet of z ** exponent; z ** 0 is 1 where z is defined."""
    if exponent == 0:
        return constant(1 + 0 * z.value)
    v, n = z.value, exponent
    if n == 1:
        return z
    return compose(z, v**n, n * v ** (n - 1), n * (n - 1) * v ** (n - 2))


def reciprocal(z: Jet) -> Jet:
    """The jet of 1 / z."""
    r = 1 / z.value
    return compose(z, r, -r * r, 2 * r * r * r)


def sin(z: Jet) -> Jet:
    """The jet of sin z."""
    s, c = z.value.sin(), z.value.cos()
    return compose(z, s, c, -s)


def cos(z: Jet) -> Jet:
    """The jet of cos z."""
    s, c = z.value.sin(), z.value.cos()
    return compose(z, c, -s, -c)


def exp(z: Jet) -> Jet:
    """The jet of exp z."""
    e = z.value.exp()
    return compose(z, e, e, e)


def log(z: Jet) -> Jet:
    """The jet of the natural logarithm of z; nothing is known where z may not be positive."""
    r = 1 / z.value
    return compose(z, z.value.log(), r, -r * r)


def sqrt(z: Jet) -> Jet:
    """The jet of the square root of z; nothing is known where z may be negative."""
    s = z.value.sqrt()
    first = 1 / (2 * s)
    return compose(z, s, first, -first / (2 * z.value))


def tanh(z: Jet) -> Jet:
    """The jet of tanh z."""
    t = z.value.tanh()
    first = 1 - t * t
    return compose(z, t, first, -2 * t * first)


def sigmoid(z: Jet) -> Jet:
    """The jet of 1 / (1 + exp(-z))."""
    s = 1 / (1 + (-z.value).exp())
    first = s * (1 - s)
    return compose(z, s, first, first * (1 - 2 * s))


def relu(z: Jet) -> Jet:
    """The jet of max(z, 0): of z or of 0 where z has one sign, otherwise without a curvature."""
    arb = library().arb
    if z.value >= 0:
        return z
    if z.value <= 0:
        return constant(arb(0))
    return Jet(z.value.nonnegative_part(), arb(0).union(arb(1)) * z.slope, None)


def absolute(z: Jet) -> Jet:
    """The jet of |z|, without a curvature where z may change its sign."""
    arb = library().arb
    if z.value >= 0:
        return z
    if z.value <= 0:
        return scaled(z, arb(-1))
    return Jet(abs(z.value), arb(-1).union(arb(1)) * z.slope, None)


def _both(f: Jet, g: Jet, rule: Callable[[Ball, Ball], Ball]) -> Ball | None:
    return None if f.curvature is None or g.curvature is None else rule(f.curvature, g.curvature)
