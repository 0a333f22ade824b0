"""TRUST.md lists the assumptions, schemes and trusted files that there are, no more and no less."""

import re

import pytest

from proofs.audit.report import by_file
from proofs.kernel.rules import TRUSTED_SCHEMES
from tests.commands import ROOT

TRUST = (ROOT / "TRUST.md").read_text()


def rows(heading):
    """The table below a line that begins with this heading, as pairs of cells."""
    table = TRUST.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines()[2:]]


LINES = {file.strip("`"): int(count) for file, count, _ in rows("file")}


@pytest.fixture(scope="module")
def assumptions():
    theorems = by_file()[0].theorems.values()
    return [(f"`{t.name}`", t.words) for t in theorems if t.scheme == "assumption"]


def test_the_schemes_are_those_of_the_kernel():
    assert dict(rows("scheme")) == {name: words.rstrip(".") for name, words in TRUSTED_SCHEMES.items()}


def test_the_assumptions_are_those_of_the_statements(assumptions):
    assert rows("assumption") == assumptions


def test_the_comparison_can_fail(assumptions):
    assert rows("assumption")[1:] != assumptions and rows("assumption") != assumptions[:-1]


@pytest.mark.parametrize("folder", ["proofs/kernel", "checker"])
def test_every_trusted_file_is_named(folder):
    there = {path.name for path in (ROOT / folder).glob("*.py")} - {"__init__.py", "__main__.py"}
    explanatory = {"console.py", "errors.py", "theorem_form.py"}
    assert there - explanatory <= set(re.findall(r"`(?:proofs/kernel/)?(\w+\.py)`", TRUST))


def test_the_lines_of_the_judge_are_counted():
    """The counts of TRUST.md, and that a wrong one would be noticed."""
    counted = {path: len((ROOT / "checker" / path).read_text().splitlines()) for path in LINES}
    assert counted == LINES
    assert LINES["judge.py"] > 50 and sum(LINES.values()) < 2500


def test_every_file_named_is_there():
    for path in re.findall(r"`([\w/]+\.py)`", TRUST):
        assert any((ROOT / folder / path).exists() for folder in (".", "checker", "proofs/kernel")), path
