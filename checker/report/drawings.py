"""The page's drawings of a network and its dataset, each with what it leaves out."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, pairwise

from checker.claim import Argmax
from checker.convolution import Convolution, MaxPool
from checker.dataset import Dataset
from checker.decision import Decision
from checker.network import Network
from checker.rational import format_rational
from checker.report import grids
from checker.report.line_function import LineFunction, Point, TooLongError, line_function, projected, projection
from checker.report.markup import Markup, shortened, tag
from checker.report.plot import box, drawing, short

POINTS = 60
"""The graph goes through the first so many projected inputs."""
OUTPUTS = 10
LAYERS = 16


def drawings(network: Network, decision: Decision) -> Iterator[Markup]:
    """Those that go with the network; a sentence in the place of one that does not."""
    if decision.kept is None:
        yield tag("section", tag("h2", "Drawings of the data"), tag("p", "None: the dataset was not kept in memory."))
    else:
        yield tag("section", tag("h2", "The function through the data"), _function(network, decision, decision.kept))
        yield tag("section", tag("h2", "Activation matrix"), _matrix(network, decision.kept))
    yield tag("section", tag("h2", "Bit lengths of the parameters"), _heat_maps(network))


def _function(network: Network, decision: Decision, dataset: Dataset) -> Iterator[Markup]:
    p = projection(network)
    if p is None:
        yield tag("p", "Not drawn: the network has several inputs and does not see them through one projection.")
        return
    ts = [projected(p, x) for x in dataset.inputs]
    distinct = sorted(set(ts))
    shown = distinct[:POINTS]
    room = (shown[-1] - shown[0]) / 20 or Fraction(1)
    try:
        function = line_function(network, shown[0] - room, shown[-1] + room)
    except TooLongError as error:
        yield tag("p", f"Not drawn: {error}.")
        return
    kinds = f"{len(function.breakpoints)} breakpoints of the first layer, {len(function.knots)} knots of deeper ones"
    part = "" if decision.coverage.rows == len(ts) else " Rows that were not evaluated any more are left out."
    part += "" if len(shown) == len(distinct) else f" The first {POINTS} of {len(distinct)} values of t are drawn."
    weights = shortened(f"({', '.join(format_rational(q) for q in p)})")
    about = f"t = p.x with p = {weights}. Between the ends drawn: {kinds}, computed exactly, in real arithmetic; only "
    yield tag("p", f"{about}the coordinates of the drawing are rounded.{part}")
    yield _key()
    rows = [k for k, t in enumerate(ts[: decision.coverage.rows]) if t <= shown[-1]]
    for output in range(min(network.widths[-1], OUTPUTS)):
        yield _graph(function, output, decision, [(k, ts[k]) for k in rows], dataset)
    if network.widths[-1] > OUTPUTS:
        yield tag("p", f"The first {OUTPUTS} of {network.widths[-1]} outputs are drawn.")


def _graph(
    function: LineFunction, output: int, decision: Decision, rows: list[tuple[int, Fraction]], dataset: Dataset
) -> Markup:
    """One output; of an argmax claim, with the rows whose label it is, on the graph."""
    graph = function.points(output)
    failing = {f.row - 1 for f in (*decision.coverage.failures, *decision.coverage.floating_failures)}
    places: dict[bool, list[Point]] = {False: [], True: []}
    for k, t in rows:
        if isinstance(decision.request.claim, Argmax):
            if dataset.outputs[k][0] == output:
                places[k in failing].append((t, _value(graph, t)))
        else:
            places[k in failing].append((t, dataset.outputs[k][output]))
    values = [v for _, v in (*places[False], *places[True])]
    area, cut = box(function.ends[0], function.ends[-1], values, [v for _, v in graph])
    knots = [(t, _value(graph, t)) for t in function.knots]
    count = f"{len(values)} data points, {len(places[True])} of rows at which the claim fails"
    about = f"Output {output + 1}, t from {short(area.low)} to {short(area.high)}: {_pieces(graph)} pieces, {count}."
    dots = places[False], places[True]
    figure = drawing(
        f"graph{output + 1}", (f"Output {output + 1}", about), area, graph, (function.breakpoints, knots), dots
    )
    said = f"{about} {'It goes on above or below what is drawn.' if cut else ''}"
    top = tag("div", tag("span", f"output {output + 1} up to {short(area.top)}"), class_="ends")
    ends = (f"t from {short(area.low)}", f"down to {short(area.bottom)}", f"t to {short(area.high)}")
    bottom = tag("div", [tag("span", end) for end in ends], class_="ends")
    return tag("figure", top, figure, bottom, tag("figcaption", said.strip()))


def _pieces(graph: list[Point]) -> int:
    """How many lines a polyline has: at a corner where only another output, or none, bends it goes on."""
    slopes = [(w - v) / (b - a) for (a, v), (b, w) in pairwise(graph)]
    return 1 + sum(before != behind for before, behind in pairwise(slopes))


def _value(graph: list[Point], t: Fraction) -> Fraction:
    """The value of a polyline at t, exactly."""
    low, high = 0, len(graph) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if graph[middle][0] <= t else (low, middle)
    (a, v), (b, w) = graph[low], graph[high]
    return v + (t - a) * (w - v) / (b - a)


def _key() -> Markup:
    kinds = {
        "M0 7H28": ("graph", "the network"),
        "M14 0V14": ("breakpoint", "breakpoint"),
        "M10 3h8v8h-8z": ("knot", "knot"),
        "M14 3a4 4 0 1 0 .01 0z": ("right", "data"),
        "M9 2l10 10m-10 0l10 -10": ("wrong", "data, claim fails"),
    }
    entries = []
    for steps, (name, text) in kinds.items():
        mark = tag("svg", tag("path", d=steps, class_=name), width=28, height=14, aria_hidden="true")
        entries.append(tag("span", mark, text, class_="key"))
    return tag("p", entries, class_="soft")


def _matrix(network: Network, dataset: Dataset) -> Iterator[Markup]:
    shown = grids.patterns(network, dataset)
    if not shown or not shown[0]:
        reason = "the network has no ReLU" if shown else "its numbers are too many or too long"
        yield tag("p", f"Not drawn: {reason}.")
        return
    neurons = len(shown[0].replace("/", ""))
    drawn = len(shown[0][: grids.NEURONS].replace("/", ""))  # a gap between layers takes the place of one
    cut = f", the first {drawn} of {neurons} neurons" if drawn < neurons else ""
    about = (
        f"Rows 1 to {len(shown)} of {len(dataset)}, from the top{cut}; one column for each ReLU neuron, layer by layer"
    )
    said = f"{about}; filled: preactivation > 0, in real arithmetic. At most {grids.ROWS} rows are drawn."
    yield tag("figure", grids.matrix(shown, len(dataset)), tag("figcaption", said))


def _heat_maps(network: Network) -> Iterator[Markup]:
    kernels = [layer.kernel if isinstance(layer, Convolution) else layer for layer in network.layers]
    lengths = {k: grids.bits(layer) for k, layer in enumerate(kernels, 1) if not isinstance(layer, MaxPool)}
    longest = max(max(map(max, layer)) for layer in lengths.values())
    said = "Numerator and denominator together; one line for each neuron, one square for each weight, behind them the"
    yield tag("p", f"{said} bias.")
    ends = tag("span", "few bits"), grids.legend(longest), tag("span", f"{longest} bits")
    yield tag("p", tag("span", ends, class_="key"), class_="soft")
    for k, layer in islice(lengths.items(), LAYERS):
        drawn, down, across = grids.heat_map(f"bits{k}", f"Bit lengths of layer {k}", layer, longest)
        block = f"; a square is the longest of a block of {down} x {across}" if down * across > 1 else ""
        counts = f"{min(map(min, layer))} to {max(map(max, layer))} bits, {sum(map(sum, layer))} in all"
        name = f"Layer {k}, its kernel" if isinstance(network.layers[k - 1], Convolution) else f"Layer {k}"
        size = f"{name}: {len(layer)} neurons of {len(layer[0]) - 1} weights and a bias"
        yield tag("figure", drawn, tag("figcaption", f"{size}; {counts}{block}."))
    if len(lengths) > LAYERS:
        yield tag("p", f"The first {LAYERS} of {len(lengths)} layers with parameters are drawn.")
    if len(lengths) < len(network.layers):
        yield tag("p", "Max pooling has no parameters.")
