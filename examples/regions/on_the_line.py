"""python -m examples.regions.on_the_line NETWORK ONE_INPUT: the network as a function of t = p.x alone.

NETWORK's first layer has the same row p for every neuron, as Theorem 3's networks have; ONE_INPUT has the weight 1.
"""

from dataclasses import replace
from fractions import Fraction

from checker.console import Parser, run
from checker.errors import InputError
from checker.files import write_text
from checker.formats import read_network
from checker.formats.native import network_text
from checker.network import Network

PROGRAM = "python -m examples.regions.on_the_line"


def main() -> int:
    """Writes the network of one input. Fails: InputError when the first layer does not read p.x alone."""
    parser = Parser(prog=PROGRAM, description="Write the network as a function of t = p.x alone.")
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument("output", metavar="ONE_INPUT")
    options = parser.parse_args()
    first, *others = read_network(options.network).value.layers
    if len(set(first.weights)) != 1:
        raise InputError(options.network, "layers[0].weights", "its rows are not all the same")
    line = replace(first, weights=((Fraction(1),),) * first.width)
    write_text(options.output, network_text(Network((line, *others))) + "\n", (options.network,))
    return 0


if __name__ == "__main__":
    run(main, PROGRAM)
