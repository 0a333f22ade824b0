"""Du et al.'s Gram matrix of unit vectors, and its least eigenvalue enclosed from both sides in balls."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from checker.balls import ball, greatest, known, library
from checker.balls.jet import Ball
from checker.network import Matrix, Vector

RELATIVE, SMALL = Fraction(1, 10**15), Fraction(1, 2**90)
"""An enclosure is narrow enough when its width is at most RELATIVE times its upper end, or that at most SMALL."""
BITS, STEPS, ROUNDS, DIRECTION_BITS = 256, 6, 60, 64
GAPS = (Fraction(1, 2**24), Fraction(1, 2**6), Fraction(1, 2), Fraction(63, 64))

Rows = list[list[Ball]]
Factors = tuple[Rows, list[Ball]]


@dataclass(frozen=True)
class Eigenvalue:
    """lower <= the least eigenvalue <= upper, which is above the Rayleigh quotient of the direction."""

    lower: Fraction
    upper: Fraction
    direction: Vector


def cosines(inputs: Matrix) -> list[list[Fraction]]:
    """The exact inner products of the inputs."""
    flint = library()
    x = flint.fmpq_mat([[flint.fmpq(q.numerator, q.denominator) for q in row] for row in inputs])
    return [[Fraction(int(q.p), int(q.q)) for q in row] for row in (x * x.transpose()).tolist()]


def parallel(rho: list[list[Fraction]]) -> tuple[int, int] | None:
    """The first two rows (counted from 1) of unit vectors on one line, None when there are none: exact."""
    pairs = ((i, j) for j in range(len(rho)) for i in range(j) if abs(rho[i][j]) == 1)
    return next(((i + 1, j + 1) for i, j in pairs), None)


def gram(rho: list[list[Fraction]]) -> Rows:
    """H[i][j] = rho (pi - arccos rho) / (2 pi), rho the cosine of inputs i and j."""
    pi = library().arb.pi()
    exact = {Fraction(1): Fraction(1, 2), Fraction(-1): Fraction(0), Fraction(0): Fraction(0)}

    def entry(q: Fraction) -> Ball:
        if q in exact:
            return ball(exact[q])
        cosine = ball(q)
        angle = library().arb.atan2(
            ball(1 - q * q).sqrt(), cosine
        )  # a ball around q may reach beyond 1, where acos ends
        return cosine * (pi - angle) / (2 * pi)

    below = [[entry(q) for q in row[: i + 1]] for i, row in enumerate(rho)]
    return [[below[max(i, j)][min(i, j)] for j in range(len(rho))] for i in range(len(rho))]


def least_eigenvalue(h: Rows) -> Eigenvalue:
    """The enclosure of the least eigenvalue of a matrix that is known to be positive semidefinite.

    From above by a Rayleigh quotient. From below by 0, as a Gram matrix has no negative eigenvalue, and by every s at
    which H - s I is shown to be positive definite. A factorisation that fails shows nothing.
    """
    lower, upper = Fraction(0), known(greatest(h[0][0]))
    v: Sequence[Fraction] = [1 + Fraction(7919 * i % 101, 101) for i in range(len(h))]
    direction = tuple(Fraction(int(i == 0)) for i in range(len(h)))
    factors = ldl(h, -SMALL)
    for _ in range(ROUNDS):
        if factors is None:
            break
        v = _inverse_iterated(factors, v)
        quotient = known(greatest(rayleigh(h, v)))
        if quotient < upper:
            upper, direction = quotient, tuple(v)
        if upper - lower <= RELATIVE * upper or upper <= SMALL:
            break
        for gap in GAPS:
            s = upper - gap * (upper - lower)
            attempt = ldl(h, s)
            if attempt is not None:
                lower, factors = s, attempt
                break
    return Eigenvalue(lower, upper, direction)


def ldl(h: Rows, s: Fraction) -> Factors | None:
    """L (unit lower triangular, its rows up to the diagonal) and D > 0 with L D L^T = H - s I, enclosed.

    Every symmetric matrix in the balls is then positive definite. None when a pivot is not certainly positive.
    """
    shift = ball(s)
    rows: Rows = []
    pivots: list[Ball] = []
    for i, row in enumerate(h):
        left: list[Ball] = []  # L[i][k] D[k]
        for k in range(i):
            left.append(row[k] - sum(map(mul, left, rows[k]), library().arb(0)))
        found = [entry / pivot for entry, pivot in zip(left, pivots, strict=True)]
        pivot = row[i] - shift - sum(map(mul, left, found), library().arb(0))
        if not pivot > 0:
            return None
        rows.append(found)
        pivots.append(pivot)
    return rows, pivots


def rayleigh(h: Rows, v: Sequence[Fraction]) -> Ball:
    """v^T H v / v^T v: no less than the least eigenvalue, whatever v is."""
    x = [ball(q) for q in v]
    zero = library().arb(0)
    image = [sum(map(mul, row, x), zero) for row in h]
    return sum(map(mul, image, x), zero) / sum(map(mul, x, x), zero)


def _inverse_iterated(factors: Factors, v: Sequence[Fraction]) -> list[Fraction]:
    """v after some steps of inverse iteration, rounded: a guess, of which nothing is believed."""
    rows, pivots = factors
    x, n = [ball(q) for q in v], len(v)
    for _ in range(STEPS):
        for i in range(n):
            x[i] = x[i] - sum(map(mul, rows[i], x), library().arb(0))
        x = [entry / pivot for entry, pivot in zip(x, pivots, strict=True)]
        for i in reversed(range(n)):
            for k in range(i):
                x[k] -= rows[i][k] * x[i]
        largest = max((abs(entry).mid() for entry in x), key=lambda entry: entry)
        x = [(entry / largest).mid() for entry in x]
    unit = 2**DIRECTION_BITS
    return [Fraction(int((entry * unit).mid().floor().unique_fmpz()), unit) for entry in x]
