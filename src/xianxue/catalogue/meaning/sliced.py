"""Slices: by which dimensions an indicator can be told apart, and whether it has a whole."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.slices import ATTRIBUTE_CODES, slices_of
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.terms import PLACES, Read
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed


def check_sliced(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check that every number an indicator is made of can be told apart by its dimensions."""
    below = [look.shelf.indicators.get(name) for name in indicator.rests_on]
    targets = [one for one in below if one is not None]
    _check_whole(at, indicator, targets)
    here = at.at("slices")
    for index, name in enumerate(indicator.slices):
        if name in indicator.slices[:index]:
            here.at(index).complain(
                "C-TWICE", say("“{name}”写了两次", name=name), say("每一项只写一次")
            )
    if indicator.rests_on:
        _check_alike(here, indicator, targets)
    elif indicator.slices:
        _check_columns(look, here, indicator, terms)


def _check_whole(at: Spot, indicator: Indicator, targets: Sequence[Indicator]) -> None:
    """Check that something is figured, and that what has no whole is made into none."""
    if not indicator.whole and not indicator.slices:
        at.at("slices").complain(
            "C-SLICE", say("只要细分的数，却没有写按什么细分"), say("写明 slices，或删去 whole")
        )
    for one in targets:
        if indicator.whole and not one.whole:
            saw = say(
                "“{indicator}”只有细分的数（whole: false），没有总的数", indicator=one.indicator
            )
            at.complain("C-SLICE", saw, say("写 whole: false，并写明按什么细分"))


def _check_alike(at: Spot, indicator: Indicator, targets: Sequence[Indicator]) -> None:
    """Check that what is made of other indicators is told apart only as all of them are."""
    known = _in_all([one.slices for one in targets])
    for index, name in enumerate(indicator.slices):
        for one in targets:
            if name not in one.slices:
                saw = say("“{indicator}”没有按“{name}”细分", indicator=one.indicator, name=name)
                do = say("可用：{known}", known=listed(known)) if known else ""
                at.at(index).complain("C-SLICE", saw, say("所用的指标都有的细分"), do)


def _check_columns(
    look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]
) -> None:
    reads = [read for part in terms.values() for read in part]
    tables = {read.table.table: read.table for read in reads if read.table is not None}
    known = listed([*ATTRIBUTE_CODES, *_in_all([one.slices for one in tables.values()])])
    # What a school's stages share, and the school itself, have no rows to tell apart
    # (``formulas._slices``).
    shared = bool(indicator.split) or any(read.term.count == PLACES for read in reads)
    for index, name in enumerate(indicator.slices):
        values = slices_of(name, list(tables.values()), look.shelf.codes)
        if values is None:
            saw = say("所用的各表不都能按“{name}”细分", name=name)
            required = say("各表共有的细分栏、学校的属性，或写明各校的分组代码表")
            at.at(index).complain("C-SLICE", saw, required, say("可用：{known}", known=known))
        elif shared and not all(value.by_place for value in values):
            saw = say("数学校或有折算办法，不能按“{name}”细分", name=name)
            at.at(index).complain(
                "C-SLICE", saw, say("学校的属性或分组"), say("可用：{known}", known=known)
            )


def _in_all(slices: Sequence[Sequence[str]]) -> list[str]:
    """Give the dimensions that all of several have."""
    first, *others = slices or [()]
    return [name for name in first if all(name in other for other in others)]
