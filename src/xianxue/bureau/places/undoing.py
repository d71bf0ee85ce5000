"""Whether an event can be taken back: what happened afterwards to the places it concerns.

An event that others stand on is not taken out from under them. What was reported and published
since then is asked of the desk; here it is only said which places and which later events count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xianxue.bureau.places.events import Event, in_order
from xianxue.bureau.places.register import Register


def later_events(event: Event, events: Iterable[Event]) -> list[Event]:
    """Give the events that follow one and speak of a place it speaks of, in their order."""
    ordered, _ = in_order(events)
    if event not in ordered:
        return []
    touched = {*event.codes, *event.into}
    after = ordered[ordered.index(event) + 1 :]
    return [other for other in after if touched & {*other.codes, *other.into, other.parent}]


def concerned(event: Event, after: Register) -> set[str]:
    """Give the places whose numbers count otherwise because of an event.

    Those it names, and whatever lies in a township that it names, then or now.
    """
    named = {*event.codes, *event.into}
    return named | {
        place.code
        for place in after
        if any(_lies_in(after, place.code, code, event.day) for code in named)
    }


def _lies_in(register: Register, code: str, area: str, on: date) -> bool:
    return area in register and register.lies_in(register[code], area, on)
