"""A county's resources balanced all at once, over both stages; its own verdict has the word.

A school's rooms and equipment serve all its stages: they are put there once, and each stage has its
share. Teachers belong to a stage. What comes out is supposed as returns and judged by the standard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Standard
from xianxue.bureau.plan.balance.goods import Asked, Good, Held
from xianxue.bureau.plan.balance.spread import exact_spread
from xianxue.bureau.plan.balance.together import Together, together
from xianxue.bureau.plan.solvers.program import Patience
from xianxue.bureau.plan.suppose.changes import Add
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.plan.balance_county import Resource, resources, stages
from xianxue.desk.plan.supposing import outcome
from xianxue.desk.standing.counted import Counted
from xianxue.desk.workspace import MisusedError

_LOT: Final = {"money": 10_000}
"""By dimension, so many whole units are put somewhere at once; else one."""
_JUDGED: Final = (Verdict.MET, Verdict.NOT_MET)


class Changed(Record, kw_only=True):
    """So much more of one resource at one school, or less. It is supposed."""

    resource: Resource
    criterion: str
    place: str
    stage: str
    """Empty where all stages of the school have a share."""
    amount: Fraction
    """In whole units; below zero what goes to another school."""


class Joint(Record, kw_only=True):
    """What came of all resources together, and what the standard says of it."""

    found: Together
    changed: tuple[Changed, ...]
    failing: int | None = None
    """School-stages that would fail by the county's own verdict; None where nothing was found."""
    over: int | None = None
    """Spreads that would be over their limits, likewise."""


def joint_county(
    counted: Counted, card: Standard, costs: Mapping[str, Fraction], seconds: float
) -> Joint:
    """Look for the cheapest changes of all; MisusedError where a number is missing."""
    judged = counted.assessment(card.standard)
    reader = _Reader(judged, card, counted.shelf, costs)
    names = {place.code: place.name for place in counted.register}
    reader.refuse_missing(names)
    asked = reader.asked()
    found = together(asked, Patience(seconds=seconds))
    changed = tuple(reader.changed(found.more))
    if found.cost is None:
        return Joint(found=found, changed=changed)
    after = _after(counted, card, changed)
    combined = {one.criterion for one in card.combine}
    return Joint(
        found=found,
        changed=changed,
        failing=sum(
            one.verdict is not Verdict.MET for one in after.findings if one.criterion in combined
        ),
        over=sum(one.verdict is not Verdict.MET for one in after.spread),
    )


def _after(counted: Counted, card: Standard, changed: tuple[Changed, ...]) -> Assessment:
    adds = [
        Add(
            school=one.place,
            fields=(_field(counted.shelf, one.resource),),
            row=one.stage,
            count=one.amount,
        )
        for one in changed
    ]
    judged = outcome(counted, adds).standards
    return next(one.after for one in judged if one.standard == card.standard)


def _field(shelf: Shelf, resource: Resource) -> str:
    """Give the first column that the resource's indicator adds up."""
    indicator = shelf.indicator(_figure(resource.findings[0]).indicator)
    counted = indicator.numerator if indicator is not None else None
    return next(one for one in (counted.sum if counted else ()) if isinstance(one, str))


def _figure(finding: Finding) -> Figure:
    assert finding.figure is not None  # noqa: S101 - those without one have been refused
    return finding.figure


class _Reader:
    """Reads the verdicts of a standard as one question."""

    def __init__(
        self, judged: Assessment, card: Standard, shelf: Shelf, costs: Mapping[str, Fraction]
    ) -> None:
        self.judged = judged
        self.costs = costs
        self.combine: Combination = card.combine[0]
        self.own = [
            one
            for stage in stages(judged)
            for one in resources(judged, card, shelf, stage)
            if one.criterion in self.combine.of
        ]
        self.stores: dict[str, Changed] = {}
        staff = (one for each in self.own if each.people for one in each.findings)
        self.pupils = {
            (one.place, one.stage): one.figure.denominator for one in staff if one.figure
        }

    def refuse_missing(self, names: Mapping[str, str]) -> None:
        """Refuse schools of which a number is missing: nobody knows what they lack."""
        missing = [
            say("{place}{stage}", place=names.get(one.place, one.place), stage=one.stage.term)
            for one in self.judged.findings
            if one.criterion == self.combine.criterion
            and one.stage is not None
            and one.verdict not in _JUDGED
        ]
        if missing:
            message = say(
                "有学校缺数，各项资源不能合在一起算：{these}", these=joined("、", missing)
            )
            raise MisusedError(message)

    def asked(self) -> Asked:
        """Give the question; MisusedError where a spread is not the one that was judged."""
        goods = tuple(self._good(one) for one in self.own)
        return Asked(goods=goods, need=self.combine.need, near=Fraction(self.combine.others_reach))

    def changed(self, more: Mapping[str, int]) -> Iterator[Changed]:
        """Give what an answer changes, in the order of the standard."""
        for store, one in self.stores.items():
            if many := more.get(store, 0):
                yield Changed(
                    resource=one.resource,
                    criterion=one.criterion,
                    place=one.place,
                    stage=one.stage,
                    amount=many * one.amount,
                )

    def _good(self, one: Resource) -> Good:
        held = tuple(self._held(one, finding) for finding in one.findings)
        figure = one.counted.figure
        square = exact_spread(
            [each.weight for each in held], [each.have * each.weight / each.per for each in held]
        )
        if figure is None or not isinstance(figure.value, Root) or figure.value.square != square:
            message = say("{term}的差异系数不是用这些学校的数判定的，不能合在一起算", term=one.term)
            raise MisusedError(message)
        cost = self.costs.get(one.criterion, Fraction(1)) * self._lot(one)
        return Good(
            good=f"{one.criterion}/{one.counted.stage}",
            held=held,
            limit=one.limit,
            add=cost,
            # As much as one that is added: fewest changes, whichever they are.
            move=cost if one.people else None,
        )

    def _held(self, one: Resource, finding: Finding) -> Held:
        figure = _figure(finding)
        stage = finding.stage.value if finding.stage is not None and one.people else ""
        store = f"{one.criterion}/{finding.place}/{stage}"
        lot = self._lot(one)
        self.stores.setdefault(
            store,
            Changed(
                resource=one,
                criterion=one.criterion,
                place=finding.place,
                stage=stage,
                amount=lot,
            ),
        )
        per = figure.denominator or Fraction(1)
        return Held(
            school=f"{finding.place}/{finding.stage}",
            store=store,
            have=figure.numerator or Fraction(),
            line=(finding.threshold or Fraction()) * per / UNITS[figure.unit].per,
            weight=self.pupils.get((finding.place, finding.stage)) or per,
            per=per,
            each=figure.step * lot,
        )

    def _lot(self, one: Resource) -> Fraction:
        return Fraction(_LOT.get(one.dimension, 1))


def amount_told(one: Changed) -> Sentence:
    """Say a change in the resource's unit."""
    n = plain(abs(one.amount))
    if one.amount < 0:
        return say("调出 {n}{unit}", n=n, unit=one.resource.unit)
    return say("增加 {n}{unit}", n=n, unit=one.resource.unit)
