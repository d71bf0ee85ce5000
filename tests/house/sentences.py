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
from functools import cache
from pathlib import Path

import click
import msgspec
import polib
from jinja2 import Environment, nodes

from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.telling.sentences import TELLINGS
from xianxue.bureau.values.sentence import Phrase, Sentence
from xianxue.catalogue.card_files import NATIONAL
from xianxue.catalogue.languages.words import HERE
from xianxue.catalogue.reading import read_cards
from xianxue.desk.cli import cli
from xianxue.desk.cli.language import HELP

SOURCE = Path(__file__).parents[2] / "src" / "xianxue"


DECLARED = {
    "judging/relations.py": [
        formula for one in RELATIONS.values() for formula in (one.formula, one.falling)
    ],
    "telling/sentences.py": [
        template for one in TELLINGS.values() for template in msgspec.structs.astuple(one)
    ],
}
"""The auditor's templates stand in tables, and are said elsewhere."""
BESIDE_EACH_OTHER = "}{"


def room_of(path: Path) -> str:
    """The catalogue's file for what a module says: its room's name."""
    parts = path.relative_to(SOURCE).parts
    if parts[0] == "web":
        return f"web_{parts[1]}" if len(parts) > 2 else "web"
    if parts[:2] == ("desk", "cli"):
        return "cli"
    return parts[1].removesuffix(".py") if parts[0] == "bureau" else parts[0]


@cache
def said() -> list[tuple[str, str, Path, set[str]]]:
    """Each template that is said: its room, itself, its module, and the names of its values."""
    return list(_said())


def _said() -> Iterator[tuple[str, str, Path, set[str]]]:
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for template in filter(None, DECLARED.get("/".join(path.parts[-2:]), ())):
            yield room_of(path), template, path, placeholders(template)
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
    yield from _on_pages()


PAGES = Environment(autoescape=True)


def _on_pages() -> Iterator[tuple[str, str, Path, set[str]]]:
    """What templates of pages say."""
    for path in sorted((SOURCE / "web").rglob("*.html")):
        for node in PAGES.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if not isinstance(node.node, nodes.Name) or node.node.name not in {"say", "joined"}:
                continue
            first = node.args[0]
            assert isinstance(first, nodes.Const), f"{path}:{node.lineno}: not written out"
            if node.node.name == "joined":
                yield room_of(path), f"{{first}}{first.value}{{then}}", path, {"first", "then"}
            else:
                yield room_of(path), first.value, path, {one.key for one in node.kwargs}


def unsaid() -> list[str]:
    """Chinese that stands in a page and is not said, so that it has no English: place and text."""
    found: list[str] = []
    for path in sorted((SOURCE / "web").rglob("*.html")):
        for node in PAGES.parse(path.read_text(encoding="utf-8")).find_all(nodes.TemplateData):
            text = node.data.replace(LANGUAGE_NAME, "")
            if any("\u4e00" <= char <= "\u9fff" for char in text):
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {text.strip()[:40]}")
    return found


LANGUAGE_NAME = "中文"
"""The name of a language is written in that language."""


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


@cache
def carded() -> list[tuple[str, str, str]]:
    """Each text that a card says to people: its catalogue folder, its card, itself."""
    found: list[tuple[str, str, str]] = []
    cards = read_cards(NATIONAL, [])
    for key, named in cards.by_kind.items():
        for name, card in named.items():
            folder = cards.origins[key, name].file.partition("/")[0]
            found += [
                (folder, text.context, str(text)) for text in phrases(card) if not text.isascii()
            ]
    return found


def phrases(value: object) -> Iterator[Phrase]:
    """Each text to be told within a card, however deep."""
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from phrases(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from phrases(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from phrases(one)


def placeholders(template: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def specs(template: str) -> set[str]:
    """What stands behind the colons of placeholders."""
    return {spec for _, _, spec, _ in string.Formatter().parse(template) if spec}


def wanted() -> dict[str, str]:
    """Every key the catalogue must have, with the file it belongs to.

    A template of names and plain signs alone is the same in all languages, but that English puts a
    space between two sentences, and between two words.
    """
    keys = {
        template: room
        for room, template, _, _ in said()
        if not template.isascii() or BESIDE_EACH_OTHER in template
    }
    keys |= {text: keys.get(text, "cli") for text in helped()}
    return {text: f"cards/{folder}" for folder, _, text in carded()} | keys


def contexts() -> set[tuple[str, str]]:
    """Each card, and the help, with each of its texts: what may have an English of its own."""
    return {(context, text) for _, context, text in carded()} | {(HELP, text) for text in helped()}


@cache
def entries(language: str = "en") -> list[tuple[str, polib.POEntry]]:
    """All entries of a language, with the file each stands in."""
    return [
        (file.stem, entry)
        for file in sorted((HERE / language).rglob("*.po"))
        for entry in polib.pofile(file.read_text(encoding="utf-8"), check_for_duplicates=True)
    ]


def missing() -> str:
    """Entries still to be written, ready to be put into their files."""
    there = {(entry.msgctxt or "", entry.msgid) for _, entry in entries() if entry.msgstr}
    # A text that only some cards have needs no English beside that in their contexts.
    unsaid = {text for context, text in contexts() if (context, text) not in there}
    said_too = {template for _, template, _, _ in said()} | {*helped()}
    stubs: dict[str, list[str]] = {}
    for key, room in wanted().items():
        if ("", key) not in there and (key in unsaid or key in said_too):
            stubs.setdefault(room, []).append(str(polib.POEntry(msgid=key)))
    return "\n".join(f"## {room}.po\n\n" + "\n".join(found) for room, found in stubs.items())


if __name__ == "__main__":
    sys.stdout.write(missing())
