"""Reports: one page, well formed, harmless whatever the files say, the same every time, and no larger than stated."""

import json
import re
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from checker.formats.native import network_text
from checker.network import Layer, Network
from checker.report.line_function import TooLongError, line_function, projection
from checker.report.markup import Markup, tag
from checker.report.plot import Box, short
from tests.checker.examples import NETWORK, POINTS
from tests.checker.test_commands import first_line, refused

SVG = "{http://www.w3.org/2000/svg}svg"
HOSTILE = "<script>alert('x')</script>&\"\u2028\x1b.json"


def network(*layers):
    """A network of (weights, bias) with ReLU behind all but the last."""
    activations = ["relu"] * (len(layers) - 1) + ["identity"]

    def exact(numbers):
        return tuple(map(Fraction, numbers))

    return Network(
        tuple(
            Layer(tuple(map(exact, weights)), exact(bias), activation)
            for (weights, bias), activation in zip(layers, activations, strict=True)
        )
    )


PROJECTED = network(([[1, 2], [1, 2]], [0, -3]), ([[1, -3], [-1, 1]], [-1, 2]), ([[1, -1], [0, 2]], ["1/3", 5]))
CLASSES = network(([[1, 0], [0, 1]], [0, 0]), ([[1, -1], [-1, 1], [0, 0]], [0, 0, "1/4"]))


class Tags(HTMLParser):
    """All tags, attributes and texts of a page; fails on one that is not closed."""

    def __init__(self, page):
        super().__init__()
        self.open, self.names, self.attributes = [], set(), []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def read(path):
    """The page as a tree, after everything that holds of every page was checked."""
    page = path.read_bytes().decode("ascii")
    assert page.startswith("<!DOCTYPE html>\n")
    tree = ElementTree.fromstring(page.split("\n", 1)[1])
    tags = Tags(page)
    assert not tags.names & {"script", "link", "img", "iframe", "object", "embed", "form", "a", "base", "foreignobject"}
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "href", "style")]
    assert set(re.findall(r"https?:[^\"\s]*", page)) <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in page and "@import" not in page
    identities = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    for drawing in tree.iter(SVG):
        if drawing.get("aria-hidden") != "true":
            assert drawing.get("role") == "img"
            title, about = list(drawing)[:2]
            assert drawing.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
            assert title.text and about.text
    return tree


def said(tree):
    return " ".join(" ".join(tree.itertext()).split())


