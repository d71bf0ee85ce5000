"""审核意见: what was found in one return, what to do about it, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.issues.folding import gathered
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.notices.letterhead import (
    Letterhead,
    Round,
    Writing,
    addressee_of,
)
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.values.record import Record, replace

_STOPS: Final = ("。", "？", "！")


class Examined(Record, kw_only=True):
    """One return as its reviewer sees it."""

    name: str
    """The place, as it is called in the period."""
    revision: int
    handed_in: date | None
    remarks: Sequence[str]
    """What reviewers wrote beside it, each with where it stands."""
    found: Sequence[Issue]
    """What the checks find and nobody has explained."""
    counts: bool
    """Whether figures are counted from it already."""


def repaired_by(days: int, on: date, limits: Deadline) -> date:
    """Say until when: some days from now, or as long as the return may be filed without being late.

    >>> repaired_by(7, date(2025, 10, 6), Deadline(date(2025, 9, 30), date(2025, 10, 10)))
    datetime.date(2025, 10, 13)
    >>> repaired_by(7, date(2025, 9, 1), Deadline(date(2025, 9, 30), date(2025, 10, 10)))
    datetime.date(2025, 9, 30)
    """
    given = [on + timedelta(days=days), limits.due, limits.until]
    # The latest: nobody may be asked to mend sooner than everybody may still file.
    return max(day for day in given if day is not None)


def opinion(head: Letterhead, asked: Round, one: Examined, until: date) -> Paper:
    """Write the opinion; what has to be put right comes before what may be explained."""
    you = asked.you
    found = gathered(one.found)
    faults = [each for each in found if each.severity is Severity.MUST_FIX]
    unusual = [each for each in found if each.severity is Severity.EXPLAIN]
    whom = addressee_of(head, asked, one.name)
    number = len(one.remarks) + len(faults) + len(unusual)
    text = Writing(asked)
    handed = f"{chinese_day(one.handed_in)}" if one.handed_in else ""
    which = f"《{asked.form.term}》（{asked.period.term}，第{one.revision}版）"
    said = f"{you}{handed}报送的{which}收悉。"
    if not number:
        passed = "予以通过" if one.counts else "没有发现问题"
        text.say(f"{said}经审核，{passed}。")
        return text.paper(head, head.genre.term, whom, closing="")
    text.say(f"{said}经审核，有{number}条意见。{head.genre.opening}")
    _part(text, "审核人批注", one.remarks)
    _part(text, "须改正的", [_told(each) for each in faults])
    _part(text, "须改正或者说明的", [_told(each) for each in unusual])
    text.head("办理要求")
    said = f"请于{chinese_day(until)}前（含当日）逐条核对：确有错误的，改正后经填报人、负责人签名，"
    said += "重新报送；确实无误的，逐条写明情况说明。"
    text.say(said + _lock(asked, until))
    return text.paper(head, head.genre.term, whom)


def _part(text: Writing, head: str, items: Sequence[str]) -> None:
    if not items:
        return
    text.head(f"{head}（{len(items)}条）")
    for number, item in enumerate(items, start=1):
        ordinal = f"{number}. " if len(items) > 1 else ""
        text.say(f"{ordinal}{item}" + ("" if item.endswith(_STOPS) else "。"))


def _told(issue: Issue) -> str:
    """Tell a complaint to the school: its own file has no name here."""
    return str(replace(issue, file="").message)


def _lock(asked: Round, until: date) -> str:
    if not asked.window.locked_on(until):
        return ""
    if asked.window.locked_on(asked.on) or asked.window.lock is None:
        return f"报表已经锁定，重新报送前请向{asked.who_extends}申请延期。"
    last = max(asked.window.lock, asked.window.until or asked.window.lock)
    return f"{chinese_day(last)}后报表锁定，此后重新报送的，请先向{asked.who_extends}申请延期。"
