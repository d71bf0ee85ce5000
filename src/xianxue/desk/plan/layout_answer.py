"""What a layout does to schools, period by period, by their names."""

from __future__ import annotations

from xianxue.bureau.plan.layout.layout import Laid
from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.values.record import Record


class Turn(Record, kw_only=True):
    """What happens in one period."""

    period: int
    """1 for the first."""
    opened: tuple[str, ...]
    built: tuple[str, ...]
    extended: tuple[str, ...]
    closed: tuple[str, ...]


def turns(question: Question, laid: Laid) -> list[Turn]:
    """Give each period's turn."""
    before = {at for at, one in enumerate(question.sites) if one.state != "candidate"}
    grown: set[int] = set()
    found: list[Turn] = []

    def names(sites: set[int]) -> tuple[str, ...]:
        return tuple(question.sites[at].site for at in sorted(sites))

    for period, (opened, extended) in enumerate(zip(laid.opened, laid.extended, strict=True), 1):
        here, larger = set(opened), set(extended)
        found.append(
            Turn(
                period=period,
                opened=names(here),
                built=names(here - before),
                extended=names(larger - grown),
                closed=names(before - here),
            )
        )
        before, grown = here, grown | larger
    return found
