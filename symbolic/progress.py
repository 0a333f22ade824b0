"""Progress of long loops on a terminal's standard error; elsewhere nothing."""

import sys
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
DELAY = 1
"""Seconds after which a loop is long."""


def progress(items: Iterable[T], words: str) -> Iterable[T]:
    """The same items; when they take long, a bar with rate and time left is shown, and removed at the end.

    Only if standard error is a terminal and tqdm is installed.
    """
    if not sys.stderr.isatty():
        return items
    try:
        from tqdm import tqdm
    except ImportError:
        return items
    return tqdm(items, desc=words, delay=DELAY, leave=False, dynamic_ncols=True)
