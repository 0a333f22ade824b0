"""Certificates: what was certified of which files, written down so that anybody can decide it again (FORMAT.md)."""

import json
import os
from dataclasses import asdict, replace
from typing import Any

from checker import __version__
from checker.claim import ZERO_ERROR, Claim, ClaimError, parse_claim
from checker.decision import Decision, Request, decide
from checker.engines import ENGINES
from checker.engines.binary64 import FORMATS, AnyOrder
from checker.engines.stated_order import ORDER
from checker.errors import InputError, printable, quoted
from checker.files import decoded, read_bytes
from checker.formats import Source, content_sha256, read_network
from checker.formats.strict_json import BareNumber, kind, members, parse
from checker.judge import Margin, Tightest
from checker.network import Network
from checker.rational import NUMBERS, format_rational

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "tag:exact-relu,2026:certificate/1"


def certificate(network: Source[Network], decision: Decision) -> dict[str, Any]:
    """The in-toto Statement that says what the decision, not a refutation, certifies.

    Fails: ValueError when the decision is about two arithmetics.
    """
    if decision.request.mode not in ("real", *FORMATS):
        raise ValueError(f"a certificate is of one arithmetic, not of {decision.request.mode}")
    coverage, content, request = decision.coverage, decision.content, decision.request
    exact = coverage.exact and coverage.rows > 0
    patterns = coverage.patterns() if exact else None
    predicate = {
        "claim": request.claim.text,
        "mode": request.mode,
        "numbers": request.numbers,
        "outputs": decision.columns,
        "network": {"contentSha256": content_sha256(network.value), "widths": list(network.value.widths)},
        "dataset": {"contentSha256": content.sha256()},
        "points": {"given": content.rows, "checked": coverage.rows, "distinct": content.distinct},
        "activationPatterns": None if patterns is None else asdict(patterns),
        "smallestMargin": _place(coverage.margin) if exact else None,
        "engine": decision.engine,
        "checker": __version__,
    }
    if request.claim != ZERO_ERROR:
        predicate["tightest"] = _place(coverage.tightest) if exact else None
    if coverage.sums is not None:
        predicate["summation"] = _summation(coverage.sums)
    return {
        "_type": STATEMENT,
        "subject": [subject(network.path, network.sha256), subject(decision.dataset_path, decision.dataset_sha256)],
        "predicateType": PREDICATE,
        "predicate": predicate,
    }


def _summation(sums: AnyOrder) -> dict[str, Any]:
    if sums.obstacle:
        return {"order": ORDER, "because": sums.reason}
    place = {"row": sums.row, "layer": sums.layer, "neuron": sums.neuron}
    return {"order": "any", "largestSum": str(sums.largest), **place}


def _place(found: Margin | Tightest | None) -> dict[str, Any] | None:
    return None if found is None else {**asdict(found), "value": format_rational(found.value)}


def certificate_text(statement: dict[str, Any]) -> str:
    """The certificate as the file it is written to."""
    return json.dumps(statement, indent=2) + "\n"


def verify(
    path: str, network_path: str, dataset_path: str, work: Request, expected: Claim | None = None
) -> tuple[Source[Network], Decision, dict[str, Any]]:
    """The decision made anew, after the certificate at path was found to be the one that it yields.

    Claim, mode and how the dataset is read are the certificate's; engine and executor are those of work.
    expected: the claim that the certificate has to make, no other.
    Returns network, decision and the statement recomputed (empty when the decision certifies nothing).
    Fails: InputError when the certificate is malformed, belongs to other files, or differs in any field.
    """
    claimed = parse(path, decoded(path, read_bytes(path)))
    request = _request(path, claimed, work)
    if expected is not None and request.claim != expected:
        raise InputError(path, "predicate.claim", f"claims {request.claim.text}, expected {expected.text}")
    network = read_network(network_path)
    decision = decide(network, dataset_path, request)
    files = ((network.path, network.sha256), (decision.dataset_path, decision.dataset_sha256))
    require_subjects(path, claimed, files)
    if not decision.certifies:
        return network, decision, {}
    recomputed = certificate(network, decision)
    for mine, theirs in zip(recomputed["subject"], claimed["subject"], strict=True):
        mine["name"] = theirs["name"]
    recomputed["predicate"]["engine"] = claimed["predicate"]["engine"]
    require_equal(path, "", claimed, recomputed)
    return network, decision, recomputed


