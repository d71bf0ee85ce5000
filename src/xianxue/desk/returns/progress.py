"""Who has filed, who has not, who was late and how often returned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.desk.actions.context import Ground
from xianxue.desk.stores.clock import day_of

if TYPE_CHECKING:
    from xianxue.desk.models import Filing


def expected(ground: Ground, form: Form, period: Period) -> list[Place]:
    """Give the places that have to file a form in a period."""
    if form.filed_by == "county":
        return [ground.register.county]
    on, codes = period.reference_day, ground.shelf.codes
    return [place for place in ground.register.schools(on) if is_due(form, place, on, codes)]


def window_of(form: Form, period: Period) -> Deadline:
    """Give the window of a form, the same for all places."""
    from xianxue.desk.models import Window  # noqa: PLC0415 - needs Django set up first

    window = Window.objects.filter(form=form.form, period=period.code).first()
    return Deadline(window.due, window.lock) if window else Deadline()


def progress_of(ground: Ground, form: Form, period: Period, on: date) -> list[Progress]:
    """Give the progress of every place that has to file, in the register's order."""
    from xianxue.desk.models import Extension, Filing  # noqa: PLC0415 - needs Django set up first

    asked = {"form": form.form, "period": period.code}
    rows = Filing.objects.filter(**asked).select_related("current", "accepted")
    filings = {filing.place: filing for filing in rows}
    granted = Extension.objects.filter(**asked).order_by("id")
    extended = dict(granted.values_list("place", "until"))
    window = window_of(form, period)
    return [
        _progress(
            ground,
            place,
            filings.get(place.code),
            Deadline(window.due, window.lock, extended.get(place.code)),
            on,
        )
        for place in expected(ground, form, period)
    ]


def _progress(
    ground: Ground, place: Place, filing: Filing | None, deadline: Deadline, on: date
) -> Progress:
    card = ground.card(place.code)
    state = filing.state if filing else card.start
    at = filing.first_submitted_at if filing else None
    first = day_of(at) if at else None
    waiting = state in card.marked("waiting")
    over = deadline.late_on(on) and deadline.due is not None
    # Days over count from the last day that held for this place, its extension's where it had one.
    last = max(deadline.due or on, deadline.until or deadline.due or on)
    return Progress(
        place=place.code,
        name=place.name,
        state=state,
        term=card.state_term(state),
        revision=filing.current.number if filing else 0,
        accepted=filing.accepted.number if filing and filing.accepted else 0,
        waiting=waiting,
        first_handed_in=first,
        # By the first submission: a return that was sent back and comes again was in time.
        late=deadline.late_on(first) if first else over,
        days_over=(on - last).days if waiting and over else 0,
        times_returned=filing.times_returned if filing else 0,
        extended_until=deadline.until,
    )
