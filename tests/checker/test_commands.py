"""The command line, each run in a process of its own: exit codes, first words, and one line for every refusal."""

import json
import os
import resource
import socket

import pytest

from checker import __version__
from checker.console import Disagreement, run
from checker.errors import InputError
from tests import naive
from tests.checker.examples import NETWORK, POINTS

DEEP = "[" * 100_000
RELU = '{"weights": [["1"]], "bias": ["-1/2"], "activation": "relu"}'
LAST = '{"weights": [["1"]], "bias": ["1"], "activation": "identity"}'
assert RELU in NETWORK and LAST in NETWORK


def refused(done, *parts):
    """Exit code 2, nothing on stdout, exactly one line on stderr, with these parts in this order."""
    said = done.stderr.decode("utf-8", "surrogateescape")
    assert done.returncode == 2 and done.stdout == b"", (done.returncode, done.stdout[:200], said[-500:])
    assert said.endswith("\n") and len(said.splitlines()) == 1 and "Traceback" not in said, said[-500:]
    assert len(said) < 1000, f"{len(said)} characters"
    place = 0
    for part in parts:
        assert part in said[place:], said
        place = said.index(part, place) + len(part)


def first_line(done):
    return done.stdout.decode().splitlines()[0]


NETWORKS = [
    # what, content, place and reason
    ("empty file", "", ["the file is empty"]),
    ("blank file", " \n", ["the file is empty"]),
    ("not UTF-8", b"\xff\xfe{\x00", ["byte 0", "not UTF-8 text"]),
    ("deep JSON", DEEP, ["nested too deeply"]),
    ("deep object", '{"a":' * 100_000, ["nested too deeply"]),
    (
        "duplicate key",
        NETWORK.replace('"layers"', '"format": "exact-relu-network/1", "layers"'),
        ["duplicate key 'format'"],
    ),
    ("unknown key", NETWORK.replace('"layers"', '"name": "x", "layers"'), ["unknown key 'name'"]),
    (
        "unknown key in a layer",
        NETWORK.replace('"bias"', '"biases": [], "bias"', 1),
        ["layers[0]", "unknown key 'biases'"],
    ),
    ("no layers", NETWORK.replace(f"{RELU}, {LAST}", ""), ["layers", "the list is empty"]),
    ("key layers missing", '{"format": "exact-relu-network/1"}', ["the key 'layers' is missing"]),
    ("last layer missing", NETWORK.replace(f", {LAST}", ""), ["layers", "is a layer missing?"]),
    ("cut after a layer", NETWORK[: NETWORK.index(LAST) - 2], ["line 1 column", "not JSON"]),
    ("layer null", NETWORK.replace(RELU, "null"), ["layers[0]", "expected an object, found null"]),
    (
        "middle layer missing",
        NETWORK.replace(RELU, '{"weights": [["1"], ["1"]], "bias": ["0", "0"], "activation": "relu"}'),
        ["layers", "2 neurons", "1 inputs"],
    ),
    ("bias missing", NETWORK.replace('"bias": ["1"], ', ""), ["layers[1]", "the key 'bias' is missing"]),
    ("mismatched bias", NETWORK.replace('["-1/2"]', '["1", "2"]'), ["layers[0]", "1 rows of weights but 2 biases"]),
    (
        "mismatched rows",
        NETWORK.replace('[["1"]], "bias": ["1"]', '[["1"], ["1", "2"]], "bias": ["1", "1"]'),
        ["layers[1]", "rows of weights of lengths 1 and 2"],
    ),
    (
        "layer without neurons",
        NETWORK.replace('[["1"]], "bias": ["-1/2"]', '[], "bias": []'),
        ["layers[0].weights", "the list is empty"],
    ),
    (
        "layer without inputs",
        NETWORK.replace('[["1"]], "bias": ["-1/2"]', '[[]], "bias": ["1"]'),
        ["layers[0].weights[0]", "the list is empty"],
    ),
    ("bare integer", NETWORK.replace('["-1/2"]', "[0]"), ["layers[0].bias[0]", "the bare number '0'"]),
    ("bare float", NETWORK.replace('["-1/2"]', "[-0.5]"), ["layers[0].bias[0]", "the bare number '-0.5'"]),
    ("bare NaN", NETWORK.replace('["-1/2"]', "[NaN]"), ["layers[0].bias[0]", "the bare number 'NaN'"]),
    (
        "bare long integer",
        NETWORK.replace('["-1/2"]', f"[{'9' * 10_000}]"),
        ["layers[0].bias[0]", "the bare number", "(10000 characters)"],
    ),
    ("decimal point", NETWORK.replace("-1/2", "-0.5"), ["layers[0].bias[0]", "'-0.5' is not an exact number"]),
    (
        "200,000 digits",
        NETWORK.replace("-1/2", "9" * 200_000),
        ["layers[0].bias[0]", "(200000 characters) has more than 100000 digits"],
    ),
    ("long activation", NETWORK.replace("identity", "x" * 100_000), ["layers[1]", "is none of relu, identity"]),
    (
        "line breaks in a key",
        NETWORK.replace('"layers"', '"a\\nb\\u2028c\\u001b": 0, "layers"'),
        ["unknown key 'a\\nb\\u2028c\\x1b'"],
    ),
]

