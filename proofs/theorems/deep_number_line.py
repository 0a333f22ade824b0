"""The six points on the line, in their own order: whether crossed or not, the network of widths (2, 2) meets them."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.deep_number_data import PLACE, SOURCE, td, up, way, yd
from proofs.theorems.deep_number_network import value
from proofs.theorems.symbols import q, ts, ys

__all__ = ["SOURCE"]


def prove(k: Kernel) -> None:
    """The two cases are joined."""
    k.prove(
        "deep_number_line.turned",
        "The value at each of the six turned points.",
        (q,),
        PLACE,
        value(td(q)) == up * yd(q),
        [k.at(f"deep_number_{case}.{place}") for case in ("crossed", "plain") for place in range(6)],
    )
    k.prove(
        "deep_number_line",
        "A network of hidden widths (2, 2) meets any 6 points on a line.",
        (q,),
        PLACE,
        value(way * ts(q)) == ys(q),
        [
            k.at("deep_number_data.way"),
            k.at("deep_number_data.up"),
            *(k.at(f"deep_number_data.{part}", place) for part in ("input", "output") for place in (q, 5 - q)),
            *(k.at("deep_number_line.turned", place) for place in (q, 5 - q)),
        ],
    )
