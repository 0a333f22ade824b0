"""Networks to files of other formats: the same network exactly, or one that says it is another (FORMAT.md, Export)."""

import argparse
import json
from collections.abc import Callable
from fractions import Fraction

from checker.convolution import Convolution, require_dense
from checker.dataset import Dataset
from checker.errors import InputError, printable, quoted
from checker.files import write_bytes, write_text
from checker.formats import (
    content_sha256,
    native,
    npz,
    onnx_file,
    read_network,
    read_pair,
    safetensors_file,
    smt2,
    vnnlib,
)
from checker.network import Layer, Network
from checker.rational import NUMBERS, NumberError, format_rational, nearest_binary

_BINARY = {"onnx": onnx_file, "npz": npz, "safetensors": safetensors_file}
_CLAIMS = {"smt2": smt2.claim_text, "vnnlib": vnnlib.claim_text}
TARGETS = (*_BINARY, *_CLAIMS, "native")


def export(options: argparse.Namespace) -> int:
    """Writes the network, or the claim about it and a dataset, to options.output. Fails: InputError."""
    network, dataset = _read(options)
    exported, changed = network, 0
    if options.round is not None:
        exported, changed = rounded(options.network, network, options.round)
    elif options.to != "native" and any(isinstance(layer, Convolution) for layer in network.layers):
        exported = _mapped(network, lambda place, q: q)
    to, dtype = options.to, options.round or options.dtype or "float64"
    inputs = tuple(path for path in (options.network, options.dataset) if path is not None)
    if to in _BINARY:
        _require_form(options.network, exported, to)
        require_representable(options.network, exported, dtype)
        write_bytes(options.output, _BINARY[to].network_bytes(options.output, exported, dtype), inputs)
    elif dataset is not None:
        write_text(options.output, _CLAIMS[to](options.network, exported, options.dataset, dataset), inputs)
    else:
        write_text(options.output, native.network_text(exported) + "\n", inputs)
    _say(options, network, exported, changed)
    return 0


def rounded(path: str, network: Network, dtype: str) -> tuple[Network, int]:
    """The network of the floating-point numbers nearest to this one's, and how many numbers that changed.

    Fails: InputError where a number is too large for the type.
    """
    changed = 0

    def nearest(place: str, q: Fraction) -> Fraction:
        nonlocal changed
        try:
            near = nearest_float(q, dtype)
        except NumberError as error:
            raise InputError(path, place, str(error)) from None
        changed += near != q
        return near

    return _mapped(network, nearest), changed


def require_representable(path: str, network: Network, dtype: str) -> None:
    """Every number of the network is a finite number of the type. Fails: InputError naming the first that is not."""

    def same(place: str, q: Fraction) -> Fraction:
        try:
            if nearest_float(q, dtype) == q:
                return q
        except NumberError:
            pass
        shown = quoted(format_rational(q))
        raise InputError(
            path, place, f"{shown} is not a {dtype} number (--round {dtype} writes the nearest network, another one)"
        )

    _mapped(network, same)


def nearest_float(q: Fraction, dtype: str) -> Fraction:
    """The number of the type nearest to q, ties to even. Fails: NumberError when q is too large.

    >>> nearest_float(Fraction(-1, 3), "float32")
    Fraction(-11184811, 33554432)
    """
    precision, greatest = NUMBERS[dtype]  # type: ignore[misc]
    near = nearest_binary(abs(q), precision, greatest)
    return -near if q < 0 else near


def _mapped(network: Network, change: Callable[[str, Fraction], Fraction]) -> Network:
    """The network of the changed numbers, every convolution as its matrix."""
    layers = []
    for k, layer in enumerate(network.layers, 1):
        weights = tuple(
            tuple(change(f"layer {k}, neuron {i}, weight {j}", q) for j, q in enumerate(row, 1))
            for i, row in enumerate(layer.weights, 1)
        )
        bias = tuple(change(f"layer {k}, neuron {i}, bias", q) for i, q in enumerate(layer.bias, 1))
        layers.append(Layer(weights, bias, layer.activation))
    return Network(tuple(layers))


def _read(options: argparse.Namespace) -> tuple[Network, Dataset | None]:
    if options.to in _CLAIMS:
        if options.dataset is None:
            raise InputError(options.network, "", f"--to {options.to} states zero error: which DATASET?")
        network, dataset = read_pair(options.network, options.dataset, options.numbers, options.outputs)
        result: tuple[Network, Dataset | None] = network.value, dataset.value
    elif options.dataset is not None:
        raise InputError(options.dataset, "", f"--to {options.to} holds a network alone, no DATASET")
    else:
        result = read_network(options.network).value, None
        if options.to != "native" or options.round is not None:
            require_dense(options.network, result[0])
    if options.dtype is not None and (options.to not in _BINARY or options.round not in (None, options.dtype)):
        raise InputError(options.network, "", f"--dtype {options.dtype} does not go with the other options")
    return result


def _require_form(path: str, network: Network, to: str) -> None:
    """The format can say the network's activations. Fails: InputError."""
    known = ("relu", "identity") if to == "onnx" else ("relu",)
    for k, layer in enumerate(network.layers[:-1], 1):
        if layer.activation not in known:
            raise InputError(path, f"layer {k}", f"{to} cannot say a hidden layer with activation {layer.activation}")


def _say(options: argparse.Namespace, network: Network, exported: Network, changed: int) -> None:
    digests = content_sha256(exported), content_sha256(network)
    if options.json:
        content = {"file": options.output, "format": options.to, "contentSha256": digests[0]}
        print(json.dumps(content | {"sourceContentSha256": digests[1], "changed": changed, "rounded": options.round}))
        return
    about = "the same network, exactly"
    if digests[0] != digests[1]:
        about = "the same network, exactly, its convolutions as matrices"
    if options.to in _CLAIMS:
        about = f"unsat says zero error at every row of {printable(options.dataset)}"
    if changed:
        about = f"ANOTHER network: {changed} numbers changed to the nearest {options.round}; certify it anew"
    print(f"{printable(options.output)}: {options.to}, {about}")
    print(f"content  sha256 {digests[0]}")
