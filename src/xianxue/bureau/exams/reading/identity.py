"""Who is who: a pupil with two rows, and two pupils who cannot be told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xianxue.bureau.exams.reading import heads as roles
from xianxue.bureau.exams.reading.lines import WHO, key_of
from xianxue.bureau.exams.reading.marks import Read
from xianxue.bureau.exams.reading.tabs import Issues, Line, Tab, bare
from xianxue.bureau.values.sentence import Sentence, say

_First = tuple[Tab, Line, tuple[int | None, ...]]


@dataclass
class Identities:
    """The pupils of all tables so far."""

    issues: Issues
    _ids: dict[tuple[str, ...], _First] = field(default_factory=dict[tuple[str, ...], _First])
    _names: dict[tuple[str, str, str], tuple[Tab, Line, bool]] = field(
        default_factory=dict[tuple[str, str, str], tuple[Tab, Line, bool]]
    )

    def check(
        self, tab: Tab, line: Line, school: str, in_class: str, read: Mapping[str, Read]
    ) -> None:
        """Complain of a pupil who has two rows, and of two who cannot be told apart."""
        key = key_of(line.cells)
        marks = tuple(one.mark for one in read.values())
        named = bare(line.cells.get(roles.NAME, ""))
        numbered = key[0] in {roles.ID, roles.STUDENT}
        at = next((line.at[role] for role in (key[0], *WHO) if role in line.at), None)
        if numbered:
            first = self._ids.setdefault(key, (tab, line, marks))
            if first[1] is not line or first[0] is not tab:
                self._twice(tab, at, first, key[1], same=first[2] == marks)
                return
        elif not named:
            required = say("每名学生写明考号或学籍号，或者姓名")
            self.issues.at(
                tab, at or (line.number, 0), "X-ID", say("没有考号，也没有姓名"), required
            )
            return
        if named:
            self._namesakes(tab, line, (named, school, in_class), numbered=numbered)

    def _twice(
        self,
        tab: Tab,
        at: tuple[int, int] | None,
        first: tuple[Tab, Line, tuple[int | None, ...]],
        number: str,
        *,
        same: bool,
    ) -> None:
        where = _place(first[0], first[1])
        if same:
            saw = say("编号“{number}”在{where}已经有了，各科成绩相同", number=number, where=where)
            do = say("同一行录了两次，请删去一行")
        else:
            saw = say("编号“{number}”在{where}已经有了，成绩却不同", number=number, where=where)
            do = say("请核对是编号录错，还是同一人有两份成绩")
        self.issues.at(tab, at, "X-TWICE", saw, say("每名学生一行"), do)

    def _namesakes(
        self, tab: Tab, line: Line, key: tuple[str, str, str], *, numbered: bool
    ) -> None:
        first = self._names.setdefault(key, (tab, line, numbered))
        if first[1] is line and first[0] is tab:
            return
        where = _place(first[0], first[1])
        saw = say("同校同班的“{name}”在{where}已经有了", name=key[0], where=where)
        at = line.at[roles.NAME]
        if numbered and first[2]:
            self.issues.note(tab, "X-NAMESAKE", say("{saw}，编号不同，按两名学生读", saw=saw))
        else:
            do = say("同名的两人请写考号或学籍号，同一人请删去一行")
            self.issues.at(tab, at, "X-NAMESAKE", saw, say("分得清每名学生"), do)


def _place(tab: Tab, line: Line) -> Sentence:
    if tab.tab:
        return say("{file}〔{tab}〕第 {row} 行", file=tab.file, tab=tab.tab, row=line.number + 1)
    return say("{file} 第 {row} 行", file=tab.file, row=line.number + 1)
