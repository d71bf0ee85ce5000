"""Whether a value asks for less than the one it is laid over, or for what makes no sense.

An upper limit that rises and a lower limit that falls are laxer. A line inside an indicator says
less by itself: there it counts which way the figure moves when the line rises, and whether the
figure is better high or low.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from xianxue.bureau.kinds.card import Bound, Condition, DatedValue, Where
from xianxue.bureau.kinds.derived import IndexPart
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.values.units import UNITS

Laxer = Literal["lower", "higher", "unknown", "none"]
"""Which way a value has to move to ask for less; ``none`` where nothing is asked by it."""

FAR: Final = 10
"""So many times the value before, or a tenth of it, is a slip of the unit more often than meant."""
_WHOLE: Final = 100
"""Of a part no more can be asked than all of it."""


def laxer_of_rule(rule: str) -> Laxer:
    """Say which way the threshold of a rule gets laxer.

    >>> laxer_of_rule("at_least"), laxer_of_rule("at_most")
    ('lower', 'higher')
    """
    return "lower" if rule == "at_least" else "higher"


def laxer_of_line(indicator: Indicator, name: str, standards: Iterable[Standard]) -> Laxer:
    """Say which way a line of an indicator gets laxer."""
    wanted = _wanted(indicator, standards)
    if wanted == "neutral":
        return "none"
    moves = set(_moves(indicator, name))
    if len(moves) != 1 or 0 in moves:
        return "unknown"
    # A figure that is to be high gets laxer with whatever lifts it.
    lifts = moves.pop() > 0
    return "higher" if lifts == (wanted == "higher_is_better") else "lower"


def is_laxer(value: Decimal, before: Decimal, laxer: Laxer) -> bool:
    """Whether a value asks for less than the one before.

    >>> is_laxer(Decimal("0.55"), Decimal("0.50"), "higher")
    True
    """
    if laxer == "unknown":
        return value != before
    return value < before if laxer == "lower" else laxer == "higher" and value > before


def senseless(value: Decimal, before: Sequence[Decimal], unit: str) -> bool:
    """Whether no figure of a unit could be meant to be held against a value.

    >>> senseless(Decimal(120), [Decimal(95)], "percent"), senseless(Decimal(-1), [], "yuan")
    (True, True)
    >>> senseless(Decimal(80000), [Decimal(8000)], "yuan"), senseless(Decimal(45), [], "person")
    (True, False)
    """
    known = UNITS.get(unit)
    if known is not None and known.dimension == "share" and value > _WHOLE:
        return True
    if value < 0:
        return True
    return any(old > 0 and (value >= old * FAR or value * FAR <= old) for old in before)


def replaced(value: DatedValue, before: Sequence[DatedValue]) -> list[DatedValue]:
    """Give the values that a new one may take the place of, on some day and for some place."""
    found: list[DatedValue] = []
    for index, old in enumerate(before):
        span = _both(value, old)
        if span is None or not _meets(value, old):
            continue
        merged = {**old.when, **value.when}
        if not any(_hides(earlier, old, span, merged) for earlier in before[:index]):
            found.append(old)
    return found


def _wanted(indicator: Indicator, standards: Iterable[Standard]) -> str:
    """Say whether a figure is to be high or low: by its card, else by the rules that judge it."""
    if indicator.direction != "neutral":
        return indicator.direction
    rules = {
        criterion.rule
        for standard in standards
        for criterion in (*standard.criteria, *standard.spread)
        if criterion.indicator == indicator.indicator
    }
    if len(rules) != 1:
        return "neutral"
    return "higher_is_better" if rules == {"at_least"} else "lower_is_better"


def _moves(indicator: Indicator, name: str) -> Iterator[int]:
    """Say for each use of a line whether the figure rises with it (1), falls (-1), or neither."""
    for total, sign in (
        (indicator.of, 1),
        (indicator.numerator, 1),
        (indicator.denominator, -1),
    ):
        yield from (sign * way for way in _of_sum(total, name))
    if indicator.share_of is not None:
        yield from _of_condition(indicator.share_of.meets, name)
        if any(_named(each, name) for each in indicator.share_of.where.values()):
            # Other places are looked at then; whether more or fewer of them meet the line is open.
            yield 0
    if indicator.index_of is not None:
        parts = indicator.index_of.parts
        yield from (_of_part(indicator, part) for part in parts if name in {part.zero, part.full})


def _of_part(indicator: Indicator, part: IndexPart) -> int:
    """Say which way points move when one of a component's two lines rises.

    Where more is better, higher lines leave fewer points. Where less is better, the full line lies
    below the other, and they leave more. Neither is said where both happen, by stage or day.
    """
    fulls = indicator.lines.get(part.full, ())
    zeros = indicator.lines.get(part.zero, ())
    together = [
        (full.value, zero.value)
        for full in fulls
        for zero in zeros
        if _meets(full, zero) and _both(full, zero) is not None
    ]
    # A component without a line for 0 points has none at the value 0.
    pairs = together if part.zero else [(full.value, Decimal(0)) for full in fulls]
    ways = {-1 if full > zero else 1 for full, zero in pairs}
    return ways.pop() if len(ways) == 1 else 0


def _of_sum(total: Sum | None, name: str) -> Iterator[int]:
    for term in total.sum if total is not None else ():
        if isinstance(term, str):
            continue
        for condition in term.where.values():
            yield from (way if term.times > 0 else -way for way in _of_condition(condition, name))


def _of_condition(condition: Condition, name: str) -> Iterator[int]:
    if isinstance(condition, Bound):
        # What lies below a line is more when the line rises.
        yield from (1 for limit in (condition.at_most, condition.less_than) if limit == name)
        yield from (-1 for limit in (condition.at_least, condition.more_than) if limit == name)


def _named(condition: Condition, name: str) -> bool:
    return any(True for _ in _of_condition(condition, name))


def _both(one: DatedValue, other: DatedValue) -> tuple[date, date] | None:
    """Give the first and last day on which both hold; None where there is none."""
    first = max(one.valid_from, other.valid_from)
    last = min(one.valid_to or date.max, other.valid_to or date.max)
    return (first, last) if first <= last else None


def _meets(value: DatedValue, old: DatedValue) -> bool:
    """Whether some place could have both values."""
    if value.stage is not None and old.stage is not None and value.stage is not old.stage:
        return False
    return all(_possible(old.when[column], wanted) for column, wanted in value.when.items()
               if column in old.when)  # fmt: skip


def _possible(one: Condition, other: Condition) -> bool:
    first, second = _codes(one), _codes(other)
    return first is None or second is None or bool(first & second)


def _hides(earlier: DatedValue, old: DatedValue, span: tuple[date, date], merged: Where) -> bool:
    """Whether an earlier value is taken wherever the old one would have been."""
    return (
        earlier.stage in {None, old.stage}
        and all(
            column in merged and _implied(wanted, merged[column])
            for column, wanted in earlier.when.items()
        )
        and earlier.valid_from <= span[0]
        and span[1] <= (earlier.valid_to or date.max)
    )


def _implied(wanted: Condition, given: Condition) -> bool:
    first, second = _codes(wanted), _codes(given)
    return wanted == given or (first is not None and second is not None and second <= first)


def _codes(condition: Condition) -> frozenset[str] | None:
    """Give the codes of a condition; None for one that is no list of codes."""
    # Bounds and yes or no are not compared: what might overlap is taken to overlap.
    if isinstance(condition, str):
        return frozenset({condition})
    return frozenset(condition) if isinstance(condition, list) else None
