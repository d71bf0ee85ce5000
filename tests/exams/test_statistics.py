"""Statistics by hand, with bases of nobody, of one, and of pupils who are all alike."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import isclose
from statistics import pstdev, stdev

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_marks import CARD, HEIGHTS, drawn, frame
from national import national

from xianxue.bureau.exams import shares
from xianxue.bureau.exams.analysis import analyse
from xianxue.bureau.exams.columns import Why, in_points
from xianxue.bureau.exams.comparing import Place, above, in_order, points_above
from xianxue.bureau.exams.effective import reached_by
from xianxue.bureau.exams.pictures import boxes, radar
from xianxue.bureau.exams.ranks import least_of_first
from xianxue.bureau.exams.statistics import (
    ALIKE,
    ALL_ZERO,
    NOBODY,
    ONE,
    Moments,
    Share,
    Standard,
    standard,
    t_by_mark,
)
from xianxue.desk.stores.engines import POLARS

SCHEMES = national().shelf.schemes
COUNTS = st.dictionaries(st.integers(0, 30000), st.integers(1, 5), max_size=12)
FOUR = {6000: 1, 7000: 1, 8000: 1, 9000: 1}
"""60, 70, 80 and 90 points: mean 75, squares apart 225 + 25 + 25 + 225 = 500."""


def moments(*marks):
    return Moments.among({mark * 100: marks.count(mark) for mark in marks})


def test_mean_and_deviation_of_four_marks_by_both_divisors():
    four = Moments.among(FOUR)
    assert four.mean == 75
    assert four.variance("population") == 125
    assert four.variance("sample") == Fraction(500, 3)
    # A spreadsheet's STDEV.P and STDEV.S.
    assert four.deviation("population").to_decimal(4) == Decimal("11.1803")
    assert four.deviation("sample").to_decimal(4) == Decimal("12.9099")


@given(COUNTS.filter(lambda counts: sum(counts.values()) > 1))
def test_deviations_are_those_of_a_library(counts):
    marks = [mark / 100 for mark, many in counts.items() for _ in range(many)]
    found = Moments.among(counts)
    for divisor, theirs in (("population", pstdev(marks)), ("sample", stdev(marks))):
        ours = float(found.deviation(divisor).to_decimal(9))
        assert isclose(ours, theirs, rel_tol=1e-8, abs_tol=1e-8)


def test_nobody_one_and_all_alike_are_said_in_words():
    nobody, one, alike = moments(), moments(70), moments(70, 70, 70)
    assert (nobody.mean, nobody.deviation("population")) == (NOBODY, NOBODY)
    assert nobody.standard(alike, "population") == NOBODY
    assert one.standard(nobody, "population") == NOBODY
    assert one.variance("population") == 0
    assert one.variance("sample") == ONE
    assert one.standard(alike, "population") == ALIKE
    assert one.standard(one, "sample") == ONE
    assert one.above(moments(0, 0)) == ALL_ZERO
    assert one.above(nobody) == NOBODY
    assert nobody.score_rate(Fraction(100)) == NOBODY
    assert t_by_mark({}, "population") == NOBODY
    assert t_by_mark({7000: 3}, "population") == ALIKE
    assert Share(0, 0, shares.WITH_MARK).value == NOBODY


def test_a_true_nought_is_in_the_mean():
    assert moments(0, 100).mean == 50


def test_above_the_mean_and_the_rate_of_the_full_mark():
    """84 against 80 is 5 % above; of 150 points it is 56 %."""
    mine, base = moments(84), moments(76, 84)
    assert mine.above(base) == Fraction(5, 100)
    assert moments(76).above(base) == Fraction(-5, 100)
    assert mine.score_rate(Fraction(150)) == Fraction(56, 100)


@pytest.mark.parametrize(("mean", "z", "t"), [(81, "0.50", "55.00"), (69, "-0.50", "45.00"), (75, "0.00", "50.00")])  # fmt: skip
def test_z_and_t_of_a_school(mean, z, t):
    """A base with mean 75 and variance 144: 63 and 87."""
    found = standard(Fraction(mean), moments(63, 87), "population")
    assert (str(found.z(2)), str(found.t(2))) == (z, t)


def test_halves_of_a_t_are_rounded_away_from_zero_on_both_sides():
    assert Standard(Fraction(1, 200), Fraction(1)).t(1) == Decimal("50.1")
    assert Standard(Fraction(-1, 200), Fraction(1)).t(1) == Decimal("50.0")
    assert Standard(Fraction(-1, 200), Fraction(1)).z(2) == Decimal("-0.01")
    # A T below 0: ten deviations under the mean and a bit.
    assert Standard(Fraction(-1001, 200), Fraction(1)).t(1) == Decimal("-0.1")


@given(COUNTS.filter(lambda counts: len(counts) > 1))
def test_a_better_mark_has_no_worse_t_and_the_mean_has_50(counts):
    found = t_by_mark(counts, "population")
    order = [found[mark] for mark in sorted(counts)]
    assert order == sorted(order)
    mean = Moments.among(counts).mean
    assert standard(mean, Moments.among(counts), "population").t(2) == 50


def test_the_best_three_with_all_equals_or_none():
    """100, 90, 90, 90: among the best two are four pupils, or one."""
    counts = {10000: 1, 9000: 3}
    assert least_of_first(counts, 2) == 9000
    assert least_of_first(counts, 2, all_in=False) == 10000
    assert least_of_first({9000: 3}, 2, all_in=False) is None
    assert least_of_first(counts, 10, all_in=False) == 9000


def test_an_effective_mark_is_reached_by_at_least_the_share_of_the_line():
    counts = {9000: 1, 8000: 1, 7000: 2, 6000: 1}
    # Two fifths are exactly the best two; a bit more takes the equals at 70 as well.
    assert reached_by(counts, Fraction(2, 5)) == 8000
    assert reached_by(counts, Fraction(41, 100)) == 7000
    assert reached_by({}, Fraction(1, 2)) is None


def test_references_are_compared_in_points():
    """2,046 of 5,582 against the province's 21.60 %: 15.05 points above it, as was published."""
    found = points_above(Fraction(2046, 5582), Fraction("21.60"))
    assert round(float(found), 2) == 15.05
    assert above(Fraction(80), Fraction("80.5")) == Fraction(-1, 2)
    assert points_above(NOBODY, Fraction(1)) == NOBODY


