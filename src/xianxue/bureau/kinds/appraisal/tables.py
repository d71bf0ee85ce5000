"""Published appraisals as tables: a line for each who was judged, told apart by grade and group.

Of schools each has its own line. Persons, offices and unions are no places of the register: their
lines are the county's, and those of persons have neither total nor rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from xianxue.bureau.kinds.appraisal.rubric import Judges, Rubric
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.sentence import Sentence, say

PERSONS: Final[frozenset[Judges]] = frozenset({"teacher", "cadre"})
"""Whose totals are nobody's but their own."""
_COUNTED_IN: Final[Mapping[Judges, str]] = {
    "school": "school",
    "teacher": "person",
    "cadre": "person",
}
# One visit of a canteen is no result of a year: the year's rubric has it.
_PASSING: Final = frozenset({"day", "examination"})


def table_of(series: str) -> str:
    """Name the table of a rubric's results; a form may be called as the rubric itself is."""
    return f"{series}_results"


def tables_of(rubrics: Iterable[Rubric]) -> dict[str, Table]:
    """Give the table of each rubric that comes to grades, by what its versions have in common."""
    return {
        table_of(series): Table(
            table=table_of(series),
            term=versions[-1].term,
            layout="list",
            fields=tuple(_fields(series, versions)),
            given_by="any",
            slices=_slices(versions),
        )
        for series, versions in _in_series(rubrics).items()
    }


def grade_lists(rubrics: Iterable[Rubric]) -> dict[str, CodeList]:
    """Give the grades and comparison groups of each rubric as lists of codes.

    They are called ``safe_campus.grade`` and ``safe_campus.group``. What only an earlier version
    knew stands behind.
    """
    found: dict[str, CodeList] = {}
    for series, versions in _in_series(rubrics).items():
        term, source = versions[-1].term, versions[-1].source
        for name, entries in (("grade", _grades(versions)), ("group", _groups(versions))):
            if entries:
                codes = f"{series}.{name}"
                title = say("{rubric}的{what}", rubric=term, what=_TERMS[name])
                found[codes] = CodeList(codes=codes, term=title, entries=entries, source=source)
    return found


_TERMS: Final = {"grade": say("等次"), "group": say("比较组")}


def _in_series(rubrics: Iterable[Rubric]) -> dict[str, list[Rubric]]:
    """Give the versions of each rubric that makes a table, the last behind."""
    found: dict[str, list[Rubric]] = {}
    for one in rubrics:
        if one.grading is not None and one.period not in _PASSING:
            found.setdefault(one.series, []).append(one)
    return found


def _grades(versions: list[Rubric]) -> list[Code]:
    lines = [
        line for one in reversed(versions) if one.grading is not None for line in one.grading.grades
    ]
    terms = {line.grade: line.term for line in reversed(lines)}
    return [Code(code=name, term=terms[name]) for name in dict.fromkeys(o.grade for o in lines)]


def _groups(versions: list[Rubric]) -> list[Code]:
    groups = [group for one in reversed(versions) for group in one.groups]
    terms = {one.group: one.term for one in reversed(groups)}
    return [Code(code=name, term=terms[name]) for name in dict.fromkeys(o.group for o in groups)]


def _slices(versions: list[Rubric]) -> tuple[str, ...]:
    return ("grade", "group") if any(one.groups for one in versions) else ("grade",)


def _fields(series: str, versions: list[Rubric]) -> Iterator[TableField]:
    judges = versions[-1].judges
    unit = _COUNTED_IN.get(judges, "one")
    yield _number("judged", say("已定等次数"), unit)
    yield _number("open", say("未定等次数"), unit)
    if judges not in PERSONS:
        yield _number("totalled", say("有总分的数"), unit)
        yield TableField(field="total", term=say("总分"), type="measure", unit="point")
        yield _number("rank", say("组内名次"), "place")
    for name in _slices(versions):
        yield TableField(field=name, term=_TERMS[name], type="code", codes=f"{series}.{name}")


def _number(name: str, term: Sentence, unit: str) -> TableField:
    return TableField(field=name, term=term, type="integer", unit=unit)
