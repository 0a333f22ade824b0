"""The collisions of the published program's projection, as stated in our words (the program itself is not here)."""

from fractions import Fraction
from itertools import combinations, product
from types import SimpleNamespace

import numpy
import pytest

from checker.errors import InputError
from examples.published_program import division
from examples.published_program.mend import mended
from examples.published_program.projection import collide, separates, smallest, smallest_by_z3, weights
from symbolic.projection import article
from tests.commands import ROOT, run


def points(text):
    return tuple(tuple(map(Fraction, row.split(","))) for row in text.split())


@pytest.mark.parametrize(
    "text", ["0,5 1,0", "4,0 3,5", "2,1,3 2,2,0", "1,0,0,0 0,2,0,1", "0,2 1/2,0", "0,8/25 1/10,0", "0,9 1,0 2,5 3,5"]
)
def test_pairs_that_collide_and_mended_do_not(text):
    assert collide(points(text)) and not collide(points(text), order=True, gaps=True)


@pytest.mark.parametrize("text", ["0,4 1,0", "0,0 1,1", "0,0,2 0,1,0", "0,1/2 1,0"])
def test_pairs_that_do_not(text):
    assert not collide(points(text))


def test_the_order_alone_is_not_enough_for_fractions():
    assert collide(points("0,1/3 3,0"), order=True) and not collide(points("0,1/3 3,0"))


@pytest.mark.parametrize("e", [Fraction(1, 10), Fraction(3, 7), Fraction(1, 10**9)])
def test_fractions_collide_at_every_scale(e):
    assert collide(((Fraction(0), 3 * e + 2 * e * e), (e, Fraction(0))))


def test_the_stated_projection_is_the_one_of_the_construction():
    data = points("0,9,2 1,0,1 2,5,7 3,5,5")
    assert weights(data) == article(data)


@pytest.mark.parametrize(("inputs", "bound"), [(1, None), (2, 5), (3, 3), (4, 2), (5, 2)])
def test_the_smallest_by_trying_all_and_by_z3(inputs, bound):
    found = smallest(inputs, 5)
    assert (found and found[0]) == smallest_by_z3(inputs, 5) == bound
    assert found is None or collide(found[1])
    assert bound is None or smallest(inputs, bound - 1) is None


def test_three_points_do_not_collide_with_smaller_ranges():
    """All datasets of three points on a grid, by the projection itself."""
    grid = [tuple(map(Fraction, x)) for x in product(range(3), range(7))]
    ranges = [
        max(max(row) - min(row) for row in zip(*three, strict=True))
        for three in combinations(grid, 3)
        if collide(three)
    ]
    assert min(ranges) == smallest(2, 5)[0]


def test_binary_data_never_collide():
    assert all(smallest(inputs, 1) is None for inputs in range(1, 7))


def test_the_steps_of_separation_are_proved():
    assert separates()


@pytest.mark.parametrize("file", ["missing.py", "README.md"])
def test_what_is_not_the_program_is_refused(file):
    process = run("examples.published_program", ROOT / file)
    assert process.returncode == 2 and process.stderr.count("\n") == 1, process


STAND_IN = """
a1 = a2 = N = 0
def MP(parameters, x): return x
def make_parameters(idata, odata):
    def make_w1(data):
        def dminmax(s):
            min = sum(s[:1])
            return min
        k, others = dminmax(data), [2, 3]
        return [k, *others]
    return make_w1(idata)
"""


def test_what_the_mends_change(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(STAND_IN)
    made = [mended(str(path), *mend).make_parameters([5, 6, 7], None) for mend in ((0, 0), (1, 0), (0, 1), (1, 1))]
    assert made == [[5, 2, 3], [2, 3, 5], [13, 2, 3], [2, 3, 13]]
    assert path.read_text() == STAND_IN


@pytest.mark.parametrize(("text", "changed"), [("[k, *others]", "[k] + others"), ("s[:1]", "s"), ("min", "least")])
def test_another_program_is_not_mended(tmp_path, text, changed):
    path = tmp_path / "program.py"
    path.write_text(STAND_IN.replace(text, changed))
    with pytest.raises(InputError, match="not the program that was audited"):
        mended(str(path), True, True)


def program(weight):
    """A stand-in that says y / weight * x."""

    def make_parameters(inputs, outputs):
        one, zero = numpy.array([[1]]), numpy.array([[0]])
        return ((numpy.array([[module.divop(outputs[0], weight)]]), zero), (one, zero), (one, zero))

    def evaluate(parameters, x):
        return numpy.array([[parameters[0][0][0][0] * x[0]]])

    module = SimpleNamespace(divop=Fraction, make_parameters=make_parameters, MP=evaluate)
    return module


def test_a_printed_0_that_is_none_is_found():
    """1 / 3 * 3 is 1 in floats, and not exactly."""
    module = program(3)
    x, y, error, count = division.smallest_misprint(module, 3)
    assert (x, y) == (3, 1) and error != 0 and count >= 1 and module.divop is Fraction
    assert division.smallest_misprint(program(1), 3) is None
