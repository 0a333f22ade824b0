"""Datasets for the tests: strategies, and the small ones that have names."""

from fractions import Fraction

from hypothesis import strategies as st

from checker.dataset import Dataset


def dataset(inputs, outputs):
    """The dataset of these rows, whose entries are integers, Fractions or their text; one output."""
    xs = tuple(tuple(Fraction(v) for v in row) for row in inputs)
    return Dataset(xs, tuple((Fraction(y),) for y in outputs))


def numbers():
    """Rational numbers of every sort: small and equal ones, negative, fractional, huge, tiny."""
    huge = st.integers(-(10**60), 10**60)
    return st.one_of(
        st.integers(-2, 2).map(Fraction),
        st.integers(-30, 30).map(Fraction),
        st.fractions(-5, 5, max_denominator=12),
        st.builds(Fraction, huge, st.integers(1, 10**30)),
    )


@st.composite
def datasets_with_widths(draw, largest=4, dimensions=3):
    """(dataset, (a1, a2)) with 1 <= N <= a1*a2 distinct points and one output."""
    a1, a2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    n = draw(st.integers(1, dimensions))
    inputs = draw(st.lists(st.tuples(*[numbers()] * n), min_size=1, max_size=a1 * a2, unique=True))
    outputs = draw(st.lists(numbers(), min_size=len(inputs), max_size=len(inputs)))
    return dataset(inputs, outputs), (a1, a2)
