"""Every row is accounted for: in pieces, by processes, on a cluster, streamed, interrupted."""

import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from fractions import Fraction

import pytest

from checker import decision
from checker.certificate import certificate
from checker.console import Undecided
from checker.coverage import Coverage, LostPieceError, Piece
from checker.decision import ROWS, Request, decide
from checker.errors import InputError
from checker.formats import read_network
from checker.judge import Certified, Refuted
from checker.pieces import executor
from tests.checker.examples import ROOT

SHIFTED = (
    '{"format": "exact-relu-network/1", "layers": [{"weights": [["1"], ["1"]], "bias": ["0", "-7/2"], "activation":'
    ' "relu"}, {"weights": [["1", "1"]], "bias": ["-1"], "activation": "relu"}, {"weights": [["2"]], "bias": ["1/3"],'
    ' "activation": "identity"}]}'
)


def value(x):
    """What the network SHIFTED gives at an integer x, times 3."""
    return 6 * max(max(x, 0) + max(2 * x - 7, 0) / 2 - 1, 0) + 1


def text(rows):
    return "".join(f"{x},{int(value(x))}/3\n" for x in rows)


@pytest.fixture
def network(file):
    return read_network(file("network.json", SHIFTED))


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(ROWS, 7))


def statement(network, path, request):
    return certificate(network, decide(network, path, request))


class Strange(ThreadPoolExecutor):
    """Does to the second piece what the function says."""

    def __init__(self, change):
        super().__init__(1)
        self._change, self._count = change, 0

    def submit(self, task, start, rows):
        self._count += 1
        future = super().submit(task, start, rows)
        if self._count != 2:
            return future
        changed = Future()
        self._change(changed, future.result())
        return changed


@pytest.mark.parametrize("engine", ["judge", "line", "integer", "all"])
def test_pieces_say_what_the_whole_says(network, file, monkeypatch, engine):
    path = file("points.csv", text([*range(-9, 50), 3, 4]))
    whole = statement(network, path, Request())
    assert whole["predicate"]["points"] == {"given": 61, "checked": 61, "distinct": 59}
    for rows in (1, 7, 60, 61):
        monkeypatch.setattr(decision, "ROWS", dict.fromkeys(ROWS, rows))
        whole["predicate"]["engine"] = engine
        assert statement(network, path, Request(engine=engine)) == whole


def test_any_number_of_processes_says_the_same(network, file, small_pieces):
    path = file("points.csv", text(range(40)))
    here = statement(network, path, Request(engine="integer"))
    for jobs in (2, 3):
        with executor(jobs, None) as processes:
            assert statement(network, path, Request(engine="integer", executor=processes, workers=jobs)) == here


@pytest.mark.parametrize("wrong", [0, 6, 7, 20, 39])
def test_the_first_wrong_row_is_named_whatever_the_pieces(network, file, small_pieces, wrong):
    rows = text(range(40)).splitlines(keepends=True)
    rows[wrong] = f"{wrong},1000\n"
    rows[39] = "39,7\n"
    path = file("points.csv", "".join(rows))
    for engine in ("judge", "line", "integer"):
        with executor(2 if engine == "line" else None, None) as processes:
            found = decide(network, path, Request(engine=engine, executor=processes))
        assert found.coverage.failures[0].row == wrong + 1 and not found.certifies
        assert found.coverage.failures[0].input == (wrong,)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda future, piece: future.cancel(), "CancelledError"),
        (lambda future, piece: future.set_exception(BrokenExecutor("killed")), "BrokenExecutor killed"),
        (lambda future, piece: future.set_exception(OSError("gone")), "OSError gone"),
        (lambda future, piece: future.set_exception(MemoryError()), "MemoryError"),
        (lambda future, piece: future.set_result(replace(piece, start=0)), "missing or were decided twice"),
        (lambda future, piece: future.set_result(replace(piece, start=8)), "rows 8 to 8 are missing"),
        (lambda future, piece: future.set_result(replace(piece, start=14)), "rows 8 to 14 are missing"),
        (lambda future, piece: future.set_result(shortened(piece)), "6 rows were decided of 7 handed out"),
        (lambda future, piece: future.set_result(replace(shortened(piece), rows=6)), "rows 14 to 14 are missing"),
    ],
    ids=["cancelled", "broken", "gone", "memory", "twice", "one late", "a piece late", "short", "shorter"],
)
def test_a_lost_piece_is_never_certified(network, file, small_pieces, change, reason):
    path = file("points.csv", text(range(40)))
    with Strange(change) as strange, pytest.raises(LostPieceError, match=reason):
        decide(network, path, Request(executor=strange))


