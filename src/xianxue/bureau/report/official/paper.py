"""What an official document says, before it has any look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xianxue.bureau.kinds.genre import Genre, PaperFormat
from xianxue.bureau.kinds.outline import Profile
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.text import Block, Heading, Paragraph, plain
from xianxue.bureau.values.record import Record, field


class Setting(Record):
    """How a document is set: its kind, the format of its head, and the page."""

    genre: Genre
    format: PaperFormat
    profile: Profile


class Attachment(Record, kw_only=True):
    """Something that goes with a document, on pages of its own."""

    title: str
    blocks: tuple[Block, ...]


class Paper(Record, kw_only=True):
    """One official document. What its kind has no part for is not set."""

    title: str
    """With a line break where it may be broken."""
    issuer: str
    on: date
    """成文日期."""
    number: str = ""
    """发文字号; empty leaves room for it."""
    signer: str = ""
    """签发人; empty leaves room for the name."""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    closing: str = ""
    """The fixed phrase below the text."""
    boxes: Mapping[str, str] = field(default_factory=dict[str, str])
    """What stands in the boxes of a slip, by name; others are left to be filled in."""
    attendance: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Who was there, by the heads of the lists."""
    attachments: tuple[Attachment, ...] = ()
    remark: str = ""
    """附注, without its brackets."""
    copies: str = ""
    """抄送."""
    printed_by: str = ""
    """印发机关; empty for the issuer's own office."""

    @property
    def shown_number(self) -> str:
        """Give 发文字号, or room to write it in."""
        return self.number or f"　　　〔{self.on.year}〕　　号"

    def lines(self) -> Iterator[str]:
        """Go through it as plain lines, for a terminal or a person who reads it over."""
        yield _unbroken(self.title)
        if self.addressee:
            yield f"{self.addressee}："
        for block in self.blocks:
            yield from _lines(block)
        if self.closing:
            yield _INDENT + self.closing
        for number, attached in enumerate(self.attachments, start=1):
            ordinal = number if len(self.attachments) > 1 else ""
            yield f"{_INDENT}附件{ordinal}：{_unbroken(attached.title)}"
        yield self.issuer
        yield chinese_day(self.on)
        if self.remark:
            yield f"{_INDENT}（{self.remark}）"
        for attached in self.attachments:
            yield _unbroken(attached.title)
            for block in attached.blocks:
                yield from _lines(block)


_INDENT = "　　"


def _unbroken(title: str) -> str:
    return title.replace("\n", "")


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{_INDENT}{block.number}{plain(block.runs)}"
    elif isinstance(block, Paragraph):
        yield _INDENT + plain(block.runs)
    else:
        if block.caption:
            yield block.caption
        yield "　".join(block.header)
        yield from ("　".join(plain(cell) for cell in row) for row in block.rows)
        if block.note:
            yield block.note
