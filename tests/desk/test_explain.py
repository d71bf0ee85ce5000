"""An explanation is given once and holds while the value is the same."""

from __future__ import annotations

import pytest

from xianxue.desk.actions.context import Key
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.models import Explanation, JournalLine
from xianxue.desk.returns.explanations import explained
from xianxue.desk.workspace import ComplaintsError

GIRLS = Unusual("R-USUAL", "students.G1.girls", "50")


def explain(desk, unusual=GIRLS, text="新建住宅区入住", place=None, period=None):
    place = place or desk.EAST
    key = Key(desk.FORM, period or desk.PERIOD, place)
    return desk.do(Explain, desk.clerk(place), text)(key, unusual)


def test_the_newest_explanation_counts_and_remembers_when_the_value_was_first_explained(desk):
    explain(desk)
    again = explain(desk, text="新建住宅区两期入住", period="2026-2027")
    assert again.first_period == "2025-2026"
    (one,) = explained()
    assert (one.text, one.value) == ("新建住宅区两期入住", "50")
    assert Explanation.objects.count() == 2


def test_another_value_is_another_question(desk):
    explain(desk)
    other = Unusual(GIRLS.rule, GIRLS.field, "80")
    again = explain(desk, other, "又有学生转入", period="2026-2027")
    (one,) = explained()
    assert (one.value, again.first_period) == ("80", "2026-2027")


def test_all_explanations_to_one_rule_stand_side_by_side(desk):
    explain(desk, place=desk.WEST)
    explain(desk, place=desk.EAST)
    explain(desk, Unusual("R-ZERO", "staff.primary.backbone", "0"))
    assert [each.place for each in explained(rule="R-USUAL")] == [desk.EAST, desk.WEST]
    assert [each.rule for each in explained(place=desk.EAST)] == ["R-USUAL", "R-ZERO"]


def test_explaining_is_a_deed(desk):
    explain(desk)
    line = JournalLine.objects.get()
    assert (line.deed, line.why) == ("returns.explain", "新建住宅区入住")
    assert (line.detail["rule"], line.detail["value"]) == ("R-USUAL", "50")


@pytest.mark.parametrize(("who", "text", "code"), [("clerk", " ", "F-NEEDS"), ("office", "x", "")])
def test_somebody_has_to_say_something(desk, who, text, code):
    deed = desk.do(Explain, getattr(desk, who)(), text)
    if not code:
        assert deed(desk.key(), GIRLS).text == text
        return
    with pytest.raises(ComplaintsError) as refused:
        deed(desk.key(), GIRLS)
    assert [issue.code for issue in refused.value.issues] == [code]
    assert not JournalLine.objects.exists()


def test_another_school_does_not_explain(desk):
    with pytest.raises(ComplaintsError) as refused:
        desk.do(Explain, desk.clerk(desk.WEST), "x")(desk.key(desk.EAST), GIRLS)
    assert [issue.code for issue in refused.value.issues] == ["F-SCOPE"]
