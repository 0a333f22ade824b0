"""Every network of two hidden layers whose parameters come from one finite set: is there one that fits?

Only the values at the N points matter, so a neuron is a vector of N numbers, and neurons with equal vectors are one.

1. *First layer.* All vectors relu(w.x + b), w and b from the set. A choice of a1 of them is a multiset: permuting the
   neurons of a layer, and the columns of the next with them, changes no network. A zero vector may be left out: any
   other in its place, with weight 0, gives the same sums, and 0 is in the set.
2. *Second layer.* For each such choice all vectors h = relu(b + sum_i w_i r_i).
3. *Last layer.* y = c + sum_j u_j h_j. The steps from each point to the next are free of c: those of y have to be a sum
   of a2 of the steps of vectors u h. They are put in order, the least first (permuting neurons again); all but one are
   tried, and the last is looked up. Where the steps agree, the value at the first point decides about c.

Nothing else is left out. Exact: with the set in units of 1/L and inputs in units of 1/D, layers 1, 2 and the output are
integers in units of 1/(L D), 1/(L L D) and 1/(L L L D); a vector of steps becomes one integer, its entries as digits in
a base so large that sums of a2 of them never carry over.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from math import lcm
from operator import mul

from checker.dataset import Dataset
from checker.network import Layer, Network

Values = tuple[int, ...]
"""A neuron's values at the N points, in units."""


