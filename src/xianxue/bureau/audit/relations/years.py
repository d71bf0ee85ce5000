"""Amounts of several years told in one text, and the change told beside one of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from xianxue.bureau.audit.frames import Frame, akin, residue
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.growth import Change, holds, refute_direction
from xianxue.bureau.audit.relations.sums import digits
from xianxue.bureau.audit.wording import places, rounded, shown

_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_EXACT: Final = 3
"""Digits of a change that two amounts do not differ by by chance."""
_LONGEST: Final = 20
"""Years between two amounts that are compared."""
_FAR: Final = 6
"""Sentences between the amounts of two years."""


def judge_years(ledger: Ledger, told: list[Frame]) -> None:
    """Prove changes against an earlier year, where that year's amount is in the text.

    A growth is refuted only against the one amount of the same name in the year that is said.
    """
    by_year: dict[tuple[int, int], list[Mention]] = {}
    for one in ledger.mentions:
        if one.part in ("level", "rate") and one.year:
            by_year.setdefault((one.doc, one.year), []).append(one)
    for frame in told:
        level = frame.level
        if not level.year or frame.priors:
            continue
        for change in (*frame.growths, *frame.points, *frame.deltas):
            earlier = _earlier(by_year, level, change)
            if (change.part == "points") != (level.form == "percent"):
                continue
            if change.part == "growth":
                _growth(ledger, level, change, earlier)
            else:
                _apart(ledger, level, change, earlier)


def _earlier(
    by_year: dict[tuple[int, int], list[Mention]], level: Mention, change: Mention
) -> list[Mention]:
    """Give the same thing's amounts of the year a change is measured against."""
    said = _YEAR.search(change.since)
    year = level.year - 1 if change.since == "prev" else int(said[0]) if said else 0
    if not change.since and change.part == "delta":
        # «2020年791人,2024年71人,减少了720人» is told against the year named before.
        before = range(level.year - 1, level.year - _LONGEST, -1)
        year = next((year for year in before if (level.doc, year) in by_year), 0)
    told = by_year.get((level.doc, year), [])
    first = bisect_left(told, level.sent - _FAR, key=lambda one: one.sent)
    return [
        one
        for one in told[first : bisect_right(told, level.sent + _FAR, key=lambda one: one.sent)]
        if one.form == level.form
        and one.index != level.index
        and (_same_thing(one, level) or (_fine(change) and akin(one.head, level.head)))
    ]


def _fine(change: Mention) -> bool:
    """Whether a change in amount is too exact to be met by chance."""
    return change.part == "delta" and digits(change) >= _EXACT


def _same_thing(earlier: Mention, level: Mention) -> bool:
    if earlier.dim and level.dim and earlier.dim != level.dim:
        return False
    first, second = residue(earlier.head), residue(level.head)
    return not first or not second or first[-2:] == second[-2:]


def _growth(ledger: Ledger, level: Mention, growth: Mention, earlier: list[Mention]) -> None:
    if ledger.is_proven("growth", growth):
        return
    for prior in earlier:
        change = Change.between(level, prior)
        if prior.low > 0 and holds(growth, change):
            plain = change.shown(places(growth) + 1)
            message = f"{_two(ledger, prior, level)}，变化{plain}%，"
            message += f"与所写的{ledger.text(growth)}一致。"
            ledger.prove("growth", "exact", growth, (level, prior), message, change.bounds())
            return
    if len(earlier) == 1 and _certain(level, growth, earlier[0]):
        _refute(ledger, level, growth, earlier[0])


def _certain(level: Mention, growth: Mention, prior: Mention) -> bool:
    """Whether a growth can only be meant from this amount: one name, one year that is said."""
    first, second = residue(prior.head), residue(level.head)
    named = len(first) > 1 and first == second and prior.dim == level.dim
    near = abs(prior.sent - level.sent) <= 1 and _YEAR.search(growth.since) is not None
    return named and near and prior.low > 0 and not (prior.about or level.about)


def _refute(ledger: Ledger, level: Mention, growth: Mention, prior: Mention) -> None:
    change = Change.between(level, prior)
    plain = change.shown(places(growth))
    message = f"{_two(ledger, prior, level)}，变化{plain}%，所写的是{ledger.text(growth)}。"
    do = f"按这两个数应为{plain.removeprefix('-')}%。"
    terms, limits = (level, prior), change.bounds()
    ledger.refute(Finding("inconsistent", "growth", growth, terms, message, *limits, do))


def _apart(ledger: Ledger, level: Mention, change: Mention, earlier: list[Mention]) -> None:
    """Prove a difference in points or in an amount."""
    points = change.part == "points"
    kind = "points" if points else "difference"
    if ledger.is_proven(kind, change):
        return
    for prior in earlier:
        sign = change.sign or 1
        low, high = sorted((sign * (level.low - prior.high), sign * (level.high - prior.low)))
        if not (low <= change.high and high >= change.low):
            continue
        value = sign * (level.value - prior.value)
        number = (
            f"{rounded(value, ONE, places(change))}个百分点"
            if points
            else shown(value, change, ledger.text(change))
        )
        message = f"{_two(ledger, prior, level)}，相差{number}，与所写的{ledger.text(change)}一致。"
        fit = "exact" if value == change.value else "rounding"
        ledger.prove(kind, fit, change, (level, prior), message, (low, high))
        return
    if len(earlier) == 1:
        _turned(ledger, level, change, earlier[0])


def _turned(ledger: Ledger, level: Mention, change: Mention, prior: Mention) -> None:
    """Refute a change that is right but for its direction: «2024年900人,2025年1000人,减少100人»."""
    low, high = level.low - prior.high, level.high - prior.low
    away = change.sign < 0 < low or high < 0 < change.sign
    least, most = sorted((abs(low), abs(high)))
    named = _same_thing(prior, level) and not (prior.about or level.about or change.about)
    if not away or not named or most < change.low or least > change.high:
        return
    now = f"{level.year}年{ledger.text(level)}"
    before = f"{prior.year}年{ledger.text(prior)}"
    refute_direction(ledger, change, (level, prior), change.sign, (now, before))


def _two(ledger: Ledger, prior: Mention, level: Mention) -> str:
    return f"{prior.year}年{ledger.text(prior)}，{level.year}年{ledger.text(level)}"
