"""Surveys: estimates by group, what has changed, and the numbers that figures are made of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from national import national

from xianxue.bureau.ballots.counting import count
from xianxue.bureau.ballots.estimating import stratified_mean
from xianxue.bureau.ballots.figured import county_of, tallies_of
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import head_of, tick
from xianxue.bureau.ballots.surveying import estimates, response_rate, since_last
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import half_up

SHELF = national().shelf
CARD = SHELF.ballots["teaching_review"]
OPENED = Opened(card=msgspec.structs.replace(CARD, questions=CARD.questions[:1]))
OVERALL = Column("overall")


def answered(*rows: tuple[str, str, str, int]):
    """Counters of papers: group, place, answer, how many."""
    return count(
        OPENED,
        [
            (f"{head_of(group, place)}\n{tick(OVERALL, said)}", many)
            for group, place, said, many in rows
        ],
    )


def schools(*so: int, of: int = 30):
    return answered(
        *(("parents", f"010{at}", "very", many) for at, many in enumerate(so, 1)),
        *(
            ("parents", f"010{at}", "dissatisfied", of - many)
            for at, many in enumerate(so, 1)
            if of - many
        ),
    )


SIZES = {("parents", f"010{at}"): many for at, many in enumerate((1200, 850, 430, 90, 30), 1)}


def test_equal_samples_of_unequal_schools_turn_the_verdict():
    """T-H13: 87.333 % of the papers, 77.846 % of the parents."""
    cells = schools(21, 24, 27, 29, 30)
    together, parents, pupils = estimates(OPENED, cells, OVERALL, SIZES)
    assert together.estimate is not None
    assert half_up(together.estimate.share * 100, 3) == Decimal("77.846")
    assert parents.estimate == together.estimate
    # Nobody of the pupils was asked: that is no share of nought.
    assert (pupils.judged, pupils.estimate) == (None, None)
    with pytest.raises(ValueError, match="no population"):
        estimates(OPENED, cells, OVERALL, {("parents", "0101"): 1200})


def test_what_is_more_than_chance_since_last_time():
    last = estimates(OPENED, schools(21, 24, 27, 24, 24), OVERALL, SIZES)
    little = since_last(estimates(OPENED, schools(22, 24, 27, 24, 24), OVERALL, SIZES), last)
    much = since_last(estimates(OPENED, schools(29, 28, 27, 24, 24), OVERALL, SIZES), last)
    assert little[0].since is not None
    assert much[0].since is not None
    assert (little[0].since.change > 0, little[0].since.sure) == (True, False)
    assert much[0].since.sure is True
    assert much[2].since is None


def test_a_share_of_slips_came_back():
    assert response_rate(schools(30), 40) == Fraction(3, 4)
    assert response_rate({}, 0) is None


def test_figures_are_made_of_counters_and_end_in_them():
    """T-H15: 80.00 % are satisfied, by 80.75 points; two numbers, never one."""
    said = {"very": 120, "fairly": 200, "middling": 60, "dissatisfied": 15, "very_dissatisfied": 5}
    cells = answered(*(("parents", "0101", level, many) for level, many in said.items()))
    cells |= answered(("pupils", "0101", "unsure", 30))
    county = county_of(OPENED, cells)
    values = county.values
    assert values["overall_judged"] == 400
    assert values["overall_favourable"] == 320
    assert values["overall_points"] == 32300 * 100
    table = SHELF.tables["teaching_review"]
    assert set(values) <= {field.field for field in table.fields}
    found = list(tallies_of(OPENED.card, county, "639800", "overall_favourable"))
    assert [(one.term, one.value) for one in found] == [("满意", "120"), ("比较满意", "200")]
    assert (
        sum(int(one.value) for one in tallies_of(OPENED.card, county, "1", "overall_judged")) == 400
    )


def test_what_too_few_said_is_withheld_from_figures():
    cells = answered(("parents", "0101", "very", 20), ("parents", "0101", "dissatisfied", 3))
    county = county_of(OPENED, cells)
    assert county.values["overall_favourable"] is Missing.WITHHELD
    assert list(tallies_of(OPENED.card, county, "1", "overall_favourable")) == []


def test_persons_and_offices_make_no_figures_of_the_county():
    assert "conduct_review" not in SHELF.tables
    assert "headmaster_election" not in SHELF.tables
    assert "work_judged" in {one.field for one in SHELF.tables["selection_review"].fields}


def test_the_mean_of_points_is_weighed_and_has_its_margin():
    """By hand: 85 of 100 and 60; of ten alike nothing is open, of five and five 400 ÷ 9 a head.

    (300 ÷ 400)² · (1 − 10 ÷ 300) · 4000 ÷ 9 ÷ 10 is the variance, and 1.96² that of the margin.
    """
    points = (Fraction(100), Fraction(60))
    found = stratified_mean([(100, (10, 0)), (300, (5, 5)), (50, (0, 0))], points)
    variance = Fraction(9, 16) * Fraction(29, 30) * Fraction(4000, 90)
    assert (found.share, found.silent, found.answered) == (85, 1, 20)
    assert found.error is not None
    assert found.margin is not None
    assert found.error.square == variance
    assert found.margin.square == variance * Fraction(196, 100) ** 2
    assert stratified_mean([(100, (1, 0)), (300, (5, 5))], points).margin is None
    with pytest.raises(ValueError, match="nobody"):
        stratified_mean([(100, (0, 0))], points)
