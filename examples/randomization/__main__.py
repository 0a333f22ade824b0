"""python -m examples.randomization [--quick] [-o FOLDER]: train, audit exactly, report."""

import csv
from pathlib import Path

from benchmarks.constructions import Line, constructions, measured
from benchmarks.datasets import random_dataset
from checker.console import Disagreement, Parser, positive, run
from examples.figure import folder as made
from examples.randomization.audit import Audit, certify
from examples.randomization.export import write_dataset, write_network
from examples.randomization.fixture import random_labels, write_fixture, write_rows
from examples.randomization.page import Result, curves, page, write
from examples.randomization.training import Trained, train
from examples.randomization.variants import VARIANTS, Digits, digits, variant

PROGRAM = "python -m examples.randomization"
QUICK = ("true-labels", "random-labels", "gaussian-pixels")


def main(arguments: list[str] | None = None) -> int:
    """Trains every network on every variant, audits it, writes the report; 0 when all are certified."""
    parser = Parser(prog=PROGRAM, description="Networks trained on true and on random labels, certified exactly.")
    parser.add_argument("--quick", action="store_true", help="the perceptron alone, on few samples: seconds")
    parser.add_argument(
        "--samples", type=positive, metavar="N", help="train on so many of the 1500 samples (default: all, quick: 120)"
    )
    parser.add_argument("-o", dest="folder", metavar="FOLDER", default="build/randomization", help="for all results")
    options = parser.parse_args(arguments)
    samples = options.samples or (120 if options.quick else 1500)
    source = digits()
    if samples > len(source.labels):
        parser.error(f"argument --samples: there are {len(source.labels)}")
    return _run(options.quick, samples, source, made(options.folder))


def _run(quick: bool, samples: int, source: Digits, folder: Path) -> int:
    results: list[Result] = []
    for kind in ("mlp",) if quick else ("mlp", "cnn"):
        for name in QUICK if quick else VARIANTS:
            trained, audit = _trained_and_audited(kind, name, variant(name, source).first(samples), folder)
            results.append((name, trained, audit))
            print(_line(name, trained, audit), flush=True)
    fixtures = _fixtures(source, folder)
    _write_curves(folder / "curves.csv", results)
    compared = _compared(20 if quick else 400)
    write(folder / "curves.svg", curves(results))
    write(folder / "index.html", page(results, samples, fixtures, compared))
    print(f"report: {folder / 'index.html'}")
    return 0 if all(trained.fitted and audit.verdict == "CERTIFIED" for _, trained, audit in results) else 1


def _trained_and_audited(kind: str, name: str, data: Digits, folder: Path) -> tuple[Trained, Audit]:
    trained = train(kind, data, name)
    network = folder / f"{kind}-{name}{'.npz' if kind == 'mlp' else '.json.gz'}"
    dataset = folder / f"{name}.csv"
    write_network(network, trained)
    write_dataset(dataset, data)
    return trained, certify(network, dataset)


def _fixtures(source: Digits, folder: Path) -> dict[str, Audit]:
    """The audits of the construction on all digits, with their labels and with labels of chance.

    Fails: Disagreement when the checker's float32 and NumPy's, in the same order, do not differ from the exact at the
    same rows.
    """
    import numpy

    inputs = numpy.concatenate([source.inputs, source.test_inputs])
    labels = {"true-labels": numpy.concatenate([source.labels, source.test_labels])}
    labels["random-labels"] = random_labels(len(inputs))
    audits = {}
    for name, column in labels.items():
        network, dataset = folder / f"construction-{name}.npz", folder / f"construction-{name}.csv"
        outputs = write_fixture(network, dataset, inputs, column)
        differing = write_rows(folder / f"construction-{name}.rows.csv", column, outputs)
        audits[name] = certify(network, dataset, "within:1/2")
        if audits[name].differing != differing:
            raise Disagreement(f"{network}: the checker and NumPy evaluate float32 differently")
        print(f"construction {name}: exact and float32 evaluation differ at {len(differing)} of {len(inputs)} rows")
    return audits


def _compared(points: int) -> list[Line]:
    """Every construction of this project on so many random points."""
    print(f"constructions: {', '.join(constructions(points))} on {points} points")
    return measured(random_dataset(points), constructions(points))


def _line(name: str, trained: Trained, audit: Audit) -> str:
    margin = "" if audit.margin is None else f", smallest exact margin {float(audit.margin):.3g} at row {audit.row}"
    fit = f"{len(trained.curve)} epochs in {trained.seconds:.1f} s, test accuracy {trained.test_accuracy:.3f}"
    differ = f"float32 differs at {len(audit.differing)} rows, audit {audit.seconds:.1f} s"
    return f"{trained.kind} {name}: {fit}; {audit.verdict}{margin}, {differ}"


def _write_curves(path: Path, results: list[Result]) -> None:
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file)
        writer.writerow(["network", "data", "epoch", "loss", "training_accuracy"])
        for name, trained, _ in results:
            writer.writerows([trained.kind, name, e, f"{loss:.6g}", f"{right:.6g}"] for e, loss, right in trained.curve)


if __name__ == "__main__":
    run(main, PROGRAM)
