"""Theorem 3 for any projection p that keeps the rows apart; b, C and z as chosen in theorem3_line."""

from __future__ import annotations

from proofs.kernel.rules import Kernel

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"


def prove(k: Kernel) -> None:
    """The constructed breakpoints, C and z satisfy the conditions of theorem3_free."""
    made = {name: k[f"theorem3_line.{name}"] for name in ("separated", "below", "steep")}
    words = "The choices of theorem3_line meet every row, once the padded list is sorted."
    k.discharge("theorem3_injective.made", words, k["theorem3_free"], made)
    words = "If p gives different rows different projected inputs, the network meets every row."
    padded = {"sorted": k["padding.sorted"]}
    k.discharge("theorem3_injective", words, k["theorem3_injective.made"], padded)
