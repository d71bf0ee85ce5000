"""What each place adds, and that the rows alone come to the figure again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.exact import Root
from xianxue.desk.indicators.shares import Share, Shares, recombined

SHELF = national().shelf
RATIO = SHELF.indicators["books_per_pupil"]
SPREAD = SHELF.indicators["spread_books_per_pupil"]
COUNT = SHELF.indicators["pupils_all"]


def figure(indicator=RATIO, **said) -> Figure:
    return Figure(
        **{
            "indicator": indicator.indicator,
            "place": "639900",
            "stage": None,
            "period": "2025-2026",
            "value": Fraction(1),
            "unit": indicator.unit,
            "shown": "",
            "numerator": None,
            "denominator": None,
            "coverage": Coverage(2, 2),
            **said,
        }
    )


def rows(*pairs, **said) -> tuple[Share, ...]:
    return tuple(
        Share(place=str(at), name="", numerator=top, denominator=bottom, **said)
        for at, (top, bottom) in enumerate(
            (Fraction(a), Fraction(b) if b is not None else None) for a, b in pairs
        )
    )


def test_a_ratio_of_ratios_is_neither_their_sum_nor_their_mean():
    shares = Shares(RATIO, rows((1, 2), (3, 10)), ratio=True)
    assert recombined(figure(), RATIO, shares) == Fraction(4, 12)


def test_the_published_five_schools_give_the_published_spread():
    books = ((279, 45), (137, 37), (935, 89), (160, 76), (402, 55))
    found = recombined(figure(SPREAD), SPREAD, Shares(RATIO, rows(*books), ratio=True))
    assert isinstance(found, Root)
    assert str(found.to_decimal(4)) == "0.5153"


def test_a_missing_part_leaves_the_whole_undetermined():
    known = rows((1, 2))
    gone = Share(place="9", name="", numerator=None, denominator=Fraction(3), known=False)
    assert recombined(figure(), RATIO, Shares(RATIO, (*known, gone), ratio=True)) is None


def test_a_place_to_which_it_does_not_apply_takes_both_its_parts_away():
    left = figure(coverage=Coverage(2, 2, not_applicable=("1",)))
    shares = Shares(RATIO, rows((1, 2), (3, 10)), ratio=True)
    assert recombined(left, RATIO, shares) == Fraction(1, 2)


@pytest.mark.parametrize(("counted", "expected"), [(Fraction(0), Fraction(0)), (None, None)])
def test_of_nobody_a_count_is_nought_and_a_ratio_nothing(counted, expected):
    none = figure(COUNT, value=counted, numerator=counted, coverage=Coverage(0, 0))
    assert recombined(none, COUNT, Shares(COUNT, (), ratio=False)) == expected
