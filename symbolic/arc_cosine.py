"""Derivation arc-cosine: the Gram matrix of infinite width of Du et al. (ICLR 2019, Assumption 3.1).

H_inf[i, j] = E[x_i.x_j 1{w.x_i >= 0} 1{w.x_j >= 0}], w ~ N(0, I) in d dimensions, is rho (pi - arccos rho) / (2 pi) for
unit vectors x_i, x_j with rho = x_i.x_j. Each step is one equation that SymPy reduces to 0 = 0; what letters mean, and
where an angle lies, stands in words beside it. After Cho, Saul, Kernel Methods for Deep Learning (NeurIPS 2009).
"""

from sympy import Derivative, Expr, Integer, Integral, Subs, acos, cos, exp, oo, pi, sin, sqrt, symbols

from symbolic.equality import Equality

rho, u, v, phi, theta = symbols("rho u v phi theta", real=True)
p, q, s = symbols("p q s", real=True)
"""w.x_i, w.x_j, and the length of the part of w that is orthogonal to both."""
ii, ij, jj = symbols("ii ij jj", real=True)
"""x_i.x_i, x_i.x_j, x_j.x_j: the values 1, rho and 1 are put in for them."""
r, d = symbols("r d", positive=True)


def entry(cosine: Expr) -> Expr:
    """H_inf[i, j] for x_i.x_j = cosine.

    >>> from sympy import Rational
    >>> entry(Rational(1, 2)), entry(Rational(-1, 2))
    (1/6, -1/12)
    """
    return cosine * (pi - acos(cosine)) / (2 * pi)


def steps() -> tuple[Equality, ...]:
    """The steps, in order."""
    return *_plane(), *_gaussian(), *_polar(), *_wedge()


def _plane() -> tuple[Equality, ...]:
    """Two unit vectors that are not parallel, by Gram and Schmidt: e_1 = x_i, e_2 = (x_j - rho x_i)/sqrt(1 - rho^2)."""
    root = sqrt(1 - rho**2)
    return (
        Equality(
            "plane.orthogonal",
            "Let -1 < rho < 1. This is e_1.e_2, with ii = x_i.x_i = 1 and ij = x_i.x_j = rho.",
            Subs((ij - rho * ii) / root, (ii, ij), (1, rho)),
            Integer(0),
        ),
        Equality(
            "plane.unit",
            "This is e_2.e_2, with jj = x_j.x_j = 1 as well; and e_1.e_1 = x_i.x_i = 1.",
            Subs((jj - 2 * rho * ij + rho**2 * ii) / root**2, (ii, ij, jj), (1, rho, 1)),
            Integer(1),
        ),
        Equality(
            "plane.second",
            "For p = w.x_i, q = w.x_j and the coordinates u = w.e_1 = p, v = w.e_2 = (q - rho p)/sqrt(1 - rho^2) of w: "
            "w.x_i is u, and w.x_j is this.",
            Subs(rho * u + root * v, (u, v), (p, (q - rho * p) / root)),
            q,
        ),
    )


def _gaussian() -> tuple[Equality, ...]:
    """w in an orthonormal basis that begins with e_1, e_2: the first two coordinates are a standard Gaussian pair."""
    one = exp(-(u**2) / 2) / sqrt(2 * pi)
    two = exp(-(v**2) / 2) / sqrt(2 * pi)
    others = exp(-(s**2) / 2) / (2 * pi) ** ((d - 2) / 2)
    return (
        Equality(
            "gaussian.splits",
            "The basis is orthonormal, so |w|^2 = u^2 + v^2 + s^2 and the change of coordinates keeps volumes: "
            "the density of w is the product of those of u, of v and of the rest. Its law does not see the rotation.",
            exp(-(u**2 + v**2 + s**2) / 2) / (2 * pi) ** (d / 2),
            one * two * others,
        ),
        Equality(
            "gaussian.mass",
            "Every other coordinate has such a density too and integrates to 1: what is left is that of (u, v).",
            Integral(one, (u, -oo, oo)),
            Integer(1),
        ),
    )


def _polar() -> tuple[Equality, ...]:
    """u = r cos phi, v = r sin phi, rho = cos theta with 0 < theta < pi, so that sqrt(1 - rho^2) = sin theta > 0."""
    x, y = r * cos(phi), r * sin(phi)
    return (
        Equality(
            "polar.jacobian",
            "u = r cos phi, v = r sin phi: the area element is r dr dphi.",
            Derivative(x, r) * Derivative(y, phi) - Derivative(x, phi) * Derivative(y, r),
            r,
        ),
        Equality(
            "polar.radius", "So the density of (u, v) is exp(-r^2/2)/(2 pi), of the radius alone.", x**2 + y**2, r**2
        ),
        Equality(
            "polar.root",
            "Let theta = arccos rho, strictly between 0 and pi: sin theta > 0, and it is the root of 1 - rho^2.",
            1 - cos(theta) ** 2,
            sin(theta) ** 2,
        ),
        Equality(
            "polar.second",
            "w.x_i = r cos phi, and this is w.x_j.",
            cos(theta) * x + sin(theta) * y,
            r * cos(phi - theta),
        ),
    )


def _wedge() -> tuple[Equality, ...]:
    """Both are >= 0 exactly for the angles between theta - pi/2 and pi/2."""
    low, high = theta - pi / 2, pi / 2
    probability = (pi - theta) / (2 * pi)
    return (
        Equality(
            "wedge.width",
            "cos phi >= 0 for -pi/2 <= phi <= pi/2; there phi - theta lies above -3 pi/2 and not above pi/2, and its "
            "cosine is >= 0 exactly from -pi/2 on. So both signs hold for theta - pi/2 <= phi <= pi/2, of this width.",
            Integral(1, (phi, low, high)),
            pi - theta,
        ),
        Equality(
            "wedge.probability",
            "P(w.x_i >= 0 and w.x_j >= 0). Whether >= or > changes nothing: a line has no area.",
            Integral(r * exp(-(r**2) / 2) / (2 * pi), (r, 0, oo), (phi, low, high)),
            probability,
        ),
        Equality(
            "wedge.formula",
            "x_i.x_j times the probability: THE FORMULA, for -1 < rho < 1.",
            Subs(cos(theta) * probability, theta, acos(rho)),
            entry(rho),
        ),
        Equality(
            "wedge.equal",
            "rho = 1 is x_i = x_j, and w.x_i >= 0 has probability 1/2: half of the circle. The formula says the same.",
            Integral(1 / (2 * pi), (phi, -pi / 2, pi / 2)),
            entry(Integer(1)),
        ),
        Equality(
            "wedge.opposite",
            "rho = -1 is x_j = -x_i, and both signs hold where w.x_i = 0 alone: probability 0. So says the formula.",
            -Integral(1 / (2 * pi), (phi, pi / 2, pi / 2)),
            entry(Integer(-1)),
        ),
    )
