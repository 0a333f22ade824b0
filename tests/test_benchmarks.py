"""The benchmark programs start, refuse wrong arguments in one line, and put their tables where they belong."""

import os
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from benchmarks import constructions, encodings, float64_rate, growth, process, published, ways
from benchmarks.chart import bars, svg
from benchmarks.datasets import random_dataset
from benchmarks.evaluation import WAYS, Case, WrongError
from benchmarks.process import FailedError, cost, python
from benchmarks.program import load
from benchmarks.results import TITLES
from benchmarks.timing import shown, timed, without
from checker.errors import InputError
from checker.formats import read_dataset
from symbolic.__main__ import CONSTRUCTIONS
from symbolic.construct import construct
from tests.commands import refused, run

PROGRAMS = {
    "published": published,
    "ways": ways,
    "growth": growth,
    "float64_rate": float64_rate,
    "encodings": encodings,
    "constructions": constructions,
}
TOY = {"published": (), "ways": ("2", "3"), "growth": (), "float64_rate": ("--seeds", "1", "--widths", "3,2")}
TOY |= {"encodings": ("2",), "constructions": ("12",)}
PROGRAM = """
import numpy as np
a1 = a2 = 3
N = a1 * a2
def make_parameters(x, y):
    zero = np.array([[0]])
    return (zero, np.array([[y[0]]])), (zero, zero), (np.array([[0] * len(x)]), zero)
def MP(A, x):
    return A[0][1] + SHIFT
exit("the demonstration")
"""
"""What the published program offers, for one point."""


@pytest.fixture
def toy(monkeypatch):
    """One small network in `growth`; each command is run once."""
    monkeypatch.setattr(process, "RUNS", 1)
    monkeypatch.setattr(growth, "SERIES", (growth.Series("interpolant", "N", ((2, 2),)),))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_puts_its_section_in_the_place_of_its_predecessor(name, tmp_path, toy):
    results = tmp_path / "RESULTS.md"
    results.write_text("# Old\n\n" + "\n\n".join(f"## {title}\n\nold" for title in TITLES) + "\n")
    if name == "published":
        results.write_text("# Old\n")
    assert PROGRAMS[name].main([*TOY[name], "-o", str(results)]) == 0
    section = results.read_text().partition(f"\n## {PROGRAMS[name].TITLE}\n\n")[2].partition("\n## ")[0]
    assert ("| --- |" in section) == (name != "published")
    kept = 0 if name == "published" else len(TITLES) - 1
    assert section.count("old") == 0 and results.read_text().count("\nold\n") == kept
    assert os.getcwd() not in section and "\n# Old" not in results.read_text()
    assert (tmp_path / "growth.svg").exists() == (name == "growth")


@pytest.mark.parametrize("name", PROGRAMS)
def test_wrong_arguments_are_refused(name):
    refused(run(f"benchmarks.{name}", "--nothing"), "--nothing")


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("ways", ["0"], "not an integer from 1"),
        ("growth", ["--largest", "1"], "no network is as small"),
        ("float64_rate", ["--widths", "3"], "A1,A2"),
        ("published", ["-o", "nowhere/results.md"], "folder"),
        ("encodings", ["-o", "results.txt"], "called .md"),
        ("constructions", ["0"], "not an integer from 1"),
        (
            "constructions",
            ["12", "--methods", "zhang,nothing"],
            "--methods: nothing: is none of zhang, zhang-deep, yun, vardi",
        ),
        ("constructions", ["12", "--methods", ""], "is none of zhang"),
        ("constructions", ["--plot", "constructions.png"], "constructions.png: a plot is called .svg"),
        ("constructions", ["--plot", "nowhere/constructions.svg"], "folder"),
        ("constructions", ["--dataset", "nowhere.csv"], "nowhere.csv"),
        ("constructions", ["--dataset", "README.md"], "README.md"),
        ("published", ["--program", "nowhere.py"], "cannot be imported"),
        ("published", ["--program", "README.md"], "cannot be imported"),
        ("published", ["--program", "tests/naive.py"], "no make_parameters"),
    ],
)
def test_what_cannot_be_measured_is_refused(name, arguments, reason):
    refused(run(f"benchmarks.{name}", *arguments), reason)


