"""Deeds beside the way of a return: who has the duty, and explaining what is unusual."""

from __future__ import annotations

import msgspec
import pytest

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.duty import Duty
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.models import Explanation

EAST_RETURN = "东村小学《学校年度报表》（2025—2026学年）"
GIRLS = Unusual("R-USUAL", "students.G1.girls", "50")


def duty(desk, actor, why="有理由", ground=None):
    return Duty(ground or desk.ground, actor, desk.tick(), why)


def test_whose_duty_it_is_and_who_says_why(desk):
    assert duty(desk, desk.office()).refuse(desk.key(), "grant_extension") is None
    issue = duty(desk, desk.clerk()).refuse(desk.key(), "grant_extension")
    assert (issue.code, issue.required) == ("F-ROLE", "由股室业务员、分管领导办理")
    issue = duty(desk, desk.office(), " ").refuse(desk.key(), "grant_extension")
    assert issue.code == "F-NEEDS"
    assert issue.saw == f"准予延期{EAST_RETURN}：没有写理由"


def test_a_duty_that_asks_for_no_reason_is_done_without(desk):
    assert duty(desk, desk.office(), "").refuse(desk.key(), "set_window") is None


def test_a_duty_the_way_does_not_have_is_nobodys(desk):
    card = msgspec.structs.replace(desk.ground.own_card, duties=[])
    shelf = replace(desk.ground.shelf, lifecycles={"own": card})
    ground = Ground(shelf, desk.ground.register, "own")
    issue = duty(desk, desk.office(), ground=ground).refuse(desk.key(), "explain")
    assert (issue.code, issue.place, issue.form) == ("F-ROLE", desk.EAST, "school_annual")
    assert issue.message == (
        "“学校直报”没有规定谁可以办（explain）；要求：卡片的 duties 里写明由谁办理。"
    )


def test_a_duty_is_asked_of_the_way_of_the_place(desk):
    """The county school goes another way; a card without the duty there refuses it there only."""
    ways = desk.ground.shelf.lifecycles
    bare = msgspec.structs.replace(ways["school_return"], duties=[])
    shelf = replace(desk.ground.shelf, lifecycles={**ways, "school_return": bare})
    ground = Ground(shelf, desk.ground.register, "school_return_with_central_school")
    asked = duty(desk, desk.office(), ground=ground)
    assert asked.refuse(desk.key(desk.EAST), "explain") is None
    assert asked.refuse(desk.key(desk.DIRECT), "explain").code == "F-ROLE"


def test_an_explanation_is_kept_and_told(desk, told):
    clerk = Actor(desk.CLERK, "school_clerk", desk.EAST, "微机室")
    kept = desk.do(Explain, clerk, "新建住宅区入住")(desk.key(), GIRLS)
    assert kept == Explanation.objects.get()
    (row,) = Explanation.objects.values()
    del row["id"]
    assert row == {
        "form": "school_annual",
        "rule": "R-USUAL",
        "place": desk.EAST,
        "field": "students.G1.girls",
        "value": "50",
        "text": "新建住宅区入住",
        "by": "张三（虚构）",
        "at": desk.at,
        "first_period": "2025-2026",
    }
    assert told() == {
        "at": desk.at,
        "actor": "张三（虚构）",
        "deed": "returns.explain",
        "subject": "school_annual/2025-2026/2163990001",
        "detail": {
            "rule": "R-USUAL",
            "field": "students.G1.girls",
            "value": "50",
            "role": "school_clerk",
            "of": desk.EAST,
            "where": "微机室",
        },
        "why": "新建住宅区入住",
    }


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({}, "2025-2026"),
        ({"rule": "R-ZERO"}, "2027-2028"),
        ({"field": "students.G2.girls"}, "2027-2028"),
        ({"value": "51"}, "2027-2028"),
        ({"place": "2163990002"}, "2027-2028"),
    ],
)
def test_when_the_same_value_was_first_explained(desk, changed, first):
    """Explained for 2025-2026 and 2026-2027: only the same of the same remembers it."""
    for period in ("2025-2026", "2026-2027"):
        desk.do(Explain, desk.clerk(), "同上")(Key(desk.FORM, period, desk.EAST), GIRLS)
    key = Key(changed.pop("form", desk.FORM), "2027-2028", changed.pop("place", desk.EAST))
    kept = desk.do(Explain, desk.office(), "同上")(key, replace(GIRLS, **changed))
    assert kept.first_period == first


def test_an_explanation_says_something(desk, refused):
    issue = refused(desk.do(Explain, desk.clerk(), " "), desk.key(), GIRLS)
    assert issue.message == (
        f"填写情况说明{EAST_RETURN}：没有写理由；要求：写明理由。写上理由再办（--why '理由'）。"
    )


def test_who_does_not_explain(desk, refused):
    issue = refused(desk.do(Explain, desk.central(), "x"), desk.key(), GIRLS)
    assert issue.message == (
        f"中心校审核员王五（虚构）不能办理{EAST_RETURN}的填写情况说明；"
        "要求：由学校填报员、校长、股室业务员办理。"
    )
    issue = refused(desk.do(Explain, desk.clerk(desk.WEST), "x"), desk.key(), GIRLS)
    assert issue.message == (
        f"学校填报员张三（虚构）的单位是西村小学，{EAST_RETURN}不在其办理范围；"
        "要求：学校填报员只办理本单位的事项。"
    )
