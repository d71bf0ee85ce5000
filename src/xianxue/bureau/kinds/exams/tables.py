"""Examinations as tables: a line a school and track, a column for each thing that is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.sentence import Phrase, Sentence, say

REFERRED: Final = {"province": say("全省"), "city": say("全市")}
"""Whose rates are kept beside an examination's lines."""


def tables_of(card: Examination, lines: CodeList | None) -> tuple[Table, Table]:
    """Give the tables that figures are counted from: of totals and lines, and of subjects.

    ``lines`` is the list of their codes. A release of an examination is counted; of several in one
    period, the last that was held.
    """
    whole = Table(
        table=card.exam,
        term=card.term,
        layout="list",
        fields=(*_counts(card, lines), *_track(card)),
        given_by="any",
        slices=("track",) if card.tracks else (),
    )
    subjects = Table(
        table=subjects_table(card.exam),
        term=say("{exam}各科", exam=card.term),
        layout="list",
        fields=(*_of_subjects(card), _subject(), *_track(card)),
        given_by="any",
        slices=("subject", "track") if card.tracks else ("subject",),
    )
    return whole, subjects


def subjects_table(exam: str) -> str:
    """Name the table of an examination's subjects.

    >>> subjects_table("gaokao")
    'gaokao_subjects'
    """
    return f"{exam}_subjects"


def _counts(card: Examination, lines: CodeList | None) -> Iterator[TableField]:
    yield _people("pupils", say("考生数"))
    yield _people("entered", say("应考人数"))
    yield _people("sat", say("参考人数"))
    yield _people("with_total", say("有总分的人数"))
    yield _points("total_sum", say("总分之和"))
    for first in card.first:
        yield _people(f"first_{first}", say("全县前 {n} 名人数", n=first))
        # The county's, once for each school: what a school's share is of.
        yield _people(f"among_first_{first}", say("全县前 {n} 名的全县人数", n=first))
    for level in card.marks:
        if not level.below:
            yield _people(f"all_{level.mark}", say("各科全部{level}的人数", level=level.term))
    for one in card.lines:
        entry = lines.entry(one.line) if lines is not None else None
        term = entry.term if entry is not None else Phrase(one.line)
        yield _people(f"base_{one.line}", say("{line}参考人数", line=term))
        yield _people(f"over_{one.line}", say("{line}上线人数", line=term))
        for of, whose in REFERRED.items():
            # Base times their rate in hundredths of a per cent: whole numbers, that can be added.
            said = say("按{of}{line}上线率应上线人数的一万倍", of=whose, line=term)
            yield _people(f"{of}_{one.line}", said)


def _of_subjects(card: Examination) -> Iterator[TableField]:
    yield _people("sat", say("参考人数"))
    yield _points("marks", say("得分之和"))
    yield _points("full_marks", say("满分之和"))
    for level in card.marks:
        yield _people(level.mark, say("{level}人数", level=level.term))


def _people(name: str, term: Sentence) -> TableField:
    return TableField(field=name, term=term, type="integer", unit="person")


def _points(name: str, term: Sentence) -> TableField:
    return TableField(field=name, term=term, type="measure", unit="point")


def _subject() -> TableField:
    return TableField(field="subject", term=say("科目"), type="code", codes="exam_subjects")


def _track(card: Examination) -> list[TableField]:
    track = TableField(field="track", term=say("科类"), type="code", codes="exam_tracks")
    return [track] if card.tracks else []
