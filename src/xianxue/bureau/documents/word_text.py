"""The running text of a Word document, and where each character of it stands in the bytes.

Read is what a reader of the printed page sees: body, tables, content controls, text boxes,
footnotes. Left out are tracked deletions, hidden text, field instructions, placeholders nobody
has filled in, and headers and footers, which say the same on every page. Numbers that Word makes
itself (of lists and pages) are not in the file and not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from xianxue.bureau.documents.document import Control
from xianxue.bureau.documents.splice import Node, SpliceError, parse

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&(?P<entity>[^;]*);|(?P<plain>[^<&])",
    re.DOTALL,
)
_SPACE: Final = " \t\r\n"
_ONE_LINE: Final = str.maketrans("\t\r\n", "   ")
_SAYS_NOTHING: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sectPr", "Fallback"})
_PLAIN: Final = frozenset({"text", "date", "comboBox", "dropDownList", "checkbox", "picture"})
_OFF: Final = frozenset({"0", "false", "off"})
_BREAK: Final = "\n"
_CELL_END: Final = "\t"
_INSIDE: Final = " "
"""Stands for a tab in prose, and for a line break in a cell: a tab parts cells, a line rows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that stand together in the file."""

    start: int
    end: int
    around: Node
    """The run (or formula, or whatever holds it) before and after which a mark may stand."""
    text: Node | None
    """The ``t`` that holds them, where it may be divided."""


@dataclass(frozen=True, slots=True)
class WordText:
    """A document's words."""

    text: str
    pieces: tuple[Piece, ...]
    """In the order of the text; separators between paragraphs and cells belong to none."""
    controls: tuple[Control, ...]
    root: Node


@dataclass(frozen=True, slots=True)
class Stories:
    """The parts with texts beside the body."""

    footnotes: bytes | None = None
    endnotes: bytes | None = None


def read_word(xml: bytes, stories: Stories) -> WordText:
    """Read the main part; SpliceError where it is no plain XML."""
    root = parse(xml)
    body = root.child("body")
    if root.name != "document" or body is None:
        message = "no document"
        raise SpliceError(message)
    reader = _Reader(xml)
    reader.blocks(body)
    for kind, part in (("footnote", stories.footnotes), ("endnote", stories.endnotes)):
        if part is not None:
            reader.notes(kind, part)
    text = "".join(reader.said)
    controls = sorted(reader.controls, key=lambda one: (one.start, -one.end))
    return WordText(text, tuple(reader.pieces), tuple(controls), root)


def tokens(raw: str) -> Iterator[tuple[str, int, int]]:
    """Go through the characters of an element's raw content, each with its place in it.

    >>> list(tokens("a&lt;<![CDATA[b<]]>"))
    [('a', 0, 1), ('<', 1, 5), ('b', 14, 15), ('<', 15, 16)]
    """
    for found in _TOKEN.finditer(raw):
        if found["plain"] is not None:
            yield found["plain"], found.start(), found.end()
        elif found["entity"] is not None:
            yield unescape(found[0]), found.start(), found.end()
        elif found["cdata"] is not None:
            at = found.start("cdata")
            for index, char in enumerate(found["cdata"]):
                yield char, at + index, at + index + 1


def content(xml: bytes, node: Node) -> str:
    """Give the text directly inside a ``t``, as Word shows it."""
    if node.closes_itself:
        return ""
    raw = xml[node.inner : node.close].decode()
    if "&" in raw or "<" in raw:
        raw = "".join(char for char, _, _ in tokens(raw))
    raw = raw.translate(_ONE_LINE)
    return raw if node.get("space") == "preserve" else raw.strip(_SPACE)


def raw_offset(xml: bytes, node: Node, letters: int) -> int:
    """Give how many bytes of a ``t``'s content stand before its n-th letter as Word shows it."""
    raw = xml[node.inner : node.close].decode()
    places = [(char, start) for char, start, _ in tokens(raw)]
    skipped = 0
    if node.get("space") != "preserve":
        while skipped < len(places) and places[skipped][0] in _SPACE:
            skipped += 1
    at = skipped + letters
    start = places[at][1] if at < len(places) else len(raw)
    return len(raw[:start].encode())


_Held = dict[int, tuple[Node, int, int]]
"""Controls around rows or cells, by identity, with the offsets they reach from and to."""


