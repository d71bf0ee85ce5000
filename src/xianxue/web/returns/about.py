"""What the pages of this room are about: one return, by its address."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.asked_of import unasked
from xianxue.desk.actions.context import Key
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import of_place
from xianxue.web.kit.visit import Visit

SEE: Final = "returns.view"
FILL: Final = "returns.submit"
EXPLAIN: Final = "returns.explain"
WITHDRAW: Final = "returns.withdraw"
UNMASK: Final = "returns.unmask"

SEEN: Final = of_place(SEE)
FILLED: Final = of_place(FILL)


def key_of(visit: Visit, form: str, period: str, place: str) -> Key:
    """Give the return that an address means; MissingError where nobody asks for it."""
    ground = visit.standing.ground()
    key = Key(form, period, place)
    try:
        when = Period.parse(period)
    except ValueError:
        raise MissingError(say("没有“{period}”这个时期。", period=period)) from None
    known = ground.shelf.forms.get(form)
    if known is None or known.period != when.kind:
        raise MissingError(say("没有这样一份报表。"))
    issue = unasked(ground, key)
    if issue is not None:
        raise MissingError(say("{why}。", why=issue.saw))
    return key


def masked(visit: Visit, place: str) -> bool:
    """Whether what is personal is covered: a school sees what it has written itself."""
    return visit.actor.place != place or not visit.may(UNMASK, place)
