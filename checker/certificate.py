"""Certificates: what was certified of which files, written down so that anybody can decide it again (FORMAT.md)."""

import hashlib
import json
import os
from typing import Any

from checker import __version__
from checker.dataset import Dataset
from checker.errors import InputError, printable, quoted
from checker.files import decoded, read_bytes
from checker.formats import Source, content_sha256, read_pair
from checker.formats.strict_json import BareNumber, kind, members, parse
from checker.judge import Certified, Margin, Refuted, zero_error
from checker.network import Network
from checker.rational import NUMBERS, format_rational

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "tag:exact-relu,2026:certificate/1"
CLAIM, MODE, ENGINE = "zero-error", "real", "judge"


def certificate(network: Source[Network], dataset: Source[Dataset], verdict: Certified, numbers: str) -> dict[str, Any]:
    """The in-toto Statement that says what the verdict certifies."""
    return {
        "_type": STATEMENT,
        "subject": [_subject(network), _subject(dataset)],
        "predicateType": PREDICATE,
        "predicate": {
            "claim": CLAIM,
            "mode": MODE,
            "numbers": numbers,
            "outputs": network.value.widths[-1],
            "network": {"contentSha256": content_sha256(network.value), "widths": list(network.value.widths)},
            "dataset": {"contentSha256": content_sha256(dataset.value)},
            "points": {
                "given": len(dataset.value),
                "checked": verdict.rows,
                "distinct": len(dataset.value.points()),
            },
            "activationPatterns": _patterns(verdict.patterns),
            "smallestMargin": _margin(verdict.margin),
            "engine": ENGINE,
            "checker": __version__,
        },
    }


def certificate_text(statement: dict[str, Any]) -> str:
    """The certificate as the file it is written to."""
    return json.dumps(statement, indent=2) + "\n"


def verify(
    path: str, network_path: str, dataset_path: str
) -> tuple[Source[Network], Source[Dataset], Certified | Refuted, dict[str, Any]]:
    """The verdict decided anew, after the certificate at path was found to be the one that this verdict yields.

    Returns network, dataset, verdict and the statement recomputed (empty when refuted).
    Fails: InputError when the certificate is malformed, belongs to other files, or differs in any field.
    """
    claimed = parse(path, decoded(path, read_bytes(path)))
    numbers, outputs = _reading(path, claimed)
    network, dataset = read_pair(network_path, dataset_path, numbers, outputs)
    _require_subjects(path, claimed, (network, dataset))
    verdict = zero_error(network.value, dataset.value)
    if isinstance(verdict, Refuted):
        return network, dataset, verdict, {}
    recomputed = certificate(network, dataset, verdict, numbers)
    for mine, theirs in zip(recomputed["subject"], claimed["subject"], strict=True):
        mine["name"] = theirs["name"]
    _require_equal(path, "", claimed, recomputed)
    return network, dataset, verdict, recomputed


def _subject(source: Source) -> dict[str, Any]:
    return {"name": printable(os.path.basename(source.path)), "digest": {"sha256": source.sha256}}


def _patterns(patterns: tuple[str, ...]) -> dict[str, Any]:
    text = "".join(pattern + "\n" for pattern in patterns)
    return {"distinct": len(set(patterns)), "sha256": hashlib.sha256(text.encode("ascii")).hexdigest()}


def _margin(margin: Margin | None) -> dict[str, Any] | None:
    if margin is None:
        return None
    return {"value": format_rational(margin.value), "row": margin.row, "layer": margin.layer, "neuron": margin.neuron}


def _reading(path: str, claimed: Any) -> tuple[str, int]:
    """How the certificate says that the dataset was read: numbers and outputs."""
    predicate = members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))[3]
    if claimed["_type"] != STATEMENT or claimed["predicateType"] != PREDICATE:
        raise InputError(path, "", f"not an in-toto Statement v1 of type {PREDICATE}")
    if not isinstance(predicate, dict):
        raise InputError(path, "predicate", f"expected an object, found {kind(predicate)}")
    numbers, outputs = predicate.get("numbers"), predicate.get("outputs")
    if not isinstance(numbers, str) or numbers not in NUMBERS:
        raise InputError(path, "predicate.numbers", f"expected one of {', '.join(NUMBERS)}")
    if (
        not isinstance(outputs, BareNumber)
        or not outputs.text.isascii()
        or not outputs.text.isdecimal()
        or len(outputs.text) > 6
    ):
        raise InputError(path, "predicate.outputs", "expected a number of columns")
    if int(outputs.text) < 1:
        raise InputError(path, "predicate.outputs", "expected at least one column")
    return numbers, int(outputs.text)


def _require_subjects(path: str, claimed: Any, sources: tuple[Source, Source]) -> None:
    subjects = claimed["subject"]
    if not isinstance(subjects, list) or len(subjects) != 2:
        raise InputError(path, "subject", "expected two subjects, a network and a dataset")
    for k, (subject, source) in enumerate(zip(subjects, sources, strict=True)):
        name, digest = members(path, f"subject[{k}]", subject, ("name", "digest"))
        (sha256,) = members(path, f"subject[{k}].digest", digest, ("sha256",))
        if not isinstance(name, str) or name in ("", ".", "..") or not name.isprintable() or "/" in name:
            raise InputError(path, f"subject[{k}].name", "not a plain file name")
        if sha256 != source.sha256:
            raise InputError(path, f"subject[{k}].digest.sha256", f"is not that of {source.path} ({source.sha256})")


def _require_equal(path: str, place: str, claimed: Any, recomputed: Any) -> None:
    """The claimed JSON value spells the recomputed one, field by field.

    Fails: InputError naming the first that differs.
    """
    if isinstance(recomputed, dict):
        members(path, place, claimed, tuple(recomputed))
        for key in recomputed:
            _require_equal(path, f"{place}.{key}".lstrip("."), claimed[key], recomputed[key])
    elif isinstance(recomputed, list):
        if not isinstance(claimed, list) or len(claimed) != len(recomputed):
            raise InputError(path, place, f"expected a list of {len(recomputed)}")
        for k, (theirs, mine) in enumerate(zip(claimed, recomputed, strict=True)):
            _require_equal(path, f"{place}[{k}]", theirs, mine)
    elif _spelling(claimed) != json.dumps(recomputed):
        raise InputError(
            path,
            place,
            f"recomputed {quoted(json.dumps(recomputed))}, the certificate says {quoted(_spelling(claimed))}",
        )


def _spelling(value: Any) -> str:
    """A JSON scalar as the certificate spells it; an object or list in a scalar's place as its kind."""
    if isinstance(value, BareNumber):
        return value.text
    return kind(value) if isinstance(value, (dict, list)) else json.dumps(value)
