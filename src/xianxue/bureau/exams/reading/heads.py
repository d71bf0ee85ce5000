"""Heads of columns: which column of a score table is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.exams.reading.tabs import Tab, bare, without_asides
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.values.record import Record

ID: Final = "id"
STUDENT: Final = "student_number"
NAME: Final = "name"
SCHOOL: Final = "school"
SCHOOL_CODE: Final = "school_code"
CLASS: Final = "class"
TRACK: Final = "track"
TOTAL: Final = "total"
SUBJECT: Final = "subject"
MARK: Final = "mark"
"""The roles of columns; a subject's column has the role ``m.SUBJECT``."""
MARKS: Final = "m."

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    ID: ("考号", "考生号", "准考证号", "考籍号", "准考证", "考试号", "编号", "id", "报名号"),
    STUDENT: ("学籍号", "学号", "全国学籍号", "学籍辅号", "身份证号", "身份证件号"),
    NAME: ("姓名", "学生姓名", "考生姓名", "学生"),
    SCHOOL: ("学校", "学校名称", "校名", "所在学校", "毕业学校", "就读学校", "报考学校", "单位"),
    SCHOOL_CODE: ("学校代码", "学校标识码", "校码", "学校编码", "标识码", "学校编号", "校代码"),
    CLASS: ("班级", "班", "班别", "班号", "所在班级", "行政班", "班级名称"),
    TRACK: ("科类", "类别", "选科方向", "考生类别", "科类名称", "文理", "科目类", "考生科类"),
    TOTAL: ("总分", "总成绩", "合计", "总计", "全科总分", "原始总分", "总分数"),
    SUBJECT: ("科目", "学科", "考试科目", "科目名称"),
    MARK: ("成绩", "分数", "得分", "原始分", "卷面分"),
}
_ENDINGS: Final = ("卷面成绩", "原始成绩", "原始分", "卷面分", "成绩", "得分", "分数", "科", "分")
"""What may follow a subject's name in a head that still means its mark."""
_OF_PUPILS: Final = (ID, STUDENT, NAME, SCHOOL, SCHOOL_CODE, CLASS)
_WITHIN: Final = 20
"""Rows in which the names of columns are looked for."""
_DEEP: Final = 3
"""Rows that heads may take."""
_FEWEST: Final = 2
"""Columns that have to be known before a row is believed to be one of heads."""


class Heads(Record):
    """The heads of a tab: the first row of data, and which column has which role."""

    first: int
    columns: Mapping[str, int]
    twice: Sequence[tuple[str, int]] = ()
    """Roles that a second column claims, with the column."""
    unknown: Sequence[str] = ()
    """Heads that are nothing an examination asks for."""

    @property
    def long(self) -> bool:
        """Whether each row is one mark: a column of subjects, and one of marks."""
        return SUBJECT in self.columns and MARK in self.columns

    @property
    def subjects(self) -> list[str]:
        """The codes of the subjects that have a column."""
        return [role.removeprefix(MARKS) for role in self.columns if role.startswith(MARKS)]


class Wordbook(Record):
    """The words by which columns, subjects and tracks of one kind of examination are known."""

    columns: Mapping[str, str]
    """A head, reduced, to its role."""
    subjects: Mapping[str, str]
    tracks: Mapping[str, str]

    @classmethod
    def of(cls, card: Examination, codes: Mapping[str, CodeList]) -> Wordbook:
        """Collect them: the card's own words before those of the code lists."""
        subjects = _listed(
            [(one.subject, one.also) for one in card.subjects], codes["exam_subjects"]
        )
        tracks = _listed([(one.track, one.also) for one in card.tracks], codes["exam_tracks"])
        columns = {word: role for role, words in _WORDS.items() for word in words}
        return cls(columns, subjects, tracks)

    def role(self, head: str) -> str:
        """Give the role of a head; empty where it has none.

        A column of ranks or grades («语文名次») has none, though it begins with a subject's name.
        """
        for core in dict.fromkeys((bare(head).lower(), without_asides(head).lower())):
            if core in self.columns:
                return self.columns[core]
            if core in self.subjects:
                return MARKS + self.subjects[core]
            for ending in _ENDINGS:
                stem = core.removesuffix(ending)
                if stem != core and stem in self.subjects:
                    return MARKS + self.subjects[stem]
        return ""


def _listed(own: Sequence[tuple[str, Sequence[str]]], listed: CodeList) -> dict[str, str]:
    found: dict[str, str] = {}
    entries = {entry.code: entry for entry in listed.entries}
    # The words of the cards first: 政治 is 道德与法治 in one examination and 思想政治 in another.
    for code, also in own:
        found.update({bare(word).lower(): code for word in (code, *also)})
    for code, _ in own:
        entry = entries.get(code)
        for word in (str(entry.term), *entry.also) if entry is not None else ():
            found.setdefault(bare(word).lower(), code)
    return found


def find_heads(tab: Tab, words: Wordbook) -> Heads | None:
    """Find the heads among the first rows: where most columns are known; None where none are.

    A head may stand in several rows, the upper one over several columns («语文» over «得分» and
    «名次»): then both together say what a column is.
    """
    best: Heads | None = None
    for first in range(min(_WITHIN, len(tab.rows))):
        for deep in range(1, _DEEP + 1):
            if first + deep > len(tab.rows):
                break
            found = _heads(tab.rows[first : first + deep], first + deep, words)
            # Deeper and lower heads only where they know more: a row of data knows nothing.
            more = len(found.columns) - len(best.columns) if best is not None else 1
            if best is None or more > 0 or (more == 0 and _goes_on(tab, found, best)):
                best = found
    if best is None or len(best.columns) < _FEWEST or not (best.subjects or best.long):
        return None
    return best


def _goes_on(tab: Tab, deeper: Heads, heads: Heads) -> bool:
    """Whether the row below heads is one of them too: it says something, and of no pupil."""
    if deeper.first != heads.first + 1 or deeper.columns != heads.columns:
        return False
    row = [bare(text) for text in tab.rows[heads.first]]
    who = [at for role, at in heads.columns.items() if role in _OF_PUPILS]
    return any(row) and bool(who) and not any(row[at] for at in who if at < len(row))


def _heads(rows: Sequence[Sequence[str]], first: int, words: Wordbook) -> Heads:
    columns: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    unknown: list[str] = []
    for at, head in enumerate(_joined(rows)):
        if not head:
            continue
        role = words.role(head)
        if not role:
            unknown.append(head)
        elif role in columns:
            twice.append((role, at))
        else:
            columns[role] = at
    return Heads(first, columns, twice, unknown)


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join the texts of several rows, each upper one over all columns that it spans."""
    wide = max((len(row) for row in rows), default=0)
    parts: list[list[str]] = [[] for _ in range(wide)]
    for depth, row in enumerate(rows):
        over = ""
        for at in range(wide):
            text = bare(row[at]) if at < len(row) else ""
            under = any(at < len(lower) and bare(lower[at]) for lower in rows[depth + 1 :])
            over = text or (over if under else "")
            # The same word in both rows is one word: a merged cell that was taken apart.
            if over and over not in parts[at]:
                parts[at].append(over)
    return ["".join(part) for part in parts]
