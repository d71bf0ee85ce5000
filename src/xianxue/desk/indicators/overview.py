"""One indicator as it stands: of an area, on last year, over the years, school by school."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.basis import basis
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.period_rules import back
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.sentence import joined as joined_in
from xianxue.bureau.values.units import UNITS
from xianxue.desk.indicators.river import River

YEARS: Final = 6
"""Periods that a trend reaches back over, the present one among them."""

Findings = Mapping[str, Sequence[Finding]]
"""The findings that judge a figure, by its key."""


class Change(Record, kw_only=True):
    """What has become of a figure since the period before."""

    amount: str
    """With its sign, ``＋124.62``; ``持平`` where it is the same."""
    unit: str
    share: str
    """The same in per cent, ``＋3.89``; empty where that says nothing."""
    better: bool | None
    """None where neither direction is better, or nothing has changed."""
    before: Figure


class Point(Record):
    """A figure in one period of a trend."""

    period: Period
    figure: Figure | None
    note: str = ""
    """Why it cannot be held against the present one as it is; empty where it can."""
    merged: Figure | None = None
    """The same by the schools of today (合并口径), where schools have been joined since."""


class Member(Record, kw_only=True):
    """One school, or one township, in the table of an indicator."""

    place: str
    name: str
    township: str
    """The township's code; empty for one directly below the county."""
    figure: Figure
    finding: Finding | None = None
    before: Figure | None = None


class Overview(Record, kw_only=True):
    """Everything that the page of one indicator shows."""

    card: Indicator
    own: Figure | None
    change: Change | None
    no_change: str
    """Why nothing is said of the period before; empty where something is."""
    points: tuple[Point, ...]
    schools: tuple[Member, ...]
    townships: tuple[Member, ...]
    spread: Figure | None
    spread_finding: Finding | None
    finding: Finding | None
    """On the area itself."""

    @property
    def judged(self) -> tuple[int, int]:
        """How many schools are judged to meet their line, of how many."""
        found = [one.finding for one in self.schools if one.finding is not None]
        return sum(one.verdict is Verdict.MET for one in found), len(found)


class Which(Record, kw_only=True):
    """Which figures of an indicator are asked for."""

    place: str
    stage: Stage | None
    slice: str
    """As its key writes it; empty for the whole."""


def overview(  # noqa: PLR0913, PLR0917 - which indicator, of what, and for whom
    river: River,
    by_indicator: Mapping[str, Sequence[Figure]],
    findings: Findings,
    card: Indicator,
    which: Which,
    seen: Collection[str],
) -> Overview:
    """Look over one indicator in an area, as far as somebody may see it."""
    register, shelf = river.register, river.counted_by.shelf
    every = [one for one in by_indicator.get(card.indicator, ()) if _asked(one, which)]
    mine = {one.place: one for one in every}
    own = mine.get(which.place)
    earlier = before_of(river)
    change, why = _changed(own, earlier, card, river)
    spread = _spread(shelf, by_indicator, card, which)
    members = [
        Member(
            place=one.place,
            name=register[one.place].name,
            township=register.township_of(register[one.place], river.period.reference_day),
            figure=one,
            finding=next(iter(findings.get(one.key, ())), None),
            before=earlier.get(_in(one, back(river.period, 1))) if river.period.recurs else None,
        )
        for one in every
        if one.place in seen and one.place in register and one.place != which.place
        if register.lies_in(register[one.place], which.place, river.period.reference_day)
    ]
    return Overview(
        card=card,
        own=own if which.place in seen else None,
        change=change,
        no_change=why,
        points=tuple(trend(river, own, card)) if own is not None else (),
        schools=_worst_first((m for m in members if register[m.place].level == "school"), card),
        townships=_worst_first((m for m in members if register[m.place].level == "township"), card),
        spread=spread,
        spread_finding=next(iter(findings.get(spread.key, ())), None) if spread else None,
        finding=next(iter(findings.get(own.key, ())), None) if own else None,
    )


def _asked(figure: Figure, which: Which) -> bool:
    return (
        figure.stage is which.stage and (str(figure.slice) if figure.slice else "") == which.slice
    )


def _in(figure: Figure, period: Period) -> str:
    return key_of(figure.indicator, figure.place, figure.stage, period.code, figure.slice)


def before_of(river: River, *, whole: bool = False) -> Mapping[str, Figure]:
    """Give all figures of the period before, as this one sees it; none where nothing is held.

    ``whole``: all of them will be looked up one by one, and are figured together.
    """
    other = river.other(back(river.period, 1)) if river.period.recurs else None
    if other is None:
        return {}
    if whole:
        # Asked for in parts they would be figured once more when the pages of that period are.
        len(other.figures)
    return other.figures


