"""Rates against a roster: the figure below the line, exact, for the place that is counted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.periods import Period
from xianxue.desk.ledgers.bases import bases_of, share

SHELF = national().shelf
VISITS = SHELF.ledgers["home_visits"]
YEAR = Period.parse("2025-2026")
COUNTY = "639900"


def figure(indicator: str, value, place: str = COUNTY, stage: Stage | None = None) -> Figure:
    return Figure(
        indicator=indicator,
        place=place,
        stage=stage,
        period=YEAR.code,
        value=None if value is None else Fraction(value),
        unit="person",
        shown="未定" if value is None else str(value),
        numerator=None if value is None else Fraction(value),
        denominator=None,
        coverage=Coverage(reported=3, expected=3),
    )


KNOWN = [
    figure("pupils", 130, stage=Stage.PRIMARY),
    figure("pupils", 0, stage=Stage.LOWER_SECONDARY),
    figure("pupils", 9, place="2163990001", stage=Stage.PRIMARY),
    figure("pupils_all", None),
]


def bases(place: str = COUNTY):
    def figures(indicator: str, period: Period):
        assert period == YEAR
        return [one for one in KNOWN if one.indicator == indicator]

    return bases_of(VISITS, SHELF, YEAR, place, figures)


def rate(name: str):
    return next(one for one in VISITS.rates if one.rate == name)


def test_a_share_is_of_the_figure_of_its_own_stage_and_place():
    base = bases()["primary_coverage"]
    assert base.figure is KNOWN[0]
    # 68 of 130 pupils: 34/65, and no decimal in between.
    assert share(rate("primary_coverage"), VISITS, 68, base) == Fraction(34, 65)
    own = bases("2163990001")["primary_coverage"]
    assert share(rate("primary_coverage"), VISITS, 3, own) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("coverage", COUNTY, "未定，报表还没有收齐"),
        ("upper_coverage", COUNTY, "没有这个单位的“在校生数”"),
        ("lower_coverage", COUNTY, "是 0"),
        ("primary_coverage", "", "没有自己的“在校生数"),
    ],
)
def test_where_the_base_is_missing_that_is_said_and_nothing_is_made_of_it(name, place, said):
    base = bases(place)[name]
    assert said in base.why
    assert share(rate(name), VISITS, 68, base) is None


def test_a_count_that_is_not_known_gives_no_share():
    assert share(rate("primary_coverage"), VISITS, None, bases()["primary_coverage"]) is None
