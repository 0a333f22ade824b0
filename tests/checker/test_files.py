"""Whole files in, and out whole or not at all."""

import gzip
import os
import socket

import pytest

from checker import files
from checker.errors import InputError, printable, quoted
from checker.files import read_bytes, write_text


def refusal(action, *arguments):
    with pytest.raises(InputError) as found:
        action(*arguments)
    return found.value


def listed(folder):
    return sorted(os.listdir(folder))


def test_a_regular_file_is_read_through_a_link(file, folder):
    os.symlink(file("a.json", b"\x00\xff"), folder / "link.json")
    assert read_bytes("a.json") == read_bytes("link.json") == b"\x00\xff"


def _directory(path):
    os.mkdir(path)


def _socket(path):
    socket.socket(socket.AF_UNIX).bind(path)


def _dangling(path):
    os.symlink("nowhere", path)


def _loop(path):
    os.symlink(path, path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_directory, "is a directory"),
        (os.mkfifo, "is not a regular file"),
        (_socket, "is not a regular file"),
        (_dangling, "No such file or directory"),
        (_loop, "Too many levels of symbolic links"),
        (lambda path: None, "No such file or directory"),
        (lambda path: os.symlink("/dev/zero", path), "is not a regular file"),
    ],
    ids=["directory", "fifo", "socket", "dangling link", "loop", "missing", "device"],
)
def test_anything_else_is_not_read(folder, make, reason):
    make("x.json")
    error = refusal(read_bytes, "x.json")
    assert (error.source, error.reason) == ("x.json", reason)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "No such file"),
        ("a" * 5000, "File name too long"),
        ("a\0b", "not a file name"),
        ("a.json/b", "Not a directory"),
    ],
)
def test_names_of_no_file_are_refused(file, path, reason):
    file("a.json", "")
    assert reason in refusal(read_bytes, path).reason


@pytest.mark.parametrize(("size", "accepted"), [(0, True), (99, True), (100, True), (101, False), (1000, False)])
def test_a_file_past_the_cap_is_refused(file, monkeypatch, size, accepted):
    monkeypatch.setattr(files, "FILE_BYTES", 100)
    name = file("a.json", b"x" * size)
    if accepted:
        assert len(read_bytes(name)) == size
    else:
        assert refusal(read_bytes, name).reason == "larger than 100 bytes (checker --max-bytes N raises this)"


def test_text_is_written_as_it_is(folder):
    write_text("out.json", "one\n")
    assert (folder / "out.json").read_bytes() == b"one\n" and listed(folder) == ["out.json"]


def test_gzip_is_written_the_same_every_time(folder):
    write_text("out.json.gz", "one\n")
    first = (folder / "out.json.gz").read_bytes()
    write_text("out.json.gz", "one\n")
    assert (folder / "out.json.gz").read_bytes() == first and gzip.decompress(first) == b"one\n"


def test_an_old_file_is_replaced_whole(file, folder):
    write_text(file("out.json", "old and longer"), "new")
    assert (folder / "out.json").read_text() == "new" and listed(folder) == ["out.json"]


def test_a_link_is_replaced_and_its_target_kept(file, folder):
    os.symlink(file("target.json", "kept"), folder / "out.json")
    write_text("out.json", "new")
    assert (folder / "target.json").read_text() == "kept" and (folder / "out.json").read_text() == "new"


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_an_input_is_not_overwritten_through_a_link(file, folder, link):
    link(file("in.json", "input"), "out.json")
    assert refusal(write_text, "out.json", "new", ("other.json", "in.json")).reason == "would overwrite an input"
    assert (folder / "in.json").read_text() == "input" and listed(folder) == ["in.json", "out.json"]


@pytest.mark.parametrize("path", ["in.json", "./in.json", "sub/../in.json"])
def test_an_input_is_not_overwritten_under_any_spelling(file, folder, path):
    os.mkdir(folder / "sub")
    error = refusal(write_text, path, "new", (file("in.json", "input"),))
    assert (error.source, error.reason) == (path, "would overwrite an input")
    assert (folder / "in.json").read_text() == "input"


@pytest.mark.parametrize(
    ("make", "path", "reason"),
    [
        (_directory, "out", "is a directory"),
        (os.mkfifo, "out", "is not a regular file"),
        (lambda path: None, "missing/out", "cannot be written: No such file or directory"),
        (lambda path: open(path, "w").close(), "out/out.json", "cannot be written: Not a directory"),
        (lambda path: None, "x" * 300, "cannot be written: File name too long"),
        (lambda path: None, "/proc/self/out.json", "cannot be written"),
        (lambda path: None, "", "cannot be written"),
    ],
    ids=["directory", "fifo", "missing folder", "file as folder", "long name", "unwritable folder", "empty name"],
)
def test_what_cannot_be_written_is_refused(folder, make, path, reason):
    make("out")
    before = listed(folder)
    error = refusal(write_text, path, "new")
    assert error.source == path and reason in error.reason and listed(folder) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_refused(folder):
    os.mkdir("closed", 0o500)
    assert "cannot be written: Permission denied" in refusal(write_text, "closed/out.json", "new").reason


def test_nothing_is_left_when_writing_fails_half_way(file, folder, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    name = file("out.json", "old")
    monkeypatch.setattr(os, "replace", full)
    assert refusal(write_text, name, "new").reason == "cannot be written: No space left on device"
    assert (folder / "out.json").read_text() == "old" and listed(folder) == ["out.json"]


def test_a_stranger_s_file_in_the_place_of_the_temporary_one_is_kept(file, folder):
    stranger = file(f"out.json.{os.getpid()}.part", "not ours")
    try:
        write_text("out.json", "new")
    except InputError as error:
        assert "cannot be written" in error.reason
    assert (folder / stranger).exists() and (folder / stranger).read_text() == "not ours"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "'a'"),
        ("\n", "'\\n'"),
        ("\u0661", "'\\u0661'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 60}...' (61 characters)"),
    ],
)
def test_somebody_else_s_text_is_quoted(text, shown):
    assert quoted(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a b", "a b"),
        ("a\nb", "a b"),
        ("a\r\n\x1b[31mb", "a ?[31mb"),
        ("\u202eb", "?b"),
        ("\udcff", "?"),
        ("a\u2028b", "a b"),
    ],
    ids=ascii,
)
def test_printable_text_is_one_line(text, shown):
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("parts", "text"), [(("f", "p", "r"), "f: p: r"), (("f", "", "r"), "f: r"), (("", "", "r"), "r")]
)
def test_a_refusal_names_file_place_and_reason(parts, text):
    assert str(InputError(*parts)) == text
