"""Gradient flow from concrete weights stays below exp(-lambda_0 t) at all times: decided by counting at t = 0.

Why the count suffices is written out, lemma by lemma, in all_time.md; the letters here are the letters there.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from operator import mul
from random import Random

from flint import arb, ctx, fmpz_mat

from checker.balls import ball, greatest
from checker.balls.gram import BITS, cosines, gram, ldl, least_eigenvalue
from checker.network import Matrix
from examples.gradient_descent.trajectory import Problem

UNIT = 4
"""Weights are integers over UNIT."""
CHUNK = 1000


@dataclass(frozen=True)
class AllTime:
    """With CERTIFIED: |e(t)|^2 <= exp(-2 kappa t) |e(0)|^2 for every t >= 0, and 2 kappa >= lambda_0.

    UNKNOWN says nothing: neither that the flow breaks the bound nor that it keeps it.
    squared_error: at least |e(0)|^2. unsettled: for every input, how many units are not settled: with CERTIFIED, no
    others ever change their sign there.
    """

    verdict: str
    kappa: Fraction
    squared_error: Fraction
    unsettled: tuple[int, ...]


def initial(width: int, dimension: int, seed: int) -> Iterator[tuple[int, list[int]]]:
    """Sign and UNIT times the weights of every unit, the same on every machine.

    A weight is (k - 32)/4, where k of 64 random bits are 1. Its mean is 0, its variance 1, and it is nearly normal.
    """
    rng = Random(seed)
    for _ in range(width):
        sign = 2 * rng.getrandbits(1) - 1
        yield sign, [bits.bit_count() - 32 for bits in array("Q", rng.randbytes(8 * dimension))]


def all_time(given: Problem, width: int, seed: int) -> AllTime:
    """The verdict on gradient flow of the first layer from these initial weights."""
    signs, z, units = _preactivations(given.inputs, width, seed)
    rho = cosines(given.inputs)
    with ctx.workprec(BITS):
        error = _squared_error(given, z, units, signs)
        kappa = least_eigenvalue(gram(rho)).upper / 2
        reach = error / (width * kappa**2)
        on, may = [], []
        for row, cosine, unit in zip(z, rho, units, strict=True):
            square = sum(q * q for q in cosine)
            on.append(_units(row, isqrt(int(square * reach * unit**2))))
            may.append(_units(row, -isqrt(int((square - 1) * reach * unit**2)) - 1))
        verdict = "CERTIFIED" if ldl(below(rho, on, may, width), kappa) is not None else "UNKNOWN"
    return AllTime(verdict, kappa, error, tuple((a ^ b).bit_count() for a, b in zip(on, may, strict=True)))


def below(rho: list[list[Fraction]], on: list[int], may: list[int], width: int) -> list[list[arb]]:
    """The matrix P: while at input i the units in on[i] are on, those beyond may[i] off, H(t) - P is semidefinite.

    Units: rho of cosines; on and may are sets of units, one bit each, and on[i] is part of may[i].
    """
    inputs = range(len(rho))
    least = [[(on[i] & on[j]).bit_count() for j in inputs] for i in inputs]
    most = [[(may[i] & may[j]).bit_count() for j in inputs] for i in inputs]
    matrix = []
    for i, row in enumerate(rho):
        others = [j for j in inputs if j != i]
        spread = sum(abs(row[j]) * (most[i][j] - least[i][j]) for j in others) / 2
        middle = [row[j] * (most[i][j] + least[i][j]) / 2 for j in inputs]
        middle[i] = least[i][i] - spread
        matrix.append([ball(q / width) for q in middle])
    return matrix


def _preactivations(inputs: Matrix, width: int, seed: int) -> tuple[list[int], list[list[int]], list[int]]:
    """The signs of the units; for every input units[i] z[r][i] of all r, integers; and units."""
    denominators = [lcm(*(q.denominator for q in x)) for x in inputs]
    columns = fmpz_mat([[int(q * k) for q in x] for x, k in zip(inputs, denominators, strict=True)]).transpose()
    signs, z = [], []
    rows: list[list[int]] = []
    for r, (sign, row) in enumerate(initial(width, len(inputs[0]), seed), 1):
        signs.append(sign)
        rows.append(row)
        if r % CHUNK == 0 or r == width:
            z += (fmpz_mat(rows) * columns).tolist()
            rows = []
    return signs, [[int(q) for q in column] for column in zip(*z, strict=True)], [UNIT * k for k in denominators]


def _squared_error(given: Problem, z: list[list[int]], units: list[int], signs: list[int]) -> Fraction:
    """An upper bound of |e(0)|^2."""
    root = arb(len(signs)).sqrt()
    sums = [sum(a * max(q, 0) for a, q in zip(signs, row, strict=True)) for row in z]
    e = [ball(Fraction(s, unit)) / root - ball(y) for s, unit, y in zip(sums, units, given.targets, strict=True)]
    return greatest(sum(map(mul, e, e), arb(0)))


def _units(row: list[int], threshold: int) -> int:
    """The set of the units above the threshold: one bit each."""
    return int("".join("01"[q > threshold] for q in row), 2)
