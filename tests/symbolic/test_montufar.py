"""Montufar et al.'s bound: attained exactly, refused where it is not."""

import math
import random

import pytest
from sympy import IndexedBase, Symbol

from checker.certificate import certificate_text
from checker.formats import read_network
from checker.formats.native import network_text
from checker.regions.certificate import certificate
from checker.regions.count import Regions, regions
from symbolic.montufar import NotAttainedError, bound, formula, montufar
from tests.checker.test_regions import UNIT
from tests.commands import refused, run

GOLDEN = {(2, 4, 4, 4): 176, (2, 5, 7, 3): 252, (2, 6, 6, 6): 1782, (2, 8, 8, 8): 9472, (1, 8, 8, 8, 8): 4608}


def both(net, box=None):
    found = regions(net, box, 100_000)
    return found.linear_regions, found.activation_regions


@pytest.mark.parametrize("widths", GOLDEN)
def test_golden_numbers(widths):
    net = montufar(widths)
    assert net.widths == (*widths, 1)
    assert bound(widths) == GOLDEN[widths]
    assert both(net) == (GOLDEN[widths], GOLDEN[widths])


def test_the_largest_golden_number_is_counted_anew_and_one_region_less_is_refused(tmp_path):
    """151,552 regions, counted in the plane in seconds."""
    path, file = tmp_path / "n.json", tmp_path / "c.json"
    path.write_text(network_text(montufar((2, 8, 8, 8, 8))) + "\n")
    claimed = certificate(read_network(str(path)), None, Regions((), (), 151_552, 151_551))
    file.write_text(certificate_text(claimed))
    refused(run("checker", "verify", file, path), "predicate.linearRegions: recomputed '151552'", "says '151551'")


@pytest.mark.parametrize("seed", range(12))
def test_any_admissible_widths_attain_it_in_the_unit_box(seed):
    source = random.Random(seed)
    n0 = source.choice((1, 2))
    widths = (n0, *(source.randint(n0, 3 * n0 + 1) for _ in range(source.randint(0, 2))), source.randint(n0 + 1, 5))
    expected = math.prod(n // n0 for n in widths[1:-1]) ** n0 * sum(math.comb(widths[-1], j) for j in range(n0 + 1))
    assert bound(widths) == expected
    assert both(montufar(widths), UNIT) == (expected, expected)
    assert both(montufar(widths))[0] >= expected


@pytest.mark.parametrize("widths", [*GOLDEN, (3, 6, 6, 4), (1, 1), (3, 2), (2, 3, 1), (4, 9, 13, 7)])
def test_the_value_is_that_of_the_formula(widths):
    n = IndexedBase("n", integer=True, positive=True)
    given = formula().subs(Symbol("L", integer=True, positive=True), len(widths) - 1).subs(n[0], widths[0]).doit()
    assert given.subs({n[k]: width for k, width in enumerate(widths)}).doit() == bound(widths)


def test_a_value_of_more_digits_than_python_prints(tmp_path):
    process = run("symbolic", "montufar", "--widths", "1" + ",3" * 9200, "-o", tmp_path / "n.json")
    assert process.returncode == 0 and f"\nbound     {4 * 3**9199:#x} linear regions" in process.stdout


@pytest.mark.parametrize("widths", [(1, 2, 2), (2, 4, 3), (2, 4, 4), (1, 3, 5)])
def test_nowhere_is_the_whole_last_layer_off(widths):
    pieces = regions(montufar(widths), None, 1000).pieces
    assert all(piece.pattern % 2 ** widths[-1] for piece in pieces)


@pytest.mark.parametrize("widths", [(2, 1), (2, 2), (1, 1), (2, 2, 2), (2, 3, 1)])
def test_a_short_last_layer_without_folds(widths):
    assert both(montufar(widths), UNIT)[0] == bound(widths)


@pytest.mark.parametrize(
    ("widths", "reason"),
    [
        ((2, 4, 2), "n_2 = 2 <= n_0 = 2"),
        ((1, 2, 3, 1), "n_3 = 1 <= n_0 = 1"),
        ((3, 2, 4), "n_1 = 2 < n_0 = 3"),
    ],
)
def test_what_is_not_attained(widths, reason):
    with pytest.raises(NotAttainedError, match=reason):
        montufar(widths)


def test_the_formula_is_printed_with_its_value(tmp_path):
    process = run("symbolic", "montufar", "--widths", "2,5,7,3", "-o", tmp_path / "n.json")
    assert process.returncode == 0
    assert f"bound     252 linear regions: {formula()}" in process.stdout
    assert (tmp_path / "n.json").read_text() == network_text(montufar((2, 5, 7, 3))) + "\n"


@pytest.mark.parametrize(
    ("widths", "name", "reason"),
    [
        ("2,4,2", "n.json", "all neurons of the last layer are off"),
        ("2", "n.json", "is not of the form"),
        ("2,x", "n.json", "not an integer"),
        ("2,4,4", "n.txt", ".json"),
        ("3,2,4", "n.json", "n_1 = 2 < n_0 = 3"),
        ("2,0,3", "n.json", "'0' is not an integer from 1"),
        ("2,-4,4", "n.json", "'-4' is not an integer from 1"),
        ("", "n.json", "'' is not an integer from 1"),
        ("2,4,4", "missing/n.json", "No such file or directory"),
        ("2,99999,99999,99", "n.json", "more than 2000000 parameters"),
        ("1,999999999", "n.json", "more than 2000000 parameters"),
        ("400,400", "n.json", "may have more than 100000000 bits"),
        ("999999,1", "n.json", "may have more than 100000000 bits"),
    ],
)
def test_refusals(tmp_path, widths, name, reason):
    refused(run("symbolic", "montufar", "--widths", widths, "-o", tmp_path / name), reason)
    assert list(tmp_path.iterdir()) == []
