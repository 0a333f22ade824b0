"""Groups are separated by breakpoints and ordered in a zigzag; a short last group is padded."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from symbolic.arithmetic import exact_all
from symbolic.breakpoints import divisible, midpoint
from symbolic.groups import groups
from tests.points import numbers


@given(
    st.lists(numbers(), min_size=1, max_size=20, unique=True), st.integers(1, 6), st.sampled_from([midpoint, divisible])
)
def test_the_skeleton(ts, a2, between):
    ts = exact_all(ts)
    found = groups(ts, ts, a2, between)
    assert found.r == -(-len(ts) // a2) and len(found.b) == found.r + 1
    for i in range(found.r):
        along = [found.x[i, j] for j in range(a2)]
        assert along == sorted(along, reverse=i % 2 == 1) and len(set(along)) == a2
        assert found.b[i] < min(along) and max(along) < found.b[i + 1]
        assert {found.near(i), found.far(i)} == {found.b[i], found.b[i + 1]}
        assert abs(found.near(i) - along[0]) <= abs(found.near(i) - along[-1])
    assert all(t in found.x.values() for t in ts) and len(found.x) == found.r * a2
    assert all(found.y[place] == t for place, t in found.x.items() if t in ts)


def test_padding_continues_to_the_right_with_the_last_output():
    found = groups(exact_all([5, 1, 3]), [Fraction(7), Fraction(8), Fraction(9)], 2)
    assert found.x == {(0, 0): 1, (0, 1): 3, (1, 0): 6, (1, 1): 5}
    assert found.y == {(0, 0): 8, (0, 1): 9, (1, 0): 7, (1, 1): 7}
    assert found.b == [0, 4, 7]
