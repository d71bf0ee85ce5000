"""The reference is what the cards say today."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from national import national

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.desk.cli import cli


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the reference as it should be, written by the script itself."""
    folder = tmp_path_factory.mktemp("reference")
    script = Path(__file__).parents[2] / "docs" / "generate.py"
    subprocess.run([sys.executable, script, folder], check=True)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def commands(command: click.Command, above: click.Context | None = None) -> Iterator[click.Context]:
    """A command and all below it."""
    name = "xianxue" if above is None else command.name
    context = click.Context(command, above, name)
    yield context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            yield from commands(command.get_command(context, each), context)


def test_no_page_is_stale(pages, root):
    """Whoever changes a card runs ``make reference`` too."""
    folder = root / "docs" / "reference"
    assert sorted(path.name for path in folder.iterdir()) == sorted(pages)
    stale = [name for name, text in pages.items() if (folder / name).read_text("utf-8") != text]
    assert stale == [], "run `make reference`"


def test_every_kind_of_official_document_is_there(pages):
    """With its fixed phrases, which an office may look for."""
    shelf = national().shelf
    for genre in shelf.genres.values():
        assert f"\n`{genre.genre}`，" in pages["official.md"]
        assert all(f"“{one.text}”" in pages["official.md"] for one in genre.closings)
    for paper in shelf.paper_formats.values():
        assert f"\n`{paper.format}`。" in pages["official.md"]
    for notice in shelf.notices.values():
        assert f"\n`{notice.notice}`，" in pages["official.md"]


def test_everything_declared_is_there(pages):
    """Every indicator, criterion, field and document by name."""
    shelf = national().shelf
    for indicator in shelf.indicators.values():
        assert f"\n`{indicator.indicator}`\n" in pages["indicators.md"]
    for rubric in shelf.rubrics.values():
        assert f"\n`{rubric.rubric}`。" in pages["rubrics.md"]
        for node in nodes_of(rubric):
            assert f" `{node.item.item}` |" in pages["rubrics.md"]
    for standard in shelf.standards.values():
        for one in standard.criteria + standard.spread:
            assert f"`{one.criterion}` |" in pages["standards.md"]
            assert all(f"{value.value}" in pages["standards.md"] for value in one.values)
    for form in shelf.forms.values():
        for sheet in form.sheets:
            assert all(f"| `{field.field}` |" in pages["forms.md"] for field in sheet.fields)
        assert all(f"`{rule.unusual}` |" in pages["forms.md"] for rule in form.unusual)
    for card in shelf.lifecycles.values():
        assert f"\n`{card.lifecycle}`" in pages["lifecycles.md"]
        assert all(f"| {step.term} |" in pages["lifecycles.md"] for step in card.steps)
    for source in shelf.sources.values():
        assert f"| {source.title} |" in pages["sources.md"]


def test_every_doubt_is_told(pages):
    """A value that nobody verified says so in its own row."""
    for standard in national().shelf.standards.values():
        for one in standard.criteria + standard.spread:
            rows = [
                row for row in pages["standards.md"].splitlines() if f"`{one.criterion}` |" in row
            ]
            for value in one.values:
                assert any(value.seen.term in row for row in rows), one.criterion


def test_every_command_is_there_and_says_what_it_does(pages):
    """So do its options; tests/house/test_languages.py sees that English has all of it."""
    for context in commands(cli):
        assert f"\n## {context.command_path}\n" in pages["commands.md"]
        assert context.command.help, context.command_path
        for option in context.command.params:
            said = isinstance(option, click.Argument) or option.help
            assert said, f"{context.command_path} {option.name}"
