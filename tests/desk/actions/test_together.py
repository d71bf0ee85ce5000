"""Many returns in one deed: one line of the journal that names each, and what rests on it (虚构)."""

from __future__ import annotations

import json

import pytest

from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.as_told import hold_accepted, told_accepted
from xianxue.desk.actions.many import take_all, take_together
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.take_back import TakeBack
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.of_place import told_of_place
from xianxue.desk.journal.replay import not_as_told
from xianxue.desk.journal.steps import steps_of
from xianxue.desk.journal.telling import Lines, Wanted, detail_of
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import Filing, JournalLine
from xianxue.desk.models.together import lines_of
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.search.entries import entries_of
from xianxue.desk.sending.calls import body_of
from xianxue.desk.stores.cabinet import Kept

PERIOD = "2025-2026"

MANY = "school_annual/2025-2026/*"
LEADER = Actor("周九（虚构）", "leader")


def last():
    return JournalLine.objects.order_by("-number")[0]


@pytest.fixture
def both(desk):
    """Two schools have handed in; the third has not."""
    desk.submit(40, desk.EAST)
    desk.submit(50, desk.WEST)
    return desk


def keys(desk):
    return [desk.key(place) for place in (desk.EAST, desk.WEST, desk.DIRECT)]


def together(desk, kind, actor=None, why="核对过"):
    deed = desk.do(kind, actor or desk.office(), why)
    return take_together([(key, deed) for key in keys(desk)])


@pytest.fixture
def approved(both):
    together(both, Review)
    together(both, Approve)
    return both


def test_one_line_names_each_return_and_each_that_was_left(both):
    before = JournalLine.objects.count()
    taken, issues = together(both, Review, why="一并受理")
    assert [key.place for key, _ in taken] == [both.EAST, both.WEST]
    assert [(one.code, one.place) for one in issues] == [("F-STEP", both.DIRECT)]
    assert JournalLine.objects.count() == before + 1
    line = last()
    assert (line.deed, line.subject, line.why) == ("returns.review", MANY, "一并受理")
    told = {"revision": 1, "from": "submitted", "to": "in_review"}
    assert line.detail["returns"] == {both.EAST: told, both.WEST: told}
    assert line.detail["left"] == {both.DIRECT: "F-STEP"}


def test_each_return_shows_its_own_trail_with_who_let_it_pass(approved):
    for place in (approved.EAST, approved.WEST):
        steps = steps_of(approved.ground, approved.key(place))
        assert [one.deed for one in steps] == [
            "returns.submit",
            "returns.review",
            "returns.approve",
        ]
        assert steps[-1].by == approved.office().name
        assert steps[-1].changed == "第 1 版；审核中→通过"
    assert steps_of(approved.ground, approved.key(approved.DIRECT)) == []


def test_figures_rest_on_it_and_the_journal_is_whole(approved):
    verified = verify()
    assert verified.issues == []
    told = told_accepted(approved.PERIOD)
    assert {subject: number for subject, (number, _) in told.items()} == {
        approved.key(approved.EAST).subject: 1,
        approved.key(approved.WEST).subject: 1,
    }
    hold_accepted(approved.PERIOD, told)


def test_one_of_them_set_past_the_deed_is_found(approved):
    Filing.objects.filter(place=approved.WEST).update(accepted=None)
    assert not_as_told() == [approved.key(approved.WEST).subject]


def test_who_signed_one_of_them_may_still_not_let_it_pass(desk):
    """Four eyes hold for each return by itself, also over a line of many."""
    desk.submit(40, desk.EAST)
    desk.submit(50, desk.WEST)
    together(desk, Review, Actor("孙八（虚构）", "leader"))
    override = {"override": "人手不够"}
    deed = desk.do(Approve, Actor(desk.HEAD, "leader"), **override)
    taken, _ = take_together([(key, deed) for key in keys(desk)])
    assert len(taken) == 2
    kept = [Kept(desk.FORM, place, 1, "") for place in (desk.EAST, desk.WEST)]
    assert {(one.place, one.rule) for one in overrides_of(desk.ground, kept, desk.PERIOD)} == {
        (desk.EAST, "signer_reviews_not"),
        (desk.WEST, "signer_reviews_not"),
    }


