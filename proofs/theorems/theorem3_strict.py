"""The activation pattern of the constructed network: the strict form of Theorem 3, for any dataset.

For the network of theorem3, in every cell [b(i), b(i+1)] and for every t in it, second-layer neuron
j is on exactly beyond its one knot, which lies strictly between the points it separates.
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel

SOURCE = "K. Inoue, Theorem 3; the construction is this project's"


def prove(k: Kernel) -> None:
    """What `knots` assumes is proved of the constructed network."""
    words = "For sorted data, breakpoints, C and z_j as constructed give the strict pattern."
    line = {name: k[f"theorem3_line.{name}"] for name in ("separated", "below", "steep")}
    k.discharge("theorem3_strict.line", words, k["knots"], line)
    words = "The padded list of any rows with different projected inputs has the strict pattern."
    padded = {"sorted": k["padding.sorted"], "groups": k["padding.fit"]}
    k.discharge("theorem3_strict.padded", words, k["theorem3_strict.line"], padded)
    words = "The network of theorem3 has the strict pattern on every cell, for all t."
    apart = {"injective": k["theorem3.apart"]}
    k.discharge("theorem3_strict", words, k["theorem3_strict.padded"], apart)
