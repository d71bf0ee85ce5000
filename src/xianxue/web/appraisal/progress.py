"""Marks: how far they have come, and, once closed, how far assessors agree."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.agreed import Agreed, Measured, agreed, measured, outliers
from xianxue.desk.appraisal.duties import covered_places, duties
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.hall import Hall
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

_SHOWN: Final = 2
"""Decimals of an agreement, a mean and a spread."""


class AgreedRow(Record, kw_only=True):
    """The agreement on one item as it is read."""

    item: Agreed
    one: Sentence | str
    every: Sentence | str
    kappa: Sentence | str


class PanelRow(Record, kw_only=True):
    """One panel's mean and spread, and what the formula makes of them."""

    panel: str
    many: int
    mean: str
    spread: str


@page(RESULTS, of_county(RESULTS))
def progress(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show how far marks have come; what they are only once they are closed."""
    hall = Hall(request.visit, rubric, period)
    card: Rubric = hall.asked.rubric
    work = duties(card, hall.lines, hall.applies)
    places = covered_places(card, hall.lines, hall.applies, list(hall.names))
    closed = not hall.open
    values = {
        "hall": hall,
        "work": work,
        "due": sum(one.due for one in work),
        "done": sum(one.done for one in work),
        "behind": [one for one in places if one.done < one.due or one.short],
        "short": sum(1 for one in places if one.short),
        "closed": closed,
        "agreed": [_agreed(one) for one in agreed(hall.result)] if closed else [],
        "outliers": outliers(hall.result) if closed else (),
        "measured": [(one, _panels(one)) for one in measured(hall.result)] if closed else [],
        "standardises": any(
            one.item.gives.panel.standardise for one in hall.marked if one.item.gives
        ),
    }
    return show(request, "appraisal/progress.html", values)


def _agreed(one: Agreed) -> AgreedRow:
    found = one.found
    return AgreedRow(
        item=one,
        one=_share(found.absolute),
        every=_share(found.absolute_of_all),
        kappa="" if one.kappa is None else _share(one.kappa),
    )


def _share(value: Fraction | None) -> Sentence | str:
    return say("评分都一样，算不出") if value is None else str(half_up(value, _SHOWN))


def _panels(one: Measured) -> list[PanelRow]:
    panels = one.panels
    rows = [
        PanelRow(
            panel=name or str(say("没有分组")),
            many=len(panels.marks[name]),
            mean=number(measure.mean),
            spread=str(Root(measure.variance).to_decimal(_SHOWN)),
        )
        for name, measure in panels.of.items()
    ]
    whole = panels.whole
    total = PanelRow(
        panel=str(say("全部")),
        many=sum(one.many for one in rows),
        mean=number(whole.mean),
        spread=str(Root(whole.variance).to_decimal(_SHOWN)),
    )
    return [*rows, total]
