"""z3's count of regions agrees with the checker's, and goes on where that ends."""

import random
from fractions import Fraction

import pytest

from checker.formats.native import network_text
from checker.regions.count import regions
from proofs.regions.search import Search, UnknownError, count
from symbolic.montufar import montufar
from tests.checker.test_regions import BOX, KNOWN, ramps
from tests.commands import refused, run
from tests.regions import random_network


def by_z3(net, box=None, cap=1000):
    return count(Search(net, box, 60), cap)


@pytest.mark.parametrize("name", KNOWN)
def test_known_counts(name):
    net, linear, activation = KNOWN[name]
    assert by_z3(net) == (linear, activation)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("box", [None, BOX])
def test_both_counts_agree(seed, box):
    source = random.Random(seed)
    hidden = [source.randint(1, 3) for _ in range(source.randint(1, 3))]
    net = random_network(source, source.randint(1, 2), *hidden, source.randint(1, 2))
    found = regions(net, box, 10_000)
    assert by_z3(net, box) == (found.linear_regions, found.activation_regions)


def test_three_inputs(tmp_path):
    assert by_z3(montufar((3, 6, 6, 4))) == (960, 960)
    planes = [(1, [1, k, k * k], k**3) for k in range(1, 6)]
    assert by_z3(ramps(*planes)) == (26, 26)
    path = tmp_path / "n.json"
    path.write_text(network_text(ramps(*planes)))
    process = run("proofs", "regions", path, "--box", "-1,1")
    assert (process.returncode, process.stdout.split()[0]) == (0, "CERTIFIED")


def test_folds_merge_in_three_dimensions():
    """|x| + |y| + |z| has 8 regions; relu(|x| + |y| + |z| - 1) joins the inner ones to one."""
    sides = [[s * (i == k) for i in range(3)] for k in range(3) for s in (1, -1)]
    assert by_z3(ramps(*((1, side, 0) for side in sides))) == (8, 8)
    ball = montufar((1, 1))
    inner = type(ball)((ramps(*((1, side, 0) for side in sides)).layers[0], *ramps((1, [1] * 6, -1)).layers))
    assert by_z3(inner) == (9, 16)


def test_a_cap_is_no_count(tmp_path):
    with pytest.raises(UnknownError, match="more than 3"):
        by_z3(KNOWN["grid"][0], cap=3)
    path = tmp_path / "n.json"
    path.write_text(network_text(KNOWN["grid"][0]))
    process = run("proofs", "regions", path, "--cap", "3")
    assert (process.returncode, process.stdout.split()[0]) == (3, "UNKNOWN")
    refused(run("proofs", "regions", path, "--box", "1,0"), "LO is not less than HI")
    refused(run("proofs", "regions", tmp_path / "none.json"), "No such file")


def test_the_box_is_open_and_exact():
    line = ramps((1, [1], -1))
    assert by_z3(line, (Fraction(0), Fraction(1))) == (1, 1)
    assert by_z3(line, (Fraction(0), Fraction(10**30 + 1, 10**30))) == (2, 2)
