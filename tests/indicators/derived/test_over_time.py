"""Change, growth, average growth and what has come so far, counted by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.derived import Compared, Cumulated
from xianxue.bureau.values.exact import Radical, at_least
from xianxue.bureau.values.period_rules import back
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import shown

NOW, LAST = "2025-2026", "2024-2025"
ON_LAST_YEAR = Compared(indicator="pupils")
POSITIVE = st.fractions(min_value=Fraction(1, 50), max_value=50_000, max_denominator=50)


@pytest.fixture(scope="module")
def pupils(hand):
    """Pupils of the county, their change and their growth on last year."""

    def of(given, *more, breaks=()):
        base = hand.card("pupils", "sum", unit="person", decimals=0, breaks=list(breaks))
        change = hand.card("change", "change", unit="person", decimals=0, compared=ON_LAST_YEAR)
        growth = hand.card("growth", "growth", compared=ON_LAST_YEAR)
        years = {period: {("pupils", hand.COUNTY): value} for period, value in given.items()}
        return hand.Years([base, change, growth, *more], years)

    return of


def test_growth_is_what_was_added_by_what_there_was(pupils):
    # 4672 − 4500 = 172; 172 ÷ 4500 = 3.8222… %
    years = pupils({NOW: 4672, LAST: 4500})
    change, growth = years.one("change"), years.one("growth")

    assert (change.value, change.shown, change.unit) == (172, "172", "person")
    assert growth.value == Fraction(17200, 4500)
    assert (growth.numerator, growth.denominator) == (172, 4500)
    assert (growth.shown, growth.coverage.full, growth.why) == ("3.82", True, "")


def test_a_decrease_is_negative(pupils):
    # 4400 − 4500 = −100; −100 ÷ 4500 = −2.222… %
    years = pupils({NOW: 4400, LAST: 4500})

    assert years.one("change").shown == "-100"
    assert years.one("growth").shown == "-2.22"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({NOW: 5}, "没有2024—2025学年的数"),
        ({NOW: 5, LAST: 0}, "2024—2025学年的数是0，不能算增长率"),
        ({NOW: 5, LAST: -5}, "2024—2025学年的数是负数，不能算增长率"),
        ({NOW: -5, LAST: 5}, "2025—2026学年的数是负数，不能算增长率"),
        ({NOW: 5, LAST: "未定"}, "2024—2025学年的数还没有报齐"),
        ({NOW: "未定", LAST: 5}, "2025—2026学年的数还没有报齐"),
        ({NOW: 5, LAST: "—"}, "2024—2025学年没有可算的数"),
    ],
)
def test_growth_that_cannot_be_told_says_why(pupils, given, why):
    growth = pupils(given).one("growth")

    assert (growth.value, growth.shown, growth.why) == (None, "未定", why)
    assert (growth.numerator, growth.denominator) == (None, None)


def test_a_change_from_nothing_is_a_change(pupils):
    assert pupils({NOW: 5, LAST: 0}).one("change").value == 5


def test_a_place_without_a_figure_last_year_is_told(hand):
    base = hand.card("pupils", "sum", unit="person", levels=("school",))
    growth = hand.card("growth", "growth", levels=("school",), compared=ON_LAST_YEAR)
    given = {NOW: {("pupils", hand.A): 5}, LAST: {("pupils", hand.B): 5}}

    assert hand.Years([base, growth], given).one("growth", hand.A).why == (
        "2024—2025学年没有这一项的数"
    )


def test_a_school_that_was_not_there_is_not_said_to_have_left_something_out(hand):
    new = "2163990009"
    opened = Period.parse(NOW).start
    register = hand.Register.of([*hand.REGISTER, hand.place(new, "虚构新校", opened=opened)])
    base = hand.card("pupils", "sum", unit="person", levels=("school",))
    growth = hand.card("growth", "growth", levels=("school",), compared=ON_LAST_YEAR)
    given = {NOW: {("pupils", new): 5}, LAST: {("pupils", hand.B): 5}}
    years = hand.Years([base, growth], given, register)

    assert years.one("growth", new).why == "2024—2025学年还没有这个单位"


def test_whose_numbers_are_missing_last_year_are_missing_in_the_growth(pupils, hand):
    growth = pupils({NOW: 5, LAST: "未定"}).one("growth")

    assert growth.coverage == hand.Coverage(0, 1, (hand.A,))


def test_a_share_changes_by_percentage_points(hand):
    # 97.25 − 95.5 = 1.75
    base = hand.card("rate", "ratio")
    change = hand.card(
        "change", "change", unit="percentage_point", compared=Compared(indicator="rate")
    )
    given = {NOW: {("rate", hand.COUNTY): "97.25"}, LAST: {("rate", hand.COUNTY): "95.5"}}

    assert hand.Years([base, change], given).one("change").shown == "1.75"


def test_the_base_may_be_a_period_by_name_or_several_back(pupils, hand):
    given = {NOW: 121, "2023-2024": 100, "2020-2021": 110}
    two_back = hand.card("two", "growth", compared=Compared(indicator="pupils", periods=2))
    named = hand.card(
        "named", "growth", compared=Compared(indicator="pupils", to="base", base="2020-2021")
    )
    years = pupils(given, two_back, named)

    # 121 ÷ 100 and 121 ÷ 110
    assert years.one("two").value == 21
    assert years.one("named").value == 10


@pytest.mark.parametrize("base", [NOW, "2026-2027"])
def test_a_base_is_earlier(pupils, hand, base):
    named = hand.card(
        "named", "average_growth", compared=Compared(indicator="pupils", to="base", base=base)
    )
    term = Period.parse(base).term

    assert pupils({NOW: 5, base: 5}, named).one("named").why == (
        f"{term}不早于2025—2026学年，不能作基期"
    )


def test_the_same_quarter_of_last_year(hand):
    base = hand.card("money", "sum", unit="yuan", period="quarter")
    growth = hand.card(
        "growth",
        "growth",
        period="quarter",
        compared=Compared(indicator="money", to="same_last_year"),
    )
    given = {
        "2026-Q1": {("money", hand.COUNTY): 130},
        "2025-Q4": {("money", hand.COUNTY): 500},
        "2025-Q1": {("money", hand.COUNTY): 100},
    }

    assert hand.Years([base, growth], given).one("growth", period="2026-Q1").value == 30


class TestAverageGrowth:
    @pytest.fixture
    def averaged(self, pupils, hand):
        def of(given, periods):
            compared = Compared(indicator="pupils", periods=periods)
            card = hand.card("average", "average_growth", compared=compared)
            return pupils(given, card).one("average")

        return of

    def test_it_is_geometric(self, averaged):
        # 121 ÷ 100 = 1.1²: 10 % a year, not 21 ÷ 2 = 10.5 %
        figure = averaged({NOW: 121, "2023-2024": 100}, 2)

        assert figure.shown == "10.00"
        assert at_least(figure.value, Fraction(10))
        assert not at_least(figure.value, Fraction(10) + Fraction(1, 10**30))

    def test_a_root_that_is_no_fraction_is_compared_exactly(self, averaged):
        # ³√2 = 1.259921049894873…
        figure = averaged({NOW: 200, "2022-2023": 100}, 3)

        assert figure.value == Radical(Fraction(2), 3, Fraction(100), Fraction(-100))
        assert figure.shown == "25.99"
        assert at_least(figure.value, Fraction("25.9921049894"))
        assert not at_least(figure.value, Fraction("25.9921049895"))

    def test_a_decrease_rounds_away_from_zero(self, averaged):
        # √0.81 = 0.9, and √0.5 = 0.70710678…: −29.289…
        assert averaged({NOW: 81, "2023-2024": 100}, 2).shown == "-10.00"
        assert averaged({NOW: 50, "2023-2024": 100}, 2).shown == "-29.29"

    def test_nothing_left_is_a_decrease_of_all(self, averaged):
        assert averaged({NOW: 0, "2023-2024": 100}, 2).shown == "-100.00"

    def test_out_of_nothing_nothing_grows(self, averaged):
        assert averaged({NOW: 5, "2023-2024": 0}, 2).why == ("2023—2024学年的数是0，不能算增长率")

    @given(then=POSITIVE, rate=st.fractions(-99, 300, max_denominator=20), many=st.integers(1, 6))
    def test_growing_by_the_average_leads_from_one_to_the_other(self, then, rate, many):
        now = then * (1 + rate / 100) ** many
        value = Radical(now / then, many, Fraction(100), Fraction(-100))

        assert value <= rate
        assert value >= rate
        assert shown(value, 4) == shown(rate, 4)

    @given(then=POSITIVE, now=POSITIVE, many=st.integers(2, 6), places=st.integers(0, 6))
    def test_what_is_shown_lies_within_half_a_step(self, then, now, many, places):
        value = Radical(now / then, many, Fraction(100), Fraction(-100))
        printed = Fraction(shown(value, places))
        half = Fraction(1, 2 * 10**places)

        assert value >= printed - half
        assert value <= printed + half


class TestSoFar:
    @pytest.fixture
    def so_far(self, hand):
        def of(given, breaks=()):
            base = hand.card(
                "money", "sum", unit="yuan", period="month", breaks=list(breaks), decimals=0
            )
            total = hand.card(
                "total",
                "cumulative",
                unit="yuan",
                decimals=0,
                period="month",
                cumulative_of=Cumulated(indicator="money"),
            )
            years = {month: {("money", hand.COUNTY): value} for month, value in given.items()}
            return hand.Years([base, total], years).one("total", period="2025-03")

        return of

    def test_months_are_added_up_from_january(self, so_far):
        # 10 + 20 + 5; December belongs to the year before
        figure = so_far({"2024-12": 1000, "2025-01": 10, "2025-02": 20, "2025-03": 5})

        assert (figure.value, figure.shown) == (35, "35")

    @pytest.mark.parametrize(
        ("february", "why"),
        [({}, "没有2025年2月的数"), ({"2025-02": "未定"}, "2025年2月的数还没有报齐")],
    )
    def test_a_month_that_is_missing_is_not_zero(self, so_far, february, why):
        figure = so_far({"2025-01": 10, "2025-03": 5} | february)

        assert (figure.value, figure.why) == (None, why)

    def test_nothing_is_added_up_across_a_break(self, so_far, hand):
        months = {"2025-01": 10, "2025-02": 20, "2025-03": 5}
        figure = so_far(months, [hand.broke("2025-02-01", "改按到账数统计")])

        assert figure.why == ("自2025年2月1日起口径有变（改按到账数统计），不能与2025年1月的数相比")
        assert so_far(months, [hand.broke("2025-01-01", "改按到账数统计")]).value == 35


class TestBreaks:
    @pytest.mark.parametrize(
        ("on", "compared"),
        [
            # The reference days are 2024-09-01 and 2025-09-01.
            ("2024-08-31", True),
            ("2024-09-01", True),
            ("2024-09-02", False),
            ("2025-09-01", False),
            ("2025-09-02", True),
        ],
    )
    def test_what_lies_on_both_sides_of_a_break_is_not_compared(self, pupils, hand, on, compared):
        years = pupils({NOW: 4672, LAST: 4500}, breaks=[hand.broke(on)])

        for name in ("change", "growth"):
            assert (years.one(name).value is not None) == compared

    def test_a_break_is_named_with_its_day_and_note(self, pupils, hand):
        years = pupils({NOW: 4672, LAST: 4500}, breaks=[hand.broke("2025-03-01")])

        assert years.one("growth").why == (
            "自2025年3月1日起口径有变（不再含特教学生），不能与2024—2025学年的数相比"
        )

    def test_a_break_below_breaks_what_rests_on_it(self, hand):
        base = hand.card("pupils", "sum", unit="person", breaks=[hand.broke("2025-03-01")])
        change = hand.card("change", "change", unit="person", compared=ON_LAST_YEAR)
        again = hand.card(
            "again", "change", unit="person", compared=Compared(indicator="change", periods=3)
        )
        given = {NOW: {("pupils", hand.COUNTY): 1}}

        assert "口径有变" in hand.Years([base, change, again], given).one("change").why

    @given(
        on=st.dates(Period.parse("2015-2016").start, Period.parse("2030-2031").end),
        many=st.integers(1, 8),
    )
    def test_a_break_speaks_exactly_between_the_reference_days(self, pupils, hand, on, many):
        now = Period.parse(NOW)
        then = back(now, many)
        growth = hand.card("long", "growth", compared=Compared(indicator="pupils", periods=many))
        years = pupils({NOW: 2, then.code: 1}, growth, breaks=[hand.broke(on.isoformat())])

        assert (years.one("long").value is None) == (then.start < on <= now.start)


@given(then=POSITIVE, now=POSITIVE)
def test_change_and_growth_say_the_same(pupils, then, now):
    years = pupils({NOW: now, LAST: then})
    change, growth = years.one("change").value, years.one("growth").value

    assert then + change == now
    assert then * (1 + growth / 100) == now


def test_other_periods_are_asked_once_for_all_cards_and_only_where_needed(pupils):
    years = pupils({NOW: 5, LAST: 4})
    years.derived(NOW)

    assert years.asked == [(LAST, frozenset({"pupils"}))]


def test_growth_is_made_only_where_its_kind_of_period_is(pupils):
    years = pupils({"2025": 5, "2024": 4})

    assert years.derived("2025") == {}
