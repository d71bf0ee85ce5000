"""What has to be in the English catalogue; as a program, it prints what is not there yet.

``.venv/bin/python tests/house/sentences.py`` writes entries to be filled, under the name of the file
they belong to.
"""

from __future__ import annotations

import ast
import inspect
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import polib

from xianxue.bureau.values.sentence import Sentence
from xianxue.catalogue.languages.words import HERE
from xianxue.desk.cli import cli

SOURCE = Path(__file__).parents[2] / "src" / "xianxue"


BEHIND_EACH_OTHER = "{first}{then}"


def room_of(path: Path) -> str:
    """The catalogue's file for what a module says: its room's name."""
    parts = path.relative_to(SOURCE).parts
    if parts[:2] == ("desk", "cli"):
        return "cli"
    return parts[1].removesuffix(".py") if parts[0] == "bureau" else parts[0]


def said() -> Iterator[tuple[str, str, Path, set[str]]]:
    """Each template that is said: its room, itself, its module, and the names of its values."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"from {Sentence.__module__} import" not in text:
            continue  # whose ``joined`` is another one
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in {"say", "joined"} or path.name == "sentence.py":
                continue
            first = node.args[0]
            assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: not written out"
            if node.func.id == "joined":
                yield room_of(path), f"{{first}}{first.value}{{then}}", path, {"first", "then"}
            else:
                names = {keyword.arg or "**" for keyword in node.keywords}
                yield room_of(path), first.value, path, names


def helped(command: click.Command = cli) -> Iterator[str]:
    """Each text of help in the tree of commands, as it is written in Chinese."""
    for one in (command, *command.params):
        text = getattr(one, "_chinese", None)
        if text and not isinstance(text, Sentence):
            yield inspect.cleandoc(text)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from helped(command.get_command(context, name))


def placeholders(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def specs(template: str) -> set[str]:
    """What stands behind the colons of placeholders."""
    return {spec for _, _, spec, _ in string.Formatter().parse(template) if spec}


def wanted() -> dict[str, str]:
    """Every key the catalogue must have, with the file it belongs to.

    A template of names and plain signs alone is the same in all languages, but that English puts a
    space between two sentences.
    """
    keys = {
        template: room
        for room, template, _, _ in said()
        if not template.isascii() or template == BEHIND_EACH_OTHER
    }
    return keys | {text: keys.get(text, "cli") for text in helped()}


def entries(language: str = "en") -> list[tuple[str, polib.POEntry]]:
    """All entries of a language, with the file each stands in."""
    return [
        (file.stem, entry)
        for file in sorted((HERE / language).glob("*.po"))
        for entry in polib.pofile(file.read_text(encoding="utf-8"), check_for_duplicates=True)
    ]


def missing() -> str:
    """Entries still to be written, ready to be put into their files."""
    there = {entry.msgid for _, entry in entries() if entry.msgstr}
    stubs: dict[str, list[str]] = {}
    for key, room in wanted().items():
        if key not in there:
            stubs.setdefault(room, []).append(str(polib.POEntry(msgid=key)))
    return "\n".join(f"## {room}.po\n\n" + "\n".join(found) for room, found in stubs.items())


if __name__ == "__main__":
    sys.stdout.write(missing())
