"""Theorem 3 with all choices left free: any p, b, C and z that satisfy the named conditions.

p keeps the rows apart (`injective`), b separates the groups (`separated`), C lies below the first
outputs (`below`), every -u_j z_j exceeds its thresholds (`steep`). A program may choose as it
likes; the breakpoints of first-layer neurons without a group may be anything at all.
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import F, N, Y, row

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"


def prove(k: Kernel) -> None:
    """The network of the file meets every row of the unsorted dataset."""
    k.prove(
        "theorem3_free",
        "For any p, b, C and z that satisfy the conditions, the network meets every row.",
        (row,),
        [row >= 0, row < N],
        F(row) == Y(row),
        [k.at("forward", row), k.at("padding", row)],
    )
