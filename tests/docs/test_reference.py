"""The reference is what the cards say today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from xianxue.catalogue.load import load


def script(name: str) -> ModuleType:
    """A script of docs, as a module."""
    path = Path(__file__).parents[2] / "docs" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"docs_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every page of the reference as it should be."""
    made = script("generate").Pages(load()).all()
    return made | {"commands.md": script("generate_commands").text()}


def test_no_page_is_stale(pages, root):
    """Whoever changes a card runs ``make reference`` too."""
    folder = root / "docs" / "reference"
    assert sorted(path.name for path in folder.iterdir()) == sorted(pages)
    stale = [name for name, text in pages.items() if (folder / name).read_text("utf-8") != text]
    assert stale == [], "run `make reference`"


def test_everything_declared_is_there(pages):
    """Every indicator, criterion, field and document by name."""
    shelf = load().shelf
    for indicator in shelf.indicators.values():
        assert f"\n`{indicator.indicator}`\n" in pages["indicators.md"]
    for standard in shelf.standards.values():
        for one in standard.criteria + standard.spread:
            assert f"`{one.criterion}` |" in pages["standards.md"]
            assert all(f"{value.value}" in pages["standards.md"] for value in one.values)
    for form in shelf.forms.values():
        for sheet in form.sheets:
            assert all(f"| `{field.field}` |" in pages["forms.md"] for field in sheet.fields)
    for source in shelf.sources.values():
        assert f"| {source.title} |" in pages["sources.md"]


def test_every_doubt_is_told(pages):
    """A value that nobody verified says so in its own row."""
    for standard in load().shelf.standards.values():
        for one in standard.criteria + standard.spread:
            rows = [
                row for row in pages["standards.md"].splitlines() if f"`{one.criterion}` |" in row
            ]
            for value in one.values:
                assert any(value.seen.term in row for row in rows), one.criterion


def test_every_command_says_what_it_does_in_both_languages():
    """Chinese first, English beside it; so do its options."""
    commands = script("generate_commands")
    for context in commands.commands(commands.cli):
        assert " · " in (context.command.help or ""), context.command_path
        for option in context.command.params:
            said = getattr(option, "help", None)
            known = said is None or option.name == "version"  # click words that one
            assert known or "· " in said, f"{context.command_path} {option.name}"
