"""How far a place has come with a return that it owes."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.values.record import Record


class Progress(Record, kw_only=True):
    """The return of one place on one day: where it stands, whether it is late."""

    place: str
    name: str
    state: str
    """As in the lifecycle card; ``draft`` where nothing was ever handed in."""
    term: str
    """What the county calls the state."""
    revision: int
    """What was handed in last; 0 where nothing was."""
    accepted: int
    """The revision that figures are counted from; 0 where none is."""
    waiting: bool
    """Whether it is the place's turn: not handed in, sent back or withdrawn."""
    first_handed_in: date | None
    late: bool
    """Handed in first after the due day, or not yet and the day is over."""
    days_over: int
    """Days since the due day for one that is waiting; 0 before it."""
    times_returned: int
    extended_until: date | None = None
