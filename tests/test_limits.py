"""The table of the largest N, and the construction behind its lower sides on random data."""

import random
import shutil
from fractions import Fraction
from itertools import product

import pytest

from checker.dataset import Dataset
from checker.errors import InputError
from checker.judge import Certified, zero_error
from examples.limits.__main__ import WRITTEN, main
from examples.limits.cells import TABLE
from examples.limits.deep import fitted_deep, wider_first, wider_second
from examples.limits.shallow import before_one, behind_one, fitted
from tests.commands import run


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


@pytest.mark.parametrize("signs", list(product((-1, 0, 1), repeat=4)))
def test_any_6_points_fit_two_and_two(signs):
    """Every pattern of bends, from slopes of either sign; and one more point for one more neuron."""
    draw = random.Random(str(signs))
    for slope in (-30, 0, 30):
        ts, ys = [Fraction(0)], [Fraction(draw.randint(-5, 5))]
        for sign in (0, *signs):
            slope += sign * Fraction(draw.randint(1, 40), draw.randint(1, 4))
            ts.append(ts[-1] + Fraction(draw.randint(1, 30), draw.randint(1, 5)))
            ys.append(ys[-1] + slope * (ts[-1] - ts[-2]))
        network = fitted_deep(ts, ys)
        require_fit(network, (2, 2), ts, ys)
        more, y = [*ts, ts[-1] + Fraction(draw.randint(1, 9), 4)], Fraction(draw.randint(-99, 99))
        require_fit(wider_second(network, more, y), (2, 3), more, [*ys, y])
        rooms = (wider_first(fitted_deep(ts, ys, Fraction(2) ** k), more, y) for k in range(40))
        require_fit(next(found for found in rooms if found), (3, 2), more, [*ys, y])


def test_further_neurons_of_both_layers_go_together():
    draw = random.Random(10)
    for _ in range(15):
        ts, ys = points(draw, 10, "any")
        for k in range(40):
            network = fitted_deep(ts[:6], ys[:6], Fraction(2) ** k)
            for count in (7, 8):
                network = network and wider_first(network, ts[:count], ys[count - 1])
            if network:
                break
        for count in (9, 10):
            network = wider_second(network, ts[:count], ys[count - 1])
        require_fit(network, (4, 4), ts, ys)


def test_without_room_there_may_be_no_wider_first_layer():
    ts, ys = list(map(Fraction, range(7))), [Fraction(k % 2) for k in range(6)]
    assert wider_first(fitted_deep(ts[:6], ys), ts, Fraction(-(10**6))) is None
    assert wider_first(fitted_deep(ts[:6], ys, Fraction(10**6)), ts, Fraction(-(10**6))) is not None


def require_fit(network, hidden, ts, ys):
    dataset = Dataset(tuple((t,) for t in ts), tuple((y,) for y in ys))
    assert network.widths == (1, *hidden, 1) and isinstance(zero_error(network, dataset), Certified), (ts, ys)


def test_the_table_is_decided_and_verified(tmp_path, capsys, monkeypatch):
    table = tuple(cell for cell in TABLE if cell.widths in ((2,), (3,), (1, 2), (1, 3)))
    for module in ("__main__", "verify"):
        monkeypatch.setattr(f"examples.limits.{module}.TABLE", table)
    assert main(["-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("CERTIFIED 4 of 4 cells") and "| (3) | 5 |" in said and "| (1, 3) | 5 |" in said
    assert main(["--verify", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("\nCERTIFIED 4 of 4 cells from both sides\n")
    # A certificate of other widths, one of another dataset, and one that is missing: each is named.
    shutil.copy(tmp_path / "impossible-3.csv", tmp_path / "impossible-1-3.csv")
    shutil.copy(tmp_path / "impossible-3.json", tmp_path / "impossible-1-3.json")
    (tmp_path / "fits-3-stairs.csv").write_text("x,y\n0,0\n")
    (tmp_path / "impossible-2.json").unlink()
    assert main(["--verify", str(tmp_path)]) == 2
    said = capsys.readouterr().out
    assert "(1, 3)   FAILED impossible-1-3.json: not that these widths are impossible" in said
    assert "(3)      FAILED python -m checker" in said and "(2)      FAILED python -m checker" in said
    assert said.endswith("\nFAILED 1 of 4 cells from both sides\n")


def test_a_cell_takes_no_certificate_of_something_else(tmp_path, capsys, monkeypatch):
    """Of another reading of decimals, of float64, or of other points: each is true, and none is the cell's."""
    monkeypatch.setattr(
        "examples.limits.verify.TABLE", tuple(cell for cell in TABLE if cell.widths in ((1,), (2,), (3,)))
    )
    for path in WRITTEN.glob("*-[123].*"):
        shutil.copy(path, tmp_path)
    for path in WRITTEN.glob("fits-[123]-*"):
        shutil.copy(path, tmp_path)
    data = tmp_path / "impossible-1.csv"
    data.write_text("x,y\n0,0.3\n1,3/10\n2,0.3\n")
    run("checker", "impossible", data, "--widths", "1", "--numbers", "float64", "-o", data.with_suffix(".json"))
    name = tmp_path / "fits-2-zigzag1"
    network, points = f"{name}.network.json", f"{name}.csv"
    made = run("checker", "certify", network, points, "--mode", "float64", "-o", f"{name}.json")
    assert made.returncode == 0, made
    other = tmp_path / "fits-3-stairs"
    for suffix in (".json", ".csv", ".network.json"):
        shutil.copy(f"{tmp_path}/fits-3-zigzag1{suffix}", f"{other}{suffix}")
    assert main(["--verify", str(tmp_path)]) != 0
    said = capsys.readouterr().out
    assert "(1)      FAILED impossible-1.csv: not the zigzag of 3 points" in said
    assert "(2)      FAILED fits-2-zigzag1.json: not zero error in real arithmetic" in said
    assert "(3)      FAILED " in said and said.endswith("\nFAILED 0 of 3 cells from both sides\n")


def test_the_written_certificates_are_those_of_the_table():
    for cell in TABLE:
        names = [f"impossible-{cell.name}.json", *(f"fits-{cell.name}-{name}.json" for name in cell.shown())]
        assert all((WRITTEN / name).exists() for name in names), cell


@pytest.mark.parametrize("option", ["--verify", "-o"])
def test_a_file_is_no_folder(tmp_path, option):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(InputError, match="folder"):
        main([option, str(file)])


def test_verify_takes_no_other_option(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--verify", "--quick"])
    assert stopped.value.code == 2 and "--verify takes neither" in capsys.readouterr().err
