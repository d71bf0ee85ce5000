"""Deadlines hold to the day, in Beijing's time; an extension moves them for one place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from xianxue.bureau.values.periods import Period
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.models import Extension, JournalLine, Window
from xianxue.desk.returns.progress import progress_of
from xianxue.desk.workspace import ComplaintsError

DUE, LOCK, UNTIL = date(2025, 9, 30), date(2025, 10, 10), date(2025, 10, 15)


def beijing(moment: str) -> datetime:
    return (datetime.fromisoformat(moment) - timedelta(hours=8)).replace(tzinfo=UTC)


@pytest.fixture
def window(desk):
    desk.do(SetWindow, desk.office())(desk.FORM, desk.PERIOD, DUE, LOCK)
    return desk


def grant(desk, until=UNTIL, place=None, why="水毁校舍，统计推迟"):
    return desk.do(Extend, desk.office(), why)(desk.key(place or desk.EAST), until)


DAYS = [
    # extended, moment in Beijing, taken, late
    (False, "2025-09-30 00:00:00", True, False),
    (False, "2025-09-30 23:59:59", True, False),
    (False, "2025-10-01 00:00:00", True, True),
    (False, "2025-10-10 23:59:59", True, True),
    (False, "2025-10-11 00:00:00", False, None),
    (True, "2025-09-30 23:59:59", True, False),
    (True, "2025-10-01 00:00:00", True, False),
    (True, "2025-10-11 00:00:00", True, False),
    (True, "2025-10-15 23:59:59", True, False),
    (True, "2025-10-16 00:00:00", False, None),
]


@pytest.mark.parametrize(("extended", "moment", "taken", "late"), DAYS)
def test_days_hold_to_the_second(window, extended, moment, taken, late):
    desk = window
    if extended:
        grant(desk)
    desk.at = beijing(moment) - timedelta(minutes=1)
    handed = desk.submitter()([desk.filed()])
    assert bool(handed.done) is taken
    (east,) = (
        each
        for each in progress_of(
            desk.ground,
            desk.ground.shelf.forms[desk.FORM],
            Period.parse(desk.PERIOD),
            desk.at.date(),
        )
        if each.place == desk.EAST
    )
    if taken:
        assert east.late is late
    else:
        assert [issue.code for issue in handed.refused] == ["F-LOCKED"]


def test_the_refusal_names_state_deadline_and_who_can_help(window):
    desk = window
    desk.at = beijing("2025-10-11 08:59:00")
    (issue,) = desk.submitter()([desk.filed()]).refused
    assert issue.message == (
        "2163990001_40.xlsx：东村小学《学校年度报表》（2025—2026学年）现在是“草稿”，"
        "2025年10月11日已过最后期限；要求：2025年9月30日截止，2025年10月10日锁定。"
        "确需补报的，请向股室业务员、分管领导说明理由，准予延期后再报（returns extend）。"
    )


def test_a_wrong_step_of_filing_names_the_deadline_too(window):
    desk = window
    desk.submit(40)
    (issue,) = desk.submitter()([desk.filed(pupils=41)]).refused
    assert issue.code == "F-STEP"
    assert "现在是“已报送”" in issue.saw
    assert issue.required.endswith("（2025年9月30日截止，2025年10月10日锁定）")
    assert issue.do.endswith("可先由学校填报员、校长撤回")


def test_an_extension_is_for_one_place_only(window):
    desk = window
    grant(desk)
    desk.at = beijing("2025-10-12 09:00:00")
    handed = desk.submitter(desk.office())([desk.filed(desk.EAST), desk.filed(desk.WEST)])
    assert [each.filed.place for each in handed.done] == [desk.EAST]
    assert [issue.place for issue in handed.refused] == [desk.WEST]


def test_collecting_is_locked_too(window):
    """The bureau does not go round its own lock unseen: it grants an extension first."""
    desk = window
    desk.at = beijing("2025-10-12 09:00:00")
    assert [issue.code for issue in desk.collector()([desk.filed()]).refused] == ["F-LOCKED"]
    grant(desk)
    assert desk.collector()([desk.filed()]).refused == []


def test_reviewing_is_not_locked(window):
    """What came in time is reviewed whenever the bureau gets to it."""
    desk = window
    desk.submit()
    desk.at = beijing("2025-12-01 09:00:00")
    desk.do(Review, desk.office())(desk.key())
    desk.do(Approve, desk.office())(desk.key())
    assert desk.filing().state == "accepted"


def test_the_newest_extension_counts_and_the_older_stay(window):
    desk = window
    grant(desk, date(2025, 10, 20))
    grant(desk, date(2025, 10, 12), why="已可提前")
    desk.at = beijing("2025-10-13 09:00:00")
    assert desk.submitter()([desk.filed()]).refused != []
    assert Extension.objects.count() == 2
    assert [line.why for line in JournalLine.objects.filter(deed="returns.extend")] == [
        "水毁校舍，统计推迟",
        "已可提前",
    ]


def test_a_moved_window_says_what_it_was(window):
    desk = window
    desk.do(SetWindow, desk.office(), "台风")(desk.FORM, desk.PERIOD, LOCK, UNTIL)
    line = JournalLine.objects.last()
    assert line.detail["before"] == {"due": "2025-09-30", "lock": "2025-10-10"}
    assert (line.subject, line.why) == ("school_annual/2025-2026", "台风")
    count = JournalLine.objects.count()
    desk.do(SetWindow, desk.office())(desk.FORM, desk.PERIOD, LOCK, UNTIL)
    assert JournalLine.objects.count() == count
    assert Window.objects.count() == 1


def refusal(deed, *given):
    with pytest.raises(ComplaintsError) as refused:
        deed(*given)
    (issue,) = refused.value.issues
    return issue.code


def test_what_makes_no_sense_is_refused(window):
    desk = window
    assert (
        refusal(desk.do(SetWindow, desk.office()), desk.FORM, desk.PERIOD, LOCK, DUE) == "F-WINDOW"
    )
    assert refusal(desk.do(SetWindow, desk.clerk()), desk.FORM, desk.PERIOD, DUE, LOCK) == "F-ROLE"
    extend = desk.do(Extend, desk.office(), "有理由")
    assert refusal(extend, desk.key(), DUE) == "F-WINDOW"
    assert refusal(desk.do(Extend, desk.office()), desk.key(), UNTIL) == "F-NEEDS"
    assert refusal(desk.do(Extend, desk.clerk(), "想晚点"), desk.key(), UNTIL) == "F-ROLE"
    desk.at = beijing("2025-11-01 09:00:00")
    assert refusal(desk.do(Extend, desk.office(), "有理由"), desk.key(), UNTIL) == "F-WINDOW"
    assert not Extension.objects.exists()


def test_without_a_window_nothing_is_late_and_nothing_can_be_extended(desk):
    desk.at = beijing("2030-01-01 09:00:00")
    desk.submit()
    assert (
        refusal(desk.do(Extend, desk.office(), "有理由"), desk.key(), date(2030, 2, 1))
        == "F-WINDOW"
    )


def test_days_over_are_counted_from_the_places_own_last_day(window):
    desk = window
    grant(desk)
    form, period = desk.ground.shelf.forms[desk.FORM], Period.parse(desk.PERIOD)
    by_place = {
        each.place: each for each in progress_of(desk.ground, form, period, date(2025, 10, 17))
    }
    assert (by_place[desk.EAST].days_over, by_place[desk.WEST].days_over) == (2, 17)
    assert by_place[desk.EAST].extended_until == UNTIL
