"""Certificates: every field counts, wrong files are noticed, and verify decides anew."""

import copy
import hashlib
import json

import pytest

from checker import __version__
from checker.certificate import certificate, certificate_text
from checker.certificate import verify as verify_with
from checker.decision import Request, decide
from checker.errors import InputError
from checker.formats import read_network
from tests.checker.examples import NETWORK, POINTS, ROOT

IDENTITY = (
    '{"format": "exact-relu-network/1", "layers": [{"weights": [["1"]], "bias": ["0"], "activation": "identity"}]}'
)


def certified(network, dataset, numbers="decimal"):
    """The statement that certify would write."""
    source = read_network(network)
    return certificate(source, decide(source, dataset, Request(numbers=numbers)))


def verify(*paths):
    """Network, decision and statement, by whatever engine."""
    return verify_with(*paths, Request())


def refusal(*paths):
    with pytest.raises(InputError) as found:
        verify(*paths)
    return found.value


@pytest.fixture
def made(pair):
    """The certificate of the running example."""
    return certified(*pair)


@pytest.fixture
def verified(file, pair):
    """Verifies a statement, or text, against the running example."""

    def run(statement):
        text = statement if isinstance(statement, str) else json.dumps(statement)
        return verify(file("certificate.json", text), *pair)

    return run


def leaves(value, path=()):
    """The path of every scalar, in order."""
    if not isinstance(value, (dict, list)):
        return [path]
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    return [leaf for key, entry in entries for leaf in leaves(entry, (*path, key))]


