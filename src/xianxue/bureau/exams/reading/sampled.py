"""Sample sheets scored: a table of results becomes a table of points, cell for cell.

What comes of it is read as every score table is, so that schools, classes, pupils who stand twice
and their places in the file are judged in one way. Results that cannot be scored are complained of
here, where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.norms import NoNormError, body_mass, points_of, scored, within
from xianxue.bureau.exams.reading.heads import MARKS, Heads, Wordbook, find_heads
from xianxue.bureau.exams.reading.lines import lines_of
from xianxue.bureau.exams.reading.marks import said_why
from xianxue.bureau.exams.reading.tabs import Issues, Line, Tab, bare
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.sampling import Item, Norms, Scoring
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say

GRADE: Final = "grade"
AGE: Final = "age"
SEX: Final = "sex"
HEIGHT: Final = "height"
WEIGHT: Final = "weight"
_OWN: Final[Mapping[str, tuple[str, ...]]] = {
    GRADE: ("年级", "所在年级", "年级名称"),
    AGE: ("年龄", "周岁", "年龄(岁)"),
    SEX: ("性别",),
    HEIGHT: ("身高", "身高(cm)", "身高(厘米)"),
    WEIGHT: ("体重", "体重(kg)", "体重(千克)", "体重(公斤)"),
}
_SEXES: Final = {"男": "male", "男生": "male", "1": "male", "m": "male", "male": "male",
                 "女": "female", "女生": "female", "2": "female", "f": "female",
                 "female": "female"}  # fmt: skip
_DIGITS: Final = "一二三四五六七八九"
_GRADES: Final = {
    **{f"{one}年级": at for at, one in enumerate(_DIGITS, start=1)},
    **{f"小学{one}年级": at for at, one in enumerate(_DIGITS[:6], start=1)},
    **{one: at for at, one in enumerate(_DIGITS, start=1)},
    # Above 9 a bare number may be a code of another list (11 is 小学一年级 there).
    **{str(at): at for at in range(1, 10)},
    **{f"{at}年级": at for at in range(1, 13)},
    **{f"初{one}": at for at, one in enumerate(_DIGITS[:3], start=7)},
    **{f"高{one}": at for at, one in enumerate(_DIGITS[:3], start=10)},
}
_OLDEST: Final = 30
_NUMBER: Final = re.compile(r"-?[0-9]{1,5}(?:\.[0-9]{1,3})?")
_TIME: Final = re.compile(r"([0-9]{1,2})['′’:分]([0-9]{1,2}(?:\.[0-9]{1,2})?)(?:[\"″”秒]|'')?")
_MINUTE: Final = 60
_BODY: Final = {HEIGHT: (Decimal(60), Decimal(230)), WEIGHT: (Decimal(8), Decimal(200))}
"""A height or a weight beyond is a slip of the pen, as of an item."""


class Pupil(Record, kw_only=True):
    """One row as it was scored."""

    tab: Tab
    row: int
    """The number of the row in its table, counted from 0."""
    of: int
    """Grade or age; 0 where it is complained of."""
    sex: str
    points: Mapping[str, Fraction]
    score: Fraction | None
    """None where a result is lacking that is weighed."""


@dataclass
class Scorer:
    """Scores the tabs of one sampling."""

    scoring: Scoring
    norms: Norms
    exam: Examination
    codes: Mapping[str, CodeList]
    issues: Issues = field(default_factory=Issues)
    pupils: list[Pupil] = field(default_factory=list[Pupil])

    def __post_init__(self) -> None:
        """Collect the words of columns once."""
        words = Wordbook.of(self.exam, self.codes)
        own = {bare(word).lower(): role for role, said in _OWN.items() for word in said}
        self._words = replace(words, columns={**words.columns, **own})
        self._terms = {one.code: one.term for one in self.codes["exam_subjects"].entries}
        (self._score,) = [one.subject for one in self.exam.subjects if one.counts]

    def tab(self, tab: Tab) -> Tab:
        """Give a tab with points in place of results, and the score in a column of its own.

        A tab without heads is given back as it is: reading says what is wrong with it.
        """
        heads = find_heads(tab, self._words)
        if heads is None or heads.long or not self._asks(tab, heads):
            return tab
        lines = lines_of(tab, heads, self._words, self.issues)
        wide = max(len(row) for row in tab.rows)
        rows = [[*row, *[""] * (wide + 1 - len(row))] for row in tab.rows]
        given = [one.item for one in self.scoring.items if MARKS + one.item in heads.columns]
        rows[heads.first - 1] = self._heads(heads, given, wide)
        # 体重指数 of height and weight has no column of its own: it is in the score alone.
        for line in lines:
            self._line(tab, line, rows[line.number], given)
        return replace(tab, rows=rows)

    def _asks(self, tab: Tab, heads: Heads) -> bool:
        lacking = [role for role in (self.scoring.by, SEX) if role not in heads.columns]
        for role in lacking:
            name = _OWN[role][0]
            saw = say("没有“{name}”一列", name=name)
            self.issues.at(tab, None, "X-NORM", saw, say("评分表按年级（年龄）和性别，逐人写明"))
        return not lacking

    def _heads(self, heads: Heads, given: Sequence[str], wide: int) -> list[str]:
        """Say the heads again in one row, by the words that reading knows."""
        said = {column: role for role, column in heads.columns.items()}
        own = {MARKS + code: str(self._terms[code]) for code in (*given, self._score)}
        words = {role: word for word, role in reversed(list(self._words.columns.items()))}
        row = [""] * (wide + 1)
        for column, role in said.items():
            row[column] = own.get(role, "" if role in _OWN else words.get(role, ""))
        row[wide] = own[MARKS + self._score]
        return row

    def _line(self, tab: Tab, line: Line, row: list[str], given: Sequence[str]) -> None:
        of, sex = self._group(tab, line), self._sex(tab, line)
        results, why = self._results(tab, line, given)
        weights = self.scoring.weighed(of, sex) if of and sex else {}
        if of and sex and not weights:
            saw = say("计分办法没有写“{text}”的权重", text=bare(line.cells[self.scoring.by]))
            at = line.at[self.scoring.by]
            self.issues.at(tab, at, "X-NORM", saw, say("计分办法里有的年级（年龄）"))
        points = self._points(tab, line, of, sex, results) if weights else {}
        for code in given:
            at = line.at[MARKS + code][1]
            told = points.get(code)
            # What the grade is not tested in is not chosen; 缺测 stays what it is.
            row[at] = plain(told, 2) if told is not None else why.get(code, "") or "未选"
        lacking = [code for code, weight in weights.items() if weight and code not in results]
        score = None
        if weights and not lacking and all(code in points for code in weights):
            score = scored(self.scoring, self.norms, of, sex, results).score
        row[-1] = plain(score, 2) if score is not None else self._lacks(tab, line, lacking, why)
        self.pupils.append(
            Pupil(tab=tab, row=line.number, of=of, sex=sex, points=points, score=score)
        )

    def _lacks(self, tab: Tab, line: Line, lacking: Sequence[str], why: Mapping[str, str]) -> str:
        """Say in the score's cell why there is none; a whole column that lacks is complained of."""
        for code in lacking:
            if MARKS + code not in line.at and not self._made_of(code, line):
                term = self._terms[code]
                saw = say("没有“{term}”一列，这名学生要测", term=term)
                self.issues.at(tab, (line.number, 0), "X-NORM", saw, say("要测的项目各有一列"))
        return next((why[code] for code in lacking if why.get(code)), "")

    def _made_of(self, code: str, line: Line) -> bool:
        item = self.scoring.item(code)
        return bool(item and item.body and HEIGHT in line.at and WEIGHT in line.at)

    def _group(self, tab: Tab, line: Line) -> int:
        text = bare(line.cells[self.scoring.by]).lower()
        if self.scoring.by == GRADE:
            found = _GRADES.get(text, 0)
            required = say("写作 七年级、初一、高一，或 1 到 9 的数字")
        else:
            number = text.removesuffix("周岁").removesuffix("岁")
            found = int(number) if number.isdecimal() and int(number) <= _OLDEST else 0
            required = say("写周岁数")
        if not found:
            saw = say("年级（年龄）写的是“{text}”", text=text)
            self.issues.at(tab, line.at[self.scoring.by], "X-NORM", saw, required)
        return found

    def _sex(self, tab: Tab, line: Line) -> str:
        text = bare(line.cells[SEX]).lower()
        found = _SEXES.get(text, "")
        if not found:
            saw = say("性别写的是“{text}”", text=text)
            self.issues.at(tab, line.at[SEX], "X-NORM", saw, say("男或女"))
        return found

    def _results(
        self, tab: Tab, line: Line, given: Sequence[str]
    ) -> tuple[dict[str, Decimal], dict[str, str]]:
        """Give results, and of items without one the word that says why."""
        results: dict[str, Decimal] = {}
        why: dict[str, str] = {}
        for code in given:
            item = self.scoring.item(code)
            text = line.cells[MARKS + code]
            if item is None:
                continue
            if said_why(text) is not None:
                why[code] = bare(text)
                continue
            found = self._result(tab, line, item, text)
            if found is not None:
                results[code] = found
        for item in self.scoring.items:
            if item.body and item.item not in results and self._made_of(item.item, line):
                made = self._body(tab, line)
                if made is not None:
                    results[item.item] = made
        return results, why

    def _result(self, tab: Tab, line: Line, item: Item, text: str) -> Decimal | None:
        found = number_of(text, timed=item.timed)
        if found is not None and within(item, found):
            return found
        term = self._terms[item.item]
        saw = say("{term}填了“{text}”", term=term, text=text)
        required = say("{least} 到 {most}", least=item.least, most=item.most)
        do = say("没有测的写缺测或免测")
        if item.timed:
            do = say("单位是秒；满一分钟的写作 4'05；没有测的写缺测或免测")
        self.issues.at(tab, line.at[MARKS + item.item], "X-MARK", saw, required, do)
        return None

    def _body(self, tab: Tab, line: Line) -> Decimal | None:
        found: list[Decimal] = []
        for role in (HEIGHT, WEIGHT):
            text, (least, most) = line.cells[role], _BODY[role]
            if said_why(text) is not None:
                return None
            number = number_of(text, timed=False)
            if number is None or not least <= number <= most:
                saw = say("{term}填了“{text}”", term=_OWN[role][0], text=text)
                required = say("{least} 到 {most}", least=least, most=most)
                do = say("身高写厘米，体重写千克")
                self.issues.at(tab, line.at[role], "X-MARK", saw, required, do)
                return None
            found.append(number)
        return body_mass(*found)

    def _points(
        self, tab: Tab, line: Line, of: int, sex: str, results: Mapping[str, Decimal]
    ) -> dict[str, Fraction]:
        points: dict[str, Fraction] = {}
        for code in self.scoring.weighed(of, sex):
            if code not in results:
                continue
            try:
                points[code] = points_of(self.scoring, self.norms, code, of, sex, results[code])
            except NoNormError:
                saw = say(
                    "评分表“{norms}”没有写{item}在这个年级（年龄）、性别的分",
                    norms=self.norms.term,
                    item=self._terms[code],
                )
                at = line.at.get(MARKS + code, line.at[self.scoring.by])
                do = say("在县里的评分表卡片里补上")
                self.issues.at(tab, at, "X-NORM", saw, say("要测的项目都有评分表"), do)
        return points


def number_of(text: str, *, timed: bool) -> Decimal | None:
    """Read a result; None where it is none.

    >>> number_of("4'05", timed=True), number_of("8.9", timed=True), number_of("4'05", timed=False)
    (Decimal('245'), Decimal('8.9'), None)
    """
    said = bare(text)
    time = _TIME.fullmatch(said) if timed else None
    if time is not None:
        seconds = Decimal(time[2])
        return Decimal(time[1]) * _MINUTE + seconds if seconds < _MINUTE else None
    return Decimal(said) if _NUMBER.fullmatch(said) else None
