"""The collisions of the published program's projection, as stated in our words (the program itself is not here)."""

from fractions import Fraction

import pytest

from examples.published_program.pairs import collide, pairs, smallest, weights
from symbolic.projection import article
from tests.commands import ROOT, run


def points(text):
    return tuple(tuple(map(Fraction, row.split(","))) for row in text.split())


@pytest.mark.parametrize("text", ["0,5 1,0", "4,0 3,5", "2,1,3 2,2,0", "0,2 1/2,0", "0,9 1,0 2,5 3,5"])
def test_pairs_that_collide_and_mended_do_not(text):
    assert collide(points(text)) and not collide(points(text), mended=True)


@pytest.mark.parametrize("text", ["0,4 1,0", "0,0 1,1", "0,0,2 0,1,0", "0,1/2 1,0"])
def test_pairs_that_do_not(text):
    assert not collide(points(text))


def test_the_stated_projection_is_the_one_of_the_construction():
    data = points("0,9,2 1,0,1 2,5,7 3,5,5")
    assert weights(data, mended=False) == article(data)


def test_the_smallest_pairs():
    assert smallest(2, 4) == [] and points("0,5 1,0") in smallest(2, 6)
    assert smallest(3, 2) == [] and points("0,0,3 0,1,0") in smallest(3, 4)
    assert not any(collide(pair, mended=True) for pair in pairs(2, 5))


@pytest.mark.parametrize("file", ["missing.py", "README.md"])
def test_what_is_not_the_program_is_refused(file):
    process = run("examples.published_program", ROOT / file)
    assert process.returncode == 2 and process.stderr.count("\n") == 1, process
