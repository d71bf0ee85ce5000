"""What a page offers to suppose: things that schools may lack, and lines that say so."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS

_TEACHERS: Final = "staff.teachers"
"""Whoever comes as a teacher is one more of these too."""


class Thing(Record, kw_only=True):
    """Something that a school may be supposed to have more or less of."""

    key: str
    """``sheet.field`` with its row behind ``/``."""
    fields: tuple[str, ...]
    row: str
    term: Sentence
    unit: Sentence | str


class LineChoice(Record, kw_only=True):
    """A line of a standard that may be supposed elsewhere."""

    key: str
    """Criterion and stage, with ``/`` between."""
    criterion: str
    stage: str
    term: Sentence
    value: Fraction
    """As it lies now."""


def things(shelf: Shelf, card: Standard, stages: list[Stage]) -> list[Thing]:
    """Give what the standard's criteria count, stage by stage where schools report it so."""
    found: dict[str, Thing] = {}
    for criterion in card.criteria:
        for one in _things(shelf, criterion, stages):
            found.setdefault(one.key, one)
    return list(found.values())


def _things(shelf: Shelf, criterion: Criterion, stages: list[Stage]) -> Iterator[Thing]:
    indicator = shelf.indicator(criterion.indicator)
    counted = indicator.numerator if indicator is not None else None
    named = [one for one in counted.sum if isinstance(one, str)] if counted is not None else []
    if len(named) != 1 or counted is None or len(counted.sum) > 1 or criterion.lacking is None:
        return
    asked = shelf.asked_field(named[0])
    if asked is None:
        return
    rows = shelf.codes.get(asked[1].rows)
    noun, unit = criterion.lacking.noun, UNITS[criterion.lacking.unit].term
    fields = (named[0],)
    if named[0].startswith("staff."):
        fields = (_TEACHERS, named[0])
    if rows is None:
        yield Thing(
            key=f"{named[0]}/", fields=fields, row="", term=say("{noun}", noun=noun), unit=unit
        )
        return
    for stage in stages:
        if rows.entry(stage.value) is not None:
            yield Thing(
                key=f"{named[0]}/{stage.value}",
                fields=fields,
                row=stage.value,
                term=say("{noun}（{stage}）", noun=noun, stage=stage.term),
                unit=unit,
            )


def lines(judged: Assessment, card: Standard) -> list[LineChoice]:
    """Give each line by which schools are judged, stage by stage."""
    terms = {one.criterion: one.term for one in card.criteria}
    found: dict[str, LineChoice] = {}
    for one in judged.findings:
        if one.threshold is None or one.stage is None or one.criterion not in terms:
            continue
        key = f"{one.criterion}/{one.stage.value}"
        found.setdefault(
            key,
            LineChoice(
                key=key,
                criterion=one.criterion,
                stage=one.stage.value,
                term=say("{term}（{stage}）", term=terms[one.criterion], stage=one.stage.term),
                value=one.threshold,
            ),
        )
    return list(found.values())
