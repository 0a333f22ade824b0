"""Times inside one process: the median of RUNS runs, one run of what takes SHORT seconds or longer."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

RUNS = 3
SHORT = 5.0
RULE = f"Seconds are medians of {RUNS} runs; what takes {SHORT:g} s or longer ran once and is marked (1)."
Result = TypeVar("Result")


@dataclass(frozen=True)
class Timing:
    """Wall seconds: the median of so many runs."""

    seconds: float
    runs: int

    def __str__(self) -> str:
        return shown(self.seconds) + ("" if self.runs > 1 else " (1)")


def timed(action: Callable[[], Result]) -> tuple[Timing, Result]:
    """The time that the action takes, and its result."""
    seconds, result = _once(action)
    if seconds >= SHORT:
        return Timing(seconds, 1), result
    return Timing(statistics.median([seconds, *(_once(action)[0] for _ in range(RUNS - 1))]), RUNS), result


def _once(action: Callable[[], Result]) -> tuple[float, Result]:
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result


def shown(number: float) -> str:
    """Three significant digits, or all digits before the point, never an exponent."""
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    exponent = int(f"{number:.2e}".partition("e")[2])
    return f"{number:.{max(2 - exponent, 0)}f}"


@contextmanager
def without(*packages: str) -> Iterator[None]:
    """Meanwhile these packages cannot be imported."""
    loaded = {name: sys.modules[name] for name in packages if name in sys.modules}
    sys.modules.update(dict.fromkeys(packages))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in packages:
            del sys.modules[name]
        sys.modules.update(loaded)


def progress(text: str) -> None:
    """Says on standard error what is being measured, when that is a terminal; an empty text takes it away."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
