"""The documents: commands of README and tutorial print what stands below them; every relative link leads somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT

PAGES = [page for page in sorted(ROOT.rglob("*.md")) if not {".venv", "build"} & set(page.relative_to(ROOT).parts)]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page):
    """The anchors that GitHub gives the page's headings, and those that it names itself."""
    text = page.read_text(encoding="utf-8")
    plain = [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)]
    return {*plain, *re.findall(r'(?:id|name)="([^"]+)"', text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_to_files_and_headings(page):
    links = {link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link}
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def blocks(text):
    """The indented blocks of a page, in order."""
    return [re.sub("^    ", "", block, flags=re.M) for block in re.findall(r"(?:^    .*\n)+", text, re.M)]


def sessions(lines):
    """Each command of a block with the lines printed below it."""
    for part in re.split(r"^\$ ", "\n".join(lines), flags=re.M)[1:]:
        command, *printed = part.splitlines()
        yield command, [line for line in printed if line]


def shown(printed, lines):
    """The lines, without those that the page leaves out behind `...`."""
    return lines[: printed.index("...")] + ["..."] if "..." in printed else lines


def check(commands, folder, most=None):
    """Every command, run in the folder, prints the lines (so many at most) and nothing on standard error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for command, printed in commands:
        line = {"shell": True, "cwd": folder, "env": environment, "timeout": 60}
        done = subprocess.run(command, capture_output=True, text=True, **line)
        assert shown(printed, done.stdout.splitlines()[:most]) == printed, (command, done)
        assert done.stderr == ""


def test_the_tutorial_prints_what_it_says(tmp_path):
    page = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    program, points, *rest = blocks(page)
    (tmp_path / "save.py").write_text(program)
    (tmp_path / "points.csv").write_text(points)
    commands = [each for block in rest for each in sessions(block.splitlines())]
    assert len(commands) == 7
    check(commands, tmp_path)


def test_readme_prints_what_it_says(tmp_path):
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    (session,) = re.findall(r"^```\n(.*?)^```", page, re.M | re.S)
    for name in ("checker", "examples"):  # python -E does not read PYTHONPATH
        (tmp_path / name).symlink_to(ROOT / name)
    commands = list(sessions(session.splitlines()))
    assert len(commands) == 5 and page.count("\n") < 100
    check(commands, tmp_path, 1)
