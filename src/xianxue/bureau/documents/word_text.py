"""The running text of a Word document, and where each character of it stands in the bytes.

Read is what a reader of the printed page sees: body, tables, content controls, text boxes,
footnotes. Left out are tracked deletions, hidden text, field instructions, placeholders nobody
has filled in, and headers and footers, which say the same on every page. Numbers that Word makes
itself (of lists and pages) are not in the file and not in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.documents.document import Control
from xianxue.bureau.documents.splice import Node, SpliceError, parse
from xianxue.bureau.documents.word_letters import content
from xianxue.bureau.documents.word_tree import (
    SAYS_NOTHING,
    all_inside,
    is_deleted,
    is_on,
    is_plain,
    nested,
    number_of,
    text_boxes,
    value_of,
)
from xianxue.bureau.values.record import Record

_BREAK: Final = "\n"
_CELL_END: Final = "\t"
_INSIDE: Final = " "
"""Stands for a tab in prose, and for a line break in a cell: a tab parts cells, a line rows."""


class Piece(Record):
    """Characters that stand together in the file."""

    start: int
    end: int
    around: Node
    """The run (or formula, or whatever holds it) before and after which a mark may stand."""
    text: Node | None
    """The ``t`` that holds them, where it may be divided."""


class WordText(Record):
    """A document's words."""

    text: str
    pieces: tuple[Piece, ...]
    """In the order of the text; separators between paragraphs and cells belong to none."""
    controls: tuple[Control, ...]
    root: Node


class Stories(Record):
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
                # Two tables without a paragraph between would read as one, and their columns be
                # added up.
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
        if node.name in SAYS_NOTHING:
            return
        inner = self.blocks if blocks else self.runs
        if node.name != "sdt":
            inner(node)
            return
        properties, inside = node.child("sdtPr"), node.child("sdtContent")
        # «Click here to enter text» is nobody's statement.
        if inside is None or (properties and is_on(properties.child("showingPlcHdr"))):
            return
        start, place = self.at, len(self.controls)
        held = self.around
        if not blocks and self.around is None and is_plain(properties):
            # Programs that show such a control lose its words where a mark stands inside.
            self.around = node
        inner(inside)
        self.around = held
        tag = value_of(properties, "tag")
        if tag:
            control = Control(tag, value_of(properties, "alias"), start, self.at)
            # At the place it had before those inside it: an outer control stands first.
            self.controls.insert(place, control)

    def table(self, node: Node) -> None:
        """Read a table row by row; inside another cell it is read as words of that cell."""
        held = _Held()
        for row, around in nested(node, "tr"):
            if is_deleted(row):
                continue
            start = self.at
            self.row(row)
            self.hold(held, around, start)
        self.close(held)

    def row(self, row: Node) -> None:
        """Read a row as one line, with a tab between cells."""
        # Empty places count as cells: a number is found by its column, and the columns of all rows
        # have to agree.
        first, held = True, _Held()
        properties = row.child("trPr")
        empty = number_of(properties, "gridBefore") if properties else 0
        for cell, around in nested(row, "tc"):
            if is_deleted(cell):
                continue
            if not self.cells:
                self.say(_CELL_END * (empty + (not first)))
            layout = cell.child("tcPr")
            merged = layout.child("vMerge") if layout else None
            start = self.at
            # The cells below a merged one repeat nothing: its number would be counted once a row.
            if merged is None or merged.get("val") == "restart":
                self.cell(cell)
            self.hold(held, around, start)
            empty, first = max(number_of(layout, "gridSpan") - 1, 0) if layout else 0, False
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
            tag = value_of(properties, "tag")
            if tag:
                self.controls.append(Control(tag, value_of(properties, "alias"), start, end))

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
            # Word takes no comment inside a text box: marks stand around the run it hangs on.
            held, self.around = self.around, self.around or run
            self.blocks(box)
            self.around = held

    def notes(self, kind: str, part: bytes) -> None:
        """Read the notes that the body refers to, each on lines of its own at the end."""
        # The nodes' places are those of the notes' own part while it is read.
        xml, self.xml = self.xml, part
        for note in parse(part).all(kind):
            # The part holds separators and notes of deleted text as well; nobody sees those.
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
        if properties and is_on(properties.child("vanish")):
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
                self.boxes.extend((box, run) for box in text_boxes(node))

    def _gap(self, node: Node) -> str:
        line = node.name == "cr" or (node.name == "br" and node.get("type") in {"", "textWrapping"})
        if line:
            return _INSIDE if self.cells else _BREAK
        # A page or column break says nothing: the words on either side may be one sentence.
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
        for inside in all_inside(node, "t"):
            self.say(content(self.xml, inside), node)
        self.around = held
