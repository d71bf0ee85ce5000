"""Lines of the journal about examinations, as people read them, and what tables they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.exams.doing import EXAMS, LINES, LOAD, PUPILS, REFER, RELEASE
from xianxue.desk.models import (
    ExamLines,
    ExamMarks,
    ExamReferences,
    ExamRelease,
    JournalLine,
)

DEEDS: Final = f"{EXAMS}."
"""How the names of these deeds begin."""

_TERMS: Final = {
    LOAD: say("载入成绩"),
    LINES: say("划线"),
    REFER: say("登记参照"),
    RELEASE: say("发布成绩"),
    PUPILS: say("查看考生"),
}


def term(deed: str) -> Sentence | str:
    """Name a deed on an examination; by its own name where a later program wrote it."""
    return _TERMS.get(deed, deed)


def title(subject: str, ground: Ground) -> Sentence:
    """Name an examination, and which release of it."""
    exam, period, name, number = [*subject.split("/", 3), "", "", ""][:4]
    card = ground.shelf.examinations.get(exam)
    try:
        when: str = Period.parse(period).term
    except ValueError:
        when = period
    kind = card.term if card is not None else exam
    if number:
        return say(
            "{kind}“{name}”（{period}）第 {n} 号", kind=kind, name=name, period=when, n=number
        )
    return say("{kind}“{name}”（{period}）", kind=kind, name=name, period=when)


def told(deed: str, detail: dict[str, Any], ground: Ground) -> Sentence | str:
    """Say how many pupils, which lines, or what a release stands on."""
    if deed == LOAD:
        files = joined("、", (name for name, _ in detail["files"]))
        return say("{n} 人，出自{files}", n=detail["rows"], files=files)
    if deed == LINES:
        terms = {one.code: one.term for one in ground.shelf.codes["exam_lines"].entries}
        tracks = {one.code: one.term for one in ground.shelf.codes["exam_tracks"].entries}
        return joined("，", (_height(one, terms, tracks) for one in detail["heights"]))
    if deed == RELEASE:
        return say(
            "成绩第 {marks} 次载入，分数线第 {lines} 次设定",
            marks=detail["marks"],
            lines=detail["lines"],
        )
    if deed == PUPILS:
        return ground.name(detail["of_place"])
    return ""


def _height(
    one: dict[str, Any], lines: dict[str, Sentence], tracks: dict[str, Sentence]
) -> Sentence:
    points = f"{one['total'] / 100:g}"
    line, track = one["line"], one["track"]
    if not track:
        return say("{line} {points} 分", line=lines.get(line, line), points=points)
    return say(
        "{track}{line} {points} 分",
        track=tracks.get(track, track),
        line=lines.get(line, line),
        points=points,
    )


def marks() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each load."""
    for row in ExamMarks.objects.select_related("sitting").iterator():
        said = (row.marks, row.pupils, row.rows)
        yield row.sitting.key, row.number, *said, row.at, row.by


def marks_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the journal says of each load."""
    for line in lines:
        detail = line.detail
        said = (detail.get("marks"), detail.get("pupils"), detail.get("rows"))
        yield line.subject, detail.get("number"), *said, line.at, line.actor


def heights() -> Iterator[tuple[object, ...]]:
    """Give the settings of lines and references that there are."""
    for row in ExamLines.objects.select_related("sitting").iterator():
        yield row.sitting.key, LINES, row.number, row.at, row.by
    for other in ExamReferences.objects.select_related("sitting").iterator():
        yield other.sitting.key, REFER, other.number, other.at, other.by


def heights_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give the settings that the journal tells of."""
    for line in lines:
        yield line.subject, line.deed, line.detail.get("number"), line.at, line.actor


def releases() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each release."""
    for row in ExamRelease.objects.select_related("sitting").iterator():
        yield str(row), row.marks, row.lines, row.references, row.at, row.by


def releases_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the journal says of each release."""
    for line in lines:
        said = (line.detail.get(part) for part in ("marks", "lines", "references"))
        yield line.subject, *said, line.at, line.actor
