"""待办: whose turn it is, until when, and what the lamp says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from national import national

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.deadline_rules import DeadlineRules, DueLamp
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Signatures
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.submit import Submit
from xianxue.desk.standing.todo import todo
from xianxue.desk.stores import clock

CELL = "staff/primary/physical_education"
RULES = national().shelf.deadline_rules["county_deadlines"]


@pytest.fixture
def today(monkeypatch):
    """The day it is; the deeds of the tests are done today."""
    return clock.day_of(clock.now())


def kinds(tasks):
    return [(one.kind, one.count) for one in tasks]


def office_tasks(county, kind):
    return [one for one in todo(county.standing, county.OFFICE).mine if one.kind == kind]


@pytest.mark.parametrize(
    ("left", "lamp"),
    [
        (11, DueLamp.FAR), (10, DueLamp.NEAR), (6, DueLamp.NEAR), (5, DueLamp.BEHIND),
        (3, DueLamp.BEHIND), (2, DueLamp.LAST), (0, DueLamp.LAST), (-1, DueLamp.OVER),
    ],
)  # fmt: skip
def test_the_lamp_at_each_border(left, lamp):
    """By the national card: 10, 5 and 2 days, the day of the deadline itself included."""
    today = date(2025, 9, 20)
    assert RULES.lamp(today + timedelta(days=left), today) is lamp


def test_without_a_deadline_no_lamp_is_lit():
    assert RULES.lamp(None, date(2025, 9, 20)) is DueLamp.NONE


def test_a_county_sets_its_own_days():
    own = DeadlineRules(
        deadline_rules="own", term="本县（虚构）", near=3, behind=2, last=1,
        source=Cited(document="x", seen="own"),
    )  # fmt: skip
    today = date(2025, 9, 20)
    assert own.lamp(today + timedelta(days=4), today) is DueLamp.FAR
    assert own.lamp(today + timedelta(days=1), today) is DueLamp.LAST


def test_where_all_is_approved_the_clerk_has_nothing_and_the_office_publishes(county):
    assert todo(county.standing, county.clerk(county.CENTRAL)).mine == ()
    (release,) = office_tasks(county, "release")
    assert release.detail == "5 份报表都已通过，还没有发布过"
    assert release.ids == {"period": "2025-2026"}


def test_a_return_that_was_sent_back_is_the_schools_alone(county):
    county.send_back()
    (task,) = todo(county.standing, county.clerk(county.CENTRAL)).mine
    assert (task.kind, task.places) == ("mend", (county.CENTRAL,))
    assert task.said == "改正东河镇中心小学《学校年度报表》（2025—2026学年）"
    assert task.detail == "已退回 1 次，请按批注改正后重新报送"
    assert task.ids["place"] == county.CENTRAL
    assert todo(county.standing, county.clerk(county.NINE)).mine == ()
    assert todo(county.standing, county.clerk(county.NINE)).waits == ()


def test_the_office_waits_for_who_has_to_mend(county):
    county.send_back()
    county.send_back(county.NINE)
    (wait,) = todo(county.standing, county.OFFICE).waits
    assert wait.said == "等 2 个单位报送《学校年度报表》（2025—2026学年）"
    assert set(wait.places) == {county.CENTRAL, county.NINE}


def test_what_was_handed_in_is_the_offices_to_take_up_and_the_clerk_waits(county, today):
    """The card gives three days for taking up; both returns came today."""
    county.submit(county.changed({CELL: 3}))
    (task,) = office_tasks(county, "review")
    assert task.said == "受理审核东河镇中心小学《学校年度报表》（2025—2026学年）"
    assert (task.due, task.lamp) == (today + timedelta(days=3), DueLamp.BEHIND)
    assert task.left == "还剩 3 天"
    clerk = todo(county.standing, county.clerk(county.CENTRAL))
    assert clerk.mine == ()
    assert [one.said for one in clerk.waits] == [
        "等股室业务员、分管领导受理审核《学校年度报表》（2025—2026学年） 1 份"
    ]
    county.submit(county.changed({"staff/lower_secondary/music": 2}, county.NINE))
    (task,) = office_tasks(county, "review")
    assert (task.count, task.said) == (2, "受理审核《学校年度报表》（2025—2026学年） 2 份")


def test_step_follows_step(county):
    county.submit(county.changed({CELL: 3}))
    county.review()
    assert kinds(office_tasks(county, "review")) == []
    assert kinds(office_tasks(county, "approve")) == [("approve", 1)]
    county.approve()
    assert kinds(office_tasks(county, "approve")) == []


def test_who_signed_does_not_review_and_is_told_so(county):
    """四眼: the office clerk handed the county's own return in, and waits for a colleague."""
    filed = county.changed({}, "639800", county.COUNTY_FORM)
    county.send_back("639800", county.COUNTY_FORM)
    tasks = {one.kind: one for one in todo(county.standing, county.OFFICE).mine}
    assert tasks["mend"].places == ("639800",)
    signed = Signatures(county.OFFICE.name, "校长（虚构）")
    deed = county.do(Submit, county.OFFICE, "改正", cabinet=county.cabinet, signed=signed)
    assert deed([filed]).refused == []
    mine = todo(county.standing, county.OFFICE)
    assert "review" not in {one.kind for one in mine.mine}
    (wait,) = mine.waits
    assert wait.detail == "您经手过，须由另一人办理"
    other = todo(county.standing, Actor("孙八（虚构）", "office_clerk"))
    assert ("review", 1) in kinds(other.mine)