def test_the_published_program_is_run_without_its_demonstration(tmp_path, capsys, toy):
    (tmp_path / "program.py").write_text(PROGRAM.replace("SHIFT", "0"))
    assert published.main(["1", "--program", str(tmp_path / "program.py"), "--ours", "1"]) == 0
    assert "| 1x1 |" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["program.py"]


def test_a_published_program_that_misses_a_point_is_refused(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM.replace("SHIFT", "1"))
    with pytest.raises(InputError, match="misses a point"):
        published.main(["1", "--program", str(tmp_path / "program.py")])


def test_figures_of_the_published_program_stay_when_it_is_not_given(tmp_path):
    results = tmp_path / "RESULTS.md"
    results.write_text(f"# Old\n\n## {published.TITLE}\n\nfigures\n")
    assert published.main(["-o", str(results)]) == 0
    assert "figures" in results.read_text()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("0,1\n1\n", "line 2"),
        ("0,1\n1,x\n", "line 2"),
        ("0,1\n0,2\n", "rows 1 and 2"),
        ("", "no points"),
        ("5\n", "input"),
    ],
)
def test_constructions_are_not_compared_on_what_is_no_dataset(tmp_path, content, reason):
    (tmp_path / "points.csv").write_text(content)
    refused(run("benchmarks.constructions", "--dataset", tmp_path / "points.csv"), "points.csv", reason)


def test_no_construction_is_forgotten():
    assert set(constructions.constructions(12)) == set(CONSTRUCTIONS)


def test_every_construction_has_a_line_and_two_bars(tmp_path):
    results, drawing = tmp_path / "results.md", tmp_path / "bars.svg"
    assert constructions.main(["12", "--plot", str(drawing), "-o", str(results)]) == 0
    section = results.read_text()
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")][2:]
    assert [row[0].removeprefix("| ") for row in rows] == list(constructions.constructions(12))
    cells = {row[0].removeprefix("| "): row[1:] for row in rows}
    assert cells["float64"][-1] == "exact |" and cells["inoue"][:3] == ["4, 3", "7", "43"]
    assert cells["zhang"][:3] == ["12", "12", "85"] and cells["yun"][:3] == ["8, 6", "14", "109"]
    assert "](bars.svg)" in section and "12 points with 5 inputs and 1 output(s)" in section
    words = drawing.read_text().partition("<desc>")[2].partition("</desc>")[0]
    assert words.startswith("parameters: zhang 85, ") and words.count("yun") == 2


def test_a_dataset_and_methods_can_be_chosen(tmp_path, capsys):
    path = tmp_path / "points.csv"
    path.write_text("0,1\n1,1/3\n5,2\n")
    assert constructions.main(["--dataset", str(path), "--methods", "yun,zhang"]) == 0
    table = capsys.readouterr().out
    assert table.count("\n| ") == 4 and "\n| yun | 4, 4 |" in table and "3 points with 1 inputs" in table


def test_a_float64_column_says_what_happened():
    floating = constructions.Floating
    assert str(floating()) == "out of range (rounded)"
    assert str(floating(True, 0)) == "exact" and str(floating(False, 0)) == "0 rows lost (rounded)"
    assert str(floating(True, 2, Fraction(1, 2**40))) == "2 rows lost, by up to 2^-40"
    assert str(floating(False, 1234, Fraction(5))) == "1,234 rows lost, by up to 5.00 (rounded)"
    assert str(floating(False, 3, None)) == "3 rows lost, no number (rounded)"