def predicate_type(path: str) -> str:
    """The predicateType of the certificate at path, empty when it has none. Fails: InputError when it is not JSON."""
    claimed = parse(path, decoded(path, read_bytes(path)))
    found = claimed.get("predicateType") if isinstance(claimed, dict) else None
    return found if isinstance(found, str) else ""


def _request(path: str, claimed: Any, work: Request) -> Request:
    """What a certificate asks to be decided, and by whom it is to be decided."""
    predicate = members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))[3]
    if claimed["_type"] != STATEMENT or claimed["predicateType"] != PREDICATE:
        raise InputError(path, "", f"not an in-toto Statement v1 of type {PREDICATE}")
    if not isinstance(predicate, dict):
        raise InputError(path, "predicate", f"expected an object, found {kind(predicate)}")
    one_of(path, predicate, "engine", ENGINES)
    mode = one_of(path, predicate, "mode", ("real", *FORMATS))
    numbers = one_of(path, predicate, "numbers", tuple(NUMBERS))
    claim, outputs = _claim(path, predicate.get("claim")), columns(path, predicate.get("outputs"))
    return replace(work, claim=claim, mode=mode, numbers=numbers, outputs=outputs)


def require_subjects(path: str, claimed: dict[str, Any], files: tuple[tuple[str, str], ...]) -> None:
    """The certificate's subjects are these files, each (path, SHA-256), in their order. Fails: InputError."""
    subjects = claimed["subject"]
    expected_files = "one subject" if len(files) == 1 else "two subjects, a network and a dataset"
    if not isinstance(subjects, list) or len(subjects) != len(files):
        raise InputError(path, "subject", f"expected {expected_files}")
    for k, (found, (file, expected)) in enumerate(zip(subjects, files, strict=True)):
        name, digest = members(path, f"subject[{k}]", found, ("name", "digest"))
        (sha256,) = members(path, f"subject[{k}].digest", digest, ("sha256",))
        if not isinstance(name, str) or name in ("", ".", "..") or not name.isprintable() or "/" in name:
            raise InputError(path, f"subject[{k}].name", "not a plain file name")
        if sha256 != expected:
            raise InputError(path, f"subject[{k}].digest.sha256", f"is not that of {file} ({expected})")


def one_of(path: str, predicate: dict[str, Any], key: str, known: tuple[str, ...]) -> str:
    """The predicate's value of the key, which is one of those known. Fails: InputError."""
    value = predicate.get(key)
    if not isinstance(value, str) or value not in known:
        raise InputError(path, f"predicate.{key}", f"expected one of {', '.join(known)}")
    return value


def _claim(path: str, text: Any) -> Claim:
    try:
        return parse_claim(text if isinstance(text, str) else "")
    except ClaimError as error:
        raise InputError(path, "predicate.claim", str(error)) from None


def columns(path: str, outputs: Any) -> int:
    """The number of output columns that a predicate gives. Fails: InputError."""
    text = outputs.text if isinstance(outputs, BareNumber) else ""
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise InputError(path, "predicate.outputs", "expected a number of columns")
    if int(text) < 1:
        raise InputError(path, "predicate.outputs", "expected at least one column")
    return int(text)


def subject(path: str, sha256: str) -> dict[str, Any]:
    """A file as an in-toto Statement names it."""
    return {"name": printable(os.path.basename(path)), "digest": {"sha256": sha256}}


def require_equal(path: str, place: str, claimed: Any, recomputed: Any) -> None:
    """The claimed JSON value spells the recomputed one, field by field.

    Fails: InputError naming the first that differs.
    """
    if isinstance(recomputed, dict):
        members(path, place, claimed, tuple(recomputed))
        for key in recomputed:
            require_equal(path, f"{place}.{key}".lstrip("."), claimed[key], recomputed[key])
    elif isinstance(recomputed, list):
        if not isinstance(claimed, list) or len(claimed) != len(recomputed):
            raise InputError(path, place, f"expected a list of {len(recomputed)}")
        for k, (theirs, mine) in enumerate(zip(claimed, recomputed, strict=True)):
            require_equal(path, f"{place}[{k}]", theirs, mine)
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
