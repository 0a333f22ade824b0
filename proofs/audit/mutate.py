"""Every small change of a statement or definition is noticed, or is no error.

A mutant flips an order (< and <=), drops or flips a sign, shifts an index or a number by one, or
exchanges the branches of a choice, at one place of one statement. The whole chain is run with it.
It is killed when a rule refuses, or when the headline (`AUDITED`) is no longer what is pinned.
A mutant of a lemma that lives was itself proved by the kernel and is enough for what follows; a
mutant of a definition that lives is equivalent, or another of the choices the theorem leaves free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import z3

from proofs.audit.text import show, statement
from proofs.kernel.rules import Kernel
from proofs.kernel.solvers import z3_verdict
from proofs.kernel.statement import Query, Refused
from proofs.theorems.chain import prove_all

CLAIMS = (
    "theorem3_sorted", "theorem3_line", "theorem3_free", "theorem3_injective", "theorem3",
    "theorem3_strict",
    "lower_bound.first", "lower_bound", "zhang_line.triangular", "zhang_line", "zhang",
    "zhang.rectified", "inoue.knots", "inoue.pattern", "inoue", "float64",
    "float64_pattern", "float64_any", "float64_whole", "float64_whole.bias", "rounding",
    "rounding_order", "float64_exact.second", "float64_exact", "theorem4.free", "theorem4",
    "upper_bound", "upper_bound_inputs", "upper_bound_zigzag.two", "upper_bound_zigzag",
    "shallow_number", "shallow_number_zigzag", "shallow_number_first", "shallow_number_zigzag.before_one",
    "shallow_number_second", "shallow_number_behind.zigzag", "shallow_number_dimension",
    "deep_number",
)  # fmt: skip
BOUNDED = (
    "depth", "widths", "layered", "teeth", "zigzags", "alternates", "turns", "met", "sign",
    "upper_bound_network.feed", "upper_bound_network.ahead", "upper_bound_network.pieces",
    "upper_bound_network",
    *(f"upper_bound_inputs.{part}" for part in ("enter", "total", "value")),
    *(f"upper_bound_two.{part}" for part in ("enter", "act1", "take", "act2", "read", "value")),
    "upper_bound_zigzag.zig",
)  # fmt: skip
PASSES = tuple(
    f"{network}.{part}"
    for network in (
        "forward", "lower_first", "lower_second", "shallow_number_first", "shallow_number_second", "deep_number",
    )
    for part in ("h1", "second", "h2", "third", "value")
)  # fmt: skip
INOUE = tuple(
    f"inoue_{part}"
    for part in (
        "points.input", "points.output", "points.greater",
        "start.least", "start.constant", "start.bound", "start.stretch", "start.shrink",
        "start.top", "start.origin", "start", "term.lack", "term.bound",
        "recurrences.unit", "recurrences.ratio", "recurrences.slope",
        "recurrences.place", "recurrences.prefix", "recurrences",
        "network.weight", "network.bias", "network.partial", "network.pre", "network.out",
        "network.value",
    )
)  # fmt: skip
LARGEST = (
    "shallow_number_row.largest", "swings", "met_by_one", "one_first", "one_second",
    *(f"shallow_number.{part}" for part in ("first", "h1", "second", "value")),
    *(f"shallow_number_dimension.{part}" for part in ("enter", "total", "value")),
)  # fmt: skip
ZHANG = ("ascending", *(f"zhang.{part}" for part in ("b1", "W2", "h1", "second", "value")))
AUDITED = (
    "width", "rows", "neurons", "enough", "inputs", "distinct", "groups", "sorted", "separated",
    "below", "steep", "injective", "spread.base", "spread", "network.relu", "network.weight",
    "forward.W1", "forward.first", "deep_number.first", *PASSES, *INOUE, "before", "behind", "below64", "steep64",
    "groups64",
    *(f"float64_cell.{part}" for part in ("hidden", "partial", "pre", "out", "network")),
    *(f"whole.{part}" for part in ("data", "slopes", "constant", "bends")), "unit", "terms",
    "tree", "rooted", *(f"rounding.{part}" for part in ("model", "term", "computed")), "spot",
    "second.neuron", "second.terms", "second.bias", "third.terms", "third.bias",
    "rounding_order.exact_terms", "rounding_order.mag_terms", "one_output", "extras", "kinks",
    "increasing", "theorem4_network",
    *(f"theorem4_network.{part}" for part in ("W2", "b2", "W3", "partial", "pre", "out")),
    *BOUNDED, *ZHANG, *LARGEST, *CLAIMS,
)  # fmt: skip
MUTATION_MILLISECONDS = 1_000
FREE = {
    "padding.inputs": "any step beyond the last point will do",
    "padding.outputs": "the outputs of the filling points may be anything",
    "lower_first.base": "a running minimum may start anywhere",
    "lower_first.hinges": "rows of W2 that W3 does not read may be anything",
    "steepness.floor": "floor may be defined for i = r as well; nothing uses it there",
    "ranking.insertion": "a row does not count itself: rank(k, k) = rank(k, k + 1)",
    "theorem3_line.breakpoint": "any breakpoint between the groups will do",
    "theorem3_line.lowest": "a running minimum may start anywhere",
    "theorem3_line.constant": "any C below the first outputs will do",
    "theorem3_line.highest": "a running maximum may start anywhere, and take in more",
    "theorem3_line.value": "any z_j beyond the thresholds will do",
    "theorem3.columns": "a running maximum may start at any number from 1 on",
    "theorem3.partners": "a running maximum may start at any number from 1 on",
    "theorem3.rows": "a running maximum may start at any number from 1 on",
    "theorem3.K": "a larger K separates as well",
    "theorem3.magnitude": "any larger size will do, and any value for d = 0",
    "float64_cell.slope": "left of the first bend only differences of slopes count",
    "float64_line.bend": "any bends between the groups will do",
    "float64_line.lowest": "a running minimum may start anywhere",
    "float64_line.constant": "any C64 below the first outputs will do",
    "float64_line.slope": "any slopes beyond those of the data will do",
    "float64_any.narrow": "any positive number below the gaps will do",
    "float64_any.step": "a smaller step will do as well",
    "float64_any.pace_value": "a larger pace will do as well",
    "deep_number_data.up": "if the first two bends are 0 either sign will do",
    "deep_number_network.fall": "without crossed points level may lie higher",
    "deep_number_network.top": "level may be any number from this one on",
    **dict.fromkeys(
        (
            *(f"deep_number_network.{part}" for part in ("knee", "gain", "b1", "W2", "b2", "W3")),
            "deep_number_hinges.goal",
        ),
        "a first bend of 0 before a negative one does not occur",
    ),
    "deep_number_network.met": "level may be above more outputs",
    "deep_number_network.drop": "any steeper drop will do",
    "theorem4.kappa": "any kappa between the two points will do",
}


@dataclass(frozen=True)
class Mutant:
    """One change, and what became of the chain."""

    name: str
    change: str
    killed: str
    explanation: str = ""

    def line(self) -> str:
        """The entry of the kill list."""
        fate = f"killed: {self.killed}" if self.killed else f"SURVIVES: {self.explanation}"
        return f"{self.name}: {self.change}  | {fate}"


def _flips(node: z3.ExprRef) -> Iterator[z3.ExprRef]:
    """The changes at this node, its parts left alone."""
    parts = node.children()
    kind = node.decl().kind()
    order = {
        z3.Z3_OP_LT: lambda a, b: a <= b,
        z3.Z3_OP_LE: lambda a, b: a < b,
        z3.Z3_OP_GT: lambda a, b: a >= b,
        z3.Z3_OP_GE: lambda a, b: a > b,
    }
    if kind in order:
        yield order[kind](*parts)
    elif kind == z3.Z3_OP_UMINUS:
        yield parts[0]
    elif kind == z3.Z3_OP_SUB and len(parts) == 2:
        yield parts[0] + parts[1]
    elif kind == z3.Z3_OP_ADD and len(parts) == 2:
        yield parts[0] - parts[1]
    elif kind == z3.Z3_OP_ITE:
        yield z3.If(parts[0], parts[2], parts[1])
    elif z3.is_int_value(node):
        yield z3.IntVal(node.as_long() + 1)
    elif z3.is_rational_value(node):
        yield z3.RealVal(str(node.as_fraction() + 1))
    elif kind == z3.Z3_OP_UNINTERPRETED:
        for at, part in enumerate(parts):
            if z3.is_int(part):
                yield node.decl()(*parts[:at], part + 1, *parts[at + 1 :])


def mutations(term: z3.ExprRef) -> Iterator[tuple[z3.ExprRef, str]]:
    """Every term that differs from this one by one change at one place, and that change in text."""
    for changed in _flips(term):
        yield changed, f"{show(term)}  ->  {show(changed)}"
    parts = term.children()
    for at, part in enumerate(parts):
        for changed, text in mutations(part):
            yield term.decl()(*parts[:at], changed, *parts[at + 1 :]), text


def _key(query: Query) -> tuple[int, ...]:
    """Equal terms share one identity while one of them lives (the recorder keeps them)."""
    return (*(formula.get_id() for _, formula in query.parts), query.goal.get_id())


@dataclass
class MutantKernel(Kernel):
    """A kernel that is given one formula of one statement changed."""

    target: str = ""
    place: int = 0
    change: z3.ExprRef | None = None
    known: frozenset[tuple[int, ...]] = frozenset()

    def _settle(self, queries: Sequence[Query]) -> None:
        """Only what differs from the queries of the unchanged chain is asked again."""
        super()._settle([query for query in queries if _key(query) not in self.known])

    def _put(self, name: str, formulas: list) -> list:
        if name == self.target and self.change is not None:
            return [*formulas[: self.place], self.change, *formulas[self.place + 1 :]]
        return formulas

    def assume(self, name, words, variables, hypotheses, conclusion):
        *hypotheses, conclusion = self._put(name, [*hypotheses, conclusion])
        return super().assume(name, words, variables, hypotheses, conclusion)

    def define(self, name, words, symbol, arguments, cases, measure=None, using=()):
        flat = self._put(name, [e for case in cases for e in case])
        cases = list(zip(flat[::2], flat[1::2], strict=True))
        return super().define(name, words, symbol, arguments, cases, measure, using)

    def prove(self, name, words, variables, hypotheses, conclusion, using=()):
        *hypotheses, conclusion = self._put(name, [*hypotheses, conclusion])
        return super().prove(name, words, variables, hypotheses, conclusion, using)

    def induct(self, name, words, on, start, variables, hypotheses, conclusion, *rest, **more):
        *hypotheses, conclusion = self._put(name, [*hypotheses, conclusion])
        return super().induct(name, words, on, start, variables, hypotheses, conclusion, *rest, **more)


@dataclass
class _Recorder(MutantKernel):
    """A kernel that notes the formulas it is given."""

    seen: dict[str, list] = field(default_factory=dict)

    def _put(self, name: str, formulas: list) -> list:
        self.seen[name] = formulas
        return formulas


def headline(kernel: Kernel) -> list[str]:
    """What is claimed, and of which network: the assumptions, the forward pass, the theorem."""
    texts = [f"{name}: {statement(kernel[name])}" for name in AUDITED]
    held = [f"{name} assumes: {', '.join(sorted(kernel[name].assumptions))}" for name in CLAIMS]
    return [*texts, *held]


def kill_list(every: int, first: int, tell: Callable[[str], None]) -> list[Mutant]:
    """The fate of each N-th mutant, from the first given."""
    recorder = prove_all(_Recorder())
    pinned = headline(recorder)
    known = frozenset(_key(q) for t in recorder.theorems.values() for q in t.queries)
    sites = [
        (name, place, formula, changed, text)
        for name, formulas in recorder.seen.items()
        for place, formula in enumerate(formulas)
        for changed, text in mutations(formula)
    ]
    mutants = []
    for name, place, formula, changed, text in sites[first::every]:
        tell(f"{len(mutants)}/{len(sites) // every} {name}")
        killed = _fate(MutantKernel("z3", MUTATION_MILLISECONDS, target=name, place=place,
                                    change=changed, known=known), pinned)  # fmt: skip
        why = "" if killed else _explained(recorder, name, formula, changed)
        mutants.append(Mutant(name, text, killed, why))
    return mutants


def _fate(kernel: MutantKernel, pinned: list[str]) -> str:
    """Where the mutated chain fails; '' if nowhere."""
    try:
        prove_all(kernel)
    except Refused as reason:
        return " ".join(str(reason).split())[:120]
    changed = [new for old, new in zip(pinned, headline(kernel), strict=True) if old != new]
    return f"headline: {changed[0].partition(':')[0]} is not as pinned" if changed else ""


def _explained(recorder: _Recorder, name: str, formula: z3.ExprRef, changed: z3.ExprRef) -> str:
    """Why the survivor is no error; '' if nobody knows."""
    if z3_verdict([formula != changed], MUTATION_MILLISECONDS) == "unsat":
        return "equivalent"
    scheme = recorder[name].scheme
    if scheme.startswith("definition"):
        return f"free choice: {FREE[name]}" if name in FREE else ""
    return "" if scheme == "assumption" else "proved itself, and enough for what follows"