def test_a_window_lights_the_lamps_of_those_who_have_not_handed_in(county, today):
    county.send_back()
    county.set_window(today + timedelta(days=1), today + timedelta(days=9))
    (task,) = todo(county.standing, county.clerk(county.CENTRAL)).mine
    assert (task.left, task.lamp) == ("还剩 1 天", DueLamp.LAST)
    assert office_tasks(county, "remind") == []
    assert office_tasks(county, "window") == []


def test_without_a_window_the_office_is_asked_to_set_one(county):
    county.send_back()
    (task,) = office_tasks(county, "window")
    assert task.ids == {"form": "school_annual", "period": "2025-2026"}
    assert todo(county.standing, county.clerk(county.CENTRAL)).mine[0].lamp is DueLamp.NONE


def test_the_office_publishes_again_after_a_correction(county):
    county.publish()
    assert office_tasks(county, "release") == []
    county.collect(county.changed({CELL: 3}))
    (task,) = office_tasks(county, "release")
    assert task.detail == "第 1 号发布以后，1 份报表有变化"


def test_a_passage_that_is_written_is_asked_for_no_more(county):
    before = office_tasks(county, "write")
    (first,) = [one for one in before if one.ids["outline"] == "balance_self_assessment"]
    card = county.standing.workspace().shelf.outlines["balance_self_assessment"]
    (free,) = [block.free for block in card.blocks if block.free is not None]
    folder = county.root / "texts" / "balance_self_assessment" / "2025-2026"
    folder.mkdir(parents=True)
    (folder / f"{free.slot}.txt").write_text("今年完成了校舍改造。", encoding="utf-8")
    after = [one.ids["outline"] for one in office_tasks(county, "write")]
    assert first.count == 1
    assert "balance_self_assessment" not in after


@pytest.mark.parametrize("role", ["auditor", "administrator", "nobody"])
def test_who_does_nothing_has_nothing_to_do(county, role):
    county.send_back()
    found = todo(county.standing, Actor("吴九（虚构）", role))
    assert (found.mine, found.waits) == ((), ())


def test_the_most_urgent_comes_first(county, today):
    county.send_back()
    county.send_back("639800", county.COUNTY_FORM)
    county.set_window(today + timedelta(days=20), today + timedelta(days=30), county.COUNTY_FORM)
    county.submit(county.changed({"staff/lower_secondary/music": 2}, county.NINE))
    mine = todo(county.standing, county.OFFICE).mine
    dated = [one.due for one in mine if one.due is not None]
    assert dated == sorted(dated)
    assert [one.due is None for one in mine] == sorted(one.due is None for one in mine)
    assert mine[0].kind == "review"


def test_the_central_school_reviews_and_passes_on_for_its_township(county):
    """东河镇's people see the two schools of 东河镇 and never 西山乡's."""
    settings = county.root / "xianxue.toml"
    way = 'lifecycle = "school_return_with_central_school"\n'
    settings.write_text(way + settings.read_text(encoding="utf-8"), encoding="utf-8")
    central = Actor("郑十（虚构）", "central_school", "639800100")
    county.submit(county.changed({CELL: 3}))
    county.submit(county.changed({"staff/lower_secondary/music": 2}, county.NINE))
    (task,) = todo(county.standing, central).mine
    assert (task.kind, task.places) == ("review", (county.CENTRAL,))
    assert todo(county.standing, central).waits == ()
    waits = todo(county.standing, county.OFFICE).waits
    assert [(one.kind, one.count) for one in waits] == [("review", 2)]
    county.do(Review, central)(county.key())
    (task,) = todo(county.standing, central).mine
    assert task.kind == "pass_on"


def test_a_central_school_that_returns_do_not_pass_asks_after_its_township(county):
    """Here returns go straight to the bureau: 东河镇's people have nothing to do but to see."""
    central = Actor("郑十（虚构）", "central_school", "639800100")
    county.send_back(county.CENTRAL)
    county.send_back("639800", county.COUNTY_FORM)
    found = todo(county.standing, central)
    assert found.mine == ()
    (wait,) = found.waits
    assert (wait.kind, wait.places) == ("submit", (county.CENTRAL,))
