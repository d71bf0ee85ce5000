"""Rank, share of the largest, weighted index: counted by hand, and held to their laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.derived import IndexOf, IndexPart, RankOf, TopOf
from xianxue.bureau.records.figure import Standing
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import replace

NOW = "2025-2026"
VALUES = st.lists(st.one_of(st.integers(0, 9), st.just("—")), min_size=6, max_size=6)


@pytest.fixture(scope="module")
def ranked(hand):
    """Six schools with a value each, and their ranks."""

    def of(*values, register=hand.REGISTER, levels=("school",), **rank):
        base = hand.card("score", "sum", unit="person", levels=levels)
        rank_of = RankOf(indicator="score", **({"first": "highest"} | rank))
        card = hand.card("rank", "rank", unit="place", decimals=0, levels=levels, rank_of=rank_of)
        given = {("score", code): value for code, value in zip(hand.SCHOOLS, values, strict=False)}
        return hand.Years([base, card], {NOW: given}, register)

    return of


def ranks(years, hand):
    found = years.derived(NOW)
    return [found[f"rank/{code}/all/{NOW}"].shown for code in hand.SCHOOLS]


def test_equals_share_the_better_place(ranked, hand):
    assert ranks(ranked(50, 40, 40, 30, 20, 40), hand) == ["1", "2", "2", "5", "6", "2"]


def test_less_may_be_better(ranked, hand):
    years = ranked(50, 40, 40, 30, 20, 40, first="lowest")

    assert ranks(years, hand) == ["6", "3", "3", "2", "1", "3"]


def test_a_rank_says_among_how_many(ranked, hand):
    figure = ranked(50, 40, 40, 30, 20, "—").one("rank", hand.B)

    assert (figure.value, figure.numerator, figure.denominator) == (2, 2, 5)


def test_whoever_has_no_such_number_is_not_ranked(ranked, hand):
    assert ranks(ranked(50, "—", 40, 30, 20, 10), hand) == ["1", "—", "2", "3", "4", "5"]


def test_one_that_is_undetermined_may_stand_anywhere(ranked, hand):
    figure = ranked(50, 40, "未定", 30, 20, 10).one("rank", hand.A)

    assert (figure.value, figure.shown) == (None, "未定")
    assert figure.why == "虚构3小的数还没有定，排不出先后"
    assert (figure.coverage.reported, figure.coverage.expected) == (5, 6)


def test_many_that_are_undetermined_are_not_all_named(ranked, hand):
    figure = ranked(50, *(["未定"] * 5)).one("rank", hand.A)

    assert figure.why == "虚构2小、虚构3小、虚构4小等 5 个单位的数还没有定，排不出先后"


def test_schools_are_ranked_within_their_township(ranked, hand):
    # A, B, C lie in the east, D, E, F in the west.
    years = ranked(10, 20, 30, 60, 50, 40, within="township")

    assert ranks(years, hand) == ["3", "2", "1", "1", "2", "3"]


def test_schools_are_ranked_among_those_alike(ranked, hand):
    points = [
        hand.place(code, name, school_type="218" if code in {hand.A, hand.D} else "211")
        for code, name in hand.SCHOOLS.items()
    ]
    register = hand.Register.of([hand.place(hand.COUNTY, "虚构县", "county", ""), *points])
    years = ranked(10, 20, 30, 60, 50, 40, register=register, alike=["school_type"])

    # A and D: 60 before 10; the others: 50, 40, 30, 20
    assert ranks(years, hand) == ["2", "4", "3", "1", "1", "2"]


def test_townships_are_ranked_among_townships(hand):
    base = hand.card("score", "sum", unit="person", levels=("school", "township"))
    card = hand.card(
        "rank",
        "rank",
        unit="place",
        decimals=0,
        levels=("township",),
        rank_of=RankOf(indicator="score", first="highest"),
    )
    given = {("score", hand.EAST): 5, ("score", hand.WEST): 7, ("score", hand.A): 100}
    years = hand.Years([base, card], {NOW: given})

    assert years.one("rank", hand.EAST).value == 2
    assert list(years.derived(NOW)) == [f"rank/{code}/all/{NOW}" for code in (hand.EAST, hand.WEST)]


@given(values=VALUES, more=st.integers(1, 100), first=st.sampled_from(["highest", "lowest"]))
def test_ranks_are_laws_of_order(ranked, hand, values, more, first):
    years = ranked(*values, first=first)
    found = [years.one("rank", code).value for code in hand.SCHOOLS]
    pairs = [(value, rank) for value, rank in zip(values, found, strict=True) if rank is not None]
    # The rank is one more than the number of those who are better; so it is the place counted.
    for value, rank in pairs:
        better = [one for one, _ in pairs if (one > value if first == "highest" else one < value)]
        assert rank == len(better) + 1
    # What is added to all changes nobody's place.
    moved = [value if value == "—" else value + more for value in values]
    later = ranked(*moved, first=first)
    assert [later.one("rank", code).value for code in hand.SCHOOLS] == found


def test_spreads_are_ranked_by_their_squares(hand):
    base = hand.card("spread", "sum", unit="coefficient", levels=("township",))
    rank_of = RankOf(indicator="spread", first="lowest")
    card = hand.card("rank", "rank", unit="place", levels=("township",), rank_of=rank_of)
    given = {NOW: {("spread", hand.EAST): 1, ("spread", hand.WEST): 1}}
    years = hand.Years([base, card], given)
    roots = {hand.EAST: Root(Fraction(3)), hand.WEST: Root(Fraction(2))}
    figures = {key: replace(one, value=roots[one.place]) for key, one in years.figures(NOW).items()}
    years.figures = lambda _period: figures

    assert years.one("rank", hand.EAST).value == 2
    assert years.one("rank", hand.WEST).value == 1


@pytest.fixture(scope="module")
def topped(hand):
    """What the largest schools of the county, or of a township, have of all pupils."""

    def of(*values, largest=2, among="school"):
        levels = ("school", "township", "county")
        base = hand.card("pupils", "sum", unit="person", levels=levels)
        card = hand.card(
            "top",
            "top_share",
            levels=("township", "county") if among == "school" else ("county",),
            top_of=TopOf(indicator="pupils", largest=largest, among=among),
        )
        given = {("pupils", code): value for code, value in zip(hand.SCHOOLS, values, strict=False)}
        given |= {("pupils", area): 1 for area in (hand.EAST, hand.WEST, hand.COUNTY)}
        return hand.Years([base, card], {NOW: given})

    return of


def test_the_two_largest_have_nine_tenths(topped, hand):
    # 500 + 400 of 1000; in the east 500 + 40 of 550
    years = topped(500, 40, 10, 400, 30, 20)
    county, east = years.one("top"), years.one("top", hand.EAST)

    assert (county.value, county.numerator, county.denominator) == (90, 900, 1000)
    assert east.value == Fraction(54000, 550)
    assert county.coverage == hand.Coverage(6, 6)


def test_of_fewer_than_n_the_largest_have_all(topped):
    assert topped(5, 3, "—", "—", "—", "—", largest=4).one("top").value == 100


def test_of_nothing_there_is_no_share(topped):
    figure = topped(0, 0, 0, 0, 0, 0).one("top")

    assert (figure.value, figure.shown, figure.why) == (None, "—", "")


def test_without_one_school_nobody_knows_the_share(topped, hand):
    figure = topped(500, 40, "未定", 400, 30, 20).one("top")

    assert (figure.value, figure.shown) == (None, "未定")
    assert figure.why == "虚构3小的数还没有定，排不出先后"
    assert figure.coverage.missing == (hand.A,)


@given(st.lists(st.integers(1, 999), min_size=6, max_size=6), st.integers(1, 6))
def test_the_share_of_the_largest_grows_with_n_and_ends_at_all(topped, values, largest):
    shares = [topped(*values, largest=n).one("top").value for n in range(1, 7)]

    assert shares == sorted(shares)
    assert shares[-1] == 100
    # No group of as many has more.
    assert shares[largest - 1] >= Fraction(100 * largest, 6)


@pytest.fixture(scope="module")
def weighed(hand):
    """Area and class size, six to four: area from 0 to 8 ㎡, class size from 55 down to 45."""

    def of(area, size, *, limited=True, lines=None):
        parts = [
            IndexPart(indicator="area", weight="0.6", full="area_full"),
            IndexPart(indicator="size", weight="0.4", zero="size_zero", full="size_full"),
        ]
        base = [
            hand.card("area", "sum", unit="square_metre_per_person"),
            hand.card("size", "sum", unit="people_per_class"),
        ]
        card = hand.card(
            "index",
            "index",
            unit="point",
            index_of=IndexOf(parts=parts, limited=limited),
            lines=lines
            or {
                "area_full": [hand.line("8")],
                "size_zero": [hand.line("55")],
                "size_full": [hand.line("45")],
            },
        )
        given = {("area", hand.COUNTY): area, ("size", hand.COUNTY): size}
        return hand.Years([*base, card], {NOW: given})

    return of


def test_components_are_weighed(weighed):
    # 6 ÷ 8 = 75 points; (50 − 55) ÷ (45 − 55) = 50 points; 75 × 0.6 + 50 × 0.4 = 65
    assert weighed(6, 50).one("index").shown == "65.00"


def test_beyond_its_lines_a_component_counts_no_more(weighed):
    # 10 ÷ 8 would be 125 points, 60 in a class −50: 100 × 0.6 + 0 × 0.4 = 60
    assert weighed(10, 60).one("index").value == 60
    # 125 × 0.6 − 50 × 0.4 = 55
    assert weighed(10, 60, limited=False).one("index").value == 55


def test_without_a_component_there_is_no_index(weighed):
    figure = weighed(6, "未定").one("index")

    assert (figure.value, figure.why) == (None, "2025—2026学年的数还没有报齐")


def test_before_its_lines_hold_an_index_does_not_exist(weighed, hand):
    later = hand.date(2026, 1, 1)
    lines = {
        "area_full": [hand.line("8", begins=later)],
        "size_zero": [hand.line("55")],
        "size_full": [hand.line("45")],
    }

    assert weighed(6, 50, lines=lines).derived(NOW) == {}


@given(
    st.fractions(0, 20, max_denominator=50),
    st.fractions(20, 80, max_denominator=50),
    st.fractions(0, 5, max_denominator=50),
)
def test_an_index_lies_within_0_and_100_and_more_area_is_no_worse(weighed, area, size, more):
    value = weighed(area, size).one("index").value

    assert 0 <= value <= 100
    assert weighed(area + more, size).one("index").value >= value
    assert weighed(area, size + more).one("index").value <= value


def test_what_is_supposed_in_a_part_is_supposed_in_the_whole(weighed):
    years = weighed(6, 50)
    figures = years.figures(NOW)
    key = next(key for key in figures if key.startswith("size/"))
    figures[key] = replace(figures[key], standing=Standing.SUPPOSED)
    years.figures = lambda _period: figures

    assert years.one("index").standing is Standing.SUPPOSED
