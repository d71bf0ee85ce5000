"""The county's own resources, spread more evenly: a question for each, and what came of it.

What a standard limits is asked as it was counted: the schools, pupils and things of its own
figures. A resource is only moved where the spread that these give is exactly the one that was
judged; so «within the limit» here is the standard's own verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.balance.balance import Balance, balance
from xianxue.bureau.plan.balance.question import Question, School
from xianxue.bureau.plan.balance.rules import least_spread
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.rounding import shown as written
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS

_STAYS: Final = frozenset({"area"})
"""Dimensions of what nobody can carry to another school."""
_DIVIDED: Final = frozenset({"money"})
"""Dimensions of what is given in any amount."""
_MOST_LOTS: Final = 20_000
"""Things of one resource: above, one-by-one is no longer a matter of a moment."""
_TEN: Final = 10
_DECIMALS: Final = 4


class Resource(Record, kw_only=True):
    """One resource of a stage, as the county has it."""

    criterion: str
    term: Sentence | str
    noun: Sentence | str
    """What is moved …"""
    unit: str
    """… and its unit."""
    people: bool
    """Whether it is people."""
    dimension: str
    """Of the unit; empty where the card has none."""
    per: str
    """The unit of the number that is judged."""
    decimals: int
    limit: Fraction
    """Of the standard."""
    counted: Finding
    """The verdict on the spread as it was counted."""
    findings: tuple[Finding, ...]
    """Each school's verdict, in the order of ``schools``."""
    lot: Fraction = Fraction(1)
    """So much of the unit is moved at once …"""
    base: Fraction = Fraction(1)
    """… and so much of it is one of what schools' rests are counted in."""
    schools: tuple[School, ...] = ()
    """Empty where it cannot be moved."""
    why_not: Sentence | str = ""

    @property
    def lots(self) -> int:
        """How many of what rests are counted in go at once."""
        return int(self.lot / self.base)


class Evened(Record, kw_only=True):
    """What came of a resource. It is supposed: nothing has moved."""

    resource: Resource
    limit: Fraction
    found: Balance | None
    """None where nothing can be moved."""
    why: tuple[Sentence, ...] = ()
    """Why the limit cannot be kept, and what would help; empty where it can."""

    @property
    def lost(self) -> bool:
        """Whether no moves keep the limit."""
        return self.found is not None and self.found.status == "infeasible"

    @property
    def within(self) -> bool:
        """Whether the spread is within the limit as it is, before anything is moved."""
        figure = self.resource.counted.figure
        value = figure.value if figure is not None else None
        return isinstance(value, Root) and value <= self.limit

    @property
    def before(self) -> str:
        """The spread as it was counted."""
        figure = self.resource.counted.figure
        value = figure.value if figure is not None else None
        if not isinstance(value, Root):
            return self.resource.counted.shown
        return shown_beside(value, self.limit, _DECIMALS, lambda one, limit: one <= limit)

    @property
    def after(self) -> str:
        """The spread afterwards; empty where nothing keeps the limit."""
        if self.found is None or self.found.after is None:
            return ""
        return shown_beside(
            self.found.after, self.limit, _DECIMALS, lambda one, limit: one <= limit
        )

    def value(self, school: int, things: int) -> Fraction:
        """Give what a school's judged number would be with so many things."""
        figure, own = _figure(self.resource.findings[school]), self.resource
        amount = (own.schools[school].rest * own.base + things * own.lot) * figure.step
        return amount / (figure.denominator or 1) * UNITS[figure.unit].per

    def told(self, school: int, things: int) -> str:
        """Write a school's number with so many things beside its line, never against it."""
        line = self.resource.findings[school].threshold
        value = self.value(school, things)
        if line is None:
            return written(value, self.resource.decimals)
        return shown_beside(value, line, self.resource.decimals, lambda one, limit: one >= limit)

    def below(self, school: int, things: int) -> bool:
        """Whether a school would be below its own line with so many things."""
        line = self.resource.findings[school].threshold
        return line is not None and self.value(school, things) < line

    def amount(self, things: int) -> str:
        """Write so many things in the resource's unit."""
        return plain(things * self.resource.lot)


def resources(judged: Assessment, card: Standard, shelf: Shelf, stage: Stage) -> list[Resource]:
    """Give each resource whose spread a standard limits in a stage, in the card's order."""
    by_indicator = {one.indicator: one for one in card.criteria}
    found: list[Resource] = []
    for limit in card.spread:
        indicator = shelf.indicator(limit.indicator)
        criterion = by_indicator.get(indicator.spread_of) if indicator is not None else None
        counted = next(
            (
                one
                for one in judged.spread
                if one.criterion == limit.criterion and one.stage is stage
            ),
            None,
        )
        if criterion is None or counted is None or counted.threshold is None:
            continue
        own = tuple(
            one
            for one in judged.findings
            if one.criterion == criterion.criterion and one.stage is stage and one.figure
        )
        if own:
            found.append(_resource(criterion, counted, own, shelf))
    return found


def stages(judged: Assessment) -> list[Stage]:
    """Give the stages in which spreads are judged, the lowest first."""
    known = {one.stage for one in judged.spread}
    return [one for one in Stage if one in known]


