"""The body of the Word document: paragraphs, tables, sections, signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from xianxue.bureau.report import grid, styles
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.controls import Controls
from xianxue.bureau.report.layout import Layout, width_in_characters
from xianxue.bureau.report.ooxml import Element, R, document_of, name, w
from xianxue.bureau.report.pictures.inline import inline
from xianxue.bureau.report.text import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Runs,
    Text,
    TextTable,
)

_SIGNATURE_GAP: Final = Decimal(2)
"""署名 stands two characters from the right; 日期 begins two characters after 署名 does."""

_PLAIN: Final = frozenset({styles.TITLE, styles.SUBTITLE, styles.SIGNATURE, styles.DATE})


@dataclass
class Body:
    """Builds the body, piece by piece."""

    layout: Layout
    footers: dict[str, str]
    """``default`` and ``even`` to the ids of the footers' relationships."""
    pictures: list[str] = field(default_factory=list[str])
    """The ids of the pictures' relationships, in the order in which the pictures come."""
    controls: Controls = field(default_factory=Controls)
    made: list[Element] = field(default_factory=list[Element])
    _drawn: int = 0

    def element(self, text: Text) -> Element:
        """Make the whole document's element."""
        self._coverage(text)
        self.title(text.title, followed=bool(text.subtitle))
        if text.subtitle:
            self.paragraph((text.subtitle,), styles.SUBTITLE)
        if text.addressee:
            self.paragraph((f"{text.addressee}：",), styles.ADDRESSEE)
        self.blocks(text.blocks)
        self._close(text)
        for position, note in enumerate(text.notes):
            self.paragraph(note.runs)
            if not position:
                self.made[-1][0].append(w("pageBreakBefore"))
        return document_of([*self.made, self.section(landscape=False)])

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Set headings, paragraphs and tables."""
        row: list[Picture] = []
        there = list(blocks)
        for block, after in zip(there, [*there, None][1:], strict=True):
            if isinstance(block, Heading):
                self.paragraph((block.number, *block.runs), styles.heading(block.level))
            elif isinstance(block, Picture):
                row.append(block)
                if not self._fits(row, after):
                    self._pictures(row)
                    row = []
            elif isinstance(block, Paragraph):
                self.paragraph(block.runs)
            else:
                self._table(block)

    def _fits(self, row: list[Picture], after: Block | None) -> bool:
        """Whether what follows is a picture that has room beside those of a row."""
        if not isinstance(after, Picture):
            return False
        return sum(one.width for one in (*row, after)) <= self.layout.profile.type_width

    def _pictures(self, row: list[Picture]) -> None:
        """Set pictures side by side in a line of their own, and their captions below it."""
        # A line of text has its height given, which would cut a picture off.
        room = w("spacing", before=0, after=0, line=240, lineRule="auto")
        line = w("p", w("pPr", w("keepNext"), room, w("ind", firstLine=0), w("jc", val="center")))
        for picture in row:
            number = self._drawn
            self._drawn += 1
            line.append(w("r", inline(picture, self.pictures[number], number + 1)))
        self.made.append(line)
        for picture in row:
            self.paragraph(picture.runs, styles.CAPTION)

    def _coverage(self, text: Text) -> None:
        """Set the page that says whose returns are missing; it is taken out of the final text."""
        for paragraph in text.coverage:
            self.paragraph(paragraph.runs)
        if text.coverage:
            self.made.append(w("p", w("r", w("br", type="page"))))

    def title(self, title: str, *, followed: bool = False) -> None:
        """Set a title, followed by an empty line or by something that belongs to it."""
        # The lines of one title are paragraphs of one style, and the style leaves a line free
        # below.
        first = len(self.made)
        for line in self._broken(title):
            self.paragraph((line,), styles.TITLE)
        for paragraph in self.made[first : None if followed else -1]:
            # only the last line of a title is followed by an empty one
            paragraph[0].append(w("spacing", after=0))

    def _broken(self, title: str) -> list[str]:
        """Break a title where its card allows, if it is too long for one line."""
        whole = title.replace("\n", "")
        room = self.layout.profile.type_width / self.layout.profile.title_size
        points_per_millimetre = Decimal(72) / Decimal("25.4")
        if width_in_characters(whole) <= room * points_per_millimetre:
            return [whole]
        return title.split("\n")

    def paragraph(self, runs: Runs, style: str = "") -> Element:
        """Set a paragraph; its properties are its first child."""
        properties = w("pPr")
        if style:
            properties.append(w("pStyle", val=style))
        plain = style in _PLAIN
        self.made.append(w("p", properties, *self.controls.runs(runs, plain=plain)))
        return self.made[-1]

    def _table(self, table: TextTable) -> None:
        how = grid.fit(table, self.layout)
        if how.landscape:
            self._end_section(landscape=False)
        self.paragraph((table.caption,), styles.CAPTION)
        self.made.append(grid.element(table, how, self.controls))
        self.paragraph((table.note,) if table.note else (), styles.NOTE)
        if table.tight and not table.note:
            self.made[-1][0].append(w("spacing", before=0, after=0, line=40, lineRule="exact"))
        if how.landscape:
            self._end_section(landscape=True)

    def _close(self, text: Text) -> None:
        """Write 署名 and 日期 below the text, each at its place from the left."""
        if not text.signature:
            return
        day = chinese_day(text.on)
        signed, dated = self.starts(text.signature, day)
        for words, style, start in (
            (text.signature, styles.SIGNATURE, signed),
            (day, styles.DATE, dated),
        ):
            self.paragraph((words,), style)
            left = int(start * self.layout.character)
            self.made[-1][0].append(w("ind", left=left, firstLine=0))

    def starts(self, signature: str, day: str) -> tuple[Decimal, Decimal]:
        """Say at which character 署名 and 日期 begin where no seal is set.

        If the date would come nearer to the edge than two characters, it is the date that ends
        there, and 署名 moves left with it.
        """
        line = Decimal(self.layout.profile.characters_per_line)
        signed = line - _SIGNATURE_GAP - width_in_characters(signature)
        furthest = line - _SIGNATURE_GAP - width_in_characters(day)
        dated = min(signed + _SIGNATURE_GAP, furthest)
        return max(min(signed, dated - _SIGNATURE_GAP), Decimal(0)), dated

    # ── sections ────────────────────────────────────────────────────────────

    def _end_section(self, *, landscape: bool) -> None:
        """End a section with the last paragraph, or with an empty one after a table."""
        if not self.made:
            return
        # Word keeps a section's properties in its last paragraph; a table has no place for them.
        if self.made[-1].tag != name("p"):
            self.paragraph(())
        self.made[-1][0].append(self.section(landscape=landscape))

    def section(self, *, landscape: bool) -> Element:
        """Make the properties of a section: its paper, its margins, its footers."""
        page = self.layout
        section = w("sectPr")
        for kind, relation in self.footers.items():
            footer = w("footerReference", type=kind)
            footer.set(f"{{{R}}}id", relation)
            section.append(footer)
        size = w("pgSz", w=page.page_width, h=page.page_height)
        sides = (page.top, page.right, page.bottom, page.left)
        if landscape:
            # the page is turned to the left: its binding edge is on top
            size = w("pgSz", w=page.page_height, h=page.page_width, orient="landscape")
            sides = (page.left, page.top, page.right, page.bottom)
        edges = dict(zip(("top", "right", "bottom", "left"), sides, strict=True))
        footer_edge = page.footer - page.bottom + edges["bottom"]
        margins = w("pgMar", **edges, header=edges["top"] // 2, footer=footer_edge, gutter=0)
        section.extend((size, margins, w("cols", space="0")))
        section.append(w("docGrid", type="lines", linePitch=page.pitch))
        return section


def document(
    text: Text, layout: Layout, footers: dict[str, str], pictures: list[str] | None = None
) -> Element:
    """Make document.xml; ``pictures`` has the ids of their relationships, in order."""
    return Body(layout, footers, pictures or []).element(text)
