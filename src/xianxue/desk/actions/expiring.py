"""Whether somebody may destroy what is over (到期销毁): one question for all that expires."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.models.personal import EXPIRY


def asked_to_expire(ground: Ground, actor: Actor) -> None:
    """Raise ComplaintsError where the policy does not let the actor."""
    county = ground.register.county
    subject = Subject("journal", "", county.code, title=say("{name}日志", name=county.name))
    granted(ground.authority.may(actor, EXPIRY, subject))
