"""Taking an approval back: what it brings back, who may, and until when (虚构)."""

from __future__ import annotations

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.as_told import hold_accepted, told_accepted
from xianxue.desk.actions.make_release import MakeRelease
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.take_back import TakeBack
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import Filing
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, sha256

TITLE = "东村小学《学校年度报表》（2025—2026学年）"
OTHER = Actor("孙八（虚构）", "leader")


def approve(desk):
    desk.do(Review, desk.office())(desk.key())
    desk.do(Approve, desk.office())(desk.key())


@pytest.fixture
def passed(desk):
    """One return that the office has let pass."""
    desk.submit(40)
    approve(desk)
    return desk


def accepted(desk):
    filing = desk.filing()
    return filing.state, filing.accepted.number if filing.accepted else 0


def held(period):
    """The tables are held against the journal: all of them, and what figures are read from."""
    rows = Filing.objects.filter(period=period).exclude(accepted=None)
    standing = {
        f"{row.form}/{row.period}/{row.place}": (row.accepted.number, row.accepted.content)
        for row in rows
    }
    hold_accepted(period, standing)
    return [issue.message for issue in verify().issues]


def test_it_is_in_review_again_and_counts_for_nothing(passed, told):
    desk = passed
    desk.do(TakeBack, desk.office(), "看错了行")(desk.key())
    assert accepted(desk) == ("in_review", 0)
    line = told()
    assert line["deed"] == "returns.take_back"
    assert line["why"] == "看错了行"
    moved = {"revision": 1, "from": "accepted", "to": "in_review", "role": "office_clerk"}
    assert line["detail"] == moved
    assert held(desk.PERIOD) == []
    assert told_accepted(desk.PERIOD) == {}
    desk.do(Approve, desk.office())(desk.key())
    assert accepted(desk) == ("accepted", 1)
    assert held(desk.PERIOD) == []


def test_what_was_accepted_before_is_accepted_again(passed, told):
    desk = passed
    desk.submit(41, why="漏报一人")
    approve(desk)
    assert accepted(desk) == ("accepted", 2)
    desk.do(TakeBack, desk.office(), "看错了行")(desk.key())
    assert accepted(desk) == ("in_review", 1)
    assert told()["detail"]["restored"] == 1
    assert held(desk.PERIOD) == []
    assert {number for number, _ in told_accepted(desk.PERIOD).values()} == {1}


def test_only_whoever_approved_takes_it_back(passed, refused):
    issue = refused(passed.do(TakeBack, OTHER, "有误"), passed.key())
    assert issue.code == "F-NEXT"
    assert issue.saw == f"{TITLE}由赵六（虚构）审核通过，孙八（虚构）不能撤回审批"


def test_whoever_acts_for_the_approver_takes_it_back(passed):
    acting = Actor("孙八（虚构）", "office_clerk", acting_for=passed.office().name)
    passed.do(TakeBack, acting, "本人请假")(passed.key())
    assert accepted(passed) == ("in_review", 0)


def test_a_reason_is_needed(passed, refused):
    issue = refused(passed.do(TakeBack, passed.office()), passed.key())
    assert (issue.code, issue.saw) == ("F-NEEDS", f"撤回审批{TITLE}：没有写理由")


def test_a_correction_that_came_after_is_named(passed, refused):
    passed.submit(41, why="漏报一人")
    issue = refused(passed.do(TakeBack, passed.office(), "有误"), passed.key())
    assert issue.code == "F-STEP"
    assert issue.saw.startswith(f"{TITLE}已经报送更正（第 2 版，由张三（虚构）于")
    assert issue.saw.endswith("办理），不能撤回审批")


def test_a_return_that_was_sent_back_after_is_named(passed, refused):
    passed.do(SendBack, OTHER, "有误", remarks=[Remark("请核对")])(passed.key())
    issue = refused(passed.do(TakeBack, passed.office(), "有误"), passed.key())
    assert issue.saw.startswith(f"{TITLE}已经取消通过并退回（第 1 版，由孙八（虚构）于")


def test_what_is_released_stays_approved(passed, refused):
    desk = passed
    folder = ReleaseFolder(desk.folder / "releases")
    manifest = Manifest(
        period=desk.PERIOD,
        revisions=[],
        coverage={},
        register="r",
        catalogue="c",
        figures=sha256(b"[]"),
    )
    MakeRelease(folder, desk.ground, OTHER, desk.tick(), "虚构")(manifest, b"[]")
    issue = refused(desk.do(TakeBack, desk.office(), "有误"), desk.key())
    assert issue.code == "F-NEXT"
    assert issue.saw.startswith(f"{TITLE}已经由孙八（虚构）于 ")
    assert "发布（2025-2026/1），不能撤回审批" in issue.saw


def test_what_was_collected_was_never_approved(desk, refused):
    desk.collector(why="学校停电")([desk.filed()])
    issue = refused(desk.do(TakeBack, desk.office(), "有误"), desk.key())
    assert issue.code == "F-NEXT"
    assert "不是审核通过的" in issue.saw


def test_a_school_takes_no_approval_back(passed, refused):
    assert refused(passed.do(TakeBack, passed.clerk(), "有误"), passed.key()).code == "F-ROLE"
