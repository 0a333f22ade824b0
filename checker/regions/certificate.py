"""Certificates of how many regions a network has: `verify` counts anew and believes nothing in them."""

import time
from collections.abc import Sequence
from typing import Any

from checker import __version__
from checker.certificate import STATEMENT, require_equal, require_subjects, subject
from checker.console import Undecided
from checker.errors import InputError
from checker.files import decoded, read_bytes
from checker.formats import Source, content_sha256, read_network
from checker.formats.strict_json import items, members, parse
from checker.network import Network
from checker.progress import tally
from checker.rational import NumberError, format_rational, parse_dataset_number
from checker.regions.count import INPUTS, Box, Regions, TooManyCellsError, regions

PREDICATE = "tag:exact-relu,2026:regions/1"


class BoxError(ValueError):
    """Two numbers are no box."""


def parse_box(texts: Sequence[str]) -> Box:
    """The box LO, HI. Fails: BoxError."""
    if len(texts) != 2:
        raise BoxError("expected LO,HI")
    try:
        low, high = (parse_dataset_number(text, "decimal") for text in texts)
    except NumberError as error:
        raise BoxError(str(error)) from None
    if low >= high:
        raise BoxError("LO is not less than HI")
    return low, high


def counted(source: Source[Network], within: Box | None, cap: int, timeout: int | None = None) -> Regions:
    """The regions of the network. Fails: InputError when they cannot be counted here; Undecided at cap or time-out."""
    inputs = source.value.widths[0]
    if inputs not in INPUTS:
        raise InputError(
            source.path,
            "",
            f"{inputs} inputs: counted here for 1 or 2; for any number by python -m proofs regions",
        )
    unknown = [layer.activation for layer in source.value.layers if layer.activation not in ("relu", "identity")]
    if unknown:
        raise InputError(source.path, "", f"activation {unknown[0]}: only ReLU networks have linear regions")
    started = time.monotonic()
    with tally(" cells") as advance:

        def found() -> None:
            advance()
            if timeout is not None and time.monotonic() - started > timeout:
                raise Undecided(f"not counted within {timeout} s")

        try:
            return regions(source.value, within, cap, found)
        except TooManyCellsError as error:
            raise Undecided(f"{error} (--cap)") from None


def certificate(source: Source[Network], within: Box | None, found: Regions) -> dict[str, Any]:
    """The in-toto Statement that says how many regions there are."""
    return {
        "_type": STATEMENT,
        "subject": [subject(source.path, source.sha256)],
        "predicateType": PREDICATE,
        "predicate": {
            "network": {"contentSha256": content_sha256(source.value), "widths": list(source.value.widths)},
            "box": None if within is None else [format_rational(q) for q in within],
            "linearRegions": found.linear_regions,
            "activationRegions": found.activation_regions,
            "checker": __version__,
        },
    }


def verified(path: str, network_path: str, cap: int) -> dict[str, Any]:
    """The statement recomputed, after the certificate at path was found to be the same.

    Fails: InputError when it is malformed, belongs to another network, or differs in any field; Undecided at the cap.
    """
    claimed = parse(path, decoded(path, read_bytes(path)))
    predicate = members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))[3]
    names = ("network", "box", "linearRegions", "activationRegions", "checker")
    within = _box(path, members(path, "predicate", predicate, names)[1])
    source = read_network(network_path)
    require_subjects(path, claimed, ((source.path, source.sha256),))
    recomputed = certificate(source, within, counted(source, within, cap))
    recomputed["subject"][0]["name"] = claimed["subject"][0]["name"]
    require_equal(path, "", claimed, recomputed)
    return recomputed


def _box(path: str, value: Any) -> Box | None:
    if value is None:
        return None
    texts = items(path, "predicate.box", value)
    if not all(isinstance(text, str) for text in texts):
        raise InputError(path, "predicate.box", "expected null or two texts")
    try:
        return parse_box(texts)
    except BoxError as error:
        raise InputError(path, "predicate.box", str(error)) from None
