"""What examples/regions/README.md says is what the commands say."""

import subprocess
import sys
from fractions import Fraction
from random import Random

import pytest

from checker.dataset import Dataset
from checker.formats.native import network_text
from checker.regions.count import regions
from symbolic.construct import construct
from symbolic.montufar import montufar
from tests.commands import ROOT, refused, run
from tests.regions import naive_folds

EXAMPLES = ROOT / "examples" / "regions"
README = (EXAMPLES / "README.md").read_text()


@pytest.mark.parametrize(("name", "made"), [("montufar", montufar), ("naive", lambda widths: naive_folds(*widths))])
def test_the_pictures(tmp_path, name, made):
    network, picture = tmp_path / f"{name}.json", tmp_path / "picture.svg"
    network.write_text(network_text(made((2, 4, 4, 4))) + "\n")
    first = run("checker", "regions", network, "--box", "0,1", "--svg", picture, "-q").stdout
    assert first.split()[1] in README
    assert picture.read_text() == (EXAMPLES / f"{name}.svg").read_text()


def restricted(*paths):
    line = [sys.executable, "-m", "examples.regions.on_the_line", *paths]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_inoue_on_the_line_and_in_space(tmp_path):
    whole, line = tmp_path / "inoue.json", tmp_path / "line.json"
    run("symbolic", "construct", "examples/article.csv", "--widths", "3,3", "--method", "inoue", "-o", whole)
    assert restricted(whole, line).returncode == 0
    said = run("checker", "regions", line).stdout
    assert said.startswith("CERTIFIED 11 linear regions, 13 activation regions") and said.splitlines()[2] in README
    assert run("proofs", "regions", whole).stdout in README


@pytest.mark.parametrize("method", ["inoue", "interpolant"])
@pytest.mark.parametrize(("a1", "a2"), [(1, 1), (2, 3), (4, 2), (3, 5)])
def test_no_network_of_the_theorem_has_more_pieces_than_the_upper_bound_counts(method, a1, a2):
    """At most (a1 + 1)(a2 + 1), of which Inoue's networks have 1 + a1 + a1 a2 activation regions."""
    rng = Random(a1 + 10 * a2)
    points = sorted(rng.sample(range(100), a1 * a2))
    data = Dataset(tuple((Fraction(t),) for t in points), tuple((Fraction(rng.randint(-9, 9)),) for _ in points))
    network = construct(data, (a1, a2), method, "auto")
    found = regions(network, None, 1000)
    assert found.linear_regions <= found.activation_regions <= (a1 + 1) * (a2 + 1)
    if method == "inoue":
        assert found.activation_regions == 1 + a1 + a1 * a2


def test_a_network_that_reads_more_than_one_line_is_refused(tmp_path):
    path = tmp_path / "n.json"
    path.write_text(network_text(montufar((2, 4, 4))))
    refused(restricted(path, tmp_path / "line.json"), "its rows are not all the same")
