"""Which file of statements uses which, as a picture: every file stands below all that it uses."""

from collections import defaultdict

from proofs.audit.report import by_file

WIDTH, HEIGHT, ACROSS, DOWN = 150, 26, 170, 70
STYLE = """
text { font: 13px sans-serif; text-anchor: middle; fill: #111 }
rect { fill: #fff; stroke: #345; rx: 5 }
path { stroke: #89a; fill: none }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } rect { fill: #223; stroke: #9ab } path { stroke: #678 }
}"""


def uses() -> dict[str, set[str]]:
    """The files, by name and in order, with the files whose statements they use."""
    theorems = by_file()[1]
    home = {theorem.name: name for name, made in theorems.items() for theorem in made}
    return {
        name: {home[source] for theorem in made for source in theorem.uses} - {name} for name, made in theorems.items()
    }


def direct(graph: dict[str, set[str]]) -> dict[str, set[str]]:
    """The uses that do not follow from the others: what a source of a file uses is not drawn again."""
    above: dict[str, set[str]] = {}
    for name, sources in graph.items():
        above[name] = sources.union(*(above[source] for source in sources))
    return {name: sources - set().union(*(above[source] for source in sources)) for name, sources in graph.items()}


def svg() -> str:
    """The picture as SVG text."""
    graph, depth, rows = direct(uses()), {}, defaultdict(list)
    for name, sources in graph.items():
        depth[name] = 1 + max((depth[source] for source in sources), default=-1)
        rows[depth[name]].append(name)
    widest = max(len(row) for row in rows.values())
    at = {
        name: (int((place + 0.5 + (widest - len(row)) / 2) * ACROSS), int((level + 0.5) * DOWN))
        for level, row in rows.items()
        for place, name in enumerate(row)
    }
    lines = [_line(at[source], at[name]) for name, sources in graph.items() for source in sorted(sources)]
    size = f"0 0 {widest * ACROSS} {len(rows) * DOWN}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img"><title>Which statement uses which</title>'
    )
    return "\n".join(
        [head, f"<style>{STYLE}</style>", *lines, *(_box(name, *at[name]) for name in graph), "</svg>", ""]
    )


def _line(source: tuple[int, int], name: tuple[int, int]) -> str:
    (x, y), (u, v) = (source[0], source[1] + HEIGHT // 2), (name[0], name[1] - HEIGHT // 2)
    return f'<path d="M{x} {y} C{x} {y + DOWN // 3} {u} {v - DOWN // 3} {u} {v}"/>'


def _box(name: str, x: int, y: int) -> str:
    place = f'x="{x - WIDTH // 2}" y="{y - HEIGHT // 2}" width="{WIDTH}" height="{HEIGHT}"'
    return f'<a href="theorems/{name}.py"><rect {place}/><text x="{x}" y="{y + 5}">{name}</text></a>'
