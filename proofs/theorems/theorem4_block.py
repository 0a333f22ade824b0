"""The blocks of the second layer give output e the value of its one-output network, for all t."""

from __future__ import annotations

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import C, a1, a2, f, j, m, out, partial, pre, start, t
from proofs.theorems.theorem4_symbols import e, out4, outputs, partial4, pre4, v

SOURCE = "K. Inoue, Theorem 4; the construction is this project's: the blocks do not interact"
OWN = [j >= 0, j < a2]


def prove(k: Kernel) -> None:
    """Block e is the one-output network; the blocks around it add nothing to output e."""
    _preactivation(k)
    inside = k.at("theorem4_network.block")
    k.induct(
        "theorem4_block.before",
        "Blocks before block e add nothing to output e.",
        v,
        0,
        (v, t),
        [v <= start(e)],
        out4(v, t) == 0,
        base=[k.at("theorem4_network.out", 0, t)],
        step=[
            k.at("theorem4_network.out", v + 1, t),
            k.at("theorem4_network.W3", v),
            k.at("width"),
            inside,
        ],
    )
    own = start(e) + j
    k.induct(
        "theorem4_block.own",
        "Block e adds to output e what the one-output network does.",
        j,
        0,
        (j, t),
        [j <= a2],
        out4(own, t) == out(j, t),
        base=[k.at("theorem4_block.before", start(e), t), k.at("network.out", 0, t), inside],
        step=[
            k.at("theorem4_network.out", own + 1, t),
            k.at("network.out", j + 1, t),
            k.at("theorem4_network.W3", own),
            k.at("theorem4_block.pre", j, t),
            inside,
        ],
    )
    k.induct(
        "theorem4_block.after",
        "Blocks after block e add nothing to output e.",
        v,
        start(e) + a2,
        (v, t),
        [v <= start(outputs)],
        out4(v, t) == out(a2, t),
        base=[k.at("theorem4_block.own", a2, t), k.at("width")],
        step=[
            k.at("theorem4_network.out", v + 1, t),
            k.at("theorem4_network.W3", v),
            k.at("width"),
            inside,
        ],
    )
    k.prove(
        "theorem4_block",
        "All blocks and C give output e the value of its one-output network.",
        (t,),
        [],
        out4(start(outputs), t) + C == f(t),
        [k.at("theorem4_block.after", start(outputs), t), k.at("network", t), inside],
    )


def _preactivation(k: Kernel) -> None:
    """The preactivations of block e are those of the one-output network."""
    own = start(e) + j
    inside = k.at("theorem4_network.block")
    k.induct(
        "theorem4_block.partial",
        "The partial sums of block e are those of the one-output network.",
        m,
        0,
        (j, m, t),
        OWN,
        partial4(own, m, t) == partial(j, m, t),
        base=[k.at("theorem4_network.partial", own, 0, t), k.at("network.partial", j, 0, t)],
        step=[
            k.at("theorem4_network.partial", own, m + 1, t),
            k.at("network.partial", j, m + 1, t),
            k.at("theorem4_network.W2", own, m),
            inside,
        ],
    )
    k.prove(
        "theorem4_block.pre",
        "Preactivation j of block e is that of the one-output network.",
        (j, t),
        OWN,
        pre4(own, t) == pre(j, t),
        [
            k.at("groups"),
            k.at("theorem4_network.pre", own, t),
            k.at("network.pre", j, t),
            k.at("theorem4_network.b2", own),
            k.at("theorem4_block.partial", j, a1, t),
            inside,
        ],
    )