def shortened(piece):
    verdict = replace(piece.real, rows=piece.real.rows - 1, patterns=piece.real.patterns[1:])
    return replace(piece, real=verdict)


def test_a_last_piece_that_is_short_is_never_certified(network, file, small_pieces):
    path = file("points.csv", text(range(14)))
    change = lambda future, piece: future.set_result(replace(shortened(piece), rows=6))  # noqa: E731
    with Strange(change) as strange, pytest.raises(LostPieceError, match="13 rows were decided of 14 given"):
        decide(network, path, Request(executor=strange))


def test_what_a_worker_does_wrong_is_a_bug(network, file, small_pieces):
    path = file("points.csv", text(range(40)))
    change = lambda future, piece: future.set_exception(TypeError("a bug"))  # noqa: E731
    with Strange(change) as strange, pytest.raises(TypeError, match="a bug"):
        decide(network, path, Request(executor=strange))


def test_coverage_takes_pieces_in_order_only():
    piece, coverage = Piece(0, 2, Certified(2, ("1", "0"), None)), Coverage()
    coverage.add(piece)
    with pytest.raises(Undecided):
        coverage.add(piece)
    coverage.add(Piece(2, 1, Refuted(1, (), 1, Fraction(0), Fraction(1))))
    assert (coverage.rows, coverage.failures[0].row, coverage.patterns().distinct) == (3, 3, 2)


@pytest.mark.parametrize(("first", "second"), [(3, 30), (0, 6), (6, 7), (38, 39)])
@pytest.mark.parametrize("wrong", [None, 0, 39])
def test_a_conflict_is_found_across_pieces_and_behind_a_wrong_row(network, file, small_pieces, first, second, wrong):
    rows = text(range(40)).splitlines(keepends=True)
    if wrong is not None:
        rows[wrong] = f"{wrong + 100},1\n"
    rows[first], rows[second] = "200,1\n", "400/2,2\n"
    with pytest.raises(InputError) as found:
        decide(network, file("points.csv", "".join(rows)), Request())
    assert found.value.place == f"rows {first + 1} and {second + 1}"


@pytest.mark.parametrize("name", ["points.csv", "points.csv.gz"])
def test_a_malformed_row_behind_a_wrong_one_is_refused(network, file, small_pieces, name):
    with pytest.raises(InputError) as found:
        decide(network, file(name, "0,77\n" * 30 + "1,x\n"), Request())
    assert found.value.place == "line 31 column 2"


def test_a_refutation_of_many_rows_is_explained_without_them(network, file, monkeypatch):
    monkeypatch.setattr(decision, "EXPLAINED", 20)
    found = decide(network, file("points.csv", text(range(21)) + "21,0\n"), Request())
    assert found.kept is None and found.coverage.failures[0].row == 22


def test_memory_does_not_grow_with_the_rows(network, file, monkeypatch):
    monkeypatch.setattr(decision, "EXPLAINED", 0)
    monkeypatch.setattr(decision, "COUNTED", 100)
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(ROWS, 200))

    def peak(rows):
        path = file("points.csv", text(range(rows)))
        tracemalloc.start()
        decide(network, path, Request(engine="line"))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)  # what is imported and compiled once
    assert peak(8000) < 2 * peak(1000)


def test_processes_that_are_gone_when_rows_are_handed_out_leave_it_unknown(network, file, small_pieces):
    class Broken(ThreadPoolExecutor):
        def submit(self, task, start, rows):
            if start:
                raise BrokenProcessPool("a child process terminated abruptly")
            return super().submit(task, start, rows)

    path = file("points.csv", text(range(40)))
    with Broken(1) as broken, pytest.raises(Undecided, match="a piece was lost: BrokenProcessPool a child process"):
        decide(network, path, Request(executor=broken))


