"""The rows of the list of indicators: one a number of the area, stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.period_rules import back
from xianxue.bureau.values.record import Record
from xianxue.desk.indicators.descent import shown_of, unit_of
from xianxue.desk.indicators.finding import SUBJECTS
from xianxue.desk.indicators.overview import Change, Findings, before_of, change_of
from xianxue.desk.indicators.river import River

_Counts = Counter[tuple[str, Stage | None]]


class Row(Record, kw_only=True):
    """One indicator of the area at one stage."""

    shown: str

    card: Indicator
    figure: Figure
    unit: str
    subject: str
    change: Change | None
    finding: Finding | None
    met: int
    judged: int
    """Of how many schools it is said whether they meet a line."""


def rows_of(
    river: River,
    by_indicator: Mapping[str, Sequence[Figure]],
    findings: Findings,
    subjects: Mapping[str, str],
    place: str,
) -> list[Row]:
    """Give the figures of an area by subject; slices stand on the pages of their indicators."""
    cards = river.counted_by.shelf.indicators
    before = before_of(river, whole=True)
    earlier = back(river.period, 1).code if river.period.recurs else ""
    met, judged = _schools(river, findings, place)
    found: list[Row] = []
    for card in cards.values():
        for figure in sorted(by_indicator.get(card.indicator, ()), key=_stage):
            if figure.place != place or figure.slice is not None:
                continue
            then = before.get(key_of(figure.indicator, place, figure.stage, earlier))
            name = figure.indicator, figure.stage
            found.append(
                Row(
                    card=card,
                    figure=figure,
                    shown=shown_of(figure),
                    unit=unit_of(figure),
                    subject=subjects.get(card.indicator, ""),
                    change=change_of(card, figure, then) if then is not None else None,
                    finding=next(iter(findings.get(figure.key, ())), None),
                    met=met[name],
                    judged=judged[name],
                )
            )
    order = {subject: at for at, subject in enumerate(SUBJECTS)}
    # A stable order: within a subject as the catalogue has them.
    return sorted(found, key=lambda row: order.get(row.subject, len(order)))


_STAGES: Final = {stage: at for at, stage in enumerate(Stage)}


def _stage(figure: Figure) -> int:
    """Order by stages: a release has its figures in the order of their keys."""
    return _STAGES[figure.stage] if figure.stage is not None else -1


def _schools(river: River, findings: Findings, place: str) -> tuple[_Counts, _Counts]:
    """Count the schools of an area that are judged by each indicator, and those that pass."""
    register, day = river.register, river.period.reference_day
    met: _Counts = Counter()
    judged: _Counts = Counter()
    for found in findings.values():
        first = found[0]
        where = register.places.get(first.place)
        if first.figure is None or where is None or where.level != "school":
            continue
        if register.lies_in(where, place, day):
            name = first.figure.indicator, first.stage
            judged[name] += 1
            met[name] += first.verdict is Verdict.MET
    return met, judged
