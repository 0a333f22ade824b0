"""Weights that exact and float32 evaluation judge differently: the construction of Zhang et al., rounded to float32.

f(x) = sum_j w_j relu(<a, x> - b_j) goes through any n points whose projections differ (Theorem 1 of the paper). Its
sums of n terms cancel, so floating point loses what exact arithmetic keeps: an audit by float32 would be another one.
"""

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy

PRIME, BASE = 32749, 2
"""The projection is made of powers of the base, whose sums with 64 pixels up to 16 are below 2^24: exact in float32."""


def projection(inputs: int) -> Any:
    """The integers a_k = 2^k mod 32749."""
    return numpy.array([pow(BASE, k, PRIME) for k in range(1, inputs + 1)], numpy.int64)


def construction(z: list[int], y: list[int]) -> tuple[list[int], list[Fraction]]:
    """The biases b and weights w for increasing projections z: b_1 = z_1 - 1, b_j = z_(j-1), slope after slope.

    >>> construction([1, 3], [5, 4])
    ([0, 1], [Fraction(5, 1), Fraction(-11, 2)])
    """
    points = list(zip(z, y, strict=True))
    rises = zip(points[:-1], points[1:], strict=True)
    slopes = [Fraction(y[0]), *(Fraction(w - v, u - t) for (t, v), (u, w) in rises)]
    changes = [b - a for a, b in zip([Fraction(0), *slopes[:-1]], slopes, strict=True)]
    return [z[0] - 1, *z[:-1]], changes


def write_fixture(network: Path, dataset: Path, inputs: Any, labels: Any) -> None:
    """The construction for these images and labels, rounded to float32, as an .npz; the images as CSV.

    Fails: ValueError when two images have one projection.
    """
    a = projection(inputs.shape[1])
    z = inputs @ a
    order = numpy.argsort(z, kind="stable")
    if (numpy.diff(z[order]) == 0).any():
        raise ValueError("two images have one projection")
    b, w = construction(z[order].tolist(), labels[order].tolist())
    hidden = numpy.tile(a.astype(numpy.float32), (len(b), 1))
    arrays = {
        "W1": hidden,
        "b1": -numpy.array(b, numpy.float32),
        "W2": numpy.array([list(map(float, w))], numpy.float32),
    }
    numpy.savez(network, **arrays, b2=numpy.zeros(1, numpy.float32))
    rows = numpy.column_stack([inputs, labels]).tolist()
    dataset.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="ascii")
