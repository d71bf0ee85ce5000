"""Pictures of figures beside those of the years before, with what they show in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.outline import PictureBlock
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.occasion import Bars
from xianxue.bureau.report import grammar
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.statements import of_figures
from xianxue.bureau.report.statements.of_figures import NO_DATA
from xianxue.bureau.report.text import Picture
from xianxue.bureau.values.period_rules import years_before
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.units import UNITS

_DECIMALS: Final = 4

Group = tuple[str, tuple[Figure | None, ...]]
"""What a group of bars is called, and its figures, the earliest first."""


def picture(context: Context, card: PictureBlock) -> Iterator[Picture]:
    """Draw the picture of a card; nothing where no figure of it is known."""
    groups: list[Group] = []
    for item in card.items:
        slot = next(grammar.slots(grammar.parse(item["value"])), None)
        if slot is not None:
            of = tuple(_figure(context, slot, years) for years in card.years)
            groups.append((item["label"], of))
    before = [years_before(context.period, one).term for one in card.years]
    # Two years side by side are last year and this one, whichever they are called.
    years = ["上年", "本年"] if card.years == (1, 0) else before
    yield from drawn(context, card.term, groups, years, (card.width, card.height))


def drawn(
    context: Context,
    term: str,
    groups: Sequence[Group],
    years: Sequence[str],
    size: tuple[int, int],
) -> Iterator[Picture]:
    """Draw groups of bars; what has no figure is left out and not drawn as nothing.

    So is a year of which no figure is known. ``size``: width and height in millimetres.
    """
    held = [at for at in range(len(years)) if any(of[at] is not None for _, of in groups)]
    groups = [(name, tuple(of[at] for at in held)) for name, of in groups]
    years = [years[at] for at in held]
    known = [one for one in groups if any(figure is not None for figure in one[1])]
    if not known or context.occasion.draw is None:
        return
    png, shape = context.occasion.draw(
        Bars(
            groups=tuple(tuple(_height(figure) for figure in of) for _, of in known),
            labels=tuple(tuple(_label(figure) for figure in of) for _, of in known),
            high=size[1],
            wide=size[0],
        )
    )
    context.pictures += 1
    names = "、".join(f"{number} {name}" for number, (name, _) in enumerate(known, start=1))
    colours = f"；浅色{'、'.join(years[:-1])}，深色{years[-1]}" if years[1:] else ""
    caption = f"图{chinese(context.pictures)}  {term}（{names}{colours}）"
    said = "；".join(_said(name, of, years) for name, of in known)
    yield Picture((caption,), png, size[0], shape, f"{term}。{said}。")


def _figure(context: Context, slot: Slot, years: int) -> Figure | None:
    found = of_figures.find(context, replace(slot, back=years), None)
    return found[1] if found is not None and found[1] and found[1].value is not None else None


def _height(figure: Figure | None) -> Decimal | None:
    """Give how high a bar is; what is drawn need not be exact."""
    return None if figure is None or figure.value is None else half_up(figure.value, _DECIMALS)


def _label(figure: Figure | None) -> str:
    return "" if figure is None else figure.shown


def _said(name: str, of: Sequence[Figure | None], years: Sequence[str]) -> str:
    each = [
        f"{year}{NO_DATA if one is None else one.shown + UNITS[one.unit].term}"
        for one, year in zip(of, years, strict=True)
    ]
    return f"{name}：{'，'.join(each)}"
