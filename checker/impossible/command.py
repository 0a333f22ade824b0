"""python -m checker impossible DATASET --widths A1[,A2]; and the replay of its certificates."""

import argparse
import json
import time
from fractions import Fraction
from typing import Any

from checker.console import CERTIFIED, REFUTED, Undecided, add_dataset_options, positive

LARGEST = 64
"""Neurons of a layer and points of a dataset beyond which the search is not even begun."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("--widths", type=_widths, required=True, metavar="A1[,A2]", help="of the hidden layers")
    parser.add_argument("--timeout", type=positive, default=60, metavar="SECONDS", help="for the search (default: 60)")
    add_dataset_options(parser)
    parser.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    parser.add_argument("--network", metavar="NETWORK", help="write the witness network to this file")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("-q", dest="quiet", action="store_true", help="print the first line only")


def run(options: argparse.Namespace) -> int:
    """Decides, and says IMPOSSIBLE (0), POSSIBLE (1) or UNKNOWN (3)."""
    from checker.formats import read_dataset, require_consistent

    source = read_dataset(options.dataset, options.numbers, options.outputs)
    require_consistent(source)
    line = _usable(source.path, source.value)
    if line is None:
        raise Undecided("the inputs are not on one line; only such datasets are decided")
    if len(line.ts) > LARGEST or max(options.widths) > LARGEST:
        raise Undecided(f"more than {LARGEST} points or neurons: beyond this search")
    found = _searched(options, line)
    if isinstance(found, dict):
        return _say_impossible(options, source, line, found)
    return _say_possible(options, source, line, found)


def verify(options: argparse.Namespace) -> int:
    """Replays a certificate of impossibility: 0, or InputError naming what does not hold."""
    from checker.certificate import STATEMENT, columns, one_of, require_equal, require_subjects
    from checker.errors import InputError
    from checker.files import decoded, read_bytes
    from checker.formats import read_dataset, require_consistent
    from checker.formats.strict_json import members, parse
    from checker.impossible.read import count, functionals
    from checker.impossible.replay import Replay
    from checker.impossible.statement import PREDICATE, statement
    from checker.rational import NUMBERS

    path = options.certificate
    claimed = parse(path, decoded(path, read_bytes(path)))
    members(path, "", claimed, ("_type", "subject", "predicateType", "predicate"))
    keys = ("claim", "hiddenWidths", "numbers", "outputs", "dataset", "points", "functionals", "cases", "checker")
    said = dict(zip(keys, members(path, "predicate", claimed["predicate"], keys), strict=True))
    if claimed["_type"] != STATEMENT or claimed["predicateType"] != PREDICATE:
        raise InputError(path, "", f"not an in-toto Statement v1 of type {PREDICATE}")
    numbers = one_of(path, said, "numbers", tuple(NUMBERS))
    source = read_dataset(options.network, numbers, columns(path, said["outputs"]))
    require_consistent(source)
    require_subjects(path, claimed, ((source.path, source.sha256),))
    if not isinstance(said["hiddenWidths"], list) or len(said["hiddenWidths"]) not in (1, 2):
        raise InputError(path, "predicate.hiddenWidths", "expected one or two widths")
    widths = tuple(count(path, "predicate.hiddenWidths", w, LARGEST) for w in said["hiddenWidths"])
    line = _usable(source.path, source.value)
    if line is None or not 2 <= len(line.ts) <= LARGEST or min(widths) < 1:
        raise InputError(path, "", f"not about 2 to {LARGEST} points on one line, and widths of at least 1")
    replay = Replay(path, line, widths[-1], functionals(path, said["functionals"]))
    cases = replay.require_all(widths, said["cases"])
    kept = {"functionals": said["functionals"], "cases": said["cases"]}
    recomputed = statement(source, numbers, widths, kept)
    for place in ("claim", "dataset", "points", "checker"):
        require_equal(path, f"predicate.{place}", said[place], recomputed["predicate"][place])
    return _say_closed(options, recomputed, cases)


def _searched(options: argparse.Namespace, line: Any) -> Any:
    """Functionals and cases of a certificate, or a network on the line. Fails: Undecided when the time is used up."""
    from checker.impossible.search import Search, TimeIsUp
    from checker.network import Layer, Network

    if len(line.ts) == 1:
        zero = Fraction(0)
        hidden = [Layer(((zero,),), (zero,), "relu") for _ in options.widths]
        return Network((*hidden, Layer(((zero,),), (Fraction(line.ys[0], line.unit),), "identity")))
    search = Search(line.ts, line.ys, options.widths, time.monotonic() + options.timeout)
    try:
        found = search.run()
    except TimeIsUp as error:
        raise Undecided(str(error)) from None
    if not isinstance(found, Network):
        return search.written(found)
    last = found.layers[-1]
    rows = tuple(tuple(w / line.unit for w in row) for row in last.weights)
    return Network((*found.layers[:-1], Layer(rows, tuple(b / line.unit for b in last.bias), "identity")))


def _say_impossible(options: argparse.Namespace, source: Any, line: Any, found: dict[str, Any]) -> int:
    from checker.files import write_text
    from checker.formats.strict_json import parse
    from checker.impossible.read import functionals
    from checker.impossible.replay import Replay
    from checker.impossible.statement import statement, text

    made = statement(source, options.numbers, options.widths, found)
    written = text(made)
    place = options.certificate or "certificate"
    read = parse(place, written)["predicate"]
    replay = Replay(place, line, options.widths[-1], functionals(place, read["functionals"]))
    cases = replay.require_all(options.widths, read["cases"])
    if options.certificate is not None:
        write_text(options.certificate, written, (options.dataset,))
    return _say_closed(options, made, cases)


def _say_possible(options: argparse.Namespace, source: Any, line: Any, found: Any) -> int:
    from checker.console import Disagreement, read_as
    from checker.errors import printable
    from checker.files import write_text
    from checker.formats.native import network_text
    from checker.impossible.witness import lifted, padded
    from checker.judge import Certified, zero_error

    dataset = source.value
    network = padded(lifted(found, line.coordinate, len(dataset.inputs[0])), options.widths)
    if not isinstance(zero_error(network, dataset), Certified):
        raise Disagreement("the search gave a network that the judge refutes")
    if options.network is not None:
        write_text(options.network, network_text(network) + "\n", (options.dataset,))
    widths = ",".join(map(str, options.widths))
    shown: dict[str, Any] = {"verdict": "POSSIBLE", "hiddenWidths": list(options.widths), "numbers": options.numbers}
    shown["network"] = json.loads(network_text(network))
    reading = read_as(options.numbers)
    first = (
        f"POSSIBLE a network of hidden widths {widths} fits {printable(source.path)}{reading}; the judge certifies it"
    )
    return _show(options, shown, [first, f"network     {network_text(network)}"], REFUTED)


def _usable(path: str, dataset: Any) -> Any:
    from checker.errors import InputError
    from checker.impossible.statement import on_a_line

    if len(dataset.outputs[0]) != 1:
        raise InputError(path, "", f"{len(dataset.outputs[0])} outputs; impossibility is decided for one")
    return on_a_line(dataset)


def _say_closed(options: argparse.Namespace, made: dict[str, Any], cases: int) -> int:
    """IMPOSSIBLE, and of what: the statement's dataset, as it was read."""
    from checker.console import read_as
    from checker.errors import printable

    predicate, (about,) = made["predicate"], made["subject"]
    keys = ("hiddenWidths", "numbers", "points", "dataset")
    shown = {"verdict": "IMPOSSIBLE", **{key: predicate[key] for key in keys}, "subject": made["subject"]}
    shown |= {"cases": cases, "functionals": len(predicate["functionals"])}
    widths, points = ",".join(map(str, predicate["hiddenWidths"])), predicate["points"]["distinct"]
    fit = f"fit the {points} points of {printable(about['name'])}{read_as(predicate['numbers'])}"
    lines = [
        f"IMPOSSIBLE no parameters of hidden widths {widths} {fit}",
        f"dataset    {printable(about['name'])}, {points} distinct inputs, numbers read as {predicate['numbers']}",
        f"           sha256 {about['digest']['sha256']}",
        f"replayed   {cases} cases, all closed by {shown['functionals']} functionals",
    ]
    return _show(options, shown, lines, CERTIFIED)


def _show(options: argparse.Namespace, said: dict[str, Any], lines: list[str], code: int) -> int:
    print(json.dumps(said) if options.json else "\n".join(lines[:1] if options.quiet else lines))
    return code


def _widths(text: str) -> tuple[int, ...]:
    parts = text.split(",")
    if len(parts) > 2:
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form A1 or A1,A2")
    return tuple(positive(part) for part in parts)
