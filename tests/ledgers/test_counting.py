"""What is counted, where examples of cards do not show it."""

from __future__ import annotations

from datetime import date

import msgspec

from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.values.periods import Period

FOUND = {"what": "灯不亮", "found_on": date(2025, 9, 3), "found_by": "self", "domain": "fire", "grade": "general"}  # fmt: skip
ORDER = {"measures": "换", "responsible": "总务处", "due_on": date(2025, 9, 12), "plan": "值守"}
HISTORY = [
    {"step": "record", "day": date(2025, 9, 3), "by": "school_clerk", "set": FOUND},
    {"step": "order", "day": date(2025, 9, 5), "by": "school_head", "set": ORDER},
    {
        "step": "report",
        "day": date(2025, 9, 8),
        "by": "school_clerk",
        "evidence": 1,
        "set": {"result": "好了"},
    },
    {
        "step": "pass",
        "day": date(2025, 9, 9),
        "by": "office_clerk",
        "second": "另一人",
        "evidence": 1,
    },
    {
        "step": "reopen",
        "day": date(2025, 10, 9),
        "by": "office_clerk",
        "why": "又坏了",
        "evidence": 1,
    },
]
STOCK = Count(count="there", term="在册", since="found_on", until="entered.closed")


def there(walked, day: date) -> int | None:
    ledger = walked("hazards")
    card = msgspec.structs.replace(ledger.card, counts=[STOCK])
    ledger = walked(card)
    entry = ledger.walk("2163990001", HISTORY)
    facts = ledger.counter.facts([entry], day)
    period = Period.on("day", day)
    return ledger.counter.count("there", facts, period).value


def test_what_is_opened_again_is_there_again(walked):
    """By hand: found 3 September, closed on the 9th, opened again on 9 October."""
    days = {
        date(2025, 9, 2): 0,
        date(2025, 9, 3): 1,
        date(2025, 9, 8): 1,
        date(2025, 9, 9): 0,
        date(2025, 10, 8): 0,
        date(2025, 10, 9): 1,
    }
    assert {day: there(walked, day) for day in days} == days
