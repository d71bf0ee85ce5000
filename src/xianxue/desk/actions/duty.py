"""What deeds beside the way of a return have in common."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import DutyName, Need
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.actions.permission import refuse_actor, refuse_lack
from xianxue.desk.actions.step import Doing


class Duty(Doing):
    """Somebody doing what moves no return from its state."""

    def refuse(self, key: Key, name: DutyName) -> Issue | None:
        """Complain where the actor may not do it, or gave no reason where one is asked."""
        card = self.ground.card(key.place)
        duty = card.duty(name)
        if duty is None:
            saw = f"“{card.term}”没有规定谁可以办（{name}）"
            return complain("F-ROLE", key, saw, "卡片的 duties 里写明由谁办理")
        given: set[Need] = {"reason"} if self.why.strip() else set()
        return refuse_actor(self.ground, self.actor, duty.roles, key, duty.term) or refuse_lack(
            self.ground, key, duty.needs, given, duty.term
        )
