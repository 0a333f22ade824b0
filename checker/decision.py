"""Certify: read the dataset once, piece by piece, have every piece decided, and account for every row."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import chain, islice

from checker.content import DatasetContent
from checker.coverage import Coverage, LostPieceError, Piece
from checker.dataset import Dataset
from checker.engines import chosen
from checker.errors import InputError
from checker.formats import Points, Source
from checker.network import Network, Vector
from checker.pieces import Immediate, packed, result, task
from checker.progress import progress

ROWS = {"judge": 128, "all": 128, "line": 4096, "integer": 1024}
"""How many rows a piece has, by engine."""
COUNTED = 4096
"""Engine `auto` counts fewer rows than these before it chooses."""
EXPLAINED = 100_000
"""The rows of a dataset with more are not kept in memory to explain a refutation."""
Block = list[tuple[Vector, Vector]]


@dataclass(frozen=True)
class Request:
    """How a claim is to be decided: mode and engine by name, how the dataset is read, and who does the work."""

    mode: str = "real"
    engine: str = "auto"
    numbers: str = "decimal"
    outputs: int | None = None
    executor: Executor | None = None
    workers: int = 1


@dataclass(frozen=True)
class Decision:
    """What was found of all rows of a dataset; kept is the dataset itself, unless it is large."""

    request: Request
    engine: str
    dataset_path: str
    dataset_sha256: str
    content: DatasetContent
    coverage: Coverage
    kept: Dataset | None

    @property
    def certifies(self) -> bool:
        """Whether the claim holds at every row, and in the mode asked for."""
        sums = self.coverage.sums
        return self.coverage.refuted is None and (
            self.request.mode == "real" or (sums is not None and not sums.obstacle)
        )


def decide(network: Source[Network], dataset_path: str, request: Request) -> Decision:
    """Zero error, decided at every row, or up to the first piece with a row that is wrong.

    Fails: InputError on a malformed, inconsistent or unfitting dataset; LostPieceError when rows were handed out and
    no verdict on them came back; KeyboardInterrupt saying how far it came.
    """
    content, coverage, kept = DatasetContent(), Coverage(), []
    with Points(dataset_path, request.numbers, request.outputs) as points, progress(points) as advance:
        reading = iter(points)
        first = list(islice(reading, COUNTED))
        _require_fit(network, dataset_path, first[0])
        count = len(first) if len(first) < COUNTED else None
        engine = chosen(network.value, count) if request.engine == "auto" else request.engine
        work = _Work(network.value, engine, request, coverage)
        try:
            for block in _blocks(chain(first, reading), ROWS[engine]):
                work.hand_out(content.rows, block)
                for x, y in block:
                    content.add(x, y)
                kept.extend(block if content.rows <= EXPLAINED else ())
                advance()
            work.finish()
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"{coverage.rows} rows were found right, nothing is certified") from None
    _require_consistent(dataset_path, content)
    if coverage.refuted is None and coverage.rows != content.rows:
        raise LostPieceError(f"{coverage.rows} rows were decided of {content.rows} given")
    dataset = _dataset(kept) if len(kept) == content.rows else None
    return Decision(request, engine, dataset_path, points.sha256, content, coverage, dataset)


class _Work:
    """Pieces in the hands of an executor, taken back in the order of their rows."""

    def __init__(self, network: Network, engine: str, request: Request, coverage: Coverage) -> None:
        self._executor = request.executor or Immediate()
        self._task = (packed if request.executor else task)(network, engine, request.mode)
        self._ahead = 2 * request.workers if request.executor else 0
        self._coverage = coverage
        self._waiting: deque[Future[Piece]] = deque()

    def hand_out(self, start: int, block: Block) -> None:
        """Has the rows from start decided, unless a row before them is known to be wrong."""
        if self._coverage.refuted is None:
            self._waiting.append(self._executor.submit(self._task, start, _dataset(block)))
        self._take(self._ahead)

    def finish(self) -> None:
        """Waits for all pieces."""
        self._take(0)

    def _take(self, left: int) -> None:
        while len(self._waiting) > left:
            self._coverage.add(result(self._waiting.popleft()))


def _blocks(points: Iterator[tuple[Vector, Vector]], rows: int) -> Iterator[Block]:
    while block := list(islice(points, rows)):
        yield block


def _dataset(block: Block) -> Dataset:
    inputs, outputs = zip(*block, strict=True)
    return Dataset(inputs, outputs)


def _require_fit(network: Source[Network], path: str, point: tuple[Vector, Vector]) -> None:
    wanted = network.value.widths[0], network.value.widths[-1]
    found = len(point[0]), len(point[1])
    if found != wanted:
        raise InputError(
            path,
            "",
            f"{found[0]} inputs and {found[1]} outputs, but the network {network.path} has {wanted[0]} and {wanted[1]}",
        )


def _require_consistent(path: str, content: DatasetContent) -> None:
    if content.conflict:
        rows = f"rows {content.conflict[0]} and {content.conflict[1]}"
        raise InputError(path, rows, "equal inputs with different outputs: no function fits both")