def points(rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def test_certificate(folder, pair, command):
    command("certify", *pair, "-o", "certificate.json")
    done = command("report", "certificate.json", *pair, "-o", "page.html", python=("-S",))
    assert done.returncode == 0 and first_line(done).startswith("CERTIFIED zero-error") and done.stderr == b""
    text = said(read(folder / "page.html"))
    statement = json.loads((folder / "certificate.json").read_text())
    for subject in statement["subject"]:
        assert subject["name"] in text and subject["digest"]["sha256"] in text
    for part in ("network", "dataset"):
        assert statement["predicate"][part]["contentSha256"] in text
    assert "every field recomputed, and equal" in text and "smallest |preactivation| 1/2" in text
    assert "1 breakpoints of the first layer, 0 knots" in text


def test_refutation(folder, file, command):
    files = file("network.json", NETWORK), file("points.csv", POINTS.replace("3/2", "2") + "2,3\n")
    done = command("report", *files, "-o", "page.html")
    assert done.returncode == 1 and first_line(done).startswith("REFUTED")
    tree = read(folder / "page.html")
    assert tree.find(".//h1").get("class") == "refuted"
    assert "Row 2, output 1" in said(tree) and "Row 3" not in said(tree)
    assert "expected 2 obtained 3/2 difference -1/2" in said(tree)
    done = command("report", *files, "--all", "-o", "page.html", "-q")
    assert "Row 3, output 1: expected 3, obtained 5/2" in said(read(folder / "page.html"))
    assert len(done.stdout.splitlines()) == 1


def test_certificate_that_does_not_hold(folder, pair, file, command):
    command("certify", *pair, "-o", "certificate.json")
    refused(command("report", "certificate.json", pair[0], file("others.csv", "0,1\n"), "-o", "page.html"), "sha256")
    assert not (folder / "page.html").exists()


def forged(folder, pair, file, command, *mode, weight):
    """The certificate of the pair, said to be of the network with this output weight; and that network."""
    command("certify", *pair, "-o", "certificate.json", *mode)
    wrong = file(
        "wrong.json", NETWORK.replace('["1"], "activation": "identity"', f'["{weight}"], "activation": "identity"')
    )
    old, new = (sha256((folder / name).read_bytes()).hexdigest() for name in (pair[0], wrong))
    file("forged.json", (folder / "certificate.json").read_text().replace(old, new))
    return "forged.json", wrong


def test_forged_certificate(folder, pair, file, command):
    files = forged(folder, pair, file, command, weight="2")
    done = command("report", *files, pair[1], "--all", "-o", "page.html")
    assert done.returncode == 1 and first_line(done).startswith("REFUTED")
    text = said(read(folder / "page.html"))
    assert "forged.json: IT DOES NOT HOLD" in text and "failing rows 2" in text


def test_certificate_that_cannot_be_decided_anew(folder, pair, file, command):
    files = forged(folder, pair, file, command, "--mode", "float64", weight="1/3")
    done = command("report", *files, pair[1], "-o", "page.html")
    assert done.returncode == 3 and first_line(done).startswith("UNKNOWN")
    assert "forged.json: not verified: the claim could not be decided anew" in said(read(folder / "page.html"))


@pytest.mark.parametrize("option", [("--mode", "float64"), ("--numbers", "float32"), ("--claim", "within:1")])
def test_options_that_the_certificate_does_not_make(folder, pair, command, option):
    command("certify", *pair, "-o", "certificate.json")
    done = command("report", "certificate.json", *pair, *option, "-o", "page.html")
    refused(done, "certificate.json: predicate.", "expected")
    assert not (folder / "page.html").exists()


def test_options_that_the_certificate_makes(folder, pair, command):
    command("certify", *pair, "--claim", "within:1/2", "--mode", "float64", "-o", "certificate.json")
    asked = ("--claim", "within:0.5", "--mode", "float64", "--outputs", "1", "--json")
    done = command("report", "certificate.json", *pair, *asked, "-o", "page.html")
    assert json.loads(done.stdout)["report"] == "page.html"
    assert "no operation rounds" in said(read(folder / "page.html"))


def test_several_outputs(folder, file, command):
    rows = [(x, y, *PROJECTED.preactivations((Fraction(x), Fraction(y)))[-1]) for x in range(3) for y in range(2)]
    files = file("network.json", network_text(PROJECTED)), file("points.csv", points(rows))
    done = command("report", *files, "--outputs", "2", "-o", "page.html")
    assert done.returncode == 0, done.stderr
    tree = read(folder / "page.html")
    assert "t = p.x with p = (1, 2)" in said(tree)
    graphs = [drawing for drawing in tree.iter(SVG) if drawing.get("class") == "graphs"]
    assert len(graphs) == 2
    assert [len([e for e in graph.iter() if e.get("class") == "right"]) for graph in graphs] == [6, 6]


def test_argmax_and_no_projection(folder, file, command):
    files = file("network.json", network_text(CLASSES)), file("points.csv", points([(1, 0, 0), (0, 1, 1), (0, 0, 1)]))
    done = command("report", *files, "--claim", "argmax", "-o", "page.html")
    assert done.returncode == 1
    text = said(read(folder / "page.html"))
    assert "label's output 0 this output 1/4" in text
    assert "Not drawn: the network has several inputs" in text


def test_argmax_on_a_line(folder, file, command):
    one = network(([[1]], [0]), ([[1], [-1]], [0, 1]))
    files = file("network.json", network_text(one)), file("points.csv", points([(1, 0), (0, 1), (-1, 0)]))
    assert command("report", *files, "--claim", "argmax", "-o", "page.html").returncode == 1
    graphs = [drawing for drawing in read(folder / "page.html").iter(SVG) if drawing.get("class") == "graphs"]
    marks = [[e.get("class") for e in graph if e.get("class") in ("right", "wrong")] for graph in graphs]
    assert marks == [["right", "wrong"], ["right"]]


def test_both_arithmetics(folder, file, command):
    third = network(([[Fraction(1, 2**30)]], [1]), ([[1]], [0]))
    files = file("network.json", network_text(third)), file("points.csv", "1,1073741825/1073741824\n")
    done = command("report", *files, "--mode", "both-float32", "-o", "page.html")
    text = said(read(folder / "page.html"))
    assert done.returncode == 1 and "real: CERTIFIED, float32: REFUTED" in text and "float32 arithmetic" in text


def test_undecided(folder, file, command):
    third = NETWORK.replace('"1"', f'"{10**400}"', 1)
    done = command("report", file("n.json", third), file("points.csv", POINTS), "--mode", "float64", "-o", "page.html")
    assert done.returncode == 3
    assert read(folder / "page.html").find(".//h1").get("class") == "unknown"


def test_hostile_names(folder, file, command):
    name = HOSTILE.replace("/", "")
    files = file(name, NETWORK), file("<img src=x onerror=1>.csv", POINTS)
    done = command("report", *files, "-o", "<b>.html")
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 9, done.stdout
    assert "<script>alert('x')<script>&\" ?.json" in said(read(folder / "<b>.html"))


def test_markup_escapes_what_is_not_markup():
    assert tag("p", "<b>&", Markup("<i/>"), ['"'], id="'<") == '<p id="&#x27;&lt;">&lt;b&gt;&amp;<i/>&quot;</p>'


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("network.json", "bad.csv", "-o", "page.html"), "is not an exact number"),
        (("bad.json", "points.csv", "-o", "page.html"), "not JSON"),
        (("points.json", "network.json", "points.csv", "-o", "page.html"), "points.json"),
        (("network.json", "points.csv", "-o", "page.csv"), "a page's name ends in .html"),
        (("network.json", "points.csv", "-o", "missing/page.html"), "cannot be written"),
        (("network.json", "points.csv", "--claim", "almost", "-o", "page.html"), "almost"),
        (("network.json", "points.csv"), "-o"),
        (("network.json", "-o", "page.html"), "DATASET"),
    ],
)
def test_refusals_write_nothing(folder, pair, file, command, arguments, reason):
    file("bad.csv", "0,nan\n"), file("bad.json", "{"), file("points.json", "{}")
    before = sorted(folder.iterdir())
    refused(command("report", *arguments), reason)
    assert sorted(folder.iterdir()) == before


