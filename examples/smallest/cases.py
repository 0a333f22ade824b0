"""The datasets of the table, with hidden widths, and the bound up to which each search goes: then the cell is open."""

from dataclasses import dataclass
from fractions import Fraction

from checker.dataset import Dataset

FAR = 30


@dataclass(frozen=True)
class Case:
    """Rows of inputs and an output, hidden widths, the last bounds tried with integers and with fractions; and whether
    that takes half a minute or more.
    """

    rows: str
    widths: tuple[int, int]
    integers: int = FAR
    fractions: int = FAR
    slow: bool = False


ZIGZAG = "0,0 1,1 2,0 3,1 4,0 5,1 6,0"


def _zigzag(count: int) -> str:
    return " ".join(ZIGZAG.split()[:count])


CASES = (
    Case(_zigzag(2), (1, 1)),
    Case(_zigzag(3), (1, 2)),
    Case(_zigzag(3), (2, 1)),
    Case(_zigzag(4), (2, 2)),
    Case(_zigzag(5), (2, 2)),
    Case(_zigzag(6), (2, 2), FAR, 2, slow=True),
    Case(_zigzag(5), (1, 3), slow=True),
    Case(_zigzag(5), (3, 1), slow=True),
    Case(_zigzag(7), (2, 3)),
    Case("0,3 1,-1 2,4 3,-1", (2, 2)),
    Case("0,0 1,1 2,4 3,9", (2, 2)),
    Case("0,0 1,100 2,7 3,55", (2, 2), FAR, 2, slow=True),
    Case("0,3 1,1 2,4 3,1", (3, 2)),
    Case("0,3 1,1 2,4 3,1 4,5 5,9", (2, 3)),
    Case("0,3 1,1 2,4 3,1 4,5 5,9", (3, 2)),
    Case("0,3 1,1 2,4 3,1 4,5 5,9", (3, 3)),
    Case("0,3 1,1 2,4 3,1 4,5 5,9", (5, 2)),
    Case("0,0,1 0,1,0 1,0,0 1,1,1", (2, 2)),
    Case("0,9,1 1,0,2 2,5,3 3,5,4", (2, 2)),
)


def points(rows: str) -> Dataset:
    """The dataset of these rows, the last entry of each its output."""
    numbers = [tuple(map(Fraction, row.split(","))) for row in rows.split()]
    return Dataset(tuple(row[:-1] for row in numbers), tuple(row[-1:] for row in numbers))
