"""Many matters of many ledgers: the most urgent are named, the rest stand behind one line."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from xianxue.bureau.kinds.deadline_rules import DueLamp, days_told
from xianxue.desk.standing.ledger_tasks import _folded
from xianxue.desk.standing.tasks import Task

TODAY = date(2025, 10, 9)
DESK = SimpleNamespace(today=TODAY)


def task(ledger: str, lamp: DueLamp, days: int, count: int = 1) -> Task:
    due = TODAY + timedelta(days=days)
    return Task(
        kind="ledger", said=ledger, count=count, places=(ledger,), due=due, lamp=lamp,
        left=days_told(due, TODAY), room="ledgers", ids={"ledger": ledger},
    )  # fmt: skip


def test_a_few_are_left_as_they_are():
    few = [task(f"l{at}", DueLamp.NEAR, at) for at in range(8)]
    assert _folded(DESK, few) == few


def test_the_most_urgent_of_each_ledger_are_named_and_nothing_is_lost():
    many = [task("busy", DueLamp.OVER, -at) for at in range(1, 20)]
    many += [task(f"l{at}", DueLamp.BEHIND, at, count=2) for at in range(1, 12)]
    many += [task("late", DueLamp.OVER, -1, count=5)]
    found = _folded(DESK, many)
    assert len(found) == 8
    assert [one.ids["ledger"] for one in found][:3] == ["busy", "late", "l1"]
    assert sum(one.count for one in found) == sum(one.count for one in many)
    rest = found[-1]
    # By hand: eighteen more of the busy one, and six others of two each.
    assert (rest.count, rest.lamp, rest.ids["ledger"]) == (18 + 6 * 2, DueLamp.OVER, "")
    assert rest.due == TODAY - timedelta(days=18)