def objects(value, path=()):
    """The path of every JSON object."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [found for key, entry in entries for found in objects(entry, (*path, key))]
    return [path, *inner] if isinstance(value, dict) else inner


def at(value, path):
    for key in path:
        value = value[key]
    return value


def changed(statement, path, value):
    other = copy.deepcopy(statement)
    at(other, path[:-1])[path[-1]] = value
    return other


def place(path):
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")


SHAPE = {
    "_type": "x",
    "subject": [{"name": "x", "digest": {"sha256": "x"}}] * 2,
    "predicateType": "x",
    "predicate": {
        "claim": "x",
        "mode": "x",
        "numbers": "x",
        "outputs": 0,
        "network": {"contentSha256": "x", "widths": [0, 0, 0]},
        "dataset": {"contentSha256": "x"},
        "points": {"given": 0, "checked": 0, "distinct": 0},
        "activationPatterns": {"distinct": 0, "sha256": "x"},
        "smallestMargin": {"value": "x", "row": 0, "layer": 0, "neuron": 0},
        "engine": "x",
        "checker": "x",
    },
}
NAMES = [("subject", 0, "name"), ("subject", 1, "name")]


def _other_values(value):
    """Values that are not this one, in every way a file can say so."""
    same_kind = (
        [value + 1, value - 1, 0 - value - 7]
        if isinstance(value, int)
        else [value + "x", value[:-1], "", value.upper() + "X"]
    )
    spelled_otherwise = (
        [str(value), float(value), f"{value}.0"] if isinstance(value, int) else [value + " ", [value], {"x": value}]
    )
    return [*same_kind, *spelled_otherwise, None, True, [], {}]


def test_the_certificate_has_the_fields_of_the_format(made):
    assert leaves(made) == leaves(SHAPE)
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (NETWORK, POINTS, "0\n1\n")]
    said = made["predicate"]
    assert [subject["digest"]["sha256"] for subject in made["subject"]] == digests[:2]
    assert said["activationPatterns"] == {"distinct": 2, "sha256": digests[2]}
    assert said["smallestMargin"] == {"value": "1/2", "row": 1, "layer": 1, "neuron": 1}
    assert said["points"] == {"given": 2, "checked": 2, "distinct": 2} and said["network"]["widths"] == [1, 1, 1]
    assert [said[key] for key in ("claim", "mode", "numbers", "outputs", "engine", "checker")] == [
        "zero-error",
        "real",
        "decimal",
        1,
        "judge",
        __version__,
    ]


def test_a_certificate_verifies(made, verified):
    network, decision, statement = verified(certificate_text(made))
    assert decision.certifies and statement == made
    assert (network.path, decision.dataset_path) == ("network.json", "points.csv")


@pytest.mark.parametrize("engine", ["judge", "line", "integer", "all"])
def test_any_engine_may_verify_what_another_certified(made, file, pair, engine):
    path = file("certificate.json", json.dumps(changed(made, ("predicate", "engine"), "integer")))
    assert verify_with(path, *pair, Request(engine=engine))[1].engine == engine


@pytest.mark.parametrize("path", [path for path in leaves(SHAPE) if path not in NAMES], ids=place)
def test_every_field_that_is_changed_is_noticed(made, verified, path):
    for value in _other_values(at(made, path)):
        with pytest.raises(InputError) as found:
            verified(changed(made, path, value))
        assert str(found.value).startswith("certificate.json: ") or path == ("predicate", "outputs"), value
        if path[0] in ("_type", "predicateType"):
            assert found.value.reason.startswith(
                "not an in-toto Statement v1 of type tag:exact-relu,2026:certificate/1"
            )
        named = place(path[:-1]) if path[-2:] == ("digest", "sha256") else place(path)
        assert (
            path[0] in ("_type", "predicateType")
            or path == ("predicate", "outputs")
            or found.value.place.startswith(named)
        ), value


@pytest.mark.parametrize("path", objects(SHAPE), ids=lambda path: place(path) or "top")
def test_extra_missing_and_duplicate_keys_are_noticed(made, verified, path):
    for key in at(made, path):
        without = copy.deepcopy(made)
        del at(without, path)[key]
        with pytest.raises(InputError):
            verified(without)
    extra = copy.deepcopy(made)
    at(extra, path)["comment"] = "x"
    with pytest.raises(InputError, match="unknown key 'comment'"):
        verified(extra)
    text = json.dumps(changed(made, (*path, "marker"), 0)).replace('"marker": 0', '"marker": 0, "marker": 0')
    with pytest.raises(InputError, match="duplicate key 'marker'"):
        verified(text)


@pytest.mark.parametrize("path", [path for path in objects(SHAPE) if path], ids=place)
@pytest.mark.parametrize("value", [None, [], "x", 0, {}])
def test_another_value_in_the_place_of_an_object_is_noticed(made, verified, path, value):
    with pytest.raises(InputError):
        verified(changed(made, path, value))


@pytest.mark.parametrize("value", [[1, 1], [1, 1, 1, 1], [], [1, 2, 1], {}, None, "1,1,1"])
def test_other_widths_are_noticed(made, verified, value):
    with pytest.raises(InputError) as found:
        verified(changed(made, ("predicate", "network", "widths"), value))
    assert found.value.place.startswith("predicate.network.widths")


@pytest.mark.parametrize("value", [[], [0], [0, 1, 2], None, {}, "x"])
def test_another_number_of_subjects_is_noticed(made, verified, value):
    subjects = [made["subject"][k % 2] for k in value] if isinstance(value, list) else value
    with pytest.raises(InputError, match="subject: expected two subjects"):
        verified(changed(made, ("subject",), subjects))


def test_subjects_in_the_wrong_order_are_noticed(made, verified):
    with pytest.raises(InputError, match=r"subject\[0\].digest.sha256: is not that of network.json"):
        verified(changed(made, ("subject",), made["subject"][::-1]))


@pytest.mark.parametrize("path", NAMES, ids=place)
@pytest.mark.parametrize("name", ["other.json", "a b", "\u00fc", "x" * 300, "-", "..."])
def test_names_of_subjects_are_immaterial(made, verified, path, name):
    _, decision, statement = verified(changed(made, path, name))
    assert decision.certifies and statement == changed(made, path, name)


@pytest.mark.parametrize("path", NAMES, ids=place)
@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "/etc/passwd", "a\nb", "\x1b[31m", "\u202e", "\ud800", None, 1, ["a"], {}], ids=ascii
)
def test_names_of_subjects_are_plain_file_names(made, verified, path, name):
    with pytest.raises(InputError) as found:
        verified(changed(made, path, name))
    assert (found.value.place, found.value.reason) == (place(path), "not a plain file name")


@pytest.mark.parametrize("numbers", ["float64", "float32", "decimals", "Decimal", ""])
@pytest.mark.parametrize(("points", "by_digest"), [("0.1,0.1\n", True), ("0.1,1/10\n", False)])
def test_another_reading_of_decimals_is_noticed(file, points, by_digest, numbers):
    paths = file("network.json", IDENTITY), file("points.csv", points)
    statement = changed(certified(*paths), ("predicate", "numbers"), numbers)
    name = file("certificate.json", json.dumps(statement))
    if not numbers.startswith("float"):
        assert refusal(name, *paths).place == "predicate.numbers"
    elif by_digest:
        assert refusal(name, *paths).place == "predicate.dataset.contentSha256"
    else:
        assert verify(name, *paths)[1].coverage.failures != []


@pytest.mark.parametrize(
    ("numbers", "text"), [("float64", "0.1,0.1\n"), ("float32", "0.1,0.1\n"), ("decimal", "0.1,1/10\n")]
)
def test_a_certificate_is_verified_as_its_dataset_was_read(file, numbers, text):
    paths = file("network.json", IDENTITY), file("points.csv", text)
    statement = certified(*paths, numbers)
    assert verify(file("certificate.json", certificate_text(statement)), *paths)[2] == statement


def test_a_network_without_relu_has_no_margin(file):
    paths = file("network.json", IDENTITY), file("points.csv", "1,1\n2,2\n1,1\n")
    statement = certified(*paths)
    assert statement["predicate"]["smallestMargin"] is None
    assert statement["predicate"]["points"] == {"given": 3, "checked": 3, "distinct": 2}
    for margin in (0, "null", {}, {"value": "0", "row": 1, "layer": 1, "neuron": 1}, False):
        name = file("certificate.json", json.dumps(changed(statement, ("predicate", "smallestMargin"), margin)))
        assert refusal(name, *paths).place == "predicate.smallestMargin"


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("network.json", NETWORK + "\n", "subject[0].digest.sha256"),
        ("network.json", NETWORK.replace("-1/2", "-2/4"), "subject[0].digest.sha256"),
        ("network.json", NETWORK.replace("-1/2", "-1/3"), "subject[0].digest.sha256"),
        ("points.csv", POINTS + "\n", "subject[1].digest.sha256"),
        ("points.csv", POINTS.replace("x,y\n", ""), "subject[1].digest.sha256"),
        ("points.csv", POINTS + "2,5/2\n", "subject[1].digest.sha256"),
        ("points.csv", "0,1\n", "subject[1].digest.sha256"),
    ],
)
def test_other_files_are_noticed(made, file, pair, name, content, place):
    path = file("certificate.json", certificate_text(made))
    file(name, content)
    error = refusal(path, *pair)
    assert (error.source, error.place) == (path, place) and f"is not that of {name}" in error.reason


@pytest.mark.parametrize("points", ["0,1\n1,2\n", "0,2\n1,3/2\n"])
def test_a_claim_that_does_not_hold_is_refuted_whatever_the_certificate_says(made, file, pair, points):
    digest = hashlib.sha256(points.encode()).hexdigest()
    path = file("certificate.json", json.dumps(changed(made, ("subject", 1, "digest", "sha256"), digest)))
    file("points.csv", points)
    _, decision, statement = verify(path, *pair)
    assert decision.coverage.failures[0].row == 2 - (points[2] == "2") and statement == {}


def test_inconsistent_data_are_refused_by_verify_too(made, file, pair):
    points = "0,1\n0,2\n"
    digest = hashlib.sha256(points.encode()).hexdigest()
    path = file("certificate.json", json.dumps(changed(made, ("subject", 1, "digest", "sha256"), digest)))
    file("points.csv", points)
    error = refusal(path, *pair)
    assert (error.source, error.place) == ("points.csv", "rows 1 and 2")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "", "the file is empty"),
        ("{}", "", "the key '_type' is missing"),
        ("[]", "", "expected an object, found a list"),
        ("null", "", "expected an object, found null"),
        ("{", "line 1 column 2", "not JSON"),
        ("[" * 100_000, "", "nested too deeply"),
        (NETWORK, "", "unknown key 'format'"),
    ],
    ids=["empty", "no keys", "list", "null", "cut", "deep", "a network"],
)
def test_what_is_no_certificate_is_refused(verified, text, place, reason):
    with pytest.raises(InputError) as found:
        verified(text)
    assert (found.value.source, found.value.place) == ("certificate.json", place) and reason in found.value.reason


@pytest.mark.parametrize("cut", [1, 2, 10, 100, 500])
def test_a_certificate_cut_short_is_refused(made, verified, cut):
    with pytest.raises(InputError, match="not JSON"):
        verified(certificate_text(made).rstrip()[:-cut])


@pytest.mark.parametrize("outputs", ["0", "-1", "1.0", "1e0", '"1"', "null", "true", "1" * 7, "NaN", "[1]"])
def test_another_spelling_of_the_number_of_outputs_is_refused(made, verified, outputs):
    text = certificate_text(made).replace('"outputs": 1', f'"outputs": {outputs}')
    with pytest.raises(InputError) as found:
        verified(text)
    assert found.value.place == "predicate.outputs"


def test_the_spelling_of_the_file_is_immaterial(made, file, pair):
    for name, text in (
        ("c.json", json.dumps(made)),
        ("c.json.gz", certificate_text(made)),
        ("c.txt", json.dumps(made, indent=7, sort_keys=True)),
    ):
        assert verify(file(name, text), *pair)[2] == made


def test_the_text_is_two_spaces_deep_and_ends_with_one_newline(made):
    text = certificate_text(made)
    assert json.loads(text) == made and text.isascii() and text.endswith("}\n") and not text.endswith("\n\n")
    assert text.splitlines()[1] == '  "_type": "https://in-toto.io/Statement/v1",'


@pytest.mark.parametrize(
    ("name", "written"),
    [("\u00fc.json", "\u00fc.json"), ("a\nb.json", "a b.json"), ("a\x1bb.json", "a?b.json")],
    ids=ascii,
)
def test_a_file_of_any_name_yields_a_certificate_that_verifies(file, name, written):
    paths = file(name, NETWORK), file("points.csv", POINTS)
    statement = certified(*paths)
    assert statement["subject"][0]["name"] == written
    assert verify(file("certificate.json", certificate_text(statement)), *paths)[1].certifies


@pytest.mark.parametrize("python", [("-E", "-S"), ("-O",), ("-OO", "-B"), ("-E", "-S", "-X", "utf8")], ids=" ".join)
def test_certificates_are_the_same_bytes_in_every_run(folder, pair, command, python):
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from checker import __main__; __main__.main(sys.argv[1:])"
    assert command("certify", *pair, "-o", "a.json").returncode == 0
    done = command("certify", *pair, "-o", "b.json", python=python, module=("-c", start))
    assert done.returncode == 0 and (folder / "a.json").read_bytes() == (folder / "b.json").read_bytes()
