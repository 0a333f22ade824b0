"""The table of the largest N, and the construction behind its lower sides on random data."""

import random
from fractions import Fraction

import pytest

from checker.dataset import Dataset
from checker.judge import Certified, zero_error
from examples.limits.__main__ import main
from examples.limits.shallow import before_one, behind_one, fitted


def points(draw, count, kind):
    ts = sorted(Fraction(t, 3) for t in draw.sample(range(200), count))
    ys = [Fraction(draw.randint(0, 9) ** draw.randint(1, 4)) for _ in ts]
    if kind == "zigzag":
        ys = [(-1) ** k * (y + 1) for k, y in enumerate(ys)]
    elif kind == "convex":
        ys = [t * t * t for t in ts]
    elif kind == "few values":
        ys = [y % 3 for y in ys]
    return ts, ys


@pytest.mark.parametrize("kind", ["any", "zigzag", "convex", "few values"])
@pytest.mark.parametrize("neurons", [3, 4, 5, 6])
def test_any_a_plus_2_points_fit_a_neurons(neurons, kind):
    draw = random.Random(f"{neurons} {kind}")
    for _ in range(60):
        ts, ys = points(draw, neurons + 2, kind)
        dataset = Dataset(tuple((t,) for t in ts), tuple((y,) for y in ys))
        network = fitted(ts, ys)
        assert network.widths == (1, neurons, 1)
        for deeper in (network, behind_one(network, ts[0]), before_one(network, min(ys))):
            assert isinstance(zero_error(deeper, dataset), Certified), (ts, ys)


def test_the_table(tmp_path, capsys):
    assert main(["--quick", "-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("CERTIFIED 8 of 8 cells") and "| (3) | 5 |" in said and "| (1, 3) | 5 |" in said
    assert len(list(tmp_path.glob("impossible-*.json"))) == 8
