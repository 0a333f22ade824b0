"""A `Theorem` exists only because a rule of this file made it.

A theorem reads: for all `variables`, under the named `assumptions`, the `hypotheses` imply the
`conclusion`. Rules: `parameter` and `assume` (what a statement speaks of), `define`, `prove`,
`induct`, `discharge`. No quantifier reaches a solver; only `unsat` counts.

Trusted besides this file: the solver asked, `z3.substitute`, and induction over the integers
from a least index (`TRUSTED_SCHEMES`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import z3

from proofs.kernel.obligations import beliefs, descents, divisions, moved, overlaps
from proofs.kernel.solvers import verdict, z3_verdict
from proofs.kernel.statement import (
    SEAL,
    Instance,
    Query,
    Refused,
    Theorem,
    Undecided,
    ambiguous,
    applied,
    divisors,
    entails,
    implication,
    nodes,
    uninterpreted,
)  # fmt: skip

TRUSTED_SCHEMES = {
    "induction": "P(s), and P(i) => P(i+1) for every i >= s, give P(i) for every i >= s",
    "recursion": "an equation whose calls lower an integer measure, bounded below where it "
    "recurs, is satisfied by some total function",
    "naming": "a parameter may later be given a definition from symbols that do not depend on it",
}


@dataclass
class Kernel:
    """Theorems by name, in the order they were made, and the symbols they may mention."""

    solver: str = "z3"
    milliseconds: int = 10_000
    theorems: dict[str, Theorem] = field(default_factory=dict)
    _depends: dict[z3.FuncDeclRef, frozenset[z3.FuncDeclRef]] = field(default_factory=dict)
    _defined: dict[z3.FuncDeclRef, str] = field(default_factory=dict)
    _assumed: dict[str, Theorem] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Theorem:
        if name not in self.theorems:
            raise Refused(f"no theorem {name}")
        return self.theorems[name]

    def at(self, name: str, *terms: z3.ExprRef | int) -> Instance:
        """The named theorem holds of these terms."""
        return self[name].at(*terms)

    # Rules --------------------------------------------------------------------------------

    def parameter(self, *symbols: z3.FuncDeclRef | z3.ExprRef) -> None:
        """The symbols may be mentioned; nothing is known of them. Fails: known already."""
        for decl in map(_decl, symbols):
            if decl in self._depends:
                raise Refused(f"{decl} is known already")
            self._depends[decl] = frozenset([decl])

    def assume(self, name, words, variables, hypotheses, conclusion) -> Theorem:
        """Under the assumption of this name the statement holds: {A} |- A."""
        variables, hypotheses = tuple(variables), tuple(hypotheses)
        self._check(variables, [*hypotheses, conclusion])
        if name in self._assumed:
            raise Refused(f"{name} is taken")
        made = self._make(name, words, "assumption", variables, hypotheses, conclusion, (), (), name)
        return self._assumed.setdefault(name, made)

    def define(self, name, words, symbol, arguments, cases, measure=None, using=()) -> Theorem:
        """The symbol satisfies one equation per case (guard, right side): a conservative extension.

        Fails: symbol defined before or circular, guards that overlap, a divisor not proved
        non-zero under its guard, a call of itself not proved smaller and well-founded.
        """
        arguments, cases, using = tuple(arguments), tuple(map(tuple, cases)), tuple(using)
        decl = _decl(symbol)
        head = symbol(*arguments) if arguments else symbol
        if not applied(head, arguments) or any(not r.sort().eq(head.sort()) for _, r in cases):
            raise Refused(f"{name}: {head} is no symbol of its arguments, or of another sort than its right sides")
        expressions = [e for case in cases for e in case]
        used = set().union(*(self._symbols(e, arguments) for e in expressions)) - {decl}
        order = [] if measure is None else [measure]
        for expression in [head, *expressions, *order]:
            self._language(expression, arguments, {*self._depends, decl})
        parts = self._parts((), using)
        held = [self._assumed[name] for i in using for name in i.theorem.assumptions]
        believed = [t.formula() for t in [*(i.theorem for i in using), *held]]
        settled = used.union(*(self._symbols(e, ()) for e in [*order, *believed]))
        if decl in self._defined or decl in settled or any(decl in self._depends.get(d, ()) for d in settled):
            raise Refused(f"{name}: {decl} is defined before, or from itself")
        if any(n.decl() == decl for guard, _ in cases for n in nodes(guard)):
            raise Refused(f"{name}: a guard mentions {decl}")
        queries = [*overlaps(name, cases), *divisions(name, cases, parts)]
        queries += descents(name, decl, arguments, cases, measure, parts)
        self._settle(queries)
        self._defined[decl] = name
        self._connect(decl, frozenset([decl]).union(*(self._depends[d] for d in used)))
        equations = z3.And(*(z3.Implies(guard, head.__eq__(right)) for guard, right in cases))
        scheme = "definition" if measure is None else f"definition by recursion on {measure}"
        return self._make(name, words, scheme, arguments, (), equations, using, queries)

    def prove(self, name, words, variables, hypotheses, conclusion, using=()) -> Theorem:
        """The hypotheses and the instances entail the conclusion, for all variables."""
        variables, hypotheses, using = tuple(variables), tuple(hypotheses), tuple(using)
        self._check(variables, [*hypotheses, conclusion])
        query = Query(name, self._parts(hypotheses, using), conclusion)
        self._settle([query])
        return self._make(name, words, "direct", variables, hypotheses, conclusion, using, [query])

    def induct(self, name, words, on, start, variables, hypotheses, conclusion, base=(), step=(), vary=()) -> Theorem:
        """For every `on >= start` the hypotheses entail the conclusion; base and step are proved.

        `step` is given at `on`, where the statement is the induction hypothesis; its goal is the
        statement at `on + 1`. `vary` holds pairs (variable, term): the induction hypothesis is
        then also used with the term for that other variable. Fails: `start` mentions it.
        """
        start = z3.IntVal(start) if isinstance(start, int) else start
        variables, hypotheses, base, step, vary = map(tuple, (variables, hypotheses, base, step, vary))
        self._check(variables, [*hypotheses, conclusion, start == start])
        if not any(v.eq(on) for v in variables) or not z3.is_int(on) or not z3.is_int(start):
            raise Refused(f"{name}: no induction on {on} from {start}")
        if any(n.eq(v) for n in nodes(start) for v in [on, *(v for v, _ in vary)]):
            raise Refused(f"{name}: the start {start} moves")
        first = moved(on, start, hypotheses, conclusion)
        later = moved(on, on + 1, hypotheses, conclusion)
        held = beliefs(implication(hypotheses, conclusion), on, variables, vary)
        queries = [
            Query(f"{name}: base", self._parts(first[0], base), first[1]),
            Query(
                f"{name}: step",
                (("from the start on", on >= start), *held, *self._parts(later[0], step)),
                later[1],
            ),
        ]
        self._settle(queries)
        using, scheme = (*base, *step), f"induction on {on} from {start}"
        hyps = (*hypotheses, on.__ge__(start))
        return self._make(name, words, scheme, variables, hyps, conclusion, using, queries)

    def discharge(self, name, words, theorem, proofs: Mapping[str, Theorem]) -> Theorem:
        """The theorem holds without the assumptions proved here (cut)."""
        self._own([theorem, *proofs.values()])
        left = set(theorem.assumptions)
        for assumption, proof in proofs.items():
            if assumption not in left or not entails(proof, self._assumed[assumption]):
                raise Refused(f"{name}: {proof.name} does not prove the assumption {assumption}")
            left.remove(assumption)
        remaining = left.union(*(proof.assumptions for proof in proofs.values()))
        uses = (theorem.name, *(proof.name for proof in proofs.values()))
        return self._add(
            Theorem(SEAL, name, words, "discharge", theorem.variables, theorem.hypotheses,
                    theorem.conclusion, frozenset(remaining), uses, (), self)
        )  # fmt: skip

    # What the rules share --------------------------------------------------------------------

    def _make(self, name, words, scheme, variables, hypotheses, conclusion, using, queries, own=""):
        sources = [instance.theorem for instance in using]
        held = frozenset([own] if own else []).union(*(s.assumptions for s in sources))
        uses = tuple(dict.fromkeys(s.name for s in sources))
        return self._add(
            Theorem(SEAL, name, words, scheme, tuple(variables), tuple(hypotheses), conclusion,
                    held, uses, tuple(queries), self)
        )  # fmt: skip

    def _add(self, theorem: Theorem) -> Theorem:
        if theorem.name in self.theorems:
            raise Refused(f"{theorem.name} is taken")
        self.theorems[theorem.name] = theorem
        return theorem

    def _connect(self, decl: z3.FuncDeclRef, sources: frozenset[z3.FuncDeclRef]) -> None:
        """What depends on the symbol depends on its sources."""
        self._depends[decl] = sources
        for other, known in self._depends.items():
            if decl in known:
                self._depends[other] = known | sources

    def depends(self, symbol: z3.FuncDeclRef | z3.ExprRef) -> set[z3.FuncDeclRef]:
        """The parameters, never defined, from which the symbol is defined."""
        return set(self._depends[_decl(symbol)]) - set(self._defined)

    def free(self, theorem: Theorem) -> set[z3.FuncDeclRef]:
        """The symbols for any meaning of which the theorem holds: it rests on no definition."""
        rests, left = {theorem.name}, [theorem.name]
        while left:
            more = set(self[left.pop()].uses) - rests
            rests |= more
            left += more
        spoken = set().union(*(self._symbols(self[name].formula(), ()) for name in rests))
        return {d for d in spoken & set(self._depends) if self._defined.get(d) not in rests}

    def _own(self, theorems: Iterable[Theorem]) -> None:
        for theorem in theorems:
            if theorem.owner is not self or self.theorems.get(theorem.name) is not theorem:
                raise Refused(f"{theorem.name} belongs to another kernel")

    def _parts(self, hypotheses, using) -> tuple[tuple[str, z3.BoolRef], ...]:
        if any(type(instance) is not Instance for instance in using):
            raise Refused("what is used must be instances of theorems")
        self._own(instance.theorem for instance in using)
        named = tuple((f"hypothesis {h}", h) for h in hypotheses)
        return named + tuple((instance.label(), instance.formula()) for instance in using)

    def _settle(self, queries: Sequence[Query]) -> None:
        for query in queries:
            if twice := ambiguous([*(formula for _, formula in query.parts), query.goal]):
                raise Refused(f"{query.name}: two symbols are called {twice}")
            answer = verdict(query.formulas(), self.solver, self.milliseconds)
            if answer != "unsat":
                raise (Undecided if answer == "unknown" else Refused)(f"{query.name}: {answer}, wanted unsat")
            if z3_verdict([formula for _, formula in query.parts], self.milliseconds) == "unsat":
                raise Refused(f"{query.name}: vacuous, what it believes contradicts itself")

    def _check(self, variables, formulas) -> None:
        for formula in formulas:
            self._language(formula, variables, set(self._depends))
            if divisors(formula):
                raise Refused(f"division outside a definition: {formula}")

    def _language(self, formula, variables, known) -> None:
        if len({v.get_id() for v in variables}) != len(variables):
            raise Refused(f"a variable is repeated in {variables}")
        if any(not applied(v, ()) or v.decl() in known for v in variables):
            raise Refused(f"a variable of {variables} is a symbol, a number or a compound term")
        unknown = [d for d in self._symbols(formula, variables) if d not in known]
        if unknown:
            raise Refused(f"not defined yet: {', '.join(map(str, unknown))}")

    @staticmethod
    def _symbols(formula, variables) -> set[z3.FuncDeclRef]:
        bound = {v.get_id() for v in variables}
        return {n.decl() for n in uninterpreted(formula) if n.get_id() not in bound}


def _decl(symbol: z3.FuncDeclRef | z3.ExprRef) -> z3.FuncDeclRef:
    return symbol if isinstance(symbol, z3.FuncDeclRef) else symbol.decl()
