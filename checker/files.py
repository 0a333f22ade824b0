"""Whole files in, capped; whole files out, or nothing."""

import gzip
import os
import stat
import zlib

from checker.errors import InputError

FILE_BYTES = 1 << 30


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Fails: InputError when there is none, or more than FILE_BYTES."""
    try:
        with open(_regular(path), "rb") as file:
            data = file.read(min(os.fstat(file.fileno()).st_size, FILE_BYTES) + 1)
    except OSError as error:
        raise InputError(path, "", error.strerror or "cannot be read") from None
    if len(data) > FILE_BYTES:
        raise InputError(path, "", f"larger than {FILE_BYTES} bytes")
    return data


def unpacked(path: str, data: bytes) -> bytes:
    """The content of a file: decompressed when its name ends in .gz. Fails: InputError past FILE_BYTES."""
    if not path.endswith(".gz"):
        return data
    try:
        stream = zlib.decompressobj(wbits=31)
        content = stream.decompress(data, FILE_BYTES + 1)
    except zlib.error:
        raise InputError(path, "", "not a gzip file") from None
    if len(content) > FILE_BYTES:
        raise InputError(path, "", f"larger than {FILE_BYTES} bytes when decompressed")
    if not stream.eof or stream.unused_data:
        raise InputError(path, "", "a truncated gzip file, or one with something behind its end")
    return content


def decoded(path: str, data: bytes) -> str:
    """The text of a file in UTF-8, with or without byte order mark."""
    try:
        return unpacked(path, data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"byte {error.start}", "not UTF-8 text") from None


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
