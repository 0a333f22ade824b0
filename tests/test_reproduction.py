"""The claims table: in step with CLAIMS.md, and able to fail."""

from dataclasses import replace

import pytest

from reproduction.claims import claims, markdown, recorded
from reproduction.run import reproduced
from tests.commands import ROOT

TABLE = claims()


def test_the_page_is_the_table():
    assert (ROOT / "CLAIMS.md").read_text() == markdown(TABLE, recorded()), "python -m reproduction --table > CLAIMS.md"


def test_there_are_controls_and_quick_claims():
    assert sum(claim.control for claim in TABLE) >= 5 and sum(claim.smoke for claim in TABLE) >= 5
    assert all(claim.exit == 0 or claim.control or "POSSIBLE" in claim.expect for claim in TABLE)


CLAIM = replace(TABLE[0], commands=("python -c pass", "python -c print(7)"), expect="7", exit=0)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"expect": "8"}, "first line: 7"),
        ({"expect": ""}, "first line: 7"),
        ({"expect": "77?", "exit": 1}, "exit code 0 of: python -c print(7)"),
        ({"commands": ("python -c exit(1)", "python -c print(7)")}, "exit code 1 of: python -c exit(1)"),
        ({"commands": ("python -c exit(3)",), "expect": "", "exit": 3}, ""),
    ],
)
def test_a_claim_is_reproduced_or_not(tmp_path, change, reason):
    outcome = reproduced(replace(CLAIM, **change), tmp_path)
    assert (outcome.reproduced, outcome.reason) == (not reason, reason)


def test_the_page_shows_a_failure(tmp_path, monkeypatch):
    from reproduction import page

    monkeypatch.setattr(page, "pictures", lambda work: [page.Picture("<svg></svg>", "a < b", "command")])
    claim = replace(CLAIM, claim="<script>", expect="8")
    text = page.page("here", [claim], [reproduced(claim, tmp_path)], tmp_path)
    assert "0 of 1 claims reproduced" in text and "FAILED: first line: 7" in text and "<script>" not in text
    assert '<svg role="img" aria-label="a &lt; b">' in text


def test_the_published_programs_bits_are_those_of_the_results():
    from reproduction.pictures import _published

    bits = _published()
    assert list(bits) == [25, 100, 225, 400] and sorted(bits.values()) == list(bits.values()) and bits[25] > 1000


def test_figures_that_were_recorded_stand_in_the_table():
    figures = {"machine": "somewhere", "claims": {TABLE[0].id: {"seconds": 1.5, "memory": 40}}}
    lines = markdown(TABLE, figures).splitlines()
    assert "somewhere." in lines and sum(line.endswith(" | 1.5 | 40 |") for line in lines) == 1
    assert set(recorded()["claims"]) <= {claim.id for claim in TABLE}
