"""Every kind that is made of figures, made of slices: each of its own subject alone, by hand."""

from fractions import Fraction

import pytest

from xianxue.bureau.indicators.derived.explaining import explain_derived
from xianxue.bureau.kinds.derived import Compared, Cumulated, IndexOf, IndexPart, RankOf, TopOf
from xianxue.bureau.values.exact import Radical

NOW, BEFORE, BASE = "2025-2026", "2024-2025", "2023-2024"
BY_SUBJECT = {"slices": ["subject"]}


@pytest.fixture
def made(hand):
    """One card over an indicator of two subjects, with values by subject and place."""

    def of(kind, now, *, earlier=None, **parts):
        level = parts.pop("level", "county")
        base = hand.card("reached", "sum", unit="person", levels=("school", level), **BY_SUBJECT)
        card = hand.card("made", kind, levels=(level,), **(BY_SUBJECT | parts))
        given = {
            period: {("reached", code, *of): value for (code, *of), value in values.items()}
            for period, values in ({NOW: now} | (earlier or {})).items()
        }
        return hand.Years([base, card], given)

    return of


def values(years, place, period=NOW):
    found = years.derived(period)
    keys = {"whole": f"made/{place}/all/{period}"}
    keys |= {of: f"{keys['whole']}/subject={of}" for of in ("math", "chinese")}
    return {of: found[key].value for of, key in keys.items() if key in found}


@pytest.mark.parametrize(
    ("kind", "unit", "expected"),
    [
        # 60 − 50; 90 − 100; 150 − 150.
        ("change", "person", {"whole": 0, "math": 10, "chinese": -10}),
        # 10 ÷ 50; −10 ÷ 100; 0 ÷ 150.
        ("growth", "percent", {"whole": 0, "math": 20, "chinese": -10}),
    ],
)
def test_change_and_growth_hold_a_subject_against_itself(made, hand, kind, unit, expected):
    at = hand.COUNTY
    now = {(at, "math"): 60, (at, "chinese"): 90, (at,): 150}
    then = {(at, "math"): 50, (at, "chinese"): 100, (at,): 150}
    compared = Compared(indicator="reached")
    years = made(kind, now, earlier={BEFORE: then}, unit=unit, compared=compared)
    assert values(years, at) == expected


def test_the_average_growth_of_a_subject(made, hand):
    at = hand.COUNTY
    compared = Compared(indicator="reached", periods=2)
    now, then = {(at, "math"): 121, (at,): 400}, {(at, "math"): 100, (at,): 100}
    years = made("average_growth", now, earlier={BASE: then}, compared=compared)
    # √(121 ÷ 100) − 1 = 10 %; √(400 ÷ 100) − 1 = 100 %.
    assert isinstance(values(years, at)["math"], Radical)
    assert years.derived(NOW)[f"made/{at}/all/{NOW}/subject=math"].shown == "10.00"
    assert years.derived(NOW)[f"made/{at}/all/{NOW}"].shown == "100.00"


def test_a_subject_that_was_not_there_is_undetermined_and_says_so(made, hand):
    at = hand.COUNTY
    now, then = {(at, "math"): 60, (at,): 60}, {(at,): 50}
    compared = Compared(indicator="reached")
    years = made("growth", now, earlier={BEFORE: then}, compared=compared)
    math = years.derived(NOW)[f"made/{at}/all/{NOW}/subject=math"]
    assert (math.value, math.why) == (None, "2024—2025学年没有这一项的数")
    assert values(years, at)["whole"] == 20


def test_places_are_ranked_by_each_subject(made, hand):
    now = {(hand.A, "math"): 9, (hand.B, "math"): 8, (hand.A, "chinese"): 7, (hand.B, "chinese"): 8}
    now |= {(hand.A,): 16, (hand.B,): 16}
    rank = RankOf(indicator="reached", first="highest")
    years = made("rank", now, unit="place", level="school", rank_of=rank)
    assert values(years, hand.A) == {"whole": 1, "math": 1, "chinese": 2}
    assert values(years, hand.B) == {"whole": 1, "math": 2, "chinese": 1}


