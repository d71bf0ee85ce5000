"""Whether an indicator's unit is one that its terms can come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS, Unit, ratio_dimension
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.terms import PLACES, Read, dimensions
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import one_of

_MADE_OF_FIGURES: Final = frozenset({"share", "spread", "share points", "rank"})
"""What nobody counts one by one, or adds up from cells."""


def check_unit(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check the unit of an indicator against the dimensions of its parts."""
    unit = look.unit(at.at("unit"), indicator.unit)
    if unit is None or indicator.derived:
        # What is made of other figures is held against their unit, not against terms.
        return
    fits = _FITS[indicator.kind]
    if fits(unit, terms):
        return
    fitting = [code for code, other in UNITS.items() if other != unit and fits(other, terms)]
    at.at("unit").complain(
        "C-UNIT",
        say("单位 {code} 和算出来的量不合", code=unit.code),
        one_of(fitting) if fitting else say("单位表里有合适的单位"),
        "" if fitting else say("单位表（bureau/values/units.py）里还没有，请先添上"),
    )


def _fits_count(unit: Unit, terms: dict[str, list[Read]]) -> bool:
    if any(read.term.count == PLACES for read in terms.get("of", ())):
        return unit.dimension == UNITS["school"].dimension
    return unit.decimals == 0 and not _is_quotient(unit)


def _fits_sum(unit: Unit, terms: dict[str, list[Read]]) -> bool:
    kinds = dimensions(terms.get("of", ()))
    # Of several kinds, or none that is known, the terms have their own complaint.
    return len(kinds) != 1 or unit.dimension in kinds


def _fits_ratio(unit: Unit, terms: dict[str, list[Read]]) -> bool:
    above, below = _one(terms.get("numerator", ())), _one(terms.get("denominator", ()))
    if above is not None and below is not None:
        # Teachers to pupils: a share of the same kind, or so many people a hundred people.
        same = ratio_dimension(above, below)
        if unit.dimension == "share points":
            # Ours less theirs, of the same kind of people: how far two rates are apart.
            return same == "share" and any(read.term.times < 0 for read in terms["numerator"])
        return unit.dimension in {same, f"{above.dimension}/{below.dimension}"}
    # Rows that are counted may be anything: then only the side that is known has to fit.
    over, _, under = unit.dimension.partition("/")
    if not under:
        return unit.dimension == "share"
    return (above is None or above.dimension == over) and (
        below is None or below.dimension == under
    )


def _one(reads: Iterable[Read]) -> Unit | None:
    """Give a unit of what is added up; None where rows are counted or nothing is known."""
    kinds = dimensions(list(reads))
    if len(kinds) != 1:
        return None
    return next(unit for unit in UNITS.values() if unit.dimension in kinds)


def _is_quotient(unit: Unit) -> bool:
    return "/" in unit.dimension or unit.dimension in _MADE_OF_FIGURES


def _fits_share(unit: Unit, terms: dict[str, list[Read]]) -> bool:
    del terms
    return unit.dimension == "share"


def _fits_spread(unit: Unit, terms: dict[str, list[Read]]) -> bool:
    del terms
    return unit.dimension == "spread"


_FITS: Final = {
    "count": _fits_count,
    "sum": _fits_sum,
    "ratio": _fits_ratio,
    "share": _fits_share,
    "spread": _fits_spread,
}
"""A kind to the test of its unit."""
