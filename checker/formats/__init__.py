"""Files to networks and datasets, and back (FORMAT.md). The format is chosen by the file's name alone."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from checker.convolution import require_dense
from checker.dataset import Dataset
from checker.errors import InputError
from checker.files import Lines, decoded, read_bytes
from checker.formats import native, npz, onnx_graph, parquet, safetensors_file, table
from checker.network import Network, Vector

NETWORKS = (".json", ".onnx", ".npz", ".safetensors")
DATASETS = (".csv", ".json", ".npz", ".parquet")

_TEXT = (".csv", ".json")
_NETWORK_READERS = {
    ".onnx": onnx_graph.parse_network,
    ".npz": npz.parse_network,
    ".safetensors": safetensors_file.parse_network,
}
_PICKLE = (
    "is pickled Python code, which is never opened: in PyTorch, safetensors.torch.save_file(model.state_dict(), ...)"
)
_KERAS = "is not read: save model.get_weights() as W1 (transposed: one row per neuron), b1, ... with numpy.savez"
_ADVICE = {
    ".pt": _PICKLE,
    ".pth": _PICKLE,
    ".pkl": "is pickled Python code, which is never opened: save the arrays W1, b1, ... with numpy.savez",
    ".h5": _KERAS,
    ".keras": _KERAS,
    ".npy": "one array is half a dataset: numpy.savez('points.npz', inputs=..., outputs=...) gives both one digest",
    **{f"{suffix}.gz": "is not read compressed" for suffix in (".onnx", ".npz", ".safetensors", ".parquet")},
}

Value = TypeVar("Value", Network, Dataset)


@dataclass(frozen=True)
class Source(Generic[Value]):
    """What a file says, and the SHA-256 of its bytes."""

    path: str
    sha256: str
    value: Value


def read_network(path: str) -> Source[Network]:
    """The network in a .json, .json.gz, .onnx, .npz or .safetensors file. Fails: InputError."""
    suffix = _require_suffix(path, "network", NETWORKS)
    data = read_bytes(path)
    network = (
        _NETWORK_READERS[suffix](path, data) if suffix != ".json" else native.parse_network(path, decoded(path, data))
    )
    return Source(path, hashlib.sha256(data).hexdigest(), network)


def read_dataset(path: str, numbers: str = "decimal", outputs: int | None = None) -> Source[Dataset]:
    """The dataset in a .csv or .json file (or either with .gz), or .npz or .parquet.

    outputs is the number of output columns; None: 1 in CSV and Parquet, whatever the file has in JSON and NPZ.
    numbers says how plain decimals are read (a key of checker.rational.NUMBERS).
    Fails: InputError.
    """
    with Points(path, numbers, outputs) as points:
        inputs, ys = zip(*points, strict=True)
    return Source(path, points.sha256, Dataset(inputs, ys))


class Points:
    """The points (inputs, outputs) of a dataset file, read once, in the order of its rows; a .csv file is streamed.

    position and size, in unit, say how far the reading is. sha256 is that of the file's bytes, known at the end.
    Making and iterating fail: InputError.
    """

    def __init__(self, path: str, numbers: str, outputs: int | None) -> None:
        self.path, self._numbers, self._outputs = path, numbers, outputs
        self._lines = Lines(path) if _require_suffix(path, "dataset", DATASETS) == ".csv" else None
        self.position, self.size, self.unit = (0, 0, "row") if self._lines is None else (0, self._lines.size, "B")
        self.sha256 = ""

    def __enter__(self) -> "Points":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._lines is not None:
            self._lines.close()

    def __iter__(self) -> Iterator[tuple[Vector, Vector]]:
        if self._lines is None:
            yield from self._at_once()
            return
        for point in table.points(self.path, self._lines, self._numbers, self._outputs or 1):
            self.position = self._lines.position
            yield point
        self.sha256 = self._lines.sha256

    def _at_once(self) -> Iterator[tuple[Vector, Vector]]:
        data = read_bytes(self.path)
        dataset = _parsed_dataset(self.path, data, self._numbers, self._outputs)
        self.size, self.sha256 = len(dataset), hashlib.sha256(data).hexdigest()
        for self.position, point in enumerate(zip(dataset.inputs, dataset.outputs, strict=True), 1):
            yield point


def read_pair(
    network_path: str, dataset_path: str, numbers: str, outputs: int | None
) -> tuple[Source[Network], Source[Dataset]]:
    """A network without pooling and a consistent dataset with as many inputs and outputs. Fails: InputError."""
    network, dataset = read_network(network_path), read_dataset(dataset_path, numbers, outputs)
    require_dense(network_path, network.value)
    require_consistent(dataset)
    n, m = network.value.widths[0], network.value.widths[-1]
    found = len(dataset.value.inputs[0]), len(dataset.value.outputs[0])
    if found != (n, m):
        raise InputError(
            dataset_path,
            "",
            f"{found[0]} inputs and {found[1]} outputs, but the network {network_path} has {n} and {m}",
        )
    return network, dataset


def require_consistent(source: Source[Dataset]) -> None:
    """No two rows have equal inputs and different outputs. Fails: InputError naming the first such rows."""
    conflict = source.value.conflict()
    if conflict:
        raise InputError(
            source.path,
            f"rows {conflict[0]} and {conflict[1]}",
            "equal inputs with different outputs: no function fits both",
        )


def content_sha256(value: Network | Dataset) -> str:
    """The SHA-256 of the canonical form: the same for every file that says the same."""
    text = native.network_text(value) if isinstance(value, Network) else native.dataset_text(value)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _parsed_dataset(path: str, data: bytes, numbers: str, outputs: int | None) -> Dataset:
    """The dataset in the bytes of a file that is read as a whole."""
    if path.endswith(".npz"):
        return npz.parse_dataset(path, data, outputs)
    if path.endswith(".parquet"):
        return parquet.parse_dataset(path, data, numbers, 1 if outputs is None else outputs)
    return native.parse_dataset(path, decoded(path, data), numbers, outputs)


def _require_suffix(path: str, kind: str, known: tuple[str, ...]) -> str:
    """The file's suffix, which is one of the known; .json and .csv may stand before .gz."""
    for suffix in known:
        if path.endswith(suffix) or suffix in _TEXT and path.endswith(f"{suffix}.gz"):
            return suffix
    for suffix, advice in _ADVICE.items():
        if path.endswith(suffix):
            raise InputError(path, "", advice)
    shown = ", ".join(f"{suffix}[.gz]" if suffix in _TEXT else suffix for suffix in known)
    raise InputError(path, "", f"not a {kind} file by its name (known: {shown})")
