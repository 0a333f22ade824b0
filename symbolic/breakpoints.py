"""Where to put a breakpoint: any number strictly between two neighbouring projected points will do."""

import math

from symbolic.arithmetic import Number, exact, floor

MULTIPLES = tuple(dict.fromkeys(math.lcm(*range(1, last + 1)) for last in range(22, 0, -1)))
"""1, 2, 6, 12, 60, ..., the largest first."""


def midpoint(low: Number, high: Number) -> Number:
    """The middle of the gap, where the paper has it."""
    return (low + high) / 2


def divisible(low: Number, high: Number) -> Number:
    """A number in the middle half of the gap: a multiple of the largest of MULTIPLES that has one there, else the
    fraction with the least denominator.

    Distances between such breakpoints share factors with the distances of points from them, and those cancel. Closer
    to a point, the ratios of distances are extreme and the slopes large.

    >>> [str(divisible(low, high)) for low, high in ((10, 131), (3, 4), (-1, 9))]
    ['60', '7/2', '6']
    """
    quarter = exact(high - low) / 4
    least, greatest = low + quarter, high - quarter
    for step in MULTIPLES:
        multiple = step * -floor(-least / step)
        if multiple <= greatest:
            return multiple
    return simplest(least, greatest)


def simplest(least: Number, greatest: Number) -> Number:
    """The number from least to greatest with the least denominator, by continued fractions.

    >>> str(simplest(exact(7) / 10, exact(9) / 10)), simplest(exact(1) / 2, exact(5) / 2)
    ('3/4', 1)
    """
    above = -floor(-least)
    if above <= greatest:
        return above
    whole = above - 1
    return whole + 1 / exact(simplest(1 / (greatest - whole), 1 / (least - whole)))
