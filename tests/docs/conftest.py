"""What tests of pages ask for: the pages themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = ("README", "ARCHITECTURE", "GLOSSARY", "CONTRIBUTING", "CHANGELOG")


def all_pages() -> list[Path]:
    """Every page of documentation, the top ones first."""
    top = [path for path in sorted(ROOT.glob("*.md")) if path.name.split(".")[0] in TOP]
    return top + sorted((ROOT / "docs").rglob("*.md"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a ``page`` once for each of them."""
    if "page" in metafunc.fixturenames:
        pages = all_pages()
        metafunc.parametrize("page", pages, ids=[str(path.relative_to(ROOT)) for path in pages])