TABLES = [
    ("empty file", "", ["no points"]),
    ("header only", "x,y\n", ["no points"]),
    ("blank lines only", "\n\n", ["no points"]),
    ("short row", "x,y\n0,1\n1\n", ["line 3", "1 columns where the first line has 2"]),
    ("long row", "x,y\n0,1\n1,3/2,2\n", ["line 3", "3 columns where the first line has 2"]),
    ("no input", "1\n", ["line 1", "1 columns leave no input beside 1 output(s)"]),
    ("nan", "0,nan\n", ["line 1 column 2", "'nan' is not an exact number"]),
    ("nan in the first row", "nan,nan\n", ["line 1 column 1", "'nan' is not an exact number"]),
    ("inf", "0,1\n-inf,1\n", ["line 2 column 1", "'-inf' is not an exact number"]),
    ("exponent", "0,1e5\n", ["line 1 column 2", "'1e5' is not an exact number"]),
    ("underscore", "0,1_0\n", ["line 1 column 2", "'1_0' is not an exact number"]),
    ("zero denominator", "0,1/0\n", ["line 1 column 2", "'1/0' has a zero denominator"]),
    ("blank", "0, 1\n", ["line 1 column 2", "' 1' is not an exact number"]),
    ("plus", "0,+1\n", ["line 1 column 2", "'+1' is not an exact number"]),
    ("Arabic-Indic digit", "0,\u0661\n", ["line 1 column 2", "'\\u0661' is not an exact number"]),
    ("full-width digit", "\uff10,1\n", ["line 1 column 1", "'\\uff10' is not an exact number"]),
    ("empty field", "0,\n", ["line 1 column 2", "empty field"]),
    ("not UTF-8", b"x,y\n0,\xb9\n", ["byte 6", "not UTF-8 text"]),
    ("UTF-16", "0,1\n".encode("utf-16"), ["byte 0", "not UTF-8 text"]),
    ("NUL", b"0,1\0\n", ["line 1 column 2", "'1\\x00' is not an exact number"]),
    ("200,000 digits", "0," + "9" * 200_000, ["line 1", "field larger than field limit"]),
    (
        "100,001 digits",
        "0," + "9" * 100_001,
        ["line 1 column 2", "(100001 characters) has more than 100000 digits (write it in hexadecimal)"],
    ),
    (
        "equal inputs, different outputs",
        "x,y\n0,1\n1,3/2\n0/7,2\n",
        ["rows 1 and 3", "equal inputs with different outputs: no function fits both"],
    ),
    ("too many inputs", "0,0,1\n", ["2 inputs", "network.json"]),
    ("JSON under the name of a table", '{"format": "exact-dataset/1"}', ["line 1", "1 columns leave no input"]),
]

