"""The search for comparisons of weights that close a choice of kinds of cones. The replay does not believe it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import gcd, lcm
from typing import Any

from checker.impossible.cones import Cones, Integers
from checker.impossible.joint import Comparison, Pattern, comparable, constraints, outputs, pattern
from checker.impossible.simplex import combination


@dataclass(frozen=True)
class Leaf:
    """A functional and multipliers that close a choice of kinds under some comparisons."""

    functional: Integers
    multipliers: dict[int, int]

    def written(self) -> dict[str, Any]:
        """As JSON in a certificate."""
        multipliers = [[r, str(m)] for r, m in sorted(self.multipliers.items())]
        return {"functional": list(map(str, self.functional)), "multipliers": multipliers}


@dataclass(frozen=True)
class Compared:
    """Two cases: the weight of a first-layer neuron is larger in the first of two neurons, or in the second."""

    comparison: Comparison
    parts: tuple["Leaf | Compared", "Leaf | Compared"]

    def written(self) -> dict[str, Any]:
        """As JSON in a certificate; neurons are counted from 1."""
        of = [self.comparison.larger + 1, self.comparison.smaller + 1]
        parts = [part.written() for part in self.parts]
        return {"compare": self.comparison.neuron + 1, "of": of, "parts": parts}


def compared(cones: Cones, choice: Sequence[int], ys: Integers) -> Leaf | Compared | None:
    """Comparisons and functionals that close this choice of kinds, which without any is open; None when they do not."""
    patterns = [pattern(cones, kind) for kind in choice]
    pairs = [
        Comparison(neuron, first, second)
        for neuron in comparable(cones)
        for first, second in combinations(range(len(choice)), 2)
        if patterns[first].sign * patterns[first].weights[neuron]
        != patterns[second].sign * patterns[second].weights[neuron]
    ]
    # Where the two weights add up, a comparison excludes nothing that the sum could not be: it is not tried.

    def descend(known: tuple[Comparison, ...], rest: list[Comparison]) -> Leaf | Compared | None:
        leaf = _leaf(cones, patterns, known, ys) if known else None
        if leaf is not None or not rest:
            return leaf
        found = []
        for case in (rest[0], Comparison(rest[0].neuron, rest[0].smaller, rest[0].larger)):
            part = descend((*known, case), rest[1:])
            if part is None:
                return None
            found.append(part)
        return Compared(rest[0], (found[0], found[1]))

    return descend((), pairs)


def _leaf(cones: Cones, patterns: Sequence[Pattern], known: Sequence[Comparison], ys: Integers) -> Leaf | None:
    """Multipliers m >= 0 and v with v.1 = 0, v.y = -1 and v.outputs = m.constraints, scaled to integers."""
    rows, at = constraints(cones, patterns, known), outputs(cones, patterns)
    columns = [(*row, 0, 0) for row in rows]
    for sign in (1, -1):
        columns += [(*(-sign * v for v in form), sign, sign * y) for form, y in zip(at, ys, strict=True)]
    found = combination(columns, (*(0 for _ in rows[0]), 0, -1))
    if isinstance(found, tuple):
        return None
    unit = lcm(*(v.denominator for v in found.values()))
    whole = {k: int(v * unit) for k, v in found.items()}
    divisor = gcd(*whole.values())
    whole = {k: v // divisor for k, v in whole.items()}
    first, size = len(rows), len(ys)
    functional = tuple(whole.get(first + k, 0) - whole.get(first + size + k, 0) for k in range(size))
    return Leaf(functional, {k: v for k, v in whole.items() if k < first})
