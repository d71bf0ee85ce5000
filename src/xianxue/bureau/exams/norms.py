"""A sampled pupil's score: each result's points by the norms, weighed and added up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.exams.sampling import Item, Norms, NormTable, Scoring
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up

_WHOLE: Final = 100
_METRE: Final = 100
"""Centimetres."""


class NoNormError(ValueError):
    """There is no norm for an item and a pupil; the message is the item's code."""


class Scored(Record, kw_only=True):
    """What a pupil came to."""

    points: Mapping[str, Fraction]
    """Item to points, of 100."""
    extra: Fraction
    """附加分."""

    score: Fraction
    """Weighed, with what is on top, in hundredths rounded half up."""


def scored(
    scoring: Scoring, norms: Norms, of: int, sex: str, results: Mapping[str, Decimal]
) -> Scored:
    """Score the results of a pupil who has one of each item that is weighed.

    NoNormError where the norms say nothing of an item for that grade and sex; KeyError where a
    result is lacking: whoever lacks one has no score.
    """
    weights = scoring.weighed(of, sex)
    points = {
        code: points_of(scoring, norms, code, of, sex, results[code])
        for code, weight in weights.items()
        if weight
    }
    extra = Fraction(0)
    for one in norms.tables:
        if one.extra and of in one.of and one.sex in {None, sex} and one.item in results:
            extra += _worth(one, results[one.item])
    whole = sum((points[code] * weights[code] / _WHOLE for code in points), extra)
    return Scored(points=points, extra=extra, score=Fraction(half_up(whole, 2)))


def points_of(  # noqa: PLR0913, PLR0917 - the parts of a question
    scoring: Scoring, norms: Norms, code: str, of: int, sex: str, result: Decimal
) -> Fraction:
    """Give the points of one result, of 100."""
    item = scoring.item(code)
    if item is not None and item.full:
        return Fraction(result) * _WHOLE / Fraction(item.full)
    table = norms.table(code, of, sex)
    if table is None:
        raise NoNormError(code)
    return Fraction(_worth(table, result))


def _worth(table: NormTable, result: Decimal) -> int:
    for one in table.worth:
        low = one.at_least is None or result >= one.at_least
        if low and (one.at_most is None or result <= one.at_most):
            return one.points
    return 0


def body_mass(height: Decimal, weight: Decimal) -> Decimal:
    """Give 体重指数 of centimetres and kilograms, half up to one decimal.

    >>> body_mass(Decimal(160), Decimal("51.2"))
    Decimal('20.0')
    """
    metres = Fraction(height) / _METRE
    return half_up(Fraction(weight) / metres**2, 1)


def within(item: Item, result: Decimal) -> bool:
    """Whether a result is one that a pupil can have."""
    return item.least <= result <= item.most