JSON_DATASETS = [
    (
        "bare numbers",
        '{"format": "exact-dataset/1", "inputs": [[0]], "outputs": [["1"]]}',
        ["inputs[0][0]", "the bare number '0'"],
    ),
    (
        "duplicate key",
        '{"format": "exact-dataset/1", "inputs": [["0"]], "inputs": [["0"]], "outputs": [["1"]]}',
        ["duplicate key 'inputs'"],
    ),
    (
        "unknown key",
        '{"format": "exact-dataset/1", "inputs": [["0"]], "outputs": [["1"]], "labels": []}',
        ["unknown key 'labels'"],
    ),
    (
        "too many outputs",
        '{"format": "exact-dataset/1", "inputs": [["0"]], "outputs": [["1", "1"]]}',
        ["2 outputs", "network.json"],
    ),
    (
        "too many inputs",
        '{"format": "exact-dataset/1", "inputs": [["0", "0"]], "outputs": [["1"]]}',
        ["2 inputs", "network.json"],
    ),
    (
        "fewer outputs",
        '{"format": "exact-dataset/1", "inputs": [["0"], ["1"]], "outputs": [["1"]]}',
        ["2 rows of inputs but 1 rows of outputs"],
    ),
    ("deep JSON", DEEP, ["nested too deeply"]),
    (
        "200,000 digits",
        '{"format": "exact-dataset/1", "inputs": [["%s"]], "outputs": [["1"]]}' % ("9" * 200_000),
        ["inputs[0][0]", "more than 100000 digits"],
    ),
    ("a network", NETWORK, ["unknown key 'layers'"]),
]


def names(value):
    return value if isinstance(value, str) and len(value) < 40 else ""


@pytest.mark.parametrize(("what", "content", "parts"), NETWORKS, ids=names)
def test_a_malformed_network_is_refused(file, command, what, content, parts):
    refused(command("certify", file("network.json", content), file("points.csv", POINTS)), "network.json: ", *parts)


@pytest.mark.parametrize(("what", "content", "parts"), TABLES, ids=names)
def test_a_malformed_table_is_refused(file, command, what, content, parts):
    refused(command("certify", file("network.json", NETWORK), file("points.csv", content)), "points.csv: ", *parts)


@pytest.mark.parametrize(("what", "content", "parts"), JSON_DATASETS, ids=names)
def test_a_malformed_json_dataset_is_refused(file, command, what, content, parts):
    refused(command("certify", file("network.json", NETWORK), file("points.json", content)), "points.json: ", *parts)


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", DEEP, NETWORK, b"\xff", '{"_type": 1, "subject": [], "predicateType": 1, "predicate": 1}'],
    ids=names,
)
def test_a_malformed_certificate_is_refused(file, pair, command, content):
    refused(command("verify", file("certificate.json", content), *pair), "certificate.json: ")


def test_a_truncated_gzip_file_is_refused(folder, file, command):
    whole = (folder / file("network.json.gz", NETWORK)).read_bytes()
    refused(
        command("certify", file("network.json.gz", whole[:-3]), file("points.csv", POINTS)),
        "network.json.gz: ",
        "truncated gzip",
    )


