"""Progress on standard error, when it is a terminal and tqdm is installed; silence otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.formats import Points


@contextmanager
def progress(points: Points) -> Iterator[Callable[[], None]]:
    """A function to call when points have been decided: it shows how far their file has been read."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda: None
        return
    with tqdm(total=points.size or None, unit=points.unit, unit_scale=True, disable=None, leave=False, delay=1) as bar:

        def advance() -> None:
            bar.total = points.size
            bar.update(points.position - bar.n)

        yield advance


@contextmanager
def tally(unit: str) -> Iterator[Callable[[], object]]:
    """A function to call for each thing found: it shows how many there are by now; nobody knows how many will be."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda: None
        return
    with tqdm(unit=unit, unit_scale=True, disable=None, leave=False, delay=1) as bar:
        yield bar.update
