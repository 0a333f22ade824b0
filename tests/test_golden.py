"""Facts from outside this project: the article's printed parameters, and data that its program cannot handle."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from checker.formats import read_dataset
from checker.judge import Certified, zero_error
from symbolic.construct import construct
from symbolic.projection import CollisionError
from tests.commands import ROOT, run
from tests.points import dataset

GOLDEN = Path(__file__).parent / "golden"
ARTICLE = "examples/article.csv"


def fractions(rows):
    return [[Fraction(entry) for entry in row] for row in rows]


def test_inoue_prints_the_articles_parameters(tmp_path):
    golden = json.loads((GOLDEN / "article-3x3.json").read_text())
    path = tmp_path / "network.json"
    arguments = ("--widths", "3,3", "--method", "inoue", "--projection", "article", "-o", path)
    assert run("symbolic", "construct", ARTICLE, *arguments).returncode == 0
    first, second, last = json.loads(path.read_text())["layers"]
    assert fractions(first["weights"]) == fractions(golden["W1"])
    assert fractions([first["bias"]]) == fractions([golden["b1"]])
    assert fractions(second["weights"]) == fractions(golden["W2"])
    assert fractions([second["bias"]]) == fractions([golden["b2"]])
    assert fractions(last["weights"]) == fractions(golden["W3"])
    assert fractions([last["bias"]]) == [[Fraction(golden["b3"])]]


def test_interpolant_needs_at_most_a_tenth_of_the_articles_bits(tmp_path):
    bits = {}
    for method, projection in (("inoue", "article"), ("interpolant", "auto")):
        path = tmp_path / f"{method}.json"
        arguments = ("--widths", "3,3", "--method", method, "--projection", projection, "-o", path)
        assert run("symbolic", "construct", ARTICLE, *arguments).returncode == 0
        assert run("checker", "certify", path, ARTICLE).returncode == 0
        bits[method] = json.loads(run("checker", "inspect", path, "--json").stdout)["bits"]
    assert 10 * bits["interpolant"] <= bits["inoue"]


@pytest.mark.parametrize("case", json.loads((GOLDEN / "program-failures.json").read_text())["cases"])
@pytest.mark.parametrize("method", ["interpolant", "inoue"])
def test_data_on_which_the_published_program_fails(case, method):
    points, widths = dataset(case["inputs"], case["outputs"]), tuple(case["widths"])
    assert isinstance(zero_error(construct(points, widths, method), points), Certified)
    with pytest.raises(CollisionError):
        construct(points, widths, method, "article")
    with pytest.raises(CollisionError):
        construct(points, widths, method, tuple(map(Fraction, case["program_projection"])))


def test_the_example_is_the_articles_data():
    points = read_dataset(str(ROOT / ARTICLE)).value
    assert len(points) == 9
    assert points.inputs[0] == (93, 4, 14, 4, 27) and points.outputs[0] == (1,)
