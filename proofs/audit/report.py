"""What a run of the chain found: one record per statement, and one verdict."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

from proofs.kernel.rules import Kernel
from proofs.kernel.solvers import Disagreement
from proofs.kernel.statement import Refused, Theorem, Undecided
from proofs.theorems.chain import FILES

EXIT = {"PROVED": 0, "FAILED": 1, "UNKNOWN": 3, "DISAGREE": 4}


@dataclass
class TimedKernel(Kernel):
    """A kernel that knows how long each theorem took."""

    seconds: dict[str, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.perf_counter)

    def _add(self, theorem: Theorem) -> Theorem:
        made = super()._add(theorem)
        now = time.perf_counter()
        self.seconds[made.name], self._since = now - self._since, now
        return made


@dataclass(frozen=True)
class Report:
    """A verdict, its reason, and the kernel with all that was proved on the way."""

    verdict: str
    reason: str
    kernel: TimedKernel

    def exit_code(self) -> int:
        """0 proved, 1 failed, 3 unknown, 4 the solvers disagree."""
        return EXIT[self.verdict]


@cache
def by_file() -> tuple[Kernel, dict[str, list[Theorem]]]:
    """A kernel with every theorem, and the theorems of each file by its ID."""
    kernel, theorems = Kernel(), {}
    for file in FILES:
        before = set(kernel.theorems)
        file.prove(kernel)
        theorems[stem(file)] = [t for name, t in kernel.theorems.items() if name not in before]
    return kernel, theorems


def stem(file: ModuleType) -> str:
    """The ID of a file is its name."""
    return file.__name__.rpartition(".")[2]


def run(files: Iterable[ModuleType], kernel: TimedKernel) -> Report:
    """The verdict on the files, in order: PROVED only if every rule applied."""
    try:
        for file in files:
            file.prove(kernel)
    except Undecided as reason:
        return Report("UNKNOWN", str(reason), kernel)
    except Refused as reason:
        return Report("FAILED", str(reason), kernel)
    except Disagreement as reason:
        return Report("DISAGREE", f"z3 and cvc5 disagree on\n{reason}", kernel)
    return Report("PROVED", "", kernel)


def selected(names: Sequence[str]) -> Sequence[ModuleType]:
    """The files up to the last one named: what the named statements rest on. Fails: ValueError."""
    stems = [stem(file) for file in FILES]
    unknown = [name for name in names if name.partition(".")[0] not in stems]
    if unknown:
        raise ValueError(f"no statement {unknown[0]}; `list` shows them all")
    last = max((stems.index(name.partition(".")[0]) for name in names), default=len(FILES) - 1)
    return FILES[: last + 1]


def wanted(theorem: Theorem, names: Sequence[str]) -> bool:
    """The theorem is named, or belongs to a file or group that is."""
    return not names or any(theorem.name == name or theorem.name.startswith(f"{name}.") for name in names)