def test_one_of_many_approvals_is_taken_back_by_whoever_gave_it(approved):
    with pytest.raises(Exception, match="审核通过"):
        approved.do(TakeBack, LEADER, "有误")(approved.key())
    approved.do(TakeBack, approved.office(), "有误")(approved.key())
    assert approved.filing().accepted is None
    assert approved.filing(approved.WEST).accepted is not None
    assert verify().issues == []


def test_many_approvals_are_taken_back_in_one_deed(approved):
    taken, _ = together(approved, TakeBack)
    assert len(taken) == 2
    assert (last().deed, last().subject) == ("returns.take_back", MANY)
    assert told_accepted(approved.PERIOD) == {}
    assert verify().issues == []


def test_what_was_accepted_before_comes_back_of_each(approved):
    """East has corrected its return; both are taken back, and only East has something before."""
    approved.do(TakeBack, approved.office(), "有误")(approved.key(approved.WEST))
    approved.submit(41, approved.EAST, "数有误")
    together(approved, Review)
    together(approved, Approve)
    assert approved.filing().accepted.number == 2
    together(approved, TakeBack)
    assert approved.filing().accepted.number == 1
    assert approved.filing(approved.WEST).accepted is None
    assert verify().issues == []


def test_it_is_found_by_each_school_and_by_each_return(approved):
    for place in (approved.EAST, approved.WEST):
        assert last() in list(Asked(place=place).lines())
        assert last() in list(Asked(subject=approved.key(place).subject).lines())
        told, _ = told_of_place(approved.ground, place, 9)
        assert told[0].changed == "第 1 版；审核中→通过"
    assert last() not in list(Asked(place=approved.DIRECT).lines())
    counts = dict(Lines(approved.ground, Wanted()).counts("place"))
    assert counts == {approved.EAST: 3, approved.WEST: 3}


def test_it_is_told_in_words_with_the_schools(approved):
    said = sentence(last(), approved.ground)
    assert "《学校年度报表》（2025—2026学年）2 份" in said
    assert "东村小学、西村小学" in said
    assert "没有办 1 份：县一小" in said
    detail = detail_of(approved.ground, last().number)
    assert detail is not None
    assert detail.each == [
        ("东村小学", "第 1 版；审核中→通过"),
        ("西村小学", "第 1 版；审核中→通过"),
        ("县一小", "没有办（F-STEP）"),
    ]
    assert "2163990001" not in str(detail.kept)


def test_a_journal_of_a_line_a_return_is_read_as_before(both):
    """As whoever let many pass before has left it; and both kinds stand in one journal."""
    review = both.do(Review, both.office())
    take_all([(key, review) for key in keys(both)])
    assert last().subject == both.key(both.WEST).subject
    together(both, Approve)
    assert [line.deed for line in lines_of(both.key().subject)][1:] == [
        "returns.review",
        "returns.approve",
    ]
    assert verify().issues == []


def test_one_alone_is_told_as_ever(both):
    deed = both.do(Review, both.office())
    take_together([(both.key(), deed)])
    assert last().subject == both.key().subject


def test_nothing_taken_writes_nothing(both):
    before = JournalLine.objects.count()
    taken, issues = together(both, Approve)
    assert (taken, len(issues)) == ([], 3)
    assert JournalLine.objects.count() == before


def test_schools_of_one_name_are_told_apart(both):
    """Two 东村小学 in one county: each line that names one says which."""
    places = both.ground.register.places
    twin = replace(places[both.WEST], name="东村小学")
    register = Register.of({**places, both.WEST: twin}.values())
    ground = replace(both.ground, register=register)
    together(both, Review)
    said = sentence(last(), ground)
    assert f"东村小学（{both.EAST}）、东村小学（{both.WEST}）" in said
    shown = [(str(one.title), str(one.detail)) for one in entries_of(ground, Period.parse(PERIOD))]
    assert ("东村小学", f"东镇，{both.EAST}") in shown
    assert ("东村小学", f"西镇，{both.WEST}") in shown


def test_another_program_is_told_once_with_all_the_schools(approved):
    told = json.loads(body_of(last()))
    assert (told["deed"], told["form"], told["place"]) == ("returns.approve", approved.FORM, "")
    assert told["places"] == [approved.EAST, approved.WEST]