@dataclass
class _Reader:
    xml: bytes
    said: list[str] = field(default_factory=list[str])
    pieces: list[Piece] = field(default_factory=list[Piece])
    controls: list[Control] = field(default_factory=list[Control])
    at: int = 0
    cells: int = 0
    """In how many cells, one in another, the reader stands."""
    around: Node | None = None
    """What holds words between which no mark may stand: a text box, a note, a plain control."""
    boxes: list[tuple[Node, Node]] = field(default_factory=list[tuple[Node, Node]])
    """Text boxes met in a paragraph, each with its run; they are read after the paragraph."""
    referred: dict[tuple[str, str], Node] = field(default_factory=dict[tuple[str, str], Node])
    """The runs that refer to notes."""

    def say(self, words: str, around: Node | None = None, text: Node | None = None) -> None:
        """Put words into the text."""
        if not words:
            return
        holder = self.around or around
        if holder is not None:
            inside = text if self.around is None else None
            self.pieces.append(Piece(self.at, self.at + len(words), holder, inside))
        self.said.append(words)
        self.at += len(words)

    # ── blocks ──────────────────────────────────────────────────────────────

    def blocks(self, parent: Node) -> None:
        """Read paragraphs and tables."""
        after_table = False
        for node in parent.children:
            if node.name == "tbl":
                if after_table and not self.cells:
                    self.say(_BREAK)
                self.table(node)
            elif node.name == "p":
                self.paragraph(node)
            else:
                self.wrapper(node, blocks=True)
            after_table = node.name == "tbl"

    def wrapper(self, node: Node, *, blocks: bool) -> None:
        """Go into what holds blocks or runs: a content control, an insertion, a smart tag."""
        if node.name in _SAYS_NOTHING:
            return
        inner = self.blocks if blocks else self.runs
        if node.name != "sdt":
            inner(node)
            return
        properties, inside = node.child("sdtPr"), node.child("sdtContent")
        if inside is None or (properties and _on(properties.child("showingPlcHdr"))):
            return
        start, place = self.at, len(self.controls)
        held = self.around
        if not blocks and self.around is None and _is_plain(properties):
            # Programs that show such a control lose its words where a mark stands inside.
            self.around = node
        inner(inside)
        self.around = held
        tag = _value(properties, "tag")
        if tag:
            control = Control(tag, _value(properties, "alias"), start, self.at)
            self.controls.insert(place, control)

    def table(self, node: Node) -> None:
        """Read a table row by row; inside another cell it is read as words of that cell."""
        held = _Held()
        for row, around in _inside(node, "tr"):
            start = self.at
            self.row(row)
            self.hold(held, around, start)
        self.close(held)

    def row(self, row: Node) -> None:
        """Read a row as one line, with a tab between cells."""
        first, held = True, _Held()
        properties = row.child("trPr")
        empty = _number(properties, "gridBefore") if properties else 0
        for cell, around in _inside(row, "tc"):
            if not self.cells:
                self.say(_CELL_END * (empty + (not first)))
            layout = cell.child("tcPr")
            merged = layout.child("vMerge") if layout else None
            start = self.at
            if merged is None or merged.get("val") == "restart":
                self.cell(cell)
            self.hold(held, around, start)
            empty, first = max(_number(layout, "gridSpan") - 1, 0) if layout else 0, False
        self.close(held)
        if not self.cells:
            self.say(_CELL_END * empty + _BREAK)

    def hold(self, held: _Held, around: tuple[Node, ...], start: int) -> None:
        """Remember how far the controls around a row or cell reach."""
        for control in around:
            first = held[id(control)][1] if id(control) in held else start
            held[id(control)] = (control, first, self.at)

    def close(self, held: _Held) -> None:
        """Make the controls around rows or cells."""
        for control, start, end in held.values():
            properties = control.child("sdtPr")
            tag = _value(properties, "tag")
            if tag:
                self.controls.append(Control(tag, _value(properties, "alias"), start, end))

    def cell(self, cell: Node) -> None:
        """Read a cell's paragraphs as one line."""
        self.cells += 1
        self.blocks(cell)
        self.cells -= 1
        # Nothing follows the last paragraph that had to be kept apart from it.
        if not self.cells and self.said and self.said[-1] == _INSIDE and self._loose():
            self.said.pop()
            self.at -= 1

    def _loose(self) -> bool:
        return not self.pieces or self.pieces[-1].end < self.at

    def paragraph(self, node: Node) -> None:
        """Read a paragraph as one line, and after it the text boxes that hang on it."""
        start = self.at
        outer, self.boxes = self.boxes, []
        self.runs(node)
        if not self.cells:
            self.say(_BREAK)
        elif self.at > start:
            self.say(_INSIDE)
        boxes, self.boxes = self.boxes, outer
        for box, run in boxes:
            held, self.around = self.around, self.around or run
            self.blocks(box)
            self.around = held

    def notes(self, kind: str, part: bytes) -> None:
        """Read the notes that the body refers to, each on lines of its own at the end."""
        xml, self.xml = self.xml, part
        for note in parse(part).all(kind):
            run = self.referred.get((kind, note.get("id")))
            if run is not None:
                self.around = run
                self.blocks(note)
                self.around = None
        self.xml = xml

    # ── runs ────────────────────────────────────────────────────────────────

    def runs(self, parent: Node) -> None:
        """Read what stands in a line."""
        for node in parent.children:
            if node.name == "r":
                self.run(node)
            elif node.name in {"oMath", "oMathPara"}:
                self.formula(node)
            else:
                self.wrapper(node, blocks=False)

    def run(self, run: Node) -> None:
        """Read a run, piece by piece."""
        properties = run.child("rPr")
        if properties and _on(properties.child("vanish")):
            return
        for node in run.children:
            if node.name == "t":
                self.say(content(self.xml, node), run, node)
            elif node.name in {"tab", "ptab", "cr", "br"}:
                self.say(self._gap(node), run)
            elif node.name == "noBreakHyphen":
                self.say("-", run)
            elif node.name in {"footnoteReference", "endnoteReference"}:
                key = (node.name.removesuffix("Reference"), node.get("id"))
                self.referred.setdefault(key, run)
            elif node.name == "ruby":
                self._ruby(node, run)
            elif node.name in {"drawing", "pict", "object", "AlternateContent"}:
                self.boxes.extend((box, run) for box in _text_boxes(node))

    def _gap(self, node: Node) -> str:
        line = node.name == "cr" or (node.name == "br" and node.get("type") in {"", "textWrapping"})
        if line:
            return _INSIDE if self.cells else _BREAK
        return "" if node.name == "br" else _INSIDE

    def _ruby(self, node: Node, run: Node) -> None:
        base = node.child("rubyBase")
        if base is not None:
            held, self.around = self.around, self.around or run
            self.runs(base)
            self.around = held

    def formula(self, node: Node) -> None:
        """Read the letters and digits of a formula in their order."""
        held, self.around = self.around, self.around or node
        for inside in _all_inside(node, "t"):
            self.say(content(self.xml, inside), node)
        self.around = held


