"""One place's figure held against itself in other periods: change, growth, what has come so far."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.derived.making import Made, told_of, undetermined
from xianxue.bureau.indicators.derived.setting import Setting, broken
from xianxue.bureau.kinds.derived import Break, Compared
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.exact import Radical
from xianxue.bureau.values.period_rules import back, span, to_date
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

_PER_CENT: Final = Fraction(100)
"""What growth is said in; and 100 per cent is the base, which an average growth goes without."""


def other_period(compared: Compared, period: Period) -> Period:
    """Find the period that another is held against, by the card's rule."""
    if compared.to == "base":
        return Period.parse(compared.base)
    if compared.to == "same_last_year":
        return period.same_last_year()
    return back(period, compared.periods)


class Two(Record):
    """A figure and the one it is held against."""

    now: Figure
    then: Figure | None
    earlier: Period
    why: str
    """Why they are not compared; empty where they are."""


def two_of(card: Indicator, figure: Figure, setting: Setting) -> Two:
    """Find the figure that another is held against, or say why there is none."""
    compared = card.compared
    if compared is None:
        message = f"{card.indicator} is not held against anything"
        raise ValueError(message)
    earlier = other_period(compared, setting.period)
    why = _incomparable(card, setting, figure, earlier)
    then = None if why else setting.same_elsewhere(figure, earlier)
    if not why and then is None:
        why = say("{period}没有这一项的数", period=earlier.term)
    for one, period in ((figure, setting.period), (then, earlier)):
        if not why and one is not None and one.value is None:
            why = told_of(one, period)
    return Two(figure, then, earlier, why)


def compare(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Make a change, a growth or an average growth of one figure."""
    two = two_of(card, figure, setting)
    parts = tuple(one for one in (two.now, two.then) if one is not None)
    if two.why or two.then is None:
        return undetermined(two.why, parts)
    now, then = two.now.value, two.then.value
    if not isinstance(now, Fraction) or not isinstance(then, Fraction):
        # The door lets only indicators with plain values be compared.
        message = f"{card.indicator}: {figure.indicator} has no fraction for a value"
        raise TypeError(message)
    # A difference may start from nothing or from a debt; only growth divides by it.
    if card.kind == "change":
        return Made(now - then, now - then, None, parts)
    if then <= 0 or now < 0:
        # Growth out of nothing, or from or into a debt, is no per cent of anything.
        which = two.earlier if then <= 0 else setting.period
        zero = say("{period}的数是0，不能算增长率", period=which.term)
        below = say("{period}的数是负数，不能算增长率", period=which.term)
        return undetermined(zero if then == 0 else below, parts)
    if card.kind == "growth":
        return Made((now - then) / then * _PER_CENT, now - then, then, parts)
    # Over n periods: (now ÷ then) to the n-th root, less one. It stays a root, so that it can be
    # held against a target exactly.
    many = len(span(two.earlier, setting.period)) - 1
    return Made(Radical(now / then, many, _PER_CENT, -_PER_CENT), None, None, parts)


def cumulate(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Add up a figure from the start of the year to its own period."""
    if card.cumulative_of is None:
        message = f"{card.indicator} adds nothing up"
        raise ValueError(message)
    parts: list[Figure] = []
    total = Fraction(0)
    for period in to_date(setting.period, card.cumulative_of.over):
        own = period == setting.period
        one = figure if own else setting.same_elsewhere(figure, period)
        why = "" if own else _incomparable(card, setting, figure, period)
        if why and not _was_there(setting, figure, period):
            # A school that opened in the course of the year lacks nothing before.
            continue
        if not why and one is None:
            why = say("{period}没有这一项的数", period=period.term)
        if one is not None:
            parts.append(one)
            if not why and one.value is None:
                why = told_of(one, period)
        if why or one is None or not isinstance(one.value, Fraction):
            return undetermined(why, tuple(parts))
        total += one.value
    return Made(total, total, None, tuple(parts))


def _incomparable(card: Indicator, setting: Setting, figure: Figure, earlier: Period) -> str:
    """Say why nothing of an earlier period is held against this one; empty where nothing speaks."""
    # A base that lies ahead would turn growth into its opposite without a word.
    if earlier.start >= setting.period.start:
        return say(
            "{base}不早于{period}，不能作基期", base=earlier.term, period=setting.period.term
        )
    found = broken(card, setting.shelf, earlier, setting.period)
    if found is not None:
        return break_told(found, earlier)
    if not _was_there(setting, figure, earlier):
        return say("{period}还没有这个单位", period=earlier.term)
    return "" if setting.holds(earlier) else say("没有{period}的数", period=earlier.term)


def break_told(found: Break, earlier: Period) -> str:
    """Say that a definition has changed, on which day and how."""
    day = Period.parse(found.on.isoformat()).term
    return say(
        "自{day}起口径有变（{note}），不能与{period}的数相比",
        day=day,
        note=found.note,
        period=earlier.term,
    )


def _was_there(setting: Setting, figure: Figure, earlier: Period) -> bool:
    return setting.register[figure.place].open_on(earlier.reference_day)
