"""A school's sheet of an examination: one page, its own results beside the county's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL
from xianxue.bureau.exams.pictures import radar as axes_of
from xianxue.bureau.exams.shares import at_level
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.report.text import Block, Paragraph, Text, TextTable
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.county_paper import Subject
from xianxue.desk.exams.drawing import radar
from xianxue.desk.exams.lines_told import Reached, reached_of
from xianxue.desk.exams.tables_told import rate_of
from xianxue.desk.exams.written import NOTHING, bare, cells, height, percent, points, share, signed

_FEWEST_AXES = 3
_RADAR = 46
"""Millimetres across: the sheet is to stay on one page."""
_ROWS = 8
"""Rows of tables beside which a picture still has room on the page."""


def school_text(subject: Subject, school: str) -> Text:
    """Write a school's sheet; of one that is too small to be shown it says so, and no more."""
    name = subject.words.school(school)
    return Text(
        title=say("{school}\n“{name}”成绩单", school=name, name=subject.standing.sitting.name),
        subtitle=say("（{term}，{state}）", term=subject.analysis.card.term, state=subject.state),
        blocks=tuple(_blocks(subject, school)),
        on=subject.on,
        name=say("学校成绩单"),
        period=subject.standing.sitting.period,
    )


def schools_with_results(subject: Subject) -> list[str]:
    """Give the codes of the schools that have pupils in it."""
    return [one.keys[SCHOOL] for one in subject.analysis.by_school()]


def _blocks(subject: Subject, school: str) -> Iterator[Block]:
    mine = next((one for one in subject.analysis.by_school() if one.keys[SCHOOL] == school), None)
    if mine is None:
        yield Paragraph((say("这所学校没有考生。"),))
        return
    if not subject.shown.school(school):
        yield Paragraph((say("这所学校{few}。", few=TOO_FEW),))
        return
    yield Paragraph((_totals(subject, mine),))
    lines = [one for one in reached_of(subject.analysis, school) if _shows(subject, one)]
    tables = [
        *([_lines(subject, lines)] if lines else []),
        _subjects(subject, mine),
        *_classes(subject, school),
    ]
    yield from tables
    if sum(len(table.rows) for table in tables) <= _ROWS:
        yield from _radar(subject, mine)


def _shows(subject: Subject, one: Reached) -> bool:
    return subject.shown.school(one.school, one.track)


def _totals(subject: Subject, mine: Tally) -> Sentence:
    moments, county = Moments.of(mine, TOTAL), Moments.of(subject.analysis.county, TOTAL)
    if not subject.shown.enough(moments.n) or not moments.n:
        return say("考生 {pupils} 人；有总分的{few}。", pupils=mine[PUPILS], few=TOO_FEW)
    return say(
        "考生 {pupils} 人，有总分的 {n} 人，平均 {mean} 分（全县 {county} 分），超均率 {above}%。",
        pupils=mine[PUPILS],
        n=moments.n,
        mean=points(moments.mean),
        county=points(county.mean),
        above=signed(moments.above(county)),
    )


def _lines(subject: Subject, lines: list[Reached]) -> TextTable:
    county = {(one.line, one.track): one for one in reached_of(subject.analysis)}
    header = (
        say("分数线"),
        say("科类"),
        say("分数"),
        say("上线"),
        say("基数"),
        say("上线率%"),
        say("全县%"),
    )
    rows = [
        cells(
            subject.words.line(one.line),
            subject.words.track(one.track),
            height(one.height, one.second),
            str(one.over),
            str(one.base),
            bare(one.rate),
            bare(county[one.line, one.track].rate),
        )
        for one in lines
    ]
    return TextTable(say("上线情况"), header, tuple(rows), tight=True)


def _subjects(subject: Subject, mine: Tally) -> TextTable:
    levels = subject.analysis.levels
    header = (
        *(say("科目"), say("有成绩"), say("平均分"), say("全县"), say("超均率%")),
        *(rate_of(level) for level in levels),
    )
    rows = [
        (
            say("{n} {subject}", n=number, subject=subject.words.subject(one.subject)),
            *_subject(subject, mine, one.subject),
        )
        for number, one in enumerate(subject.analysis.card.subjects, start=1)
    ]
    return TextTable(say("各科成绩"), tuple(header), tuple(cells(*row) for row in rows), tight=True)


def _subject(subject: Subject, mine: Tally, code: str) -> tuple[str, ...]:
    moments, county = Moments.of(mine, code), Moments.of(subject.analysis.county, code)
    levels = subject.analysis.levels
    if not subject.shown.tells(moments):
        return (TOO_FEW, *[NOTHING] * (3 + len(levels)))
    return (
        str(moments.n),
        points(moments.mean),
        points(county.mean),
        signed(moments.above(county)),
        *(share(at_level(mine, code, level)) for level in levels),
    )


def _classes(subject: Subject, school: str) -> list[TextTable]:
    found = [
        one
        for one in subject.analysis.by(SCHOOL, CLASS)
        if one.keys[SCHOOL] == school and one.keys[CLASS]
    ]
    if not found:
        return []
    told = [
        (one.keys[CLASS], str(one[named(TOTAL, "n")]), points(Moments.of(one, TOTAL).mean))
        if subject.shown.in_class(school, one.keys[CLASS])
        and subject.shown.enough(one[named(TOTAL, "n")])
        else (one.keys[CLASS], TOO_FEW, NOTHING)
        for one in found
    ]
    # Two classes beside each other: the sheet has one page.
    told += [("", "", "")] * (len(told) % 2)
    half = len(told) // 2
    rows = [cells(*one, *other) for one, other in zip(told[:half], told[half:], strict=True)]
    header = (say("班级"), say("有总分"), say("平均分"))
    return [TextTable(say("各班总分"), (*header, *header), tuple(rows), tight=True)]


def _radar(subject: Subject, mine: Tally) -> Iterator[Block]:
    axes = [
        one
        for one in axes_of(subject.analysis.card, mine, subject.analysis.county)
        if subject.shown.enough(Moments.of(mine, one.subject).n)
        and isinstance(one.rate, Fraction)
        and isinstance(one.base, Fraction)
    ]
    # The axes follow the table: one that is not shown would put the others out of their places.
    if len(axes) < max(_FEWEST_AXES, len(subject.analysis.card.subjects)):
        return
    said = joined(
        "；",
        (
            say(
                "{subject}本校 {rate}，全县 {base}",
                subject=subject.words.subject(one.subject),
                rate=percent(one.rate),
                base=percent(one.base),
            )
            for one in axes
        ),
    )
    caption = say("各科得分率，从上起顺时针同上表次序：蓝线本校，红线全县")
    rates = [float(one.rate) for one in axes if isinstance(one.rate, Fraction)]
    bases = [float(one.base) for one in axes if isinstance(one.base, Fraction)]
    yield replace(radar(rates, bases, caption, said), width=_RADAR)
