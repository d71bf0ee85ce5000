"""中期对照表: what each goal began from, what was promised, what is, and whether it is on the way.

What was counted stands tagged, each number by its own period; what was promised is supposed and is
marked so. A number that is missing is called missing: nobody says that it is on the way.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure, in_a_sentence
from xianxue.bureau.records.planned import Goal
from xianxue.bureau.report.claims import of_figure, with_unit
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.text import Runs, TextTable
from xianxue.bureau.values.exact import Root

_HEAD: Final = ("指标", "基期", "目标（设想）", "现在", "进展")
_MISSING: Final = "缺数"


def review_table(context: Context, outline: Outline, number: int) -> TextTable | None:
    """Write what has become of each goal; None where nothing was promised."""
    since = context.planned.since
    if since is None or not context.planned.goals:
        return None
    gone = context.period.start.year - since.start.year
    rows = [_row(context, one, Fraction(gone, outline.until)) for one in context.planned.goals]
    note = (
        f"注：目标出自以{since.term}为基期的设想方案“{context.planned.name}”，是设想，不是统计数；"
        f"{outline.until}年平均推进，为按进度。"
    )
    return TextTable(f"表{number}  目标中期对照", _HEAD, tuple(rows), note)


def _row(context: Context, one: Goal, gone: Fraction) -> tuple[Runs, ...]:
    card = context.shelf.indicator(one.base.indicator)
    term = card.term if card is not None else one.base.indicator
    wanted = one.wanted
    aim = wanted.shown if wanted.value is None else with_unit(wanted.shown, wanted.unit)
    return (
        (in_a_sentence(term, one.base.stage, one.base.slice),),
        (_said(one.base, term),),
        (f"{aim}（设想）",),
        (_said(one.now, term),),
        (on_the_way(one, gone),),
    )


def _said(figure: Figure | None, term: str) -> Claim | str:
    if figure is None or (figure.value is None and not figure.coverage.full):
        return _MISSING
    return figure.shown if figure.value is None else of_figure(figure, term)


def on_the_way(one: Goal, gone: Fraction) -> str:
    """Say whether a goal is reached or on the way; ``gone`` is the share of the years behind it."""
    now = one.now.value if one.now is not None else None
    if one.base.value is None or one.wanted.value is None or now is None:
        return "缺数，说不上进展"
    base, wanted, there = (_size(value) for value in (one.base.value, one.wanted.value, now))
    way = 1 if wanted >= base else -1
    if way * (there - wanted) >= 0:
        return "已达到"
    if way * (there - base) <= 0:
        return "没有进展"
    if isinstance(now, Root):
        return "有进展，未达到"
    return "按进度推进" if (there - base) / (wanted - base) >= gone else "有进展，落后于进度"


def _size(value: object) -> Fraction:
    """Give what orders values of one kind: of a spread its square."""
    square = getattr(value, "square", value)
    assert isinstance(square, Fraction)  # noqa: S101 - figures are fractions or roots of them
    return square