def test_what_is_lost_is_counted(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("0,0\n1,1/3\n2,0\n")
    shallow = {"zhang": constructions.constructions(3)["zhang"]}
    (line,) = constructions.measured(read_dataset(str(path), "decimal", None).value, shallow)
    assert line.floating == constructions.Floating(False, 1, Fraction(1, 3) - Fraction(float(Fraction(1, 3))))
    assert line.largest == 1 and line.bits == 20 and len(line.numbers) == 10


def test_a_construction_that_is_not_right_stops_the_program():
    with pytest.raises(RuntimeError, match="wrong was not certified"):
        constructions.measured(
            random_dataset(4), {"wrong": lambda data: construct(random_dataset(4, seed=1), (2, 2), "inoue")}
        )


def test_every_way_finds_a_right_network_right_and_a_wrong_one_wrong():
    dataset = random_dataset(4)
    case = Case(construct(dataset, (2, 2), "interpolant"), dataset, "")
    wrong = replace(case, dataset=replace(dataset, outputs=dataset.outputs[:-1] + ((dataset.outputs[-1][0] + 1,),)))
    for way in WAYS:
        way.run(case)
        with pytest.raises((WrongError, RuntimeError)):
            way.run(wrong)


def test_a_command_is_measured_and_one_that_fails_or_hangs_is_not_taken_for_done():
    done = cost((sys.executable, "-c", "print(7); x = bytearray(b'1') * (1 << 25)"), 60)
    assert (done.code, done.output, done.runs) == (0, "7\n", 3)
    assert 1 << 25 < done.peak < 1 << 28
    assert cost((sys.executable, "-c", "while True: pass"), 0.2).code is None
    with pytest.raises(FailedError):
        cost(python("checker", "nothing"), 60)


def test_the_peak_memory_of_the_measuring_process_is_not_counted():
    ballast = bytearray(b"1") * (1 << 27)
    assert cost((sys.executable, "-c", ""), 60).peak < len(ballast)


def test_a_package_is_absent_only_meanwhile():
    with without("flint", "no_such_package"):
        with pytest.raises(ImportError):
            import flint
    import flint

    assert flint.fmpz(1) == 1 and "no_such_package" not in sys.modules


def test_bars_have_their_figures_in_words():
    drawn = bars({"bits": {"a & b": 1200.0, "c": 3.0}, "seconds": {"c": 10.0}}, "bits < seconds")
    assert " <title>bits &lt; seconds</title>\n <desc>bits: a &amp; b 1,200, c 3; seconds: c 10</desc>\n" in drawn
    assert ">1,200</text>" in drawn and drawn == bars(
        {"bits": {"a & b": 1200.0, "c": 3.0}, "seconds": {"c": 10.0}}, "bits < seconds"
    )


def test_the_chart_is_the_same_for_the_same_figures():
    panels = {"seconds over N": {"construct, a": [(1, 1), (100, 30)], "certify, a": [(1, 2)]}, "Mbit over a": {}}
    assert svg(panels) == svg(panels) != svg({**panels, "Mbit over a": {"b": [(1, 1)]}})
    assert ">seconds over N</text>" in svg(panels)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (0.012345, "0.0123"), (0.99999, "1.00"), (1, "1.00"), (12.34, "12.3"), (123456.7, "123,457")],
)
def test_three_digits_are_shown(number, text):
    assert shown(number) == text


def test_what_is_short_is_run_three_times():
    runs = []
    timing, result = timed(lambda: runs.append(1) or len(runs))
    assert (timing.runs, len(runs), result) == (3, 3, 1)


def test_a_time_is_predicted_as_a_power_of_the_work():
    assert ways.predicted(1000, [(1, 7), (10, 2), (100, 8)]) == pytest.approx(32)
    assert ways.predicted(1000, [(1, 7)]) == 0


def test_ways_skips_what_would_take_too_long(monkeypatch, capsys):
    monkeypatch.setattr(ways, "predicted", lambda work, before: 1e6)
    assert ways.main(["2"]) == 0
    assert capsys.readouterr().out.count("skipped (1,000,000)") == len(WAYS)


def test_points_are_written_whole_or_not_at_all(tmp_path):
    refused(run("benchmarks.datasets", 9, "-o", tmp_path / "missing" / "points.csv"), "cannot be written")
    refused(run("benchmarks.datasets", 9, "-o", tmp_path), "is a directory")
    assert run("benchmarks.datasets", 9, "-o", tmp_path / "points.csv").returncode == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "points.csv"]


def test_the_same_seed_gives_the_same_points():
    assert random_dataset(20, 2, seed=1) == random_dataset(20, 2, seed=1) != random_dataset(20, 2, seed=2)


def test_only_definitions_are_loaded(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    assert load(str(path)).N == 9
