"""python -m symbolic construct: what it writes, and what it refuses with which reason."""

import json

import pytest

from tests.commands import refused, run


@pytest.fixture
def file(tmp_path):
    def write(content, name="points.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("method", ["interpolant", "inoue", "float64"])
@pytest.mark.parametrize("suffix", [".json", ".json.gz"])
def test_what_construct_writes_is_certified(file, tmp_path, method, suffix):
    points, network = file("x,y\n0,1\n1,3/2\n-0x1/0x2,0.25\n"), tmp_path / f"network{suffix}"
    process = run("symbolic", "construct", points, "--widths", "3,2", "--method", method, "-o", network)
    assert (process.returncode, process.stderr) == (0, "")
    assert run("checker", "certify", network, points, "-q").stdout.startswith("CERTIFIED")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((points.name, network.name))


def test_numbers_chooses_how_decimals_are_read(file, tmp_path):
    points, network = file("0.1,0.2\n"), tmp_path / "network.json"
    for numbers, other in (("decimal", "float64"), ("float64", "float32"), ("float32", "decimal")):
        run("symbolic", "construct", points, "--widths", "1,1", "--numbers", numbers, "-o", network)
        assert run("checker", "certify", network, points, "--numbers", numbers).returncode == 0
        assert run("checker", "certify", network, points, "--numbers", other).returncode == 1


def test_same_input_same_file(file, tmp_path):
    points = file("".join(f"{v * 7 % 11},{v},{v * v}\n" for v in range(9)))
    written = []
    for name in ("one.json.gz", "two.json.gz"):
        run("symbolic", "construct", points, "--widths", "3,3", "-o", tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        ("0,1\n1,2\n2,3\n3,4\n4,5\n", ["5 distinct points", "a1*a2 = 4"]),
        ("1,2\n5,5\n1,3\n", ["rows 1 and 3", "equal inputs with different outputs"]),
        ("", ["no points"]),
        ("x,y\n", ["no points"]),
        ("1,2\n3\n", ["line 2", "1 columns where the first line has 2"]),
        ("1,nan\n", ["line 1 column 2", "'nan' is not an exact number"]),
        ("1,1e5\n", ["line 1 column 2", "'1e5' is not an exact number"]),
        ("1_0,1\n", ["line 1 column 1", "'1_0' is not an exact number"]),
        ("1,1/0\n", ["line 1 column 2", "zero denominator"]),
        ("1\n", ["1 columns leave no input"]),
        (b"1,\xff\n", ["not UTF-8"]),
    ],
)
def test_datasets_refused(file, tmp_path, content, reasons):
    points, network = file(content), tmp_path / "network.json"
    refused(run("symbolic", "construct", points, "--widths", "2,2", "-o", network), "points.csv", *reasons)
    assert not network.exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--widths", "0,3"], "'0' is not an integer from 1"),
        (["--widths", "3"], "'3' is not of the form A1,A2"),
        (["--widths", "3,x"], "'x' is not an integer"),
        (["--widths", "-1,3"], "--widths"),
        (["--widths", "99999,99999"], "more than 20000000 parameters"),
        (["--widths", "1_0,3"], "'1_0' is not an integer"),
        ([], "--widths"),
        (["--widths", "2,2", "--method", "zigzag"], "invalid choice: 'zigzag'"),
        (["--widths", "2,2", "--projection", "1.5"], "neither auto nor article"),
        (["--widths", "2,2", "--projection", "1,2"], "1 inputs, but --projection has 2 entries"),
        (["--widths", "2,2", "--projection", "0"], "rows 1 and 2: the projection sends both inputs to 0"),
        (["--widths", "2,2", "--outputs", "0"], "'0' is not an integer from 1"),
        (["--widths", "2,2", "--outputs", "2"], "leave no input"),
        (["--width", "2,2"], "--width"),
    ],
)
def test_arguments_refused(file, tmp_path, arguments, reason):
    network = tmp_path / "network.json"
    refused(run("symbolic", "construct", file("0,1\n1,2\n"), "-o", network, *arguments), reason)
    assert not network.exists()


