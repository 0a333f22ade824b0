"""The certificate of impossibility: written as found, and replayed without a search (FORMAT.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import lcm
from typing import Any

from checker import __version__
from checker.certificate import STATEMENT, subject
from checker.dataset import Dataset
from checker.errors import InputError
from checker.formats import Source, content_sha256
from checker.formats.strict_json import members
from checker.impossible.cones import Cell, Cones, Integers, first_layers, one_layer, two_layers
from checker.impossible.cover import closed_kinds, open_choice, separates
from checker.impossible.moved import Moved, cases, closed_pairs
from checker.rational import NumberError, parse_rational

PREDICATE = "tag:exact-relu,2026:impossibility/1"


@dataclass(frozen=True)
class Line:
    """A dataset whose distinct inputs are on one line: coordinate t increases, ys are the values in integers.

    coordinate: which of the inputs t is, counted from 0. unit: ys are the outputs times unit.
    """

    coordinate: int
    ts: tuple[Fraction, ...]
    ys: Integers
    unit: int


def on_a_line(dataset: Dataset) -> Line | None:
    """The dataset, consistent and of one output, by one coordinate; None when no line goes through its inputs.

    On a line every input is an affine function of one of them that is not constant.
    """
    first = dataset.inputs[0]
    other = next((x for x in dataset.inputs if x != first), first)
    coordinate = next((k for k, (a, b) in enumerate(zip(first, other, strict=True)) if a != b), 0)
    way = [b - a for a, b in zip(first, other, strict=True)]
    for x in dataset.inputs:
        if any(
            (v - a) * way[coordinate] != (x[coordinate] - first[coordinate]) * w
            for v, a, w in zip(x, first, way, strict=True)
        ):
            return None
    points = sorted({(x[coordinate], y[0]) for x, y in zip(dataset.inputs, dataset.outputs, strict=True)})
    unit = lcm(*(y.denominator for _, y in points))
    return Line(coordinate, tuple(t for t, _ in points), tuple(int(y * unit) for _, y in points), unit)


def statement(source: Source[Dataset], numbers: str, widths: tuple[int, ...], found: dict[str, Any]) -> dict[str, Any]:
    """The in-toto Statement that no network of these hidden widths fits the dataset; found: functionals and cases."""
    dataset = source.value
    predicate = {
        "claim": "impossible",
        "hiddenWidths": list(widths),
        "numbers": numbers,
        "outputs": len(dataset.outputs[0]),
        "dataset": {"contentSha256": content_sha256(dataset)},
        "points": {"given": len(dataset), "distinct": len(dataset.points())},
        **found,
        "checker": __version__,
    }
    subjects = [subject(source.path, source.sha256)]
    return {"_type": STATEMENT, "subject": subjects, "predicateType": PREDICATE, "predicate": predicate}


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
        if len(widths) == 1:
            closers: list[Callable[[str, Any], int]] = [partial(self._close, one_layer(ts), self.line.ys)]
        elif widths[0] == 1:
            closers = [partial(self._close_moved, case) for case in cases(ts, self.line.ys)]
        else:
            closers = [partial(self._close_cells, cells) for cells in first_layers(ts, widths[0])]
        if not isinstance(written, list) or len(written) != len(closers):
            raise InputError(self.path, "predicate.cases", f"expected a list of {len(closers)} cases")
        return sum(close(f"predicate.cases[{k}]", w) for k, (close, w) in enumerate(zip(closers, written, strict=True)))

    def _close_cells(self, cells: tuple[Cell, ...], place: str, written: Any) -> int:
        if not isinstance(written, dict):
            return self._close(two_layers(self.line.ts, cells), self.line.ys, place, written)
        number, at, parts = self._split(place, written, len(cells))
        cell = cells[number]
        if not cell.low < at < cell.high:
            raise InputError(self.path, f"{place}.at", "not inside the interval that is split")
        halves = [(*cells[:number], half, *cells[number + 1 :]) for half in cell.split(at)]
        return sum(self._close_cells(half, f"{place}.parts[{k}]", parts[k]) for k, half in enumerate(halves))

    def _close_moved(self, case: Moved, place: str, written: Any) -> int:
        if isinstance(written, dict):
            _, at, parts = self._split(place, written, 1)
            if case.low is None or case.high is None or not case.low < at < case.high:
                raise InputError(self.path, f"{place}.at", "not inside the interval that is split")
            halves = enumerate(case.split(at))
            return sum(self._close_moved(half, f"{place}.parts[{k}]", parts[k]) for k, half in halves)
        if not isinstance(written, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in written):
            raise InputError(self.path, place, "expected a list of pairs of functionals")
        pairs = [tuple(self._functionals(place, pair, len(case.ys))) for pair in written]
        self._require_none_open(place, [closed_pairs(pair, case) for pair in pairs], one_layer(case.at(case.low)))
        return 1

    def _close(self, cones: Cones, ys: Integers, place: str, written: Any) -> int:
        if not isinstance(written, list):
            raise InputError(self.path, place, "expected a list of functionals")
        found = [v for v in self._functionals(place, written, len(ys)) if separates(v, ys)]
        self._require_none_open(place, [closed_kinds(v, cones) for v in found], cones)
        return 1

    def _require_none_open(self, place: str, closed: list[int], cones: Cones) -> None:
        choice = open_choice(closed, len(cones.kinds), self.width)
        if choice is not None:
            kinds = ", ".join(str(kind + 1) for kind in choice)
            raise InputError(self.path, place, f"no functional closes the cones {kinds}")

    def _functionals(self, place: str, indices: list[Any], size: int) -> list[Integers]:
        found = []
        for k, index in enumerate(indices):
            number = _count(self.path, f"{place}[{k}]", index, len(self.functionals) - 1)
            if len(self.functionals[number]) != size:
                raise InputError(self.path, f"{place}[{k}]", f"not a functional on {size} points")
            found.append(self.functionals[number])
        return found

    def _split(self, place: str, written: dict[str, Any], count: int) -> tuple[int, Fraction, list[Any]]:
        number, at, parts = members(self.path, place, written, ("split", "at", "parts"))
        if not isinstance(parts, list) or len(parts) != 2:
            raise InputError(self.path, f"{place}.parts", "expected two cases")
        neuron = _count(self.path, f"{place}.split", number, count)
        if neuron < 1:
            raise InputError(self.path, f"{place}.split", "neurons are counted from 1")
        return neuron - 1, _number(self.path, f"{place}.at", at), parts


def read_functionals(path: str, written: Any) -> tuple[Integers, ...]:
    """The functionals of a certificate: lists of integers. Fails: InputError."""
    place = "predicate.functionals"
    if not isinstance(written, list) or not all(isinstance(row, list) for row in written):
        raise InputError(path, place, "expected a list of lists")
    rows = [[_number(path, f"{place}[{k}]", v) for v in row] for k, row in enumerate(written)]
    if any(v.denominator != 1 for row in rows for v in row):
        raise InputError(path, place, "expected integers")
    return tuple(tuple(map(int, row)) for row in rows)


def _number(path: str, place: str, text: Any) -> Fraction:
    try:
        return parse_rational(text if isinstance(text, str) else "")
    except NumberError as error:
        raise InputError(path, place, str(error)) from None


def _count(path: str, place: str, value: Any, greatest: int) -> int:
    """A JSON integer from 0 to greatest, as the strict reader gives it."""
    text = getattr(value, "text", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) <= greatest):
        raise InputError(path, place, f"expected an integer from 0 to {greatest}")
    return int(text)
