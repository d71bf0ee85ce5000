"""The rates of a ledger on the command line: of two counts, or of a count and a roster's figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianxue.bureau.kinds.ledgers.count import Count, Rate
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import half_up, plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.bases import Base, bases_of, share
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.ledgers.counting import Counts
    from xianxue.desk.ledgers.sums import Tally, Told

_HUNDRED = 100
BasesOf = Callable[[str], Mapping[str, Base]]
"""Gives what rates stand on, for a place."""


def amount_of(count: Count | None, amount: int | str | None) -> str | None:
    """Write an amount in whole units; None where it is missing."""
    if count is None or not isinstance(amount, int) or not count.sum:
        return str(amount) if amount is not None else None
    unit = UNITS[count.unit]
    return str(half_up(unit.in_whole_units(amount), unit.decimals))


def percent_shown(value: str | None) -> str:
    """Write a percentage for people."""
    return f"{value}%" if value is not None else say("未定")


def bases_for(workspace: Path | None, counts: Counts) -> BasesOf:
    """Prepare to ask for the roster's figures; the engine runs where a rate needs one."""
    opened = Workspace.open(workspace)
    named = [one.base_indicator for one in counts.ledger.rates if one.base_indicator]

    @cache
    def figured(period: str) -> Mapping[str, Figure]:
        from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

        return river_of(opened, Period.parse(period), "none").figures_for(named)

    def figures(indicator: str, period: Period) -> Sequence[Figure]:
        return [one for one in figured(period.code).values() if one.indicator == indicator]

    def bases(place: str) -> Mapping[str, Base]:
        return bases_of(counts.ledger, opened.shelf, counts.period, place, figures)

    return bases


def place_of(counts: Counts, by: str, key: Told) -> str:
    """Give the place whose roster belongs to what is counted; empty where there is none such."""
    county = counts.room.ground.register.county.code
    if by:
        return str(key) if by == "place" and key is not None else ""
    return counts.area or county


def rates_of(
    counts: Counts, tallies: Sequence[Tally], bases: Mapping[str, Base]
) -> list[dict[str, Any]]:
    """Give the rates of some counts as the fields of ``--json``."""
    return [_rate(counts, rate, tallies, bases.get(rate.rate)) for rate in counts.ledger.rates]


def _rate(
    counts: Counts, rate: Rate, tallies: Sequence[Tally], base: Base | None
) -> dict[str, Any]:
    above, below, quotient = counts.rate(rate, tallies)
    denominator = amount_of(counts.ledger.count(rate.base), below)
    if base is not None:
        quotient = share(rate, counts.ledger, above, base)
        denominator = plain(base.value) if base.value is not None else None
    return {
        "rate": rate.rate,
        "term": rate.term,
        "numerator": amount_of(counts.ledger.count(rate.of), above),
        "denominator": denominator,
        "value": str(half_up(quotient * _HUNDRED, 1)) if quotient is not None else None,
        "target": next(
            (f"{one.value:f}" for one in rate.target if holds_on(one, counts.last)), None
        ),
        "base": _told(base) if base is not None else None,
    }


def _told(base: Base) -> dict[str, str | None]:
    return {
        "indicator": base.indicator,
        "term": base.term,
        "period": base.period,
        "figure": base.figure.key if base.figure is not None else None,
        "why": base.why or None,
    }


def beneath(rate: Mapping[str, Any]) -> str:
    """Say what a rate stands on, for people: the roster's figure, or why there is none."""
    base = rate["base"]
    if base is None:
        return ""
    return str(base["why"] or say("÷ {term} {value}", term=base["term"], value=rate["denominator"]))