def test_schools_in_order_with_ties_by_code_and_those_without_a_value_last():
    values = {"d": Fraction(1), "b": Fraction(2), "c": Fraction(2), "a": NOBODY, "e": Fraction(3)}
    assert in_order(values) == [
        Place(1, "e", Fraction(3)),
        Place(2, "b", Fraction(2)),
        Place(2, "c", Fraction(2)),
        Place(4, "d", Fraction(1)),
        Place(None, "a", NOBODY),
    ]
    assert [one.group for one in in_order(values, highest=False)] == ["d", "b", "c", "e", "a"]


def rows():
    """Five pupils of two schools; who sits what is said once."""
    rest = {"track": "p", "history": Why.OTHER_TRACK, "chemistry": Why.NOT_CHOSEN}
    rest["art"] = Why.NOT_CHOSEN
    return [
        {**rest, "school": "a", "chinese": 12800, "physics": 8500},
        {**rest, "school": "a", "chinese": 9000, "physics": 6000},
        {**rest, "school": "a", "chinese": 8950, "physics": 9900},
        {**rest, "school": "b", "chinese": Why.ABSENT, "physics": 3000},
        {**rest, "school": "b", "chinese": Why.EXEMPT, "physics": Why.VOID},
    ]


@pytest.fixture(scope="module")
def analysis():
    heights = [one for one in HEIGHTS if one.track == "p"]
    return analyse(
        POLARS, CARD, SCHEMES, frame(rows()).lazy(), on=date(2026, 1, 1), heights=heights
    )


def value(share):
    return (share.part, share.base)


