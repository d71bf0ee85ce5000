"""The national cards of who may apply, on histories written and counted by hand (虚构)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from national import national

from xianxue.bureau.appraisal.persons.career import Career, Fact, Shown, Stint, Title, YearResult
from xianxue.bureau.appraisal.persons.eligible import Eligible, eligible
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

CARDS = national().shelf.eligibilities
SHOWN = Shown("teachers/2025-0001", say("名册"))
ON = date(2026, 9, 1)


def title(code: str, since: date) -> Title:
    return Title(title=code, term=code, since=since, shown=SHOWN)


def stint(begins: date, ends: date | None, setting: str) -> Stint:
    return Stint(begins=begins, ends=ends, like={"setting": setting}, shown=SHOWN)


def facts(**values: int | str) -> dict[str, Fact]:
    return {name: Fact(value=value, term=str(value), shown=SHOWN) for name, value in values.items()}


# At work since September 2010, a year in a village school from September 2014, then in town. First
# grade since September 2019; 2022 without a grade, all other years qualified. 372 hours.
TEACHER = Career(
    person="教师甲（虚构）",
    born=date(1988, 3, 5),
    started=date(2010, 9, 1),
    stints=(
        stint(date(2010, 9, 1), date(2014, 9, 1), "town"),
        stint(date(2014, 9, 1), date(2015, 7, 8), "rural"),
        stint(date(2015, 7, 8), None, "town"),
    ),
    titles=(title("junior", date(2012, 9, 1)), title("intermediate", date(2019, 9, 1))),
    results=tuple(
        YearResult(year=year, result=code, term=code, shown=SHOWN)
        for year in range(2010, 2026)
        for code in ("none" if year == 2022 else "qualified",)
    ),
    facts=facts(degree="bachelor", certified=1, hours=372, stage="primary"),
)


def verdicts(card: str, on: date = ON, **changed: Any) -> Eligible:
    return eligible(CARDS[card], replace(TEACHER, **changed), on)


def test_senior_five_years_without_2022_and_a_school_year_in_a_village():
    """September 2019 to September 2025 are six years, five of which count."""
    assert verdicts("senior_teacher").verdict == "met"
    early = verdicts("senior_teacher", date(2024, 9, 1))
    assert (early.verdict, early.first_day) == ("not_met", date(2025, 9, 1))
    # Without the village school the clause is one of principle.
    town = (stint(date(2010, 9, 1), None, "town"),)
    soft = verdicts("senior_teacher", stints=town)
    assert (soft.verdict, soft.first_day, soft.first_hard_day) == ("explain", None, ON)
    special = facts(degree="bachelor", certified=1, hours=372, stage="special")
    assert verdicts("senior_teacher", stints=town, facts=special).verdict == "met"


@pytest.mark.parametrize(
    ("changed", "clause", "verdict"),
    [
        ({"degree": "postgraduate"}, "years", "met"),
        ({"degree": "college"}, "years", "undetermined"),
        ({"degree": "secondary"}, "years", "not_met"),
        ({"hours": 359}, "hours", "not_met"),
        ({"certified": 0}, "certified", "not_met"),
    ],
)
def test_senior_by_degree_hours_and_certificate(changed, clause, verdict):
    known = facts(
        **{"degree": "bachelor", "certified": 1, "hours": 372, "stage": "primary", **changed}
    )
    found = {one.clause: one.verdict for one in verdicts("senior_teacher", facts=known).clauses}
    assert found.pop(clause) == verdict
    assert set(found.values()) == {"met"}


def test_first_grade_after_four_years():
    junior = (title("junior", date(2012, 9, 1)),)
    assert verdicts("intermediate_teacher", date(2016, 8, 31), titles=junior).verdict == "not_met"
    assert verdicts("intermediate_teacher", date(2016, 9, 1), titles=junior).verdict == "met"
    # A master may be a second-grade teacher of two years: the register does not tell which.
    master = facts(degree="postgraduate", certified=1)
    junior = (title("junior", date(2014, 9, 1)),)
    found = verdicts("intermediate_teacher", date(2016, 9, 1), titles=junior, facts=master)
    assert found.verdict == "undetermined"
    assert (
        verdicts("intermediate_teacher", date(2016, 8, 31), titles=junior, facts=master).verdict
        == "not_met"
    )


def test_full_senior_after_five_years_as_a_senior():
    senior = (*TEACHER.titles, title("senior", date(2023, 1, 1)))
    found = verdicts("full_senior_teacher", titles=senior)
    assert (found.verdict, found.first_day) == ("not_met", date(2028, 1, 1))
    assert verdicts("full_senior_teacher").verdict == "not_met"


def test_honours_after_a_good_year():
    assert verdicts("honours").verdict == "met"
    # 2022 was without a grade: not in 2023, again from 2024 on.
    early = verdicts("honours", date(2023, 3, 1))
    assert (early.verdict, early.first_day) == ("not_met", date(2024, 1, 1))
