"""A sheet of an examination: for a school (on one page), a class, or schools judged as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from xianxue.bureau.exams.columns import CLASS, SCHOOL, TOTAL
from xianxue.bureau.exams.groups import Group
from xianxue.bureau.exams.pictures import radar as axes_of
from xianxue.bureau.exams.shares import at_level
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.report.text import Block, Paragraph, Text, TextTable
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.lines_told import Reached, reached_of, reached_shown
from xianxue.desk.exams.papers.drawing import radar
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.papers.tables import rate_of, some_schools_table
from xianxue.desk.exams.scopes import COUNTY, Scope
from xianxue.desk.exams.written import NOTHING, bare, cells, height, percent, points, share, signed

_FEWEST_AXES = 3
_RADAR = 46
"""Millimetres across: the sheet is to stay on one page."""
_ROWS = 8
"""Rows of tables beside which a picture still has room on the page."""
_OF_SIZE = (11, 14)
"""How many rows have room on the page in the first, and in the second, size of tables."""
_ACROSS = (8, 2), (1000, 3)
"""Up to how many classes stand how many beside each other."""


class _Beside(Record, kw_only=True):
    """What a group is laid beside: the county, and for a class its school."""

    term: Sentence
    tally: Tally
    group: Group
    lines: Sequence[Reached]


def sheet_text(subject: Subject, scope: Scope, *, on_paper: bool = True) -> Text:
    """Write a group's sheet; of one that is too small to be shown it says so, and no more.

    ``on_paper``: it has one page, smaller type for many rows, no picture where there is no room.
    """
    name = name_of(subject, scope)
    return Text(
        title=say("{school}\n“{name}”成绩单", school=name, name=subject.standing.sitting.name),
        subtitle=say("（{term}，{state}）", term=subject.analysis.card.term, state=subject.state),
        blocks=tuple(_blocks(subject, scope, on_paper=on_paper)),
        on=subject.on,
        name=say("学校成绩单"),
        period=subject.standing.sitting.period,
    )


def name_of(subject: Subject, scope: Scope) -> str:
    """Name a group: a class with its school."""
    if scope.union:
        return next(one.name for one in subject.unions if one.code == scope.union)
    school = subject.words.school(scope.school)
    return f"{school}{scope.in_class}"


def schools_with_results(subject: Subject) -> list[str]:
    """Give the codes of the schools that have pupils in it."""
    return [one.keys[SCHOOL] for one in subject.analysis.by_school()]


def _blocks(subject: Subject, scope: Scope, *, on_paper: bool) -> Iterator[Block]:
    (mine,) = scope.tallies(subject.analysis)
    if not mine[PUPILS]:
        yield Paragraph((say("没有考生。"),))
        return
    if not subject.shown.shows(scope.group()):
        yield Paragraph((TOO_FEW,))
        return
    beside = _all_beside(subject, scope)
    yield Paragraph((_totals(subject, scope, mine, beside),))
    lines = reached_shown(subject.analysis, subject.shown, scope)
    tables = [
        *([_lines(subject, lines, beside)] if lines else []),
        _subjects(subject, scope, mine, beside),
        *_inside(subject, scope),
    ]
    rows = sum(len(table.rows) for table in tables)
    size = sum(rows > most for most in _OF_SIZE)
    yield from (replace(table, size=size) for table in tables)
    if rows <= _ROWS or not on_paper:
        yield from _radar(subject, scope, mine)


def _all_beside(subject: Subject, scope: Scope) -> list[_Beside]:
    county = _beside(subject, say("全县"), COUNTY)
    if not scope.in_class:
        return [county]
    school = Scope(school=scope.school, schools=(scope.school,))
    return [_beside(subject, say("全校"), school), county]


def _beside(subject: Subject, term: Sentence, scope: Scope) -> _Beside:
    (tally,) = scope.tallies(subject.analysis)
    return _Beside(
        term=term, tally=tally, group=scope.group(), lines=reached_of(subject.analysis, scope)
    )


def _mean(subject: Subject, beside: _Beside, what: str) -> str:
    if not subject.shown.shows(beside.group, what):
        return NOTHING
    return points(Moments.of(beside.tally, what).mean)


def _totals(subject: Subject, scope: Scope, mine: Tally, beside: Sequence[_Beside]) -> Sentence:
    moments = Moments.of(mine, TOTAL)
    if not subject.shown.shows(scope.group(), TOTAL) or not moments.n:
        return say("考生 {pupils} 人；有总分的{few}。", pupils=mine[PUPILS], few=TOO_FEW)
    others = [say("{of} {mean} 分", of=one.term, mean=_mean(subject, one, TOTAL)) for one in beside]
    return say(
        "考生 {pupils} 人，有总分的 {n} 人，平均 {mean} 分（{others}），超均率 {above}%。",
        pupils=mine[PUPILS],
        n=moments.n,
        mean=points(moments.mean),
        others=joined("，", others),
        above=signed(moments.above(Moments.of(beside[-1].tally, TOTAL))),
    )


def _lines(subject: Subject, lines: Sequence[Reached], beside: Sequence[_Beside]) -> TextTable:
    tracks = bool(subject.analysis.card.tracks)
    header = (
        *(say("分数线"), *([say("科类")] if tracks else [])),
        *(say("分数"), say("上线"), say("基数"), say("上线率%")),
        *(say("{of}%", of=one.term) for one in beside),
    )
    rows = [
        cells(
            subject.words.line(one.line),
            *([subject.words.track(one.track)] if tracks else []),
            height(one.height, one.second),
            str(one.over),
            str(one.base),
            bare(one.rate),
            *(_rate(subject, other, one) for other in beside),
        )
        for one in lines
    ]
    return TextTable(say("上线情况"), header, tuple(rows), tight=True)


def _rate(subject: Subject, beside: _Beside, line: Reached) -> str:
    theirs = next(
        (one for one in beside.lines if (one.line, one.track) == (line.line, line.track)), None
    )
    group = replace(beside.group, track=line.track)
    shows = theirs is not None and subject.shown.shows(group, TOTAL)
    return bare(theirs.rate) if theirs is not None and shows else NOTHING


def _subjects(subject: Subject, scope: Scope, mine: Tally, beside: Sequence[_Beside]) -> TextTable:
    levels = subject.analysis.levels
    header = (
        *(say("科目"), say("有成绩"), say("平均分"), *(one.term for one in beside)),
        *(say("超均率%"), *(rate_of(level) for level in levels)),
    )
    rows = [
        (
            say("{n} {subject}", n=number, subject=subject.words.subject(one.subject)),
            *_subject(subject, scope, mine, beside, one.subject),
        )
        for number, one in enumerate(subject.analysis.card.subjects, start=1)
    ]
    return TextTable(say("各科成绩"), header, tuple(cells(*row) for row in rows), tight=True)


def _subject(
    subject: Subject, scope: Scope, mine: Tally, beside: Sequence[_Beside], code: str
) -> tuple[str, ...]:
    moments, county = Moments.of(mine, code), Moments.of(beside[-1].tally, code)
    levels = subject.analysis.levels
    if not subject.shown.shows(scope.group(), code):
        return (TOO_FEW, *[NOTHING] * (2 + len(beside) + len(levels)))
    return (
        str(moments.n),
        points(moments.mean),
        *(_mean(subject, one, code) for one in beside),
        signed(moments.above(county)),
        *(share(at_level(mine, code, level)) for level in levels),
    )


def _inside(subject: Subject, scope: Scope) -> list[TextTable]:
    """Lay out what a group is made of: a school of classes, a group of schools of schools."""
    if scope.in_class:
        return []
    if scope.union:
        analysis, words, shown = subject.analysis, subject.words, subject.shown
        return [some_schools_table(analysis, scope.schools, words, shown)]
    return _classes(subject, scope.school)


def _classes(subject: Subject, school: str) -> list[TextTable]:
    found = [one for one in subject.analysis.by_class(school) if one.keys[CLASS]]
    if not found:
        return []
    told = [
        (one.keys[CLASS], str(one[named(TOTAL, "n")]), points(Moments.of(one, TOTAL).mean))
        if subject.shown.in_class(school, one.keys[CLASS], what=TOTAL)
        else (one.keys[CLASS], TOO_FEW, NOTHING)
        for one in found
    ]
    # Classes beside each other, down and then across: the sheet has one page.
    across = next(beside for most, beside in _ACROSS if len(told) <= most)
    down = -(-len(told) // across)
    told += [("", "", "")] * (down * across - len(told))
    rows = [cells(*chain.from_iterable(told[at::down])) for at in range(down)]
    header = (say("班级"), say("有总分"), say("平均分")) * across
    return [TextTable(say("各班总分"), header, tuple(rows), tight=True)]


def _radar(subject: Subject, scope: Scope, mine: Tally) -> Iterator[Block]:
    axes = [
        one
        for one in axes_of(subject.analysis.card, mine, subject.analysis.county)
        if subject.shown.shows(scope.group(), one.subject)
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
                "{subject} {rate}，全县 {base}",
                subject=subject.words.subject(one.subject),
                rate=percent(one.rate),
                base=percent(one.base),
            )
            for one in axes
        ),
    )
    caption = say(
        "各科得分率，从上起顺时针同上表次序：蓝线{name}，红线全县", name=name_of(subject, scope)
    )
    rates = [float(one.rate) for one in axes if isinstance(one.rate, Fraction)]
    bases = [float(one.base) for one in axes if isinstance(one.base, Fraction)]
    yield replace(radar(rates, bases, caption, said), width=_RADAR)
