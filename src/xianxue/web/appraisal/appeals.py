"""Appeals against a published result, on the page of who was judged."""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.taking_part.own_part import Appealed
from xianxue.web.appraisal.about import Seen, registered
from xianxue.web.appraisal.mine import APPEAL, HEARING, REPORT, Mine

_WHOLE: Final = ""


class Heard(Record, kw_only=True):
    """An appeal as it is shown."""

    said: Appealed
    item: Sentence | str


class Typed(Record, kw_only=True):
    """What came with an appeal."""

    item: str = ""
    text: str = ""
    wrong: Sentence | str = ""


class Hearing(Record, kw_only=True):
    """What a page says of appeals: those there are, and the form where one can be made."""

    heard: tuple[Heard, ...]
    may: bool
    """Whether the visitor can appeal now."""
    others: bool
    """Whether it is time, and somebody else of their place can."""
    by: date | None
    left: Sentence | str
    lamp: str
    items: tuple[tuple[str, Sentence | str], ...]
    typed: Typed


def hearing(seen: Seen, place: str, typed: Typed) -> Hearing | None:
    """Give what is said of appeals; None where nobody who looks has anything to do with them."""
    visit, code = seen.visit, registered(seen.visit, place)
    own = visit.may(REPORT, code) or visit.may(APPEAL, code)
    if not seen.stage.release or not (own or seen.whole):
        return None
    mine = Mine(visit, seen.asked, place)
    terms = {one.item.item: f"{one.number} {one.item.term}" for one in nodes_of(seen.asked.rubric)}
    options = ((_WHOLE, say("整个结果")), *terms.items())
    may = mine.hears and visit.may(APPEAL, code)
    return Hearing(
        heard=tuple(
            Heard(said=one, item=terms.get(one.item, one.item) or say("整个结果"))
            for one in mine.part.appeals
        ),
        may=may,
        others=mine.hears and own and not may,
        by=seen.stage.appeal_by if seen.stage.state in HEARING else None,
        left=mine.left,
        lamp=mine.lamp,
        items=options,
        typed=typed,
    )


def may_appeal(seen: Seen, place: str) -> bool:
    """Whether the visitor can appeal for somebody now."""
    visit = seen.visit
    may = visit.may(APPEAL, registered(visit, place))
    return may and Mine(visit, seen.asked, place).hears
