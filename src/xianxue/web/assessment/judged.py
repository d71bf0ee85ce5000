"""Which verdicts a page speaks of: the standard, the figures, and the day whose rules hold."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError
from xianxue.web.kit.counts import Counts, counts_of
from xianxue.web.kit.visit import Asked


class Judged(Record, kw_only=True):
    """A standard as it is judged for one page."""

    card: Standard
    counts: Counts
    on: date
    assessment: Assessment
    seen: frozenset[str]
    """The places whose verdicts the visitor may see."""

    @property
    def own_day(self) -> bool:
        """Whether the rules are those of the reference day."""
        return self.on == self.counts.period.reference_day

    @property
    def whole(self) -> bool:
        """Whether the visitor sees the county as a whole."""
        return self.counts.counted.register.county.code in self.seen


def judged_of(request: Asked, standard: str) -> Judged:
    """Judge the standard of an address; MisusedError where there is none, or no such day."""
    counts = counts_of(request)
    card = counts.counted.shelf.standards.get(standard)
    if card is None:
        raise MisusedError(say("没有标准“{said}”", said=standard))
    day = counts.period.reference_day
    said = request.GET.get("on", "")
    try:
        on = date.fromisoformat(said) if said else day
    except ValueError as error:
        raise MisusedError(say("“{said}”不是日期，请写成 2025-09-01", said=said)) from error
    counted = counts.counted
    found = (
        counted.assessment(standard)
        if on == day
        else counted.once(("assessed", standard, on), lambda: counted.river.assess(standard, on))
    )
    seen = request.visit.places("assessment.view")
    return Judged(card=card, counts=counts, on=on, assessment=found, seen=seen)