def test_the_same_page_every_time(folder, pair, command):
    for name in ("a.html", "b.html"):
        command("report", *pair, "-o", name, environment={"PYTHONHASHSEED": str(ord(name[0]))})
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_size_is_bounded(folder, file, command):
    wide = network(([[1]] * 300, range(0, -3000, -10)), ([[1] * 300], [0]))
    rows = [(x, 1) for x in range(0, 20_000, 2)]
    files = file("network.json", network_text(wide)), file("points.csv", points(rows))
    done = command("report", *files, "--all", "-q", "-o", "page.html")
    assert done.returncode == 1, done.stderr
    text = said(read(folder / "page.html"))
    assert (folder / "page.html").stat().st_size < 600_000
    assert "The first 500 of 10000; certify --all --json has all." in text
    assert "The first 60 of 10000 values of t are drawn." in text
    assert "Rows 1 to 200 of 10000, from the top, the first 256 of 300 neurons" in text
    assert "a square is the longest of a block of 5 x 1" in text


def test_a_gap_between_layers_is_not_counted_as_a_neuron(folder, file, command):
    wide = network(([[1]] * 200, [0] * 200), ([[1] * 200] * 100, [0] * 100), ([[1] * 100], [0]))
    command("report", file("n.json", network_text(wide)), file("points.csv", "0,0\n"), "-o", "page.html")
    text = said(read(folder / "page.html"))
    assert "Rows 1 to 1 of 1, from the top, the first 255 of 300 neurons" in text
    assert "0 of 255 neurons are on" in text


def test_pieces_are_those_of_the_output_drawn(folder, file, command):
    """Neuron 1 bends output 1 alone, neuron 2 none of them: its weights are 0."""
    bent = network(([[1], [1]], [0, -1]), ([[1, 0], [0, 0]], [0, 0]))
    files = file("n.json", network_text(bent)), file("points.csv", "-3,0,0\n3,3,0\n")
    command("report", *files, "--outputs", "2", "-o", "page.html")
    text = said(read(folder / "page.html"))
    assert "Output 1, t from -33/10 to 33/10: 2 pieces" in text
    assert "Output 2, t from -33/10 to 33/10: 1 pieces" in text
    assert "2 breakpoints of the first layer" in text


