"""The returns of one place over all periods, and where each stands."""

from __future__ import annotations

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.stores.clock import minute_of


class Filed(Record, kw_only=True):
    """One return that was handed in at least once."""

    key: Key
    form: Sentence
    period: Sentence | str
    state: str
    term: str
    revision: int
    accepted: int
    """The revision that is counted; 0 where none is."""
    file: str
    at: str
    by: str


def returns_of(ground: Ground, place: str) -> list[Filed]:
    """Give the returns of a place, the newest period first."""
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    card = ground.card(place)
    rows = Filing.objects.filter(place=place).select_related("current", "accepted")
    return [
        Filed(
            key=Key(one.form, one.period, place),
            form=ground.shelf.forms[one.form].term,
            period=Period.parse(one.period).term,
            state=one.state,
            term=card.state_term(one.state),
            revision=one.current.number,
            accepted=one.accepted.number if one.accepted else 0,
            file=one.current.file,
            at=minute_of(one.changed_at) if one.changed_at else "",
            by=one.changed_by,
        )
        for one in rows.order_by("-period", "form")
        if one.form in ground.shelf.forms
    ]
