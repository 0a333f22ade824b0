"""max(a1 a2, a1 + 1, a2 + 1) distinct rows can always be met: theorem3 and these two.

The expressive number of widths a1 and a2 is at least that maximum.
"""

from __future__ import annotations

from proofs.kernel.rules import Kernel

SOURCE = "this project, beyond a1 a2 points"


def prove(k: Kernel) -> None:
    """With the K-projection both small networks meet any distinct rows."""
    apart = {"injective": k["theorem3.apart"]}
    words = "A network of widths a1 and a2 meets any N <= a1 + 1 distinct rows."
    k.discharge("lower_bound.first", words, k["lower_first"], apart)
    words = "A network of widths a1 and a2 meets any N <= a2 + 1 distinct rows."
    k.discharge("lower_bound", words, k["lower_second"], apart)
