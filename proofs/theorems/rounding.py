"""Floating-point sums of integers are exact in any order, as long as the magnitudes stay in range.

A summation is a binary tree: nodes 0 to terms-1 are the terms (a product, or a bias times 1),
every later node adds two earlier ones; each node but the root is used by exactly one other. Every
order of adding, blocked, pairwise or in parallel, is such a tree. `fl(v, A)` is what node v makes
of the real number A: rounding, in any mode, or none (the product of a fused multiply-add).
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.rounding_symbols import (
    c,
    computed,
    exact,
    factor,
    fl,
    left,
    limit,
    mag,
    nodes,
    parent,
    right,
    term,
    terms,
    v,
    weight,
)  # fmt: skip
from proofs.theorems.symbols import m

SOURCE = "this project, construction float64: exact in any summation order, binary64 with limit = 2^53"
LEAF = [v >= 0, v < terms]
INNER = [v >= terms, v < nodes]
ROOT = nodes - 1


def prove(k: Kernel) -> None:
    """Every node of the tree is computed exactly."""
    _assume(k)
    _define(k)
    _positive(k)
    _exact(k)
    _below(k)
    k.prove(
        "rounding",
        "If the magnitudes add up to at most the limit, every node is computed exactly.",
        (v,),
        [v >= 0, v < nodes, mag(ROOT) <= limit],
        z3.And(computed(v) == z3.ToReal(exact(v)), exact(v) <= limit, -exact(v) <= limit),
        [
            k.at("rounding.exact", v, v),
            k.at("rounding.bound", v, v),
            k.at("rounding.below", ROOT - v, v),
        ],
    )


def _assume(k: Kernel) -> None:
    """The model of rounding, and what a summation tree is."""
    k.parameter(terms, nodes, weight, factor, left, right, parent, fl, limit)
    words = "There is at least one term, and all terms are nodes."
    k.assume("terms", words, (), [], z3.And(terms >= 1, terms <= nodes))
    whole = z3.ToReal(c)
    words = "MODEL of rounding: an integer of absolute value up to the limit is returned as it is."
    k.assume("rounding.model", words, (v, c), [c <= limit, -c <= limit], fl(v, whole) == whole)
    earlier = [left(v) >= 0, left(v) < v, right(v) >= 0, right(v) < v]
    words = "Every node after the terms adds two different earlier nodes, whose parent it is."
    k.assume(
        "tree",
        words,
        (v,),
        INNER,
        z3.And(*earlier, left(v) != right(v), parent(left(v)) == v, parent(right(v)) == v),
    )
    used = z3.Or(left(parent(v)) == v, right(parent(v)) == v)
    k.assume(
        "rooted",
        "Every node but the last, the root, is one of the two that its parent adds.",
        (v,),
        [v >= 0, v + 1 < nodes],
        z3.And(parent(v) > v, parent(v) >= terms, parent(v) < nodes, used),
    )


def _define(k: Kernel) -> None:
    """Terms, exact sums, magnitudes, and what is computed."""
    leaf, inner = z3.And(*LEAF), z3.And(*INNER)
    tree = [k.at("tree", v)]
    words = "term(v) is weight times factor, integers."
    k.define("rounding.term", words, term, (v,), [(leaf, weight(v) * factor(v))])
    words = "exact(v) adds exactly."
    cases = [(leaf, term(v)), (inner, exact(left(v)) + exact(right(v)))]
    k.define("rounding.sum", words, exact, (v,), cases, v, tree)
    words = "mag(v) adds the absolute values of the terms."
    size = z3.If(term(v) >= 0, term(v), -term(v))
    cases = [(leaf, size), (inner, mag(left(v)) + mag(right(v)))]
    k.define("rounding.magnitude", words, mag, (v,), cases, v, tree)
    words = "computed(v) is what fl makes of a term, or of the sum of two computed nodes."
    cases = [
        (leaf, fl(v, z3.ToReal(term(v)))),
        (inner, fl(v, computed(left(v)) + computed(right(v)))),
    ]
    k.define("rounding.computed", words, computed, (v,), cases, v, tree)


def _positive(k: Kernel) -> None:
    """Magnitudes bound the exact sums."""
    k.induct(
        "rounding.bound",
        "The exact sum of a node does not exceed its magnitude in absolute value.",
        m,
        0,
        (m, v),
        [v >= 0, v <= m, v < nodes],
        z3.And(exact(v) <= mag(v), -exact(v) <= mag(v)),
        base=[k.at("rounding.sum", 0), k.at("rounding.magnitude", 0), k.at("terms")],
        step=[k.at("rounding.sum", v), k.at("rounding.magnitude", v), k.at("tree", v)],
        vary=[(v, left(v)), (v, right(v))],
    )


def _exact(k: Kernel) -> None:
    """A node of magnitude in range is computed exactly."""
    k.induct(
        "rounding.exact",
        "A node whose magnitude does not exceed the limit is computed exactly.",
        m,
        0,
        (m, v),
        [v >= 0, v <= m, v < nodes, mag(v) <= limit],
        computed(v) == z3.ToReal(exact(v)),
        base=[
            k.at("terms"),
            k.at("rounding.sum", 0),
            k.at("rounding.magnitude", 0),
            k.at("rounding.computed", 0),
            k.at("rounding.model", 0, exact(0)),
        ],
        step=[
            k.at("tree", v),
            k.at("rounding.sum", v),
            k.at("rounding.magnitude", v),
            k.at("rounding.computed", v),
            k.at("rounding.model", v, exact(v)),
            k.at("rounding.bound", v, left(v)),
            k.at("rounding.bound", v, right(v)),
        ],
        vary=[(v, left(v)), (v, right(v))],
    )


def _below(k: Kernel) -> None:
    """No node has more magnitude than the root."""
    k.induct(
        "rounding.below",
        "The magnitude of a node does not exceed that of the root.",
        m,
        0,
        (m, v),
        [v >= 0, v < nodes, ROOT - v <= m],
        mag(v) <= mag(ROOT),
        step=[
            k.at("rooted", v),
            k.at("tree", parent(v)),
            k.at("rounding.magnitude", parent(v)),
            k.at("rounding.bound", nodes, left(parent(v))),
            k.at("rounding.bound", nodes, right(parent(v))),
        ],
        vary=[(v, parent(v))],
    )
