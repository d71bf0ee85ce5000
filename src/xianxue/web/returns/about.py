"""What the pages of this room are about: one return, by its address."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.asked_of import unasked
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.personal.unmask import Uncovered, uncovered
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import MOVED_ON, of_place
from xianxue.web.kit.visit import Visit

SEE: Final = "returns.view"
FILL: Final = "returns.submit"
EXPLAIN: Final = "returns.explain"
COLLECT: Final = "returns.collect"
WITHDRAW: Final = "returns.withdraw"
TAKE_BACK: Final = "returns.take_back"
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


def open_to(visit: Visit, key: Key) -> Uncovered | None:
    """Give what the visitor has uncovered of a return and still may see."""
    return uncovered(visit.actor.name, key, visit.at) if visit.may(UNMASK, key.place) else None


def own(visit: Visit, key: Key) -> bool:
    """Whether it is the visitor's own school's: they see what they have written themselves."""
    return visit.actor.place == key.place and visit.may(UNMASK, key.place)


def masked(visit: Visit, key: Key) -> bool:
    """Whether what is personal is covered, as it is for whoever has not said what for."""
    return not own(visit, key) and open_to(visit, key) is None


def first_say_why(visit: Visit, key: Key, *, file: bool = False) -> HttpResponse | None:
    """Give the way to the page that asks what for; None where nothing has to be asked any more.

    ``file``: what is wanted is the file itself, which takes a word of its own.
    """
    if own(visit, key):
        return None
    found = open_to(visit, key)
    if found is not None and (found.file or not file):
        return None
    to = address(
        "returns:unmask", key.form, key.period, key.place, **({"file": "1"} if file else {})
    )
    return HttpResponseRedirect(to, status=MOVED_ON)
