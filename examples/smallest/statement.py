"""The certificate of a least bound, and its verification: the witness judged, the bound below enumerated, both anew.

There is nothing shorter to replay: that none fits below is known only when all have been tried.
"""

import time
from typing import Any

from checker import __version__
from checker.certificate import STATEMENT, columns, one_of, require_equal, require_subjects, subject
from checker.dataset import Dataset
from checker.errors import InputError
from checker.files import decoded, read_bytes
from checker.formats import Source, content_sha256, read_dataset, require_consistent
from checker.formats.native import network_text, parse_network
from checker.formats.strict_json import BareNumber, members, parse
from checker.judge import Certified, zero_error
from checker.network import Layer, Network, ShapeError
from checker.rational import NUMBERS
from examples.smallest.enumeration import Enumeration, Numbers
from examples.smallest.search import CLASSES

PREDICATE = "tag:exact-relu,2026:smallest/1"
KEYS = ("claim", "class", "hiddenWidths", "bound", "none", "network", "numbers", "outputs", "dataset", "checker")


def statement(
    source: Source[Dataset], numbers: str, kind: str, network: Network, bound: int, none: tuple[int, int] | None
) -> dict[str, Any]:
    """The in-toto Statement that bound is the least; none: choices and sums of the bound below, None for bound 1."""
    predicate = {
        "claim": "least bound",
        "class": kind,
        "hiddenWidths": list(network.widths[1:-1]),
        "bound": bound,
        "none": None if none is None else {"bound": bound - 1, "choices": none[0], "sums": none[1]},
        "network": network_text(network),
        "numbers": numbers,
        "outputs": 1,
        "dataset": {"contentSha256": content_sha256(source.value)},
        "checker": __version__,
    }
    return {
        "_type": STATEMENT,
        "subject": [subject(source.path, source.sha256)],
        "predicateType": PREDICATE,
        "predicate": predicate,
    }


def verify(path: str, dataset: str, seconds: float) -> dict[str, Any]:
    """The certificate's predicate, computed anew. Fails: InputError naming what does not hold; TimeIsUp."""
    claimed = parse(path, decoded(path, read_bytes(path)))
    members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))
    if claimed["_type"] != STATEMENT or claimed["predicateType"] != PREDICATE:
        raise InputError(path, "", f"not an in-toto Statement v1 of type {PREDICATE}")
    said = dict(zip(KEYS, members(path, "predicate", claimed["predicate"], KEYS), strict=True))
    kind, numbers = one_of(path, said, "class", tuple(CLASSES)), one_of(path, said, "numbers", tuple(NUMBERS))
    if columns(path, said["outputs"]) != 1:
        raise InputError(path, "predicate.outputs", "expected 1: networks with one output are enumerated")
    source = read_dataset(dataset, numbers, 1)
    require_consistent(source)
    require_subjects(path, claimed, ((source.path, source.sha256),))
    network, bound = _witness(path, said["network"], source.value), _bound(path, said["bound"])
    _require_parameters(path, network, CLASSES[kind](bound))
    none = None
    if bound > 1:  # a class has those with smaller bounds in it
        widths = network.widths[1], network.widths[2]
        search = Enumeration(source.value, widths, CLASSES[kind](bound - 1), time.monotonic() + seconds)
        if search.network() is not None:
            raise InputError(path, "predicate.bound", f"not the least: a network with bound {bound - 1} fits")
        none = search.choices, search.tried
    recomputed: dict[str, Any] = statement(source, numbers, kind, network, bound, none)["predicate"]
    require_equal(path, "predicate", claimed["predicate"], recomputed)
    return recomputed


def _witness(path: str, text: Any, dataset: Dataset) -> Network:
    """The network, of two hidden layers, which the judge certifies."""
    network = parse_network(path, text if isinstance(text, str) else "")
    if [type(layer) is Layer and layer.activation for layer in network.layers] != ["relu", "relu", "identity"]:
        raise InputError(path, "predicate.network", "expected two hidden layers of ReLU neurons")
    try:
        found = zero_error(network, dataset)
    except ShapeError as error:
        raise InputError(path, "predicate.network", str(error)) from None
    if not isinstance(found, Certified):
        raise InputError(path, "predicate.network", f"does not fit row {found.row}")
    return network


def _bound(path: str, number: Any) -> int:
    text = number.text if isinstance(number, BareNumber) else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= 2 and int(text) >= 1):
        raise InputError(path, "predicate.bound", "expected an integer from 1 to 99")
    return int(text)


def _require_parameters(path: str, network: Network, numbers: Numbers) -> None:
    for layer in network.layers:
        for q in (*layer.bias, *(w for row in layer.weights for w in row)):
            if q * numbers.unit not in numbers.values:
                raise InputError(path, "predicate.network", f"the parameter {q} is not in the class")