def evened(found: Iterable[Resource], limit: Fraction, *, keep: bool) -> list[Evened]:
    """Ask each resource for the fewest moves to a limit.

    ``keep``: no school that reaches its own line falls below it.
    """
    return [_evened(one, limit, keep=keep) for one in found]


def _evened(resource: Resource, limit: Fraction, *, keep: bool) -> Evened:
    if not resource.schools:
        return Evened(resource=resource, limit=limit, found=None)
    asked = Evened(resource=resource, limit=limit, found=None)
    schools = tuple(
        _kept(asked, at, one) if keep else one for at, one in enumerate(resource.schools)
    )
    question = Question(schools=schools, limit=limit, lot=resource.lots)
    found = balance(question)
    why = (
        ()
        if found.status != "infeasible"
        else tuple(_lost(question, found, people=resource.people))
    )
    return Evened(resource=resource, limit=limit, found=found, why=why)


def _lost(question: Question, found: Balance, *, people: bool) -> Iterator[Sentence]:
    """Say why a limit cannot be kept; the room's own sentences speak of teachers."""
    if people:
        yield from (*found.conflicts, *found.advice)
        return
    least = least_spread(question)
    if least is not None:
        yield say(
            "一件也不添，差异系数最低能做到 {least}", least=f"{least.to_decimal(_DECIMALS):f}"
        )


def _kept(asked: Evened, at: int, school: School) -> School:
    """Let a school that reaches its line keep what that takes."""
    line = asked.resource.findings[at].threshold
    each = asked.value(at, 1) - asked.value(at, 0)
    if line is None or asked.below(at, school.teachers):
        return school
    least = (line - asked.value(at, 0)) / each
    return replace(school, minimum=max(0, -(-least.numerator // least.denominator)))


def _figure(finding: Finding) -> Figure:
    figure = finding.figure
    assert figure is not None  # noqa: S101 - those without one have been left out
    return figure


def _resource(
    criterion: Criterion, counted: Finding, findings: tuple[Finding, ...], shelf: Shelf
) -> Resource:
    first = _figure(findings[0])
    card = shelf.indicator(first.indicator)
    unit = criterion.lacking.unit if criterion.lacking is not None else ""
    plainly = Resource(
        criterion=criterion.criterion,
        term=card.term if card is not None else criterion.term,
        noun=criterion.lacking.noun if criterion.lacking is not None else criterion.term,
        unit=UNITS[unit].term if unit else "",
        people=bool(unit) and UNITS[unit].dimension == "people",
        dimension=UNITS[unit].dimension if unit else "",
        per=UNITS[first.unit].term,
        decimals=card.show.decimals if card is not None else 2,
        limit=counted.threshold or Fraction(),
        counted=counted,
        findings=findings,
    )
    why = _why_not(unit, findings)
    if why:
        return _stuck(plainly, why)
    moved = _schools(plainly, money=UNITS[unit].dimension in _DIVIDED)
    many = sum(one.teachers for one in moved.schools)
    if many > _MOST_LOTS:
        return _stuck(plainly, say("件数太多（{n}），不在页面上逐件调动", n=many))
    # The same exact spread as was judged: else these are not the schools, or not the weights.
    figure = counted.figure
    same = balance(Question(schools=moved.schools, lot=moved.lots)).before
    if figure is None or same != figure.value:
        return _stuck(plainly, say("学校的几个学段共用，是折算到学段的数，不逐件调动"))
    return moved


def _stuck(one: Resource, why: Sentence | str) -> Resource:
    return replace(one, why_not=why)


def _why_not(unit: str, findings: Sequence[Finding]) -> Sentence | str:
    figures = [_figure(one) for one in findings]
    if not unit or UNITS[unit].dimension in _STAYS:
        return say("房屋、场地搬不走，只能新建")
    if any(one.numerator is None or not one.denominator for one in figures):
        return say("有学校没有数，不调动")
    if len({one.step for one in figures}) > 1:
        return say("学校的几个学段共用，是折算到学段的数，不逐件调动")
    if UNITS[unit].dimension not in _DIVIDED and any(
        _things(one).denominator > 1 for one in figures
    ):
        return say("有学校的数不是整件，不逐件调动")
    return ""


def _schools(resource: Resource, *, money: bool) -> Resource:
    """Give a resource whole things and whole pupils.

    Pupils are scaled alike, which changes no spread. Money goes in lots of the least power of ten
    of which there are not too many; what a school has beside whole lots stays with it.
    """
    figures = [_figure(one) for one in resource.findings]
    things = [_things(one) for one in figures]
    pupils = [(one.denominator or Fraction(1)) / one.step for one in figures]
    base = lot = Fraction(1)
    if money:
        base = Fraction(1, lcm(*(one.denominator for one in things)))
        while sum(things) / lot > _MOST_LOTS:
            lot *= _TEN
    scale = lcm(*(one.denominator for one in pupils))
    schools = tuple(
        School(
            school=figure.place,
            pupils=int(many * scale),
            teachers=int(has // lot),
            rest=int(has % lot / base),
        )
        for figure, has, many in zip(figures, things, pupils, strict=True)
    )
    return replace(resource, schools=schools, lot=lot, base=base)


def _things(figure: Figure) -> Fraction:
    return (figure.numerator or Fraction()) / figure.step
