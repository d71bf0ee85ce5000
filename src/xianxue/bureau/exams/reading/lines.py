"""Rows of pupils: of a wide table as they stand, of a long one put together mark by mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.exams.reading.heads import (
    CLASS,
    ID,
    MARK,
    MARKS,
    NAME,
    SCHOOL,
    SCHOOL_CODE,
    STUDENT,
    SUBJECT,
    TRACK,
    Heads,
    Wordbook,
)
from xianxue.bureau.exams.reading.tabs import Issues, Line, Tab, bare
from xianxue.bureau.values.sentence import say

WHO: Final = (ID, STUDENT, NAME)
_SUMMARY: Final = (
    *("平均", "平均分", "均分", "合计", "总计", "小计", "最高分", "最低分", "及格率", "优秀率"),
    *("人数", "参考人数", "标准差", "备注", "说明", "制表", "审核", "满分"),
)
"""What rows begin with that are of no pupil."""
_NOTES: Final = ("注:", "备注:", "说明:", "制表人:", "审核人:", "填表人:")


def lines_of(tab: Tab, heads: Heads, words: Wordbook, issues: Issues) -> list[Line]:
    """Give the lines of pupils; rows of means and notes, and heads said again, are left out."""
    wide = list(_pupils(tab, heads))
    return _together(tab, words, wide, issues) if heads.long else wide


def _pupils(tab: Tab, heads: Heads) -> Iterator[Line]:
    said = {role: bare(_cell(tab, heads.first - 1, at)) for role, at in heads.columns.items()}
    for number in range(heads.first, len(tab.rows)):
        row = tab.rows[number]
        cells = {role: row[at] if at < len(row) else "" for role, at in heads.columns.items()}
        if not any(text.strip() for text in cells.values()):
            continue
        # A page's heads are said again on the next page.
        if all(bare(text) == said[role] for role, text in cells.items()):
            continue
        first = next((bare(text) for text in row if bare(text)), "")
        if first in _SUMMARY or first.startswith(_NOTES):
            continue
        at = {role: (number, column) for role, column in heads.columns.items()}
        yield Line(number, cells, at)


def _cell(tab: Tab, row: int, column: int) -> str:
    return tab.rows[row][column] if column < len(tab.rows[row]) else ""


@dataclass
class _Pupil:
    """A pupil of a long table as the marks come."""

    line: Line
    cells: dict[str, str] = field(default_factory=dict[str, str])
    at: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])


def _together(tab: Tab, words: Wordbook, lines: list[Line], issues: Issues) -> list[Line]:
    """Put the marks of each pupil together: by number, else by name, school and class."""
    found: dict[tuple[str, ...], _Pupil] = {}
    for line in lines:
        subject = words.subjects.get(bare(line.cells[SUBJECT]).lower(), "")
        if not subject:
            saw = say("没有科目“{text}”", text=line.cells[SUBJECT])
            required = say("这次考试的科目")
            issues.at(tab, line.at[SUBJECT], "X-SUBJECT", saw, required)
            continue
        own = {role: text for role, text in line.cells.items() if role not in {SUBJECT, MARK}}
        pupil = found.setdefault(key_of(own), _Pupil(line, own, dict(line.at)))
        role = MARKS + subject
        if role in pupil.cells:
            saw = say(
                "这名学生的{subject}在 {cell} 已经有了",
                subject=line.cells[SUBJECT],
                cell=tab.address(*pupil.at[role]),
            )
            issues.at(tab, line.at[MARK], "X-TWICE", saw, say("一名学生一科一行"))
            continue
        pupil.cells[role], pupil.at[role] = line.cells[MARK], line.at[MARK]
        _alike(tab, pupil, line, own, issues)
    return [Line(one.line.number, one.cells, one.at) for one in found.values()]


def _alike(tab: Tab, pupil: _Pupil, line: Line, own: Mapping[str, str], issues: Issues) -> None:
    """Complain where two rows of one pupil tell of two schools, classes or tracks."""
    for role in (SCHOOL, SCHOOL_CODE, CLASS, TRACK):
        if role in own and bare(own[role]) != bare(pupil.cells.get(role, "")):
            saw = say(
                "写的是“{text}”，同一名学生在 {cell} 写的是“{other}”",
                text=own[role],
                cell=tab.address(*pupil.at[role]),
                other=pupil.cells.get(role, ""),
            )
            required = say("同一名学生各行一致")
            issues.at(tab, line.at[role], "X-UNLIKE", saw, required)


def key_of(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Say who a row is of: the first number there is, else name, school and class."""
    for role in (ID, STUDENT):
        if text := bare(cells.get(role, "")):
            return (role, text)
    return tuple(bare(cells.get(role, "")) for role in (NAME, SCHOOL_CODE, SCHOOL, CLASS))
