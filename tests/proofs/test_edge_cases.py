"""Every edge case is decided as documented, and a case that is not is told."""

import json
from dataclasses import replace

import pytest

from proofs.edge_cases.cases import CASES, IMPOSSIBLE, REFUSED
from proofs.edge_cases.decide import decided, survivals
from tests.commands import refused, run

BY_NAME = {case.name: case for case in CASES}


@pytest.mark.parametrize("name", BY_NAME)
def test_case(name, tmp_path):
    answer = decided(BY_NAME[name], tmp_path)
    assert answer.is_right(BY_NAME[name]), answer


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("square", {"verdict": REFUSED}),
        ("zigzag-of-3", {"rows": "0,0 1,1 2,2"}),
        ("one-too-many", {"words": "6 distinct points"}),
        ("exactly-full", {"verdict": IMPOSSIBLE}),
        ("kink-on-data", {"rows": "-1,0 0,0 1,1 2,1"}),
    ],
)
def test_a_wrong_expectation_is_found(name, change, tmp_path):
    case = replace(BY_NAME[name], **change)
    assert not decided(case, tmp_path).is_right(case)


def test_rounding_costs_the_article_most_points_and_float64_none(tmp_path):
    found = {(row.method, row.type): row for row in survivals(tmp_path, 3)}
    assert found["inoue", "float64"].in_floats < 9
    assert found["interpolant", "float64"].in_reals < 9
    for kind in ("float64", "float32"):
        assert (found["float64", kind].in_reals, found["float64", kind].in_floats) == (9, 9)


def test_the_command(tmp_path):
    process = run("proofs", "edge-cases", "square", "duplicates-unequal", "--json", "--write", tmp_path)
    said = json.loads(process.stdout)
    assert process.returncode == 0 and said["verdict"] == "CERTIFIED" and said["wrong"] == []
    assert [case["verdict"] for case in said["cases"]] == [REFUSED, "CERTIFIED"][::-1]
    assert (tmp_path / "square.csv").read_text() == "0,0,1\n0,1,0\n1,0,0\n1,1,1\n"
    assert run("proofs", "edge-cases", "square").stdout.startswith("CERTIFIED 1 of 1 edge cases")
    refused(run("proofs", "edge-cases", "nothing"), "no case is called nothing")
