"""What the commands of all three rooms share: options, exit codes, and one line for every error."""

import argparse
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import NoReturn

from checker.errors import InputError, printable
from checker.rational import NUMBERS

CERTIFIED, REFUTED, UNUSABLE, UNDECIDED, DISAGREEMENT, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Disagreement(Exception):
    """Two engines or solvers answer the same question differently: always a bug. The text gives both answers."""


class Undecided(Exception):
    """Nothing was certified and nothing refuted; the text says why."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line; options are never abbreviated."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        self.exit(_say(UNUSABLE, self.prog, message))


def add_dataset_options(parser: argparse.ArgumentParser) -> None:
    """--numbers and --outputs: how the dataset is read."""
    parser.add_argument(
        "--numbers",
        choices=tuple(NUMBERS),
        default="decimal",
        help="how to read decimals of the dataset (default: decimal, 0.1 is 1/10)",
    )
    parser.add_argument(
        "--outputs", type=positive, metavar="M", help="number of output columns (default: 1, in JSON what the file has)"
    )


def positive(text: str, digits: int = 9) -> int:
    """An integer >= 1 in so many plain decimal digits at most."""
    if not (text.isascii() and text.isdecimal() and len(text) <= digits and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!a} is not an integer from 1 to {'9' * digits}")
    return int(text)


def size(text: str) -> int:
    """A number of bytes."""
    return positive(text, digits=15)


def read_as(numbers: str) -> str:
    """How the decimals of a dataset were read, for the first line of a verdict; nothing when as what they are."""
    return "" if numbers == "decimal" else f", decimals read as {numbers}"


def run(main: Callable[[], int], program: str) -> NoReturn:
    """Runs a command and exits with its code; errors become one line on stderr and the exit code of the contract."""
    if sys.stdout is None or sys.stderr is None:
        sys.exit(UNUSABLE)  # closed: nothing can be said
    sys.excepthook = _bug
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = main()
        sys.stdout.flush()
    except InputError as error:
        code = _say(UNUSABLE, program, str(error))
    except Disagreement as error:
        code = _say(DISAGREEMENT, program, f"this is a bug: {error}")
    except KeyboardInterrupt as interrupt:
        code = _say(INTERRUPTED, program, f"interrupted: {interrupt}" if interrupt.args else "interrupted")
    except MemoryError:
        code = _say(UNDECIDED, program, "out of memory")
    except ModuleNotFoundError as error:
        if error.name is None or "." in error.name:  # a module of our own: a bug
            raise
        code = _say(UNUSABLE, program, f"needs the package {error.name}: make setup")
    except OSError as error:  # standard output is gone, or full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        gone = isinstance(error, BrokenPipeError)
        code = 128 + signal.SIGPIPE if gone else _say(UNUSABLE, program, f"standard output: {error.strerror}")
    sys.exit(code)


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Ends the process with the exit code of a bug: Python's own, 1, would read as a refutation."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(DISAGREEMENT)


def _say(code: int, program: str, text: str) -> int:
    print(f"{program}: {printable(text)}", file=sys.stderr)
    return code
