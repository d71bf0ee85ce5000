"""How a figure moved against another period, in words: the direction is a word, not a sign."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.indicator import COMPARING, Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.rounding import half_up, shown
from xianxue.bureau.values.units import UNITS

UNMOVED: Final = "持平"
_AMOUNT: Final = ("增加", "减少")
_RATE: Final = ("提高", "下降")
_APART: Final = ("高出", "低")
_GROWTH: Final = ("增长", "下降")
_COUNTED: Final = frozenset(
    {"person", "school", "class", "volume", "room", "square_metre", "yuan", "item"}
)
"""What is counted or measured grows by per cent; a ratio only becomes another."""
_HUNDRED: Final = 100
_GROWTH_DECIMALS: Final = 2


def moves(card: Indicator) -> bool:
    """Whether an indicator says how another has moved."""
    return card.kind in COMPARING or apart(card)


def apart(card: Indicator) -> bool:
    """Whether an indicator says by how much a rate of ours is apart from somebody else's."""
    return card.kind == "ratio" and card.unit == "percentage_point"


def of_movement(card: Indicator, figure: Figure, shelf: Shelf, term: str) -> Runs:
    """Say a change or a growth: 增加172人，增长3.82%.

    A growth that rounds to nothing tells the amount it comes of. The figure must have a
    value.
    """
    if apart(card):
        return _told(figure, term, "", figure.unit, card.show.decimals, _APART)
    base = shelf.indicators[card.rests_on[0]]
    if card.kind == "change":
        words = _RATE if figure.unit == "percentage_point" else _AMOUNT
        return _told(figure, term, "", figure.unit, card.show.decimals, words)
    if card.kind == "average_growth" or figure.numerator is None:
        return _told(figure, term, "", figure.unit, card.show.decimals, _GROWTH)
    if figure.numerator == 0:
        return (UNMOVED,)
    amount = _told(figure, term, "numerator", base.unit, base.show.decimals, _AMOUNT)
    grown = _told(figure, term, "", figure.unit, card.show.decimals, _GROWTH)
    # One more in a million is more, although no per cent can be seen: then the amount is all.
    return amount if grown == (UNMOVED,) else (*amount, "，", *grown)


def can_be_held(now: Figure | None, then: Figure | None) -> bool:
    """Whether a figure can be held against an earlier one of itself: both are plain numbers."""
    return (
        now is not None
        and then is not None
        and isinstance(now.value, Fraction)
        and isinstance(then.value, Fraction)
    )


def since(card: Indicator, now: Figure, then: Figure, years: int) -> Runs:
    """Say how a figure has changed since an earlier one: 增加172人，增长3.82%.

    A rate rises by percentage points, and has no growth of its own. Both figures are plain
    numbers.
    """
    if not isinstance(now.value, Fraction) or not isinstance(then.value, Fraction):
        message = f"{now.key} cannot be held against {then.key}"
        raise TypeError(message)
    moved = now.value - then.value
    if not moved or half_up(moved, card.show.decimals) == 0:
        return (UNMOVED,)
    share = now.unit == "percent"
    unit = "percentage_point" if share else now.unit
    words = _RATE if share else _AMOUNT
    term = now.named(card.term)
    amount = _since(now, term, f"since{years}", (moved, unit), card.show.decimals, words)
    if share or then.value <= 0 or now.unit not in _COUNTED:
        return amount
    grown = moved / then.value * _HUNDRED
    if half_up(grown, _GROWTH_DECIMALS) == 0:
        return amount
    rate = grown, "percent"
    return (*amount, "，", *_since(now, term, f"growth{years}", rate, _GROWTH_DECIMALS, _GROWTH))


def _since(  # noqa: PLR0913, PLR0917 - which number of the figure, and how it is written
    now: Figure,
    term: str,
    facet: str,
    amount: tuple[Fraction, str],
    decimals: int,
    words: tuple[str, str],
) -> Runs:
    moved, unit = amount
    text = shown(abs(moved), decimals)
    claim = Claim(
        text=text + UNITS[unit].term,
        name=now.indicator,
        facet=facet,
        place=now.place,
        stage=now.stage,
        period=now.period,
        slice=now.slice,
        term=f"{term}（{'增幅' if unit == 'percent' else '增减量'}）",
        value=moved,
        unit=unit,
        shown=text,
        figure=now,
    )
    return (words[int(moved < 0)], claim)


def _told(  # noqa: PLR0913, PLR0917 - which number of the figure, and how it is written
    figure: Figure, term: str, facet: str, unit: str, decimals: int, words: tuple[str, str]
) -> Runs:
    value = figure.numerator if facet else figure.value
    if value is None or value == 0:
        return (UNMOVED,)
    # A root knows no «<»: only ≥ and ≤, with a fraction on the right.
    negative = not value >= Fraction(0)
    text = shown(value, decimals).removeprefix("-")
    # A rate that rounds to nothing cannot be seen; an amount, however small, can.
    if half_up(value, decimals) == 0 and not facet:
        return (UNMOVED,)
    claim = Claim(
        text=text + UNITS[unit].term,
        name=figure.indicator,
        facet=facet,
        place=figure.place,
        stage=figure.stage,
        period=figure.period,
        slice=figure.slice,
        term=f"{term}（增减量）" if facet else term,
        value=value,
        unit=unit,
        shown=text,
        figure=figure,
    )
    return (words[int(negative)], claim)
