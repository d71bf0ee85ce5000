"""Whose pupils they are: the school of a row by its code or name, else of its tab or file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from xianxue.bureau.exams.reading.heads import SCHOOL, SCHOOL_CODE
from xianxue.bureau.exams.reading.tabs import Issues, Line, School, Schools, Tab, bare
from xianxue.bureau.values.sentence import joined, say

_ALIKE: Final = 0.75
"""How alike two codes or names have to be, as difflib measures, for one to be suggested."""
_SHORTEST: Final = 4
"""Letters of a name below which it is not looked for inside a file's name."""
_TITLES: Final = 3
"""Rows above the heads in which a school may be named."""


@dataclass
class RowSchools:
    """The schools of one tab's rows; each word is judged, and complained of, once."""

    tab: Tab
    schools: Schools
    issues: Issues
    whole: str = ""
    """The school that the tab or the file is of; empty where none is named."""
    _known: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def code(self, line: Line) -> str:
        """Give the code of a row's school; empty where it is complained of."""
        number, name = line.cells.get(SCHOOL_CODE, ""), line.cells.get(SCHOOL, "")
        # Names stand in columns of codes and the other way about: what it is, the cell itself says.
        if not bare(number) and not bare(name):
            if not self.whole:
                at = next((line.at[r] for r in (SCHOOL_CODE, SCHOOL) if r in line.at), None)
                saw, required = say("没有写学校"), say("每名学生写明学校代码或名称")
                self.issues.at(self.tab, at, "X-SCHOOL", saw, required)
            return self.whole
        key = (bare(number), bare(name))
        if key not in self._known:
            self._known[key] = self._judge(line, *key)
        return self._known[key]

    def _judge(self, line: Line, number: str, name: str) -> str:
        codes = [
            (role, self._one(line, role, text))
            for role, text in ((SCHOOL_CODE, number), (SCHOOL, name))
            if text
        ]
        known = [code for _, code in codes if code]
        if len(known) < len(codes):
            return ""
        if len(set(known)) > 1:
            by_code = self.schools.by_code
            saw = say(
                "代码 {number} 是{first}，学校名称写的却是“{name}”",
                number=number,
                first=by_code[known[0]].name,
                name=name,
            )
            required = say("代码和名称是同一所学校")
            self.issues.at(self.tab, line.at[SCHOOL_CODE], "X-SCHOOL", saw, required)
            return ""
        return known[0]

    def _one(self, line: Line, role: str, text: str) -> str:
        """Give the code that one cell means; empty, with a complaint, where it means none."""
        found = self.schools.by_code.get(text)
        if found is None:
            named = self.schools.by_name.get(text, ())
            standing = [code for code in named if self.schools.by_code[code].open]
            if len(standing or named) > 1:
                saw = say("有 {n} 所学校叫“{text}”", n=len(named), text=text)
                required = say("写学校代码：{codes}", codes=joined("、", standing or named))
                self.issues.at(self.tab, line.at[role], "X-SCHOOL", saw, required)
                return ""
            if not named:
                saw = say("名册里没有学校“{text}”", text=text)
                required = say("名册里有的学校代码或名称")
                near = nearest(text, self.schools)
                self.issues.at(self.tab, line.at[role], "X-SCHOOL", saw, required, near)
                return ""
            found = self.schools.by_code[(standing or list(named))[0]]
        return found.code if self._fits(line, role, found) else ""

    def _fits(self, line: Line, role: str, school: School) -> bool:
        if not school.open:
            saw = say("{name}（{code}）考试那天没有开办", name=school.name, code=school.code)
        elif not school.stage:
            saw = say("{name}（{code}）没有这一学段", name=school.name, code=school.code)
        else:
            return True
        required = say("考试那天开办、有这一学段的学校")
        self.issues.at(self.tab, line.at[role], "X-SCHOOL", saw, required, say("请核对学校代码"))
        return False


def nearest(text: str, schools: Schools) -> str:
    """Ask whether the school with the nearest code or name was meant; empty where none is near."""
    standing = {code: one.name for code, one in schools.by_code.items() if one.open and one.stage}
    code = next(iter(get_close_matches(text, standing, n=1, cutoff=_ALIKE)), "")
    if not code:
        names = {bare(name): code for code, name in standing.items()}
        code = names.get(next(iter(get_close_matches(text, names, n=1, cutoff=_ALIKE)), ""), "")
    if not code:
        return ""
    return say("是不是{name}（{code}）？", name=standing[code], code=code)


def school_of_tab(tab: Tab, first: int, schools: Schools) -> str:
    """Give the school that a tab is of: by the tab's name, its titles, or the file's name."""
    titles = [text for row in tab.rows[:first][:_TITLES] for text in row]
    stem = tab.file.rpartition(".")[0] or tab.file
    for said in (tab.tab, *titles, stem):
        if code := _named_in(bare(said), schools.by_code, schools.by_name):
            return code
    return ""


def _named_in(
    text: str, by_code: Mapping[str, School], by_name: Mapping[str, Sequence[str]]
) -> str:
    """Give the one school a text names; of names inside one another the longest is meant."""
    if not text:
        return ""
    if text in by_code:
        return text
    inside = [name for name in by_name if len(name) >= _SHORTEST and name in text]
    longest = max(inside, key=len, default="")
    standing = [code for code in by_name.get(longest, ()) if by_code[code].open]
    if len(standing) == 1:
        return standing[0]
    codes = [code for code in by_code if code in text]
    return codes[0] if len(codes) == 1 else ""
