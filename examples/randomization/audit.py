"""What the checker says of a network at every training sample: its own command, its own JSON."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Audit:
    """The exact verdict with its smallest margin (where, counted from 1), and how float32 evaluation compares."""

    verdict: str
    margin: Fraction | None
    row: int | None
    failing: dict[str, int]
    differing: list[int]
    points: int
    seconds: float


def certify(network: Path, dataset: Path, claim: str = "argmax", engine: str = "auto") -> Audit:
    """The claim, decided exactly at every row (the certificate goes beside the network) and compared with float32."""
    started = time.perf_counter()
    certificate = network.with_name(network.name.split(".")[0] + ".certificate.json")
    exact = _checker(network, dataset, claim, "--engine", engine, "-o", str(certificate))
    seconds = time.perf_counter() - started
    both = _checker(network, dataset, claim, "--engine", engine, "--mode", "both-float32")
    tightest = exact.get("tightest") or {}
    margin = Fraction(_rational(tightest["value"])) if tightest else None
    failing = {name: count or 0 for name, count in both["failingRows"].items()}
    return Audit(exact["verdict"], margin, tightest.get("row"), failing, both["differingRows"], both["rows"], seconds)


def _rational(text: str) -> Fraction:
    """The number of a canonical text, decimal or hexadecimal."""
    numerator, _, denominator = text.partition("/")
    return Fraction(int(numerator, 0), int(denominator or "1", 0))


def _checker(network: Path, dataset: Path, claim: str, *options: str) -> dict[str, Any]:
    arguments = ["certify", str(network.resolve()), str(dataset.resolve()), "--claim", claim, "--json", *options]
    command = [sys.executable, "-m", "checker", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise SystemExit(f"the checker ended with {run.returncode}: {run.stderr.strip()}")
    return json.loads(run.stdout)
