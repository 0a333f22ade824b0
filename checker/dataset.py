"""Finite datasets of exact rational points, as frozen values."""

from dataclasses import dataclass
from itertools import groupby

from checker.network import Matrix, ShapeError, require_fractions


@dataclass(frozen=True)
class Dataset:
    """N >= 1 points: inputs is N x n, outputs is N x M, both rows in the order of the file.

    Fails: ShapeError on empty or ragged rows, TypeError on a number that is not a Fraction.
    """

    inputs: Matrix
    outputs: Matrix

    def __post_init__(self) -> None:
        if not self.inputs:
            raise ShapeError("a dataset needs at least one point")
        if len(self.inputs) != len(self.outputs):
            raise ShapeError(f"{len(self.inputs)} rows of inputs but {len(self.outputs)} rows of outputs")
        for rows, name in ((self.inputs, "inputs"), (self.outputs, "outputs")):
            for k, row in enumerate(rows, 1):
                if not row or len(row) != len(rows[0]):
                    raise ShapeError(f"row {k} has {len(row)} {name}, row 1 has {len(rows[0])}")
                require_fractions(row)

    def __len__(self) -> int:
        return len(self.inputs)

    def conflict(self) -> tuple[int, int] | None:
        """The first two rows (counted from 1) with equal inputs and different outputs, or None."""
        outputs = [y for _, y in zip(self.inputs, self.outputs, strict=True)]
        pairs = [(rows[0] + 1, k + 1) for rows in self.points() for k in rows[1:] if outputs[k] != outputs[rows[0]]]
        return min(pairs, key=lambda pair: pair[1], default=None)

    def points(self) -> list[list[int]]:
        """The rows (counted from 0) of each distinct input, by sorting: hashes of Fractions can be made to collide."""
        keys = [tuple((q.numerator, q.denominator) for q in x) for x in self.inputs]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        return [list(rows) for _, rows in groupby(order, key=keys.__getitem__)]
