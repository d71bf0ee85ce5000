"""Slips of one matter of a ledger: a reminder, a supervision slip, a circular."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal

from xianxue.bureau.kinds.genre import Genre
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.text import Block, Paragraph, TextTable
from xianxue.bureau.values.record import Record

Slip = Literal["reminder", "supervision", "circular"]
_SLOT: Final = "＿＿＿＿"


class Matter(Record, kw_only=True):
    """What a slip is about, in words; nothing of it is worked out here."""

    ledger: str
    number: str
    place: str
    title: str
    state: str
    recorded: date
    task: str
    """What has to be done, as the card calls its clock."""
    due: date
    why: str
    """Why by that day: the rule, the start, the days that count."""
    follows: str
    """What follows where it is not done, as the card says; empty where it says nothing."""
    office: str
    fields: tuple[tuple[str, str], ...] = ()
    """What is written down of it, personal data covered."""


def slip_of(slip: Slip, matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    """Write a slip of a kind as of a day."""
    return _KINDS[slip](matter, genre, issuer, on)


def _reminder(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    left = (matter.due - on).days
    when = f"已逾期{-left}天" if left < 0 else f"还有{left}天" if left else "今天到期"
    last = chinese_day(matter.due)
    ask = f"请于{last}前（含当日）办好" if left >= 0 else "请立即办理"
    blocks: list[Block] = [
        Paragraph((_about(matter),)),
        Paragraph((f"{matter.task}的最后一天是{last}，{when}。期限的由来：{matter.why}。",)),
        Paragraph((f"{ask}，把结果和佐证材料登记到{matter.ledger}。{_follows(matter)}",)),
    ]
    title = f"关于提醒按期办理{matter.ledger}\n{matter.number}号事项的通知"
    return _paper(matter, genre, issuer, on, title, blocks, matter.place)


def _circular(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    over = (on - matter.due).days
    late = f"，截至{chinese_day(on)}已逾期{over}天" if over > 0 else ""
    blocks: list[Block] = [
        Paragraph((f"{matter.place}：{_about(matter)}",)),
        Paragraph((f"{matter.task}的最后一天是{chinese_day(matter.due)}{late}。",)),
        Paragraph((f"期限的由来：{matter.why}。",)),
        Paragraph((f"请{matter.place}立即办理，把结果和佐证材料登记到台账。{_follows(matter)}",)),
    ]
    title = f"关于{matter.ledger}{matter.number}号事项\n办理情况的通报"
    return _paper(matter, genre, issuer, on, title, blocks, "各有关单位")


def _supervision(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    over = (on - matter.due).days
    late = f"（已逾期{over}天）" if over > 0 else ""
    said = "；".join(f"{term}：{text}" for term, text in matter.fields)
    boxes: Mapping[str, str] = {
        "source": f"{matter.ledger}{matter.number}号（{chinese_day(matter.recorded)}登记）",
        "lead": matter.place,
        "given": chinese_day(on),
        "due": chinese_day(matter.due) + late,
        "matter": f"{matter.title}。{said}" if said else matter.title,
        "wanted": f"{matter.task}。期限的由来：{matter.why}。{_follows(matter)}",
    }
    shown = {one.box: boxes[one.box] for one in genre.boxes if one.box in boxes}
    return Paper(title=genre.term, issuer=issuer, on=on, boxes=shown)


def _about(matter: Matter) -> str:
    recorded = chinese_day(matter.recorded)
    return (
        f"“{matter.title}”（{matter.ledger}{matter.number}号）于{recorded}登记，"
        f"现在是“{matter.state}”。"
    )


def _follows(matter: Matter) -> str:
    return f"到期没有办好的：{matter.follows}。" if matter.follows else ""


def _paper(  # noqa: PLR0913, PLR0917 - the parts of a document
    matter: Matter,
    genre: Genre,
    issuer: str,
    on: date,
    title: str,
    blocks: list[Block],
    addressee: str,
) -> Paper:
    return Paper(
        title=title,
        issuer=issuer,
        on=on,
        addressee=addressee,
        blocks=tuple(blocks),
        closing=genre.closing(),
        remark=f"{matter.office}联系人：{_SLOT}；电话：{_SLOT}＿",
    )


_KINDS: Final[Mapping[Slip, Callable[[Matter, Genre, str, date], Paper]]] = {
    "reminder": _reminder,
    "supervision": _supervision,
    "circular": _circular,
}


def sheet_of(
    title: str, issuer: str, on: date, opening: str, tables: tuple[TextTable, ...]
) -> Paper:
    """Put tables on a page with a title and a sentence above them: 一校一表."""
    return Paper(title=title, issuer=issuer, on=on, blocks=(Paragraph((opening,)), *tables))
