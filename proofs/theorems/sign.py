"""Signs alternate: sign(-1) = -1, sign(0) = 1, sign(1) = -1 and so on; always 1 or -1."""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import i, sign

SOURCE = "this project, construction interpolant: sigma_i = (-1)^i, u_j = (-1)^j are one function"


def prove(k: Kernel) -> None:
    """`sign` is defined, and is 1 or -1."""
    cases = [(i == -1, z3.RealVal(-1)), (i >= 0, -sign(i - 1))]
    words = "sign(-1) = -1, and each sign is minus the one before it."
    k.define("sign", words, sign, (i,), cases, i)
    k.induct(
        "sign.unit",
        "Every sign is 1 or -1.",
        i,
        -1,
        (i,),
        [],
        z3.Or(sign(i) == 1, sign(i) == -1),
        base=[k.at("sign", -1)],
        step=[k.at("sign", i + 1)],
    )
