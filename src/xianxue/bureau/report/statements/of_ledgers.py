"""What is said of a ledger's counts and rates, by the entries that are counted in the period."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.ledgers.count import Count, Rate
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.report.context import Context, Row
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.units import UNITS

_DECIMALS: Final = 2
_WAN: Final = 10_000
_LEAST: Final = 100
"""In yuan: what is less is printed as 0.00 or 0.01 ten thousands."""


def means(slot: Slot, shelf: Shelf) -> bool:
    """Whether a slot speaks of a ledger: ``drills.held``, ``petitions.satisfied_rate``."""
    return slot.standard in shelf.ledgers


def concerns(context: Context, slot: Slot) -> bool:
    """Whether a slot speaks of a ledger and not of a finding."""
    return means(slot, context.shelf)


def required(slot: Slot, shelf: Shelf) -> str:
    """Say what a slot would need to be; empty if it can be written."""
    ledger = shelf.ledgers[slot.standard]
    count, rate = ledger.count(slot.criterion), _rate(ledger, slot.criterion)
    if count is None and (rate is None or not rate.base):
        return f"“.”后面写《{ledger.term}》的计数或比率"
    dimension = slot.slice.partition("=")[0]
    if dimension and (rate is not None or ledger.field(dimension) is None):
        return f"《{ledger.term}》不能按“{dimension}”细分，去掉细分"
    return ""


def exists(context: Context, slot: Slot, row: Row | None = None) -> bool:
    """Whether there is a number that is not zero: where nothing happened there is nothing to tell.

    A sum of which an amount was not filled in is no number.
    """
    del row
    return bool(_value(context, slot))


def say(context: Context, slot: Slot, row: Row | None = None) -> Runs:
    """Write a count with its measure word; nothing where it is nothing."""
    del row
    value = _value(context, slot)
    ledger = context.shelf.ledgers[slot.standard]
    rate = _rate(ledger, slot.criterion)
    count = ledger.count(slot.criterion)
    if value is None:
        return ()
    if rate is not None:
        said = shown(value * 100, _DECIMALS)
        return (_claim(context, slot, str(rate.term), "percent", value * 100, said, f"{said}%"),)
    if count is None:
        return ()
    unit = UNITS[count.unit]
    # So little that it would be printed as nothing is written in full.
    if slot.form == "wan" and value >= _LEAST:
        said, word = shown(value / _WAN, _DECIMALS), f"万{unit.term}"
    else:
        said, word = plain(value), "" if slot.form == "bare" else word_of(count)
    return (_claim(context, slot, str(count.term), count.unit, value, said, f"{said}{word}"),)


def word_of(count: Count) -> str:
    """Give the word behind a count's number: 期, 人次, or its unit's own."""
    return str(count.measure) or UNITS[count.unit].term


def _value(context: Context, slot: Slot) -> Fraction | None:
    ledger = context.shelf.ledgers[slot.standard]
    rate = _rate(ledger, slot.criterion)
    if rate is not None:
        above = _counted(context, ledger, rate.of, "")
        below = _counted(context, ledger, rate.base, "")
        return above / below if above is not None and below else None
    return _counted(context, ledger, slot.criterion, slot.slice)


def _counted(context: Context, ledger: Ledger, name: str, slice_of: str) -> Fraction | None:
    count = ledger.count(name)
    if count is None:
        return None
    dimension, _, code = slice_of.partition("=")
    here = [
        one
        for one in context.happenings(f"{ledger.ledger}.{name}")
        if not dimension or str(one.facts.get(dimension)) == code
    ]
    return _summed(count, here)


def _summed(count: Count, here: list[Happening]) -> Fraction | None:
    if count.distinct:
        return Fraction(len({one.adds for one in here if one.adds is not None}))
    if any(one.adds is None for one in here):
        return None
    total = sum(int(one.adds) for one in here if one.adds is not None)
    return UNITS[count.unit].in_whole_units(total)


def _rate(ledger: Ledger, name: str) -> Rate | None:
    return next((one for one in ledger.rates if one.rate == name), None)


def _claim(  # noqa: PLR0913, PLR0917 - the parts of a claim
    context: Context, slot: Slot, term: str, unit: str, value: Fraction, said: str, text: str
) -> Claim:
    dimension, _, code = slot.slice.partition("=")
    return Claim(
        text=text,
        name=slot.name,
        place=context.county,
        stage=None,
        period=context.period.code,
        slice=Slice(dimension, code) if dimension else None,
        term=term,
        value=value,
        unit=unit,
        shown=said,
    )