@pytest.mark.parametrize(
    ("content", "arguments", "reasons"),
    [
        ("".join(f"{v},{v}\n" for v in range(7)), ["--widths", "4,3"], ["7 distinct points", "((a1+1) div 2)*a2 = 6"]),
        ("".join(f"{v},{v}\n" for v in range(2)), ["--widths", "2,1"], ["2 distinct points", "((a1+1) div 2)*a2 = 1"]),
        ("1,2\n5,5\n1,3\n", ["--widths", "5,5"], ["rows 1 and 3", "equal inputs with different outputs"]),
        ("0,1\n1,2\n", ["--widths", "2,2", "--projection", "0"], ["rows 1 and 2: the projection sends both"]),
    ],
)
def test_float64_refuses(file, tmp_path, content, arguments, reasons):
    network = tmp_path / "network.json"
    process = run("symbolic", "construct", file(content), "--method", "float64", *arguments, "-o", network)
    refused(process, "points.csv", *reasons)
    assert not network.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("0,1\n1,3\n2,2\n", "in float64 arithmetic, in any order of summation"),
        ("0,1/2\n1,3\n2,2\n", "in float64 arithmetic, in any order of summation"),
        ("0,1/3\n1,3\n2,2\n", "a weight of layer 3, neuron 1 is not a float64 number"),
        ("1/3,1\n1,3\n2,2\n", "an input is not a float64 number"),
        ("0,2251799813685248\n1,3\n2,2\n", "in float64 arithmetic, in the stated order of summation"),
    ],
)
def test_the_checker_says_whether_binary64_is_exact(file, tmp_path, content, said):
    points, network = file(content), tmp_path / "network.json"
    run("symbolic", "construct", points, "--method", "float64", "--widths", "3,2", "-o", network)
    assert run("checker", "certify", network, points, "-q").returncode == 0
    process = run("checker", "certify", network, points, "--mode", "float64", "-q")
    assert process.stdout.endswith(f"{said}\n"), process.stdout


def points_with_outputs(count, m):
    return "".join(f"{v * v % 17},{v}{''.join(f',{(v * v + o) % 5}' for o in range(m))}\n" for v in range(count))


@pytest.mark.parametrize("method", ["interpolant", "inoue"])
def test_thirteen_points_with_four_outputs(file, tmp_path, method):
    points, network = file(points_with_outputs(13, 4)), tmp_path / "network.json"
    arguments = ("--outputs", "4", "--widths", "6,9", "--method", method, "-o", network)
    assert run("symbolic", "construct", points, *arguments).returncode == 0
    process = run("checker", "certify", network, points, "--outputs", "4", "-q")
    assert process.stdout.startswith("CERTIFIED zero-error: f(x) = y exactly at 13 of 13 rows")


@pytest.mark.parametrize(
    ("count", "m", "arguments", "reasons"),
    [
        (14, 4, ["--widths", "6,9"], ["14 distinct points", "a1*(a2 div 4) + a2 mod 4 = 13"]),
        (3, 3, ["--widths", "5,2"], ["3 distinct points", "a1*(a2 div 3) + a2 mod 3 = 2"]),
        (5, 2, ["--widths", "3,3", "--method", "inoue"], ["5 distinct points", "a1*(a2 div 2) + a2 mod 2 = 4"]),
        (6, 2, ["--widths", "3,5", "--method", "float64"], ["((a1+1) div 2)*(a2 div 2) + a2 mod 2 = 5"]),
        (1, 4, ["--widths", "9,1999999"], ["more than 20000000 parameters"]),
    ],
)
def test_too_many_points_for_several_outputs(file, tmp_path, count, m, arguments, reasons):
    network = tmp_path / "network.json"
    points = file(points_with_outputs(count, m))
    refused(run("symbolic", "construct", points, "--outputs", str(m), *arguments, "-o", network), *reasons)
    assert not network.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("network.txt", "called .json"),
        ("no/such/network.json", "No such file"),
        ("points.json", "would overwrite an input"),
    ],
)
def test_places_that_are_not_written_to(file, tmp_path, name, reason):
    points = file(json.dumps({"format": "exact-dataset/1", "inputs": [["0"]], "outputs": [["1"]]}), "points.json")
    before = points.read_bytes()
    refused(run("symbolic", "construct", points, "--widths", "1,1", "-o", tmp_path / name), reason)
    assert points.read_bytes() == before and list(tmp_path.iterdir()) == [points]
