"""The JSON Schema of certificates: it takes every certificate that is written, and not their neighbours."""

import copy
import json
import re

import pytest

from checker.certificate import certificate
from checker.claim import parse_claim
from checker.decision import Request, decide
from checker.formats import read_network
from tests.checker.examples import NETWORK, ROOT
from tests.checker.test_certificate import at, changed, leaves, objects, place
from tests.checker.test_claims import FAN, network_text

SCHEMA = json.loads((ROOT / "checker" / "certificate.schema.json").read_text(encoding="utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


def known(schema):
    """Every keyword of the schema is one that the validator below knows."""
    keywords = {
        "type",
        "required",
        "properties",
        "additionalProperties",
        "const",
        "enum",
        "pattern",
        "items",
        "minimum",
    }
    keywords |= {"prefixItems", "minItems", "oneOf", "anyOf", "not", "$ref", "$defs", "$schema", "$id", "title"}
    if isinstance(schema, bool):
        return True
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inner += [s for key in ("oneOf", "anyOf", "prefixItems") for s in schema.get(key, [])]
    inner += [schema[key] for key in ("items", "not", "additionalProperties") if key in schema]
    return set(schema) <= keywords and all(map(known, inner))


def valid(value, schema):
    """Whether the value is valid, by the keywords of JSON Schema (draft 2020-12) that the schema uses."""
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema and not valid(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]):
        return False
    if "type" in schema and (type(value) is bool or not isinstance(value, TYPES[schema["type"]])):
        return False
    if "const" in schema and (type(value), value) != (type(schema["const"]), schema["const"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, int) and value < schema.get("minimum", value):
        return False
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        if set(schema.get("required", ())) - set(value):
            return False
        if not all(valid(v, properties.get(k, schema.get("additionalProperties", True))) for k, v in value.items()):
            return False
    if isinstance(value, list):
        first = schema.get("prefixItems", [])
        schemas = first + [schema.get("items", True)] * (len(value) - len(first))
        if len(value) < schema.get("minItems", 0) or not all(map(valid, value, schemas)):
            return False
    if "oneOf" in schema and [valid(value, s) for s in schema["oneOf"]].count(True) != 1:
        return False
    if "anyOf" in schema and not any(valid(value, s) for s in schema["anyOf"]):
        return False
    return "not" not in schema or not valid(value, schema["not"])


BIG = 2**53
STATED = [(f"{BIG} {-BIG} 1", "0", "identity")]
LINEAR = [("1", "0", "identity")]
KINDS = {
    "real": (NETWORK, "0,1\n1,3/2\n", "zero-error", "real", 1),
    "no ReLU": (network_text(LINEAR), "1,1\n", "zero-error", "real", 1),
    "within": (network_text(FAN), "2,2,-5/2,1/2\n", "within:0.5", "real", 3),
    "within 0": (network_text(FAN), "2,2,-2,1/2\n", "within:0", "real", 3),
    "within a long number": (network_text(LINEAR), "1,1\n", f"within:0x{'f' * 600}/0x2", "real", 1),
    "argmax": (network_text(FAN), "2,0\n-2,1\n", "argmax", "real", 1),
    "argmax with ties": (network_text(FAN), "1/2,0\n", "argmax:ties", "real", 1),
    "any order": (NETWORK, "0,1\n1,3/2\n", "zero-error", "float64", 1),
    "any order, within": (network_text(FAN), "2,2,-5/2,1/2\n", "within:1", "float32", 3),
    "sums of 0": (network_text([("0", "0", "identity")]), "1,0\n", "zero-error", "float32", 1),
    "stated order": (network_text(STATED), "1,1,1,1\n", "zero-error", "float64", 1),
    "stated order, within": (network_text(STATED), "1,1,1,1\n", "within:1", "float64", 1),
    "too fine": (network_text([(f"1/{2**149}", "0", "identity")]), "1/2,0\n", "zero-error", "float32", 1),
}


@pytest.fixture
def made(request, file):
    """The statement of the kind that the test names."""
    text, points, claim, mode, outputs = KINDS[request.param]
    source, path = read_network(file("network.json", text)), file("points.csv", points)
    found = decide(source, path, Request(claim=parse_claim(claim), mode=mode, outputs=outputs))
    assert found.certifies
    return certificate(source, found)


def every(*kinds):
    return pytest.mark.parametrize("made", kinds or tuple(KINDS), indirect=True)


def test_the_validator_knows_every_keyword():
    assert known(SCHEMA) and not known({"maxItems": 1}) and not known({"properties": {"a": {"format": "uri"}}})


@every()
def test_every_certificate_is_valid(made):
    assert valid(json.loads(json.dumps(made)), SCHEMA)


@every()
def test_missing_and_other_keys_are_not(made):
    for path in objects(made):
        for key in at(made, path):
            without = copy.deepcopy(made)
            del at(without, path)[key]
            assert not valid(without, SCHEMA), (path, key)
        extra = copy.deepcopy(made)
        at(extra, path)["comment"] = "x"
        assert not valid(extra, SCHEMA), path


@every()
def test_values_of_another_kind_are_not(made):
    for path in [*leaves(made), *objects(made)]:
        value = at(made, path) if path else made
        for other in (True, 1.5, [], "", -1, {}) if not isinstance(value, dict) else (True, [], "x", 0, {}):
            assert not path or not valid(changed(made, path, other), SCHEMA), (place(path), other)
    assert not valid([made], SCHEMA) and not valid(None, SCHEMA)


@every("any order, within")
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("_type",), "https://in-toto.io/Statement/v0.1"),
        (("subject",), [1]),
        (("subject", 0, "name"), "a/b"),
        (("subject", 1, "name"), ".."),
        (("subject", 0, "digest", "sha256"), "F" * 64),
        (("predicate", "claim"), "within:0.5"),
        (("predicate", "claim"), "within:01"),
        (("predicate", "claim"), "within:-1"),
        (("predicate", "claim"), "zero-error"),
        (("predicate", "mode"), "both"),
        (("predicate", "mode"), "real"),
        (("predicate", "numbers"), "Decimal"),
        (("predicate", "outputs"), 0),
        (("predicate", "network", "widths"), [1]),
        (("predicate", "network", "widths"), [1, 0]),
        (("predicate", "engine"), "auto"),
        (("predicate", "tightest", "value"), "-1/2"),
        (("predicate", "tightest", "value"), "1/0"),
        (("predicate", "tightest"), None),
        (("predicate", "summation", "order"), "some"),
        (("predicate", "summation", "largestSum"), 4),
        (("predicate", "summation", "row"), 0),
    ],
    ids=lambda value: place(value) if isinstance(value, tuple) else str(value)[:12],
)
def test_what_no_certificate_says_is_not(made, path, value):
    assert valid(made, SCHEMA) and not valid(changed(made, path, value), SCHEMA)


@every("stated order, within")
def test_a_stated_order_says_nothing_exact(made):
    for key, value in [
        ("tightest", {"value": "0", "row": 1, "output": 1}),
        ("smallestMargin", {"value": "0", "row": 1, "layer": 1, "neuron": 1}),
        ("activationPatterns", {"distinct": 1, "sha256": "0" * 64}),
        ("summation", {"order": made["predicate"]["summation"]["order"], "because": "row 1: it is so"}),
        ("summation", {"order": "any", "because": made["predicate"]["summation"]["because"]}),
    ]:
        assert not valid(changed(made, ("predicate", key), value), SCHEMA), key


def test_the_schema_is_named_in_the_description():
    text = (ROOT / "checker" / "FORMAT.md").read_text(encoding="utf-8")
    assert "certificate.schema.json" in text and SCHEMA["$schema"].endswith("2020-12/schema")
