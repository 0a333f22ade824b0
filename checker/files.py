"""Whole files in, capped; whole files out, or nothing."""

import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextvars import ContextVar

from checker.errors import InputError

FILE_BYTES = 1 << 30
_CAP: ContextVar[int] = ContextVar("cap", default=0)
LINE_CHARACTERS = 1 << 24
PORTION = 1 << 16


def cap() -> int:
    """The most bytes that a file may have, after decompression too: FILE_BYTES, or what `raise_cap` said."""
    return _CAP.get() or FILE_BYTES


def raise_cap(bytes_of_a_file: int) -> None:
    """Sets another cap for this run of a command."""
    _CAP.set(bytes_of_a_file)


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Fails: InputError when there is none, or more than the cap."""
    try:
        with open(_regular(path), "rb") as file:
            data = file.read(min(os.fstat(file.fileno()).st_size, cap()) + 1)
    except OSError as error:
        raise InputError(path, "", error.strerror or "cannot be read") from None
    if len(data) > cap():
        raise InputError(path, "", f"larger than {cap()} bytes (checker --max-bytes N raises this)")
    return data


def unpacked(path: str, data: bytes) -> bytes:
    """The content of a file: decompressed when its name ends in .gz. Fails: InputError past the cap."""
    if not path.endswith(".gz"):
        return data
    try:
        stream = zlib.decompressobj(wbits=31)
        content = stream.decompress(data, cap() + 1)
    except zlib.error:
        raise InputError(path, "", "not a gzip file") from None
    if len(content) > cap():
        raise InputError(path, "", f"larger than {cap()} bytes when decompressed")
    if not stream.eof or stream.unused_data:
        raise InputError(path, "", "a truncated gzip file, or one with something behind its end")
    return content


def decoded(path: str, data: bytes) -> str:
    """The text of a file in UTF-8, with or without byte order mark."""
    try:
        return unpacked(path, data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"byte {error.start}", "not UTF-8 text") from None


class Lines:
    """The lines of a text file of any size, read once, each with its end (LF, CRLF or CR).

    position and size are in bytes of the file. sha256 is that of the bytes of the whole file, known at its end.
    Iterating fails: InputError as for `read_bytes` and `decoded`, save that only decompressed text is capped.
    """

    def __init__(self, path: str) -> None:
        self.path, self.position, self.sha256 = path, 0, ""
        try:
            self._file = open(_regular(path), "rb")
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise InputError(path, "", error.strerror or "cannot be read") from None

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        content = _Content(self, self._file)
        text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")  # type: ignore[type-var]
        try:
            while line := text.readline(LINE_CHARACTERS):
                if len(line) == LINE_CHARACTERS and line[-1] not in "\r\n":
                    raise InputError(self.path, "", f"a line of more than {LINE_CHARACTERS} characters")
                yield line
        except UnicodeDecodeError as error:
            place = content.given - len(error.object) + error.start
            raise InputError(self.path, f"byte {place}", "not UTF-8 text") from None
        except OSError as error:
            raise InputError(self.path, "", error.strerror or "cannot be read") from None
        self.sha256 = content.digest.hexdigest()


class _Content(io.BufferedIOBase):
    """What a file holds, decompressed when its name ends in .gz; the digest of its bytes; how many were given."""

    def __init__(self, lines: Lines, file: io.BufferedReader) -> None:
        self._lines, self._file = lines, file
        self.digest, self.given = hashlib.sha256(), 0
        self._gzip = zlib.decompressobj(wbits=31) if lines.path.endswith(".gz") else None

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1) -> bytes:
        """The next bytes, none at the end."""
        data = self._portion() if self._gzip is None else self._decompressed(self._gzip)
        self.given += len(data)
        if self._gzip is not None and self.given > cap():
            raise InputError(self._lines.path, "", f"larger than {cap()} bytes when decompressed")
        return data

    def _portion(self) -> bytes:
        data = self._file.read(PORTION)
        self.digest.update(data)
        self._lines.position += len(data)
        return data

    def _decompressed(self, stream: "zlib._Decompress") -> bytes:
        try:
            while not stream.eof:
                packed = stream.unconsumed_tail or self._portion()
                data = stream.decompress(packed, PORTION)
                if data or not packed:
                    break
            else:
                data = b""
        except zlib.error:
            raise InputError(self._lines.path, "", "not a gzip file") from None
        if not data and (not stream.eof or stream.unused_data or self._portion()):
            raise InputError(self._lines.path, "", "a truncated gzip file, or one with something behind its end")
        return data


def write_text(path: str, text: str, inputs: tuple[str, ...] = ()) -> None:
    """Puts text at path, whole or not at all (compressed when path ends in .gz).

    Fails: InputError when path is one of the inputs, or something other than a regular file, or cannot be written.
    """
    data = text.encode("ascii")
    write_bytes(path, gzip.compress(data, mtime=0) if path.endswith(".gz") else data, inputs)


def write_bytes(path: str, data: bytes, inputs: tuple[str, ...] = ()) -> None:
    """Puts data at path, whole or not at all. Fails: as write_text."""
    temporary = f"{path}.{os.getpid()}.part"
    try:
        if os.path.exists(path):
            _regular(path)
            if any(os.path.exists(other) and os.path.samefile(path, other) for other in inputs):
                raise InputError(path, "", "would overwrite an input")
        with open(temporary, "xb") as file:
            try:
                file.write(data)
                file.flush()
                os.replace(temporary, path)
            except BaseException:
                os.unlink(temporary)
                raise
    except OSError as error:
        raise InputError(path, "", f"cannot be written: {error.strerror}") from None


def _regular(path: str) -> str:
    """path itself, when a regular file (or a link to one) is there; opening a pipe could wait for ever."""
    try:
        mode = os.stat(path).st_mode
    except ValueError:
        raise InputError(ascii(path), "", "not a file name") from None
    if stat.S_ISDIR(mode):
        raise InputError(path, "", "is a directory")
    if not stat.S_ISREG(mode):
        raise InputError(path, "", "is not a regular file")
    return path
