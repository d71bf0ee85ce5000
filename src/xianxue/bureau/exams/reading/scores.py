"""A whole examination's tables read at once: the columns of the frame, and every fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.exams.columns import CLASS, ROW, SCHOOL, TRACK, Why, mark_of, why_of
from xianxue.bureau.exams.reading import heads as roles
from xianxue.bureau.exams.reading.heads import MARKS, Heads, Wordbook, find_heads
from xianxue.bureau.exams.reading.identity import Identities
from xianxue.bureau.exams.reading.lines import lines_of
from xianxue.bureau.exams.reading.marks import Read, read_mark
from xianxue.bureau.exams.reading.schools import RowSchools, school_of_tab
from xianxue.bureau.exams.reading.sits import Sits
from xianxue.bureau.exams.reading.tabs import Issues, Line, Schools, Tab, bare, class_called
from xianxue.bureau.exams.reading.tracks import RowTracks
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.values.sentence import Sentence, joined, say

PUPILS: Final = (ROW, "id", "student_number", "name", "file", "sheet", "line")
"""The columns of the table of pupils, which lies apart from their marks."""


@dataclass
class Scores:
    """What was read: columns of the frame, pupils beside it, and the complaints."""

    subjects: list[str] = field(default_factory=list[str])
    """The codes of the subjects that were examined, in the card's order."""
    frame: dict[str, list[object]] = field(default_factory=dict[str, list[object]])
    pupils: dict[str, list[object]] = field(default_factory=dict[str, list[object]])
    issues: list[Issue] = field(default_factory=list[Issue])

    @property
    def rows(self) -> int:
        """How many pupils there are."""
        return len(self.frame.get(ROW, ()))


@dataclass
class _Found:
    """A tab in which heads were found."""

    tab: Tab
    heads: Heads


