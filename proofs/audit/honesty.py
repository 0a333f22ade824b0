"""Each lemma is worth its name: not vacuous, not idle, nothing superfluous.

A `CriticalKernel` applies the rules of the kernel and examines every success:
(a) what a query believes has a model; (b) without any one hypothesis, instance or induction
hypothesis the rule refuses; (c) the negated goal alone has a model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import z3

from proofs.kernel.rules import Kernel
from proofs.kernel.solvers import z3_solver
from proofs.kernel.statement import Query, Refused, Theorem, Undecided

ABLATION_MILLISECONDS = 2_000


@dataclass(frozen=True)
class Finding:
    """One examination of one theorem: `result` is ok, unknown, or a fault."""

    theorem: str
    check: str
    part: str
    result: str
    model: str = ""


@dataclass
class CriticalKernel(Kernel):
    """A kernel whose successes are examined; the findings say with what result."""

    findings: list[Finding] = field(default_factory=list)

    def define(self, name, words, symbol, arguments, cases, measure=None, using=()) -> Theorem:
        for at, instance in enumerate(using):
            fewer = [*using[:at], *using[at + 1 :]]
            self._without(name, instance.label(), lambda n, u=fewer: Kernel.define(
                self, n, words, symbol, arguments, cases, measure, u))  # fmt: skip
        made = super().define(name, words, symbol, arguments, cases, measure, using)
        return self._examined(made)

    def prove(self, name, words, variables, hypotheses, conclusion, using=()) -> Theorem:
        made = super().prove(name, words, variables, hypotheses, conclusion, using)
        for what, (hyps, uses) in _fewer(hypotheses, using):
            self._without(name, what, lambda n, h=hyps, u=uses: Kernel.prove(
                self, n, words, variables, h, conclusion, u))  # fmt: skip
        return self._examined(made)

    def induct(self, name, words, on, start, variables, hypotheses, conclusion, base=(), step=(), vary=()) -> Theorem:
        made = super().induct(name, words, on, start, variables, hypotheses, conclusion, base, step, vary)

        def attempt(hyps, first, later, varied):
            return lambda n: Kernel.induct(self, n, words, on, start, variables, hyps, conclusion, first, later, varied)

        for what, (hyps, uses) in _fewer(hypotheses, base):
            self._without(name, f"{what} (base)", attempt(hyps, uses, step, vary))
        for what, (_, uses) in _fewer((), step):
            self._without(name, f"{what} (step)", attempt(hypotheses, base, uses, vary))
        for at, (variable, term) in enumerate(vary):
            fewer = [*vary[:at], *vary[at + 1 :]]
            what = f"induction hypothesis at {variable} := {term}"
            self._without(name, what, attempt(hypotheses, base, step, fewer))
        self._without_belief(made)
        return self._examined(made)

    def _without(self, name: str, what: str, attempt: Callable[[str], Theorem]) -> None:
        """The rule refuses without this part; a theorem made all the same is forgotten."""
        limit, self.milliseconds = self.milliseconds, ABLATION_MILLISECONDS
        trial, result = f"{name} without {what}", "superfluous"
        defined, depends = dict(self._defined), dict(self._depends)
        try:
            attempt(trial)
        except Undecided:
            result = "unknown"
        except Refused:
            result = "ok"
        self.milliseconds, self._defined, self._depends = limit, defined, depends
        self.theorems.pop(trial, None)
        self.findings.append(Finding(name, "needed", what, result))

    def _without_belief(self, made: Theorem) -> None:
        """The step fails without the induction hypothesis."""
        query = made.queries[1]
        rest = tuple(p for p in query.parts if not p[0].startswith("induction hypothesis"))
        formulas = Query(query.name, rest, query.goal).formulas()
        result = {"unsat": "superfluous", "sat": "ok"}.get(_answer(formulas)[0], "unknown")
        self.findings.append(Finding(made.name, "needed", "induction hypothesis", result))

    def _examined(self, made: Theorem) -> Theorem:
        for query in made.queries:
            answer, model = _answer([formula for _, formula in query.parts])
            result = {"sat": "ok", "unsat": "vacuous"}.get(answer, "unknown")
            self.findings.append(Finding(made.name, "model", query.name, result, model))
        answer, _ = _answer([z3.Not(made.conclusion)])
        result = {"sat": "ok", "unsat": "trivial"}.get(answer, "unknown")
        self.findings.append(Finding(made.name, "goal", "negated conclusion", result))
        return made


def _fewer(hypotheses, using):
    """Every way to leave one hypothesis or one instance out."""
    for at, hypothesis in enumerate(hypotheses):
        left = [*hypotheses[:at], *hypotheses[at + 1 :]]
        yield f"hypothesis {hypothesis}", (left, using)
    for at, instance in enumerate(using):
        yield instance.label(), (hypotheses, [*using[:at], *using[at + 1 :]])


def _answer(formulas: list[z3.BoolRef]) -> tuple[str, str]:
    """The solver's answer, and its model when there is one."""
    solver = z3_solver(formulas, ABLATION_MILLISECONDS)
    answer = str(solver.check())
    return answer, str(solver.model()) if answer == "sat" else ""
