"""Finding one's way in the elements of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.documents.splice import Node

# Fallback is what older programs show in place of a drawing: the same words a second time.
SAYS_NOTHING: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sectPr", "Fallback"})
"""Elements in which nothing stands that a reader of the printed page sees."""
_PLAIN: Final = frozenset({"text", "date", "comboBox", "dropDownList", "checkbox", "picture"})
_OFF: Final = frozenset({"0", "false", "off"})


def is_plain(properties: Node | None) -> bool:
    """Whether a control holds one thing: a plain text, a day, a choice, a box to tick."""
    return properties is not None and any(one.name in _PLAIN for one in properties.children)


def nested(parent: Node, name: str) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Find the rows of a table or the cells of a row, each with the controls around it alone."""
    for node in parent.children:
        if node.name == name:
            yield node, ()
        elif node.name == "sdt":
            inside = node.child("sdtContent")
            for found, around in nested(inside, name) if inside else ():
                yield found, (node, *around)
        elif node.name not in SAYS_NOTHING:
            yield from nested(node, name)


def text_boxes(node: Node) -> Iterator[Node]:
    """Find text boxes, each once: what older programs would show instead is passed over."""
    for child in node.children:
        if child.name == "txbxContent":
            yield child
        elif child.name not in SAYS_NOTHING:
            yield from text_boxes(child)


def all_inside(node: Node, name: str) -> Iterator[Node]:
    """Find elements of a name, however deep."""
    for child in node.children:
        if child.name == name:
            yield child
        elif child.name not in SAYS_NOTHING:
            yield from all_inside(child, name)


def is_deleted(node: Node) -> bool:
    """Whether a row or a cell is marked as deleted: accepting the changes makes it disappear."""
    layout, mark = _DELETIONS[node.name]
    properties = node.child(layout)
    return properties is not None and properties.child(mark) is not None


_DELETIONS: Final = {"tr": ("trPr", "del"), "tc": ("tcPr", "cellDel")}


def is_on(switch: Node | None) -> bool:
    """Whether a property is there and not switched off."""
    return switch is not None and switch.get("val") not in _OFF


def value_of(properties: Node | None, name: str) -> str:
    """Give a property's value; empty where there is none."""
    node = properties.child(name) if properties else None
    return node.get("val") if node else ""


def number_of(properties: Node, name: str) -> int:
    """Give a property's number of columns, no more than a table can have; 0 without one."""
    value = value_of(properties, name)
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() else 0


_MOST_COLUMNS: Final = 63
"""Word's own limit for a table."""