def test_an_interrupt_says_how_far_it_came(network, file, small_pieces):
    def interrupted(future, piece):
        raise KeyboardInterrupt

    path = file("points.csv", text(range(400)))
    with Strange(interrupted) as strange, pytest.raises(KeyboardInterrupt, match="rows were found right, nothing is"):
        decide(network, path, Request(executor=strange))


@pytest.mark.parametrize(("mode", "right"), [("float64", 4), ("both", 4), ("real", 7)])
def test_an_interrupt_counts_no_row_that_is_wrong_or_not_evaluated(file, monkeypatch, mode, right):
    """Rows 1 and 2 are wrong in floating point alone, row 3 everywhere; the input of row 7 is no float."""
    w = 1 + Fraction(1, 2**52)
    layer = f'{{"weights": [["{w}"]], "bias": ["0"], "activation": "identity"}}'
    network = read_network(file("n.json", f'{{"format": "exact-relu-network/1", "layers": [{layer}]}}'))
    rows = [(w, w * w), (2 * w, 2 * w * w), (3, 0), (0, 0), (0, 0), (0, 0), (Fraction(1, 3), w / 3), (0, 0)]
    path = file("points.csv", "".join(f"{x},{y}\n" for x, y in rows))

    class Interrupted(Coverage):
        def add(self, piece):
            super().add(piece)
            if self.rows == len(rows):
                raise KeyboardInterrupt

    monkeypatch.setattr(decision, "Coverage", Interrupted)
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(ROWS, 2))
    with pytest.raises(KeyboardInterrupt, match=f"^{right} rows were found right, nothing is certified$"):
        decide(network, path, Request(mode=mode, everything=True))


def test_an_interrupted_command_writes_nothing(folder, file):
    """The dataset is a file that goes on for long; the interrupt comes when the first rows must have been decided."""
    file("network.json", SHIFTED)
    file("points.csv", text(range(100)) * 20_000)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "checker", "certify", "network.json", "points.csv", "-o", "c.json"]
    process = subprocess.Popen(line, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert error.startswith(b"python -m checker: interrupted: ") and error.count(b"\n") == 1, error
    assert not (folder / "c.json").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://", "ftp://127.0.0.1:1"])
def test_a_cluster_that_does_not_answer_is_refused(pair, command, address):
    done = command("certify", *pair, "--cluster", address)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"python -m checker: --cluster: ") and done.stderr.count(b"\n") == 1, done.stderr


def test_jobs_and_a_lost_piece_on_the_command_line(pair, command):
    done = [command("certify", *pair, "--json", *more) for more in ((), ("--jobs", "3"), ("--jobs", "1"))]
    assert len({(d.returncode, d.stdout, d.stderr) for d in done}) == 1
    assert json.loads(done[0].stdout)["verdict"] == "CERTIFIED"
    lost = (
        "import sys; from checker import __main__, pieces\n"
        "def lost(future): raise pieces.LostPieceError('a piece was lost')\n"
        "from checker import decision; decision.result = lost\n"
        "sys.exit(__main__.main(sys.argv[1:]))"
    )
    done = command("certify", *pair, "-o", "c.json", module=("-c", lost))
    assert (done.returncode, done.stdout, done.stderr) == (3, b"UNKNOWN a piece was lost\n", b"")


class Killing:
    """A cluster's executor that kills one of its workers when a piece is handed out."""

    def __init__(self, executor, pid, at):
        self._executor, self._pid, self._left = executor, pid, at

    def submit(self, *arguments):
        self._left -= 1
        future = self._executor.submit(*arguments)
        if self._left == 0:
            os.kill(self._pid, signal.SIGKILL)
        return future


def test_a_dask_cluster_with_a_worker_killed_midway_says_the_same(network, file, small_pieces):
    from distributed import Client, LocalCluster

    path = file("points.csv", text(range(200)))
    here = statement(network, path, Request(engine="judge"))
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with LocalCluster(**options) as cluster:
        with Client(cluster) as client:
            pid = next(iter(client.run(os.getpid).values()))
        with executor(None, cluster.scheduler_address) as remote:
            killing = Killing(remote, pid, 12)
            assert statement(network, path, Request(engine="judge", executor=killing, workers=8)) == here
