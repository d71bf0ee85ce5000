"""Every noun of the code is in the glossary once, and every noun of the glossary is in the code."""

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

NOUNS = ("values", "places", "law", "issues", "documents", "kinds", "workflow", "records")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+?) \| `([\w.]+)` \| ([^|]+?) \|$", re.MULTILINE)


@pytest.fixture
def rows(root: Path) -> list[tuple[str, str, str]]:
    """Name, term and module of each row."""
    text = (root / "GLOSSARY.md").read_text(encoding="utf-8")
    found = [(name, term, module) for name, term, module, _ in ROW.findall(text)]
    # A row that the pattern cannot read would be checked by nobody.
    assert len(found) == text.count("| `xianxue.bureau.")
    return found


def public_classes(root: Path) -> set[tuple[str, str]]:
    """Name and module of each public class among the nouns."""
    package = root / "src" / "xianxue" / "bureau"
    return {
        (node.name, ".".join(("xianxue.bureau", *path.relative_to(package).with_suffix("").parts)))
        for noun in NOUNS
        for path in (package / noun).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_every_class_of_the_nouns_is_in_the_glossary(rows, root):
    assert public_classes(root) - {(name, module) for name, _, module in rows} == set()


def test_every_name_is_defined_where_the_glossary_says(rows):
    lost = [
        (name, where)
        for name, _, where in rows
        if not hasattr(importlib.import_module(where), name)
    ]
    assert lost == []


def test_a_class_is_named_by_the_module_that_defines_it(rows):
    for name, _, where in rows:
        found = getattr(importlib.import_module(where), name)
        assert not isinstance(found, type) or found.__module__ == where, name


def test_each_noun_and_each_term_stands_once(rows):
    for column in (0, 1):
        often = Counter(row[column] for row in rows)
        assert [word for word, times in often.items() if times > 1] == []
