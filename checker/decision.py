"""Certify: read the dataset once, piece by piece, have every piece decided, and account for every row."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import chain, islice

from checker.claim import ZERO_ERROR, Claim, ClaimError
from checker.content import DatasetContent
from checker.coverage import Coverage, LostPieceError, Piece
from checker.dataset import Dataset
from checker.engines import chosen
from checker.errors import InputError
from checker.formats import Points, Source
from checker.network import Network, Vector
from checker.pieces import MODES, Immediate, handed_out, packed, result, task
from checker.progress import progress

ROWS = {"judge": 128, "all": 128, "line": 65536, "integer": 1024}
"""How many rows a piece has, by engine: `line` adds its sums up anew for every piece."""
SHARED = 8192
"""The most rows of a piece that is shared out."""
COUNTED = 4096
"""Engine `auto` counts fewer rows than these before it chooses."""
EXPLAINED = 100_000
"""The rows of a dataset with more are not kept in memory to explain a refutation."""
Block = list[tuple[Vector, Vector]]


@dataclass(frozen=True)
class Request:
    """What claim is to be decided and how: mode and engine by name, how the dataset is read, and who does the work.

    everything: all rows at which the claim fails are wanted, not only the first. signs: the activation patterns are to
    be kept.
    """

    claim: Claim = ZERO_ERROR
    mode: str = "real"
    everything: bool = False
    signs: bool = False
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
    def columns(self) -> int:
        """How many columns of the dataset are outputs."""
        return self.content.columns

    @property
    def real(self) -> str:
        """The verdict in real arithmetic."""
        return "REFUTED" if self.coverage.failures else "CERTIFIED"

    @property
    def floating(self) -> str:
        """The verdict in floating point: a row at which the claim fails says more than one that cannot be evaluated."""
        if self.coverage.floating_failures:
            return "REFUTED"
        return "UNKNOWN" if self.coverage.unfit else "CERTIFIED"

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict in every arithmetic that was asked for, by its name."""
        real, form = MODES[self.request.mode]
        return ({"real": self.real} if real else {}) | ({} if form is None else {form: self.floating})

    @property
    def certifies(self) -> bool:
        """Whether the claim holds at every row, in every arithmetic that was asked for."""
        return set(self.verdicts.values()) == {"CERTIFIED"}


def decide(network: Source[Network], dataset_path: str, request: Request) -> Decision:
    """The claim, decided at every row, or up to the first piece with a row at which it fails.

    Fails: InputError on a malformed, inconsistent or unfitting dataset; LostPieceError when rows were handed out and
    no verdict on them came back; KeyboardInterrupt saying how far it came.
    """
    content, coverage = DatasetContent(), Coverage(request.signs)
    kept: Block = []
    with Points(dataset_path, request.numbers, request.outputs) as points, progress(points) as advance:
        reading = _fitting(network, dataset_path, request.claim, points)
        first = list(islice(reading, COUNTED))
        count = len(first) if len(first) < COUNTED else None
        engine = chosen(network.value, count) if request.engine == "auto" else request.engine
        work = _Work(network.value, engine, request, coverage)
        try:
            size = ROWS[engine] if request.executor is None else min(ROWS[engine], SHARED)
            for block in _blocks(chain(first, reading), size):
                work.hand_out(content.rows, block)
                for x, y in block:
                    content.add(x, y)
                kept.extend(block if content.rows <= EXPLAINED else ())
                advance()
            work.finish()
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"{coverage.right} rows were found right, nothing is certified") from None
    _require_consistent(dataset_path, content)
    if not work.stopped and coverage.rows != content.rows:
        raise LostPieceError(f"{coverage.rows} rows were decided of {content.rows} given")
    dataset = _dataset(kept) if len(kept) == content.rows else None
    return Decision(request, engine, dataset_path, points.sha256, content, coverage, dataset)


class _Work:
    """Pieces in the hands of an executor, taken back in the order of their rows.

    stopped: a row is wrong and no more are asked for, so what is still out is not waited for.
    """

    def __init__(self, network: Network, engine: str, request: Request, coverage: Coverage) -> None:
        self._executor = request.executor or Immediate()
        self._task = (packed if request.executor else task)(network, request.claim, engine, request.mode)
        self._ahead = 2 * request.workers if request.executor else 0
        self._coverage, self._everything = coverage, request.everything or request.mode.startswith("both")
        self._waiting: deque[Future[Piece]] = deque()
        self.stopped = False

    def hand_out(self, start: int, block: Block) -> None:
        """Has the rows from start decided."""
        if not self.stopped:
            self._waiting.append(handed_out(self._executor, self._task, start, _dataset(block)))
        self._take(self._ahead)

    def finish(self) -> None:
        """Waits for all pieces."""
        self._take(0)

    def _take(self, left: int) -> None:
        while len(self._waiting) > left and not self.stopped:
            self._coverage.add(result(self._waiting.popleft()))
            wrong = self._coverage.failures or self._coverage.floating_failures
            self.stopped = bool(wrong) and not self._everything


def _blocks(points: Iterator[tuple[Vector, Vector]], rows: int) -> Iterator[Block]:
    while block := list(islice(points, rows)):
        yield block


def _dataset(block: Block) -> Dataset:
    inputs, outputs = zip(*block, strict=True)
    return Dataset(inputs, outputs)


def _fitting(network: Source[Network], path: str, claim: Claim, points: Points) -> Iterator[tuple[Vector, Vector]]:
    """The points, which go with the network and the claim. Fails: InputError."""
    inputs, outputs = network.value.widths[0], network.value.widths[-1]
    for row, (x, y) in enumerate(points, 1):
        if row == 1 and (len(x) != inputs or not claim.takes(len(y), outputs)):
            wanted = f"the network {network.path} has {inputs} and {outputs}"
            raise InputError(path, "", f"{len(x)} inputs and {len(y)} outputs, but {wanted} ({claim.about})")
        try:
            claim.require_point(y, outputs)
        except ClaimError as error:
            raise InputError(path, f"row {row}", str(error)) from None
        yield x, y


def _require_consistent(path: str, content: DatasetContent) -> None:
    if content.conflict:
        rows = f"rows {content.conflict[0]} and {content.conflict[1]}"
        raise InputError(path, rows, "equal inputs with different outputs: no function fits both")
