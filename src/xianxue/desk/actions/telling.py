"""What a journal line says of whoever did a deed, and the reason without which some are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.permission import Allowed
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import known_of
from xianxue.desk.models.journal import Deed, JournalLine, write_down
from xianxue.desk.workspace import ComplaintsError

_LONGEST: Final = 500
"""Characters of a reason: it is read in a journal, a line each."""


class By(Protocol):
    """Who does a deed, and when."""

    @property
    def actor(self) -> Actor:
        """Whoever does it."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...


def tell_of(
    by: By, name: str, subject: str, detail: Mapping[str, object], why: str = ""
) -> JournalLine:
    """Write the journal's line of a deed, with what is known of whoever did it.

    Within the transaction of the deed.
    """
    return write_down(
        Deed(
            at=by.at,
            actor=by.actor.name,
            name=name,
            subject=subject,
            detail={**detail, **known_of(by.actor)},
            why=why,
        )
    )


def set_aside(allowed: Allowed, also: Sequence[str] = (), reason: str = "") -> dict[str, object]:
    """Give what the journal says of rules that were set aside (例外办理); nothing of none.

    ``also``: rules that are no policy's, such as days that a card asks for.
    """
    rules = [*(rule.rule for rule in allowed.overridden), *also]
    if not rules:
        return {}
    return {"override": {"rules": rules, "reason": allowed.reason or reason}}


def require_reason(subject: Subject, why: str) -> None:
    """Refuse to show personal data for no reason, or for one that no journal line holds."""
    if not why.strip():
        saw, required = say("没有写查看的理由"), say("写明为哪件事要看")
        raise ComplaintsError([complain("F-REASON", subject, saw, required)])
    if len(why) > _LONGEST:
        saw = say("理由写了 {n} 个字", n=len(why))
        required = say("不超过 {n} 个字", n=_LONGEST)
        raise ComplaintsError([complain("F-REASON", subject, saw, required)])
