"""The text of a document as a tree, before it has any look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.values.record import Record

Run = str | Claim
Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Write runs as bare text.

    >>> plain(("全县有学校", "若干所"))
    '全县有学校若干所'
    """
    return "".join(run if isinstance(run, str) else run.text for run in runs)


class Heading(Record):
    """A heading with the number that was computed for it."""

    level: int
    number: str
    runs: Runs


class Paragraph(Record):
    """An ordinary paragraph."""

    runs: Runs


class Picture(Paragraph):
    """A picture; its runs are the caption, which is what a reader of bare text is given."""

    png: bytes
    width: int
    """In millimetres; the height follows from the picture."""
    shape: tuple[int, int]
    """Points of the picture, across and down."""
    said: str
    """What it shows, for somebody who cannot see it."""


class TextTable(Record):
    """A table: header, rows of cells, and what stands above and below."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    note: str = ""
    tight: bool = False
    """Whether what follows comes close below it: on a sheet that has to stay on one page."""
    size: int = 0
    """The largest of the layout's table sizes that it may have; 0 is the first."""


Block = Heading | Paragraph | TextTable


class Text(Record, kw_only=True):
    """A whole document."""

    title: str
    """With a line break where it may be broken."""
    subtitle: str = ""
    """What the reader must know before the first line: that figures are provisional."""
    addressee: str = ""
    blocks: tuple[Block, ...]
    coverage: tuple[Paragraph, ...] = ()
    """A page before the text: whose returns are missing; empty where everybody has reported."""
    notes: tuple[Paragraph, ...] = ()
    """数据说明, a working sheet beside the text: what it rests on and how well that was seen."""
    signature: str = ""
    on: date
    name: str = ""
    """What kind of document it is, for the file's properties."""
    period: str = ""

    def claims(self) -> Iterator[Claim]:
        """Go through all claims in the order they are read."""
        for runs in self._runs():
            yield from (run for run in runs if isinstance(run, Claim))

    def _runs(self) -> Iterator[Runs]:
        for block in (*self.coverage, *self.blocks, *self.notes):
            if isinstance(block, TextTable):
                for row in block.rows:
                    yield from row
            else:
                yield block.runs

    def pictures(self) -> list[Picture]:
        """Give all pictures in the order they are seen."""
        return [block for block in self.blocks if isinstance(block, Picture)]

    def outline(self) -> str:
        """Write the document as plain lines: what a golden file keeps and a person can review."""
        lines = [plain(one.runs) for one in self.coverage]
        lines += [self.title.replace("\n", ""), self.subtitle]
        lines.append(f"{self.addressee}：" if self.addressee else "")
        for block in self.blocks:
            lines.extend(_lines(block))
        lines.append(self.signature)
        lines.append(f"{self.on.year}年{self.on.month}月{self.on.day}日")
        lines.extend(plain(note.runs) for note in self.notes)
        return "\n".join(line for line in lines if line) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {block.number}{plain(block.runs)}"
    elif isinstance(block, Paragraph):
        yield plain(block.runs)
    else:
        yield f"【{block.caption}】"
        yield " | ".join(block.header)
        yield from (" | ".join(plain(cell) for cell in row) for row in block.rows)
        if block.note:
            yield block.note
