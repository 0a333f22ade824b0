"""Certificates of claims about one file, decided in balls: in-toto Statements, recomputed whole by verify."""

from typing import Any

from checker import __version__
from checker.certificate import STATEMENT, require_equal, require_subjects, subject
from checker.errors import InputError, quoted
from checker.files import decoded, read_bytes
from checker.formats.strict_json import kind, members, parse
from checker.rational import NumberError, format_rational, parse_rational

ENGINE = "balls"


def statement(predicate_type: str, path: str, sha256: str, predicate: dict[str, Any]) -> dict[str, Any]:
    """The Statement that says the predicate of the file at path."""
    return {
        "_type": STATEMENT,
        "subject": [subject(path, sha256)],
        "predicateType": predicate_type,
        "predicate": {**predicate, "engine": ENGINE, "checker": __version__},
    }


def read_claimed(path: str, predicate_type: str, keys: tuple[str, ...]) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """The certificate at path, and what its predicate has at these keys. Fails: InputError."""
    claimed = parse(path, decoded(path, read_bytes(path)))
    predicate = members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))[3]
    if claimed["_type"] != STATEMENT or claimed["predicateType"] != predicate_type:
        raise InputError(path, "", f"not an in-toto Statement v1 of type {predicate_type}")
    if not isinstance(predicate, dict):
        raise InputError(path, "predicate", f"expected an object, found {kind(predicate)}")
    return claimed, tuple(predicate.get(key) for key in keys)


def text(path: str, key: str, value: Any) -> str:
    """The text that a predicate has at this key. Fails: InputError."""
    if not isinstance(value, str):
        raise InputError(path, f"predicate.{key}", "expected a text")
    return value


def canonical(path: str, key: str, value: Any) -> Any:
    """The exact number that a predicate has at this key, in its canonical spelling. Fails: InputError."""
    try:
        q = parse_rational(text(path, key, value))
    except NumberError as error:
        raise InputError(path, f"predicate.{key}", str(error)) from None
    if format_rational(q) != value:
        raise InputError(path, f"predicate.{key}", f"{quoted(value)} is not the canonical spelling")
    return q


def require_files(path: str, claimed: dict[str, Any], recomputed: dict[str, Any], file: str) -> None:
    """The certificate is about the file of the statement recomputed. Fails: InputError."""
    require_subjects(path, claimed, ((file, recomputed["subject"][0]["digest"]["sha256"]),))


def require_same(path: str, claimed: dict[str, Any], recomputed: dict[str, Any]) -> None:
    """The certificate says what was recomputed, field by field, save the file's name. Fails: InputError."""
    (named,), (file,) = claimed["subject"], recomputed["subject"]
    require_equal(path, "", claimed, {**recomputed, "subject": [{**file, "name": named["name"]}]})
