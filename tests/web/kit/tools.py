"""What tests in a browser need on the machine: where it is, and what happens where it is missing."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

IN_CI = os.environ.get("XIANXUE_CI") == "1"
BROWSING = Path(sys.prefix) / "browsing"
"""Where `make dev-set` puts the npm packages that only tests need."""
CHROMIUMS = ("chromium", "chromium-browser")


def missing(what: str) -> NoReturn:
    """Fail in CI, where everything has to be there; skip with a reason elsewhere."""
    (pytest.fail if IN_CI else pytest.skip)(what)


@cache
def chromium() -> str:
    """The distribution's Chromium."""
    for name in CHROMIUMS:
        if found := shutil.which(name):
            return found
    missing("no chromium on the path; Debian has it in chromium")


@cache
def old_chromium() -> str:
    """Chromium 92 of 2021, the oldest browser that the pages are made for."""
    return str(_unpacked("chromium-92"))


@cache
def axe_source() -> str:
    """The script of axe-core, which looks for what hinders people who cannot see or use a mouse."""
    return _unpacked("node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def _unpacked(name: str) -> Path:
    path = BROWSING / name
    if not path.is_file():
        missing(f"no {name}: `make dev-set` fetches it from a registry of npm packages")
    return path
