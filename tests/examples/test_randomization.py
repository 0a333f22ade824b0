"""The randomization tests in small: gradients, files that say the trained network, the fixture, the whole run."""

import csv
import re
from dataclasses import replace
from fractions import Fraction

import numpy
import pytest

from checker.errors import InputError
from checker.formats import read_dataset, read_network
from examples.randomization import __main__, export, fixture, steps, training, variants
from examples.randomization.audit import certify


def images(count=20):
    """Images of chance in place of the digits, with labels of chance."""
    chance = numpy.random.default_rng(3)
    pixels, labels = chance.integers(0, 17, (2 * count, 64)), chance.integers(0, 10, 2 * count)
    return variants.Digits(pixels[:count], labels[:count], pixels[count:], labels[count:])


@pytest.mark.parametrize("kind", ["mlp", "cnn"])
def test_the_gradients_are_those_of_the_loss(kind):
    """Differences quotients in float64, at places of chance of every array."""
    network, data, chance = training.steps(kind, seed=1), images(), numpy.random.default_rng(0)
    for step in network:
        for name in ("weights", "bias"):
            if step.parameters:
                setattr(step, name, getattr(step, name).astype(numpy.float64))
    x = (data.inputs / 16).reshape(-1, *training.SHAPES[kind])
    _, gradients = training._gradients(network, x, data.labels)
    for parameter, gradient in zip([p for step in network for p in step.parameters], gradients, strict=True):
        place = tuple(chance.integers(0, length) for length in parameter.shape)
        losses = []
        for shift in (1e-5, -2e-5):
            parameter[place] += shift
            losses.append(training._gradients(network, x, data.labels)[0])
        parameter[place] += 1e-5
        assert (losses[0] - losses[1]) / 2e-5 == pytest.approx(gradient[place], rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(("kind", "name"), [("mlp", "network.npz"), ("cnn", "network.json.gz")])
def test_the_files_say_the_network_that_was_trained(kind, name, tmp_path):
    data = images(10)
    trained = training.train(kind, data, epochs=2)
    export.write_network(tmp_path / name, trained)
    export.write_dataset(tmp_path / "data.csv", data)
    model, points = read_network(str(tmp_path / name)).value, read_dataset(str(tmp_path / "data.csv")).value
    assert [int(y[0]) for y in points.outputs] == data.labels.tolist()
    obtained = training._outputs(trained.steps, training._images(kind, data.inputs))
    for x, row in zip(points.inputs[:2], obtained[:2], strict=True):
        exact = model.preactivations(x)[-1]
        assert [float(v) for v in exact] == pytest.approx(row.tolist(), abs=1e-4)
        assert type(exact[0]) is Fraction


def test_a_weight_that_cannot_be_scaled_is_not_written(tmp_path):
    trained = training.train("mlp", images(10), epochs=1)
    trained.steps[0].weights[0, 0] = 1.4e-45
    with pytest.raises(ValueError, match="too small to be scaled exactly"):
        export.write_network(tmp_path / "network.npz", trained)


def test_training_is_seeded_and_stops_when_it_fits():
    first, second = (training.train("mlp", images(), epochs=200) for _ in range(2))
    assert first.curve == second.curve and first.fitted and len(first.curve) < 200
    assert not training.train("mlp", images(), epochs=1).fitted


@pytest.mark.parametrize("name", variants.VARIANTS)
def test_variants(name):
    source = images(100)
    found, again = variants.variant(name, source), variants.variant(name, source)
    assert (found.inputs == again.inputs).all() and (found.labels == again.labels).all()
    assert (found.inputs == source.inputs).all() == ("pixels" not in name)
    assert (found.labels == source.labels).all() == ("random-labels" not in name)
    assert (found.test_labels == source.test_labels).all()
    if name in ("shuffled-pixels", "random-pixels"):
        assert (numpy.sort(found.inputs, axis=1) == numpy.sort(source.inputs, axis=1)).all()


def test_the_construction_goes_through_every_point(tmp_path):
    z, y = [1, 3, 4, 8], [2, -1, 5, 5]
    b, w = fixture.construction(z, y)
    assert b == [0, 1, 3, 4]
    assert [sum(wj * max(t - bj, 0) for wj, bj in zip(w, b, strict=True)) for t in z] == y
    data = images()
    with pytest.raises(ValueError, match="two images have one projection"):
        fixture.write_fixture(tmp_path / "n.npz", tmp_path / "d.csv", data.inputs[[0, 0]], data.labels[[0, 0]])


def test_exact_and_float32_evaluation_differ_and_the_audit_says_where(tmp_path):
    """The audit is not vacuous: weights of which both arithmetics say something else."""
    network, dataset = tmp_path / "network.npz", tmp_path / "data.csv"
    numpy.savez(network, W1=numpy.eye(3, dtype="f4"), b1=numpy.zeros(3, "f4"),
                W2=numpy.array([[2**24, 1, -(2**24)], [0, 0.5, 0]], "f4"), b2=numpy.zeros(2, "f4"))  # fmt: skip
    dataset.write_text("1,1,1,0\n0,1,0,0\n1,0,1,1\n", encoding="ascii")
    audit = certify(network, dataset)
    assert (audit.verdict, audit.failing, audit.differing) == ("REFUTED", {"real": 1, "float32": 2}, [1])
    assert (audit.margin, audit.row) == (None, None)


@pytest.mark.parametrize(
    ("labels", "verdict", "failing", "count", "first"),
    [
        ("true-labels", "CERTIFIED", {"real": 0, "float32": 258}, 258, [2, 3, 4, 7, 26]),
        ("random-labels", "REFUTED", {"real": 1045, "float32": 917}, 600, [4, 6, 8, 9, 10]),
    ],
)
def test_exact_and_float32_evaluation_of_the_rounded_construction(labels, verdict, failing, count, first, tmp_path):
    """No BLAS and no chance that varies: the same rows on every machine, by the checker and by NumPy."""
    pytest.importorskip("sklearn")
    source = variants.digits()
    pixels = numpy.concatenate([source.inputs, source.test_inputs])
    column = numpy.concatenate([source.labels, source.test_labels])
    column = fixture.random_labels(len(column)) if labels == "random-labels" else column
    network, dataset = tmp_path / "construction.npz", tmp_path / "data.csv"
    outputs = fixture.write_fixture(network, dataset, pixels, column)
    audit = certify(network, dataset, "within:1/2")
    assert (audit.verdict, audit.failing) == (verdict, failing)
    assert len(audit.differing) == count and audit.differing[:5] == first
    assert fixture.write_rows(tmp_path / "rows.csv", column, outputs) == audit.differing
    with (tmp_path / "rows.csv").open(encoding="ascii") as file:
        rows = list(csv.DictReader(file))
    wrong = [sum(row[name] == "no" for row in rows) for name in ("exact_within_half", "float32_within_half")]
    assert wrong == [failing["real"], failing["float32"]]


def test_the_whole_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(__main__, "digits", images)
    monkeypatch.setattr(__main__, "QUICK", ("true-labels", "random-labels"))
    assert __main__.main(["--quick", "--samples", "20", "-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == [
        *("mlp true-labels", "mlp random-labels"),
        *("construction true-labels", "construction random-labels", "constructions", "report"),
    ]
    assert said[0].count("CERTIFIED, smallest exact margin") == 1
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f"<td>{name}</td>" in page for name in ("zhang", "yun", "vardi", "interpolant", "float64"))
    assert page.count("CERTIFIED") == 4 and not re.search(r"(src|href)=\"http|@import|<script|<link", page)
    with (tmp_path / "curves.csv").open(encoding="ascii") as file:
        assert {row["data"] for row in csv.DictReader(file)} == {"true-labels", "random-labels"}
    assert (tmp_path / "mlp-true-labels.certificate.json").exists()


def test_wrong_options_are_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(__main__, "digits", images)
    for samples in ("0", "-1", "nan", "99999"):
        with pytest.raises(SystemExit) as stopped:
            __main__.main([f"--samples={samples}", "-o", str(tmp_path)])
        said = capsys.readouterr()
        assert stopped.value.code == 2 and said.err.count("\n") == 1 and not said.out
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be made a folder"):
        __main__.main(["--samples=20", "-o", str(tmp_path / "file")])


def test_the_run_reports_what_was_not_certified(tmp_path, monkeypatch):
    monkeypatch.setattr(__main__, "digits", images)
    monkeypatch.setattr(__main__, "QUICK", ("true-labels",))
    monkeypatch.setattr(__main__, "train", lambda *given: training.train(*given, epochs=1))
    assert __main__.main(["--quick", "--samples", "20", "-o", str(tmp_path)]) == 1


def test_the_digits_are_scikit_learns():
    pytest.importorskip("sklearn")
    source = variants.digits()
    pixels = numpy.concatenate([source.inputs, source.test_inputs])
    labels = numpy.concatenate([source.labels, source.test_labels])
    assert pixels.shape == (1797, 64) and pixels.sum() == 561718
    assert numpy.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    z = pixels @ fixture.projection(64)
    assert len(set(z.tolist())) == 1797 and z.max() < 2**24
    assert isinstance(steps.ReLU().forward(pixels), numpy.ndarray) and replace(source).first(5).labels.shape == (5,)
