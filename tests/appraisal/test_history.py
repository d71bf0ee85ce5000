"""Orders and results read out of entries (虚构): what was heeded, what was not, what is open."""

from __future__ import annotations

from datetime import date

from national import national

from xianxue.bureau.appraisal.escalation import escalate
from xianxue.bureau.appraisal.history import events_of
from xianxue.bureau.records.entry import Entry, Happened

SHELF = national().shelf
MIGRANT = SHELF.escalations["migrant_school_orders"]
PRIVATE = SHELF.escalations["private_school_three_years"]
ORDERS = MIGRANT.history[0]
YEARLY = PRIVATE.history[0]


def line(step: str, on: date, **fields: int | str) -> Happened:
    return Happened(step=step, on=on, origin="", to="", actor="督学甲（虚构）", fields=fields)


def entry(*lines: Happened, number: str = "2025-0001") -> Entry:
    return Entry(ledger="inspection_findings", number=number, place="1", history=lines)


def told(*entries: Entry, on: date = date(2026, 12, 31)) -> list[tuple[date, str]]:
    return [(one.day, one.result) for one in events_of(ORDERS, entries, on)]


FOUND = line("record", date(2025, 3, 1))
GIVEN = line("notify", date(2025, 3, 3), due_on="2025-04-01")


def test_an_order_that_was_looked_at_is_heeded_or_not_on_that_day():
    answered = line("report", date(2025, 3, 20))
    assert told(entry(FOUND, GIVEN, answered, line("pass", date(2025, 3, 25)))) == [
        (date(2025, 3, 25), "heeded")
    ]
    assert told(entry(FOUND, GIVEN, answered, line("fail", date(2025, 3, 25)))) == [
        (date(2025, 3, 25), "unheeded")
    ]


def test_an_order_without_an_answer_is_unheeded_once_its_last_day_has_passed():
    silent = entry(FOUND, GIVEN)
    assert told(silent, on=date(2025, 4, 1)) == []
    assert told(silent, on=date(2025, 4, 2)) == [(date(2025, 4, 1), "unheeded")]
    # Put off to 1 May, it is the later day that counts.
    later = entry(FOUND, GIVEN, line("extend", date(2025, 3, 30), due_on="2025-05-01"))
    assert told(later, on=date(2025, 5, 1)) == []
    assert told(later, on=date(2025, 5, 2)) == [(date(2025, 5, 1), "unheeded")]


def test_what_was_answered_in_time_waits_for_whoever_looks_at_it():
    in_time = entry(FOUND, GIVEN, line("report", date(2025, 4, 1)))
    assert told(in_time) == []
    late = entry(FOUND, GIVEN, line("report", date(2025, 4, 2)))
    assert told(late) == [(date(2025, 4, 1), "unheeded")]


def test_what_was_not_ordered_and_what_lies_ahead_are_no_events():
    assert told(entry(FOUND)) == []
    failed = entry(FOUND, GIVEN, line("fail", date(2025, 3, 25)))
    assert told(failed, on=date(2025, 3, 24)) == []


def test_three_orders_unheeded_running_propose_to_close_and_one_heeded_begins_anew():
    """Two entries with three orders: the third unheeded one reaches the last step."""
    first = entry(
        FOUND,
        GIVEN,
        line("fail", date(2025, 4, 5)),
        line("notify", date(2025, 4, 8), due_on="2025-05-01"),
        line("fail", date(2025, 5, 6)),
    )
    second = entry(
        line("record", date(2025, 6, 1)),
        line("notify", date(2025, 6, 2), due_on="2025-07-01"),
        number="2025-0002",
    )
    events = events_of(ORDERS, [second, first], date(2025, 8, 1))
    assert [one.day for one in events] == [date(2025, 4, 5), date(2025, 5, 6), date(2025, 7, 1)]
    found = escalate(MIGRANT, events)
    last = [one for one in found.consequences if one.day == date(2025, 7, 1)]
    assert {one.step for one in last} >= {"closed"}
    (closed,) = [one for one in last if one.step == "closed"]
    assert [one.entry for one in closed.events] == ["2025-0001", "2025-0001", "2025-0002"]
    # One that was heeded between begins the count anew.
    heeded = entry(
        line("record", date(2025, 5, 7)),
        line("notify", date(2025, 5, 8), due_on="2025-06-01"),
        line("pass", date(2025, 5, 20)),
        number="2025-0003",
    )
    events = events_of(ORDERS, [first, heeded, second], date(2025, 8, 1))
    assert "closed" not in {one.step for one in escalate(MIGRANT, events).consequences}


def test_a_result_written_into_a_field_is_one_event_of_its_year():
    checked = entry(
        line("record", date(2022, 1, 1)),
        line("check", date(2024, 4, 9), checked_year=2023, checked_on="2024-04-01",
             check_result="failed"),
        line("update", date(2024, 5, 1), pupils=200),
        line("check", date(2025, 4, 9), checked_year=2024, checked_on="2025-04-02",
             check_result="passed"),
    )  # fmt: skip
    events = events_of(YEARLY, [checked], date(2025, 12, 31))
    assert [(one.year, one.day, one.result) for one in events] == [
        (2023, date(2024, 4, 1), "failed"),
        (2024, date(2025, 4, 2), "passed"),
    ]
