"""python -m reproduction.rendering FILE.html ...: whether pages can be read by whoever opens them, in Chromium."""

import base64
import re
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

from checker.console import CERTIFIED, REFUTED, UNDECIDED, Parser, run
from checker.errors import InputError
from reproduction.browser import Browser, chromium

PROGRAM = "python -m reproduction.rendering"
MEASURE = Path(__file__).with_name("measure.js")
LOADED = "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', done))"
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
    with Browser(path) as browser:
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


def faults(browser: Browser, path: Path) -> list[str]:
    """What is wrong with a page, a sentence each; none when it is readable, and asks nobody for anything.

    Looked at: scripts, requests, alternative text, both colour schemes, a narrow screen, paper.
    """
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    browser.events.clear()
    try:
        return list(_Page(browser, session, path).faults())
    finally:
        browser.call("Target.closeTarget", targetId=target)


class _Page:
    """A page in a tab."""

    def __init__(self, browser: Browser, session: str, path: Path) -> None:
        self.browser, self.session, self.url = browser, session, path.as_uri()

    def faults(self) -> Iterator[str]:
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.screen(NARROW, "light")
        self.call("Page.navigate", url=self.url)
        self.call("Runtime.evaluate", expression=LOADED, awaitPromise=True)
        self.call("Runtime.evaluate", expression=MEASURE.read_text(encoding="ascii"))
        self.call("Runtime.evaluate", expression="opened()")
        yield from self.told("unnamed()", "")
        yield from self.told("wide(false)", f"at {NARROW} px: ")
        yield from self.told(f"small({LEAST})", f"at {NARROW} px: ")
        for name in ("light", "dark"):
            self.screen(BROAD, name)
            yield from self.told(f"scheme({str(name == 'dark').lower()})", f"{name}: ")
            yield from self.told(f"faint({CONTRAST})", f"{name}: ")
        yield from self.told("wide(false)", f"at {BROAD} px: ")
        yield from self.paper()
        yield from map(_event, filter(self.is_fault, self.browser.events))

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self.browser.call(method, self.session, **parameters)

    def told(self, expression: str, where: str) -> Iterator[str]:
        """The faults that a function of measure.js finds, the first ones of many."""
        found = self.value(expression)
        yield from (where + fault for fault in found[:SHOWN])
        if len(found) > SHOWN:
            yield f"{where}and {len(found) - SHOWN} more"

    def value(self, expression: str) -> Any:
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise InputError(self.url, expression, answer["exceptionDetails"]["exception"]["description"])
        return answer["result"]["value"]

    def screen(self, width: int, scheme: str, media: str = "screen") -> None:
        """Shows the page so wide, and as high as it is: all of it is on the screen."""
        preference = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", media=media, features=[preference])
        size = {"width": width, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", height=800, **size)
        height = self.value("document.documentElement.scrollHeight")
        self.call("Emulation.setDeviceMetricsOverride", height=height, **size)

    def paper(self) -> Iterator[str]:
        """Printed, nothing is cut off, and there are not many more pages than its height takes."""
        width, height = (int((side - 2 * MARGIN) * INCH) for side in PAPER)
        self.screen(width, "light", "print")
        yield from self.told("wide(true)", "printed: ")
        yield from self.told(f"faint({CONTRAST})", "printed: ")
        most = 2 * ceil(self.value("document.documentElement.scrollHeight") / height)
        margins = dict.fromkeys(("marginTop", "marginBottom", "marginLeft", "marginRight"), MARGIN)
        printed = self.call("Page.printToPDF", paperWidth=PAPER[0], paperHeight=PAPER[1], **margins)
        pages = len(re.findall(rb"/Type /Page\b", base64.b64decode(printed["data"])))
        if not 1 <= pages <= most:
            yield f"printed: {pages} pages, expected from 1 to {most}"

    def is_fault(self, event: dict[str, Any]) -> bool:
        """Whether this event of the page is a request, other than for itself, or something that scripts said."""
        method = event.get("method")
        if event.get("sessionId") != self.session:
            return False
        if method == "Network.requestWillBeSent":
            return not event["params"]["request"]["url"].startswith((self.url, "data:"))
        return method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")


def _event(event: dict[str, Any]) -> str:
    said = event["params"]
    if event["method"] == "Network.requestWillBeSent":
        return f"asks for {said['request']['url']}"
    if event["method"] == "Log.entryAdded":
        return f"the browser complains: {said['entry']['text']}"
    if event["method"] == "Runtime.consoleAPICalled":
        return f"a script says: {' '.join(str(argument.get('value')) for argument in said['args'])}"
    details = said["exceptionDetails"]
    return f"a script fails: {details.get('exception', details).get('description', details['text'])}"


if __name__ == "__main__":
    run(main, PROGRAM)
