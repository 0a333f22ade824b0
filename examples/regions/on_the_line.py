"""python examples/regions/on_the_line.py NETWORK ONE_INPUT: the network as a function of t = p.x alone.

NETWORK's first layer has the same row p for every neuron, as Theorem 3's networks have; ONE_INPUT has the weight 1.
"""

import sys
from dataclasses import replace
from fractions import Fraction

from checker.console import run
from checker.errors import InputError
from checker.files import write_text
from checker.formats import read_network
from checker.formats.native import network_text
from checker.network import Network


def main(path: str, output: str) -> int:
    """Writes the network of one input. Fails: InputError when the first layer does not read p.x alone."""
    first, *others = read_network(path).value.layers
    if len(set(first.weights)) != 1:
        raise InputError(path, "layers[0].weights", "its rows are not all the same")
    line = replace(first, weights=((Fraction(1),),) * first.width)
    write_text(output, network_text(Network((line, *others))) + "\n", (path,))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python examples/regions/on_the_line.py NETWORK ONE_INPUT")
    run(lambda: main(*sys.argv[1:]), "on_the_line")
