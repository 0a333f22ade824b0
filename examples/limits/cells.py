"""The table of the largest N: each cell with the datasets of its two sides and the networks of its lower side."""

from dataclasses import dataclass
from fractions import Fraction

from checker.dataset import Dataset
from checker.network import Network
from examples.limits.deep import fitted_deep
from examples.limits.shallow import before_one, behind_one, fitted

SPACINGS = ("0 1 2 3 4 5 6 7", "0 1 10 11 100 101 1000", "0 1/7 1/3 2 5/2 9 21/2")
"""The lower sides are shown on a zigzag with each of these, and on stairs with the first."""


@dataclass(frozen=True)
class Cell:
    """Hidden widths, the largest number of points that always fit, and why they do; one more, in a zigzag, do not."""

    widths: tuple[int, ...]
    number: int
    why: str
    slow: bool = False

    @property
    def name(self) -> str:
        """As in the names of files."""
        return "-".join(map(str, self.widths))

    def shown(self) -> dict[str, Dataset]:
        """Datasets for which networks are written, by name; that all data fit is proved, not enumerated."""
        stairs = [Fraction(6 * (k // 2) + 5 * (k % 2)) for k in range(self.number)]
        found = {f"zigzag{k + 1}": zigzag(self.number, spacing) for k, spacing in enumerate(SPACINGS)}
        return found | {"stairs": _points(SPACINGS[0], stairs)}


TABLE = (
    Cell((1,), 2, "`proofs prove shallow_number`"),
    Cell((2,), 3, "`proofs prove shallow_number`"),
    Cell((3,), 5, "`proofs prove shallow_number`"),
    Cell((4,), 6, "`proofs prove shallow_number`"),
    Cell((1, 1), 2, "`proofs prove shallow_number_second`"),
    Cell((1, 2), 3, "`proofs prove shallow_number_second`"),
    Cell((2, 1), 3, "`proofs prove shallow_number_first`"),
    Cell((1, 3), 5, "`proofs prove shallow_number_second`"),
    Cell((1, 4), 6, "`proofs prove shallow_number_second`"),
    Cell((3, 1), 5, "`proofs prove shallow_number_first`", slow=True),
    Cell((2, 2), 6, "`proofs prove deep_number`", slow=True),
)


def constructed(cell: Cell, points: Dataset) -> Network | None:
    """The network of shallow.py or deep.py for a dataset of one input; None for widths that neither is about."""
    ts, ys = [x for (x,) in points.inputs], [y for (y,) in points.outputs]
    if cell.widths == (2, 2):
        return fitted_deep(ts, ys)
    if max(cell.widths) < 3:
        return None
    network = fitted(ts, ys)
    if len(cell.widths) == 1:
        return network
    return behind_one(network, ts[0]) if cell.widths[0] == 1 else before_one(network, min(ys))


def zigzag(count: int, spacing: str = SPACINGS[0]) -> Dataset:
    """Points with the outputs 0, 1, 0, 1, ..."""
    return _points(spacing, [Fraction(k % 2) for k in range(count)])


def _points(spacing: str, ys: list[Fraction]) -> Dataset:
    ts = [Fraction(t) for t in spacing.split()][: len(ys)]
    return Dataset(tuple((t,) for t in ts), tuple((y,) for y in ys))