def test_every_share_names_its_base_and_is_counted_by_hand(analysis):
    county, (excellent, passed, low) = analysis.county, analysis.levels
    assert value(shares.at_level(county, "chinese", excellent)) == (1, 3)
    # 90 of 150 are 60 %: exactly on the line is over it; 89.5 is not.
    assert value(shares.at_level(county, "chinese", passed)) == (2, 3)
    assert value(shares.at_level(county, "physics", low)) == (1, 4)
    assert value(shares.all_at_level(county, passed)) == (2, 3)
    # The absent one and the one whose paper is void were to sit: they have not passed.
    assert value(shares.at_once(county, passed)) == (2, 5)
    assert value(shares.sat(county)) == (4, 5)
    assert shares.left_out(county) == "2 人缺计入总分的科目成绩，不计总分、不排名次"
    assert shares.left_out(analysis.by_school()[0]) is None
    # 213, 150 and 188.5 of 250 each.
    assert shares.total_rate(county, CARD, SCHEMES) == Fraction(5515, 7500)
    assert shares.total_rate(analysis.by_school()[1], CARD, SCHEMES) == NOBODY


def test_lines_effective_marks_and_what_a_subject_contributes(analysis):
    """The line of 250 points nobody reaches: the marks given stay, and no others are derived."""
    county = analysis.county
    assert value(shares.over_line(county, "first")) == (0, 3)
    assert value(shares.hits(county, "chinese", "first")) == (0, 2)
    assert shares.contributes(county, "chinese", "first").value == NOBODY
    assert "physics" not in analysis.heights[0].effective


def test_derived_effective_marks_are_of_the_same_share():
    heights = [type(HEIGHTS[0])(line="first", total=18850)]
    found = analyse(
        POLARS, CARD, SCHEMES, frame(rows()).lazy(), on=date(2026, 1, 1), heights=heights
    )
    # Two of three reach 188.5; two of three reach 90 in Chinese and 85 in physics.
    assert found.heights[0].effective == {"chinese": 9000, "physics": 8500}
    county = found.county
    assert value(shares.hits(county, "chinese", "first")) == (1, 2)
    assert value(shares.contributes(county, "physics", "first")) == (2, 2)
    assert (county["above:first"], county["under:first"]) == (1, 0)


def test_groups_of_schools_and_the_best_three(analysis):
    alliance, *others = analysis.by_group("alliance", {"a": "x", "b": "x"})
    assert others == []
    assert alliance.counts == analysis.county.counts
    assert alliance.keys == {"alliance": "x"}
    a, b = analysis.by_school()
    assert value(shares.of_first(a, analysis.county, 3)) == (3, 3)
    assert value(shares.of_first(b, analysis.county, 3)) == (0, 3)
    assert value(shares.of_pupils(b, analysis.county)) == (0, 3)
    # A school in no group is in none.
    assert analysis.by_group("alliance", {"b": "y"})[0]["pupils"] == 2


def test_classes_are_listed_as_people_count():
    rows = [{"class": name} for name in ("九（10）班", "九（2）班", "九（9）班")]
    found = analyse(POLARS, CARD, SCHEMES, frame(rows).lazy(), on=date(2026, 1, 1))
    listed = [one.keys["class"] for one in found.by_class("a")]
    assert listed == ["九（2）班", "九（9）班", "九（10）班"]


def test_what_is_computed_of_a_pupil_is_narrow():
    """Names lie there as codes, and what is added is four bytes a column: 13 million fit."""
    table = drawn(3, 200)
    found = analyse(POLARS, CARD, SCHEMES, table.lazy(), on=date(2026, 1, 1))
    held = found.pupils.collect()
    assert all(held.schema[key] == pl.Categorical for key in ("school", "class", "track"))
    added = held.drop(table.columns)
    assert {one.name for one in added.iter_columns()} == {
        "s.chemistry", "total", "short", "rank", "rank_track", "rank_school", "rank_class"
    }  # fmt: skip
    assert set(added.schema.values()) == {pl.Int32}


def test_what_boxes_and_radars_are_drawn_of(analysis):
    found = boxes(POLARS, analysis.pupils, "m.chinese", ["school"])
    assert [box.group for box in found] == [("a",)]
    assert found[0].numbers.middle == in_points(9000)
    axes = {one.subject: one for one in radar(CARD, analysis.by_school()[0], analysis.county)}
    # 85, 60 and 99 of 100 against 85, 60, 99 and 30.
    assert axes["physics"].rate == Fraction(244, 300)
    assert axes["physics"].base == Fraction(274, 400)
    assert axes["physics"].above == Fraction(244 * 4, 274 * 3) - 1
    assert axes["history"].rate == NOBODY
