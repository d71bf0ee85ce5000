"""Amounts of neighbouring years in one text, and the growth told beside one of them."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.frames import Frame
from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.growth import Change, holds
from xianxue.bureau.audit.wording import places, rounded

_FAR: Final = 6
"""Sentences between the amounts of two years."""
_NO_NAME: Final = ("年", "约")


def judge_years(ledger: Ledger, told: list[Frame]) -> None:
    """Prove growth and points against the year before, where that year's amount is in the text.

    Nothing is refuted here: whether two amounts of two years are of one thing is not certain.
    """
    by_year: dict[tuple[int, int], list[Mention]] = {}
    for one in ledger.mentions:
        if one.part in ("level", "rate") and one.year:
            by_year.setdefault((one.doc, one.year), []).append(one)
    for frame in told:
        level = frame.level
        if not level.year or frame.priors:
            continue
        earlier = [
            one
            for one in by_year.get((level.doc, level.year - 1), ())
            if one.form == level.form
            and abs(one.sent - level.sent) <= _FAR
            and _same_thing(one, level)
        ]
        if level.form == "cardinal":
            _growths(ledger, frame, earlier)
        else:
            _points(ledger, frame, earlier)


def _same_thing(earlier: Mention, level: Mention) -> bool:
    if earlier.dim and level.dim and earlier.dim != level.dim:
        return False
    tail = earlier.head[-2:]
    return not earlier.head or not level.head or tail == level.head[-2:] or tail[-1:] in _NO_NAME


def _growths(ledger: Ledger, frame: Frame, earlier: list[Mention]) -> None:
    level = frame.level
    for growth in frame.growths:
        if growth.since != "prev" or ledger.is_proven("growth", growth):
            continue
        for prior in earlier:
            change = Change.between(level, prior)
            if prior.low > 0 and holds(growth, change):
                plain = change.shown(places(growth) + 1)
                message = (
                    f"上年{ledger.text(prior)}，本年{ledger.text(level)}，变化{plain}%，"
                    f"与所写的{ledger.text(growth)}一致。"
                )
                limits = change.bounds()
                ledger.prove("growth", "exact", growth, (level, prior), message, limits)
                break


def _points(ledger: Ledger, frame: Frame, earlier: list[Mention]) -> None:
    level = frame.level
    for points in frame.points:
        if points.since != "prev" or ledger.is_proven("points", points):
            continue
        sign = points.sign or 1
        for prior in earlier:
            ends = (sign * (level.low - prior.high), sign * (level.high - prior.low))
            low, high = sorted(ends)
            if low <= points.high and high >= points.low:
                plain = rounded(sign * (level.value - prior.value), ONE, places(points))
                message = (
                    f"上年{ledger.text(prior)}，本年{ledger.text(level)}，"
                    f"相差{plain}个百分点，与所写的一致。"
                )
                ledger.prove("points", "exact", points, (level, prior), message, (low, high))
                break
