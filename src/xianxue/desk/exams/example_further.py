"""The example county's other examinations of a year, all invented: 高三监测, 高考, 中考.

The year before has its 高考 too, so that this year's can be told beside it. Everybody is invented,
and which track a pupil sits in follows from their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.example import classes_of, marks_of
from xianxue.desk.exams.heights import heights_of, typed
from xianxue.desk.exams.references import references_of, set_references
from xianxue.desk.exams.releasing import now, release, set_lines
from xianxue.desk.exams.sittings import (
    New,
    card_named,
    held_card,
    load,
    read_new,
    sitting_named,
)
from xianxue.desk.exams.written import terms_of
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

_CLERK: Final = "考务员（虚构）"
_HEAD: Final = "教研室主任（虚构）"
_TRACKS: Final = (
    *("physics",) * 12,
    *("history",) * 7,
    *("fine_arts_physics", "fine_arts_history", "fine_arts_history"),
    *("sports_physics", "sports_history"),
)
"""Of as many pupils in a row, who sits in which track."""
_CHOSEN: Final = {"physics": ("chemistry", "biology"), "history": ("politics", "geography")}
_SENIOR_LINES: Final = (
    "特控线/物理类=480",
    "特控线/历史类=490",
    "本科线/物理类=420",
    "本科线/历史类=430",
    "艺术类本科线/艺术类（物理）=330,150",
    "艺术类本科线/艺术类（历史）=330,150",
    "体育类本科线/体育类（物理）=330,150",
    "体育类本科线/体育类（历史）=330,150",
)
_JUNIOR_LINES: Final = ("重点高中线=460", "普通高中线=390", "合格线=390")
_REFERENCES: Final = (
    "全省:特控线=30.5",
    "全市:特控线=31.2",
    "全省:本科线=61.4",
    "全市:本科线=62",
)


class _Held(Record, kw_only=True):
    """One examination of the year."""

    kind: str
    name: str
    grade: str
    day: tuple[int, int]
    lines: tuple[str, ...]
    references: tuple[str, ...] = ()
    ago: int = 0
    """How many years before the example's own period."""


_YEAR: Final = (
    _Held(
        kind="gaokao",
        name="上年高考（虚构）",
        grade="G12",
        day=(6, 8),
        lines=_SENIOR_LINES,
        references=_REFERENCES,
        ago=1,
    ),
    _Held(
        kind="mock",
        name="高三期末监测（虚构）",
        grade="G12",
        day=(1, 20),
        lines=_SENIOR_LINES,
    ),
    _Held(
        kind="gaokao",
        name="高考（虚构）",
        grade="G12",
        day=(6, 8),
        lines=_SENIOR_LINES,
        references=_REFERENCES,
    ),
    _Held(kind="zhongkao", name="中考（虚构）", grade="G9", day=(6, 15), lines=_JUNIOR_LINES),
)


def further_examinations(workspace: Workspace, example: Example) -> int:
    """Hold the examinations beside the example's own; give how many pupils' marks they have."""
    with TemporaryDirectory() as scratch:
        return sum(_hold(workspace, example, one, Path(scratch)) for one in _YEAR)


def _hold(workspace: Workspace, example: Example, one: _Held, folder: Path) -> int:
    card = card_named(workspace, one.kind)
    period = workspace.period(None)
    for _ in range(one.ago):
        period = period.before()
    month, day_of_month = one.day
    day = date(period.reference_day.year + 1, month, day_of_month)
    rows = list(_rows(workspace, card, example, one, day))
    if len(rows) < 2:
        return 0
    table = folder / f"{one.name}.csv"
    table.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    new = New(card, period.code, one.name, day)
    row, _ = load(workspace, new, read_new(workspace, new, [table]), _CLERK)
    standing = sitting_named(workspace, row.sitting.key)
    held, document = held_card(workspace, standing), f"虚构招考〔{day.year}〕1号"
    lines = [typed(line) for line in one.lines]
    heights, _ = heights_of(held, workspace.shelf, lines, document)
    set_lines(workspace, standing, heights, _CLERK)
    if one.references:
        values, _ = references_of(held, workspace.shelf, one.references, document)
        set_references(workspace, standing, values, _CLERK)
    release(workspace, now(standing), _HEAD)
    return row.rows


def _rows(
    workspace: Workspace, card: Examination, example: Example, one: _Held, day: date
) -> Iterator[list[str]]:
    subjects = terms_of(workspace.shelf, ["exam_subjects"])
    tracks = terms_of(workspace.shelf, ["exam_tracks"])
    yield [
        "学校标识码",
        "学校名称",
        "班级",
        "考号",
        "姓名",
        *(["科类"] if card.tracks else []),
        *(subjects[subject.subject] for subject in card.subjects),
    ]
    number = 0
    for school, in_class, pupils in classes_of(example, one.grade):
        called = workspace.register[school].name_on(day)
        for _ in range(pupils):
            number += 1
            track = _TRACKS[number % len(_TRACKS)] if card.tracks else ""
            sat = [subject for subject in card.subjects if _sits(subject, track)]
            # Of each examination its own chances.
            drawn = marks_of(sat, school, number * len(_YEAR) + _YEAR.index(one))
            marks = dict(zip((subject.subject for subject in sat), drawn, strict=True))
            yield [
                school,
                called,
                in_class,
                f"{one.grade[1:]}{number:05}",
                f"学生{number}（虚构）",
                *([tracks[track]] if track else []),
                *(marks.get(subject.subject, "") for subject in card.subjects),
            ]


def _sits(subject: ExamSubject, track: str) -> bool:
    if subject.tracks and track not in subject.tracks:
        return False
    return not subject.chosen or subject.subject in _CHOSEN[track.rpartition("_")[2]]
