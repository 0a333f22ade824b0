"""cvc5's own proofs of the queries, in its format CPC: written only when no step asks for trust."""

import os
from collections.abc import Sequence
from dataclasses import replace

from tqdm import tqdm

from checker.errors import InputError
from checker.files import write_text
from proofs.audit.report import Report
from proofs.kernel.solvers import CVC5_STRATEGIES, cvc5_run, smt2
from proofs.kernel.statement import Query, Theorem

OPTIONS = {"produce-proofs": "true", "proof-granularity": "dsl-rewrite"}
TRUST = ":rule trust"


def write_proofs(folder: str, theorems: Sequence[Theorem], milliseconds: int, report: Report) -> Report:
    """The report, UNKNOWN when cvc5 has no proof without a trust step of some query.

    The folder gets a file NUMBER.smt2 with each query and, where there is a proof, NUMBER.cpc beside it, and an index.
    Fails: InputError when a file cannot be written.
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise InputError(folder, "", f"cannot be made a folder: {error.strerror}") from None
    queries = [(theorem.name, query) for theorem in theorems for query in theorem.queries]
    index, missing = [], []
    for number, (name, query) in enumerate(tqdm(queries, disable=None, leave=False), 1):
        proof, why = _proof(query, milliseconds)
        path = os.path.join(folder, f"{number:04}")
        write_text(f"{path}.smt2", smt2(query.formulas()))
        if proof:
            write_text(f"{path}.cpc", proof)
        else:
            missing.append(query.name)
        index.append(f"{number:04} {name} | {query.name} | {'proof' if proof else why}\n")
    write_text(os.path.join(folder, "index.txt"), "".join(index))
    if not missing:
        return report
    reason = f"no proof without a trust step of {len(missing)} of {len(queries)} queries: {', '.join(missing)}"
    return replace(report, verdict="UNKNOWN", reason=reason)


def _proof(query: Query, milliseconds: int) -> tuple[str, str]:
    """The text of a proof without trust steps, or '' and why there is none."""
    why = "no verdict"
    for strategy in CVC5_STRATEGIES:
        text = _cpc(smt2(query.formulas()), {**OPTIONS, **strategy, "tlimit-per": str(milliseconds)})
        if text and TRUST not in text:
            return text, ""
        why = f"{text.count(TRUST)} trust steps" if text else why
    return "", why


def _cpc(text: str, options: dict[str, str]) -> str:
    """The proof that cvc5 gives of the unsatisfiability of SMT-LIB2 text, or ''."""
    import cvc5

    solver, answers = cvc5_run(text, options)
    if "unsat" not in answers:
        return ""
    return solver.proofToString(solver.getProof()[0], cvc5.ProofFormat.CPC).decode("ascii")
