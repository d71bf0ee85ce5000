r"""The names of a package's parts, found as office programs find them.

Windows programs write ``xl\workbook.xml``, others ``./xl/Workbook.xml`` or call the main part
otherwise; Excel opens them all, because what is meant is said by the references between parts, and
case and strokes do not count. Here such a package is given the usual names, and its references
with them, so that the rooms that read or mark it need to know no others.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Final

from xianxue.bureau.documents.parts import TYPES, related_in, relations_of
from xianxue.bureau.documents.splice import Node, SpliceError, escaped, parse

ROOT: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
_USUAL: Final = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
"""Parts that readers look for by name; the references say which they are."""
# Main parts of other office files, which name them in the same words.
_OTHERS: Final = ("word/", "ppt/")


def tidy(name: str) -> str:
    r"""Give a part's name as references write it.

    >>> tidy("xl\\worksheets\\sheet1.xml"), tidy("./xl//workbook.xml"), tidy("/xl/styles.xml")
    ('xl/worksheets/sheet1.xml', 'xl/workbook.xml', 'xl/styles.xml')
    """
    slashed = name.replace("\\", "/")
    if not slashed.startswith(("/", ".")) and "//" not in slashed and "/." not in slashed:
        return slashed
    return posixpath.normpath(slashed).lstrip("/") if slashed.strip("./") else slashed


def tidied(entries: Iterable[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Give the entries with tidy names; those that have one are the same objects."""
    return [_renamed(entry, tidy(entry.filename)) for entry in entries]


def _renamed(entry: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    if entry.filename == name:
        return entry
    other = copy(entry)
    other.filename = name
    return other


def named(names: Iterable[str], name: str) -> str:
    """Find a name whatever its case; empty where there is none."""
    wanted = name.lower()
    return next((each for each in names if each.lower() == wanted), "")


@lru_cache(maxsize=64)
def main_part(names: tuple[str, ...], root: bytes) -> str:
    """Give the workbook's part as the package's own word has it, or by its usual name."""
    targets: list[str] = []
    if root:
        try:
            related = related_in("", lambda _: root)
        except SpliceError:
            related = []
        targets = [tidy(one.target) for one in related if one.kind == "officeDocument"]
    for target in (*targets, WORKBOOK):
        found = named(names, target)
        low = found.lower()
        if low.endswith(".xml") and not low.startswith(_OTHERS):
            return found
    return ""


@lru_cache(maxsize=64)
def is_usual(names: tuple[str, ...], main: str, references: bytes) -> bool:
    """Whether parts are called as readers look for them, and as the workbook's references say."""
    if references:
        try:
            related = related_in(WORKBOOK, lambda _: references)
        except SpliceError:
            return True
        targets = [one.target for one in related if one.target]
        # Readers take references letter by letter; Excel does not, so only such a target is
        # renamed.
        if any(target not in names and named(names, tidy(target)) for target in targets):
            return False
    low = {name.lower(): name for name in names}
    wanted = (ROOT, TYPES, WORKBOOK, relations_of(WORKBOOK), *_USUAL.values())
    return main == WORKBOOK and all(low.get(name.lower(), name) == name for name in wanted)


def with_usual_names(
    entries: Sequence[zipfile.ZipInfo], parts: Mapping[str, bytes], main: str
) -> tuple[list[zipfile.ZipInfo], dict[str, bytes]]:
    """Give a workbook's parts their usual names, and write them into all references.

    SpliceError where the references cannot be read.
    """
    renames = _renames(parts, main)
    renamed: dict[str, bytes] = {}
    for name, content in parts.items():
        if name in renames.values() and name not in renames:
            continue
        if name.lower() == TYPES.lower():
            renamed[TYPES] = _types(content, list(parts), renames)
        elif name.lower().endswith(".rels"):
            renamed[renames.get(name, name)] = _references(name, parts, renames)
        else:
            renamed[renames.get(name, name)] = content
    names = {**renames, named(parts, TYPES): TYPES}
    found = [_renamed(each, names.get(each.filename, each.filename)) for each in entries]
    # What stood at a usual name and is not referred to makes way, and is not seen in Excel either.
    taken = set(renames.values()) - set(renames)
    kept = [one for one, was in zip(found, entries, strict=True) if was.filename not in taken]
    return kept, renamed


def _renames(parts: Mapping[str, bytes], main: str) -> dict[str, str]:
    """Say which part is to be called how; what keeps its name is left out."""
    renames = {named(parts, ROOT): ROOT, main: WORKBOOK}
    for relation in _related(parts, main):
        found = named(parts, relation[1])
        usual = _USUAL.get(relation[0], "")
        # A reader looks for sheets beside the workbook.
        if not usual and not found.startswith("xl/"):
            usual = f"xl/worksheets/{posixpath.basename(found)}"
        if found and usual:
            renames[found] = usual
    for old, new in list(renames.items()):
        references = named(parts, relations_of(old))
        if references and old:
            renames[references] = relations_of(new)
    return {old: new for old, new in renames.items() if old and old != new}


def _related(parts: Mapping[str, bytes], part: str) -> list[tuple[str, str]]:
    def content(name: str) -> bytes | None:
        return parts.get(named(parts, name))

    found = related_in(part, content)
    return [(one.kind, tidy(one.target)) for one in found if one.target]


def _references(name: str, parts: Mapping[str, bytes], renames: Mapping[str, str]) -> bytes:
    """Write a list of references anew, from the root of the package on."""
    folder = posixpath.dirname(posixpath.dirname(name))
    root = parse(parts[name])
    lines: list[str] = []
    for node in root.all("Relationship"):
        target = node.get("Target")
        if node.get("TargetMode") != "External":
            slashed = target.replace("\\", "/")
            path = slashed if slashed.startswith("/") else posixpath.join(folder, slashed)
            found = named(parts, tidy(posixpath.normpath(path)))
            target = f"/{renames.get(found, found)}" if found else target
        lines.append(_element("Relationship", node, ("Id", "Type", "TargetMode"), Target=target))
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'.encode()


def _types(xml: bytes, names: Sequence[str], renames: Mapping[str, str]) -> bytes:
    lines: list[str] = []
    for node in parse(xml).children:
        if node.name == "Default":
            lines.append(_element("Default", node, ("Extension", "ContentType")))
        elif node.name == "Override":
            found = named(names, tidy(node.get("PartName")))
            name = f"/{renames.get(found, found)}" if found else node.get("PartName")
            lines.append(_element("Override", node, ("ContentType",), PartName=name))
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'<Types xmlns="{space}">{"".join(lines)}</Types>'.encode()


def _element(tag: str, node: Node, kept: Iterable[str], **more: str) -> str:
    said = {name: node.get(name) for name in kept} | more
    listed = (f'{name}="{escaped(text, quoted=True)}"' for name, text in said.items() if text)
    return f"<{tag} {' '.join(listed)}/>"
