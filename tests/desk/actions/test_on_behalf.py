"""代报: a central school hands in for a school below it, where the county has turned that on (虚构)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from xianxue.bureau.kinds.policy import Revoked, Tightening, switched, tightened
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Ground, Signatures
from xianxue.desk.actions.earlier import Earlier
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.submit import Submit
from xianxue.desk.journal.steps import steps_of
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import JournalLine
from xianxue.desk.returns.history import trail_of

ON = "central_school_reports"
LONG = "school_return_with_central_school"


@dataclass
class Reporting:
    """The county with 代报 turned on or off, and its people."""

    desk: object
    ground: Ground

    def hand_in(self, actor: Actor, place: str, pupils: int = 40, why: str = "", head: str = ""):
        desk = self.desk
        signed = Signatures(actor.name, head or desk.HEAD)
        deed = Submit(self.ground, actor, desk.tick(), why, cabinet=desk.cabinet, signed=signed)
        return deed([desk.filed(place, pupils)])


@pytest.fixture
def county(desk):
    def make(*switches: str, lifecycle: str = "") -> Reporting:
        return Reporting(desk, replace(desk.ground, lifecycle=lifecycle, switches=switches))

    return make


def codes(handed):
    return [issue.code for issue in handed.refused]


def test_until_a_county_turns_it_on_nobody_reports_for_another(desk, county):
    handed = county().hand_in(desk.central(), desk.EAST)
    assert (handed.done, codes(handed)) == ([], ["F-ROLE"])
    assert "学校填报员、校长、股室业务员" in handed.refused[0].required


def test_it_is_handed_in_and_says_by_whom(desk, county):
    on = county(ON)
    handed = on.hand_in(desk.central(), desk.EAST)
    assert [(one.number, one.state) for one in handed.done] == [(1, "submitted")]
    (version,) = trail_of(on.ground, desk.key()).revisions
    assert (version.by, version.behalf) == ("王五（虚构）", "东镇中心校")
    assert (version.clerk, version.head) == ("王五（虚构）", desk.HEAD)
    (step,) = steps_of(on.ground, desk.key())
    assert step.term == "代报"
    assert step.changed == "第 1 版；由东镇中心校代报；草稿→已报送"
    assert verify().issues == []


def test_what_a_school_hands_in_itself_says_nothing_of_it(desk, county):
    on = county(ON)
    on.hand_in(desk.clerk(), desk.EAST)
    (version,) = trail_of(on.ground, desk.key()).revisions
    assert version.behalf == ""
    assert steps_of(on.ground, desk.key())[0].term == "报送"


def test_the_way_through_the_central_school_goes_on_to_the_bureau(desk, county):
    """It has looked over what it hands in: nobody has to pass it on a second time."""
    on = county(ON, lifecycle=LONG)
    handed = on.hand_in(desk.central(), desk.EAST)
    assert handed.done[0].state == "in_review"


@pytest.mark.parametrize("place", ["2163990002", "2163990003"])
def test_only_for_schools_of_its_own_township(desk, county, place):
    handed = county(ON).hand_in(desk.central(), place)
    assert (handed.done, codes(handed)) == ([], ["F-SCOPE"])


def test_the_head_of_the_school_signs(desk, county):
    on = county(ON)
    signed = Signatures("王五（虚构）", "")
    deed = Submit(on.ground, desk.central(), desk.tick(), cabinet=desk.cabinet, signed=signed)
    assert codes(deed([desk.filed()])) == ["F-NEEDS"]


def test_whoever_handed_it_in_does_not_review_or_approve_it(desk, county):
    on = county(ON)
    on.hand_in(desk.central(), desk.EAST)
    same = Actor("王五（虚构）", "leader")
    with pytest.raises(Exception, match="不能再由同一人受理审核"):
        Review(on.ground, same, desk.tick())(desk.key())
    Review(on.ground, desk.office(), desk.tick())(desk.key())
    with pytest.raises(Exception, match="不能再由同一人审核通过"):
        Approve(on.ground, same, desk.tick())(desk.key())
    Approve(on.ground, desk.office(), desk.tick())(desk.key())
    assert desk.filing().accepted.number == 1


def test_the_head_who_signed_does_not_approve_it_either(desk, county):
    on = county(ON)
    on.hand_in(desk.central(), desk.EAST)
    with pytest.raises(Exception, match="不能再由同一人受理审核"):
        Review(on.ground, Actor(desk.HEAD, "leader"), desk.tick())(desk.key())


def test_a_correction_needs_a_reason_and_is_told_as_one(desk, county):
    on = county(ON)
    on.hand_in(desk.central(), desk.EAST)
    Review(on.ground, desk.office(), desk.tick())(desk.key())
    Approve(on.ground, desk.office(), desk.tick())(desk.key())
    assert codes(on.hand_in(desk.central(), desk.EAST, 41)) == ["F-NEEDS"]
    assert codes(on.hand_in(desk.central(), desk.EAST, 41, "点错了行")) == []
    assert steps_of(on.ground, desk.key())[-1].term == "代报更正"
    deeds = [done.deed for done in Earlier(on.ground, [desk.key()]).done(desk.key(), 2)]
    assert deeds == ["returns.correct"]


def test_several_schools_are_handed_in_at_once(desk, county):
    on = county(ON)
    signed = Signatures("王五（虚构）", desk.HEAD)
    deed = Submit(on.ground, desk.central(), desk.tick(), cabinet=desk.cabinet, signed=signed)
    handed = deed([desk.filed(place) for place in (desk.EAST, desk.CENTRAL, desk.WEST)])
    assert [one.filed.place for one in handed.done] == [desk.EAST, desk.CENTRAL]
    assert codes(handed) == ["F-SCOPE"]
    behalf = {
        line.place: line.detail.get("step", "")
        for line in JournalLine.objects.filter(deed="returns.submit")
    }
    # Its own return is its own.
    assert behalf == {desk.EAST: "submit_for", desk.CENTRAL: ""}


def test_what_it_may_do_for_others_is_nobodys_turn(desk, county):
    """The next step of a draft is the school's own, however long the way."""
    for lifecycle in ("", LONG):
        card = county(ON, lifecycle=lifecycle).ground.card(desk.EAST)
        step = card.toward("draft", ["submitted"])
        assert step is not None
        assert step.step == "submit"


def test_a_county_that_has_taken_it_back_gets_it_by_no_switch(desk):
    policy = desk.ground.policy
    card = Tightening(
        tightening="own",
        term="收紧",
        policy=policy.policy,
        revoke=[Revoked(role="central_school", deeds=["returns.submit"])],
        source=policy.source,
    )
    left = switched(tightened(policy, card), [ON])
    assert left.scopes("central_school", "returns.submit") == []
    assert left.scopes("central_school", "returns.correct") == ["district"]
