"""What a run of the claims found, for the page and as JSON: the same facts."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from checker import __version__
from reproduction.claims import Claim
from reproduction.run import Outcome

PACKAGES = ("sympy", "z3-solver", "cvc5", "python-flint", "numpy")
"""Those that a verdict of a claim depends on."""


@dataclass(frozen=True)
class Report:
    """The claims that were asked for and how they ended, in order: fewer outcomes than claims when a run was ended.

    started: date and time, UTC. Units: seconds of the clock.
    """

    machine: str
    software: str
    started: str
    seconds: float
    chosen: tuple[Claim, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def pairs(self) -> list[tuple[Claim, Outcome]]:
        """The claims that were run, with how they ended."""
        return list(zip(self.chosen, self.outcomes, strict=False))

    @property
    def right(self) -> int:
        """How many claims were reproduced."""
        return sum(outcome.reproduced for outcome in self.outcomes)

    @property
    def finished(self) -> bool:
        """Whether every claim was run."""
        return len(self.outcomes) == len(self.chosen)

    @property
    def verdict(self) -> str:
        """The last line of the run."""
        said = f"{self.right} of {len(self.chosen)} claims reproduced"
        return said if self.finished else f"{said}: NOT FINISHED, {len(self.outcomes)} were run"

    def json(self) -> str:
        """The report as JSON text."""
        content: dict[str, Any] = {"verdict": self.verdict, "finished": self.finished, "machine": self.machine}
        content |= {"software": self.software, "started": self.started, "seconds": self.seconds}
        content["claims"] = [asdict(claim) | asdict(outcome) for claim, outcome in self.pairs]
        content["notRun"] = [claim.id for claim in self.chosen[len(self.outcomes) :]]
        return json.dumps(content, indent=2) + "\n"


def machine() -> str:
    """Cores, processor, system and Python of this machine."""
    system = f"{platform.machine()}, {platform.system()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def software() -> str:
    """The versions of this repository and of the packages that the claims are decided with."""
    return ", ".join([f"exact-relu {__version__}", *(f"{name} {_version(name)}" for name in PACKAGES)])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(none)"
