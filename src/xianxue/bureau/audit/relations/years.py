"""Amounts of several years told in one text, and the change that is told beside one of them."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.frames import Frame, akin, residue
from xianxue.bureau.audit.intervals import HUNDRED, bounds
from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.growth import ratio_bounds
from xianxue.bureau.audit.relations.sums import digits
from xianxue.bureau.audit.wording import rounded, shown

_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_EXACT: Final = 3
"""Digits of a change that two amounts do not differ by by chance."""
_FAR: Final = 6
"""Sentences between the amounts of two years."""


def judge_years(ledger: Ledger, told: list[Frame]) -> None:
    """Prove growth and points against the year before, where that year's amount is in the text.

    Nothing is refuted here: whether two amounts of two years are of one thing is not certain.
    """
    levels = [one for one in ledger.mentions if one.part in ("level", "rate") and one.year]
    if not levels:
        return
    by_year: dict[tuple[int, int], list[Mention]] = {}
    for one in levels:
        by_year.setdefault((one.doc, one.year), []).append(one)
    for frame in told:
        level = frame.level
        if not level.year or frame.priors:
            continue
        for change in (*frame.growths, *frame.points, *frame.deltas):
            earlier = _earlier(by_year, level, change)
            if change.part == "growth" and level.form == "cardinal":
                _growth(ledger, level, change, earlier)
            elif change.part == "points" and level.form == "percent":
                _points(ledger, level, change, earlier)
            elif change.part == "delta" and level.form == "cardinal":
                _difference(ledger, level, change, earlier)


def _earlier(
    by_year: dict[tuple[int, int], list[Mention]], level: Mention, change: Mention
) -> list[Mention]:
    """Give the same thing's amounts of the year a change is measured against."""
    said = _YEAR.search(change.since)
    year = level.year - 1 if change.since == "prev" else int(said[0]) if said else 0
    if not change.since and change.part == "delta":
        # «2020年791人,2024年71人,减少了720人» is told against the year named before.
        near = [year for doc, year in by_year if doc == level.doc and year < level.year]
        year = max(near, default=0)
    return [
        one
        for one in by_year.get((level.doc, year), ())
        if one.form == level.form
        and abs(one.sent - level.sent) <= _FAR
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
    sign = growth.sign or 1
    if ledger.is_proven("growth", growth):
        return
    for prior in earlier:
        if prior.low <= 0:
            continue
        low, high = ratio_bounds((level.low - prior.high, level.high - prior.low), bounds(prior))
        stated = (growth.low, growth.high) if sign > 0 else (-growth.high, -growth.low)
        if low <= stated[1] and high >= stated[0]:
            plain = rounded((level.value - prior.value) * HUNDRED, prior.value, 2)
            ledger.prove(
                "growth",
                "exact",
                growth,
                (level, prior),
                f"{prior.year}年{ledger.text(prior)}，{level.year}年{ledger.text(level)}，变化{plain}%，与所写的{ledger.text(growth)}一致。",
                (low, high),
            )
            return


def _points(ledger: Ledger, level: Mention, points: Mention, earlier: list[Mention]) -> None:
    sign = points.sign or 1
    if ledger.is_proven("points", points):
        return
    for prior in earlier:
        low, high = sorted((sign * (level.low - prior.high), sign * (level.high - prior.low)))
        if low <= points.high and high >= points.low:
            plain = rounded(sign * (level.value - prior.value), ONE, 2)
            ledger.prove(
                "points",
                "exact",
                points,
                (level, prior),
                f"{prior.year}年{ledger.text(prior)}，{level.year}年{ledger.text(level)}，相差{plain}个百分点，与所写的一致。",
                (low, high),
            )
            return


def _difference(ledger: Ledger, level: Mention, delta: Mention, earlier: list[Mention]) -> None:
    if ledger.is_proven("difference", delta):
        return
    for prior in earlier:
        sign = delta.sign or 1
        low, high = sorted((sign * (level.low - prior.high), sign * (level.high - prior.low)))
        if low <= delta.high and high >= delta.low:
            value = sign * (level.value - prior.value)
            number = shown(value, delta, ledger.text(delta))
            ledger.prove(
                "difference",
                "exact" if value == delta.value else "rounding",
                delta,
                (level, prior),
                f"{ledger.text(level)}与{ledger.text(prior)}相差{number}，与所写的{ledger.text(delta)}一致。",
                (low, high),
            )
            return
