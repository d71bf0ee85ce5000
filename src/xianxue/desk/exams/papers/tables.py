"""The tables of an analysis: subjects, lines and schools, as rows of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import SCHOOL, TOTAL
from xianxue.bureau.exams.groups import Group
from xianxue.bureau.exams.levels import Level
from xianxue.bureau.exams.ranking import Interval, Ranked
from xianxue.bureau.exams.shares import at_level, over_line
from xianxue.bureau.exams.statistics import Moments
from xianxue.bureau.exams.tallies import PUPILS, Tally, named
from xianxue.bureau.kinds.exams.examination import ExamSubject
from xianxue.bureau.report.text import Runs, TextTable
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.lines_told import Reached
from xianxue.desk.exams.shown import Shown
from xianxue.desk.exams.unions import Union
from xianxue.desk.exams.written import NOTHING, bare, cells, height, points, share, signed


class Words(Record):
    """What codes are called."""

    subjects: Mapping[str, Sentence]
    tracks: Mapping[str, Sentence]
    lines: Mapping[str, Sentence]
    schools: Mapping[str, str]

    def subject(self, code: str) -> str:
        """Give the term of a subject: physics is a subject and a track."""
        return self.subjects.get(code, code)

    def track(self, code: str) -> str:
        """Give the term of a track; of none it is all of them together."""
        return self.tracks.get(code, code) if code else say("合计")

    def line(self, code: str) -> str:
        """Give the term of a line."""
        return self.lines.get(code, code)

    def school(self, code: str) -> str:
        """Give a school's name."""
        return self.schools.get(code, code)


def subjects_table(
    analysis: Analysis, tally: Tally, words: Words, shown: Shown, caption: str
) -> TextTable:
    """Lay out the subjects of one group."""
    header = (
        *(say("科目"), say("有成绩"), say("缺考"), say("平均分"), say("标准差")),
        *(say("得分率%"), *(rate_of(level) for level in analysis.levels)),
    )
    rows = [_subject(analysis, tally, one, words, shown) for one in analysis.card.subjects]
    return TextTable(caption, tuple(header), tuple(rows))


def rate_of(level: Level) -> Sentence:
    """Head the column of a level."""
    return say("{level}率%", level=level.term)


def _subject(
    analysis: Analysis, tally: Tally, one: ExamSubject, words: Words, shown: Shown
) -> tuple[Runs, ...]:
    moments = Moments.of(tally, one.subject)
    term = words.subject(one.subject)
    first = (say("{term}（{full} 分）", term=term, full=points_of_full(one)),)
    if not shown.shows(Group("county"), one.subject):
        return cells(*first, TOO_FEW, *[NOTHING] * (4 + len(analysis.levels)))
    return cells(
        *first,
        str(moments.n),
        str(tally[named(one.subject, "absent")]),
        points(moments.mean),
        points(moments.deviation(analysis.card.divisor)),
        bare(moments.score_rate(Fraction(one.full))),
        *(share(at_level(tally, one.subject, level)) for level in analysis.levels),
    )


def points_of_full(one: ExamSubject) -> str:
    """Write a full mark."""
    return height(int(one.full * 100))


def lines_table(found: Sequence[Reached], words: Words, caption: str, *, tracks: bool) -> TextTable:
    """Lay out lines with their counts; each rate beside its base."""
    header = (
        *(say("分数线"), *([say("科类")] if tracks else [])),
        *(say("分数"), say("上线"), say("基数"), say("上线率%")),
    )
    rows = [
        cells(
            words.line(one.line),
            *([words.track(one.track)] if tracks else []),
            height(one.height, one.second),
            str(one.over),
            str(one.base),
            bare(one.rate),
        )
        for one in found
    ]
    note = say("基数是有总分的考生：缺一科成绩的没有总分，不在基数里。")
    return TextTable(caption, header, tuple(rows), note)