def trend(river: River, figure: Figure, card: Indicator) -> Iterable[Point]:
    """Give a figure over the periods, oldest first, from the first of which anything is held."""
    found = [Point(river.period, figure)]
    for steps in range(1, YEARS) if river.period.recurs else ():
        period = back(river.period, steps)
        other = river.other(period)
        if other is None:
            continue
        point = other.figures.get(_in(figure, period))
        note = _broken(card, period, river.period)
        joined = joined_since(river, period, figure.place)
        merged = _merged(river, other, figure, period) if joined else None
        found.append(Point(period, point, note or _joined_words(river, joined), merged))
    return reversed(found)


def joined_since(river: River, earlier: Period, place: str) -> tuple[str, ...]:
    """Give the other schools whose numbers of an earlier period are a school's own by now.

    A county has what its schools have, whoever has been joined to whom.
    """
    register = river.counted_by.register
    known = register.places.get(place)
    if known is None or known.level != "school":
        return ()
    made = basis(register, earlier.reference_day, river.period.reference_day)
    return tuple(one for one in made.units.get(place, ()) if one != place)


def _joined_words(river: River, joined: Sequence[str]) -> str:
    if not joined:
        return ""
    register = river.counted_by.register
    names = joined_in("、", [register[one].name for one in joined])
    return say("当年还没有并入{names}，两年不能直接比", names=names)


def _merged(river: River, other: River, figure: Figure, period: Period) -> Figure | None:
    """Count an earlier period's figure by the schools of this one."""
    day = river.period.reference_day
    by_today = River(other.workspace, period, other.release, day, engine=river.engine)
    return by_today.figures_for([figure.indicator]).get(_in(figure, period))


def _broken(card: Indicator, earlier: Period, later: Period) -> str:
    """Say why two periods are not comparable; empty where they are."""
    crossed = [one for one in card.breaks if earlier.reference_day < one.on <= later.reference_day]
    return crossed[0].note if crossed else ""


def _changed(
    own: Figure | None, earlier: Mapping[str, Figure], card: Indicator, river: River
) -> tuple[Change | None, str]:
    if own is None or not river.period.recurs:
        return None, ""
    period = back(river.period, 1)
    broken = _broken(card, period, river.period)
    before = earlier.get(_in(own, period))
    # A school that others have been joined to has grown by them, and by nothing that it did.
    broken = broken or _joined_words(river, joined_since(river, period, own.place))
    if broken or before is None:
        return None, broken or say("没有{period}的数", period=period.term)
    found = change_of(card, own, before)
    return found, "" if found is not None else say("有一年未定，不比较")


def change_of(card: Indicator, now: Figure, before: Figure) -> Change | None:
    """Hold a figure against the one before; None where one of them has no plain value."""
    new, old = now.value, before.value
    if not isinstance(new, Fraction) or not isinstance(old, Fraction):
        return None
    gap = new - old
    better = None
    if gap and card.direction != "neutral":
        better = (gap > 0) == (card.direction == "higher_is_better")
    per_cent = card.unit == "percent"
    return Change(
        amount=_signed(gap, card.show.decimals),
        unit=UNITS["percentage_point"].term if per_cent else UNITS[card.unit].term,
        share="" if per_cent or old <= 0 or not gap else _signed(gap / old * 100, 2),
        better=better,
        before=before,
    )


def _signed(gap: Fraction, decimals: int) -> str:
    if not gap:
        return say("持平")
    digits = decimals
    # A change that is there is never printed as none.
    while not any(char in "123456789" for char in shown(abs(gap), digits)) and digits < _MOST:
        digits += 1
    return ("＋" if gap > 0 else "−") + shown(abs(gap), digits)


_MOST: Final = 8


def _spread(
    shelf: Shelf, by_indicator: Mapping[str, Sequence[Figure]], card: Indicator, which: Which
) -> Figure | None:
    for other in shelf.indicators.values():
        if other.spread_of == card.indicator:
            for one in by_indicator.get(other.indicator, ()):
                if one.place == which.place and _asked(one, which):
                    return one
    return None


def _worst_first(members: Iterable[Member], card: Indicator) -> tuple[Member, ...]:
    """Undetermined ones first: somebody has to be asked. Then the worst."""

    def order(member: Member) -> tuple[int, Fraction]:
        value = member.figure.value
        if value is None:
            return 0, Fraction(0)
        at = order_of(value)
        return 1, at if card.direction == "higher_is_better" else -at

    return tuple(sorted(members, key=order))


def meant_stages(figures: Iterable[Figure]) -> tuple[Stage | None, ...]:
    """Give the stages that an indicator has figures of, in the order of stages."""
    there = {one.stage for one in figures}
    return tuple(stage for stage in (None, *Stage) if stage in there)


def meant_slices(figures: Iterable[Figure]) -> dict[str, str]:
    """Give the slices that an indicator has figures of, by how keys write them."""
    return {str(one.slice): one.slice.term or one.slice.code for one in figures if one.slice}


def name_of(register: Register, code: str) -> str | Sentence:
    """Give a place's name, or its code where it is not registered."""
    return register[code].name if code in register else code
