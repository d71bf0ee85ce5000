"""Reminders as they are pasted into a group chat, and deadlines as a calendar reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

_LINE: Final = 75
"""Bytes of a line of a calendar file (RFC 5545, 3.1); a longer one is folded."""


def nudge(form: str, due: date | None, waiting: Sequence[str], returned: Sequence[str]) -> Sentence:
    """Remind those who have not handed in and those who have not mended, in one message."""
    told: list[Sentence] = []
    until = say("{day}截止，", day=chinese_day(due)) if due is not None else say("")
    if waiting:
        names = joined("、", waiting)
        told.append(
            say("《{form}》{until}以下 {n} 所还没有报送：{names}。", form=form, until=until,
                n=len(waiting), names=names)
        )  # fmt: skip
    if returned:
        names = joined("、", returned)
        told.append(
            say("《{form}》以下 {n} 所退回后还没有重报：{names}。", form=form, n=len(returned),
                names=names)
            if not waiting
            else say("以下 {n} 所退回后还没有重报：{names}。", n=len(returned), names=names)
        )  # fmt: skip
    told.append(say("请尽快登录办理；有困难的，请在群里说明或电话联系，可以申请延期。"))
    return joined("", told)


class Term(Record):
    """One deadline of a calendar."""

    key: str
    """Tells it from others, and stays the same when its day changes."""
    day: date
    title: str
    address: str = ""


def calendar(name: str, terms: Iterable[Term], at: datetime) -> bytes:
    """Write deadlines as a calendar that phones and office programs subscribe to (RFC 5545)."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xianxue//zh",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for one in terms:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.key}@xianxue",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.title)}",
            *([f"URL:{one.address}"] if one.address else []),
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _text(said: str) -> str:
    kept = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return kept.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line so that none is longer than readers must take, and no character is torn."""
    parts, size = [""], 0
    for char in line:
        wide = len(char.encode())
        if size + wide > _LINE:
            parts.append("")
            # The blank that begins a line that goes on counts too.
            size = 1
        parts[-1] += char
        size += wide
    return "\r\n ".join(parts) + "\r\n"
