"""Weights that exact and float32 evaluation judge differently: the construction of Zhang et al., rounded to float32.

f(x) = sum_j w_j relu(<a, x> - b_j) goes through any n points whose projections differ (Theorem 1 of the paper). Its
sums of n terms cancel, so floating point loses what exact arithmetic keeps: an audit by float32 would be another one.
"""

import csv
import random
from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
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


def random_labels(count: int) -> Any:
    """So many labels 0..9 of chance: of the generator whose numbers Python promises to keep from version to version."""
    chance = random.Random(0)
    return numpy.array([int(10 * chance.random()) for _ in range(count)], numpy.int64)


def write_fixture(network: Path, dataset: Path, inputs: Any, labels: Any) -> list[tuple[float, float]]:
    """The construction for these images and labels, rounded to float32, as an .npz; the images as CSV.

    The result: the output for each image, exact (shown as the nearest float64) and evaluated in float32.
    Fails: ValueError when two images have one projection.
    """
    a = projection(inputs.shape[1])
    z = inputs @ a
    order = numpy.argsort(z, kind="stable")
    if (numpy.diff(z[order]) == 0).any():
        raise ValueError("two images have one projection")
    b, w = construction(z[order].tolist(), labels[order].tolist())
    rounded = numpy.array([float(v) for v in w], numpy.float32)
    arrays = {
        "W1": numpy.tile(a.astype(numpy.float32), (len(b), 1)),
        "b1": -numpy.array(b, numpy.float32),
        "W2": rounded[None, :],
        "b2": numpy.zeros(1, numpy.float32),
    }
    numpy.savez(network, **arrays)
    rows = numpy.column_stack([inputs, labels]).tolist()
    dataset.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="ascii")
    nearest = in_float32(arrays, inputs.astype(numpy.float32))
    return [(float(exact), float(single)) for exact, single in zip(_exact(z, b, rounded), nearest, strict=True)]


def _exact(z: Any, b: Sequence[int], rounded: Any) -> list[Fraction]:
    """sum_j w_j relu(z - b_j) for each projection z, by sums over the b_j below it, which are increasing."""
    weights = [Fraction(float(v)) for v in rounded]
    rises = list(accumulate(weights, initial=Fraction(0)))
    falls = list(accumulate((v * t for v, t in zip(weights, b, strict=True)), initial=Fraction(0)))
    below = [bisect_left(b, t) for t in z.tolist()]
    return [rises[count] * t - falls[count] for count, t in zip(below, z.tolist(), strict=True)]


def in_float32(arrays: dict[str, Any], inputs: Any) -> Any:
    """The outputs for the rows of inputs, each sum in the checker's stated order: the bias, then term after term."""
    values = inputs
    for layer in (1, 2):
        weights, bias = arrays[f"W{layer}"], arrays[f"b{layer}"]
        total = numpy.tile(bias, (len(values), 1))
        for column, weight in zip(values.T, weights.T, strict=True):
            total = total + column[:, None] * weight[None, :]
        values = numpy.maximum(total, numpy.float32(0)) if layer == 1 else total
    return values[:, 0]


def write_rows(path: Path, labels: Any, outputs: list[tuple[float, float]]) -> list[int]:
    """Every row with both outputs and both verdicts, as CSV; the rows (from 1) at which the verdicts differ."""
    differing = []
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file)
        writer.writerow(["row", "label", "exact", "float32", "exact_within_half", "float32_within_half"])
        for row, (label, pair) in enumerate(zip(labels.tolist(), outputs, strict=True), 1):
            verdicts = [abs(output - label) <= 0.5 for output in pair]
            writer.writerow([row, label, *map(repr, pair), *("yes" if v else "no" for v in verdicts)])
            if verdicts[0] != verdicts[1]:
                differing.append(row)
    return differing
