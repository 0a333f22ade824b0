"""The certificate of impossibility, as found, and the dataset that it is about (FORMAT.md)."""

import json
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from checker import __version__
from checker.certificate import STATEMENT, certificate_text, subject
from checker.dataset import Dataset
from checker.formats import Source, content_sha256
from checker.impossible.cones import Integers

PREDICATE = "tag:exact-relu,2026:impossibility/1"


@dataclass(frozen=True)
class Line:
    """A dataset whose distinct inputs are on one line: coordinate t increases, ys are the values in integers.

    coordinate: which of the inputs t is, counted from 0. unit: ys are the outputs times unit.
    """

    coordinate: int
    ts: tuple[Fraction, ...]
    ys: Integers
    unit: int


def on_a_line(dataset: Dataset) -> Line | None:
    """The dataset, consistent and of one output, by one coordinate; None when no line goes through its inputs.

    On a line every input is an affine function of one of them that is not constant.
    """
    first = dataset.inputs[0]
    other = next((x for x in dataset.inputs if x != first), first)
    coordinate = next((k for k, (a, b) in enumerate(zip(first, other, strict=True)) if a != b), 0)
    way = [b - a for a, b in zip(first, other, strict=True)]
    for x in dataset.inputs:
        if any(
            (v - a) * way[coordinate] != (x[coordinate] - first[coordinate]) * w
            for v, a, w in zip(x, first, way, strict=True)
        ):
            return None
    points = sorted({(x[coordinate], y[0]) for x, y in zip(dataset.inputs, dataset.outputs, strict=True)})
    unit = lcm(*(y.denominator for _, y in points))
    return Line(coordinate, tuple(t for t, _ in points), tuple(int(y * unit) for _, y in points), unit)


def statement(source: Source[Dataset], numbers: str, widths: tuple[int, ...], found: dict[str, Any]) -> dict[str, Any]:
    """The in-toto Statement that no network of these hidden widths fits the dataset; found: functionals and cases."""
    dataset = source.value
    predicate = {
        "claim": "impossible",
        "hiddenWidths": list(widths),
        "numbers": numbers,
        "outputs": len(dataset.outputs[0]),
        "dataset": {"contentSha256": content_sha256(dataset)},
        "points": {"given": len(dataset), "distinct": len(dataset.points())},
        **found,
        "checker": __version__,
    }
    subjects = [subject(source.path, source.sha256)]
    return {"_type": STATEMENT, "subject": subjects, "predicateType": PREDICATE, "predicate": predicate}


def text(made: dict[str, Any]) -> str:
    """The statement as the file it is written to: one line for each functional, and for each case."""
    predicate = made["predicate"]
    written = certificate_text({**made, "predicate": {**predicate, "functionals": [], "cases": []}})
    for key in ("functionals", "cases"):
        lines = ",\n".join(f"      {json.dumps(entry)}" for entry in predicate[key])
        written = written.replace(f'"{key}": []', f'"{key}": [\n{lines}\n    ]', 1)
    return written