@dataclass(frozen=True)
class Numbers:
    """The set that parameters come from: integers in units of 1/unit, symmetric about 0, with 0 and 1."""

    values: tuple[int, ...]
    unit: int

    @classmethod
    def integers(cls, bound: int) -> "Numbers":
        """All integers up to this absolute value."""
        return cls(tuple(range(-bound, bound + 1)), 1)

    @classmethod
    def fractions(cls, bound: int) -> "Numbers":
        """All p/q with |p| <= bound and 1 <= q <= bound."""
        unit = lcm(*range(1, bound + 1))
        found = {p * (unit // q) for p in range(-bound, bound + 1) for q in range(1, bound + 1)}
        return cls(tuple(sorted(found)), unit)

    def __getitem__(self, value: int) -> Fraction:
        return Fraction(value, self.unit)


class TimeIsUp(Exception):
    """Not all networks were tried."""


class Enumeration:
    """The networks with these hidden widths and numbers, against the points, until the deadline.

    choices counts those of the first layer, tried the sums that were looked up behind them.
    """

    def __init__(self, dataset: Dataset, widths: tuple[int, int], numbers: Numbers, deadline: float) -> None:
        self.dataset, self.numbers, (self.a1, self.a2), self.deadline = dataset, numbers, widths, deadline
        unit, values = numbers.unit, numbers.values
        self.inputs_unit = lcm(*(v.denominator for x in dataset.inputs for v in x))
        self.targets = [y * unit**3 * self.inputs_unit for (y,) in dataset.outputs]
        self.constant = unit**2 * self.inputs_unit
        self.first = self._first_layer()
        largest = max(max(vector) for vector in self.first)
        second = values[-1] * (self.a1 * largest + unit * self.inputs_unit)
        reach = max(self.a2 * values[-1] * second, *map(abs, self.targets))
        self.base = 8 * int(reach + 1)
        self.choices = self.tried = 0

    def network(self) -> Network | None:
        """A network that fits, or None when there is none: then all have been tried. Fails: TimeIsUp."""
        if any(y.denominator != 1 for y in self.targets):
            return None  # every output is an integer in these units
        ys = tuple(map(int, self.targets))
        for rows in combinations_with_replacement(self.first, self.a1):
            self._require_time()
            self.choices += 1
            found = self._outputs(ys, self._terms(self._second_layer(rows)))
            if found is not None:
                return self._written(rows, *found)
        return None

    def _first_layer(self) -> dict[Values, tuple[int, ...]]:
        """The vectors of first-layer neurons but 0, each with one bias and row of weights."""
        xs = [[int(v * self.inputs_unit) for v in x] for x in self.dataset.inputs]
        found: dict[Values, tuple[int, ...]] = {}
        for bias, *row in product(self.numbers.values, repeat=len(xs[0]) + 1):
            self._require_time()
            vector = tuple(max(bias * self.inputs_unit + sum(map(mul, row, x)), 0) for x in xs)
            if any(vector):
                found.setdefault(vector, (bias, *row))
        return found

    def _second_layer(self, rows: Sequence[Values]) -> set[Values]:
        """The vectors of second-layer neurons behind these of the first."""
        values, unit = self.numbers.values, self.numbers.unit * self.inputs_unit
        sums: set[Values] = {tuple(b * unit for _ in rows[0]) for b in values}
        for row in rows:
            self._require_time()
            multiples = [[w * v for v in row] for w in values]
            sums = {tuple(map(int.__add__, s, m)) for s in sums for m in multiples}
        return {tuple([v if v > 0 else 0 for v in s]) for s in sums}

    def _terms(self, second: set[Values]) -> dict[int, dict[int, tuple[int, Values]]]:
        """For the steps of every u h, as one integer, its values at the first point, each with one u and h."""
        found: dict[int, dict[int, tuple[int, Values]]] = {}
        for h in second:
            steps = self._steps(h)
            for u in self.numbers.values:
                found.setdefault(u * steps, {}).setdefault(u * h[0], (u, h))
        return found

    def _steps(self, vector: Values) -> int:
        """The differences of neighbouring entries as digits of one integer: linear, and of no other such sum."""
        total = 0
        for v, w in pairwise(vector):
            total = total * self.base + w - v
        return total

    def _outputs(
        self, ys: Values, terms: dict[int, dict[int, tuple[int, Values]]]
    ) -> tuple[int, tuple[tuple[int, Values], ...]] | None:
        """c, and a2 pairs u, h with c + sum u h = y, or None when there are none."""
        allowed = {c * self.constant: c for c in self.numbers.values}
        for steps in self._sums(self._steps(ys), sorted(terms), set(terms), self.a2):
            for starts in product(*(terms[step].items() for step in steps)):
                c = allowed.get(ys[0] - sum(start for start, _ in starts))
                if c is not None:
                    return c, tuple(pair for _, pair in starts)
        return None

    def _sums(self, target: int, ordered: list[int], every: set[int], count: int) -> Iterator[tuple[int, ...]]:
        """All ways to write target as a sum of so many members, all but the last in order."""
        if count == 1:
            self.tried += 1
            if target in every:
                yield (target,)
        elif count == 2:
            self.tried += len(ordered)
            if not every.isdisjoint(map(target.__sub__, ordered)):
                yield from ((step, target - step) for step in ordered if target - step in every)
        else:
            for k, step in enumerate(ordered):
                self._require_time()
                for rest in self._sums(target - step, ordered[k:], every, count - 1):
                    yield (step, *rest)

    def _require_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise TimeIsUp("the enumeration was not finished in time")

    def _written(self, rows: Sequence[Values], c: int, pairs: tuple[tuple[int, Values], ...]) -> Network:
        """The network of these vectors: parameters of the second layer are searched for once more."""
        exact = self.numbers.__getitem__
        first = [self.first[row] for row in rows]
        second = [self._parameters(rows, h) for _, h in pairs]
        hidden = [
            Layer(tuple(tuple(map(exact, w)) for _, *w in layer), tuple(exact(b) for b, *_ in layer), "relu")
            for layer in (first, second)
        ]
        return Network((*hidden, Layer((tuple(exact(u) for u, _ in pairs),), (exact(c),), "identity")))

    def _parameters(self, rows: Sequence[Values], h: Values) -> tuple[int, ...]:
        """A bias and weights of the second-layer neuron with these values."""
        unit = self.numbers.unit * self.inputs_unit
        for bias, *weights in product(self.numbers.values, repeat=self.a1 + 1):
            sums = (bias * unit + sum(map(mul, weights, column)) for column in zip(*rows, strict=True))
            if all(max(s, 0) == v for s, v in zip(sums, h, strict=True)):
                return (bias, *weights)
        raise RuntimeError("a vector of the second layer without parameters")
