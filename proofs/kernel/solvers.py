"""Two solvers behind one question: is this quantifier-free conjunction unsatisfiable?

Nothing here is a rule of inference. A verdict is the text "unsat", "sat" or "unknown".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import z3

if TYPE_CHECKING:
    import cvc5

CVC5_STRATEGIES = ({"nl-cov": "true", "nl-ext": "none"}, {})


class Disagreement(Exception):
    """One solver said unsat and the other said sat to the same text."""


def z3_solver(formulas: Sequence[z3.BoolRef], milliseconds: int) -> z3.Solver:
    """A z3 solver holds exactly the given formulas and a time limit.

    Its context is its own, so that the answer does not depend on what was asked before. An interrupt is not an
    `unknown` of one query: it ends the command.
    """
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.set(timeout=milliseconds, ctrl_c=False)
    solver.add(*(formula.translate(context) for formula in formulas))
    return solver


def smt2(formulas: Sequence[z3.BoolRef]) -> str:
    """The SMT-LIB2 text asks whether the conjunction is satisfiable."""
    return z3_solver(formulas, 0).to_smt2()


def z3_verdict(formulas: Sequence[z3.BoolRef], milliseconds: int = 10_000) -> str:
    """The answer is z3's: unsat, sat or unknown."""
    return str(z3_solver(formulas, milliseconds).check())


def cvc5_verdict(text: str, milliseconds: int = 10_000) -> str:
    """The answer is cvc5's, read from the SMT-LIB2 text alone, by the first strategy to decide."""
    for strategy in CVC5_STRATEGIES:
        answer = _cvc5_once(text, {**strategy, "tlimit-per": str(milliseconds)})
        if answer != "unknown":
            return answer
    return "unknown"


def _cvc5_once(text: str, options: dict[str, str]) -> str:
    _, answers = cvc5_run(text, options)
    return next((answer for answer in reversed(answers) if answer in ("unsat", "sat", "unknown")), "unknown")


def cvc5_run(text: str, options: dict[str, str]) -> tuple[cvc5.Solver, list[str]]:
    """cvc5 has run SMT-LIB2 text with these options: the solver as it is then, and its answer to each command."""
    import cvc5

    solver = cvc5.Solver()
    for name, value in options.items():
        solver.setOption(name, value)
    solver.setLogic("ALL")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "query")
    symbols, answers = parser.getSymbolManager(), []
    while not (command := parser.nextCommand()).isNull():
        answers.append(command.invoke(solver, symbols).strip())
    return solver, answers


def verdict(formulas: Sequence[z3.BoolRef], which: str, milliseconds: int = 10_000) -> str:
    """The answer is agreed by every solver asked; one `unknown` makes it unknown.

    Fails: Disagreement when one says unsat and the other sat.
    """
    answers = set()
    if which in ("z3", "both"):
        answers.add(z3_verdict(formulas, milliseconds))
    if which in ("cvc5", "both"):
        answers.add(cvc5_verdict(smt2(formulas), milliseconds))
    if {"sat", "unsat"} <= answers:
        raise Disagreement(smt2(formulas))
    return answers.pop() if len(answers) == 1 else "unknown"
