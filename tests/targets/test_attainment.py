"""Targets held against figures: counted by hand, then by laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.card import Cited, DatedValue
from xianxue.bureau.kinds.indicator import Show
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.target import Attainment, Goal, Lamp, Origin, Series, Target
from xianxue.bureau.targets.attainment import attainment, completion
from xianxue.bureau.targets.forecast import forecast
from xianxue.bureau.values.exact import Exact, Root
from xianxue.bureau.values.periods import Period

RULES = TargetRules(
    target_rules="lamps",
    term="亮灯规则",
    yellow_within=[
        DatedValue(valid_from=date(2000, 1, 1), value=Decimal(5), source="own", seen=Seen.OWN)
    ],
    earlier=3,
    show=Show(decimals=2),
    source=Cited(document="own", seen=Seen.OWN),
)
YEAR = Period.parse("2025")
IN_JULY = date(2025, 7, 2)
"""The 183rd of 365 days."""
AFTER = date(2026, 1, 1)


def target(amount: object, goal: Goal = "at_least") -> Target:
    return Target(
        indicator="enrolment",
        place="632500",
        stage=None,
        period="2025",
        amount=Fraction(str(amount)),
        goal=goal,
        origin=Origin.HANDED_DOWN,
        source="某市教育局〔2025〕1号（示例）",
    )


def figure(value: Exact | int | str | None, period: str = "2025") -> Figure:
    exact = Fraction(value) if isinstance(value, int | str) else value
    return Figure(
        indicator="enrolment",
        place="632500",
        stage=None,
        period=period,
        value=exact,
        unit="percent",
        shown="",
        numerator=None,
        denominator=None,
        coverage=Coverage(1, 1),
    )


def held(
    amount: object,
    value: Exact | int | str | None,
    *earlier: int | str | None,
    goal: Goal = "at_least",
    on: date = IN_JULY,
    gathers: bool = False,
) -> Attainment:
    return attainment(
        target(amount, goal),
        Series(
            None if value == "absent" else figure(value),
            tuple(figure(one) for one in earlier),
            gathers=gathers,
        ),
        RULES,
        on,
    )


# ── by hand ─────────────────────────────────────────────────────────────────


def test_reached_to_the_last_digit_is_reached():
    found = held(98, 98)
    assert (found.reached, found.completion, found.exceeded) == (True, 100, False)
    assert found.lamp is Lamp.GREEN


def test_the_next_smaller_number_is_not_reached_though_it_rounds_to_it():
    found = held(98, "97.99999")
    assert found.reached is False
    assert found.completion == Fraction(9799999, 98000) == Fraction("97.99999") / 98 * 100
    assert found.lamp is Lamp.YELLOW


def test_more_than_the_target_is_exceeded():
    """1,050 of 1,000 is 105 per cent."""
    found = held(1000, 1050)
    assert (found.exceeded, found.completion) == (True, 105)


def test_no_figure_is_not_zero():
    found = held(98, "absent")
    assert (found.value, found.reached, found.completion) == (None, None, None)
    assert (found.lamp, found.exceeded) == (Lamp.GREY, False)


def test_an_undetermined_figure_is_not_zero_either():
    found = held(98, None)
    assert (found.reached, found.completion, found.lamp) == (None, None, Lamp.GREY)


def test_five_per_cent_behind_is_yellow_and_a_hair_more_is_red():
    """The target is 1,000: 950 lies 5 per cent behind it, 949 lies 5.1 per cent behind."""
    assert held(1000, 950).lamp is Lamp.YELLOW
    assert held(1000, 949).lamp is Lamp.RED


def test_after_the_period_what_is_not_reached_is_red():
    assert held(1000, 999, on=AFTER).lamp is Lamp.RED


def test_after_the_period_nothing_is_foreseen():
    assert held(1000, "absent", 990, on=AFTER).lamp is Lamp.GREY


def test_a_limit_is_kept_or_not_and_has_no_rate():
    kept = held(1, "0.5", goal="at_most")
    assert (kept.reached, kept.completion, kept.exceeded) == (True, None, False)
    assert kept.lamp is Lamp.GREEN
    broken = held(1, "1.04", goal="at_most")
    assert (broken.reached, broken.lamp) == (False, Lamp.YELLOW)
    assert held(1, "1.06", goal="at_most").lamp is Lamp.RED


def test_a_target_of_nothing_has_no_rate():
    assert held(0, 3).completion is None
    assert held(0, 3).reached is True


def test_a_root_is_compared_by_its_square():
    """A 差异系数 of √0.2025 = 0.45 keeps a limit of 0.45, one of √0.2026 does not."""
    assert held("0.45", Root(Fraction("0.2025")), goal="at_most").reached is True
    assert held("0.45", Root(Fraction("0.2026")), goal="at_most").reached is False


# ── what is foreseen ────────────────────────────────────────────────────────


def test_what_adds_up_is_carried_on_at_its_pace():
    """On the 183rd of 365 days 600 have come together: 600 × 365 ÷ 183 = 1,196.7."""
    found = held(1000, 600, gathers=True)
    assert found.forecast.value == Fraction(600 * 365, 183)
    assert found.forecast.method == "pace"
    assert (found.reached, found.lamp) == (False, Lamp.GREEN)
    assert found.completion == 60


def test_a_limit_that_is_kept_so_far_may_still_be_exceeded():
    """6 of at most 10 on the 183rd day make 11.97 in the end."""
    found = held(10, 6, goal="at_most", gathers=True)
    assert (found.reached, found.lamp) == (True, Lamp.RED)


def test_at_the_last_day_nothing_is_carried_on():
    found = held(1000, 600, gathers=True, on=YEAR.end)
    assert (found.forecast.value, found.forecast.method) == (600, "counted")


def test_three_years_make_a_trend():
    """90, 92, 96: six in two years is three a year, so 99 comes next."""
    found = held(98, "absent", 90, 92, 96)
    assert (found.forecast.value, found.forecast.method) == (99, "trend")
    assert (found.lamp, found.reached) == (Lamp.GREEN, None)


def test_a_gap_ends_the_series():
    """What is known before a missing year says nothing of yearly changes after it."""
    found = held(98, "absent", 10, None, 96)
    assert (found.forecast.value, found.forecast.method) == (96, "unchanged")
    assert held(98, "absent", 90, None).forecast.method == "none"


# ── laws ────────────────────────────────────────────────────────────────────

AMOUNTS = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)


@given(AMOUNTS, AMOUNTS)
def test_reached_and_the_rate_say_the_same(amount: Fraction, value: Fraction):
    found = held(amount, value)
    if found.completion is not None:
        assert found.reached == (found.completion >= 100)
        assert found.exceeded == (found.completion > 100)
    else:
        assert amount == 0


@given(AMOUNTS, AMOUNTS, st.fractions(min_value=0, max_value=1000, max_denominator=100))
def test_more_never_makes_it_worse(amount: Fraction, value: Fraction, more: Fraction):
    order = [Lamp.RED, Lamp.YELLOW, Lamp.GREEN]
    before, after = held(amount, value).lamp, held(amount, value + more).lamp
    assert order.index(before) <= order.index(after)


@given(AMOUNTS, st.sampled_from([7, 30, 1000]))
def test_scaling_target_and_value_changes_no_rate(amount: Fraction, by: int):
    one = completion(target(amount + 1), Fraction(5))
    other = completion(target((amount + 1) * by), Fraction(5 * by))
    assert one == other


@given(st.lists(AMOUNTS, min_size=1, max_size=4), AMOUNTS)
def test_a_forecast_moves_with_its_figures(values: list[Fraction], by: Fraction):
    series = [figure(one) for one in values]
    moved = [figure(one + by) for one in values]
    one = forecast(Series(None, tuple(series)), YEAR, IN_JULY)
    other = forecast(Series(None, tuple(moved)), YEAR, IN_JULY)
    assert one.value is not None
    assert other.value == one.value + by


@given(AMOUNTS, st.integers(1, 4))
def test_a_constant_series_stays_constant(value: Fraction, years: int):
    found = forecast(Series(None, (figure(value),) * years), YEAR, IN_JULY)
    assert found.value == value


@pytest.mark.parametrize("day", [date(2025, 1, 1), IN_JULY, YEAR.end])
@given(value=AMOUNTS)
def test_a_forecast_of_what_adds_up_is_never_less_than_what_is_there(day: date, value: Fraction):
    found = forecast(Series(figure(value), (), gathers=True), YEAR, day)
    assert found.value is not None
    assert found.value >= value
