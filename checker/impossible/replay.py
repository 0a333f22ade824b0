"""The replay of a certificate of impossibility: every case is closed, without a search (FORMAT.md)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from checker.errors import InputError
from checker.formats.strict_json import members
from checker.impossible.cones import Cell, Cones, Integers, first_layers, how_many_first_layers, one_layer, two_layers
from checker.impossible.cover import closed_kinds, open_choice, separates
from checker.impossible.joint import Comparison, Pattern, closes, comparable, constraints, outputs, pattern
from checker.impossible.moved import Moved, cases, closed_pairs
from checker.impossible.read import count, integers, items, neuron, rational
from checker.impossible.statement import Line


@dataclass(frozen=True)
class Replay:
    """The cases of a certificate, read from path, are all closed by its functionals."""

    path: str
    line: Line
    width: int
    functionals: tuple[Integers, ...]

    def require_all(self, widths: tuple[int, ...], written: Any) -> int:
        """Closes every case of networks with these widths, and gives how many there were. Fails: InputError."""
        ts = self.line.ts
        if len(widths) == 2 and widths[0] > 1:
            items(self.path, "predicate.cases", written, how_many_first_layers(len(ts), widths[0]))
        if len(widths) == 1:
            closers: list[Callable[[str, Any], int]] = [partial(self._close, one_layer(ts), self.line.ys)]
        elif widths[0] == 1:
            closers = [partial(self._close_moved, case) for case in cases(ts, self.line.ys)]
        else:
            closers = [partial(self._close_cells, cells) for cells in first_layers(ts, widths[0])]
        found = items(self.path, "predicate.cases", written, len(closers))
        return sum(close(f"predicate.cases[{k}]", w) for k, (close, w) in enumerate(zip(closers, found, strict=True)))

    def _close_cells(self, cells: tuple[Cell, ...], place: str, written: Any) -> int:
        if not isinstance(written, dict) or "functionals" in written:
            cones, closing, choices = two_layers(self.line.ts, cells), written, []
            if isinstance(written, dict):
                closing, choices = members(self.path, place, written, ("functionals", "choices"))
            done = self._closed_choices(cones, place, choices)
            return self._close(cones, self.line.ys, place, closing, done)
        k, at, parts = self._split(place, written, len(cells))
        cell = cells[k]
        if not cell.low < at < cell.high:
            raise InputError(self.path, f"{place}.at", "not inside the interval that is split")
        halves = enumerate((*cells[:k], half, *cells[k + 1 :]) for half in cell.split(at))
        return sum(self._close_cells(half, f"{place}.parts[{number}]", parts[number]) for number, half in halves)

    def _close_moved(self, case: Moved, place: str, written: Any) -> int:
        if isinstance(written, dict):
            _, at, parts = self._split(place, written, 1)
            if case.low is None or case.high is None or not case.low < at < case.high:
                raise InputError(self.path, f"{place}.at", "not inside the interval that is split")
            halves = enumerate(case.split(at))
            return sum(self._close_moved(half, f"{place}.parts[{k}]", parts[k]) for k, half in halves)
        if not isinstance(written, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in written):
            raise InputError(self.path, place, "expected a list of pairs of functionals")
        pairs = [self._functionals(place, pair, len(case.ys)) for pair in written]
        closed = [closed_pairs((low, high), case) for low, high in pairs]
        self._require_none_open(place, closed, one_layer(case.at(case.low)))
        return 1

    def _closed_choices(self, cones: Cones, place: str, written: Any) -> set[tuple[int, ...]]:
        """The choices of kinds that comparisons close, each alone."""
        done = set()
        for k, choice in enumerate(items(self.path, f"{place}.choices", written)):
            here = f"{place}.choices[{k}]"
            kinds, proof = members(self.path, here, choice, ("kinds", "proof"))
            numbers = items(self.path, f"{here}.kinds", kinds, self.width)
            chosen = tuple(count(self.path, f"{here}.kinds", n, len(cones.kinds) - 1) for n in numbers)
            self._close_choice(cones, [pattern(cones, kind) for kind in chosen], (), f"{here}.proof", proof)
            done.add(tuple(sorted(chosen)))
        return done

    def _close_choice(
        self, cones: Cones, patterns: list[Pattern], known: tuple[Comparison, ...], place: str, written: Any
    ) -> None:
        """Closes the neurons of these patterns, of whose weights these comparisons are known."""
        if not isinstance(written, dict) or "compare" not in written:
            self._close_leaf(outputs(cones, patterns), constraints(cones, patterns, known), place, written)
            return
        number, of, parts = members(self.path, place, written, ("compare", "of", "parts"))
        free = comparable(cones)
        first = neuron(self.path, f"{place}.compare", number, max(free, default=0) + 1)
        if first not in free:
            raise InputError(self.path, f"{place}.compare", "not a first-layer neuron whose tau is free")
        pair = [neuron(self.path, f"{place}.of", n, self.width) for n in items(self.path, f"{place}.of", of, 2)]
        if pair[0] == pair[1]:
            raise InputError(self.path, f"{place}.of", "expected two different neurons")
        for k, part in enumerate(items(self.path, f"{place}.parts", parts, 2)):
            case = Comparison(first, pair[k], pair[1 - k])
            self._close_choice(cones, patterns, (*known, case), f"{place}.parts[{k}]", part)

    def _close_leaf(self, at: list[Integers], rows: list[Integers], place: str, written: Any) -> None:
        values, entries = members(self.path, place, written, ("functional", "multipliers"))
        functional, multipliers = integers(self.path, f"{place}.functional", values), {}
        if len(functional) != len(self.line.ys) or not separates(functional, self.line.ys):
            raise InputError(self.path, f"{place}.functional", "not a functional that separates the values")
        for k, entry in enumerate(items(self.path, f"{place}.multipliers", entries)):
            here = f"{place}.multipliers[{k}]"
            index, value = items(self.path, here, entry, 2)
            row = count(self.path, here, index, len(rows) - 1)
            if row in multipliers:
                raise InputError(self.path, here, "this constraint has a multiplier already")
            (multipliers[row],) = integers(self.path, here, [value])
        if not closes(functional, multipliers, rows, at):
            raise InputError(self.path, f"{place}.multipliers", "not a proof that the functional is nowhere negative")

    def _close(
        self, cones: Cones, ys: Integers, place: str, written: Any, done: Collection[tuple[int, ...]] = ()
    ) -> int:
        functionals = self._functionals(place, items(self.path, place, written), len(ys))
        found = [v for v in functionals if separates(v, ys)]
        self._require_none_open(place, [closed_kinds(v, cones) for v in found], cones, done)
        return 1

    def _require_none_open(
        self, place: str, closed: list[int], cones: Cones, done: Collection[tuple[int, ...]] = ()
    ) -> None:
        choice = open_choice(closed, len(cones.kinds), self.width, done)
        if choice is not None:
            kinds = ", ".join(str(kind + 1) for kind in choice)
            raise InputError(self.path, place, f"no functional closes the cones {kinds}")

    def _functionals(self, place: str, indices: list[Any], size: int) -> list[Integers]:
        found = []
        for k, index in enumerate(indices):
            number = count(self.path, f"{place}[{k}]", index, len(self.functionals) - 1)
            if len(self.functionals[number]) != size:
                raise InputError(self.path, f"{place}[{k}]", f"not a functional on {size} points")
            found.append(self.functionals[number])
        return found

    def _split(self, place: str, written: dict[str, Any], width: int) -> tuple[int, Fraction, list[Any]]:
        split, at, parts = members(self.path, place, written, ("split", "at", "parts"))
        found = items(self.path, f"{place}.parts", parts, 2)
        return neuron(self.path, f"{place}.split", split, width), rational(self.path, f"{place}.at", at), found
