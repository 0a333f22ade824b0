"""The rows of a dataset as integers in common units: what the engines compute with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from checker.claim import ZERO_ERROR, Claim, Miss
from checker.dataset import Dataset
from checker.judge import Certified, Margin, Refuted, Tightest
from checker.network import Vector

SHORT = 64
"""Rows share one unit when its denominator has at most so many bits; else each has its own."""


@dataclass(frozen=True)
class Rows:
    """Rows of a dataset (counted from 0) whose inputs are the integers, in units of 1/unit."""

    unit: int
    numbers: tuple[int, ...]
    integers: tuple[tuple[int, ...], ...]


def in_units(dataset: Dataset) -> Iterator[Rows]:
    """All rows of the dataset, once each, those of one unit together; one unit for all when it is short."""
    common = 1
    for unit in {_own_unit(x) for x in dataset.inputs}:
        common = lcm(common, unit)
        if common.bit_length() > SHORT:
            return in_own_units(dataset)
    everything = tuple(range(len(dataset)))
    return iter([Rows(common, everything, tuple(scaled(x, common) for x in dataset.inputs))])


def in_own_units(dataset: Dataset) -> Iterator[Rows]:
    """All rows of the dataset, once each, every one in the largest unit that makes it integers."""
    groups: dict[int, list[int]] = {}
    for number, x in enumerate(dataset.inputs):
        groups.setdefault(_own_unit(x), []).append(number)
    for unit, numbers in groups.items():
        yield Rows(unit, tuple(numbers), tuple(scaled(dataset.inputs[k], unit) for k in numbers))


def _own_unit(x: Vector) -> int:
    return lcm(*(q.denominator for q in x))


def scaled(numbers: Vector, unit: int) -> tuple[int, ...]:
    """The numbers as integers, in units of 1/unit, a multiple of every denominator."""
    return tuple(q.numerator * (unit // q.denominator) for q in numbers)


class Findings:
    """What has been seen of a dataset so far: failures of the claim, tightest row, patterns, margin."""

    def __init__(self, dataset: Dataset, claim: Claim = ZERO_ERROR, patterned: bool = True) -> None:
        self._dataset, self._claim, self._patterned = dataset, claim, patterned
        self._patterns: list[str | None] = [None] * len(dataset)
        self._margin: tuple[Fraction, int, int, int] | None = None
        self._failures: list[tuple[int, Miss]] = []
        self._tightest: tuple[Fraction, int, int] | None = None

    def row(self, row: int, pattern: str, outputs: Vector) -> None:
        """The activation pattern and the outputs of a row (counted from 0), given once."""
        if self._patterns[row] is not None:
            raise RuntimeError(f"row {row} was evaluated twice")
        self._patterns[row] = pattern if self._patterned else ""
        found = self._claim.examined(self._dataset.outputs[row], outputs)
        if isinstance(found, Miss):
            self._failures.append((row, found))
        elif found is not None:
            room = (found.value, row, found.output)
            self._tightest = room if self._tightest is None else min(self._tightest, room)

    def preactivation(self, size: int, unit: int, row: int, layer: int, neuron: int) -> None:
        """A ReLU neuron (counted from 1) has |preactivation| size/unit at this row (counted from 0)."""
        best = self._margin
        if best is None or size * best[0].denominator <= best[0].numerator * unit:
            found = (Fraction(size, unit), row, layer, neuron)
            self._margin = found if best is None else min(best, found)

    def verdict(self) -> Certified | Refuted:
        """As the judge gives it. Fails: RuntimeError when a row was not evaluated."""
        patterns = tuple(pattern for pattern in self._patterns if pattern is not None)
        if len(patterns) != len(self._dataset):
            raise RuntimeError(f"{len(patterns)} rows were evaluated of {len(self._dataset)} given")
        failures = [
            Refuted(row + 1, self._dataset.inputs[row], miss.output, miss.expected, miss.obtained)
            for row, miss in sorted(self._failures, key=lambda failure: failure[0])
        ]
        if failures:
            return replace(failures[0], others=tuple(failures[1:]))
        margin = self._margin and Margin(self._margin[0], self._margin[1] + 1, *self._margin[2:])
        tightest = self._tightest and Tightest(self._tightest[0], self._tightest[1] + 1, self._tightest[2])
        return Certified(len(patterns), patterns if self._patterned else None, margin, tightest)