def _is_plain(properties: Node | None) -> bool:
    """Whether a control holds one thing: a plain text, a day, a choice, a box to tick."""
    return properties is not None and any(one.name in _PLAIN for one in properties.children)


def _inside(parent: Node, name: str) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Find the rows of a table or the cells of a row, each with the controls around it alone."""
    for node in parent.children:
        if node.name == name:
            yield node, ()
        elif node.name == "sdt":
            inside = node.child("sdtContent")
            for found, around in _inside(inside, name) if inside else ():
                yield found, (node, *around)
        elif node.name not in _SAYS_NOTHING:
            yield from _inside(node, name)


def _text_boxes(node: Node) -> Iterator[Node]:
    """Find text boxes, each once: what older programs would show instead is passed over."""
    for child in node.children:
        if child.name == "txbxContent":
            yield child
        elif child.name not in _SAYS_NOTHING:
            yield from _text_boxes(child)


def _all_inside(node: Node, name: str) -> Iterator[Node]:
    for child in node.children:
        if child.name == name:
            yield child
        elif child.name not in _SAYS_NOTHING:
            yield from _all_inside(child, name)


def _on(switch: Node | None) -> bool:
    return switch is not None and switch.get("val") not in _OFF


def _value(properties: Node | None, name: str) -> str:
    node = properties.child(name) if properties else None
    return node.get("val") if node else ""


def _number(properties: Node, name: str) -> int:
    value = _value(properties, name)
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() else 0


_MOST_COLUMNS: Final = 63
"""Word's own limit for a table."""
