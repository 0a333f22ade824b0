"""The claims table: in step with CLAIMS.md, and able to fail."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from reproduction import __main__ as command
from reproduction.claims import claims, markdown, needed, recorded
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
    ("change", "reason", "said"),
    [
        ({}, "", ""),
        ({"expect": "8"}, "first line: 7", ""),
        ({"expect": ""}, "first line: 7", ""),
        ({"expect": "77?", "exit": 1}, "exit code 0 of: python -c print(7)", ""),
        ({"commands": ("python -c exit(1)", "python -c print(7)")}, "exit code 1 of: python -c exit(1)", ""),
        ({"commands": ("python -c exit(3)",), "expect": "", "exit": 3}, "", ""),
        ({"commands": ("python -c \"exit('why')\"",)}, "exit code 1 of: python -c \"exit('why')\"", "why"),
        ({"commands": ("absent tool",)}, "exit code 127 of: absent tool", "absent: No such file or directory"),
    ],
)
def test_a_claim_is_reproduced_or_not(tmp_path, change, reason, said):
    outcome = reproduced(replace(CLAIM, **change), tmp_path)
    assert (outcome.reproduced, outcome.reason) == (not reason, reason)
    assert said in outcome.said


SLEEP = "python -c \"import os, time; print(os.getpid(), file=open('pid', 'w'), flush=True); time.sleep(60)\""
RUN = """
import sys
from dataclasses import replace
from pathlib import Path
from checker.console import run
from reproduction import __main__ as command, run as runner
from reproduction.claims import claims
good = replace(claims()[0], id="good", commands=("python -c print(7)",), expect="7")
slow = replace(good, id="slow", commands=({sleep!r},))
command.claims = lambda: [good, slow, replace(good, id="later")]
runner.ROOT = Path({folder!r})
run(command.main, command.PROGRAM)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_its_command_and_says_that_it_is_not_finished(tmp_path, number):
    code = RUN.format(sleep=SLEEP, folder=str(tmp_path))
    line = [sys.executable, "-c", code, "--report", str(tmp_path), "--folder", str(tmp_path)]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not ((pid := tmp_path / "pid").exists() and pid.read_text().strip()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "python -m reproduction: interrupted\n")
    assert out.startswith("reproduced") and "claims reproduced" not in out
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    page = (tmp_path / "report.html").read_text()
    assert "1 of 3 claims reproduced: NOT FINISHED, 1 were run" in page and "slow, later" in page
    content = json.loads((tmp_path / "report.json").read_text())
    assert not content["finished"] and content["notRun"] == ["slow", "later"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pid", "report.html", "report.json"]


def reproduce(monkeypatch, folder, table, *arguments):
    """What main gives for this table."""
    monkeypatch.setattr(command, "claims", lambda: table)
    monkeypatch.setattr("sys.argv", ["x", "--report", str(folder), "--folder", str(folder / "work"), *arguments])
    return command.main()


def test_a_failure_is_exit_code_1_and_stands_first(tmp_path, monkeypatch, capsys):
    table = [replace(CLAIM, id="right"), replace(CLAIM, id="wrong", claim="<script>", expect="8")]
    assert reproduce(monkeypatch, tmp_path, table) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "1 of 2 claims reproduced" and err == "", "no bar where there is no terminal"
    page = (tmp_path / "report.html").read_text()
    assert "<title>exact-relu: 1 of 2 claims reproduced</title>" in page and "<script>" not in page
    assert page.index("What failed") < page.index('href="#wrong"') < page.index("Every claim")
    assert 'class="refuted"' in page and "first line: 7" in page


def test_the_json_has_the_facts_of_the_page(tmp_path, monkeypatch):
    assert reproduce(monkeypatch, tmp_path, [CLAIM]) == 0
    page, content = (tmp_path / "report.html").read_text(), json.loads((tmp_path / "report.json").read_text())
    for name in ("verdict", "machine", "software", "started"):
        assert content[name] in page, name
    assert [claim["id"] for claim in content["claims"]] == [CLAIM.id] and content["finished"]
    assert "sympy 1" in content["software"] and "What failed" not in page and 'class="certified"' in page


def test_the_report_is_there_when_a_picture_cannot_be_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr("reproduction.pictures.pictures", lambda work, ids: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reproduce(monkeypatch, tmp_path, [CLAIM])
    assert "1 of 1 claims reproduced" in (tmp_path / "report.html").read_text()


def test_a_picture_goes_with_a_claim_that_was_reproduced(tmp_path, monkeypatch):
    from reproduction import pictures

    (tmp_path / "regions.svg").write_text("<?xml?>\n<svg></svg>")
    assert list(pictures.pictures(tmp_path, {"honesty"})) == []
    (found,) = pictures.pictures(tmp_path, {"regions"})
    assert found.svg == "<svg></svg>" and found.commands
    known = {claim.id for claim in TABLE}
    assert {claim for name in ("INTERPOLANT", "BITS", "SECONDS", "REGIONS", "SPECTRA")
            for claim in getattr(pictures, name).claims} <= known  # fmt: skip
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    (found,) = pictures.pictures(tmp_path, {"article-certified"})
    assert found.svg == "" and found.caption == "Not drawn: matplotlib.figure is not installed."


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--only", "nothing"), "--only: nothing: no such claim"),
        (("--record", "--smoke"), "--record: figures are kept of a run of all claims"),
        (("--smoke", "--only", "honesty"), "--only: honesty: not among the quick claims"),
        (("--report", "{file}"), "file: File exists"),
        (("--folder", "{file}/below"), "file/below: Not a directory"),
    ],
)
def test_what_cannot_be_run_is_refused_before_anything_is(tmp_path, arguments, reason):
    (tmp_path / "file").write_text("")
    said = [argument.format(file=tmp_path / "file") for argument in arguments]
    line = [sys.executable, "-m", "reproduction", "--only", "article", *said]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1) and reason in done.stderr


def test_the_published_programs_bits_are_those_of_the_results():
    from reproduction.sizes import published

    bits = published()
    assert list(bits) == [25, 100, 225, 400] and sorted(bits.values()) == list(bits.values()) and bits[25] > 1000


def test_figures_that_were_recorded_stand_in_the_table():
    figures = {"machine": "somewhere", "claims": {TABLE[0].id: {"seconds": 1.5, "memory": 40}}}
    lines = markdown(TABLE, figures).splitlines()
    assert "somewhere." in lines and sum(line.endswith(" | 1.5 | 40 |") for line in lines) == 1
    assert set(recorded()["claims"]) <= {claim.id for claim in TABLE}


def test_every_file_is_made_by_the_claim_itself_or_by_one_before_it():
    made = {}
    for claim in TABLE:
        files = {file for before in claim.after for file in made[before]}
        for line in claim.commands:
            files |= set(re.findall(r"(?:-o|--svg|>) (\$W/[\w.-]+)", line))
            assert set(re.findall(r"\$W/[\w.-]+", line)) <= files, (claim.id, line)
        made[claim.id] = files


def test_what_is_needed_comes_before():
    assert [claim.id for claim in needed(TABLE, ["float32-is-not-enough", "article"])] == [
        *("article", "points-10000", "float64", "float32-is-not-enough")
    ]
    quick = [claim.id for claim in TABLE if claim.smoke]
    assert [claim.id for claim in needed(TABLE, quick)] == quick