def _socket(path):
    socket.socket(socket.AF_UNIX).bind(path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkdir, "is a directory"),
        (os.mkfifo, "is not a regular file"),
        (_socket, "is not a regular file"),
        (lambda path: None, "No such file or directory"),
        (lambda path: os.symlink("nowhere", path), "No such file or directory"),
        (lambda path: os.symlink(path, path), "Too many levels of symbolic links"),
        (lambda path: os.symlink("/dev/zero", path), "is not a regular file"),
    ],
    ids=["directory", "fifo", "socket", "missing", "dangling link", "loop", "device"],
)
@pytest.mark.parametrize("place", ["network.json", "points.csv", "certificate.json"])
def test_what_is_no_file_is_refused(folder, pair, command, make, reason, place):
    (folder / place).unlink(missing_ok=True)
    make(place)
    arguments = ["verify", "certificate.json"] if place == "certificate.json" else ["certify"]
    refused(command(*arguments, *pair), f"{place}: ", reason)


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("name", ["x.txt", "x", "x.yaml", "x.json.zip", "", "x\n.txt", "-"])
def test_an_unknown_suffix_is_refused(pair, command, place, name):
    paths = [*pair[:place], name, *pair[place + 1 :]]
    refused(command("certify", *paths), "file by its name")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ([], ["the following arguments are required: COMMAND"]),
        (["certify"], ["required: NETWORK, DATASET"]),
        (["certify", "network.json"], ["required: DATASET"]),
        (["certify", "network.json", "points.csv", "extra"], ["unrecognized arguments: extra"]),
        (["certify", "network.json", "points.csv", "--fast"], ["unrecognized arguments: --fast"]),
        (["certify", "network.json", "points.csv", "--out", "1"], ["unrecognized arguments: --out"]),
        (["certify", "network.json", "points.csv", "--a\nb"], ["unrecognized arguments"]),
        (["certify", "network.json", "points.csv", "--json", "-q"], ["not allowed with argument"]),
        (["certify", "network.json", "points.csv", "--claim", "within:-1"], ["--claim", "no error is below 0"]),
        (["certify", "network.json", "points.csv", "--claim", "within:1e-3"], ["--claim", "not an exact number"]),
        (["certify", "network.json", "points.csv", "--claim", "argmax:tie"], ["--claim", "is none of"]),
        (["certify", "network.json", "points.csv", "--mode", "both", "-o", "c.json"], ["--mode", "one arithmetic"]),
        (["verify", "c.json", "network.json", "points.csv", "--expect", "x"], ["--expect", "is none of"]),
        (["certify", "network.json", "points.csv", "--claim", "a\nb"], ["--claim", "is none of"]),
        (["certify", "network.json", "points.csv", "--mode", "float16"], ["--mode", "invalid choice"]),
        (["certify", "network.json", "points.csv", "--engine", "z3"], ["--engine", "invalid choice"]),
        (["certify", "network.json", "points.csv", "--numbers", "float16"], ["--numbers", "invalid choice"]),
        (["certify", "network.json", "points.csv", "-o"], ["-o", "expected one argument"]),
        *[
            (["certify", "network.json", "points.csv", "--outputs", text], ["--outputs", "is not an integer from 1"])
            for text in ("0", "-1", "+1", "1.0", "x", "", " 1", "\u0661", "\u00b2", "9" * 10, "1_0")
        ],
        (
            ["certify", "network.json", "points.csv", "--outputs", "2"],
            ["points.csv", "2 columns leave no input beside 2 output(s)"],
        ),
        (["verify", "network.json", "points.csv"], ["required: DATASET"]),
        (["decide", "network.json", "points.csv"], ["invalid choice: 'decide'"]),
        (["inspect"], ["required: NETWORK"]),
        (["inspect", "points.csv"], ["points.csv", "not a network file by its name"]),
        (["inspect", "network.json", "-q"], ["unrecognized arguments: -q"]),
    ],
    ids=lambda value: ascii(" ".join(value)),
)
def test_wrong_usage_is_refused(pair, command, arguments, parts):
    refused(command(*arguments), "python -m checker", *parts)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("network.json", "would overwrite an input"),
        ("./points.csv", "would overwrite an input"),
        ("link.json", "would overwrite an input"),
        ("folder", "is a directory"),
        ("fifo", "is not a regular file"),
        ("missing/certificate.json", "cannot be written: No such file or directory"),
        ("network.json/certificate.json", "cannot be written: Not a directory"),
        ("", ""),
    ],
)
def test_a_certificate_that_cannot_be_written_is_refused(folder, pair, command, target, reason):
    os.symlink("network.json", "link.json")
    os.mkdir("folder")
    os.mkfifo("fifo")
    before = sorted(os.listdir(folder))
    refused(command("certify", *pair, "-o", target), f"{target}: ", reason)
    assert sorted(os.listdir(folder)) == before and (folder / "network.json").read_text() == NETWORK


def test_no_certificate_is_written_of_a_refuted_claim(folder, file, command):
    done = command("certify", file("network.json", NETWORK), file("points.csv", "0,2\n"), "-o", "certificate.json")
    assert done.returncode == 1 and not (folder / "certificate.json").exists()


def hexadecimal(digits):
    return "0x1" + "0" * (digits - 1)


