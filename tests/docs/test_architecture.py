"""ARCHITECTURE.md tells of the house as it stands: its contracts, its floors and its rooms."""

import re
import tomllib
from pathlib import Path

import pytest


@pytest.fixture
def page_text(root: Path) -> str:
    return (root / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_every_contract_is_on_the_page_and_no_other(page_text: str, root: Path):
    options = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [one["id"] for one in options["tool"]["importlinter"]["contracts"]]
    section = page_text[page_text.index("## What may know what") :]
    told = re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE)
    homes = told[: len(contracts)]
    assert homes == contracts


def test_every_floor_and_room_has_its_paragraph(page_text: str, root: Path):
    package = root / "src" / "xianxue"
    folders = {
        path.stem
        for parent in (package, package / "bureau")
        for path in parent.iterdir()
        if not path.name.startswith("__") and path.suffix in {"", ".py"}
    }
    told = set(re.findall(r"^\*\*`(\w+)`(?:\*\*| —)", page_text, re.MULTILINE))
    assert told == folders
