"""What whose turn it is rests on: of all returns those that somebody may see, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores.clock import day_of

_Way = tuple[tuple[Progress, ...], dict[str, date]]


def under_way(
    standing: Standing, form: str, period: Period, places: frozenset[str], today: date
) -> _Way:
    """Give how far the returns of some places have come, and when each took its last step.

    Whoever asks in the course of an answer rests on these places alone: what another school hands
    in leaves it as it is.
    """

    def way(name: str) -> _Way:
        own = tuple(one for one in standing.status(name, period) if one.place in places)
        days = _last_steps(standing, name, period)
        return own, {one.place: days[one.place] for one in own if one.place in days}

    def make() -> dict[str, _Way]:
        # One answer of all forms: somebody's others are not driven out by them.
        return {name: way(name) for name in standing.workspace().shelf.forms}

    return standing.part(("under way", period.code, places, today), make)[form]


def _last_steps(standing: Standing, form: str, period: Period) -> Mapping[str, date]:
    def make() -> dict[str, date]:
        from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

        rows = Filing.objects.filter(form=form, period=period.code, changed_at__isnull=False)
        return {place: day_of(at) for place, at in rows.values_list("place", "changed_at")}

    return standing.resting(("last steps", form, period.code), make)


def other_periods(standing: Standing, today: date) -> list[str]:
    """Name the other periods in which anything is still on its way, in the order of their codes."""

    def make() -> list[str]:
        from xianxue.desk.models import Filing, Window  # noqa: PLC0415 - needs Django set up first

        ways = standing.ground().shelf.lifecycles.values()
        counts = {state for card in ways for state in card.marked("counts")}
        moving = Filing.objects.exclude(state__in=counts).values_list("period", flat=True)
        told = Window.objects.filter(lock__gte=today).values_list("period", flat=True)
        return sorted({*moving.distinct(), *told.distinct()} - {standing.period().code})

    return standing.part(("other periods", today), make)
