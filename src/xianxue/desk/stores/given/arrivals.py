"""Dated projects that bring pupils or take them away: a list beside the register.

``pupil_projects.csv`` has a line for each school, year and grade: ``place,year,grade,pupils,why``.
``year`` is the school year's first; ``pupils`` are those who come beyond what the past tells, below
nothing those who go. Nothing but forecasts is made of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores.given.given_files import read_given

PROJECTS: Final = "pupil_projects.csv"
_HEADS: Final[tuple[str, ...]] = ("place", "year", "grade", "pupils", "why")


class Project(Record, kw_only=True):
    """One line: so many pupils of a grade, first there in a year."""

    place: str
    year: int
    grade: str
    pupils: int
    why: str


class Projects(Record, kw_only=True):
    """The list as it was read, and every complaint about it."""

    projects: list[Project] = field(default_factory=list[Project])
    issues: list[Issue] = field(default_factory=list[Issue])


def read_projects(root: Path, schools: Mapping[str, Collection[str]], after: int) -> Projects:
    """Read what lies in a county's folder; a list that is not there holds nothing.

    ``schools`` has the grades of each school that is foreseen, ``after`` the last year counted:
    what came until then is in the counts.
    """
    found = Projects()
    path = root / PROJECTS
    if not path.is_file():
        return found
    text = text_of(read_given(path))
    rows = [] if text is None else list(csv.reader(io.StringIO(text)))
    if not rows or tuple(cell.strip() for cell in rows[0]) != _HEADS:
        saw = say("第一行是“{head}”", head=",".join(rows[0]) if rows else "")
        found.issues.append(_issue(1, saw, say("第一行是 {heads}", heads=",".join(_HEADS))))
        return found
    for number, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            _line(found, number, [cell.strip() for cell in cells], schools, after)
    return found


def _line(
    found: Projects,
    number: int,
    cells: list[str],
    schools: Mapping[str, Collection[str]],
    after: int,
) -> None:
    values: dict[str, str] = dict(zip(_HEADS, [*cells, *[""] * len(_HEADS)], strict=False))
    wrong = list(_wrong(values, schools, after))
    found.issues.extend(_issue(number, saw, required) for saw, required in wrong)
    if not wrong:
        one = Project(
            place=values["place"],
            year=int(values["year"]),
            grade=values["grade"],
            pupils=int(values["pupils"]),
            why=values["why"],
        )
        found.projects.append(one)


def _wrong(
    values: Mapping[str, str], schools: Mapping[str, Collection[str]], after: int
) -> Iterator[tuple[Sentence, Sentence]]:
    place, grade, year = values["place"], values["grade"], values["year"]
    if place not in schools:
        saw = say("{code} 不是有学生数的学校", code=place or "—")
        yield saw, say("写学校的代码：项目带来的学生要说明进哪所学校")
    elif grade not in schools[place]:
        saw = say("这所学校没有年级 {grade}", grade=grade or "—")
        yield saw, say("学校现有的年级：{grades}", grades="、".join(schools[place]))
    if not (year.isascii() and year.isdecimal() and int(year) > after):
        yield say("年份写了“{text}”", text=year), say("晚于 {year} 的年份", year=after)
    digits = values["pupils"].removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()):
        saw = say("人数写了“{text}”", text=values["pupils"])
        yield saw, say("整数；转走的写负数")
    if not values["why"]:
        yield say("没有写是什么项目"), say("项目名称和依据")


def _issue(line: int, saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="P-PROJECT",
        severity=Severity.MUST_FIX,
        file=PROJECTS,
        cell=f"line {line}",
        saw=saw,
        required=required,
    )
