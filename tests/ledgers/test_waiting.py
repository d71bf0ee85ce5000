"""What waits for somebody has a last day: no open state of a card lets a matter lie for ever."""

from __future__ import annotations

from collections import deque
from datetime import date

import pytest
from national import national

from xianxue.bureau.kinds.ledgers.clock import RECORD

SHELF = national().shelf
REGISTER = "登记在册的，人或事在就一直在，没有谁要来办"
NAMED = "日期是约定的，写了才有；没有写的没有期限"
EXCEPTIONS = {
    ("buildings", "in_use"): NAMED,
    ("buildings", "closed"): NAMED,
    ("informants", "serving"): REGISTER,
    ("official_papers", "in_force"): NAMED,
    ("petitions", "incomplete"): "等信访人补材料，条例没有给信访人定期限；补来后另起算",
    ("pupils", "enrolled"): REGISTER,
    ("reserve_cadres", "listed"): REGISTER,
    ("school_groups", "joined"): NAMED,
    ("teacher_moves", "running"): NAMED,
    ("teachers", "serving"): NAMED,
    ("teachers", "away"): NAMED,
    ("unlicensed", "passed_on"): "在其他部门手里，期限不由教育局定",
}
"""Open states in which no clock need run, each with its reason."""


def after(card, step: str, written: frozenset, running: frozenset) -> frozenset:
    """Which clocks run once a step is taken that fills in some fields."""
    found = set(running)
    for clock in card.clocks:
        if clock.starts_on in written or step in clock.starts:
            found.add(clock.clock)
        elif step in clock.stops:
            found.discard(clock.clock)
    return frozenset(found)


def lying(card) -> dict[str, list[str]]:
    """Open states in which no last day may be known, each with a shortest way there.

    A field that need not be filled in is not; a clock that stands still has a day when it goes on.
    """
    first = frozenset(one.field for one in card.fields if one.required and not one.history)
    ends, dated = card.lifecycle.marked("end"), {one.clock: one for one in card.clocks}
    ahead = deque(
        [(card.lifecycle.start, after(card, RECORD, first, frozenset()), first, [RECORD])]
    )
    seen, found = set(), {}
    while ahead:
        state, running, fields, way = ahead.popleft()
        if (state, running, fields) in seen:
            continue
        seen.add((state, running, fields))
        known = [
            name
            for name in running
            if any(not one.field or one.field in fields for one in dated[name].lengths)
        ]
        if state not in ends and not known:
            found.setdefault(state, way)
        for step in card.steps:
            if state in step.origins:
                asked = frozenset(step.asks)
                turned = after(card, step.step, asked, running)
                ahead.append((step.to, turned, fields | asked, [*way, step.step]))
    return found


@pytest.mark.parametrize("name", sorted(SHELF.ledgers))
def test_whatever_waits_for_somebody_has_a_last_day(name):
    found = lying(SHELF.ledgers[name])
    excepted = {state for ledger, state in EXCEPTIONS if ledger == name}
    assert set(found) == excepted, {state: " → ".join(way) for state, way in found.items()}


def test_a_hazard_that_failed_the_second_look_is_to_be_mended_by_the_new_day(walked):
    place = "2163990001"
    lines = [
        {
            "step": "record",
            "day": date(2025, 9, 3),
            "by": "school_clerk",
            "set": {
                "what": "应急灯不亮",
                "found_on": date(2025, 9, 3),
                "found_by": "self",
                "domain": "fire",
                "grade": "general",
            },
        },
        {
            "step": "order",
            "day": date(2025, 9, 4),
            "by": "school_head",
            "set": {
                "measures": "更换",
                "responsible": "总务处",
                "due_on": date(2025, 9, 12),
                "plan": "值守",
            },
        },
        {
            "step": "report",
            "day": date(2025, 9, 11),
            "by": "school_clerk",
            "evidence": 1,
            "set": {"result": "已换"},
        },
        {
            "step": "fail",
            "day": date(2025, 9, 12),
            "by": "inspector",
            "why": "仍不亮",
            "set": {"due_on": date(2025, 9, 19)},
        },
    ]
    ledger = walked("hazards")
    runs = {run.clock: run for run in ledger.clocks.runs(ledger.walk(place, lines))}
    assert runs["rectify"].open
    assert (runs["rectify"].started, runs["rectify"].due) == (date(2025, 9, 12), date(2025, 9, 19))
    # Nobody wrote a new day: the old one holds, and it has passed.
    del lines[-1]["set"]
    runs = {run.clock: run for run in ledger.clocks.runs(ledger.walk(place, lines))}
    assert runs["rectify"].due == date(2025, 9, 12)
    assert runs["rectify"].over(date(2025, 9, 13))