def test_rows_that_floats_do_not_evaluate_are_not_counted_as_evaluated(folder, file, command):
    files = file("n.json", network_text(network(([[1]], [0])))), file("points.csv", "1,1\n1/3,1/3\n")
    for mode, count in (("float64", 1), ("both", 2), ("real", 2)):
        command("report", *files, "--mode", mode, "-o", "page.html")
        assert f"2 given, 2 distinct inputs, {count} evaluated" in said(read(folder / "page.html"))


def test_a_network_of_images_has_a_page(folder, file, command):
    pool = '{"type": "max-pool", "input": ["1", "2", "2"], "window": ["1", "2"], "stride": ["1", "1"]}'
    kernel = '"weights": [[[["3"], ["-1"]]]], "bias": ["0"], "activation": "relu", "input": ["1", "2", "1"]'
    kernel = f'{{"type": "convolution", {kernel}, "stride": ["1", "1"], "padding": ["0", "0"]}}'
    last = '{"weights": [["1"]], "bias": ["0"], "activation": "identity"}'
    text = f'{{"format": "exact-relu-network/1", "layers": [{pool}, {kernel}, {last}]}}'
    files = file("n.json", text), file("points.csv", "1,2,3,4,2\n")
    done = command("report", *files, "-o", "page.html")
    assert first_line(done).startswith("CERTIFIED"), done.stderr
    shown = said(read(folder / "page.html"))
    assert "Layer 2, its kernel: 1 neurons of 2 weights and a bias; 1 to 3 bits, 6 in all." in shown
    assert "Layer 3: 1 neurons of 1 weights and a bias" in shown and "Max pooling has no parameters." in shown


def test_long_numbers_are_cut(folder, file, command):
    long = NETWORK.replace('"bias": ["1"]', f'"bias": ["{"9" * 5000}"]')
    command("report", file("n.json", long), file("points.csv", POINTS), "--all", "-o", "page.html")
    assert "characters)" in said(read(folder / "page.html")) and (folder / "page.html").stat().st_size < 20_000


def test_line_function_is_the_network():
    function = line_function(PROJECTED, Fraction(-2), Fraction(7))
    assert function.breakpoints == (0, 3) and len(function.ends) == len(function.outputs)
    for a, b in pairwise(function.ends):
        for t in (a, (2 * a + b) / 3, b):
            left, right = (function.outputs[function.ends.index(end)] for end in (a, b))
            drawn = [v + (t - a) * (w - v) / (b - a) for v, w in zip(left, right, strict=True)]
            assert drawn == list(PROJECTED.preactivations((t, Fraction(0)))[-1])
    for t in function.knots:
        assert 0 in PROJECTED.preactivations((t, Fraction(0)))[1]


def test_which_networks_are_functions_of_one_projection():
    assert projection(PROJECTED) == (1, 2) and projection(CLASSES) is None
    assert projection(network(([[3], [5]], [0, 0]), ([[1, 1]], [0]))) == (1,)


def test_too_long_functions_are_refused():
    wide = network(([[1]] * 1200, range(-1200, 0)), ([[1] * 1200], [0]))
    tent = ([[1], [1]], [0, Fraction(-1, 2)])
    folded = ([[2, -4]] * 2, [0, Fraction(-1, 2)])
    few, many = (network(tent, *[folded] * k, ([[2, -4]], [0])) for k in (7, 13))
    assert len(line_function(few, Fraction(0), Fraction(1)).ends) == 2**8 + 1
    long = network(([[1]], [0]), ([[Fraction(1, 2**30_000_000)]] * 3, [0] * 3), ([[1] * 3], [0]))
    for refused_one, high, reason in ((wide, 1200, "416 pieces"), (many, 1, "4096 pieces"), (long, 1, "more work")):
        with pytest.raises(TooLongError, match=reason):
            line_function(refused_one, Fraction(0), Fraction(high))


def test_a_polyline_is_cut_off_where_it_leaves_the_box():
    box = Box(Fraction(0), Fraction(4), Fraction(0), Fraction(2))
    path = box.path([(Fraction(0), Fraction(-2)), (Fraction(2), Fraction(2)), (Fraction(4), Fraction(10**40))])
    assert path == "M180.00 320.00L360.00 0.00L360.00 0.00"
    assert box.path([(Fraction(0), Fraction(3)), (Fraction(4), Fraction(5))]) == ""


def test_short_numbers_are_exact():
    assert (short(Fraction(1, 3)), short(Fraction(10**13, 7))) == ("1/3", "about 1.42857e+12")
