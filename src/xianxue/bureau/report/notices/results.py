"""通报 of what an appraisal came to; those named answer before it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.notices.letterhead import NAMED, Letterhead
from xianxue.bureau.report.numbering import Numbering
from xianxue.bureau.report.official.paper import Attachment, Paper
from xianxue.bureau.report.text import Block, Heading, Paragraph, TextTable
from xianxue.bureau.values.record import Record

_COLUMNS = ("序号", "单位名称", "总分", "等次")


class Named(Record, kw_only=True):
    """One who is named, with what was found."""

    name: str
    total: str
    grade: str
    lost: str = ""
    """Where most points were lost, in words."""
    replies: tuple[str, ...] = ()


class Announced(Record, kw_only=True):
    """What is announced, and of whom."""

    what: str
    """What it is called: 平安校园等级考评（2026年）."""
    consequence: str
    """通报批评."""
    unit: str
    """What those who are judged are counted in: 所, 个."""
    to: str
    """Whom it is sent to."""
    grades: tuple[tuple[str, int], ...]
    """How many have each grade, the best first."""
    named: tuple[Named, ...]
    on: date
    until: date | None
    """The last day to answer; None where nobody is asked any more."""
    office: str
    """Whom answers are sent to."""

    @property
    def draft(self) -> bool:
        """Whether those named are heard still."""
        return self.until is not None


def announced(head: Letterhead, told: Announced) -> Paper:
    """Write the circular, or the draft about which those named are heard."""
    numbering = Numbering()
    blocks: list[Block] = [Paragraph((_opening(told) + head.genre.opening,))]
    attachments: list[Attachment] = []
    many = len(told.named)
    blocks.append(_head(numbering, f"{told.consequence}的单位（{many}{told.unit}）"))
    if many <= NAMED:
        blocks += [Paragraph((f"{n}.{_line(one)}",)) for n, one in enumerate(told.named, 1)]
    else:
        blocks.append(Paragraph((f"{told.named[0].name}等{many}{told.unit}，名单见附件。",)))
        title = f"{told.what}\n{told.consequence}名单"
        attachments.append(Attachment(title=title, blocks=(_table(told.named),)))
    blocks.append(_head(numbering, "申辩的提出和处理" if told.draft else "申辩情况"))
    blocks += [Paragraph((said,)) for said in (_asked(head, told) if told.draft else _heard(told))]
    named = f"关于{told.what}\n结果的通报"
    return Paper(
        title=f"{named}\n（征求意见稿）" if told.draft else named,
        issuer=head.issuer,
        on=told.on,
        number=head.number,
        addressee=told.to,
        blocks=tuple(blocks),
        closing=head.genre.closing("draft" if told.draft else "usual"),
        attachments=tuple(attachments),
        copies=head.copies,
    )


def _head(numbering: Numbering, text: str) -> Heading:
    return Heading(1, numbering.next(1), (text,))


def _opening(told: Announced) -> str:
    every = sum(n for _, n in told.grades)
    counted = "、".join(f"{term}{n}{told.unit}" for term, n in told.grades if n)
    return f"{told.what}共评{every}{told.unit}，其中{counted}。"


def _line(one: Named) -> str:
    return f"{one.name}：{one.total}分，{one.grade}{one.lost}。"


def _table(named: Sequence[Named]) -> TextTable:
    rows = [((str(n),), (one.name,), (one.total,), (one.grade,)) for n, one in enumerate(named, 1)]
    return TextTable("", _COLUMNS, tuple(rows))


def _asked(head: Letterhead, told: Announced) -> Iterator[str]:
    how = head.card.reply.how if head.card.reply is not None else "以书面形式"
    last = chinese_day(told.until) if told.until is not None else ""
    yield (
        f"通报印发前，对所列本单位情况有异议的，可于{last}前（含当日）{how}向{told.office}提出，"
        "写明事实和理由，并附有关材料。经核实确有错误的，印发前予以更正；逾期没有提出的，视为没有异议。"
    )
    yield from _replies(told)


def _heard(told: Announced) -> Iterator[str]:
    replies = list(_replies(told))
    if not replies:
        yield "印发前已向所列单位征求意见，期满没有单位提出申辩。"
        return
    yield "印发前已向所列单位征求意见，有关申辩已经核实。"
    yield from replies


def _replies(told: Announced) -> Iterator[str]:
    for one in told.named:
        for text in one.replies:
            yield f"{one.name}申辩：{text.rstrip('。')}。"
