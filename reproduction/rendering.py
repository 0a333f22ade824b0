"""python -m reproduction.rendering FILE.html ...: whether pages can be read by whoever opens them, in Chromium."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from checker.console import CERTIFIED, REFUTED, UNDECIDED, Parser, run
from checker.errors import InputError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAM = "python -m reproduction.rendering"
HEIGHT = "document.documentElement.scrollHeight"
MEASURE = Path(__file__).with_name("measure.js")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ALONE = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND")
"""Chromium reaches no other machine; pages of our own need no sandbox, and root has none."""
NARROW, BROAD = 360, 1280
"""The screens: a telephone's and a desk's, in CSS pixels."""
INCH, MARGIN, PAPER = 96, 0.4, (8.27, 11.69)
"""A4 in inches, and CSS pixels in an inch."""
CONTRAST = 4.5
"""What WCAG 2.2 asks of text (1.4.3, level AA)."""
LEAST = 8
"""Text is at least so many CSS pixels high on a narrow screen, labels of pictures too."""
SHOWN = 5
"""So many faults of a kind are told."""


def main() -> int:
    """Looks at every page; 0 when there is nothing to find fault with, 3 when no Chromium is here."""
    parser = Parser(prog=PROGRAM, description="Find fault with pages, in Chromium.")
    parser.add_argument("pages", metavar="FILE.html", nargs="+")
    pages = [_existing(name) for name in parser.parse_args().pages]
    path = chromium()
    if path is None:
        print(f"UNKNOWN {len(pages)} pages: no Chromium on this machine")
        return UNDECIDED
    with started(path) as browser:
        found = [f"{page}: {fault}" for page in pages for fault in faults(browser, page)]
    return _answer(found, len(pages))


def _answer(found: list[str], pages: int) -> int:
    head = f"REFUTED {len(found)} faults in {pages} pages" if found else f"CERTIFIED {pages} pages without a fault"
    print(head, *found, sep="\n")
    return REFUTED if found else CERTIFIED


def _existing(name: str) -> Path:
    if not Path(name).is_file():
        raise InputError(name, "", "no such file")
    return Path(name).resolve()


def chromium() -> str | None:
    """The path of a Chromium on this machine, by its usual names; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """A Chromium without a window, gone at the end. Fails: InputError when it does not start."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise InputError("playwright", "", "is not installed (make setup)") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=ALONE)
        except Error:
            raise InputError(path, "", "does not start") from None
        yield browser
        browser.close()


def faults(browser: Browser, path: Path) -> list[str]:
    """What is wrong with a page, a sentence each; none when it is readable, and asks nobody for anything.

    Looked at: scripts, requests, alternative text, both colour schemes, a narrow screen, paper.
    """
    page, said = browser.new_page(), list[str]()
    own = (path.as_uri(), "data:")
    page.on("console", lambda message: said.append(f"the console shows: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"a script fails: {error}"))
    page.on("request", lambda asked: None if asked.url.startswith(own) else said.append(f"asks for {asked.url}"))
    _screen(page, NARROW, "light")
    page.goto(path.as_uri())
    page.evaluate(MEASURE.read_text(encoding="ascii"))
    found = [*_seen(page)]
    page.close()
    return found + said


def _seen(page: Page) -> Iterator[str]:
    page.evaluate("opened()")
    yield from _told(page, "unnamed()", "")
    yield from _told(page, "wide(false)", f"at {NARROW} px: ")
    yield from _told(page, f"small({LEAST})", f"at {NARROW} px: ")
    for name in ("light", "dark"):
        _screen(page, BROAD, name)
        yield from _told(page, f"scheme({str(name == 'dark').lower()})", f"{name}: ")
        yield from _told(page, f"faint({CONTRAST})", f"{name}: ")
    yield from _told(page, "wide(false)", f"at {BROAD} px: ")
    yield from _printed(page)


def _told(page: Page, expression: str, where: str) -> Iterator[str]:
    """The faults that a function of measure.js finds, the first ones of many."""
    found = page.evaluate(expression)
    yield from (where + fault for fault in found[:SHOWN])
    if len(found) > SHOWN:
        yield f"{where}and {len(found) - SHOWN} more"


def _screen(page: Page, width: int, scheme: str, media: str = "screen") -> None:
    """Shows the page so wide, and as high as it is: all of it is on the screen."""
    page.emulate_media(media=media, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.set_viewport_size({"width": width, "height": page.evaluate(HEIGHT)})


def _printed(page: Page) -> Iterator[str]:
    """On paper nothing is cut off, and there are not many more pages than its height takes."""
    width, height = (int((side - 2 * MARGIN) * INCH) for side in PAPER)
    _screen(page, width, "light", "print")
    yield from _told(page, "wide(true)", "printed: ")
    yield from _told(page, f"faint({CONTRAST})", "printed: ")
    most = 2 * ceil(page.evaluate(HEIGHT) / height)
    margin = dict.fromkeys(("top", "bottom", "left", "right"), f"{MARGIN}in")
    printed = page.pdf(width=f"{PAPER[0]}in", height=f"{PAPER[1]}in", margin=margin)
    pages = len(re.findall(rb"/Type /Page\b", printed))
    if not 1 <= pages <= most:
        yield f"printed: {pages} pages, expected from 1 to {most}"


if __name__ == "__main__":
    run(main, PROGRAM)
