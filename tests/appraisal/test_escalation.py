"""T-G6: the same facts under two counties' cards come to two consequences."""

from __future__ import annotations

from datetime import date
from typing import Any

from national import national

from xianxue.bureau.appraisal.escalation import Event, escalate
from xianxue.bureau.kinds.appraisal.escalation import Escalation
from xianxue.bureau.kinds.card import card_of

CARDS = national().shelf.escalations
HEFEI, HUBEI = CARDS["private_school_three_years"], CARDS["private_school_one_year"]


def yearly(year: int, result: str) -> Event:
    """A year's inspection is published in the spring after."""
    return Event(event="yearly", year=year, day=date(year, 12, 20), result=result)


RECHECK = Event(event="recheck", year=2023, day=date(2024, 1, 15), result="failed")


def test_t_g6_a_recheck_that_fails_ends_enrolment_here_and_suspends_it_there():
    facts = [yearly(2023, "basic"), RECHECK]
    here = escalate(HEFEI, facts)
    assert here.standing("enrolment", date(2024, 1, 15)) == "ended"
    assert here.consequences[-1].because == "2024-01-15复查不合格，建议终止招生资格"

    there = escalate(HUBEI, facts)
    # The year itself turns to 不合格, and that suspends enrolment for twelve months.
    assert [(one.year, one.result) for one in there.history if one.event == "yearly"] == [
        (2023, "failed")
    ]
    assert there.standing("enrolment", date(2024, 6, 1)) == "suspended"
    last = there.consequences[-1]
    assert (last.day, last.until) == (date(2024, 1, 15), date(2025, 1, 15))
    assert there.standing("enrolment", date(2025, 1, 15)) == ""


def test_t_g6_three_years_running_end_the_school_here_alone():
    facts = [yearly(year, "failed") for year in (2022, 2023, 2024)]
    here, there = escalate(HEFEI, facts), escalate(HUBEI, facts)
    assert here.standing("school", date(2024, 12, 20)) == "ended"
    assert here.standing("school", date(2024, 12, 19)) == ""
    (ended,) = [one for one in here.consequences if one.about == "school"]
    assert [one.year for one in ended.events] == [2022, 2023, 2024]
    assert ended.because == "2022年不合格、2023年不合格、2024年不合格，建议视为自动终止办学"
    assert there.standing("school", date(2024, 12, 20)) == ""
    assert there.standing("enrolment", date(2024, 12, 20)) == "suspended"


def test_a_year_of_which_nothing_is_known_breaks_the_row():
    """Three times in four years are not three years running, and two are not three."""
    for years in ((2021, 2022, 2024), (2023, 2024)):
        facts = [yearly(year, "failed") for year in years]
        assert escalate(HEFEI, facts).standing("school", date(2025, 1, 1)) == ""
    facts = [yearly(2022, "failed"), yearly(2023, "absent"), yearly(2024, "failed")]
    assert escalate(HEFEI, facts).standing("school", date(2025, 1, 1)) == "ended"


def test_the_order_in_which_events_are_handed_in_changes_nothing():
    facts = [yearly(2022, "failed"), yearly(2023, "basic"), RECHECK, yearly(2024, "failed")]
    assert escalate(HUBEI, facts) == escalate(HUBEI, facts[::-1])
    assert escalate(HEFEI, facts) == escalate(HEFEI, facts[::-1])


def orders(running: bool, *results: str) -> str:
    rule: dict[str, Any] = {
        "step": "stop",
        "term": "停止办学",
        "event": "order",
        "results": ["unheeded"],
        "times": 3,
        "running": running,
        "about": "school",
        "sets": "ended",
        "from": date(2000, 1, 1),
        "source": "xianxue-own",
        "seen": "own",
    }
    said = {"escalation": "test", "term": "随迁子女学校", "about": "整改", "rules": [rule]}
    said["results"] = [
        {"result": "unheeded", "term": "未落实"},
        {"result": "heeded", "term": "已落实"},
    ]
    said["source"] = {"document": "xianxue-own", "seen": "own"}
    facts = [
        Event(event="order", year=2025, day=date(2025, month, 1), result=result)
        for month, result in enumerate(results, 1)
    ]
    return escalate(card_of(said, Escalation), facts).standing("school", date(2026, 1, 1))


def test_the_third_unheeded_order_in_a_row_or_in_all():
    heeded = ("unheeded", "unheeded", "heeded", "unheeded")
    assert orders(False, *heeded) == "ended"
    assert orders(True, *heeded) == ""
    assert orders(True, "heeded", "unheeded", "unheeded", "unheeded") == "ended"
    assert orders(False, "unheeded", "unheeded") == ""


def test_a_school_of_migrants_is_closed_at_the_third_order_in_a_row_that_nobody_heeded():
    def standing(*results: str) -> tuple[str, str]:
        facts = [
            Event(event="order", year=2025, day=date(2025, month, 1), result=result)
            for month, result in enumerate(results, 1)
        ]
        got = escalate(CARDS["migrant_school_orders"], facts)
        return got.standing("enrolment", date(2025, 6, 1)), got.standing("school", date(2025, 6, 1))

    assert standing("unheeded") == ("", "")
    assert standing("unheeded", "unheeded") == ("suspended", "")
    assert standing("unheeded", "unheeded", "unheeded")[1] == "ended"
    # Heeded once in between: the count begins anew.
    assert standing("unheeded", "unheeded", "heeded", "unheeded")[1] == ""
