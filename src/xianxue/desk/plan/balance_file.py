"""What is asked of ``plan balance``, as it stands in a file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.plan.balance.question import Floor, Question, School
from xianxue.bureau.values.sentence import say
from xianxue.desk.plan.json_reading import Reading

_SHAPE: Final = (
    '{"schools": [{"school": "甲校", "pupils": 600, "teachers": 9}, '
    '{"school": "乙校", "pupils": 420, "teachers": 3}], "limit": 0.45}'
)
_OF_SCHOOL: Final = ("school", "pupils", "teachers")
_ALSO_OF_SCHOOL: Final = ("minimum", "maximum", "fixed")
_ALSO: Final = ("floor", "most_moves", "hires", "move_cost", "hire_cost")


def read_question(path: Path) -> Question:
    """Read a question; ComplaintsError with all that is wrong with it."""
    reading = Reading(path.name, _SHAPE)
    parts = reading.keys(reading.whole_file(path), "", ("schools", "limit"), _ALSO)
    schools = [_school(reading, where, one) for where, one in reading.each(parts, "schools")]
    limit = reading.number(parts, "limit")
    question = Question(
        schools=tuple(one for one in schools if one is not None),
        limit=limit,
        floor=_floor(reading, parts),
        most_moves=reading.count(parts, "most_moves"),
        hires=reading.count(parts, "hires") or 0,
        move_costs=_one(reading.number(parts, "move_cost")),
        hire_costs=_one(reading.number(parts, "hire_cost")),
    )
    _together(reading, parts, question)
    reading.done()
    return question


def _one(said: Fraction | None) -> Fraction:
    return Fraction(1) if said is None else said


def _school(reading: Reading, where: str, one: object) -> School | None:
    parts = reading.keys(one, where, _OF_SCHOOL, _ALSO_OF_SCHOOL)
    school = reading.name(parts, "school", where)
    pupils = reading.count(parts, "pupils", where, least=1)
    teachers = reading.count(parts, "teachers", where)
    minimum = reading.count(parts, "minimum", where)
    maximum = reading.count(parts, "maximum", where)
    fixed = reading.flag(parts, "fixed", where)
    if not school or pupils is None or teachers is None:
        return None
    return School(
        school=school,
        pupils=pupils,
        teachers=teachers,
        minimum=minimum,
        maximum=maximum,
        fixed=fixed,
    )


def _floor(reading: Reading, parts: Mapping[str, Any]) -> Floor | None:
    if "floor" not in parts:
        return None
    found = reading.keys(parts["floor"], "floor", ("per_hundred",), ("share",))
    line = reading.number(found, "per_hundred", "floor")
    share = reading.number(found, "share", "floor", most=1)
    return None if line is None else Floor(per_hundred=line, share=_one(share))


def _together(reading: Reading, parts: Mapping[str, Any], question: Question) -> None:
    """Complain of what is wrong only with all of it in view."""
    if parts.get("schools") == []:
        reading.complain("schools", "P-EMPTY", say("一所学校也没有"), say("至少有一所学校"))
    seen: set[str] = set()
    for number, one in enumerate(question.schools, 1):
        if one.school in seen:
            saw = say("“{school}”写了两次", school=one.school)
            reading.complain(f"schools[{number}]", "P-TWICE", saw, say("每所学校只写一次"))
        seen.add(one.school)
    nobody = not any(one.teachers for one in question.schools) and not question.hires
    if question.schools and nobody and not reading.issues:
        saw = say("各校教师都是 0 名，也不增配：没有平均数，算不出差异系数")
        reading.complain("schools", "P-NOBODY", saw, say("至少有 1 名教师，或者写明可增配几名"))
