"""From verdicts on pieces of a dataset to one on the whole: only pieces that follow each other without a gap count."""

import hashlib
from dataclasses import dataclass, replace

from checker.console import Undecided
from checker.content import Distinct
from checker.engines.binary64 import AnyOrder
from checker.judge import Certified, Margin, Refuted


class LostPieceError(Undecided):
    """Rows were handed out and no verdict on them came back."""


@dataclass(frozen=True)
class Piece:
    """A verdict on the rows from start (counted from 0), with what the sums of these rows say of floating point."""

    start: int
    verdict: Certified | Refuted
    sums: AnyOrder | None = None


@dataclass(frozen=True)
class Patterns:
    """Number and digest of the activation patterns of all rows (FORMAT.md)."""

    distinct: int
    sha256: str


class Coverage:
    """The rows found right so far, in order; refuted is the first that is wrong."""

    def __init__(self) -> None:
        self.rows = 0
        self.refuted: Refuted | None = None
        self.margin: Margin | None = None
        self.sums: AnyOrder | None = None
        self._patterns, self._sha256 = Distinct(), hashlib.sha256()

    def add(self, piece: Piece) -> None:
        """The next piece; nothing more is asked of those behind a refutation.

        Fails: LostPieceError when it does not begin where the one before ended.
        """
        if self.refuted is not None:
            return
        verdict, before = piece.verdict, self.rows
        if piece.start != before:
            raise LostPieceError(f"rows {before + 1} to {piece.start} are missing or were decided twice")
        if isinstance(verdict, Refuted):
            self.refuted = replace(verdict, row=verdict.row + before)
            return
        self.rows += verdict.rows
        for row, pattern in enumerate(verdict.patterns, before + 1):
            self._sha256.update(pattern.encode("ascii") + b"\n")
            self._patterns.add(_packed(pattern), row)
        if verdict.margin and (self.margin is None or verdict.margin.value < self.margin.value):
            self.margin = replace(verdict.margin, row=verdict.margin.row + before)
        if piece.sums is not None:
            self.sums = piece.sums.after(before).worse(self.sums)

    def patterns(self) -> Patterns:
        """Of the rows so far."""
        return Patterns(self._patterns.count, self._sha256.hexdigest())


def _packed(pattern: str) -> bytes:
    """The pattern, of which all have the same shape, in an eighth of its length."""
    bits = pattern.replace("/", "")
    return int(bits or "0", 2).to_bytes((len(bits) + 7) // 8)
