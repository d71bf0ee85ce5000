"""What deeds beside the way of a return have in common."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.bureau.workflow.transition import refuse_lack
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.actions.step import Doing


class Duty(Doing):
    """Somebody doing what moves no return from its state."""

    def refuse(self, key: Key, name: str) -> Issue | None:
        """Complain where the actor may not do it, or gave no reason where one is asked."""
        card, subject = self.ground.card(key.place), self.ground.subject(key)
        duty = card.duty(name)
        if duty is None:
            saw = say("“{term}”没有规定谁可以办（{name}）", term=card.term, name=name)
            return complain("F-ROLE", key, saw, say("卡片的 duties 里写明由谁办理"))
        allowed = self.ground.authority.may(self.actor, card.deed(name), subject, turn=duty)
        if isinstance(allowed, Issue):
            return allowed
        attempt = Attempt(name, self.actor, self.carried(frozenset()))
        return refuse_lack(subject, duty.needs, attempt, duty.term)
