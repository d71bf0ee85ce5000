"""A return of a school that is not there on the reference day is told where the school is."""

from __future__ import annotations

from datetime import date

import pytest

from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.replay import replay
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.batch import check_batch

A, B = "2163000001", "2163000002"


def event(kind, day, code, into="", **more):
    return Event(
        kind=kind,
        day=date.fromisoformat(day),
        codes=(code,),
        into=(into,) if into else (),
        **more,
    )


@pytest.mark.parametrize(
    ("events", "saw"),
    [
        ([event(Kind.CLOSED, "2025-03-01", A)], "虚构县第一小学已于 2025-02-28 停办"),
        (
            [
                event(Kind.RENAMED, "2025-01-01", B, name="虚构县实验学校"),
                event(Kind.MERGED, "2025-03-01", A, B),
            ],
            "虚构县第一小学已于 2025-02-28 停办，去向是虚构县实验学校（代码 2163000002）",
        ),
        (
            [event(Kind.CLOSED, "2025-03-01", A), event(Kind.RESTORED, "2026-03-01", A)],
            "虚构县第一小学已于 2025-02-28 停办",
        ),
        # What happens later is no complaint.
        ([event(Kind.CLOSED, "2025-09-02", A)], None),
    ],
)
def test_a_return_of_a_school_that_is_gone_says_where_it_went(events, saw, small):
    after = replay(small.register, events)
    assert after.faults == ()
    one = Return(form="small", version="1", period="2025-2026", place=A, tables={}, file="a.xlsx")

    issues = check_batch([one], after.register, small.shelf)
    assert [issue.saw for issue in issues] == ([saw] if saw else [])


def test_a_school_that_was_not_there_yet(small):
    opened = replay(
        small.register,
        [event(Kind.RECODED, "2026-03-01", A, "2163000009", name="虚构县新校")],
    ).register
    one = Return(form="small", version="1", period="2025-2026", place="2163000009", tables={})

    (issue,) = check_batch([one], opened, small.shelf)
    assert issue.saw == "虚构县新校到 2025-09-01 还没有开办"
