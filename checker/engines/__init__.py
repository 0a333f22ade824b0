"""Fast engines: the judge's answer on a dataset, by other ways (FORMAT.md, Engines).

An engine takes a network and a claim and gives a function from a dataset to what `checker.judge.decided` answers on
it, in every field. The judge stays the reference; nothing here is believed for being fast, and the tests compare.
"""

from collections.abc import Callable
from functools import partial

from checker.claim import ZERO_ERROR, Claim
from checker.console import Disagreement
from checker.dataset import Dataset
from checker.engines import hinges, integer, line
from checker.judge import Certified, Refuted, decided
from checker.network import Network

Engine = Callable[[Dataset], Certified | Refuted]
ENGINES = ("judge", "line", "integer", "all")
"""`all`: every one that applies, one after the other, and they have to agree."""
JUDGED_PRODUCTS = 1_000_000
"""Up to so many products of a weight and an activation, `auto` is the judge."""


def chosen(network: Network, points: int | None) -> str:
    """The engine that `auto` stands for; points is None when there are too many to count beforehand."""
    products = sum(layer.products for layer in network.layers)
    if points is not None and products * points <= JUDGED_PRODUCTS:
        return "judge"
    return "line" if _on_a_line(network) else "integer"


def prepared(engine: str, network: Network, claim: Claim = ZERO_ERROR) -> Engine:
    """This engine for this network and claim.

    Fails: NotOnALineError when the engine is `line` and does not apply.
    """
    if engine == "all":
        names = ["judge", "line", "integer"] if _on_a_line(network) else ["judge", "integer"]
        return partial(_agreed, {name: prepared(name, network, claim) for name in names})
    if engine == "judge":
        return partial(decided, network, claim=claim)
    if engine == "line" and hinges.applies(network):
        return hinges.prepared(network, claim)
    return {"line": line.prepared, "integer": integer.prepared}[engine](network, claim)


def _on_a_line(network: Network) -> bool:
    return hinges.applies(network) or line.applies(network)


def _agreed(engines: dict[str, Engine], dataset: Dataset) -> Certified | Refuted:
    """What all of these engines answer. Fails: Disagreement when they do not answer the same."""
    answers = {name: engine(dataset) for name, engine in engines.items()}
    for name, answer in answers.items():
        if answer != answers["judge"]:
            raise Disagreement(f"judge: {answers['judge']}, {name}: {answer}")
    return answers["judge"]