def test_the_largest_of_a_subject_have_their_share_of_it(made, hand):
    at = hand.COUNTY
    now = {(at, "math"): 40, (at, "chinese"): 40, (at,): 80}
    now |= {(hand.A, "math"): 30, (hand.B, "math"): 10, (hand.A, "chinese"): 20}
    now |= {(hand.B, "chinese"): 20, (hand.A,): 50, (hand.B,): 30}
    top = TopOf(indicator="reached", largest=1, among="school")
    # 30 ÷ 40; 20 ÷ 40; 50 ÷ 80.
    expected = {"whole": Fraction(125, 2), "math": 75, "chinese": 50}
    assert values(made("top_share", now, top_of=top), at) == expected


def test_an_index_weighs_the_points_of_one_subject(made, hand):
    at = hand.COUNTY
    index = IndexOf(parts=[IndexPart(indicator="reached", weight=1, full="full")])
    now = {(at, "math"): 30, (at, "chinese"): 120, (at,): 60}
    years = made("index", now, unit="point", index_of=index, lines={"full": [hand.line(120)]})
    assert values(years, at) == {"whole": 50, "math": 25, "chinese": 100}


def test_an_index_lacks_what_one_of_its_components_is_not_told_apart_by(made, hand):
    at = hand.COUNTY
    parts = [
        IndexPart(indicator=name, weight=Fraction(1, 2), full="full")
        for name in ("reached", "other")
    ]
    index = IndexOf(parts=parts)
    years = made(
        "index", {(at, "math"): 30}, unit="point", index_of=index, lines={"full": [hand.line(60)]}
    )
    years.cards.append(hand.card("other", "sum", unit="person"))
    years.given[NOW]["other", at] = 60
    math = years.derived(NOW)[f"made/{at}/all/{NOW}/subject=math"]
    assert (math.value, math.why) == (None, "没有“虚构指标other”的数")


def test_what_has_come_so_far_adds_up_by_subject(made, hand):
    at = hand.COUNTY
    cumulated = Cumulated(indicator="reached")
    years = made(
        "cumulative",
        {},
        earlier={
            "2025-01": {(at, "math"): 3, (at, "chinese"): 5, (at,): 8},
            "2025-02": {(at, "math"): 4, (at, "chinese"): 1, (at,): 5},
        },
        unit="person",
        cumulative_of=cumulated,
        period="month",
    )
    assert values(years, at, "2025-02") == {"whole": 13, "math": 7, "chinese": 6}


def test_only_the_dimensions_of_the_card_are_made(made, hand):
    """A slice of the parts that the card does not name is not made, nor the whole it leaves out."""
    at = hand.COUNTY
    now, then = {(at, "math"): 60, (at,): 60}, {(at, "math"): 50, (at,): 50}
    compared = Compared(indicator="reached")
    plain = made("growth", now, earlier={BEFORE: then}, compared=compared, slices=[])
    assert values(plain, at) == {"whole": 20}
    bare = made("growth", now, earlier={BEFORE: then}, compared=compared, whole=False)
    assert values(bare, at) == {"math": 20}


def test_a_sliced_growth_is_explained_by_the_figures_of_its_subject(made, hand):
    at = hand.COUNTY
    now, then = {(at, "math"): 60, (at,): 90}, {(at, "math"): 50, (at,): 90}
    compared = Compared(indicator="reached")
    years = made("growth", now, earlier={BEFORE: then}, compared=compared)
    figure = years.derived(NOW)[f"made/{at}/all/{NOW}/subject=math"]
    told = explain_derived(figure, years.shelf, years.register, years.figures(NOW), years.elsewhere)
    assert told.term == "虚构指标made（数学）"
    assert told.formula == "虚构指标reached：（本期数−对比期数）÷对比期数×100%；只计学科为数学的"
    assert told.numbers == "比2024—2025学年增加10人，增长20.00%：（60−50）÷50×100%＝20.00%"
    keys = [trace.key for one in told.figure.because for trace in one.traces]
    assert keys == [
        f"reached/{at}/all/{NOW}/subject=math",
        f"reached/{at}/all/{BEFORE}/subject=math",
    ]
    (trace, _) = [trace for one in told.figure.because for trace in one.traces]
    assert trace.term == "2025—2026学年虚构指标reached（数学）"
