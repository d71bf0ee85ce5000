"""What all notices have in common: what they are about, and what stands around their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.genre import Genre, NoticeCard
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.numbering import Numbering
from xianxue.bureau.report.official.paper import Attachment, Paper
from xianxue.bureau.report.text import Block, Heading, Paragraph, TextTable
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

UNITS: Final = {"school": "所", "county": "份"}
_YOU: Final = {"school": "你校", "county": "责任股室"}
YOU_KINDERGARTEN: Final = "你园"
NAMED: Final = 10
"""So many places are named in the text; more stand in a table that goes with it."""
_SLOT: Final = "＿＿＿＿"
"""To be filled in by hand: who answers the telephone is nobody's figure."""


class Round(Record):
    """Which returns a notice is about, as they stood on a day, and its own day."""

    form: Form
    period: Period
    as_of: date
    """The day whose state it tells: nobody knows how things will stand when it is sent."""
    on: date
    """成文日期: days from now are counted from it."""
    window: Deadline
    who_extends: str = ""
    """Those who can grant more time."""
    returned: frozenset[str] = frozenset({"returned"})
    """The states of what was sent back, as the lifecycle card marks them."""
    called: str = ""
    """How the one place that is written to is spoken to, where it is not as most are."""

    @property
    def what(self) -> str:
        """The form and its period, as a text names them."""
        return f"《{self.form.term}》（{self.period.term}）"

    @property
    def unit(self) -> str:
        """What returns are counted in."""
        return UNITS[self.form.filed_by]

    @property
    def you(self) -> str:
        """How whoever files is spoken to."""
        return self.called or _YOU[self.form.filed_by]

    def until(self, one: Progress) -> Deadline:
        """Give the last days of one place."""
        return Deadline(self.window.due, self.window.lock, one.extended_until)


class Letterhead(Record):
    """What stands around the text of a notice."""

    card: NoticeCard
    genre: Genre
    issuer: str
    number: str = ""
    copies: str = ""


def addressee_of(head: Letterhead, asked: Round, name: str) -> str:
    """Say whom a notice on one return is sent to: a school itself, or the office that files."""
    by = asked.form.filed_by
    return name if by == "school" else head.card.addressees.get(by, name)


@dataclass
class Writing:
    """A text that grows: numbered headings, paragraphs, lists of places, tables behind it."""

    round: Round
    overview: bool = False
    """Whether a table of everybody goes with the text: then no list has a table of its own."""
    blocks: list[Block] = field(default_factory=list[Block])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    numbering: Numbering = field(default_factory=Numbering)

    def head(self, text: str) -> None:
        """Begin a numbered part."""
        self.blocks.append(Heading(1, self.numbering.next(1), (text,)))

    def say(self, text: str) -> None:
        """Say a paragraph."""
        self.blocks.append(Paragraph((text,)))

    def places(self, head: str, told: Sequence[tuple[Progress, str]]) -> None:
        """Name places under a heading with their number; too many stand in a table behind."""
        if not told:
            return
        self.head(f"{head}（{len(told)}{self.round.unit}）")
        # A few are read at once; many need a code beside the name, which a sentence has no room
        # for.
        if len(told) <= NAMED:
            self.say("、".join(one.name + bracketed(why) for one, why in told) + "。")
            return
        if self.overview:
            self.say(f"{told[0][0].name}等{len(told)}{self.round.unit}，名单见附件。")
            return
        title = f"{head}名单"
        self.attachments.append(Attachment(title=title, blocks=(listing(told),)))
        number = len(self.attachments)
        self.say(f"{told[0][0].name}等{len(told)}{self.round.unit}，名单见附件{number}。")

    def paper(
        self,
        letterhead: Letterhead,
        title: str,
        addressee: str,
        *,
        closing: str = "usual",
        contact: bool = True,
    ) -> Paper:
        """Put the text between its head and its foot."""
        genre = letterhead.genre
        if len(self.attachments) == 1:
            # One alone has no number, and the text says so too.
            self.blocks[:] = [_unnumbered(block) for block in self.blocks]
        if self.numbering.counts == {1: 1}:
            # Nothing follows a part that is alone: it is not the first of any.
            self.blocks[:] = [
                Heading(block.level, "", block.runs) if isinstance(block, Heading) else block
                for block in self.blocks
            ]
        return Paper(
            title=title,
            issuer=letterhead.issuer,
            on=self.round.on,
            number=letterhead.number,
            addressee=addressee,
            blocks=tuple(self.blocks),
            closing=genre.closing(closing),
            attachments=tuple(self.attachments),
            remark=_contact(self.round.form.owner) if contact else "",
            copies=letterhead.copies,
        )


def listing(told: Sequence[tuple[Progress, str]]) -> TextTable:
    """List places with what is said of each; a column in which nothing is said is left out."""
    header = ("序号", "单位代码", "单位名称", "情况")
    rows = [
        ((str(number),), (one.place,), (one.name,), (why,))
        for number, (one, why) in enumerate(told, start=1)
    ]
    wide = len(header) if any(why for _, why in told) else len(header) - 1
    return TextTable("", header[:wide], tuple(row[:wide] for row in rows))


def bracketed(text: str) -> str:
    """Put a text in brackets; nothing where there is none."""
    return f"（{text}）" if text else ""


def overdue(one: Progress) -> str:
    """Say by how much a place is late, and until when it was given more time."""
    parts: list[str] = []
    if one.days_over:
        parts.append(f"逾期{one.days_over}天")
    if one.extended_until is not None:
        parts.append(f"准予延期至{chinese_day(one.extended_until)}")
    return "，".join(parts)


def sent_back(one: Progress) -> str:
    """Say how often a place's return was sent back."""
    return f"退回{one.times_returned}次" if one.times_returned else ""


def _contact(owner: str) -> str:
    return f"{owner}联系人：{_SLOT}；电话：{_SLOT}＿"


def _unnumbered(block: Block) -> Block:
    if isinstance(block, Paragraph) and block.runs[-1:] and isinstance(block.runs[-1], str):
        return Paragraph(
            (*block.runs[:-1], block.runs[-1].replace("名单见附件1。", "名单见附件。"))
        )
    return block
