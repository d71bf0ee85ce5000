"""What tests of pages ask for: the pages, and someone who follows one word by word.

On a page a block ``console`` shows commands (behind ``$``) and what they print; a line ``…`` stands
for any lines, and a minute, a digest or ``somebody@machine`` for any other. A block ``yaml``,
``toml``, ``csv`` or ``text`` behind a line that ends in a path and a colon is what that file holds from there
on; a file of the machine itself (``/etc/…``) is left alone. Behind such a line a block ``cells`` is what somebody types into that workbook in a spreadsheet
program, and a block ``seen`` what then stands in it, a line a cell or range:

    学生!C4 = 10                   one value, into each cell of a range
    学生!B4:D4 = 20 10 0           as many values as cells, row by row
    学生!C4 = （清空）              nothing any more
    学生!C4 批注 = 女生不多于在校生数  what the comment on the cell says (``seen`` only)

Blocks of other kinds are for reading only.
"""

from __future__ import annotations

import fcntl
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest
import warmed
from kit.workspaces import printed
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
TOP = ("README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING", "CHANGELOG")

BLOCK = re.compile(
    r"^(?P<before>[^\n]*)\n\n?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
FILE = re.compile(r"`([\w./-]+)`[:：]$")
TYPED = frozenset({"README"})
"""Pages whose commands are started as people start them; one is enough to see that they do."""
PROGRAM = "import sys; from xianxue.desk.cli import main; sys.exit(main())"
DEMO = re.compile(r"xianxue demo (\w+)(?: --example \w+)?")
"""Makes a county in a folder of its own, and the same one whenever it is typed."""
WHOLE = "xianxue demo demo"
ANY_LINES = "…"
ANY = re.compile(
    r"(?P<minute>\d{4}-\d\d-\d\d \d\d:\d\d)|(?P<digest>\b[0-9a-f]{16,64}\b)|(?P<who>[\w.-]+@[\w.-]+)"
)
"""What is another for each reader, on the page and in print."""

CELLS = re.compile(
    r"(?P<sheet>\w+)!(?P<cells>[A-Z]+\d+(?::[A-Z]+\d+)?)(?P<note> 批注)? = (?P<what>.+)"
)
EMPTIED = "（清空）"


def all_pages() -> list[Path]:
    """Every page of documentation, the top ones first."""
    top = [path for path in sorted(ROOT.glob("*.md")) if path.name.split(".")[0] in TOP]
    return top + sorted((ROOT / "docs").rglob("*.md"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a ``page`` once for each of them."""
    if "page" in metafunc.fixturenames:
        pages = all_pages()
        metafunc.parametrize("page", pages, ids=[str(path.relative_to(ROOT)) for path in pages])


@pytest.fixture
def follow(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Callable[[Path, Path], list[str]]:
    """Follow a page in a folder: write its files, run its commands, compare what they print.

    Gives what was typed, so that a test can see that something was.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "pages"
    shared.mkdir(exist_ok=True)
    county = partial(request.getfixturevalue, "example_county")
    return partial(follow_page, made=partial(made_once, shared=shared, county=county))


def follow_page(page: Path, folder: Path, made: Callable[[str, Path], str]) -> list[str]:
    """Follow a page, block by block; the counties that many begin with are ``made`` elsewhere."""
    typed: list[str] = []
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        named = FILE.search(block["before"])
        if named and named[1].startswith("/"):
            continue
        if named and block["kind"] == "cells":
            fill_in(folder / named[1], block["body"])
        elif named and block["kind"] == "seen":
            look_at(folder / named[1], block["body"])
        elif named:
            (folder / named[1]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "console":
            for command, expected in commands(block["body"]):
                typed.append(command)
                begun = DEMO.fullmatch(command)
                if begun and not (folder / begun[1]).exists():
                    shown = made(command, folder / begun[1])
                else:
                    shown = run(command, folder, warm=page.stem not in TYPED)
                assert fits(shown, expected), f"$ {command}\n{shown}"
    return typed


def fill_in(path: Path, block: str) -> None:
    """Type into a workbook what a page says, and save it under its own name."""
    book = openpyxl.load_workbook(path)
    for line in block.splitlines():
        found = CELLS.fullmatch(line)
        assert found, f"not a line of cells: {line}"
        assert not found["note"], f"comments are for reading: {line}"
        spots = cells_of(book[found["sheet"]], found["cells"])
        words = found["what"].split() if len(spots) > 1 else [found["what"]]
        values = words * len(spots) if len(words) == 1 else words
        assert len(values) == len(spots), f"{len(spots)} cells: {line}"
        for spot, value in zip(spots, values, strict=True):
            spot.value = None if value == EMPTIED else typed_in(value)
    book.save(path)


def look_at(path: Path, block: str) -> None:
    """See whether in a workbook stands what a page says."""
    book = openpyxl.load_workbook(path)
    for line in block.splitlines():
        found = CELLS.fullmatch(line)
        assert found, f"not a line of cells: {line}"
        (spot,) = cells_of(book[found["sheet"]], found["cells"])
        there = (spot.comment.text if spot.comment else "") if found["note"] else spot.value
        assert there == typed_in(found["what"]), f"{line}: {there}"


def cells_of(sheet: Worksheet, cells: str) -> list:
    """The cells of a range, row by row."""
    first, top, last, bottom = range_boundaries(cells)
    return [
        sheet.cell(row, column)
        for row in range(top, bottom + 1)
        for column in range(first, last + 1)
    ]


def typed_in(text: str) -> int | float | str:
    """What a spreadsheet program makes of what is typed."""
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what it prints."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", "a block starts with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def made_once(command: str, target: Path, shared: Path, county: Callable[[], Path]) -> str:
    """A copy of what a command makes in a folder that is not there yet, and what it printed.

    Twenty pages begin with the same two counties: the first one to be followed makes it, for the
    pages that other test processes follow too. The whole one is made as people start it.
    """
    if command == WHOLE:
        shutil.copytree(county(), target)
        return printed(county()).read_text(encoding="utf-8")
    kept = shared / re.sub(r"\W+", "-", command)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = kept / "printed"
        if not said.exists():
            shutil.rmtree(kept, ignore_errors=True)
            kept.mkdir()
            said.write_text(run(command, kept, warm=True), encoding="utf-8")
    shutil.copytree(kept / target.name, target)
    return said.read_text(encoding="utf-8")


def run(command: str, folder: Path, *, warm: bool = False) -> str:
    """Run a command of ours, or one that every system has; what it prints, complaints included.

    ``warm``: ours in a copy of a process that has everything loaded.
    """
    words = [word for each in shlex.split(command) for word in globbed(each, folder)]
    assert words[0] in {"xianxue", "mkdir", "ls"}, f"{words[0]}: a reader may not have it"
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
    if words[0] == "xianxue" and warm:
        done = warmed.run(
            [sys.executable, "-c", PROGRAM, *words[1:]], cwd=folder, env=environment, together=True
        )
        return done.stdout
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def globbed(word: str, folder: Path) -> list[str]:
    """A word as the shell hands it over: where it has a star, the files that fit."""
    if "*" not in word:
        return [word]
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(word))


def fits(printed: str, expected: str) -> bool:
    """Whether what was printed is what the page shows, trailing blanks aside."""
    wanted = [
        ".*" if line == ANY_LINES else re.escape(line)
        for line in alike(stripped(expected)).splitlines()
    ]
    return re.fullmatch("\n".join(wanted), alike(stripped(printed)), re.DOTALL) is not None


def alike(text: str) -> str:
    """A text without what is another for each reader."""
    return ANY.sub(lambda found: f"<{found.lastgroup}>", text)


def stripped(text: str) -> str:
    """A text without blanks at the ends of its lines, and without blank lines around it."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