LONG = '{"format": "exact-dataset/1", "inputs": [["%s"]], "outputs": [["%s"]]}'
ACCEPTED = [
    ("points.csv", POINTS, (), 2),
    ("points.csv", "0,1\n0,1\n0/3,2/2\n", (), 3),
    ("points.csv", "\ufeffx,y\r\n0,1\r\n", (), 1),
    ("points.csv", "0.5,1.0\n", ("--numbers", "float32"), 1),
    ("points.csv.gz", POINTS, ("--outputs", "1"), 2),
    ("points.json", '{"format": "exact-dataset/1", "inputs": [["1"]], "outputs": [["3/2"]]}', (), 1),
    ("points.json", LONG % (hexadecimal(1_000_000), "0x2" + "0" * 999_998 + "1/0x2"), (), 1),
    ("points.json", LONG % ("-" + hexadecimal(1_000_000), "1"), (), 1),
    ("points.csv", f"-{'9' * 100_000},1\n", (), 1),
]


@pytest.mark.parametrize(("name", "content", "options", "rows"), ACCEPTED, ids=names)
def test_certified(file, command, name, content, options, rows):
    done = command("certify", file("network.json.gz", NETWORK), file(name, content), *options, "-q")
    assert (done.returncode, done.stderr) == (0, b"")
    reading = ", decimals read as float32" if "float32" in options else ""
    first = f"CERTIFIED zero-error: f(x) = y exactly at {rows} of {rows} rows, in real arithmetic{reading}\n"
    assert done.stdout.decode() == first


@pytest.mark.parametrize(
    ("content", "row", "expected", "obtained", "difference"),
    [
        ("0,1\n1,2\n", 2, "2", "3/2", "-1/2"),
        ("0,0\n1,2\n", 1, "0", "1", "1"),
        ("1,1.5\n0,1\n2,5/2\n3,5/2\n", 4, "5/2", "7/2", "1"),
        ("0,-1/3\n", 1, "-1/3", "1", "4/3"),
    ],
)
def test_refuted(file, command, content, row, expected, obtained, difference):
    paths = file("network.json", NETWORK), file("points.csv", content)
    done = command("certify", *paths)
    assert (done.returncode, done.stderr) == (1, b"")
    assert first_line(done) == f"REFUTED zero-error: row {row}, output 1: expected {expected}, obtained {obtained}"
    told = json.loads(command("certify", *paths, "--json").stdout)
    example = told["counterexample"]
    assert (told["verdict"], told["claim"], told["mode"]) == ("REFUTED", "zero-error", "real")
    assert [example[key] for key in ("row", "output", "expected", "obtained", "difference")] == [
        row,
        1,
        expected,
        obtained,
        difference,
    ]
    x = [naive.number(text) for text in example["input"]]
    assert naive.outputs(naive.from_json(NETWORK), x) == [naive.number(obtained)]
    assert command("certify", *paths, "-q").stdout.decode().splitlines() == [first_line(done)]


def test_json_is_exactly_one_object(pair, command):
    assert command("certify", *pair, "-o", "certificate.json", "--json").stdout.count(b"\n") == 1
    for arguments in (["certify", *pair], ["verify", "certificate.json", *pair]):
        done = command(*arguments, "--json")
        told = json.loads(done.stdout)
        assert (
            done.returncode == 0
            and done.stderr == b""
            and told["verdict"] == "CERTIFIED"
            and told["points"]["checked"] == 2
        )
    assert json.loads(command("inspect", pair[0], "--json").stdout)["widths"] == [1, 1, 1]


@pytest.mark.parametrize("arguments", [["certify"], ["verify", "certificate.json"]], ids=" ".join)
def test_quiet_is_the_first_line_only(pair, command, arguments):
    assert command("certify", *pair, "-o", "certificate.json").returncode == 0
    long, short = command(*arguments, *pair), command(*arguments, *pair, "-q")
    assert short.stdout == long.stdout.splitlines(keepends=True)[0] != long.stdout
    assert first_line(short).split()[0] == "CERTIFIED" and long.stderr == short.stderr == b""


