"""What each place adds to a figure, side by side: worst first, and coming to the figure again.

The rows of a panel are these. That they come to the figure by its own formula is what makes them
worth reading; ``recombined`` does that sum anew from the rows alone, and tests hold it against
the figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Because, Figure, key_of
from xianxue.bureau.records.trace import Trace
from xianxue.bureau.values.exact import Exact, Root, exact_sum
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.units import UNITS

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explaining.explain import Explanation


class Share(Record, kw_only=True):
    """One place's part of a figure."""

    place: str
    name: str
    numerator: Fraction | None
    """In whole units; None where it is missing. Of a count or sum, all there is."""
    denominator: Fraction | None = None
    """None where it is missing, and for counts and sums."""
    known: bool = True
    """Whether nothing of it is missing."""
    counted: bool = True
    """Whether it takes part in the figure: not where it does not apply, or is not looked at."""
    value: Exact | None = None
    """What the place comes to by itself, in the unit of ``card``."""
    shown: str = ""
    note: str = ""
    key: str = ""
    """The key of the place's own figure; empty where it has none, or is the figure itself."""
    traces: tuple[Trace, ...] = ()


class Shares(Record):
    """All places' parts, with the card that they are told by."""

    card: Indicator
    """Of a spread, that of the ratio that is compared; else the figure's own."""
    rows: tuple[Share, ...]
    ratio: bool
    """Whether each row is a numerator divided by a denominator."""

    def of(self, place: str) -> Share | None:
        """Give the row of a place."""
        return next((row for row in self.rows if row.place == place), None)


def compared_by(figure: Figure, card: Indicator, figures: Mapping[str, Figure]) -> Figure:
    """Give the figure whose parts a figure is told by: of a spread, the ratio that is compared."""
    key = key_of(card.spread_of, figure.place, figure.stage, figure.period, figure.slice)
    return figures.get(key, figure) if card.spread_of else figure


def shares_of(
    explained: Explanation, shelf: Shelf, register: Register, figures: Mapping[str, Figure]
) -> Shares:
    """Put the parts of each place side by side, the worst first; none of a derived figure.

    ``figures``: those of the same period, for what a place comes to by itself. A spread is told by
    what places add to the ratio of the whole area: there a school's stage counts with its own
    pupils, whatever its school shares.
    """
    figure = explained.figure
    own = base = shelf.indicators[figure.indicator]
    by_place: dict[str, dict[str, Because]] = {}
    for one in () if own.derived else figure.because:
        by_place.setdefault(one.place, {})[one.part] = one
    ratio = base.denominator is not None or own.share_of is not None
    rows = [
        _share(place, parts, figure, base, register, figures, ratio=ratio)
        for place, parts in by_place.items()
    ]
    return Shares(base, tuple(_worst_first(rows, base)), ratio)


def _share(  # noqa: PLR0913, PLR0917 - whose part, of what, told by what
    place: str,
    parts: Mapping[str, Because],
    figure: Figure,
    base: Indicator,
    register: Register,
    figures: Mapping[str, Figure],
    *,
    ratio: bool,
) -> Share:
    over, under = parts.get("numerator", parts.get("of")), parts.get("denominator")
    top = over.amount if over is not None else None
    bottom = under.amount if under is not None else None
    # Who is asked for one part only (children by schools, population by the county) lacks nothing.
    known = all(one.amount is not None for one in parts.values())
    left = place in figure.coverage.not_applicable
    value = _value(top, bottom, base, ratio=ratio)
    mine = figures.get(
        key_of(base.indicator, place, figure.stage, figure.period, figure.slice), None
    )
    if mine is not None and mine.place == figure.place:
        mine = None
    told = mine.shown if mine is not None and mine.value == value else _shown(value, base)
    notes = dict.fromkeys(one.note for one in (over, under) if one is not None and one.note)
    return Share(
        place=place,
        name=register[place].name if place in register else place,
        numerator=top,
        denominator=bottom,
        known=known,
        counted=not left and (under is None or bottom != 0),
        value=None if left else value,
        shown=told if value is not None and not left else "",
        note="；".join(notes) if len(notes) > 1 else next(iter(notes), ""),
        key=mine.key if mine is not None else "",
        traces=tuple(
            dict.fromkeys(trace for one in (over, under) if one is not None for trace in one.traces)
        ),
    )


def _value(
    top: Fraction | None, bottom: Fraction | None, base: Indicator, *, ratio: bool
) -> Fraction | None:
    if base.share_of is not None or top is None:
        return None
    if not ratio:
        return top
    return top / bottom * UNITS[base.unit].per if bottom else None


def _shown(value: Fraction | None, base: Indicator) -> str:
    if value is None:
        return ""
    if base.show.form == "one_to_n":
        return f"1:{shown(value, base.show.decimals)}"
    return shown(value, base.show.decimals)


def _worst_first(rows: list[Share], base: Indicator) -> list[Share]:
    """What is missing first: the figure waits for it. Then the worst, and last who is left out."""

    def order(row: Share) -> tuple[int, Fraction]:
        if not row.known:
            return 0, Fraction(0)
        if not row.counted:
            return 2, Fraction(0)
        value = row.value if isinstance(row.value, Fraction) else row.numerator or Fraction(0)
        # Where neither much nor little is bad, the largest part is what people look for.
        return 1, value if base.direction == "higher_is_better" else -value

    return sorted(rows, key=order)


def recombined(figure: Figure, card: Indicator, shares: Shares) -> Exact | None:
    """Work a figure out from its rows alone, by its own formula.

    None where a part is missing, or there is nothing to divide by: then it has no value either.
    """
    rows = [row for row in shares.rows if row.place not in figure.coverage.not_applicable]
    if not rows:
        # Nobody has any: a count is nought, a ratio of nobody is nothing.
        return figure.numerator if not shares.ratio and figure.value is not None else None
    if not all(row.known for row in rows):
        return None
    tops = [row.numerator or Fraction(0) for row in rows]
    if not shares.ratio:
        return exact_sum(tops)
    bottoms = [row.denominator or Fraction(0) for row in rows]
    if card.spread_of:
        return _spread(tops, bottoms)
    under = exact_sum(bottoms)
    return exact_sum(tops) / under * UNITS[figure.unit].per if under else None


def _spread(tops: Sequence[Fraction], bottoms: Sequence[Fraction]) -> Root | None:
    r"""√［Σ（P÷ΣP）（x−x̄）²］÷x̄, with x = top ÷ bottom and P = bottom."""
    pairs = [(top, bottom) for top, bottom in zip(tops, bottoms, strict=True) if bottom]
    weights = exact_sum([bottom for _, bottom in pairs])
    total = exact_sum([top for top, _ in pairs])
    if not total:
        return None
    squares = exact_sum([top * top / bottom for top, bottom in pairs])
    return Root(weights * squares / total**2 - 1)
