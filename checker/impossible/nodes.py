"""The cases of a search, each with what closes it, as a certificate has them."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from checker.impossible.compare import Compared, Leaf
from checker.impossible.cones import Cell
from checker.impossible.moved import Moved
from checker.rational import format_rational


@dataclass
class Node:
    """A case: a first layer by its cells, and what closes it: indices of functionals and comparisons, or two cases."""

    cells: tuple[Cell, ...]
    closing: list[int] | None = None
    compared: dict[tuple[int, ...], Leaf | Compared] = field(default_factory=dict)
    split: tuple[int, Fraction, "Node", "Node"] | None = None

    def used(self) -> set[int]:
        """The indices of all functionals that close this case."""
        return self.split[2].used() | self.split[3].used() if self.split else set(self.closing or ())

    def written(self, order: dict[int, int]) -> Any:
        """As JSON in a certificate (FORMAT.md)."""
        if self.split is None:
            closing = [order[k] for k in self.closing or ()]
            choices = [{"kinds": list(k), "proof": proof.written()} for k, proof in self.compared.items()]
            return {"functionals": closing, "choices": choices} if choices else closing
        neuron, at, *parts = self.split
        return {"split": neuron + 1, "at": format_rational(at), "parts": [part.written(order) for part in parts]}


@dataclass
class MovedNode:
    """A case of a first layer of one neuron, and what closes it: pairs of functionals, or two cases."""

    case: Moved
    closing: list[list[int]] | None = None
    split: tuple[Fraction, "MovedNode", "MovedNode"] | None = None

    def used(self) -> set[int]:
        """The indices of all functionals that close this case."""
        if self.split:
            return self.split[1].used() | self.split[2].used()
        return {k for pair in self.closing or () for k in pair}

    def written(self, order: dict[int, int]) -> Any:
        """As JSON in a certificate: [[index, index], ...], or {"split": 1, "at": tau, "parts": [case, case]}."""
        if self.split is None:
            return [[order[k] for k in pair] for pair in self.closing or ()]
        at, *parts = self.split
        return {"split": 1, "at": format_rational(at), "parts": [part.written(order) for part in parts]}
