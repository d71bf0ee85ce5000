"""Reading XML with its places in the bytes, so that a change touches nothing beside it.

A library that reads a workbook and writes it anew loses whatever it does not know. Here the
elements are found by a parser, and the text between two places is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final
from xml.parsers import expat

# Quoted values are passed over whole: a `>` inside one does not end the tag.
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_MARKUP = re.compile(rb"<[^>]*>")
_UTF8: Final = frozenset({None, "utf-8", "us-ascii", "ascii"})
# Reading goes down with the elements: a file nested without end would exhaust Python's stack. Real
# documents stay far below.
_DEEPEST: Final = 100
# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class SpliceError(ValueError):
    """XML that cannot be changed safely."""


@dataclass(slots=True)
class Node:
    """One element and where it stands: ``start`` to ``inner`` is its opening tag."""

    name: str
    """Without a prefix."""
    prefix: str
    """With its colon; empty where there is none."""
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    """Where the closing tag begins; equal to ``end`` in an element that closes itself."""
    end: int = 0
    children: list[Node] = field(default_factory=list["Node"])

    @property
    def closes_itself(self) -> bool:
        """Whether it is written as one tag."""
        return self.close == self.end

    def child(self, name: str) -> Node | None:
        """Give the first child with a name, or None."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    def all(self, name: str) -> Iterator[Node]:
        """Go through the children with a name."""
        return (child for child in self.children if child.name == name)

    def get(self, name: str) -> str:
        """Give an attribute by its name without a prefix; empty where there is none."""
        value = self.attributes.get(name)
        if value is not None:
            return value
        return next((text for key, text in self.attributes.items() if key.endswith(f":{name}")), "")


@lru_cache(maxsize=1024)
def _parted(name: str) -> tuple[str, str]:
    """Part a name from its prefix: a document has tens of thousands, by a few dozen names."""
    prefix, colon, local = name.rpartition(":")
    return local, prefix + colon


def parse(xml: bytes) -> Node:
    """Read a part; SpliceError where it is no plain UTF-8 XML or declares entities."""
    reader = expat.ParserCreate()
    reader.buffer_text = True
    roots: list[Node] = []
    stack: list[Node] = []

    def opened(name: str, attributes: dict[str, str]) -> None:
        start = reader.CurrentByteIndex
        tag = _TAG.match(xml, start)
        if tag is None or len(stack) > _DEEPEST:
            message = f"no tag at byte {start}"
            raise SpliceError(message)
        node = Node(*_parted(name), attributes, start, tag.end(), 0, 0, [])
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)

    def closed(_: str) -> None:
        node = stack.pop()
        if xml[node.inner - 2 : node.inner] == b"/>":
            node.close = node.end = node.inner
            return
        node.close = reader.CurrentByteIndex
        node.end = xml.index(b">", node.close) + 1

    def declared(_: str, encoding: str | None, __: int) -> None:
        if (encoding.lower() if encoding else None) not in _UTF8:
            message = f"encoding {encoding}"
            raise SpliceError(message)

    def refused(*_: object) -> None:
        # A document type declares entities: a few lines of them unfold to gigabytes, and what they
        # stand for has no place in the bytes. No office program writes one.
        message = "a document type"
        raise SpliceError(message)

    reader.StartElementHandler = opened
    reader.EndElementHandler = closed
    reader.XmlDeclHandler = declared
    reader.StartDoctypeDeclHandler = refused
    try:
        # UTF-16 without a declaration: the expressions above look for ASCII bytes.
        if xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            refused()
        reader.Parse(xml, True)  # noqa: FBT003 - expat takes it by position: all there is
    except expat.ExpatError as error:
        raise SpliceError(str(error)) from None
    return roots[0]


class Edits:
    """Changes to one part, applied all at once."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self._changes: list[tuple[int, int, int, bytes]] = []
        self._inside: dict[int, tuple[Node, bytes]] = {}

    def replace(self, start: int, end: int, text: bytes) -> None:
        """Put a text in the place of another; of two at one place the earlier call stands first."""
        self._changes.append((start, end, len(self._changes), text))

    def insert(self, at: int, text: bytes) -> None:
        """Put a text between two bytes."""
        self.replace(at, at, text)

    def remove(self, node: Node) -> None:
        """Take an element out."""
        self.replace(node.start, node.end, b"")

    def append(self, parent: Node, text: bytes) -> None:
        """Put a text at an element's end, opening one that closes itself."""
        if not parent.closes_itself:
            self.insert(parent.close, text)
        else:
            _, before = self._inside.get(parent.start, (parent, b""))
            self._inside[parent.start] = (parent, before + text)

    def attributes(self, node: Node, values: Mapping[str, str | None]) -> None:
        """Set attributes in an opening tag; None takes one out."""
        tag = self.xml[node.start : node.inner]
        self.replace(node.start, node.inner, with_attributes(tag, values))

    def result(self) -> bytes:
        """Give the changed part; SpliceError where two changes overlap."""
        changes = list(self._changes)
        for node, text in self._inside.values():
            # The tag closes itself: without its last two letters it opens.
            opening = self.xml[node.start : node.inner - 2].rstrip()
            closing = f"</{node.prefix}{node.name}>".encode()
            changes.append((node.start, node.end, len(changes), opening + b">" + text + closing))
        parts: list[bytes] = []
        at = 0
        for start, end, _, text in sorted(changes):
            if start < at:
                message = f"two changes at byte {start}"
                raise SpliceError(message)
            parts += [self.xml[at:start], text]
            at = end
        return b"".join([*parts, self.xml[at:]])


def with_attributes(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """Give an opening tag with other attributes, in its own order; new ones stand last.

    >>> with_attributes(b'<c r="A1" s="3"/>', {"s": "7", "t": "inlineStr"})
    b'<c r="A1" s="7" t="inlineStr"/>'
    >>> with_attributes(b'<row r="2" spans="1:4">', {"spans": None})
    b'<row r="2">'
    """
    for name, value in values.items():
        found = re.search(
            rb"\s" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""",
            tag,
        )
        text = b"" if value is None else f' {name}="{escaped(value, quoted=True)}"'.encode()
        if found is not None:
            tag = tag[: found.start()] + text + tag[found.end() :]
        elif text:
            end = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:end].rstrip() + text + tag[end:]
    return tag


def text_of(xml: bytes, nodes: Iterable[Node]) -> str:
    """Give the text inside elements, without markup."""
    text = b"".join(xml[node.inner : node.close] for node in nodes if not node.closes_itself)
    # What looks like markup in a CDATA section is text, and must outlive the next line.
    text = _CDATA.sub(lambda found: escaped(found[1].decode(errors="replace")).encode(), text)
    return unescape(_MARKUP.sub(b"", text).decode(errors="replace"))


def escaped(text: str, *, quoted: bool = False) -> str:
    r"""Write a text so that XML holds it; what XML cannot hold becomes a box.

    >>> escaped("a<b & c\x0b")
    'a&lt;b &amp; c□'
    """
    text = _FORBIDDEN.sub("□", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A bare line break in an attribute is read back as a blank.
    return text.replace('"', "&quot;").replace("\n", "&#10;") if quoted else text


def in_cell(text: str, prefix: str = "") -> bytes:
    """Write a text as a cell's or comment's ``t``: what looks like one of Excel's escapes is kept.

    >>> in_cell("=1+1 _x0041_")
    b'<t xml:space="preserve">=1+1 _x005F_x0041_</t>'
    """
    safe = _ESCAPED_LIKE.sub("_x005F_", escaped(text)).replace("\r", "")
    return f'<{prefix}t xml:space="preserve">{safe}</{prefix}t>'.encode()
