"""Exact gradient descent on a two-layer ReLU network, enclosed in balls step by step (Du et al., ICLR 2019, section 3).

f(x) = sum_r a_r max(w_r.x, 0) / sqrt(m), a_r = +-1 fixed, loss sum_i (f(x_i) - y_i)^2 / 2, steps eta in all w_r.
The preactivations z[r][i] = w_r.x_i and the cosines rho of the inputs say all: a step takes
eta a_r / sqrt(m) sum_i e_i [z[r][i] > 0] rho[i][j] from z[r][j], e being the vector of the errors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from flint import arb, arb_mat, ctx

from checker.balls import ball
from checker.balls.gram import BITS, cosines, gram, least_eigenvalue
from checker.network import Matrix, Vector

PRECISION = 400
"""Bits: a step costs about half a bit."""


@dataclass(frozen=True)
class Problem:
    """Unit vectors, targets and the size of a step; all exact."""

    inputs: Matrix
    targets: Vector
    eta: Fraction


@dataclass(frozen=True)
class Course:
    """The squared errors of the steps looked at, and what is certain of them and the bound (1 - rate)^k |e_0|^2.

    verdict: CERTIFIED, at or below the bound at every step; REFUTED, certainly above it at the last; UNKNOWN, neither.
    """

    verdict: str
    errors: tuple[arb, ...]
    bounds: tuple[arb, ...]


def problem(points: int, dimension: int, eta: Fraction, seed: int = 0, spread: int = 50) -> Problem:
    """Random rational unit vectors, by stereographic projection of multiples of 1/spread, and targets +-1."""
    rng = Random(seed)
    rows = []
    for _ in range(points):
        t = [Fraction(rng.randint(-60, 60), spread) for _ in range(dimension - 1)]
        square = sum(q * q for q in t)
        rows.append((*(2 * q / (square + 1) for q in t), (square - 1) / (square + 1)))
    return Problem(tuple(rows), tuple(Fraction(rng.choice((-1, 1))) for _ in rows), eta)


def lambda0(inputs: Matrix) -> arb:
    """The least eigenvalue of the Gram matrix of infinite width, enclosed."""
    with ctx.workprec(BITS):
        found = least_eigenvalue(gram(cosines(inputs)))
        return ball(found.lower).union(ball(found.upper))


def course(given: Problem, width: int, steps: int, rate: arb, seed: int) -> Course:
    """Gradient descent from random dyadic weights, until the steps are over or the bound is not certain any more."""
    errors: list[arb] = []
    bounds: list[arb] = []
    with ctx.workprec(PRECISION):
        for error in squared_errors(given, width, seed):
            if error is None:
                return Course("UNKNOWN", tuple(errors), tuple(bounds))
            errors.append(error)
            bounds.append(error if len(errors) == 1 else bounds[-1] * (1 - rate))
            if len(errors) > 1 and not error <= bounds[-1]:
                return Course("REFUTED" if error > bounds[-1] else "UNKNOWN", tuple(errors), tuple(bounds))
            if len(errors) > steps:
                return Course("CERTIFIED", tuple(errors), tuple(bounds))
    raise ValueError("the steps are endless")


def squared_errors(given: Problem, width: int, seed: int) -> Iterator[arb | None]:
    """|e|^2 before every step, for ever; None where a preactivation's sign is not certain, and nothing behind it."""
    rng = Random(seed)
    rho = arb_mat([[ball(q) for q in row] for row in cosines(given.inputs)])
    weights = list(_weights(rng, given, width))
    z = [[ball(sum(w * q for w, q in zip(v, x, strict=True))) for x in given.inputs] for v in weights]
    signs = [rng.choice((-1, 1)) for _ in range(width)]
    root = arb(width).sqrt()
    step = ball(given.eta) / root
    while True:
        active = [[value > 0 for value in row] for row in z]
        pairs = (
            (on, value) for flags, row in zip(active, z, strict=True) for on, value in zip(flags, row, strict=True)
        )
        if not all(on or value < 0 for on, value in pairs):
            yield None
            return
        outputs = _outputs(z, active, signs, root)
        e = [u - ball(y) for u, y in zip(outputs, given.targets, strict=True)]
        yield sum((v * v for v in e), arb(0))
        z = (arb_mat(z) - _masked([step * v for v in e], active, signs) * rho).tolist()


def _masked(moved: list[arb], active: list[list[bool]], signs: list[int]) -> arb_mat:
    """a_r moved[i] where unit r is active at input i, 0 elsewhere."""
    zero = arb(0)
    pairs = zip(active, signs, strict=True)
    return arb_mat([[a * v if on else zero for on, v in zip(flags, moved, strict=True)] for flags, a in pairs])


def _outputs(z: list[list[arb]], active: list[list[bool]], signs: list[int], root: arb) -> list[arb]:
    totals = [arb(0)] * len(z[0])
    for row, flags, a in zip(z, active, signs, strict=True):
        for i, (value, on) in enumerate(zip(row, flags, strict=True)):
            if on:
                totals[i] = totals[i] + value if a > 0 else totals[i] - value
    return [total / root for total in totals]


def _weights(rng: Random, given: Problem, width: int) -> Iterator[list[Fraction]]:
    """Rows of weights: the dyadic numbers that normal floats are."""
    for _ in range(width):
        yield [Fraction(rng.gauss(0, 1)) for _ in given.inputs[0]]
