"""The trail says who acted for whom, and calls what was done by rule by its rule (虚构)."""

from __future__ import annotations

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.review import Review
from xianxue.desk.journal.steps import steps_of


def test_who_acts_for_another_is_named_with_them(desk):
    desk.submit(40)
    acting = Actor("孙八（虚构）", "office_clerk", acting_for=desk.office().name)
    desk.do(Review, desk.office())(desk.key())
    desk.do(Approve, acting)(desk.key())
    own, stead = steps_of(desk.ground, desk.key())[-2:]
    assert (own.by, own.role) == ("赵六（虚构）", "股室业务员")
    assert (stead.by, stead.role) == ("孙八（虚构）", "代理赵六（虚构），股室业务员")


def test_what_the_bureau_took_in_by_rule_is_no_approval(desk):
    """Nobody wrote a reason: the rule's own stands there, and nobody is said to have agreed."""
    desk.collector()([desk.filed()])
    (step,) = steps_of(desk.ground, desk.key())
    assert step.term == "收取"
    assert "学校没有自己报送，由教育局代收" in step.told
    assert "审核" not in step.told
    assert "同意" not in step.told
