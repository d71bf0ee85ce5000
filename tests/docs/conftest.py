"""What tests of pages ask for: the pages, and someone who follows one word by word.

On a page a block ``console`` shows commands (behind ``$``) and what they print; a line ``…`` stands
for any lines. A block ``yaml``, ``toml`` or ``csv`` behind a line that ends in a path and a colon
is what that file holds from there on. Blocks of other kinds are for reading only.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = ("README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING", "CHANGELOG")

BLOCK = re.compile(
    r"^(?P<before>[^\n]*)\n\n?```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
FILE = re.compile(r"`([\w./-]+)`[:：]$")
ANY_LINES = "…"


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
def follow() -> Callable[[Path, Path], list[str]]:
    """Follow a page in a folder: write its files, run its commands, compare what they print.

    Gives what was typed, so that a test can see that something was.
    """
    return follow_page


def follow_page(page: Path, folder: Path) -> list[str]:
    """Follow a page, block by block."""
    typed: list[str] = []
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        named = FILE.search(block["before"])
        if named:
            (folder / named[1]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "console":
            for command, expected in commands(block["body"]):
                typed.append(command)
                printed = run(command, folder)
                assert fits(printed, expected), f"$ {command}\n{printed}"
    return typed


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what it prints."""
    parts = re.split(r"^\$ (.+)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", "a block starts with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def run(command: str, folder: Path) -> str:
    """Run a command of ours, or one that every system has; what it prints, complaints included."""
    words = shlex.split(command)
    assert words[0] in {"xianxue", "mkdir", "ls"}, f"{words[0]}: a reader may not have it"
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
    }
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


def fits(printed: str, expected: str) -> bool:
    """Whether what was printed is what the page shows, trailing blanks aside."""
    wanted = [
        ".*" if line == ANY_LINES else re.escape(line) for line in stripped(expected).splitlines()
    ]
    return re.fullmatch("\n".join(wanted), stripped(printed), re.DOTALL) is not None


def stripped(text: str) -> str:
    """A text without blanks at the ends of its lines, and without blank lines around it."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())
