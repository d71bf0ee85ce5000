"""Amounts above the standard of the day and of the programme are refused; all others are not."""

from __future__ import annotations

from datetime import date

import pytest

LINE = {
    "step": "record",
    "by": "school_clerk",
    "set": {
        "name": "甲",
        "id_number": "110105201506010032",
        "stage": "primary",
        "programme": "boarder",
        "school_term": "2023-2024-2",
        "category": "minimum",
        "degree": "hard",
        "applied_on": date(2024, 1, 10),
    },
}


def codes(walked, day, fields):
    from_here = walked("student_aid")
    line = {**LINE, "day": day, "set": {**LINE["set"], **fields}}
    made = from_here.attempt(None, line, "2163990001")
    return [issue.code for issue in made] if isinstance(made, list) else []


@pytest.mark.parametrize(
    ("day", "fields", "code"),
    [
        # 500 yuan a term before the spring of 2024, 625 from then on: the last fen counts.
        (date(2024, 1, 31), {"amount": 50000}, []),
        (date(2024, 1, 31), {"amount": 50001}, ["L-LIMIT"]),
        (date(2024, 2, 1), {"amount": 62500}, []),
        (date(2024, 2, 1), {"amount": 62501}, ["L-LIMIT"]),
        # Half a yuan is a limit too, and another programme has another one or none.
        (date(2025, 3, 3), {"programme": "day_pupil", "amount": 31250}, []),
        (date(2025, 3, 3), {"programme": "day_pupil", "amount": 31251}, ["L-LIMIT"]),
        (date(2025, 3, 3), {"programme": "charity", "amount": 900000}, []),
    ],
)
def test_the_most_is_that_of_the_day_and_of_the_programme(walked, day, fields, code):
    assert codes(walked, day, fields) == code


def test_what_decides_the_limit_is_looked_at_when_it_changes_and_only_then(walked):
    ledger, place = walked("student_aid"), "2163990001"
    fields = {**LINE["set"], "stage": "lower_secondary", "amount": 75000}
    entry = ledger.walk(place, [{**LINE, "day": date(2025, 3, 3), "set": fields}])
    step = {"step": "correct", "by": "school_clerk", "day": date(2025, 3, 4), "why": "抄错"}

    lower = ledger.attempt(entry, {**step, "set": {"stage": "primary"}}, place)
    other = ledger.attempt(entry, {**step, "set": {"name": "乙"}}, place)

    assert [issue.code for issue in lower] == ["L-LIMIT"]
    assert "750" in lower[0].saw
    assert "625" in lower[0].required
    assert not isinstance(other, list)
