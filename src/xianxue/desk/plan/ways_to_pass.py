"""How each school that fails «so many of these lines» could pass: every way, the cheapest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.standard import Combination, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.balance.combination import Choice, Resource, ways
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.units import UNITS

_FAILS = (Verdict.NOT_MET, Verdict.UNDETERMINED)


class SchoolWays(Record):
    """One school-stage that fails, and every way to pass that differs."""

    place: str
    stage: Stage | None
    ways: tuple[Choice, ...]
    """What is to be added is counted in the smallest steps of each criterion's unit."""
    missing: tuple[str, ...] = ()
    """The criteria of which a number is missing: nobody knows what the school lacks."""


def school_ways(
    judged: Assessment, card: Standard, stage: Stage, costs: Mapping[str, Fraction]
) -> list[SchoolWays]:
    """Give each school of a stage that fails a joint verdict, with its ways to pass.

    ``costs``: of one whole unit more, by criterion; where one is not named it costs 1. A school of
    which a number is missing is named without ways, whether it fails or nobody can say.
    """
    found: list[SchoolWays] = []
    for joint in card.combine:
        for one in judged.findings:
            fails = one.verdict in _FAILS and one.stage is stage
            if one.criterion != joint.criterion or not fails:
                continue
            own = list(_resources(judged, card, joint, one, costs))
            known = {each.resource for each in own}
            missing = tuple(name for name in joint.of if name not in known)
            near = Fraction(joint.others_reach)
            possible = () if missing else tuple(ways(own, joint.need, near))
            found.append(SchoolWays(one.place, one.stage, possible, missing))
    return found


def _resources(
    judged: Assessment,
    card: Standard,
    joint: Combination,
    at: Finding,
    costs: Mapping[str, Fraction],
) -> Iterator[Resource]:
    of_place = {
        one.criterion: one
        for one in judged.findings
        if one.place == at.place and one.stage is at.stage
    }
    for name in joint.of:
        finding = of_place.get(name)
        unit = unit_of(card, name)
        figure = finding.figure if finding is not None else None
        if finding is None or figure is None or finding.threshold is None or not unit:
            continue
        if figure.numerator is None or figure.denominator is None:
            continue
        steps = UNITS[unit].step / figure.step
        line = finding.threshold * figure.denominator / UNITS[figure.unit].per
        yield Resource(
            resource=name,
            have=int(figure.numerator * steps // 1),
            line=line * steps,
            cost=costs.get(name, Fraction(1)) / UNITS[unit].step,
        )


def unit_of(card: Standard, criterion: str) -> str:
    """Give the unit in which a criterion's things are counted; empty where the card has none."""
    for one in card.criteria:
        if one.criterion == criterion and one.lacking is not None:
            return one.lacking.unit
    return ""


def amount_of(card: Standard, criterion: str, steps: int) -> Fraction:
    """Give an amount in whole units."""
    return UNITS[unit_of(card, criterion)].in_whole_units(steps)


def cheapest(found: Sequence[SchoolWays]) -> Fraction:
    """Give what it costs to have every school pass by its cheapest way."""
    return sum((one.ways[0].cost for one in found if one.ways), start=Fraction())
