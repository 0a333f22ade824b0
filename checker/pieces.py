"""A piece of a dataset as a task for an executor of `concurrent.futures`: here, in processes, or on a cluster."""

import pickle
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from typing import Any

from checker.claim import Claim
from checker.coverage import Floating, LostPieceError, Piece, failing
from checker.dataset import Dataset
from checker.engines import binary64, prepared, stated_order
from checker.errors import InputError
from checker.network import Network

CLUSTER_SECONDS = 5
MODES = {
    "real": (True, None),
    "float64": (False, "float64"),
    "float32": (False, "float32"),
    "both": (True, "float64"),
    "both-float32": (True, "float32"),
}
"""By mode: whether the claim is decided in real arithmetic, and in which floating-point format."""
Task = Callable[[int, Dataset], Piece]
"""From the number (from 0) of the first of some rows, and the rows, to what was found of them."""


def task(network: Network, claim: Claim, engine: str, mode: str) -> Task:
    """The task of deciding a claim at rows with this engine, in this mode. Fails: NotOnALineError."""
    real, form = MODES[mode]
    exact = prepared(engine, network, claim)
    sums = None if form is None else binary64.prepared(network, form)

    def decide(start: int, rows: Dataset) -> Piece:
        if sums is None or form is None:
            return Piece(start, len(rows), exact(rows))
        found = sums(rows)
        verdict = exact(rows) if real or not found.obstacle else None
        if not found.obstacle:
            return Piece(start, len(rows), verdict, Floating(found, failing(verdict)))
        if found.row == 0:
            return Piece(start, len(rows), verdict, Floating(found, (), tuple(range(1, len(rows) + 1))))
        unfit = set(range(1, len(rows) + 1)).difference(binary64.evaluable(rows, form))
        failures = tuple(stated_order.failures(network, rows, claim, form))
        return Piece(start, len(rows), verdict, Floating(found, failures, tuple(sorted(unfit))))

    return decide


@dataclass(frozen=True)
class PackedTask:
    """A task that can be sent: network and claim are unpacked once in every process."""

    packed: bytes
    engine: str
    mode: str

    def __call__(self, start: int, rows: Dataset) -> Piece:
        return _unpacked(self.packed, self.engine, self.mode)(start, rows)


def packed(network: Network, claim: Claim, engine: str, mode: str) -> PackedTask:
    """The same task as `task` makes, to be sent."""
    return PackedTask(pickle.dumps((network, claim)), engine, mode)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes, engine: str, mode: str) -> Task:
    network, claim = pickle.loads(packed)
    return task(network, claim, engine, mode)


class Immediate(Executor):
    """Runs every task when it is submitted."""

    def submit(self, task, /, *arguments, **named):  # type: ignore[no-untyped-def]
        """A future with the task's result; what the task raises is raised here."""
        future: Future[Piece] = Future()
        future.set_result(task(*arguments, **named))
        return future


@contextmanager
def executor(jobs: int | None, cluster: str | None) -> Iterator[Executor | None]:
    """Processes on this machine, or a Dask cluster; None where neither is asked for. Fails: InputError."""
    if cluster is not None:
        with _cluster(cluster) as remote:
            yield remote
    elif jobs is not None and jobs > 1:
        processes = ProcessPoolExecutor(jobs, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
        try:
            yield processes
        finally:
            processes.shutdown(cancel_futures=True)
    else:
        yield None


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        reason = "a cluster needs the package distributed (make setup, or pip install '.[cluster]')"
        raise InputError("--cluster", address, reason) from None
    try:
        client: Any = Client(address, timeout=CLUSTER_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InputError("--cluster", address, f"no scheduler answers there: {error}") from None
    with client, client.get_executor(pure=False) as remote:
        yield remote


def handed_out(executor: Executor, work: Task, start: int, rows: Dataset) -> "Future[Piece]":
    """The rows from start as a task of the executor. Fails: LostPieceError when a worker's end has broken it."""
    try:
        return executor.submit(work, start, rows)
    except BrokenExecutor as error:
        raise LostPieceError(f"a piece was lost: {type(error).__name__} {error}".strip()) from None


def result(future: "Future[Piece]") -> Piece:
    """The piece that a task has found. Fails: LostPieceError when the task was lost with its worker."""
    try:
        error = future.exception()
    except CancelledError as cancelled:
        error = cancelled
    if error is None:
        return future.result()
    of_cluster = type(error).__module__.partition(".")[0] == "distributed"
    if of_cluster or isinstance(error, (BrokenExecutor, CancelledError, OSError, MemoryError)):
        raise LostPieceError(f"a piece was lost: {type(error).__name__} {error}".strip())
    raise error
