"""What a tree adds up is the sum of all terms, whatever its shape: the result has no order in it.

pending(m, q) sums those of the first q nodes that no node before m has added yet. It does not
change as m goes from the terms to the end: node m takes two sums away and puts theirs in.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.rounding import ROOT
from proofs.theorems.rounding_symbols import (
    c,
    computed,
    exact,
    left,
    limit,
    loads,
    mag,
    nodes,
    parent,
    pending,
    right,
    sizes,
    term,
    terms,
    total,
)  # fmt: skip
from proofs.theorems.symbols import m, q, relu

SOURCE = "this project, construction float64: every partial sum in every order"


def alive(node, before):
    """The node is the root, or no node before this one adds it."""
    return z3.Or(node + 1 >= nodes, parent(node) >= before)


def prove(k: Kernel) -> None:
    """The computed root is the sum of the terms."""
    size = z3.If(term(q - 1) >= 0, term(q - 1), -term(q - 1))
    words = "total(q) sums the first q terms, from the first to the last."
    _telescope(k, "exact", "rounding.sum", words, (total, pending, exact), term(q - 1))
    words = "sizes(q) sums the absolute values of the first q terms."
    _telescope(k, "mag", "rounding.magnitude", words, (sizes, loads, mag), size)
    k.prove(
        "rounding_order.relu",
        "relu of an integer is that integer or 0: exact in floating point.",
        (c,),
        [],
        relu(z3.ToReal(c)) == z3.ToReal(z3.If(c > 0, c, z3.IntVal(0))),
        [k.at("network.relu", z3.ToReal(c))],
    )
    k.prove(
        "rounding_order",
        "If the absolute values of all terms add up to at most the limit, the computed sum is the "
        "sum of the terms, in any order of adding.",
        (),
        [sizes(terms) <= limit],
        computed(ROOT) == z3.ToReal(total(terms)),
        [
            k.at("terms"),
            k.at("rounding", ROOT),
            k.at("rounding_order.exact"),
            k.at("rounding_order.mag"),
        ],
    )


def _telescope(k: Kernel, name, source, words, symbols, last) -> None:
    """The value of the root is the sum over the terms."""
    whole, open_, value = symbols
    name = f"rounding_order.{name}"
    k.define(f"{name}_terms", words, whole, (q,),
             [(q == 0, z3.IntVal(0)), (q > 0, whole(q - 1) + last)], q)  # fmt: skip
    words = f"{open_.name()}(m, q) sums {value.name()} of the first q nodes not added before m."
    more = open_(m, q - 1) + z3.If(alive(q - 1, m), value(q - 1), z3.IntVal(0))
    k.define(f"{name}_open", words, open_, (m, q), [(q == 0, z3.IntVal(0)), (q > 0, more)], q)
    _ends(k, name, source, whole, open_)
    _taken(k, name, open_, value)
    k.induct(
        f"{name}_kept",
        "What is pending stays the sum over all terms.",
        m,
        terms,
        (m,),
        [m <= nodes],
        open_(m, m) == whole(terms),
        base=[k.at("terms"), k.at(f"{name}_first", terms)],
        step=[
            k.at(f"{name}_open", m + 1, m + 1),
            k.at(f"{name}_taken", m, m),
            k.at("rooted", m),
            k.at("tree", m),
            k.at(source, m),
        ],
    )
    k.prove(
        name,
        f"{value.name()} of the root is the sum over all terms.",
        (),
        [],
        value(ROOT) == whole(terms),
        [
            k.at("terms"),
            k.at(f"{name}_kept", nodes),
            k.at(f"{name}_last", ROOT),
            k.at(f"{name}_open", nodes, nodes),
        ],
    )


def _ends(k: Kernel, name, source, whole, open_) -> None:
    """At first all terms are pending, at last only the root."""
    k.induct(
        f"{name}_first",
        "Before any addition every term is pending.",
        q,
        0,
        (q,),
        [q <= terms],
        open_(terms, q) == whole(q),
        base=[k.at(f"{name}_open", terms, 0), k.at(f"{name}_terms", 0)],
        step=[
            k.at(f"{name}_open", terms, q + 1),
            k.at(f"{name}_terms", q + 1),
            k.at("rooted", q),
            k.at(source, q),
        ],
    )
    k.induct(
        f"{name}_last",
        "After all additions nothing before the root is pending.",
        q,
        0,
        (q,),
        [q < nodes],
        open_(nodes, q) == 0,
        base=[k.at(f"{name}_open", nodes, 0)],
        step=[k.at(f"{name}_open", nodes, q + 1), k.at("rooted", q)],
    )


def _taken(k: Kernel, name, open_, value) -> None:
    """Node m takes the two that it adds."""
    one = z3.If(left(m) < q, value(left(m)), z3.IntVal(0))
    other = z3.If(right(m) < q, value(right(m)), z3.IntVal(0))
    k.induct(
        f"{name}_taken",
        "Once node m has added, exactly its two are no longer pending.",
        q,
        0,
        (m, q),
        [m >= terms, m < nodes],
        open_(m + 1, q) == open_(m, q) - one - other,
        base=[k.at(f"{name}_open", m, 0), k.at(f"{name}_open", m + 1, 0), k.at("tree", m)],
        step=[
            k.at(f"{name}_open", m, q + 1),
            k.at(f"{name}_open", m + 1, q + 1),
            k.at("rooted", q),
            k.at("tree", m),
        ],
    )
