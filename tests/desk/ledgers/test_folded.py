"""On a terminal what many places owe alike is one line; an entry is always a line of its own."""

from __future__ import annotations

from datetime import date

from xianxue.desk.ledgers.due import Due
from xianxue.desk.ledgers.folded import folded, pressing_of


def due(place: str, entry: str = "", lamp: str | None = "red", what: str = "每月演练") -> Due:
    return Due(
        ledger="drills",
        entry=entry,
        place=place,
        what=what,
        title="2025年9月",
        due=date(2025, 9, 30),
        lamp=lamp,
        why="",
    )


def test_what_is_owed_alike_is_one_line_and_what_differs_is_another():
    found = [due("1"), due("2"), due("3", lamp="blue"), due("4", what="每学期演练"), due("5")]
    assert [[one.place for one in many] for many in folded(found)] == [
        ["1", "2", "5"],
        ["3"],
        ["4"],
    ]


def test_entries_are_never_put_together():
    found = [due("1", entry="2025-0001"), due("1", entry="2025-0002"), due("1")]
    assert [len(many) for many in folded(found)] == [1, 1, 1]


def test_what_is_overdue_or_due_within_a_week_presses():
    # 30 September lies seven days after the 23rd, and eight after the 22nd.
    last = due("1")
    assert (
        pressing_of([last], date(2025, 9, 23)) == [last] == pressing_of([last], date(2025, 10, 9))
    )
    assert pressing_of([last], date(2025, 9, 22)) == []
