"""The workbook's styles: a style that looks like another but for its fill, and the way back.

Styles are only ever added, and one that is there already is used again: marking twice changes
nothing the second time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.documents.splice import Edits, Node, SpliceError, parse, with_attributes
from xianxue.bureau.returns.marking.colours import (
    NO_FILL,
    Before,
    Look,
    Palette,
    before_of,
    fill_of,
    with_prefix,
    without_prefixes,
)

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    f'<fills count="2">{NO_FILL}<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    "</styleSheet>"
).encode()
_APPLY_FILL = re.compile(rb"""\sapplyFill\s*=\s*(?:"[^"]*"|'[^']*')""")
_FILL_ID = re.compile(rb"""\bfillId\s*=\s*["'](\d+)["']""")
_OPENING = re.compile(rb"<[^>]*>")


@dataclass
class _Section:
    """One list of the styles: fonts, fills, borders or cell styles."""

    node: Node
    items: list[bytes]
    old: int
    """How many there were."""


class Styles:
    """The styles part while it is added to."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self._root = parse(xml)
        self.fonts = self._section("fonts")
        self.fills = self._section("fills")
        self.borders = self._section("borders")
        self.formats = self._section("cellXfs")
        self.palette = Palette()
        self._marked: dict[tuple[int, Look, bool], int] = {}
        self._known: dict[str, Before] = {}
        self._guess = False
        self._befores: dict[int, tuple[Before, int] | None] = {}

    def _section(self, name: str) -> _Section:
        node = self._root.child(name)
        if node is None or not node.children:
            message = f"no {name} in the styles"
            raise SpliceError(message)
        items = [self.xml[item.start : item.end] for item in node.children]
        return _Section(node, items, len(items))

    def add(self, section: _Section, item: str) -> int:
        """Give the number of an item of a list, putting it in if it is not there."""
        xml = with_prefix(item, section.node.prefix).encode()
        # Used again where it is there: marking each week would otherwise fill the file with styles.
        if xml not in section.items:
            section.items.append(xml)
        return section.items.index(xml)

    def first_border(self) -> str:
        """Give the first border, which is none in the files of every program."""
        return without_prefixes(self.borders.items[0].decode())

    def result(self) -> bytes:
        """Give the part with all that was added."""
        edits = Edits(self.xml)
        for section in (self.fonts, self.fills, self.borders, self.formats):
            if len(section.items) > section.old:
                edits.attributes(section.node, {"count": str(len(section.items))})
                edits.append(section.node, b"".join(section.items[section.old :]))
        return edits.result()

    # ── marks ───────────────────────────────────────────────────────────────

    def marked(self, style: int, look: Look, *, fresh: bool) -> int:
        """Give the style that is another but for the colour of a mark."""
        key = (style, look, fresh)
        if key not in self._marked:
            base = self._format(style)
            fill = self.fill_of(style)
            colour = self.palette.colour(Before(look, fresh, fill))
            number = self.add(self.fills, fill_of(colour))
            item = _with_tag(base, {"fillId": str(number), "applyFill": "1"})
            if item not in self.formats.items:
                self.formats.items.append(item)
            self._marked[key] = self.formats.items.index(item)
        return self._marked[key]

    def fill_of(self, style: int) -> str:
        """Give a style's fill as XML without prefixes."""
        found = _FILL_ID.search(_opening(self._format(style)))
        number = int(found[1]) if found else 0
        if number >= len(self.fills.items):
            return NO_FILL
        return without_prefixes(self.fills.items[number].decode())

    def know(self, known: dict[str, Before], *, guess: bool) -> None:
        """Tell which colours are marks; ``guess``: nobody knows, so go by the colours alone."""
        self._known, self._guess = known, guess

    def before(self, style: int) -> tuple[Before, int] | None:
        """Say what a cell of this style was, and the style it had; None where it is no mark."""
        if style not in self._befores:
            before = before_of(self.fill_of(style), self._known, guess=self._guess)
            found = (before, self._without(style, before.fill)) if before is not None else None
            self._befores[style] = found
        return self._befores[style]

    def _without(self, style: int, fill: str) -> int:
        number = self.add(self.fills, fill)
        item = _with_tag(self.formats.items[style], {"fillId": str(number)})
        plain = _APPLY_FILL.sub(b"", item)
        for at, other in enumerate(self.formats.items):
            if _APPLY_FILL.sub(b"", other) == plain:
                return at
        self.formats.items.append(item)
        return len(self.formats.items) - 1

    def _format(self, style: int) -> bytes:
        items = self.formats.items
        return items[style] if style < len(items) else items[0]


def _with_tag(item: bytes, values: dict[str, str]) -> bytes:
    """Give an item with attributes set in its opening tag."""
    opening = _opening(item)
    return with_attributes(opening, values) + item[len(opening) :]


def _opening(item: bytes) -> bytes:
    found = _OPENING.match(item)
    if found is None:
        message = "a style that is no element"
        raise SpliceError(message)
    return found[0]
