"""Windows and extensions: what sets them, what they write, and what stands in the way."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.deadlines import Windows, deadline_of, refuse_locked
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.models import Extension, JournalLine, Window

DUE, LOCK, UNTIL = date(2025, 9, 30), date(2025, 10, 10), date(2025, 10, 15)
COUNTY_RETURN = "虚构县《学校年度报表》（2025—2026学年）"
EAST_RETURN = "东村小学《学校年度报表》（2025—2026学年）"


@pytest.fixture
def window(desk):
    """The window of the form, set a minute after the start."""
    desk.do(SetWindow, desk.office())(desk.FORM, desk.PERIOD, DUE, LOCK)
    return desk


# ── setting a window ────────────────────────────────────────────────────────


def test_a_window_is_set_and_told(desk, told):
    leader = Actor("孙八（虚构）", "leader", where="局长室")
    set_ = desk.do(SetWindow, leader, "按市局通知")(desk.FORM, desk.PERIOD, DUE, LOCK)
    assert set_ == Window.objects.get()
    assert (set_.form, set_.period, set_.due, set_.lock) == (desk.FORM, desk.PERIOD, DUE, LOCK)
    assert told() == {
        "at": desk.at,
        "actor": "孙八（虚构）",
        "deed": "returns.set_window",
        "subject": "school_annual/2025-2026",
        "detail": {
            "due": "2025-09-30",
            "lock": "2025-10-10",
            "role": "leader",
            "where": "局长室",
        },
        "why": "按市局通知",
    }


@pytest.mark.parametrize(("due", "lock"), [(DUE, UNTIL), (DUE - timedelta(days=1), LOCK)])
def test_a_window_is_moved_by_either_of_its_days(window, told, due, lock):
    desk = window
    moved = desk.do(SetWindow, desk.office())(desk.FORM, desk.PERIOD, due, lock)
    assert Window.objects.get() == moved
    assert (moved.due, moved.lock) == (due, lock)
    assert told()["detail"] == {
        "due": due.isoformat(),
        "lock": lock.isoformat(),
        "before": {"due": "2025-09-30", "lock": "2025-10-10"},
        "role": "office_clerk",
    }


def test_the_same_window_again_is_no_deed(window, everything):
    before = everything()
    again = window.do(SetWindow, window.office(), "再来")(window.FORM, window.PERIOD, DUE, LOCK)
    assert again == Window.objects.get()
    assert everything() == before


def test_each_form_and_period_has_its_own_window(window):
    desk = window
    for form, period in ((desk.FORM, "2026-2027"), ("county_annual", desk.PERIOD)):
        desk.do(SetWindow, desk.office())(form, period, LOCK, LOCK)
    assert Window.objects.count() == 3
    assert deadline_of(desk.key()) == Deadline(DUE, LOCK)
    assert deadline_of(Key(desk.FORM, "2026-2027", desk.EAST)) == Deadline(LOCK, LOCK)


def test_a_window_may_close_on_the_day_it_is_due_but_not_before(desk, refused):
    set_ = desk.do(SetWindow, desk.office())
    issue = refused(set_, desk.FORM, desk.PERIOD, DUE, DUE - timedelta(days=1))
    assert (issue.code, issue.place, issue.form) == ("F-WINDOW", "639900", "school_annual")
    assert issue.message == (
        "截止日是2025年9月30日，锁定日却是2025年9月29日；要求：锁定日不早于截止日。"
    )
    assert set_(desk.FORM, desk.PERIOD, DUE, DUE).lock == DUE


def test_who_sets_no_window(desk, refused):
    issue = refused(desk.do(SetWindow, desk.clerk()), desk.FORM, desk.PERIOD, DUE, LOCK)
    assert issue.message == (
        f"学校填报员张三（虚构）不能办理{COUNTY_RETURN}的设定报送期限；"
        "要求：由股室业务员、分管领导办理。"
    )


# ── granting more time ──────────────────────────────────────────────────────


def test_an_extension_is_granted_and_told(window, told):
    desk = window
    granted = desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), UNTIL)
    columns = ("form", "period", "place", "until", "reason", "granted_by", "granted_at")
    assert Extension.objects.values_list(*columns).get() == (
        "school_annual",
        "2025-2026",
        desk.EAST,
        UNTIL,
        "水毁校舍",
        "赵六（虚构）",
        desk.at,
    )
    assert granted == Extension.objects.get()
    assert told() == {
        "at": desk.at,
        "actor": "赵六（虚构）",
        "deed": "returns.extend",
        "subject": "school_annual/2025-2026/2163990001",
        "detail": {"until": "2025-10-15", "role": "office_clerk"},
        "why": "水毁校舍",
    }
    assert deadline_of(desk.key()) == Deadline(DUE, LOCK, UNTIL)


def test_an_extension_is_of_one_place_form_and_period(window):
    desk = window
    desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), UNTIL)
    assert deadline_of(desk.key(desk.WEST)) == Deadline(DUE, LOCK)
    assert deadline_of(Key(desk.FORM, "2024-2025", desk.EAST)) == Deadline()
    assert deadline_of(Key("county_annual", desk.PERIOD, desk.EAST)) == Deadline()


def test_of_several_extensions_the_newest_counts(window):
    desk = window
    for day in (20, 12, 18):
        desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), date(2025, 10, day))
    assert deadline_of(desk.key()).until == date(2025, 10, 18)
    assert Extension.objects.count() == 3


def test_an_extension_needs_a_window_first(desk, refused):
    issue = refused(desk.do(Extend, desk.office(), "水毁校舍"), desk.key(), UNTIL)
    assert (issue.code, issue.place) == ("F-WINDOW", desk.EAST)
    assert issue.message == (
        "《学校年度报表》没有设定报送期限；要求：先设定期限再准予延期（returns window）。"
    )


def test_an_extension_ends_after_the_due_day(window, refused):
    """On 2025-09-20: the due day itself gives nothing, the day after it does."""
    desk = window
    issue = refused(desk.do(Extend, desk.office(), "水毁校舍"), desk.key(), DUE)
    assert (issue.code, issue.place) == ("F-WINDOW", desk.EAST)
    assert issue.message == (
        "延期到2025年9月30日，今天是2025年9月20日；"
        "要求：延期的日子不早于今天，并在截止日2025年9月30日之后。"
    )
    granted = desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), DUE + timedelta(days=1))
    assert granted.until == date(2025, 10, 1)


def test_an_extension_ends_today_or_later(window, refused):
    """25 days on it is 2025-10-15: that day is not over, the one before is."""
    desk = window
    desk.at += timedelta(days=25)
    issue = refused(desk.do(Extend, desk.office(), "水毁校舍"), desk.key(), date(2025, 10, 14))
    assert issue.saw == "延期到2025年10月14日，今天是2025年10月15日"
    assert desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), UNTIL).until == UNTIL


def test_an_extension_needs_a_reason(window, refused):
    issue = refused(window.do(Extend, window.office(), " "), window.key(), UNTIL)
    assert issue.message == (
        f"准予延期{EAST_RETURN}：没有写理由；要求：写明理由。写上理由再办（--why '理由'）。"
    )


def test_no_school_gives_itself_more_time(window, refused):
    issue = refused(window.do(Extend, window.clerk(), "水毁校舍"), window.key(), UNTIL)
    assert issue.message == (
        f"学校填报员张三（虚构）不能办理{EAST_RETURN}的准予延期；要求：由股室业务员、分管领导办理。"
    )


def test_who_may_not_is_told_that_before_any_day_is_looked_at(desk, refused):
    """Without a window; the refusal is of the actor."""
    assert refused(desk.do(Extend, desk.clerk(), "水毁校舍"), desk.key(), DUE).code == "F-ROLE"


# ── after the lock ──────────────────────────────────────────────────────────


def step(desk, name):
    return next(one for one in desk.ground.own_card.steps if one.step == name)


def locked(desk, name="submit", day=LOCK, ground=None, **more):
    """What is said of a step from a draft on a day."""
    given = (ground or desk.ground, desk.key(), step(desk, name), "draft", day, Windows())
    return refuse_locked(*given, **more)


def test_a_window_is_asked_for_once_for_many_returns(window):
    """East and west have one window between them, another period none: two questions in all."""
    windows = Windows()
    keys = [window.key(place) for place in (window.EAST, window.WEST)]
    keys += [Key(window.FORM, "2024-2025", place) for place in (window.EAST, window.WEST)]
    with CaptureQueriesContext(connection) as asked:
        found = [windows.of(key) for key in keys]
    assert found == [Window.objects.get(), Window.objects.get(), None, None]
    assert len(asked) == 2


def test_nothing_is_locked_without_a_window(desk):
    assert locked(desk, day=date(2099, 1, 1)) is None


def test_the_lock_day_itself_is_still_open(window):
    assert locked(window) is None
    assert locked(window, day=LOCK + timedelta(days=1)).code == "F-LOCKED"


def test_an_extension_moves_the_lock(window):
    window.do(Extend, window.office(), "水毁校舍")(window.key(), UNTIL)
    assert locked(window, day=UNTIL) is None
    assert locked(window, day=UNTIL + timedelta(days=1)).required == (
        "2025年9月30日截止，2025年10月10日锁定，准予延期至2025年10月15日"
    )


def test_a_step_that_no_clock_binds_is_never_locked(window):
    assert locked(window, "review", day=date(2099, 1, 1)) is None


def test_the_refusal_names_the_day_and_who_can_help(window):
    issue = locked(window, day=UNTIL, file="a.xlsx")
    assert (issue.code, issue.place, issue.form) == ("F-LOCKED", window.EAST, "school_annual")
    assert issue.message == (
        f"a.xlsx：{EAST_RETURN}现在是“草稿”，2025年10月15日已过最后期限；"
        "要求：2025年9月30日截止，2025年10月10日锁定。"
        "确需补报的，请向股室业务员、分管领导说明理由，准予延期后再报（returns extend）。"
    )
    assert locked(window, day=UNTIL).file == ""


def test_where_nobody_may_extend_the_leader_is_asked(window):
    """A county's own card without that duty."""
    ground = window.ground
    duties = [duty for duty in ground.own_card.duties if duty.duty != "grant_extension"]
    card = msgspec.structs.replace(ground.own_card, duties=duties)
    shelf = replace(ground.shelf, lifecycles={"own": card})
    issue = locked(window, day=UNTIL, ground=Ground(shelf, ground.register, "own"))
    assert issue.do == "本流程没有规定谁可以准予延期，请报告分管领导"


