"""A county's rotation: what the rule asks, whom the roster offers, who might go where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.plan.norms import Norm, NormValue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.balance.assigning import Asked, Assigned, Wanted, Year, assign
from xianxue.bureau.plan.balance.rotation import Law, Shares
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.plan.balance_county import Resource, evened, resources, stages
from xianxue.desk.plan.needs.chosen import norms_for
from xianxue.desk.plan.rotating.given import Given
from xianxue.desk.plan.rotating.people import Person, people
from xianxue.desk.standing.counted import Counted
from xianxue.desk.workspace import MisusedError

_RATE: Final = "exchange_rate"
_BACKBONE: Final = "exchange_backbone_share"
"""Indicators whose lines are the shares of the rule."""


class Helping(Record, kw_only=True):
    """Moves of one resource that would bring its spread within the limit."""

    stage: Stage
    term: Sentence | str
    wanted: Wanted


class Rotation(Record, kw_only=True):
    """What may be done in a year. It is supposed: nobody has moved."""

    on: date
    law: Law
    values: tuple[NormValue, ...]
    """The dated rules it rests on."""
    lines: tuple[Finding, ...]
    """The findings on the two shares, with their citations; empty where no standard asks."""
    year: Year | None
    """None where a number is missing: nobody knows how many there had to be."""
    people: tuple[Person, ...]
    helping: tuple[Helping, ...]
    found: Assigned

    @property
    def free(self) -> list[Person]:
        """Those who may be moved."""
        return [one for one in self.people if not one.why]


def rotating(counted: Counted, given: Given, on: date, limited: Fraction | None) -> Rotation:
    """Work out who may be moved on a day, and who might go where.

    ``limited``: another limit of the spreads than the standard's. MisusedError where no card says
    how many years somebody has to be there.
    """
    workspace = counted.river.workspace
    norms = norms_for(workspace.shelf, counted.register.county.code, on)
    here, left = _value(norms, "rotation_years_here"), _value(norms, "rotation_years_left")
    law = Law(years_here=int(here.value), years_left=int(left.value), farthest=given.farthest)
    staff = tuple(people(workspace, norms, law, given.couples))
    lines = tuple(_lines(counted))
    year = _year(lines)
    helping = tuple(_helping(counted, staff, limited))
    asked = Asked(
        teachers=tuple(one.teacher for one in staff if not one.why),
        wanted=tuple(one.wanted for one in helping),
        metres=given.metres,
        farthest=given.farthest,
        year=year,
    )
    return Rotation(
        on=on,
        law=law,
        values=(here, left),
        lines=lines,
        year=year,
        people=staff,
        helping=helping,
        found=assign(asked),
    )


def _value(norms: NormsHeld, norm: Norm) -> NormValue:
    found = norms.one(norm)
    if found is None:
        message = say("没有卡片写明交流轮岗的年限；请在本县的卡片里写 {norm}", norm=norm)
        raise MisusedError(message)
    return found


def _lines(counted: Counted) -> Iterator[Finding]:
    county = counted.register.county.code
    for name, card in counted.shelf.standards.items():
        of: dict[str, Criterion] = {one.indicator: one for one in card.criteria}
        if not {_RATE, _BACKBONE} <= of.keys():
            continue
        judged = counted.assessment(name)
        for indicator in (_RATE, _BACKBONE):
            yield from (
                one
                for one in judged.findings
                if one.criterion == of[indicator].criterion and one.place == county
            )
        return


def _year(lines: tuple[Finding, ...]) -> Year | None:
    """Give the year as returns count it; None where a number or a line is missing."""
    if len(lines) != len((_RATE, _BACKBONE)):
        return None
    rate, backbone = lines
    if rate.figure is None or backbone.figure is None:
        return None
    if rate.threshold is None or backbone.threshold is None:
        return None
    counts = (rate.figure.denominator, rate.figure.numerator, backbone.figure.numerator)
    if any(one is None for one in counts):
        return None
    eligible, moved, good = (int(one or 0) for one in counts)
    per = UNITS[rate.figure.unit].per
    shares = Shares(moved=rate.threshold / per, backbone=backbone.threshold / per)
    return Year(shares=shares, eligible=eligible, moved=moved, backbone=good)


def _helping(
    counted: Counted, staff: tuple[Person, ...], limited: Fraction | None
) -> Iterator[Helping]:
    for name, card in counted.shelf.standards.items():
        if not card.spread or card.period.kind != counted.period.kind:
            continue
        judged = counted.assessment(name)
        for stage in stages(judged):
            for one in resources(judged, card, counted.shelf, stage):
                if not one.people or not one.schools:
                    continue
                (even,) = evened([one], one.limit if limited is None else limited, keep=True)
                fields = _fields(counted.shelf, one)
                for move in even.found.moves if even.found is not None else ():
                    who = frozenset(
                        each.teacher.teacher
                        for each in staff
                        if each.stage == stage.value and each.counts & fields
                    )
                    wanted = Wanted(start=move.start, end=move.end, count=move.count, who=who)
                    yield Helping(stage=stage, term=one.noun, wanted=wanted)


def _fields(shelf: Shelf, resource: Resource) -> frozenset[str]:
    """Give the fields that a resource's indicator adds up."""
    figure = resource.findings[0].figure
    whole = shelf.indicator(figure.indicator) if figure is not None else None
    counted = whole.numerator if whole is not None else None
    return frozenset(one for one in (counted.sum if counted else ()) if isinstance(one, str))


def reasons(found: tuple[Person, ...]) -> dict[Sentence, int]:
    """Count those whom each reason keeps where they are, the commonest first."""
    counts = Counter(why for one in found for why in one.why)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], str(one[0]))))
