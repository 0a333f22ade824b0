"""A headless Chromium, and the pages it shows, by the DevTools protocol over a pair of pipes."""

import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from types import TracebackType
from typing import Any

from checker.errors import InputError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"),
    *("--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe"),
)
SECONDS = 60
"""No answer takes longer."""


def chromium() -> str | None:
    """The path of a Chromium on this machine, by its usual names; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """A Chromium without a window that reaches no other machine; used in a with statement, gone at its end.

    Fails: InputError when it does not start, does not answer, or ends.
    """

    def __init__(self, path: str) -> None:
        self.path, self.events, self._number, self._received = path, [], 0, b""
        self.events: list[dict[str, Any]]

    def __enter__(self) -> "Browser":
        self._folder = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        theirs, self._to = _pipe()
        self._from, answers = _pipe()
        line = [self.path, *FLAGS, f"--user-data-dir={self._folder.name}", "about:blank"]
        # The protocol is spoken on descriptors 3 and 4; nothing that Chromium prints is read.
        actions = [(os.POSIX_SPAWN_DUP2, theirs, 3), (os.POSIX_SPAWN_DUP2, answers, 4)]
        actions += [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
        try:
            self._process = os.posix_spawn(self.path, line, os.environ, file_actions=actions, setpgroup=0)
        except OSError as error:
            raise InputError(self.path, "", f"does not start: {error.strerror}") from None
        finally:
            os.close(theirs)
            os.close(answers)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._to)
        os.close(self._from)
        self._folder.cleanup()

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """What the method answers; events that come before are kept in `events`."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        message |= {"sessionId": session} if session else {}
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            raise InputError(self.path, "", "has ended") from None
        while (answer := self._next()).get("id") != self._number:
            self.events.append(answer)
        if "error" in answer:
            raise InputError(self.path, method, answer["error"]["message"])
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + SECONDS
        while b"\0" not in self._received:
            if not select.select([self._from], [], [], max(0.0, until - time.monotonic()))[0]:
                raise InputError(self.path, "", f"no answer in {SECONDS} s")
            portion = os.read(self._from, 1 << 16)
            if not portion:
                raise InputError(self.path, "", "has ended")
            self._received += portion
        message, _, self._received = self._received.partition(b"\0")
        return json.loads(message)


def _pipe() -> tuple[int, int]:
    """The ends of a pipe, both above the descriptors that the protocol is spoken on, and not inherited."""
    ends = os.pipe()
    high = fcntl.fcntl(ends[0], fcntl.F_DUPFD_CLOEXEC, 10), fcntl.fcntl(ends[1], fcntl.F_DUPFD_CLOEXEC, 10)
    for end in ends:
        os.close(end)
    return high
