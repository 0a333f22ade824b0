"""The check of pages: broken ones are found fault with, each for its reason; the ones that we write are readable."""

import shutil
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from benchmarks.constructions import constructions, measured
from benchmarks.datasets import random_dataset
from examples.randomization import page as randomization
from examples.randomization.audit import Audit
from examples.randomization.page import FIVE
from examples.randomization.training import Trained
from reproduction import rendering, sizes
from reproduction.claims import claims, recorded
from reproduction.page import page
from reproduction.pictures import pictures
from reproduction.report import Report, software
from reproduction.run import Outcome
from tests.commands import ROOT, run

PATH = rendering.chromium()
needs_chromium = pytest.mark.skipif(PATH is None, reason="no Chromium on this machine")
GOOD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title><style>
:root {{ color-scheme: light dark }} {style}</style></head><body><h1>Heading</h1>{body}</body></html>"""


@pytest.fixture(scope="module")
def browser():
    with rendering.started(PATH) as browser:
        yield browser


def found(browser, path, body="", style=""):
    path.write_text(GOOD.format(body=body, style=style), encoding="ascii")
    return rendering.faults(browser, path)


SQUARE = '<rect width="9" height="9"/>'
WIDE = '<table><tr><td style="min-width: 2000px">wide</td></tr></table>'
FIGURE = (
    '<svg role="img" aria-label="said" viewBox="0 0 {0} 100" style="max-width: 100%"><text y="50">seen</text></svg>'
)


@needs_chromium
@pytest.mark.parametrize(
    ("body", "style", "reason"),
    [
        ("<script>nowhere()</script>", "", "a script fails: nowhere is not defined"),
        ("<script>console.log('so', 7)</script>", "", "the console shows: so 7"),
        ('<img alt="a" src="https://example.org/a.png">', "", "asks for https://example.org/a.png"),
        ('<img alt="a" src="beside.png">', "", "/beside.png"),
        ("", "h1 { background: url(https://example.org/b.png) }", "asks for https://example.org/b.png"),
        (WIDE, "", "px wide, by <table>"),
        (WIDE, "", "\nprinted: 20"),
        (f'<div style="overflow-x: auto">{WIDE}</div>', "", "printed: <div> cuts off 1"),
        (f'<div style="overflow-x: hidden">{WIDE}</div>', "", "at 360 px: <div> cuts off 1"),
        (f"<svg id='s'>{SQUARE}</svg>", "", "<svg id=s> has no alternative text"),
        (f"<svg aria-label='named, and no picture'>{SQUARE}</svg>", "", "<svg> has no alternative text"),
        (f"<svg role='img' aria-labelledby='nobody'>{SQUARE}</svg>", "", "<svg> has no alternative text"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "", "<img> has no alternative text"),
        ('<p style="color: #999">faint</p>', "", 'light: contrast 2.85, less than 4.5: "faint"'),
        ('<p style="opacity: .4">faint</p>', "", 'light: contrast 2.85, less than 4.5: "faint"'),
        ('<p style="color: #333">dark</p>', "", 'dark: contrast 1.48, less than 4.5: "dark"'),
        ('<p style="background: #000">x</p>', "", 'light: contrast 1.00, less than 4.5: "x"'),
        ("<details>a<p style='color: #eee'>in it</p></details>", "", 'less than 4.5: "in it"'),
        (
            "<svg role='img' aria-label='a'><rect width='99' height='99'/><text y='50'>seen</text></svg>",
            "",
            'contrast 1.00, less than 4.5: "seen"',
        ),
        ("", "html { background: #fff; color: #000 }", "dark: the page is light"),
        ("", "@media print { h1 { color: #ddd } }", 'printed: contrast 1.36, less than 4.5: "Heading"'),
        ("<p style='font-size: 6px'>tiny</p>", "", 'at 360 px: text of 6.0 px: "tiny"'),
        (FIGURE.format(1600), "svg text { font: 16px serif; fill: currentColor }", "at 360 px: text of 3.4 px"),
        ("<p>a</p>" * 9, "@media print { p { break-after: page } }", "printed: 9 pages, expected from 1 to 2"),
    ],
)
def test_a_broken_page_is_found_fault_with(browser, tmp_path, body, style, reason):
    assert reason in "\n".join(found(browser, tmp_path / "page.html", body, style))


@needs_chromium
def test_a_good_page_is_not(browser, tmp_path):
    body = "<p>text</p><details><summary>more</summary><p>in it</p></details><svg aria-hidden='true'></svg>"
    body += FIGURE.format(300) + "<script>1 + 1</script>" + f'<div class="wide">{WIDE.replace("2000", "600")}</div>'
    assert found(browser, tmp_path / "page.html", body, ".wide { overflow-x: auto } svg { fill: currentColor }") == []


@needs_chromium
def test_the_first_faults_of_many_are_told(browser, tmp_path):
    told = found(browser, tmp_path / "page.html", "<svg></svg>" * 12)
    assert told == ["<svg> has no alternative text"] * 5 + ["and 7 more"]


@needs_chromium
def test_the_pages_of_checker_report(browser, tmp_path):
    network, shown = tmp_path / "network.json", tmp_path / "page.html"
    assert run("symbolic", "construct", "examples/article.csv", "--widths", "3,3", "-o", network).returncode == 0
    for bias, code in (("16", 0), ("15", 1)):
        network.write_text(network.read_text().replace('"bias":["16"]', f'"bias":["{bias}"]'))
        done = run("checker", "report", network, "examples/article.csv", "--all", "-o", shown)
        assert done.returncode == code, done.stderr
        assert rendering.faults(browser, shown) == []


@needs_chromium
def test_the_report_of_the_reproduction(browser, tmp_path, monkeypatch):
    """Of all claims, with figures that were recorded, some failed; with every picture."""
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(sizes, "SIZES", dict.fromkeys(sizes.SIZES, (2, 4)))
    table, figures = claims(), recorded()["claims"]
    shutil.copy(ROOT / "examples/regions/montufar.svg", tmp_path / "regions.svg")
    outcomes = []
    for number, claim in enumerate(table):
        known = figures.get(claim.id, {"seconds": 0.0, "memory": 0.0})
        reason = "" if number % 9 else "exit code 3 of: a command"
        figures_of = known["seconds"], known["memory"]
        outcomes.append(Outcome(claim.id, not reason, *figures_of, claim.exit, claim.expect, reason, "said " * 60))
    report = Report("a machine", software(), "today", 60.0, tuple(table), tuple(outcomes))
    drawn = list(pictures(tmp_path, {claim.id for claim in table}))
    assert len(drawn) == 5 and all(picture.svg for picture in drawn)
    for name, found, shown in (("all", report, drawn), ("some", replace(report, outcomes=tuple(outcomes[:3])), [])):
        (tmp_path / f"{name}.html").write_text(page(found, shown), encoding="ascii")
        assert rendering.faults(browser, tmp_path / f"{name}.html") == []


@needs_chromium
def test_the_report_of_the_randomization_tests(browser, tmp_path):
    """With the widest tables there are, of networks that nobody trained."""
    pytest.importorskip("matplotlib")
    curve = [(epoch, 2.5 / epoch, epoch / 60) for epoch in range(1, 61)]
    audit = Audit("CERTIFIED", Fraction(1, 300), 1234, {"real": 0, "float32": 258}, [*range(1, 1500)], 1500, 12.3)
    names = [*FIVE, "random-labels-50"]
    results = [(name, Trained(kind, [], curve, 0.75, 123.4), audit) for kind in ("mlp", "cnn") for name in names]
    compared = list(measured(random_dataset(9), constructions(9)))
    text = randomization.page(results, 1500, dict.fromkeys(("true-labels", "random-labels"), audit), compared)
    randomization.write(tmp_path / "index.html", text)
    assert rendering.faults(browser, tmp_path / "index.html") == []


def command(*pages, **options):
    line = [sys.executable, "-m", "reproduction.rendering", *map(str, pages)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, **options)


@needs_chromium
def test_the_command(tmp_path):
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(GOOD.format(body="", style=""))
    bad.write_text(GOOD.format(body="<svg></svg>", style=""))
    done = command(good, bad)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"REFUTED 1 faults in 2 pages\n{bad}: <svg> has no alternative text\n"


def test_the_answer_without_a_fault(capsys):
    assert (rendering._answer([], 2), capsys.readouterr().out) == (0, "CERTIFIED 2 pages without a fault\n")


def test_the_command_without_a_page_or_a_chromium(tmp_path):
    done = command(tmp_path / "none.html")
    assert (done.returncode, done.stdout) == (2, "") and "none.html: no such file" in done.stderr
    (tmp_path / "page.html").write_text("<p>")
    done = command(tmp_path / "page.html", env={"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (3, "UNKNOWN 1 pages: no Chromium on this machine\n")


def test_a_chromium_that_ends_at_once_is_one_line(tmp_path):
    (tmp_path / "chromium").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "chromium").chmod(0o755)
    (tmp_path / "page.html").write_text("<p>")
    done = command(tmp_path / "page.html", env={"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.endswith("chromium: does not start\n")
