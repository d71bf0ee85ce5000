"""A year's holidays as an office lists them: day by day, off or worked, and what for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.contents.dates import day_written
from xianxue.bureau.returns.contents.strict import day_of, written
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_HEADS: Final = ("日期", "类型", "名称")
_OFF: Final = frozenset({"放假", "休", "节假日", "假", "休息"})
_WORKED: Final = frozenset({"上班", "班", "调休上班", "补班", "调休"})
_WITHIN: Final = 20
"""Rows in which the head is looked for."""


class Listed(Record, kw_only=True):
    """The days of one year that are not as the week has them."""

    off: dict[date, str]
    """Day to the holiday it belongs to."""
    worked: list[date]

    @property
    def year(self) -> int:
        """The year they are of."""
        return min([*self.off, *self.worked]).year

    @property
    def ident(self) -> str:
        """The id of the card."""
        return f"cn_{self.year}"

    def stretches(self) -> Iterator[tuple[str, date, date]]:
        """Go through the holidays: days of one name that follow each other."""
        days = sorted(self.off)
        at = 0
        while at < len(days):
            end = at
            while (
                end + 1 < len(days)
                and days[end + 1] == days[end] + _DAY
                and self.off[days[end + 1]] == self.off[days[at]]
            ):
                end += 1
            yield self.off[days[at]], days[at], days[end]
            at = end + 1

    def text(self, note: str) -> str:
        """Write the card; ``note`` says which document arranged it so."""
        lines = [
            f"calendar: {self.ident}",
            f"term: {self.year}年节假日安排",
            f"year: {self.year}",
            "holidays:" if self.off else "holidays: []",
        ]
        lines += [
            f"  - {{term: {_quoted(name)}, from: {first}, to: {last}}}"
            for name, first, last in self.stretches()
        ]
        worked = ", ".join(day.isoformat() for day in sorted(self.worked))
        lines += [
            f"worked: [{worked}]",
            f"source: {{document: xianxue-own, seen: own, note: {_quoted(note)}}}",
        ]
        return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_days(grid: Grid, file: str, tab: str) -> Listed | list[Issue]:
    """Read a list of days; every complaint in one pass."""
    head = _head(grid)
    if head is None:
        saw = say("没有找到表头")
        return [_issue(file, tab, "", saw, say("一行表头：日期、类型（放假或上班）、名称"))]
    reading = _Reading(file, tab, head[1])
    for number, row in enumerate(grid[head[0] + 1 :], head[0] + 1):
        if any(written(raw).strip() for raw in row):
            reading.line(row, number)
    reading.one_year()
    if not reading.issues and not (reading.off or reading.worked):
        reading.complain(head[0], 0, say("一天也没有写"), say("每天一行"))
    return reading.issues or Listed(off=reading.off, worked=reading.worked)


def _head(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(grid[:_WITHIN]):
        said = {"".join(written(raw).split()): at for at, raw in enumerate(row)}
        if all(name in said for name in _HEADS[:2]):
            return number, said
    return None


class _Reading:
    def __init__(self, file: str, tab: str, at: dict[str, int]) -> None:
        self.file, self.tab, self.at = file, tab, at
        self.off: dict[date, str] = {}
        self.worked: list[date] = []
        self.cells: dict[date, int] = {}
        self.issues: list[Issue] = []

    def line(self, row: Sequence[Raw], number: int) -> None:
        day_text, kind, name = (self._said(row, head) for head in _HEADS)
        day = day_of(day_text) or day_written(day_text)
        if day is None:
            saw = say("“{text}”不是日期", text=day_text)
            self.complain(number, self.at["日期"], saw, say("日期，如 2027-10-01"))
            return
        if day in self.cells:
            saw = say("{day} 写了两次", day=day.isoformat())
            self.complain(number, self.at["日期"], saw, say("每天只写一行"))
            return
        self.cells[day] = number
        if kind in _OFF:
            self.off[day] = name or say("放假")
        elif kind in _WORKED:
            self.worked.append(day)
            if day.weekday() < _SATURDAY:
                saw = say("{day} 不是周末，本来就上班", day=day.isoformat())
                self.complain(number, self.at["类型"], saw, say("调休上班的周六、周日"))
        else:
            saw = say("类型写了“{text}”", text=kind)
            self.complain(number, self.at["类型"], saw, say("放假或上班"))

    def one_year(self) -> None:
        """Complain of days of another year than most are of."""
        years = [day.year for day in self.cells]
        year = max(set(years), key=years.count) if years else 0
        for day, number in self.cells.items():
            if day.year != year:
                saw = say("{day} 不在{year}年", day=day.isoformat(), year=year)
                self.complain(number, self.at["日期"], saw, say("一份表写一年"))

    def complain(self, row: int, column: int, saw: Sentence, required: Sentence) -> None:
        self.issues.append(_issue(self.file, self.tab, address(row, column), saw, required))

    def _said(self, row: Sequence[Raw], head: str) -> str:
        at = self.at.get(head)
        if at is None or at >= len(row):
            return ""
        return written(row[at]).strip()


def _issue(file: str, tab: str, cell: str, saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="L-CALENDAR",
        severity=Severity.MUST_FIX,
        file=file,
        sheet=tab,
        cell=cell,
        saw=saw,
        required=required,
    )