def test_a_locked_return_is_not_handed_in_and_changes_nothing(window, everything):
    """The cells lie in the cabinet under a name that nobody refers to."""
    desk = window
    desk.at += timedelta(days=21)  # 2025-10-11 in Beijing, the day after the lock
    before = everything()
    for deed in (desk.submitter(), desk.collector()):
        (issue,) = deed([desk.filed()]).refused
        assert (issue.code, issue.file) == ("F-LOCKED", "2163990001_40.xlsx")
    assert everything() == before
    assert JournalLine.objects.count() == 1


def test_out_of_turn_names_the_window_beside_the_states(window):
    """What has been handed in is submitted a second time: too early or too late, both stand there."""
    desk = window
    desk.submit(40)
    (issue,) = desk.submitter()([desk.filed(pupils=41)]).refused
    assert issue.required == (
        "“草稿”、“退回”、“撤回”时才能报送（2025年9月30日截止，2025年10月10日锁定）"
    )
    assert issue.do == "文件 2163990001_41.xlsx 没有报送，原样未动；可先由学校填报员、校长撤回"


def test_a_step_without_a_file_says_nothing_of_the_window(window, refused):
    from xianxue.desk.actions.approve import Approve  # noqa: PLC0415 - beside its only use

    issue = refused(window.do(Approve, window.office()), window.key())
    assert issue.required == "“审核中”时才能审核通过"
