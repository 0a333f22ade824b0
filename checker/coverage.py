"""From verdicts on pieces of a dataset to one on the whole: only pieces that follow each other without a gap count."""

import hashlib
from dataclasses import dataclass, replace

from checker.console import Undecided
from checker.content import Distinct
from checker.engines.binary64 import AnyOrder
from checker.errors import InputError
from checker.judge import PATTERNED, Certified, Margin, Refuted, Tightest


class LostPieceError(Undecided):
    """Rows were handed out and no verdict on them came back."""


@dataclass(frozen=True)
class Floating:
    """What floating point makes of the claim at some rows: at which it fails, and the sizes of the sums.

    Where sums has an obstacle, failures are those of the stated order. unfit: rows (counted from 1) that cannot be
    evaluated, for a parameter or an input is no number of the format.
    """

    sums: AnyOrder
    failures: tuple[Refuted, ...]
    unfit: tuple[int, ...] = ()


@dataclass(frozen=True)
class Piece:
    """What was found of so many rows from start (counted from 0); real and floating as far as they were asked for."""

    start: int
    rows: int
    real: Certified | Refuted | None
    floating: Floating | None = None


@dataclass(frozen=True)
class Patterns:
    """Number and digest of the activation patterns of all rows (FORMAT.md)."""

    distinct: int
    sha256: str


class Coverage:
    """What was found of the rows so far, in order.

    right is how many rows the claim holds at, in every arithmetic asked for. failures and floating_failures are in the
    order of their rows; differing are the rows that are in one of them only and could be evaluated in both arithmetics,
    unfit is how many could not. exact: in real arithmetic, margin, tightest and patterns are those of all rows so far.
    """

    def __init__(self, keep_signs: bool = False) -> None:
        self.rows = self.right = 0
        self._signs: list[str] = []
        self._keep_signs = keep_signs
        self.exact = True
        self.failures: list[Refuted] = []
        self.floating_failures: list[Refuted] = []
        self.margin: Margin | None = None
        self.tightest: Tightest | None = None
        self.sums: AnyOrder | None = None
        self.differing: list[int] = []
        self.unfit = 0
        self._patterns, self._sha256 = Distinct(), hashlib.sha256()
        self._unpatterned = False

    def add(self, piece: Piece) -> None:
        """The next piece. Fails: LostPieceError when it does not begin where the one before ended."""
        if piece.start != self.rows:
            raise LostPieceError(f"rows {self.rows + 1} to {piece.start} are missing or were decided twice")
        if isinstance(piece.real, Certified):
            if piece.real.rows != piece.rows:
                raise LostPieceError(f"{piece.real.rows} rows were decided of {piece.rows} handed out")
            self._certified(piece.real)
        else:
            self.exact = False
            self.failures += self._moved(failing(piece.real))
        if piece.floating is not None:
            self._floating(piece.floating, piece.real)
        self.rows, self.right = self.rows + piece.rows, self.right + piece.rows - len(_not_right(piece))

    @property
    def signs(self) -> list[str] | None:
        """The activation pattern of every row so far, where they are to be kept; None when one is not known."""
        return self._signs if self._keep_signs and self.exact else None

    def patterns(self) -> Patterns | None:
        """Of the rows so far; None when the network is too large for them."""
        return None if self._unpatterned else Patterns(self._patterns.count, self._sha256.hexdigest())

    def _floating(self, found: Floating, real: Certified | Refuted | None) -> None:
        self.sums = found.sums.after(self.rows).worse(self.sums)
        self.floating_failures += self._moved(found.failures)
        self.unfit += len(found.unfit)
        if real is not None:
            rows = {failure.row for failure in failing(real)} ^ {failure.row for failure in found.failures}
            self.differing += [row + self.rows for row in sorted(rows.difference(found.unfit))]

    def _moved(self, failures: tuple[Refuted, ...]) -> list[Refuted]:
        return [replace(failure, row=failure.row + self.rows) for failure in failures]

    def _certified(self, verdict: Certified) -> None:
        patterns = verdict.patterns or ()
        self._unpatterned = self._unpatterned or verdict.patterns is None
        if self._unpatterned and self._keep_signs:
            raise InputError("--signs", "", f"the network has more than {PATTERNED} ReLU neurons")
        for row, pattern in enumerate(patterns, self.rows + 1):
            self._sha256.update(pattern.encode("ascii") + b"\n")
            self._patterns.add(_packed(pattern), row)
        self._signs += patterns if self._keep_signs and self.exact else ()
        if verdict.margin and (self.margin is None or verdict.margin.value < self.margin.value):
            self.margin = replace(verdict.margin, row=verdict.margin.row + self.rows)
        if verdict.tightest and (self.tightest is None or verdict.tightest.value < self.tightest.value):
            self.tightest = replace(verdict.tightest, row=verdict.tightest.row + self.rows)


def failing(verdict: Certified | Refuted | None) -> tuple[Refuted, ...]:
    """The rows at which the claim fails, one by one."""
    return (replace(verdict, others=()), *verdict.others) if isinstance(verdict, Refuted) else ()


def _not_right(piece: Piece) -> set[int]:
    """The rows of the piece (counted from 1 in it) at which the claim fails or cannot be evaluated."""
    floating = piece.floating or Floating(AnyOrder(0, 0, 0, 0), ())
    return {failure.row for failure in (*failing(piece.real), *floating.failures)}.union(floating.unfit)


def _packed(pattern: str) -> bytes:
    """The pattern, of which all have the same shape, in an eighth of its length."""
    bits = pattern.replace("/", "")
    return int(bits or "0", 2).to_bytes((len(bits) + 7) // 8)
