"""What can only be said of a dataset as a whole, gathered row by row in bounded memory: digest, distinct rows."""

import hashlib
import sqlite3
import tempfile

from checker.network import Vector
from checker.rational import format_rational

SPOOLED = 1 << 24
"""Canonical outputs up to so many characters wait in memory for the end of the inputs, more of them in a file."""


class DatasetContent:
    """Content digest, number of rows and of output columns, distinct inputs, and the first conflict of the rows so far.

    Memory does not grow with the rows: what does is kept in temporary files.
    """

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.conflict: tuple[int, int] | None = None
        self._sha256 = hashlib.sha256(b'{"format":"exact-dataset/1","inputs":[')
        self._outputs = tempfile.SpooledTemporaryFile(SPOOLED)
        self._points = Distinct()

    def add(self, x: Vector, y: Vector) -> None:
        """The next row, with inputs x and outputs y."""
        inputs, outputs = _row(x), _row(y)
        comma = b"," if self.rows else b""
        self._sha256.update(comma + inputs)
        self._outputs.write(comma + outputs)
        self.rows, self.columns = self.rows + 1, len(y)
        first = self._points.add(inputs, self.rows, outputs)
        if first is not None and first[1] != outputs and self.conflict is None:
            self.conflict = first[0], self.rows

    @property
    def distinct(self) -> int:
        """How many different inputs there are."""
        return self._points.count

    def sha256(self) -> str:
        """The digest of the canonical form of the rows so far."""
        digest = self._sha256.copy()
        digest.update(b'],"outputs":[')
        self._outputs.seek(0)
        while portion := self._outputs.read(SPOOLED):
            digest.update(portion)
        digest.update(b"]}")
        return digest.hexdigest()


class Distinct:
    """A set of byte strings, each with the row and the text that came with it first, in a temporary database."""

    def __init__(self) -> None:
        self.count = 0
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, row INTEGER, text BLOB) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def add(self, key: bytes, row: int, text: bytes = b"") -> tuple[int, bytes] | None:
        """The row and text of the key when it was there before, else None."""
        added = self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (key, row, text))
        if added.rowcount:
            self.count += 1
            return None
        found: tuple[int, bytes] = self._database.execute("SELECT row, text FROM seen WHERE key = ?", (key,)).fetchone()
        return found


def _row(numbers: Vector) -> bytes:
    return ('["' + '","'.join(map(format_rational, numbers)) + '"]').encode("ascii")
