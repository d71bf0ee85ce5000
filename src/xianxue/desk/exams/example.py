"""An invented examination for the example county: the same marks each time, of nobody.

Its classes, and how many are in each, are those that the county's schools report.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.heights import heights_of, typed
from xianxue.desk.exams.papers.documents import county_paper
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

KIND: Final = "junior_monitoring"
NAME: Final = "九年级期末监测（虚构）"
TABLE: Final = "九年级期末监测成绩（虚构）.csv"
PAPER: Final = "九年级期末监测成绩分析（虚构）.docx"
LINE: Final = "合格线=540"
DOCUMENT: Final = "虚构教研〔2026〕1号"
_MONTH, _DAY = 1, 15
_GRADE: Final = "G9"
_BYTES: Final = 12
_TOP: Final = 255
_ABSENT: Final = 1
"""Of 256 marks so many are 缺考."""


class Made(Record):
    """What was made of it."""

    pupils: int
    sitting: str


def example_examination(workspace: Workspace, example: Example, folder: Path) -> Made | None:
    """Write a score table, load it, set a line, release it; None where no school has the grade."""
    card = card_named(workspace, KIND)
    period = workspace.period(None)
    day = date(period.reference_day.year + 1, _MONTH, _DAY)
    table = folder / TABLE
    rows = list(_rows(workspace, card, example, day))
    if len(rows) < 2:
        return None
    table.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    new = New(card, period.code, NAME, day)
    row, _ = load(workspace, new, read_new(workspace, new, [table]), "考务员（虚构）")
    standing = sitting_named(workspace, row.sitting.key)
    held = held_card(workspace, standing)
    heights, _ = heights_of(held, workspace.shelf, [typed(LINE)], DOCUMENT)
    set_lines(workspace, standing, heights, "考务员（虚构）")
    release(workspace, now(standing), "教研室主任（虚构）")
    (folder / PAPER).write_bytes(county_paper(workspace, now(standing), day))
    return Made(row.rows, row.sitting.key)


def _rows(
    workspace: Workspace, card: Examination, example: Example, day: date
) -> Iterator[list[str]]:
    terms = terms_of(workspace.shelf, ["exam_subjects"])
    subjects = card.subjects
    yield [
        "学校标识码",
        "学校名称",
        "班级",
        "考号",
        "姓名",
        *(terms[one.subject] for one in subjects),
    ]
    number = 0
    for school, in_class, pupils in classes_of(example, _GRADE):
        called = workspace.register[school].name_on(day)
        for _ in range(pupils):
            number += 1
            who = [f"9{number:05}", f"学生{number}（虚构）"]
            yield [school, called, in_class, *who, *marks_of(subjects, school, number)]


def classes_of(example: Example, grade: str) -> Iterator[tuple[str, str, int]]:
    """Give school, name and pupils of each class of a grade, as the example has them."""
    path = example.folder / "classes.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                if line["grade"] == grade:
                    yield line["place"], line["name"], int(line["pupils"])


def marks_of(subjects: Sequence[ExamSubject], school: str, number: int) -> list[str]:
    """Draw marks around what a school and a pupil are good for: a sum of chances, as in life."""
    of_school = _bytes(school)[1] - _TOP // 2
    own = sum(_bytes(school, str(number))) - _BYTES * _TOP // 2
    found: list[str] = []
    for one in subjects:
        chance = _bytes(school, str(number), one.subject)
        if chance[0] < _ABSENT:
            found.append("缺考")
            continue
        share = Decimal(62) + Decimal(of_school) / 16 + Decimal(own) / 14
        share += (Decimal(sum(chance[1:7])) - 3 * _TOP) / 40
        steps = min(max(share, Decimal(0)), Decimal(100)) / 100 * one.full / one.step
        found.append(f"{steps.to_integral_value() * one.step:f}")
    return found


def _bytes(*words: str) -> bytes:
    return sha256("/".join(words).encode()).digest()[:_BYTES]
