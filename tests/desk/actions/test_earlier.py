"""Who had part in what a return holds now, as the journal tells it."""

from __future__ import annotations

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor, Done
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.earlier import Earlier, asks_for_others, deed_of, earlier_of
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.step import Doing
from xianxue.desk.models import JournalLine


def line(deed, **detail):
    return JournalLine(deed=f"returns.{deed}", detail=detail)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (line("submit", **{"from": "draft"}), "returns.submit"),
        (line("submit", **{"from": "returned"}), "returns.submit"),
        (line("submit", **{"from": "withdrawn"}), "returns.submit"),
        (line("submit", **{"from": "accepted"}), "returns.correct"),
        # A line that does not say where it began, began at the beginning.
        (line("submit"), "returns.submit"),
        (line("accept", **{"from": "draft"}), "returns.collect"),
        (line("accept", **{"from": "accepted"}), "returns.collect"),
        (line("extend"), "returns.grant_extension"),
        (line("review", **{"from": "accepted"}), "returns.review"),
        (line("approve"), "returns.approve"),
    ],
)
def test_what_the_policy_calls_what_the_journal_tells(desk, told, named):
    assert deed_of(told, desk.ground.own_card) == named


@pytest.fixture
def story(desk):
    """40 handed in and sent back, 41 handed in, taken up, approved; the west stands beside it."""
    desk.submit(40)
    desk.do(SendBack, desk.office(), remarks=[Remark("请核对")])(desk.key())
    desk.submit(50, desk.WEST)
    desk.submit(41)
    desk.do(Review, Actor("孙八（虚构）", "leader"))(desk.key())
    desk.do(Approve, desk.office())(desk.key())
    return desk


def test_each_revision_has_its_own_people(story):
    desk = story
    signers = frozenset({"张三（虚构）", "李四（虚构）"})
    earlier = Earlier(desk.ground, [desk.key(desk.EAST), desk.key(desk.WEST)])
    assert earlier.done(desk.key(), 1) == [
        Done("returns.submit", signers),
        Done("returns.send_back", frozenset({"赵六（虚构）"})),
    ]
    assert earlier.done(desk.key(), 2) == [
        Done("returns.submit", signers),
        Done("returns.review", frozenset({"孙八（虚构）"})),
        Done("returns.approve", frozenset({"赵六（虚构）"})),
    ]
    assert earlier.done(desk.key(desk.WEST), 1) == [Done("returns.submit", signers)]
    assert earlier.done(desk.key(), 3) == []


def test_lines_about_a_revision_are_told_oldest_first(story):
    earlier = Earlier(story.ground, [story.key()])
    assert [line.number for line in earlier.about(story.key(), 2)] == [4, 5, 6]
    assert earlier.about(story.key(story.WEST), 1) == []


def test_who_typed_it_in_and_who_signed_are_three_people(desk):
    assert desk.submitter(desk.office(), "代录").signed.complete
    deed = desk.submitter(desk.office())
    signed = replace(deed.signed, clerk=desk.CLERK)
    object.__setattr__(deed, "signed", signed)
    assert deed([desk.filed()]).refused == []
    (done,) = Earlier(desk.ground, [desk.key()]).done(desk.key(), 1)
    assert done.people == {"赵六（虚构）", "张三（虚构）", "李四（虚构）"}


def test_what_is_no_deed_on_a_revision_has_no_part_in_it(story):
    """More time for the place: whoever granted it has not looked at a number."""
    desk = story
    from xianxue.desk.actions.window import SetWindow  # noqa: PLC0415 - beside its only use

    on = desk.at.date()
    desk.do(SetWindow, desk.office())(desk.FORM, desk.PERIOD, on, on)
    desk.do(Extend, desk.office(), "水毁校舍")(desk.key(), on.replace(day=on.day + 1))
    assert len(Earlier(desk.ground, [desk.key()]).done(desk.key(), 2)) == 3


@pytest.mark.parametrize(
    ("deed", "asks"),
    [
        ("review", True),
        ("pass_on", True),
        ("approve", True),
        ("release", True),
        ("submit", False),
        ("send_back", False),
        ("withdraw", False),
    ],
)
def test_the_journal_is_read_only_where_the_policy_asks(story, deed, asks):
    desk = story
    assert asks_for_others(desk.ground.policy, f"returns.{deed}") is asks
    assert asks_for_others(desk.ground.policy, deed) is False
    with CaptureQueriesContext(connection) as asked:
        found = earlier_of(desk.ground, deed, [desk.key()])
    assert len(asked) == int(asks)
    assert bool(found.done(desk.key(), 2)) is asks


