"""The claims table: claims.toml as values, and as CLAIMS.md."""

import json
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("claims.toml")
HEAD = """# Claims

Generated from `reproduction/claims.toml` by `python -m reproduction --table`. `make reproduce` runs all of them in this
order and ends with `N of N claims reproduced`; `make smoke` runs those marked *. Every command ends with the exit code
given, and the first line that it prints (the last one, where that is said) is the one given (a regular expression).
Those of kind *control* show that the check can fail. Commands run in the repository's root, with `.venv/bin/python` as
`python` and `build/reproduction` as `$W`. The report is in `reproduction/report.html` and `report.json`. Seconds of the
clock, and MiB of the largest process, are those of one run that was recorded (`python -m reproduction --record`):
"""
FIGURES = Path(__file__).with_name("figures.json")


@dataclass(frozen=True)
class Claim:
    """A claim, its source, the commands that show it (the last one decides), and how that one has to end.

    after: the claims whose files its commands read.
    """

    id: str
    claim: str
    source: str
    commands: tuple[str, ...]
    expect: str
    exit: int = 0
    smoke: bool = False
    control: bool = False
    last: bool = False
    after: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Which line of its output the claim expects something of."""
        return "last" if self.last else "first"


def claims(path: Path = TABLE) -> list[Claim]:
    """The table, in its order. Fails: ValueError when an ID stands twice, TypeError on an unknown key."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["claim"]
    table = [Claim(**row | {"commands": tuple(row["commands"]), "after": tuple(row.get("after", ()))}) for row in rows]
    if len({claim.id for claim in table}) != len(table):
        raise ValueError(f"{path}: an ID stands twice")
    return table


def needed(table: list[Claim], ids: Collection[str]) -> list[Claim]:
    """The claims of these IDs, in the table's order, and before them those whose files they read."""
    wanted = set(ids)
    for claim in reversed(table):
        wanted |= set(claim.after) if claim.id in wanted else set()
    return [claim for claim in table if claim.id in wanted]


def recorded() -> dict[str, Any]:
    """The machine of the run that was recorded, and seconds and memory of every claim in it."""
    return json.loads(FIGURES.read_text(encoding="utf-8"))


def markdown(table: list[Claim], recorded: dict[str, Any]) -> str:
    """CLAIMS.md, with the figures of a run: a claim that was not in it has none."""
    lines = [f"{HEAD}{recorded['machine']}.\n", "| ID | claim | from | kind | s | MiB |", "|---|---|---|---|---|---|"]
    for claim in table:
        kind = "control" if claim.control else "claim"
        figures = recorded["claims"].get(claim.id, {"seconds": "", "memory": ""})
        cells = (claim.id + "*" * claim.smoke, claim.claim, claim.source, kind, figures["seconds"], figures["memory"])
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    for claim in table:
        commands = "\n".join(f"    {command}" for command in claim.commands)
        after = f"; reads files of {', '.join(claim.after)}" if claim.after else ""
        ending = f"exit code {claim.exit}, {claim.line} line `{claim.expect}`{after}"
        lines.append(f"\n## {claim.id}\n\n{commands}\n\n{ending}")
    return "\n".join(lines) + "\n"