def test_verify_refuses_another_dataset(file, pair, command):
    assert command("certify", *pair, "-o", "certificate.json").returncode == 0
    refused(
        command("verify", "certificate.json", pair[0], file("other.csv", "0,1\n")),
        "certificate.json: subject[1].digest.sha256: ",
        "other.csv",
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--help"], "usage:"),
        (["certify", "--help"], "--numbers"),
        (["verify", "--help"], "CERTIFICATE"),
        (["--version"], f"checker {__version__}"),
    ],
)
def test_help_and_version(command, arguments, part):
    done = command(*arguments)
    assert done.returncode == 0 and part in done.stdout.decode() and done.stderr == b""


def test_doctor_and_inspect(pair, command):
    assert first_line(command("doctor")).startswith(f"checker {__version__}, Python ")
    assert first_line(command("inspect", pair[0])) == "network.json: widths (1, 1, 1), 4 parameters, 9 bits in all"


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (InputError("a.json", "layers[0]", "no\nreason"), 2, "p: a.json: layers[0]: no reason"),
        (MemoryError(), 3, "p: out of memory"),
        (Disagreement("1 and 2"), 4, "p: this is a bug: 1 and 2"),
        (KeyboardInterrupt(), 130, "p: interrupted"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_every_end_without_a_verdict_has_its_code_and_one_line(capsys, error, code, line):
    def main():
        raise error

    with pytest.raises(SystemExit) as end:
        run(main, "p")
    assert (end.value.code, *capsys.readouterr()) == (code, "", line + "\n")


def test_a_verdict_that_nobody_can_read_is_no_verdict(pair, command):
    """Exit code 0 or 1 would be taken for one."""
    with open("/dev/full", "wb") as full:
        done = command("certify", *pair, stdout=full)
    assert done.returncode not in (0, 1) and b"Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_closed_standard_output_is_no_verdict(pair, command):
    closed = command("certify", *pair, stdout=None, preexec_fn=lambda: os.close(1))
    assert closed.returncode not in (0, 1) and b"Traceback" not in closed.stderr


def test_a_name_outside_the_terminal_s_encoding_is_shown(file, command):
    done = command(
        "certify", file("\u00fc.json", NETWORK), file("points.csv", POINTS), environment={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0 and b"Traceback" not in done.stderr and first_line(done).startswith("CERTIFIED")


def test_a_lower_limit_of_digits_changes_nothing(file, command):
    paths = file("network.json", NETWORK), file("points.csv", f"-{'9' * 2000},1\n{'9' * 1000},{'9' * 1000}\n")
    usual, limited = (command("certify", *paths, python=python) for python in ((), ("-X", "int_max_str_digits=640")))
    assert (limited.returncode, limited.stdout, limited.stderr) == (usual.returncode, usual.stdout, usual.stderr)


@pytest.mark.parametrize(("cap", "code"), [(1000, 0), (100, 2), (5_000_000_000, 0)])
def test_the_cap_on_files_can_be_set(pair, command, cap, code):
    done = command("--max-bytes", str(cap), "certify", *pair)
    assert done.returncode == code and (b"network.json: larger than 100 bytes" in done.stderr) == (code == 2)


def test_small_files_need_little_memory(pair, command):
    """The cap on sizes is no amount to be set aside for every file."""
    limit = 700 << 20
    done = command("certify", *pair, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    assert done.returncode == 0, done.stderr


def test_what_should_never_happen_does_not_end_like_a_refutation(command, pair):
    code = "import checker.judge\ndel checker.judge.decided\n"
    code += "import runpy, sys\nsys.argv = ['checker', 'certify', 'network.json', 'points.csv']\n"
    done = command("checker", python=("-c", code + "runpy.run_module('checker', run_name='__main__')\n"))
    assert done.returncode == 4 and done.stdout == b"" and b"decided" in done.stderr


def test_another_reading_of_decimals_stands_in_the_first_line(file, command):
    """A certificate chooses the reading: whoever reads one line must see it."""
    network, points = file("network.json", NETWORK), file("points.csv", "0.0,1.0\n")
    assert command("certify", network, points, "--numbers", "float32", "-o", "c.json").returncode == 0
    first = command("verify", "c.json", network, points, "-q").stdout
    assert first.startswith(b"CERTIFIED") and first.endswith(b", decimals read as float32\n")
    assert b"decimals" not in command("certify", network, points, "-q").stdout