@pytest.mark.parametrize(("n", "queries"), [(0, 0), (500, 1), (501, 2), (1000, 2)])
def test_subjects_are_asked_for_in_bounded_questions(story, n, queries):
    """Databases bound how many values a question may have: 500 subjects are asked for at once."""
    desk = story
    keys = [Key(desk.FORM, desk.PERIOD, f"{at:010d}") for at in range(n - 1)]
    keys += [desk.key()][:n]
    with CaptureQueriesContext(connection) as asked:
        found = Earlier(desk.ground, keys)
    assert len(asked) == queries
    assert len(found.done(desk.key(), 1)) == (2 if n else 0)


def test_a_rule_sees_who_corrected(desk):
    """By a card of the county's own, whose correction starts elsewhere, the word follows the card."""
    card = desk.ground.own_card
    steps = [
        msgspec.structs.replace(step, origins=["draft"]) if step.step == "submit" else step
        for step in card.steps
    ]
    own = msgspec.structs.replace(card, steps=steps)
    assert deed_of(line("submit", **{"from": "returned"}), own) == "returns.correct"


def test_what_was_set_aside_is_told_with_its_reason(desk, told):
    """By name of the rule; nothing is said where none was."""
    desk.submit(40)
    clerk = Actor(desk.CLERK, "leader")
    desk.do(Review, clerk, override="  全局只有一人值班 ")(desk.key())
    assert told()["detail"] == {
        "revision": 1,
        "from": "submitted",
        "to": "in_review",
        "override": {"rules": ["signer_reviews_not"], "reason": "全局只有一人值班"},
        "role": "leader",
    }


def test_an_override_that_nothing_asked_for_is_not_told(desk, told):
    desk.submit(40)
    desk.do(Review, desk.office(), override="有备无患")(desk.key())
    assert "override" not in told()["detail"]


# ── what the journal may have of a text ─────────────────────────────────────


@pytest.fixture
def private(desk):
    """A ground whose form has one personal field, 基本情况's 培训经费."""
    form = desk.ground.shelf.forms["school_annual"]
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(
                    field, personal=(sheet.sheet, field.field) == ("basic", "training_funds")
                )
                for field in sheet.fields
            ],
        )
        for sheet in form.sheets
    ]
    forms = {**desk.ground.shelf.forms, form.form: msgspec.structs.replace(form, sheets=sheets)}
    return Ground(replace(desk.ground.shelf, forms=forms), desk.ground.register)


@pytest.mark.parametrize("field", ["basic.training_funds", "basic.R1.training_funds"])
def test_a_personal_text_is_put_aside(desk, private, field):
    doing = Doing(private, desk.office(), desk.at)
    held = doing.guarded(desk.key(), field, "13900001234")
    assert (held.value, held.form, held.field, held.place) == (
        "13900001234",
        "school_annual",
        field,
        desk.EAST,
    )


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("school_annual", "basic.no_such_field"),
        ("school_annual", "no_such_sheet.training_funds"),
        ("school_annual", "students.G1.enrolled"),
        ("no_form", "basic.training_funds"),
        ("school_annual", "basic."),
    ],
)
def test_any_other_text_stands_as_it_is(desk, private, form, field):
    doing = Doing(private, desk.office(), desk.at)
    assert doing.guarded(Key(form, desk.PERIOD, desk.EAST), field, "甲") == "甲"


def test_a_comment_on_a_personal_field_leaves_only_a_digest(desk, private, told):
    """The cell is told, the text is not; what else was said stands."""
    desk.submit(40)
    remarks = [
        Remark("号码 13900001234 打不通", "basic", "", "training_funds", "D9"),
        Remark("请核对", "basic", "", "no_such_field", "D8"),
    ]
    SendBack(private, desk.office(), desk.tick(), remarks=remarks)(desk.key())
    (cell, digest), other = told()["detail"]["comments"]
    assert (cell, list(digest), other) == ("basic!D9", ["personal"], "basic!D8 请核对")