def schools_table(
    analysis: Analysis, words: Words, shown: Shown, caption: str
) -> tuple[TextTable, list[str]]:
    """Lay out the schools in the order of their codes; give the codes as they are numbered."""
    rows: list[tuple[Runs, ...]] = []
    codes: list[str] = []
    for tally in analysis.by_school():
        code = tally.keys[SCHOOL]
        codes.append(code)
        shows = shown.school(code, what=TOTAL)
        told = _totals(analysis, tally, shows=shows)
        rows.append(cells(str(len(codes)), words.school(code), *told))
    header = (say("序号"), say("学校"), *_heads(analysis, words))
    note = say("按学校代码排列，不排名次；校间差别要看区间，一次平均分不能说明办学好坏。")
    return TextTable(caption, header, tuple(rows), note), codes


def some_schools_table(
    analysis: Analysis, schools: Sequence[str], words: Words, shown: Shown
) -> TextTable:
    """Lay out the schools of a group as ``schools_table`` has them."""
    mine = [one for one in analysis.by_school() if one.keys[SCHOOL] in schools]
    rows = [
        cells(
            words.school(one.keys[SCHOOL]),
            *_totals(analysis, one, shows=shown.school(one.keys[SCHOOL], what=TOTAL)),
        )
        for one in mine
    ]
    return TextTable(say("成员学校"), (say("学校"), *_heads(analysis, words)), tuple(rows))


def unions_table(
    analysis: Analysis, unions: Sequence[Union], words: Words, shown: Shown
) -> TextTable:
    """Lay out groups of schools; one school may be in several."""
    rows: list[tuple[Runs, ...]] = []
    for one in unions:
        (tally,) = analysis.within(one.schools)
        shows = shown.shows(Group("union", one.code), TOTAL)
        told = _totals(analysis, tally, shows=shows)
        rows.append(cells(one.name, one.kind, str(len(one.schools)), *told))
    header = (say("名称"), say("种类"), say("学校数"), *_heads(analysis, words))
    note = say("按考试那天的成员校算；一所学校可以在几个组织里，各行不相加。")
    return TextTable(say("各组织和乡镇总分情况"), header, tuple(rows), note)


def _heads(analysis: Analysis, words: Words) -> tuple[Sentence, ...]:
    lines = dict.fromkeys(one.line for one in analysis.heights)
    return (
        *(say("考生"), say("有总分"), say("平均分"), say("超均率%")),
        *(say("{line}上线率%", line=words.line(line)) for line in lines),
    )


def _totals(analysis: Analysis, tally: Tally, *, shows: bool) -> tuple[str, ...]:
    """Tell a group's totals under ``_heads``."""
    lines = list(dict.fromkeys(one.line for one in analysis.heights))
    if not shows:
        return (TOO_FEW, *[NOTHING] * (3 + len(lines)))
    moments = Moments.of(tally, TOTAL)
    return (
        str(tally[PUPILS]),
        str(moments.n),
        points(moments.mean),
        signed(moments.above(Moments.of(analysis.county, TOTAL))),
        *(share(over_line(tally, line)) for line in lines),
    )


def ranks_table(found: Sequence[Ranked], term: Sentence, names: Callable[[str], str]) -> TextTable:
    """Lay out schools with their intervals, and the places that these leave open."""
    header = (
        *(say("学校"), say("人数"), say("{term}率%", term=term)),
        *(say("95%区间"), say("位次"), say("可能的位次")),
    )
    rows = [
        cells(
            names(one.group),
            str(one.share.base),
            share(one.share),
            NOTHING if one.within is None else _reach(one.within),
            NOTHING if one.place is None else str(one.place),
            NOTHING if one.best is None else say("{best}至{worst}", best=one.best, worst=one.worst),
        )
        for one in found
    ]
    note = say("抽测人数有限：可能的位次有重叠的学校，分不出先后。人数少的学校不排。")
    return TextTable(say("各校位次"), header, tuple(rows), note)


def _reach(within: Interval) -> Sentence:
    low, high = (bare(Fraction(end)) for end in (within.low, within.high))
    return say("{low}至{high}", low=low, high=high)
