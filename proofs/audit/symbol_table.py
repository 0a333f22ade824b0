"""The tables of a proof for reading: what its symbols are, and where its assumptions are opened and discharged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import z3

from proofs.audit.introduction import LETTERS
from proofs.kernel.rules import Kernel
from proofs.kernel.statement import Theorem, entails, uninterpreted


def made_from(kernel: Kernel, theorem: Theorem) -> str:
    """From which free symbols the defined ones of the conclusion are made."""
    spoken = [s for s in _symbols([theorem]) if kernel.depends(s) != {s}]
    made = {s.name(): ", ".join(sorted(f"`{d}`" for d in kernel.depends(s))) for s in spoken}
    return "\n\n".join(
        f"`{name}` is defined from {free + ' and ' if free else ''}nothing else." for name, free in made.items()
    )


def variables(ordered: Sequence[Theorem]) -> str:
    """Which letters are variables, by their sorts."""
    found = {v for theorem in ordered for v in theorem.variables}
    sorts = {"integers": z3.IntSort(), "reals": z3.RealSort()}
    names = {word: sorted({f"`{v}`" for v in found if v.sort() == sort}) for word, sort in sorts.items()}
    words = [f"{', '.join(there)} ({word})" for word, there in names.items() if there]
    return f"The variables are {' and '.join(words)}; every other letter is a [symbol](#symbols)." if words else ""


def symbol_table(kernel: Kernel, ordered: Sequence[Theorem], numbers: Mapping[str, int]) -> str:
    """Every symbol: what it is, where it is defined, and where it is first spoken of if that is earlier."""
    definitions = {_defined(theorem): theorem for theorem in ordered if theorem.scheme.startswith("definition")}
    rows = ["| symbol | is | defined in | free from |", "|---|---|---|---|"]
    for symbol in _symbols(ordered):
        first = next(numbers[t.name] for t in ordered if symbol in set(_symbols([t])))
        made = definitions.get(symbol)
        if made is None:
            rows.append(f"| `{symbol}` | {LETTERS.get(symbol.name(), 'anything')} | | [{first}](#{first}) |")
            continue
        number = numbers[made.name]
        head = f"{symbol}({', '.join(map(str, made.variables))})" if made.variables else f"{symbol}"
        free = f"[{first}](#{first})" if first < number else ""
        rows.append(f"| `{head}` | {_cell(made.words)} | [{number}](#{number}) | {free} |")
    return "\n".join(rows)


def assumption_table(kernel: Kernel, ordered: Sequence[Theorem], numbers: Mapping[str, int]) -> str:
    """Every assumption: its words, where it is opened, and which discharge puts which proof in its place."""
    rows = ["| assumption | says | opened in | discharged |", "|---|---|---|---|"]
    for theorem in (t for t in ordered if t.scheme == "assumption"):
        cuts = [
            f"in [{numbers[cut.name]}](#{numbers[cut.name]}) by [{numbers[name]}](#{numbers[name]})"
            for cut in ordered
            if cut.scheme == "discharge" and theorem.name in kernel[cut.uses[0]].assumptions
            for name in cut.uses[1:]
            if entails(kernel[name], theorem)
        ]
        number = numbers[theorem.name]
        ends = ", ".join(cuts) or "a hypothesis of the statement"
        rows.append(f"| `{theorem.name}` | {_cell(theorem.words)} | [{number}](#{number}) | {ends} |")
    return "\n".join(rows)


def _symbols(theorems: Iterable[Theorem]) -> list[z3.FuncDeclRef]:
    """The symbols that the theorems speak of, in order; their variables excepted."""
    found: dict[z3.FuncDeclRef, None] = {}
    for theorem in theorems:
        bound = {variable.decl() for variable in theorem.variables}
        spoken = {node.decl() for node in uninterpreted(theorem.formula())} - bound
        found.update(dict.fromkeys(sorted(spoken, key=str)))
    return list(found)


def _defined(theorem: Theorem) -> z3.FuncDeclRef:
    """The symbol that a definition defines: the head of its first equation, under its guard."""
    case = theorem.conclusion.arg(0)
    return case.arg(1).arg(0).decl()


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
