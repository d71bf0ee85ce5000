"""Slips of one matter of a ledger: a reminder, a supervision slip, a circular."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal, get_args

from xianxue.bureau.kinds.genre import Genre
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.text import Block, Heading, Paragraph, TextTable
from xianxue.bureau.values.record import Record, replace

Slip = Literal["reminder", "supervision", "circular", "rectification", "urge"]
"""``urge``: of what is owed each period, and is no entry yet."""
SLIPS: Final[tuple[Slip, ...]] = get_args(Slip)

_SLOT: Final = "＿＿＿＿"
_CHINESE: Final = "一二"
_OWN_SUPERVISION: Final = "督办单"
_OWN_CIRCULAR: Final = "通报"
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Matter(Record, kw_only=True):
    """What a slip is about, in words; nothing of it is worked out here."""

    ledger: str
    number: str
    place: str
    title: str
    state: str
    recorded: date | None
    """None for what is owed each period: nobody has registered anything."""
    task: str
    """What has to be done, as the card calls its clock."""
    due: date
    why: str
    """Why by that day: the rule, the start, the days that count."""
    follows: str
    """What follows where it is not done, as the card says; empty where it says nothing."""
    office: str
    handed: date | None = None
    """The day a writ was handed over; None for what is written now."""
    fields: tuple[tuple[str, str], ...] = ()
    """What is written down of it, personal data covered."""


def slip_of(slip: Slip, matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    """Write a slip of a kind as of a day; a writ of the day on which it was handed over."""
    return _KINDS[slip](matter, genre, issuer, matter.handed or on)


def _reminder(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    left = (matter.due - on).days
    when = f"已逾期{-left}天" if left < 0 else f"还有{left}天" if left else "今天到期"
    last = chinese_day(matter.due)
    ask = f"请于{last}前（含当日）办好" if left >= 0 else "请立即办理"
    blocks: list[Block] = [
        Paragraph((_about(matter),)),
        Paragraph((f"{matter.task}的最后一天是{last}，{when}。期限的由来：{matter.why}。",)),
        Paragraph((f"{ask}，把结果和佐证材料登记到{matter.ledger}。{_follows(matter, on)}",)),
    ]
    what = "提醒按期办理" if left >= 0 else "催办"
    title = f"关于{what}{matter.ledger}\n{matter.number}号事项的通知"
    return _paper(matter, genre, issuer, on, title, blocks, matter.place)


def _circular(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    over = (on - matter.due).days
    late = f"，截至{chinese_day(on)}已逾期{over}天" if over > 0 else ""
    follows = _follows(matter, on, _OWN_CIRCULAR)
    blocks: list[Block] = [
        Paragraph((f"{matter.place}：{_about(matter)}",)),
        Paragraph((f"{matter.task}的最后一天是{chinese_day(matter.due)}{late}。",)),
        Paragraph((f"期限的由来：{matter.why}。",)),
        Paragraph((f"请{matter.place}立即办理，把结果和佐证材料登记到台账。{follows}",)),
    ]
    title = f"关于{matter.ledger}{matter.number}号事项\n办理情况的通报"
    return _paper(matter, genre, issuer, on, title, blocks, "各有关单位")


def circular_of(matters: Sequence[Matter], genre: Genre, issuer: str, on: date) -> Paper:
    """Write one circular of several matters: what is over first, then what is not yet."""
    late = [one for one in matters if one.due < on]
    rest = [one for one in matters if one.due >= on]
    ledgers = list(dict.fromkeys(one.ledger for one in matters))
    of = ledgers[0] if len(ledgers) == 1 else "台账"
    over = f"，其中{len(late)}件已经逾期" if late and rest else "，都已经逾期" if late else ""
    said = f"截至{chinese_day(on)}，下列{len(matters)}件事项没有办好{over}。现通报如下。"
    blocks: list[Block] = [Paragraph((said,))]
    for number, term, ones in _numbered(("已经逾期的", late), ("还没有到期的", rest)):
        blocks.append(Heading(1, f"{number}、", (f"{term}（{len(ones)}件）",)))
        blocks += [
            Paragraph((f"{count}.{_line(one, on, named=len(ledgers) > 1)}",))
            for count, one in enumerate(ones, 1)
        ]
    follows = {_follows(one, on, _OWN_CIRCULAR) for one in late or rest}
    ask = "请上述单位立即办理，把结果和佐证材料登记到台账。"
    # Only what follows for all of them alike can be said of all.
    blocks.append(Paragraph((ask + (follows.pop() if len(follows) == 1 else ""),)))
    offices = {one.office for one in matters}
    last = replace(matters[0], office=offices.pop() if len(offices) == 1 else "")
    title = f"关于{of}{len(matters)}件事项\n办理情况的通报"
    return _paper(last, genre, issuer, on, title, blocks, "各有关单位")


def _numbered(*parts: tuple[str, list[Matter]]) -> Iterator[tuple[str, str, list[Matter]]]:
    there = [one for one in parts if one[1]]
    yield from ((number, *one) for number, one in zip(_CHINESE, there, strict=False))


def _line(matter: Matter, on: date, *, named: bool) -> str:
    over = (on - matter.due).days
    late = f"，已逾期{over}天" if over > 0 else ""
    number = f"{matter.number}号" if matter.number else ""
    where = f"{matter.ledger}{number}" if named or not number else number
    last = chinese_day(matter.due)
    return f"{matter.place}：“{matter.title}”（{where}），{matter.task}的最后一天是{last}{late}。"


def _supervision(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    over = (on - matter.due).days
    late = f"（已逾期{over}天）" if over > 0 else ""
    # What is over needs a new day; whoever gives the order sets it.
    last = "　　月　　日" if over > 0 else f"{chinese_day(matter.due)}（含当日）"
    # By when and since when has boxes of its own.
    told = [(term, text) for term, text in matter.fields if not _ISO.fullmatch(text)]
    said = "；".join(f"{term}：{text}" for term, text in told)
    boxes: Mapping[str, str] = {
        "source": f"{matter.ledger}{matter.number}号{_since(matter)}",
        "lead": matter.place,
        "given": chinese_day(on),
        "due": chinese_day(matter.due) + late,
        "matter": f"{matter.title}。{said}。" if said else matter.title,
        "wanted": f"请于{last}前办结{matter.task}。期限的由来：{matter.why}。"
        f"{_follows(matter, on, _OWN_SUPERVISION)}",
    }
    shown = {one.box: boxes[one.box] for one in genre.boxes if one.box in boxes}
    return Paper(title=genre.term, issuer=issuer, on=on, boxes=shown)


def _rectification(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    said = "；".join(f"{term}：{_said(text)}" for term, text in matter.fields)
    last = chinese_day(matter.due)
    done = (
        f"整改完毕后，请把整改结果和照片等佐证材料登记到{matter.ledger}。"
        "我局将派人复查，复查合格的予以销号。"
    )
    blocks: list[Block] = [
        Paragraph((genre.opening,)),
        Heading(1, "一、", ("存在的问题",)),
        Paragraph(
            (f"{matter.title}。（{matter.ledger}{matter.number}号，{_day_of(matter)}登记）",)
        ),
        *([Paragraph((f"有关情况：{said}。",))] if said else []),
        Heading(1, "二、", ("整改要求",)),
        Paragraph((f"请于{last}前（含当日）整改完毕。期限的由来：{matter.why}。",)),
        Heading(1, "三、", ("复查",)),
        Paragraph((done,)),
    ]
    paper = _paper(matter, genre, issuer, on, genre.term, blocks, matter.place)
    return replace(paper, remark="")


def _urge(matter: Matter, genre: Genre, issuer: str, on: date) -> Paper:
    over = (on - matter.due).days
    ask = f"请于{chinese_day(matter.due)}前（含当日）" if over <= 0 else "请立即"
    late = f"，现已逾期{over}天" if over > 0 else ""
    blocks: list[Block] = [
        Paragraph((f"{matter.title}“{matter.task}”还没有做够次数{late}。",)),
        Paragraph((f"依据：{matter.why}。",)),
        Paragraph((f"{ask}补做并登记到{matter.ledger}，附佐证材料。{_follows(matter, on)}",)),
    ]
    title = f"关于催报{matter.ledger}“{matter.task}”的通知"
    return _paper(matter, genre, issuer, on, title, blocks, matter.place)


def _since(matter: Matter) -> str:
    return f"（{_day_of(matter)}登记）" if matter.recorded is not None else ""


def _day_of(matter: Matter) -> str:
    return chinese_day(matter.recorded) if matter.recorded is not None else ""


def _said(text: str) -> str:
    """Write a day as official papers do."""
    return chinese_day(date.fromisoformat(text)) if _ISO.fullmatch(text) else text


def _about(matter: Matter) -> str:
    recorded = f"于{chinese_day(matter.recorded)}登记，" if matter.recorded is not None else ""
    return f"“{matter.title}”（{matter.ledger}{matter.number}号）{recorded}现在是“{matter.state}”。"


def _follows(matter: Matter, on: date, own: str = "") -> str:
    """Say what follows; ``own``: what is written here, and follows no more."""
    parts = [one for one in matter.follows.split("，") if not (own and own in one)]
    when = "仍没有办好的" if on > matter.due else "到期没有办好的"
    return f"{when}，{'，'.join(parts)}。" if any(parts) else ""


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
    "rectification": _rectification,
    "urge": _urge,
}


def sheet_of(  # noqa: PLR0913, PLR0917 - the parts of a page
    title: str,
    issuer: str,
    on: date,
    opening: str,
    tables: tuple[TextTable, ...],
    closing: str = "",
) -> Paper:
    """Put tables on a page with a title, a sentence above them and one below: 一校一表."""
    end = (Paragraph((closing,)),) if closing else ()
    return Paper(title=title, issuer=issuer, on=on, blocks=(Paragraph((opening,)), *tables, *end))
