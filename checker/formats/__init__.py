"""Files to networks and datasets, and back (FORMAT.md). The format is chosen by the file's name alone."""

import hashlib
from dataclasses import dataclass
from typing import Generic, TypeVar

from checker.dataset import Dataset
from checker.errors import InputError
from checker.files import decoded, read_bytes
from checker.formats import native, table
from checker.network import Network

Value = TypeVar("Value", Network, Dataset)


@dataclass(frozen=True)
class Source(Generic[Value]):
    """What a file says, and the SHA-256 of its bytes."""

    path: str
    sha256: str
    value: Value


def read_network(path: str) -> Source[Network]:
    """The network in a .json or .json.gz file. Fails: InputError."""
    _require_suffix(path, "network", (".json",))
    data = read_bytes(path)
    return Source(path, hashlib.sha256(data).hexdigest(), native.parse_network(path, decoded(path, data)))


def read_dataset(path: str, numbers: str = "decimal", outputs: int | None = None) -> Source[Dataset]:
    """The dataset in a .csv or .json file (or either with .gz); outputs is the number of output columns.

    numbers says how plain decimals are read (a key of checker.rational.NUMBERS). outputs None: 1 in CSV, whatever the
    file has in JSON.
    Fails: InputError.
    """
    suffix = _require_suffix(path, "dataset", (".csv", ".json"))
    data = read_bytes(path)
    text = decoded(path, data)
    if suffix == ".csv":
        dataset = table.parse_dataset(path, text, numbers, 1 if outputs is None else outputs)
    else:
        dataset = native.parse_dataset(path, text, numbers, outputs)
    return Source(path, hashlib.sha256(data).hexdigest(), dataset)


def read_pair(
    network_path: str, dataset_path: str, numbers: str, outputs: int | None
) -> tuple[Source[Network], Source[Dataset]]:
    """A network and a consistent dataset with as many inputs and outputs. Fails: InputError."""
    network, dataset = read_network(network_path), read_dataset(dataset_path, numbers, outputs)
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


def _require_suffix(path: str, kind: str, known: tuple[str, ...]) -> str:
    for suffix in known:
        if path.removesuffix(".gz").endswith(suffix):
            return suffix
    raise InputError(path, "", f"not a {kind} file by its name (known: {', '.join(known)}, each also with .gz)")