class Reader:
    """Reads the tables of one examination; what it has found stands in ``scores``."""

    def __init__(self, card: Examination, codes: Mapping[str, CodeList], schools: Schools) -> None:
        """Take the kind of examination, the lists of codes, and the schools on its day."""
        self._card = card
        self._words = Wordbook.of(card, codes)
        self._schools = schools
        self._terms = {one.code: one.term for one in codes["exam_subjects"].entries}
        self._tracks = {one.code: one.term for one in codes["exam_tracks"].entries}
        self._issues = Issues()
        self.scores = Scores(issues=self._issues.found)
        self._known: dict[tuple[str, str], Read] = {}
        """What a cell says, by subject and text: most of a table says the same few marks."""
        self._identities = Identities(self._issues)
        self._sits = Sits(card, self._terms, self._tracks, self._issues)

    def read(self, tabs: Sequence[Tab]) -> Scores:
        """Read all tabs; examined are the subjects that any of them has a column or row of."""
        found: list[_Found] = []
        by_file: dict[str, list[Tab]] = {}
        for tab in tabs:
            heads = find_heads(tab, self._words)
            if heads is not None:
                found.append(_Found(tab, heads))
            elif any(text.strip() for row in tab.rows for text in row):
                by_file.setdefault(tab.file, []).append(tab)
        for file, rest in by_file.items():
            self._no_heads(rest, any(one.tab.file == file for one in found))
        read = [(one, lines_of(one.tab, one.heads, self._words, self._issues)) for one in found]
        held = {
            role.removeprefix(MARKS)
            for one, lines in read
            for role in (*one.heads.columns, *(r for line in lines for r in line.cells))
            if role.startswith(MARKS)
        }
        examined = [one for one in self._card.subjects if one.subject in held]
        self.scores.subjects = [one.subject for one in examined]
        self._columns(examined)
        for one, lines in read:
            self._tab(one, lines, examined)
        if found and not self.scores.rows and not self._issues.stop:
            self._issues.at(found[0].tab, None, "X-EMPTY", say("没有一名学生"), say("一行一名学生"))
        self._issues.put_in_order(tabs)
        return self.scores

    def _columns(self, examined: Sequence[ExamSubject]) -> None:
        frame = self.scores.frame
        for name in (ROW, SCHOOL, CLASS, TRACK):
            frame[name] = []
        for subject in examined:
            frame[mark_of(subject.subject)] = []
            frame[why_of(subject.subject)] = []
        self.scores.pupils = {name: [] for name in PUPILS}

    def _no_heads(self, rest: Sequence[Tab], others: bool) -> None:  # noqa: FBT001 - one caller
        """Say of tabs without heads that they were passed over, or that there is none with."""
        if others:
            for tab in rest:
                saw = say("这张表里没有找到成绩表的列名，没有读")
                self._issues.note(tab, "X-HEADS", saw)
            return
        names = joined("、", (self._term(one.subject) for one in self._card.subjects))
        saw = say("没有找到成绩表的列名")
        required = say("前 20 行里有一行列名，至少有学校和一个科目（{names}）", names=names)
        do = say("只有分数、人数、累计的是一分一段表，不是成绩表")
        self._issues.at(rest[0], None, "X-HEADS", saw, required, do)

    def _tab(self, one: _Found, lines: Sequence[Line], examined: Sequence[ExamSubject]) -> None:
        tab, heads = one.tab, one.heads
        for role, at in heads.twice:
            name = tab.rows[heads.first - 1][at]
            saw = say("列名“{name}”与前面的一列重复", name=bare(name) or role)
            cell = (heads.first - 1, at)
            self._issues.at(tab, cell, "X-HEAD-TWICE", saw, say("每个科目、每样一列"))
        schools = RowSchools(
            tab, self._schools, self._issues, school_of_tab(tab, heads.first, self._schools)
        )
        tracks = RowTracks(tab, self._card, self._words, self._tracks, self._issues)
        own = "" if _is_school(tab, self._schools) else _class_of_tab(tab.tab)
        pupils: Counter[str] = Counter()
        blank: Counter[tuple[str, str]] = Counter()
        zeros = 0
        for line in lines:
            read = {subject.subject: self._mark(tab, line, subject) for subject in examined}
            school = schools.code(line)
            said = line.cells.get(roles.CLASS)
            in_class = class_called(said) if said is not None else own
            track = tracks.code(line, read)
            self._sits.judge(tab, line, track, read, examined)
            self._sits.total(tab, line, read)
            self._identities.check(tab, line, school, in_class, read)
            self._add(tab, line, school, in_class, track, read)
            given = [mark.mark for mark in read.values() if mark.mark is not None]
            zeros += len(given) > 1 and not any(given)
            pupils[school] += 1
            for code, mark in read.items():
                blank[school, code] += mark.why is Why.BLANK and mark.saw is None
        if zeros:
            saw = say("有 {n} 名学生各科都是 0 分", n=zeros)
            self._issues.note(tab, "X-ZERO", saw, say("缺考的请写“缺考”，0 分会计入平均"))
        self._lacking(one, examined, pupils, blank)

    def _mark(self, tab: Tab, line: Line, subject: ExamSubject) -> Read:
        role = MARKS + subject.subject
        text = line.cells.get(role, "")
        read = self._known.get((subject.subject, text))
        if read is None:
            read = read_mark(text, subject, self._term(subject.subject))
            self._known[subject.subject, text] = read
        if read.saw is not None:
            self._issues.at(tab, line.at[role], "X-MARK", read.saw, read.required or "", read.do)
        return read

    def _add(  # noqa: PLR0913, PLR0917 - a row of the frame
        self,
        tab: Tab,
        line: Line,
        school: str,
        in_class: str,
        track: str,
        read: Mapping[str, Read],
    ) -> None:
        frame, pupils = self.scores.frame, self.scores.pupils
        number = len(frame[ROW])
        for name, value in ((ROW, number), (SCHOOL, school), (CLASS, in_class), (TRACK, track)):
            frame[name].append(value)
        for code, one in read.items():
            frame[mark_of(code)].append(one.mark)
            frame[why_of(code)].append(int(one.why))
        # Numbers are brought into one form, so that tables can be joined; a name stays as it is.
        who = {role: bare(line.cells.get(role, "")) for role in ("id", "student_number")}
        who["name"] = " ".join(line.cells.get("name", "").split())
        where = {"file": tab.file, "sheet": tab.tab, "line": line.number + 1}
        for name, value in {ROW: number, **who, **where}.items():
            pupils[name].append(value)

    def _lacking(
        self,
        one: _Found,
        examined: Sequence[ExamSubject],
        pupils: Mapping[str, int],
        blank: Mapping[tuple[str, str], int],
    ) -> None:
        """Complain of a subject that a tab or school lacks; say how many cells are blank."""
        for subject in examined:
            code, term = subject.subject, self._term(subject.subject)
            empty = {school: blank[school, code] for school in pupils if blank[school, code]}
            # Nobody has to choose a subject: that a whole school has not is no fault.
            lacks = [] if subject.chosen else [one for one in empty if empty[one] == pupils[one]]
            if lacks and len(lacks) == len(pupils):
                self._lacks(one.tab, say("{term}一个成绩也没有，别的表里有", term=term))
                continue
            for school in filter(None, lacks):
                name = self._schools.by_code[school].name
                saw = say("{school}的{term}一个成绩也没有，别的学校有", school=name, term=term)
                self._lacks(one.tab, saw)
            rest = sum(many for school, many in empty.items() if school not in lacks)
            if rest:
                saw = say("{term}有 {n} 人空着，按没有成绩计，不按 0", term=term, n=rest)
                do = say("知道原因的，请写缺考、免考、违纪或未选")
                self._issues.note(one.tab, "X-BLANK", saw, do)

    def _lacks(self, tab: Tab, saw: Sentence) -> None:
        do = say("漏了请补上；确实没考的，逐人写“缺考”或“免考”")
        self._issues.at(tab, None, "X-LACKING", saw, say("同一次考试各校科目相同"), do)

    def _term(self, code: str) -> Sentence | str:
        return self._terms.get(code, code)


def _is_school(tab: Tab, schools: Schools) -> bool:
    name = bare(tab.tab)
    return name in schools.by_code or name in schools.by_name


def _class_of_tab(name: str) -> str:
    """Give the class that a tab is of, where its name says so.

    >>> _class_of_tab("高三（1）班"), _class_of_tab("Sheet1"), _class_of_tab("3")
    ('高三（1）班', '', '3')
    """
    said = class_called(name)
    return said if said.endswith("班") or said.isdigit() else ""
