"""The digits of scikit-learn, and what the randomization tests make of them: labels or pixels replaced by chance."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy

from checker.errors import InputError

TRAINING = 1500
FRACTIONS = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class Digits:
    """Images of 8 x 8 pixels as rows of integers, with their labels 0..9, to train on and to test on."""

    inputs: Any
    labels: Any
    test_inputs: Any
    test_labels: Any

    def first(self, count: int) -> "Digits":
        """The same with so many training samples at most."""
        return replace(self, inputs=self.inputs[:count], labels=self.labels[:count])


def digits() -> Digits:
    """All 1,797 images (integers 0..16), in an order of chance that is always the same: 1,500 to train on."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        raise InputError("scikit-learn", "", "is not installed: make setup, or pip install '.[examples]'") from None
    images, labels = load_digits(return_X_y=True)
    order = numpy.random.default_rng(0).permutation(len(images))
    images, labels = images[order].astype(numpy.int64), labels[order].astype(numpy.int64)
    return Digits(images[:TRAINING], labels[:TRAINING], images[TRAINING:], labels[TRAINING:])


def _random_labels(fraction: float) -> Callable[[Digits, Any], Digits]:
    def corrupted(source: Digits, chance: Any) -> Digits:
        """Each label is with this probability one drawn from all ten (which may be the true one); tests stay true."""
        drawn = chance.integers(0, 10, len(source.labels))
        chosen = chance.random(len(source.labels)) < fraction
        return replace(source, labels=numpy.where(chosen, drawn, source.labels))

    return corrupted


def _shuffled_pixels(source: Digits, chance: Any) -> Digits:
    """One permutation of the pixels, the same for all images."""
    order = chance.permutation(source.inputs.shape[1])
    return replace(source, inputs=source.inputs[:, order], test_inputs=source.test_inputs[:, order])


def _random_pixels(source: Digits, chance: Any) -> Digits:
    """Another permutation of the pixels for each image."""
    permuted = [chance.permuted(images, axis=1) for images in (source.inputs, source.test_inputs)]
    return replace(source, inputs=permuted[0], test_inputs=permuted[1])


def _gaussian_pixels(source: Digits, chance: Any) -> Digits:
    """Normal numbers of the mean and variance of all pixels, rounded to integers."""
    mean, deviation = source.inputs.mean(), source.inputs.std()
    drawn = [numpy.rint(chance.normal(mean, deviation, x.shape)) for x in (source.inputs, source.test_inputs)]
    return replace(source, inputs=drawn[0].astype(numpy.int64), test_inputs=drawn[1].astype(numpy.int64))


VARIANTS: dict[str, Callable[[Digits, Any], Digits]] = {
    "true-labels": lambda source, chance: source,
    "random-labels": _random_labels(1.0),
    "shuffled-pixels": _shuffled_pixels,
    "random-pixels": _random_pixels,
    "gaussian-pixels": _gaussian_pixels,
    **{f"random-labels-{round(100 * fraction)}": _random_labels(fraction) for fraction in FRACTIONS},
}


def variant(name: str, source: Digits) -> Digits:
    """The digits as this test has them; the same at every call."""
    return VARIANTS[name](source, numpy.random.default_rng([1, *map(ord, name)]))
