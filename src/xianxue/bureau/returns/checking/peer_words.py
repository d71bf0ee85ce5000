"""How a value beside those of other schools is put into words that a person can check."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.unusual import Peers
from xianxue.bureau.records.brought import Norm, PeerGroup
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.plan import CheckPlan
from xianxue.bureau.returns.checking.unusual_amounts import Amount, total_of, unit_of
from xianxue.bureau.values.exact import at_most, less_than
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.sentence import Sentence, glued, say

_PLACES: Final = 2
# No measured quantity has more; a smaller value is shown as 0.
_MOST_PLACES: Final = 8
_TELLING: Final = 100
"""Three digits tell one value from another."""
_HUNDRED: Final = 100
_TYPES: Final = "school_types"


def usual_span(  # noqa: PLR0913, PLR0917 - the bounds, and how they are told
    peers: Peers, norm: Norm, scale: Fraction, value: Fraction, many: int, unit: str
) -> Sentence:
    """Say between which values nothing is asked: what a person can check, unlike a score.

    ``scale`` is how far from the middle a score of one is; all is told for so ``many`` at a time.
    """
    limit = Fraction(peers.modified_z)
    apart = max(limit * scale, Fraction(peers.at_least_percent) * abs(norm.middle) / 100)
    low, high = (norm.middle - apart) * many, (norm.middle + apart) * many
    value *= many
    # As many decimals as tell the bound from the value that is beyond it.
    most = _tidy(shown_beside(high, value, _places(high), less_than))
    if low <= 0:
        return say("同类学校一般不超过 {high}{unit}", high=most, unit=unit)
    least = _tidy(shown_beside(low, value, _places(low), at_most))
    unit = unit or " "
    return say("同类学校一般在 {low} 至 {high}{unit}之间", low=least, high=most, unit=unit)


def parts_at_a_time(peers: Peers, amount: Amount, middle: Fraction) -> int:
    """Give for how many at a time a part is told: nobody pictures 0.06 teachers a pupil."""
    return _HUNDRED if peers.per and amount.field.type == "integer" and abs(middle) < 1 else 1


def for_each(peers: Peers, value: Fraction, amount: Amount, plan: CheckPlan, many: int) -> str:
    """Say what the amount is for each of what it is divided by; nothing where it is not."""
    if not peers.per:
        return ""
    sheet, _, name = peers.per.partition(".")
    divisor = plan.sheets[sheet].sheet.field(name)
    unit = unit_of(divisor) if divisor is not None else ""
    worth = _short(value * many) + (" " + amount.unit if amount.unit else "")
    if many > 1:
        return say("，平均每百{unit} {worth}", unit=unit, worth=worth)
    return say("，平均每{unit} {worth}", unit=unit, worth=worth)


def counted_in(peers: Peers, returned: Return, plan: CheckPlan) -> str:
    """Name the cells besides its own that a value is divided or grouped by."""
    sizes = [peers.size] if "size" in peers.group_by else []
    totals = [total_of(returned, plan, each) for each in dict.fromkeys([*sizes, peers.per]) if each]
    return glued(
        say("（{name}{where} {value}）", name=each.name, where=each.where, value=each.shown)
        for each in totals
        if each
    )


def kind_of(peers: Peers, group: PeerGroup, plan: CheckPlan, shelf: Shelf) -> Iterator[str]:
    """Say which schools are compared: their type, and their size."""
    if group.school_type:
        codes = shelf.codes.get(_TYPES)
        entry = codes.entry(group.school_type) if codes is not None else None
        yield entry.term if entry is not None else group.school_type
    if "size" in peers.group_by:
        sheet, _, name = peers.size.partition(".")
        asked = plan.sheets[sheet].sheet.field(name)
        unit = unit_of(asked) if asked is not None else ""
        low = peers.sizes[group.size - 1] if group.size else None
        high = peers.sizes[group.size] if group.size < len(peers.sizes) else None
        if low is None:
            yield say("不到 {high} {unit}", high=high, unit=unit)
        elif high is None:
            yield say("{low} {unit}及以上", low=low, unit=unit)
        else:
            yield say("{low}—{high} {unit}", low=low, high=high - 1, unit=unit)


def rough(value: Fraction) -> str:
    """Write a value with the three digits that people compare by.

    >>> rough(Fraction(270337, 100)), rough(Fraction(1858, 100)), rough(Fraction(61, 1000))
    ('2703', '18.6', '0.061')
    """
    return plain(value, _places(value))


def _places(value: Fraction) -> int:
    places = 0
    while places < _MOST_PLACES and value and abs(value) * 10**places < _TELLING:
        places += 1
    return places


def _tidy(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(value: Fraction) -> str:
    """Write a value with two decimals, or as many as a small one needs to be told from others."""
    places = _PLACES
    while places < _MOST_PLACES and abs(value) * 10**places < _TELLING:
        places += 1
    return plain(value, places)
