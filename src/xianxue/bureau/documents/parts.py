"""The zip of an office document: its parts, what refers to what, and which kind each part is."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Final

from xianxue.bureau.documents.splice import Edits, escaped, parse
from xianxue.bureau.values.record import Record

TYPES: Final = "[Content_Types].xml"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can tell: a part of ours says nothing of when it was made."""


class Relation(Record):
    """One reference of a part to another."""

    id: str
    kind: str
    """The last word of its type: ``worksheet``, ``comments`` …"""
    target: str
    """The name of the part; empty for what lies outside the zip."""


class Parts:
    """The parts of a document while they are changed."""

    def __init__(self, contents: Mapping[str, bytes], entries: Iterable[zipfile.ZipInfo]) -> None:
        """Take what has been unpacked, and how it stood in its zip."""
        self.contents = dict(contents)
        self._entries = {entry.filename: entry for entry in entries}

    def to_bytes(self) -> bytes:
        """Pack again: the old parts in their old order, new ones after them."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.contents.items():
                old = self._entries.get(name)
                # All that an entry says of itself stays, so that nothing shows in the zip but the
                # change.
                entry = zipfile.ZipInfo(name, old.date_time if old else _FIRST_DAY)
                entry.compress_type = old.compress_type if old else zipfile.ZIP_DEFLATED
                entry.external_attr = old.external_attr if old else 0o600 << 16
                entry.create_system = old.create_system if old else 3
                archive.writestr(entry, content)
        return target.getvalue()

    # ── relations ───────────────────────────────────────────────────────────

    def relations(self, part: str) -> list[Relation]:
        """Give what a part refers to."""
        return related_in(part, self.contents.get)

    def related(self, part: str, kind: str) -> str:
        """Give the part of a kind that another refers to; empty where there is none."""
        return next(
            (
                relation.target
                for relation in self.relations(part)
                if relation.kind == kind and relation.target in self.contents
            ),
            "",
        )

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another; give the reference's id."""
        name = relations_of(part)
        if name not in self.contents:
            self.contents[name] = (
                '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
                f'<Relationships xmlns="{_RELATIONS}"></Relationships>'
            ).encode()
        xml = self.contents[name]
        root = parse(xml)
        used = {node.get("Id") for node in root.children}
        number = 1
        while f"rId{number}" in used:
            number += 1
        edits = Edits(xml)
        path = posixpath.relpath(target, posixpath.dirname(part))
        edits.append(
            root,
            f'<{root.prefix}Relationship Id="rId{number}" Type="{OFFICE}/{kind}"'
            f' Target="{escaped(path, quoted=True)}"/>'.encode(),
        )
        self.contents[name] = edits.result()
        return f"rId{number}"

    def unrelate(self, part: str, target: str) -> None:
        """Take a reference out, and the list of references if it was the only one."""
        name = relations_of(part)
        xml = self.contents[name]
        root = parse(xml)
        ids = {relation.id for relation in self.relations(part) if relation.target == target}
        if all(node.get("Id") in ids for node in root.children):
            del self.contents[name]
            return
        edits = Edits(xml)
        for node in root.children:
            if node.get("Id") in ids:
                edits.remove(node)
        self.contents[name] = edits.result()

    # ── parts ───────────────────────────────────────────────────────────────

    def free_name(self, before: str, after: str) -> str:
        """Give a name with the first free number."""
        number = 1
        while f"{before}{number}{after}" in self.contents:
            number += 1
        return f"{before}{number}{after}"

    def add(self, name: str, content: bytes, kind: str) -> None:
        """Put a part in and declare its content type."""
        self.contents[name] = content
        xml = self.contents[TYPES]
        root = parse(xml)
        edits = Edits(xml)
        edits.append(
            root,
            f'<{root.prefix}Override PartName="/{escaped(name, quoted=True)}"'
            f' ContentType="{kind}"/>'.encode(),
        )
        self.contents[TYPES] = edits.result()

    def add_default(self, extension: str, kind: str) -> None:
        """Declare the content type of an extension, if nobody has."""
        xml = self.contents[TYPES]
        root = parse(xml)
        if any(node.get("Extension").lower() == extension for node in root.all("Default")):
            return
        edits = Edits(xml)
        # In front: office programs write the defaults before the overrides.
        edits.insert(
            root.inner,
            f'<{root.prefix}Default Extension="{extension}" ContentType="{kind}"/>'.encode(),
        )
        self.contents[TYPES] = edits.result()

    def drop(self, name: str) -> None:
        """Take a part out, with its own references and its declared type."""
        self.contents.pop(name, None)
        self.contents.pop(relations_of(name), None)
        xml = self.contents[TYPES]
        edits = Edits(xml)
        extension = name.rpartition(".")[2]
        # The default of an extension was declared for our part and goes with the last of its kind;
        # that of xml is everybody's.
        last = extension != "xml" and not any(
            other.endswith(f".{extension}") for other in self.contents
        )
        for node in parse(xml).children:
            own = node.name == "Override" and node.get("PartName") == f"/{name}"
            if own or (last and node.name == "Default" and node.get("Extension") == extension):
                edits.remove(node)
        self.contents[TYPES] = edits.result()


def related_in(part: str, content: Callable[[str], bytes | None]) -> list[Relation]:
    """Give what a part refers to; the package itself is the part without a name.

    ``content`` gives the bytes of a part, None where there is none. SpliceError where the list
    cannot be read.
    """
    xml = content(relations_of(part))
    if xml is None:
        return []
    folder = posixpath.dirname(part)
    found: list[Relation] = []
    for node in parse(xml).all("Relationship"):
        target = node.get("Target")
        if node.get("TargetMode") == "External":
            target = ""
        elif target.startswith("/"):
            target = target[1:]
        else:
            target = posixpath.normpath(posixpath.join(folder, target))
        found.append(Relation(node.get("Id"), node.get("Type").rpartition("/")[2], target))
    return found


def relations_of(part: str) -> str:
    """Name the part that holds another's references.

    >>> relations_of("word/document.xml")
    'word/_rels/document.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
