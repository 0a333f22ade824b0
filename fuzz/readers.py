"""python -m fuzz.readers SUFFIX [libFuzzer options]: coverage-guided fuzzing of the reader of one kind of file.

Needs atheris (`make fuzz` installs it). Every input has to end in a value or an InputError; anything else is a finding.
The seeds are the files in fuzz/corpus with this suffix.
"""

import sys
import tempfile
from pathlib import Path

try:
    import atheris
except ImportError:
    print("python -m fuzz.readers: needs the package atheris: make fuzz", file=sys.stderr)
    sys.exit(2)

with atheris.instrument_imports(include=["checker"]):
    from checker.certificate import predicate_type
    from checker.errors import InputError
    from checker.files import raise_cap
    from checker.formats import DATASETS, NETWORKS, read_dataset, read_network

CORPUS = Path(__file__).with_name("corpus")
READERS = [(read_network, NETWORKS), (read_dataset, DATASETS), (predicate_type, (".json",))]


def read(data: bytes, suffix: str, folder: str) -> None:
    """Reads the bytes as every kind of file that has this suffix."""
    path = Path(folder) / f"input{suffix}"
    path.write_bytes(data)
    for reader, suffixes in READERS:
        if suffix.removesuffix(".gz") in suffixes:
            try:
                reader(str(path))
            except InputError as error:
                if "\n" in str(error):
                    raise ValueError("a message of more than one line") from error


def main() -> None:
    """Fuzzes until a finding, or as long as libFuzzer's options say."""
    suffix, options = sys.argv[1], sys.argv[2:]
    raise_cap(1 << 20)
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        for seed in CORPUS.glob(f"*{suffix}"):
            (seeds / seed.name).write_bytes(seed.read_bytes())
        atheris.Setup([sys.argv[0], *options, str(seeds)], lambda data: read(data, suffix, folder))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
