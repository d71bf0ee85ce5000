"""Which part of a workbook's zip holds which tab."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def parts_of_tabs(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give each tab's part in the zip; ``parts`` are the contents by name."""
    relations = parts.get("xl/_rels/workbook.xml.rels", b"")
    return dict(_parts_of_tabs(parts.get("xl/workbook.xml", b""), relations))


@lru_cache(maxsize=64)
def _parts_of_tabs(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Look into the two parts; workbooks of one kind of school have the same."""
    targets: dict[str, str] = {}
    for found in _RELATION.finditer(relations):
        relation = attributes_of(found[1])
        target = relation.get("Target", "")
        # Relative to the workbook's folder, or from the root of the zip: openpyxl writes the
        # latter.
        target = target[1:] if target.startswith("/") else "xl/" + target.removeprefix("./")
        targets[relation.get("Id", "")] = target
    tabs = (attributes_of(found[1]) for found in _SHEET.finditer(workbook))
    return {tab.get("name", ""): targets.get(tab.get("r:id", ""), "") for tab in tabs}


def attributes_of(text: bytes) -> dict[str, str]:
    """Read an element's attributes.

    >>> attributes_of(b'name="A&amp;B" r:id="rId1"')
    {'name': 'A&B', 'r:id': 'rId1'}
    """
    return {
        name.decode(): unescaped((double or single).decode(errors="replace"))
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def unescaped(text: str) -> str:
    """Undo XML's five escapes."""
    # The ampersand last: or what it brings back would be undone a second time.
    for entity, char in _ENTITIES.items():
        text = text.replace(entity, char)
    return text
