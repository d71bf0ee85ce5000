"""The deeds that move a return one step: what each changes, what its line says, how it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.many import take_all
from xianxue.desk.actions.pass_on import PassOn
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.step import (
    find_filing,
    find_filings,
    last_step,
    refuse_unseen,
)
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Comment, Filing, JournalLine

EAST_RETURN = "东村小学《学校年度报表》（2025—2026学年）"
REMARKS = [
    Remark("请核对", "students", "G1", "enrolled", "B4"),
    Remark("整张表日期不对"),
]


def standing(filing):
    """What a filing says beside its key."""
    return {
        "state": filing.state,
        "current": filing.current.number,
        "accepted": filing.accepted.number if filing.accepted else 0,
        "returned": filing.times_returned,
        "first": filing.first_submitted_at,
        "last": filing.submitted_at,
        "at": filing.changed_at,
        "by": filing.changed_by,
    }


@pytest.fixture
def submitted(desk):
    """One return, signed and handed in a minute after the start."""
    desk.submit(40)
    return desk


def reviewed(desk):
    desk.do(Review, desk.office())(desk.key())
    return desk


def line_of(desk, actor, deed, detail, why=""):
    """A whole line of the journal about the school in the east, made just now."""
    subject = "school_annual/2025-2026/2163990001"
    return {
        "at": desk.at,
        "actor": actor.name,
        "deed": f"returns.{deed}",
        "subject": subject,
        "detail": {"revision": 1, **detail, "role": actor.role},
        "why": why,
    }


def test_taking_up_moves_the_state_and_nothing_else(submitted, told):
    desk = submitted
    before = standing(desk.filing())
    filing = desk.do(Review, desk.office(), "先看")(desk.key())
    assert filing == desk.filing()
    after = standing(desk.filing())
    assert after == before | {"state": "in_review", "at": desk.at, "by": "赵六（虚构）"}
    moved = {"from": "submitted", "to": "in_review"}
    assert told() == line_of(desk, desk.office(), "review", moved, "先看")


def test_the_first_approval_replaces_nothing(submitted, told):
    desk = reviewed(submitted)
    before = standing(desk.filing())
    desk.do(Approve, desk.office())(desk.key())
    assert standing(desk.filing()) == before | {"state": "accepted", "accepted": 1, "at": desk.at}
    moved = {"from": "in_review", "to": "accepted"}
    assert told() == line_of(desk, desk.office(), "approve", moved)


def test_a_later_approval_names_what_it_replaces(submitted, told):
    desk = reviewed(submitted)
    desk.do(Approve, desk.office())(desk.key())
    desk.submit(41, why="漏报一人")
    reviewed(desk)
    desk.do(Approve, desk.office())(desk.key())
    assert standing(desk.filing())["accepted"] == 2
    moved = {"revision": 2, "from": "in_review", "to": "accepted", "replaced": 1}
    assert told() == line_of(desk, desk.office(), "approve", moved)


def test_the_central_school_takes_up_and_passes_on(long_desk, told):
    desk = long_desk
    desk.submit(40)
    central = desk.central()
    reviewed_by = {"from": "submitted", "to": "central_review", "of": desk.CENTRAL}
    desk.do(Review, central)(desk.key())
    assert told() == line_of(desk, central, "review", reviewed_by)
    desk.do(PassOn, central)(desk.key())
    passed_on = {"from": "central_review", "to": "in_review", "of": desk.CENTRAL}
    assert told() == line_of(desk, central, "pass_on", passed_on)
    assert desk.filing().state == "in_review"


def test_a_school_takes_its_return_back(submitted, told):
    """The line says from which machine, where that is known."""
    desk = submitted
    head = Actor(desk.HEAD, "school_head", desk.EAST, "办公室电脑")
    desk.do(Withdraw, head, "填错年级")(desk.key())
    moved = {
        "from": "submitted",
        "to": "withdrawn",
        "of": desk.EAST,
        "where": "办公室电脑",
    }
    assert told() == line_of(desk, head, "withdraw", moved, "填错年级")
    assert standing(desk.filing())["current"] == 1


def test_sending_back_counts_and_keeps_every_comment(submitted, told):
    desk = submitted
    before = standing(desk.filing())
    desk.do(SendBack, desk.office(), remarks=REMARKS)(desk.key())
    after = {"state": "returned", "returned": 1, "at": desk.at, "by": "赵六（虚构）"}
    assert standing(desk.filing()) == before | after
    moved = {
        "from": "submitted",
        "to": "returned",
        "comments": ["students!B4 请核对", "整张表日期不对"],
        "times_returned": 1,
    }
    assert told() == line_of(desk, desk.office(), "send_back", moved)
    columns = ("filing", "revision", "sheet", "row", "field", "cell", "text", "by", "at")
    filing, office = desk.filing().pk, desk.office().name
    assert list(Comment.objects.order_by("pk").values_list(*columns)) == [
        (filing, 1, "students", "G1", "enrolled", "B4", "请核对", office, desk.at),
        (filing, 1, "", "", "", "", "整张表日期不对", office, desk.at),
    ]


def test_each_time_it_is_sent_back_is_counted(submitted):
    """Twice sent back is two; the comments of the second are about the second revision."""
    desk = submitted
    desk.do(SendBack, desk.office(), remarks=REMARKS)(desk.key())
    desk.submit(41)
    desk.do(SendBack, desk.office(), remarks=REMARKS[:1])(desk.key())
    assert desk.filing().times_returned == 2
    assert list(Comment.objects.order_by("pk").values_list("revision", flat=True)) == [1, 1, 2]


@pytest.mark.parametrize(
    "remarks",
    [[], [Remark("")], [Remark(" \n")], [REMARKS[0], Remark("", "students", "G1", "girls", "C4")]],
)
def test_sending_back_without_saying_what_is_wrong(submitted, refused, remarks):
    """One empty comment among others is none: it would mark a cell and not say why."""
    issue = refused(submitted.do(SendBack, submitted.office(), remarks=remarks), submitted.key())
    assert issue.code == "F-NEEDS"
    assert issue.message == (
        f"退回{EAST_RETURN}：没有写明问题；要求：至少一条批注，写明哪一格、什么问题。"
        "写上批注再办（--comment '学生!C4=请核对'）。"
    )


def test_withdrawing_needs_a_reason(submitted, refused):
    issue = refused(submitted.do(Withdraw, submitted.clerk(), " "), submitted.key())
    assert issue.message == (
        f"撤回{EAST_RETURN}：没有写理由；要求：写明理由。写上理由再办（--why '理由'）。"
    )


def test_taking_an_approval_back_needs_comment_and_reason(submitted, refused):
    desk = reviewed(submitted)
    desk.do(Approve, desk.office())(desk.key())
    bare = desk.do(SendBack, desk.office(), "有误")
    assert refused(bare, desk.key()).saw == f"取消通过并退回{EAST_RETURN}：没有写明问题"
    unsaid = desk.do(SendBack, desk.office(), remarks=REMARKS)
    assert refused(unsaid, desk.key()).saw == f"取消通过并退回{EAST_RETURN}：没有写理由"


def test_what_was_accepted_of_an_earlier_revision_outlives_a_return(submitted, told):
    """Sent back is the second; the first counts on."""
    desk = reviewed(submitted)
    desk.do(Approve, desk.office())(desk.key())
    desk.submit(41, why="漏报一人")
    desk.do(SendBack, desk.office(), remarks=REMARKS)(desk.key())
    assert standing(desk.filing())["accepted"] == 1
    desk.submit(42)
    reviewed(desk)
    desk.do(Approve, desk.office())(desk.key())
    desk.do(SendBack, desk.office(), "重复", remarks=REMARKS)(desk.key())
    assert standing(desk.filing())["accepted"] == 0


@pytest.mark.parametrize(
    ("deed", "saw", "required"),
    [
        (Review, "受理审核", "由股室业务员、分管领导办理"),
        (Approve, "审核通过", "由股室业务员、分管领导办理"),
        (SendBack, "退回", "由股室业务员、分管领导办理"),
        (Withdraw, "撤回", "由学校填报员、校长办理"),
    ],
)
def test_who_has_no_part_in_a_step(submitted, refused, deed, saw, required):
    """A stranger hears that before anything of the state, and before what the deed lacks."""
    desk = submitted
    issue = refused(desk.do(deed, desk.central()), desk.key())
    assert (issue.code, issue.place, issue.form) == ("F-ROLE", desk.EAST, "school_annual")
    assert (
        issue.message == f"中心校审核员王五（虚构）不能办理{EAST_RETURN}的{saw}；要求：{required}。"
    )


def test_passing_on_is_for_the_central_school(long_desk, refused):
    desk = long_desk
    desk.submit(40)
    desk.do(Review, desk.central())(desk.key())
    issue = refused(desk.do(PassOn, desk.office()), desk.key())
    assert issue.message == (
        f"股室业务员赵六（虚构）不能办理{EAST_RETURN}的转报；要求：由中心校审核员办理。"
    )
    elsewhere = Actor("孙八（虚构）", "central_school", desk.WEST)
    issue = refused(desk.do(PassOn, elsewhere), desk.key())
    assert issue.message == (
        f"中心校审核员孙八（虚构）的单位是西村小学，{EAST_RETURN}不在其办理范围；"
        "要求：中心校审核员只办理本乡镇各校的事项。"
    )


def test_a_stranger_does_not_learn_of_a_newer_revision(submitted, refused):
    desk = submitted
    assert refused(desk.do(Review, desk.central()), desk.key(), seen=0).code == "F-ROLE"


def test_nothing_is_taken_up_that_nobody_has_handed_in(desk, refused):
    issue = refused(desk.do(Review, desk.office()), desk.key())
    assert issue.message == (
        f"{EAST_RETURN}现在是“草稿”，不能受理审核；要求：“已报送”时才能受理审核。"
        "可先由学校填报员、校长、股室业务员报送。"
    )


def test_out_of_turn_says_who_did_what_last_and_what_comes_first(submitted, refused):
    desk = submitted
    issue = refused(desk.do(Approve, desk.office()), desk.key())
    assert issue.message == (
        f"{EAST_RETURN}现在是“已报送”（第 1 版，由张三（虚构）于 2025-09-20 16:31 办理），"
        "不能审核通过；要求：“审核中”时才能审核通过。可先由股室业务员、分管领导受理审核。"
    )


def test_a_step_that_the_way_does_not_have(submitted, refused):
    issue = refused(submitted.do(PassOn, submitted.central()), submitted.key())
    assert issue.message.startswith(
        f"“学校直报”里没有 pass_on 这一步；要求：{EAST_RETURN}的步骤：submit（报送）、"
    )


# ── what the actor has looked at ────────────────────────────────────────────


@pytest.fixture
def twice(submitted):
    """The first revision sent back, the second handed in at 16:33."""
    desk = submitted
    desk.do(SendBack, desk.office(), remarks=REMARKS)(desk.key())
    desk.submit(41)
    return desk


LAST = "（第 2 版，由张三（虚构）于 2025-09-20 16:33 办理）"


def test_whoever_looked_at_an_older_revision_looks_again(twice, refused):
    issue = refused(twice.do(Review, twice.office()), twice.key(), seen=1)
    assert issue.code == "F-CONFLICT"
    assert issue.message == (
        f"{EAST_RETURN}已有新版{LAST}，您看到的是第 1 版；要求：同一张报表先报的为准。"
        "请看过最新一版再办。"
    )


def test_whoever_looked_before_anybody_handed_in_looks_again(twice, refused):
    issue = refused(twice.do(Review, twice.office()), twice.key(), seen=0)
    assert issue.saw == f"{EAST_RETURN}已有新版{LAST}，您打开时还没有人报送"


@pytest.mark.parametrize("seen", [None, 2])
def test_whoever_saw_the_newest_or_did_not_say_goes_on(twice, seen):
    twice.do(Review, twice.office())(twice.key(), seen=seen)
    assert twice.filing().state == "in_review"


def test_who_hands_in_over_a_newer_one_is_told_whom_to_ask(twice):
    issue = refuse_unseen(twice.ground, twice.key(), twice.filing(), 1, "我的.xlsx")
    assert issue.message == (
        f"我的.xlsx：{EAST_RETURN}已有新版{LAST}，您看到的是第 1 版；"
        "要求：同一张报表先报的为准。您的文件 我的.xlsx 没有报送，原样未动；"
        "请与 张三（虚构） 核对，要以您的为准，先撤回或请审核人退回，再报送。"
    )
    assert (issue.place, issue.form) == (twice.EAST, "school_annual")


def test_whom_to_ask_where_nobody_is_named(twice):
    """What was accepted before names were kept."""
    filing = twice.filing()
    filing.current.by = ""
    issue = refuse_unseen(twice.ground, twice.key(), filing, 1, "我的.xlsx")
    assert "；请与 报送人 核对，" in issue.do


def test_a_draft_is_no_newer_than_anything(desk):
    assert refuse_unseen(desk.ground, desk.key(), None, 3) is None


@pytest.mark.parametrize(
    ("who", "when", "said"),
    [
        (True, True, "（第 1 版，由张三（虚构）于 2025-09-20 16:31 办理）"),
        (False, True, "（第 1 版，于 2025-09-20 16:31 办理）"),
        (True, False, "（第 1 版，由张三（虚构））"),
        (False, False, "（第 1 版）"),
    ],
)
def test_the_last_step_is_told_as_far_as_it_is_known(submitted, who, when, said):
    filing = submitted.filing()
    filing.changed_by = filing.changed_by if who else ""
    filing.changed_at = filing.changed_at if when else None
    assert last_step(filing) == said


def test_of_a_draft_there_is_no_last_step():
    assert last_step(None) == ""


# ── many at once ────────────────────────────────────────────────────────────


@pytest.fixture
def both(desk):
    desk.submit(40, desk.EAST)
    desk.submit(50, desk.WEST)
    return desk


def test_steps_with_many_are_each_taken_or_refused(both, told):
    """East has been taken up already; West is; the county school has handed in nothing."""
    desk = both
    reviewed(desk)
    lines = JournalLine.objects.count()
    keys = [desk.key(place) for place in (desk.EAST, desk.WEST, desk.DIRECT)]
    review = desk.do(Review, desk.office())
    taken, issues = take_all([(key, review) for key in keys])
    assert [(key, filing) for key, filing in taken] == [(keys[1], desk.filing(desk.WEST))]
    assert [(issue.code, issue.place) for issue in issues] == [
        ("F-STEP", desk.EAST),
        ("F-STEP", desk.DIRECT),
    ]
    assert desk.filing(desk.WEST).state == "in_review"
    assert JournalLine.objects.count() == lines + 1
    assert told()["subject"] == keys[1].subject


def test_steps_with_many_ask_what_was_looked_at(both):
    desk = both
    review = desk.do(Review, desk.office())
    taken, issues = take_all([(desk.key(), review)], seen=2)
    assert (taken, [issue.code for issue in issues]) == ([], ["F-CONFLICT"])
    assert take_all([(desk.key(), review)], seen=1)[1] == []


def test_steps_with_many_read_the_journal_once(both):
    """However many returns: the lines of all of them come with one question."""
    desk = both
    review = desk.do(Review, desk.office())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        taken, _ = take_all([(desk.key(place), review) for place in (desk.EAST, desk.WEST)])
    assert len(taken) == 2
    about = [
        q for q in asked if 'FROM "desk_journalline"' in q["sql"] and '"subject" IN' in q["sql"]
    ]
    assert len(about) == 1


# ── finding filings ─────────────────────────────────────────────────────────


def test_filings_are_found_by_form_period_and_place(both):
    desk = both
    keys = [desk.key(desk.EAST), desk.key(desk.WEST), desk.key(desk.DIRECT)]
    with writing():
        assert find_filings(keys) == {key: desk.filing(key.place) for key in keys[:2]}
        assert find_filing(keys[2]) is None
        assert find_filing(Key(desk.FORM, "2024-2025", desk.EAST)) is None
        assert find_filing(Key("county_annual", desk.PERIOD, desk.EAST)) is None
        assert find_filings([]) == {}


def test_of_two_periods_each_has_its_own_filing(both):
    desk = both
    desk.at += timedelta(days=365)
    later = desk.filed(period="2026-2027")
    assert desk.submitter()([later]).refused == []
    keys = [desk.key(), Key(desk.FORM, "2026-2027", desk.EAST)]
    with writing():
        found = find_filings(keys)
    assert [found[key].period for key in keys] == ["2025-2026", "2026-2027"]


@pytest.mark.parametrize(("n", "queries"), [(0, 0), (1, 1), (500, 1), (501, 2), (1000, 2)])
def test_places_are_asked_for_in_bounded_questions(desk, n, queries):
    """Databases bound how many values a question may have: 500 places are asked for at once."""
    desk.submit(40)
    keys = [Key(desk.FORM, desk.PERIOD, f"{at:010d}") for at in range(n - 1)]
    keys += [desk.key()][:n]
    with writing(), CaptureQueriesContext(connection) as asked:
        found = find_filings(keys)
    assert (len(asked), len(found)) == (queries, min(n, 1))


def test_a_reason_to_set_a_rule_aside_is_given_by_name(desk):
    """Written in the place of another word it could be taken for the deed's reason."""
    in_order = (desk.ground, desk.office(), desk.at, "看过", "例外")
    with pytest.raises(TypeError):
        Review(*in_order)
    assert Review(*in_order[:4]).override is None


def test_a_filing_found_is_what_stands(both):
    with writing():
        assert find_filing(both.key()) == Filing.objects.get(place=both.EAST)
