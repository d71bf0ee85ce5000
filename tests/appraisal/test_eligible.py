"""Who may apply, by clauses on cards: T-G12, T-G13, and each kind of clause by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xianxue.bureau.appraisal.persons.career import (
    Absence,
    Career,
    Fact,
    Freeze,
    Shown,
    Stint,
    Title,
    YearResult,
)
from xianxue.bureau.appraisal.persons.eligible import Eligible, eligible
from xianxue.bureau.kinds.appraisal.eligibility import Eligibility
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.values.sentence import say

OWN = {"document": "xianxue-own", "seen": "own"}
SINCE = {"from": date(2000, 1, 1), "source": "xianxue-own", "seen": "own"}
SHOWN = Shown("teachers/2025-0001", say("职称"))


def card(**clause: Any) -> Eligibility:
    """A card of one clause."""
    rule = {**SINCE, **clause.pop("rule", {})}
    one = {"clause": "only", "term": "条件", "rules": [rule], **clause}
    found = {"eligibility": "test", "term": "申报", "clauses": [one], "source": OWN}
    return card_of(found, Eligibility)


def judge(card: Eligibility, on: date, **known: Any) -> Eligible:
    return eligible(card, Career(person="某教师（虚构）", **known), on)


def stint(begins: date, ends: date | None, setting: str = "rural") -> Stint:
    return Stint(begins=begins, ends=ends, like={"setting": setting}, shown=SHOWN)


def result(year: int, code: str) -> YearResult:
    return YearResult(year=year, result=code, term=code, shown=SHOWN)


def fact(value: int | str) -> Fact:
    return Fact(value=value, term=str(value), shown=SHOWN)


RURAL: dict[str, Any] = {"kind": "service", "where": {"setting": ["rural"]}}
YEAR_THERE = (stint(date(2022, 9, 1), date(2023, 7, 10)), stint(date(2023, 7, 10), None, "city"))
STARTED = date(2022, 9, 1)


def test_t_g12_by_school_years_it_is_enough_by_days_53_are_lacking():
    given = {"stints": YEAR_THERE, "started": STARTED}
    by_years = judge(
        card(**RURAL, count_by="school_year", rule={"at_least": 1}), date(2024, 9, 1), **given
    )
    assert (by_years.verdict, by_years.first_day) == ("met", date(2024, 9, 1))
    by_days = judge(
        card(**RURAL, count_by="days", rule={"at_least": 365}), date(2024, 9, 1), **given
    )
    assert (by_days.verdict, by_days.first_day) == ("not_met", None)
    assert by_days.clauses[0].because == "已有 312 日，要求 365 日，差 53 日"
    assert by_days.clauses[0].shown == (SHOWN,)


FIVE_YEARS: dict[str, Any] = {
    "kind": "title",
    "not_counted": ["basic", "failed", "none"],
    "rule": {"rungs": [{"degrees": ["bachelor"], "titles": ["intermediate"], "years": 5}]},
}
TITLE = Title(title="intermediate", term="一级", since=date(2019, 9, 1), shown=SHOWN)
T_G13: dict[str, Any] = {
    "titles": (TITLE,),
    "facts": {"degree": fact("bachelor")},
    "results": tuple(
        result(year, "none" if year == 2022 else "qualified") for year in range(2019, 2025)
    ),
}


def test_t_g13_five_years_by_the_calendar_are_four_and_the_first_day_is_a_year_later():
    found = judge(card(**FIVE_YEARS), date(2024, 9, 1), **T_G13)
    assert (found.verdict, found.first_day) == ("not_met", date(2025, 9, 1))
    assert "有效 4 年，已扣除2022年none" in found.clauses[0].because
    assert judge(card(**FIVE_YEARS), date(2025, 8, 31), **T_G13).verdict == "not_met"
    assert judge(card(**FIVE_YEARS), date(2025, 9, 1), **T_G13).verdict == "met"


def test_years_of_which_no_result_is_known_are_neither_counted_nor_taken_off():
    """They decide: with them it is enough, without them it is not."""
    unknown = {**T_G13, "results": (result(2022, "none"),)}
    found = judge(card(**FIVE_YEARS), date(2025, 9, 1), **unknown)
    assert (found.verdict, found.first_day) == ("undetermined", None)
    assert "2019、2020、2021、2023、2024年没有考核结果" in found.clauses[0].because
    # Where they do not decide, the verdict is sure: three years are too few even if all counted,
    assert judge(card(**FIVE_YEARS), date(2022, 9, 1), **unknown).verdict == "not_met"
    # and eleven enough even if none of these did.
    assert judge(card(**FIVE_YEARS), date(2032, 9, 1), **unknown).verdict == "undetermined"
    known = tuple(result(year, "qualified") for year in range(2025, 2030))
    many = {**unknown, "results": known}
    assert judge(card(**FIVE_YEARS), date(2030, 1, 1), **many).verdict == "met"


@pytest.mark.parametrize(
    ("changed", "verdict", "said"),
    [
        ({"titles": ()}, "undetermined", "没有写明职称或学历"),
        ({"facts": {}}, "undetermined", "没有写明职称或学历"),
        ({"facts": {"degree": fact("college")}}, "not_met", "没有对应的年限"),
        ({"titles": (Title(title="junior", term="二级", since=date(2019, 9, 1), shown=SHOWN),)}, "not_met", "不是要求的前一级职称"),
        ({"titles": (Title(title="intermediate", term="一级", since=None, shown=SHOWN),)}, "undetermined", "没有写明取得一级的日期"),
    ],
)  # fmt: skip
def test_what_the_register_does_not_say_is_not_guessed(changed, verdict, said):
    found = judge(card(**FIVE_YEARS), date(2026, 9, 1), **{**T_G13, **changed})
    assert found.verdict == verdict
    assert said in found.clauses[0].because


def test_a_doctor_needs_two_years_and_the_register_does_not_tell_doctors():
    rungs = [
        {"degrees": ["postgraduate"], "titles": ["intermediate"], "years": 2, "only": "博士"},
        {"degrees": ["postgraduate"], "titles": ["intermediate"], "years": 5},
    ]
    ladder = card(kind="title", rule={"rungs": rungs})
    known = {"titles": (TITLE,), "facts": {"degree": fact("postgraduate")}}
    verdicts = [judge(ladder, date(year, 9, 1), **known).verdict for year in (2020, 2021, 2024)]
    assert verdicts == ["not_met", "undetermined", "met"]


SOFT = card(**RURAL, soft=True, rule={"at_least": 12})


def test_a_soft_clause_that_is_not_met_is_explained():
    found = judge(SOFT, date(2026, 9, 1), stints=YEAR_THERE, started=STARTED)
    assert (found.verdict, found.clauses[0].verdict) == ("explain", "explain")
    assert (found.first_day, found.first_hard_day) == (None, date(2026, 9, 1))


def test_who_serves_there_now_is_told_the_day():
    there = (stint(date(2025, 9, 1), None),)
    found = judge(SOFT, date(2026, 3, 1), stints=there, started=date(2025, 9, 1))
    assert found.first_day == date(2026, 9, 1)
    assert (
        judge(SOFT, date(2026, 8, 31), stints=there, started=date(2025, 9, 1)).verdict == "explain"
    )
    assert judge(SOFT, date(2026, 9, 1), stints=there, started=date(2025, 9, 1)).verdict == "met"


def test_a_leave_is_taken_off_where_the_card_says_so():
    there = (stint(date(2025, 9, 1), None),)
    leave = Absence(begins=date(2025, 10, 1), ends=date(2026, 1, 1), kind="away", shown=SHOWN)
    known = {"stints": there, "started": date(2025, 9, 1), "absences": (leave,)}
    with_leave = card(**RURAL, interrupted_by=["away"], rule={"at_least": 12})
    assert judge(with_leave, date(2026, 3, 1), **known).first_day == date(2026, 12, 1)
    unbroken = card(**RURAL, interrupted_by=["away"], cumulative=False, rule={"at_least": 12})
    assert judge(unbroken, date(2026, 3, 1), **known).first_day == date(2027, 1, 1)
    assert judge(SOFT, date(2026, 3, 1), **known).first_day == date(2026, 9, 1)


def test_years_before_the_ledgers_are_unknown_unless_the_register_states_them():
    known = {"stints": YEAR_THERE[1:], "started": date(2010, 9, 1)}
    clause = {**RURAL, "stated": "rural_years", "rule": {"at_least": 12}}
    found = judge(card(**clause), date(2026, 9, 1), **known)
    assert (found.verdict, found.first_day) == ("undetermined", None)
    assert "2023-07-10以前的经历台账里没有" in found.clauses[0].because
    for years, verdict in ((0, "not_met"), (1, "met")):
        stated = {**known, "facts": {"rural_years": fact(years)}}
        assert judge(card(**clause), date(2026, 9, 1), **stated).verdict == verdict


def test_a_school_of_which_nobody_wrote_what_it_is_leaves_it_open():
    known = {"stints": (stint(date(2022, 9, 1), None, ""),), "started": date(2022, 9, 1)}
    found = judge(card(**RURAL, rule={"at_least": 12}), date(2024, 1, 1), **known)
    assert (found.verdict, found.first_day) == ("undetermined", None)
    assert "有的学校是哪一类，名册没有写明" in found.clauses[0].because
    # Too short either way.
    assert (
        judge(card(**RURAL, rule={"at_least": 36}), date(2024, 1, 1), **known).verdict == "not_met"
    )


def test_who_is_exempt_needs_no_year_there_from_the_day_they_are():
    exempt = [{"term": "男满55周岁（本县自定，虚构）", "age": 55, "source": OWN}]
    clause = card(**RURAL, exempt=exempt, rule={"at_least": 12})
    known = {"stints": YEAR_THERE[1:], "started": date(2023, 7, 10), "born": date(1971, 5, 6)}
    found = judge(clause, date(2026, 3, 1), **known)
    assert (found.verdict, found.first_day) == ("not_met", date(2026, 5, 6))
    assert "免除" in judge(clause, date(2026, 5, 6), **known).clauses[0].because
    # Whose birthday nobody wrote down is not exempt by it.
    assert judge(clause, date(2026, 5, 6), **{**known, "born": None}).verdict == "not_met"


def test_a_freeze_ends_when_it_is_lifted_or_its_months_are_over():
    barred = Freeze(begins=date(2024, 3, 10), lifted=None, shown=SHOWN)
    clause = card(kind="freeze", rule={"months": 24})
    found = judge(clause, date(2025, 3, 10), freezes=(barred,))
    assert (found.verdict, found.first_day) == ("not_met", date(2026, 3, 10))
    # Over by its months, and still not lifted: somebody has to look.
    assert judge(clause, date(2026, 4, 1), freezes=(barred,)).verdict == "undetermined"
    lifted = Freeze(begins=date(2024, 3, 10), lifted=date(2025, 6, 1), shown=SHOWN)
    assert judge(clause, date(2025, 3, 10), freezes=(lifted,)).first_day == date(2025, 6, 1)
    assert judge(clause, date(2025, 6, 1), freezes=(lifted,)).verdict == "met"
    assert judge(clause, date(2025, 6, 1)).verdict == "met"
    assert judge(card(kind="freeze"), date(2030, 1, 1), freezes=(barred,)).first_day is None


@pytest.mark.parametrize(
    ("facts", "verdict"), [({}, "undetermined"), ({"n": 359}, "not_met"), ({"n": 360}, "met")]
)
def test_hours_of_a_cycle(facts, verdict):
    clause = card(kind="hours", field="n", rule={"at_least": 360})
    known = {name: fact(value) for name, value in facts.items()}
    assert judge(clause, date(2026, 1, 1), facts=known).verdict == verdict


@pytest.mark.parametrize(
    ("facts", "verdict"), [({}, "undetermined"), ({"has": 0}, "not_met"), ({"has": 1}, "met")]
)
def test_something_the_register_says(facts, verdict):
    clause = card(kind="fact", field="has", values=["1"])
    known = {name: fact(value) for name, value in facts.items()}
    assert judge(clause, date(2026, 1, 1), facts=known).verdict == verdict


def test_the_last_years_results():
    clause = card(kind="results", results=["excellent", "qualified"], rule={"at_least": 2})
    good = (result(2024, "qualified"), result(2025, "excellent"))
    assert judge(clause, date(2026, 3, 1), results=good).verdict == "met"
    assert judge(clause, date(2026, 3, 1), results=good[1:]).verdict == "undetermined"
    bad = judge(clause, date(2026, 3, 1), results=(result(2024, "basic"), good[1]))
    # 2024 is one of the last two years until 2027 begins.
    assert (bad.verdict, bad.first_day) == ("not_met", date(2027, 1, 1))


def test_all_clauses_together_are_met_on_the_last_of_their_days():
    rules = [
        {"clause": "rural", "term": "农村", **RURAL, "rules": [{**SINCE, "at_least": 12}]},
        {"clause": "bar", "term": "师德", "kind": "freeze", "rules": [{**SINCE, "months": 24}]},
    ]
    both = card_of(
        {"eligibility": "test", "term": "申报", "clauses": rules, "source": OWN}, Eligibility
    )
    known = {
        "stints": (stint(date(2025, 9, 1), None),),
        "started": date(2025, 9, 1),
        "freezes": (Freeze(begins=date(2025, 1, 10), lifted=None, shown=SHOWN),),
    }
    found = judge(both, date(2026, 3, 1), **known)
    assert [one.verdict for one in found.clauses] == ["not_met", "not_met"]
    assert found.first_day == date(2027, 1, 10)


def test_the_rule_in_force_on_the_day_is_asked_for():
    """Twelve months until the end of 2026, and twenty-four from then on."""
    rules = [
        {**SINCE, "from": date(2027, 1, 1), "at_least": 24},
        {**SINCE, "to": date(2026, 12, 31), "at_least": 12},
    ]
    clause = {"clause": "rural", "term": "农村", **RURAL, "rules": rules}
    dated = card_of(
        {"eligibility": "test", "term": "申报", "clauses": [clause], "source": OWN}, Eligibility
    )
    for begins, first in (
        (date(2025, 9, 1), date(2026, 9, 1)),
        (date(2026, 3, 1), date(2028, 3, 1)),
    ):
        known = {"stints": (stint(begins, None),), "started": begins}
        assert judge(dated, date(2026, 4, 1), **known).first_day == first
