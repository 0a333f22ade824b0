"""Which choices of cones the functionals close (see __init__, step 3)."""

from collections.abc import Collection, Sequence

from checker.impossible.cones import Cones, Integers


def dot(a: Sequence[int], b: Sequence[int]) -> int:
    """The sum of the products."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def separates(functional: Integers, ys: Integers) -> bool:
    """v.1 = 0 and v.y < 0: y is no constant plus vectors on which v is not negative."""
    return sum(functional) == 0 and dot(functional, ys) < 0


def closed_kinds(functional: Integers, cones: Cones) -> int:
    """The kinds of cones on which the functional is nowhere negative; bit k stands for cones.kinds[k]."""
    positive = negative = 0
    for place, ray in enumerate(cones.rays):
        value = dot(functional, ray.values)
        positive |= (value > 0) << place
        negative |= (value < 0) << place
    wrong = {1: negative, -1: positive}
    return sum(1 << k for k, (sign, mask) in enumerate(cones.kinds) if not mask & wrong[sign])


def open_choice(
    closed: Sequence[int], count: int, width: int, done: Collection[tuple[int, ...]] = ()
) -> tuple[int, ...] | None:
    """width of the count kinds, in order, that no single one of the closed sets contains; None when there are none.

    done: choices that are closed besides, each alone.
    """
    everything = (1 << count) - 1

    def descend(sets: Sequence[int], start: int, chosen: tuple[int, ...]) -> tuple[int, ...] | None:
        if len(chosen) == width - 1:
            union = 0
            for kinds in sets:
                union |= kinds
            rest = (everything & ~union) >> start << start
            while rest:
                choice = (*chosen, (rest & -rest).bit_length() - 1)
                if choice not in done:
                    return choice
                rest &= rest - 1
            return None
        for kind in range(start, count):
            found = descend([kinds for kinds in sets if kinds >> kind & 1], kind, (*chosen, kind))
            if found:
                return found
        return None

    return descend(closed, 0, ())
