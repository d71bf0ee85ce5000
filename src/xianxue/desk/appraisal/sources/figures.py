"""Figures as sources of points: what the river of the period gave each place."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.trace import FigureRef
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who

_DECIMALS: Final = 12
"""So exactly a root is taken where points are drawn from it; no card has that many."""


def from_figures(county: County, gives: PointSource, people: Sequence[Who]) -> dict[str, Known]:
    """Give each place its figure of an indicator, or why it has none."""
    card = county.workspace.shelf.indicator(gives.indicator)
    if card is None:
        why = say("没有指标“{name}”", name=gives.indicator)
        return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
    try:
        period = card.period.for_(county.period)
    except ValueError as error:
        why: Sentence | str = error.args[0]
        return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
    by_place: dict[str, list[Figure]] = {}
    for one in county.figures(gives.indicator, period):
        if _meant(gives, one):
            by_place.setdefault(one.place, []).append(one)
    return {
        who.place: _of_figures(county, by_place.get(who.place, []), card.term) for who in people
    }


def lacking(kind: Missing, why: Sentence | str) -> Known:
    """Say that a source gave nothing, and why."""
    return Known(lacking=kind, why=why)


def _meant(gives: PointSource, figure: Figure) -> bool:
    told = str(figure.slice) if figure.slice is not None else ""
    return told == gives.slice and gives.stage in {None, figure.stage} and not figure.as_of


def _of_figures(county: County, figures: Sequence[Figure], term: str) -> Known:
    # Of a school with several stages, what it is as a whole; else what there is of it.
    whole = [one for one in figures if one.stage is None] or figures
    if not whole:
        return lacking(Missing.NOT_ASKED, say("这个单位不算“{term}”", term=term))
    unknown = next((one for one in whole if one.value is None), None)
    if unknown is not None:
        left = unknown.place in unknown.coverage.not_applicable
        kind = Missing.NOT_APPLICABLE if left else Missing.NOT_ANSWERED
        return lacking(kind, _why(county, unknown, term))
    return Known(
        readings=tuple(
            Reading(
                value=fraction_of(one.value),
                about=one.stage.value if one.stage is not None else "",
                traces=(figure_ref(one, term),),
            )
            for one in whole
            if one.value is not None
        )
    )


def figure_ref(figure: Figure, term: str) -> FigureRef:
    """Give a figure as something that others end in."""
    unit = "" if figure.shown.startswith("1:") else UNITS[figure.unit].term
    return FigureRef(
        place=figure.place,
        key=figure.key,
        term=figure.named(term),
        value=say("{shown}{unit}", shown=figure.shown, unit=unit),
    )


def fraction_of(value: Exact) -> Fraction:
    """Give a figure as points are drawn from it; of a root, its first twelve decimals."""
    return value if isinstance(value, Fraction) else Fraction(half_up(value, _DECIMALS))


def _why(county: County, figure: Figure, term: str) -> Sentence | str:
    if figure.why:
        return figure.why
    register = county.workspace.register
    names = [register[one].name for one in figure.coverage.missing if one in register]
    if names:
        return say("“{term}”还缺{names}的数", term=term, names=joined("、", names))
    return say("“{term}”未定", term=term)
