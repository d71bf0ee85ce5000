"""What every forecast keeps, whatever the county."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.plan.forecast.complaints import Looked, of_foreseen, of_past
from xianxue.bureau.plan.forecast.known import Known, folded
from xianxue.bureau.plan.forecast.lookback import Looking
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.shape import Area, Arrival, Climb, Past, Rules

GRADES = ("G1", "G2", "G3")
STEPS = (
    Climb(
        grade="G1",
        stage="primary",
        births=((7, Fraction(4, 12)), (6, Fraction(8, 12))),
        enters=True,
    ),
    Climb(grade="G2", stage="primary", after="G1"),
    Climb(grade="G3", stage="primary", after="G2"),
    Climb(grade="G7", stage="lower_secondary", after="G3", enters=True),
)
RULES = Rules(
    steps=STEPS, window=3, shrink=60, years=10, least=4, simulations=100, band=(10, 90), trend=5
)
YEARS = range(2016, 2026)
COUNTY = (
    Area(code="县", level="county"),
    Area(code="东镇", level="township", within="县"),
    Area(code="西乡", level="township", within="县"),
    Area(code="东小", level="school", within="东镇", sources={"G1": "东镇"}),
    Area(code="东二小", level="school", within="东镇", sources={"G1": "东镇"}),
    Area(code="西小", level="school", within="西乡", sources={"G1": "西乡"}),
    Area(code="县中", level="school", within="东镇", sources={"G7": "县"}),
)
PRIMARY = ("东小", "东二小", "西小")
many = st.integers(min_value=6, max_value=400)


def steady(east: int, east_two: int, west: int) -> Past:
    """A county in which nobody moves: as many children every year."""
    sizes = {"东小": east, "东二小": east_two, "西小": west}
    pupils = {
        place: {grade: dict.fromkeys(YEARS, size) for grade in GRADES}
        for place, size in sizes.items()
    }
    pupils["县中"] = {"G7": dict.fromkeys(YEARS, sum(sizes.values()))}
    births = {"东镇": dict.fromkeys(range(2005, 2026), east + east_two)}
    births["西乡"] = dict.fromkeys(range(2005, 2026), west)
    return Past(births=births, pupils=pupils)


def forecast(past: Past, *arrivals: Arrival, simulations: int = 100):
    projecting = Projecting(Known(COUNTY, STEPS, past), RULES, arrivals)
    return {
        (one.area, one.stage, one.year): one for one in projecting.years(8, "虚构", simulations)
    }


@settings(max_examples=25)
@given(many, many, many)
def test_of_a_constant_population_the_forecast_is_constant(east, east_two, west):
    found = forecast(steady(east, east_two, west), simulations=20)
    wanted = {
        "东小": 3 * east,
        "东二小": 3 * east_two,
        "西小": 3 * west,
        "县": 3 * (east + east_two + west),
    }
    for (area, stage, _), one in found.items():
        if stage == "primary" and area in wanted:
            assert round(one.middle, 6) == wanted[area]
            assert round(one.low, 6) == round(one.high, 6) == wanted[area]


series = st.lists(many, min_size=len(YEARS), max_size=len(YEARS)).map(
    lambda values: dict(zip(YEARS, values, strict=True))
)


@st.composite
def pasts(draw) -> Past:
    births = st.lists(many, min_size=21, max_size=21).map(
        lambda values: dict(zip(range(2005, 2026), values, strict=True))
    )
    pupils = {place: {grade: draw(series) for grade in GRADES} for place in PRIMARY}
    pupils["县中"] = {"G7": draw(series)}
    return Past(births={"东镇": draw(births), "西乡": draw(births)}, pupils=pupils)


@settings(max_examples=20)
@given(pasts(), st.integers(min_value=2020, max_value=2025), many)
def test_more_births_never_lower_the_entry(past, year, more):
    """Of years that no first grade has come from yet: those before are in the ratios themselves."""
    births = {
        **past.births,
        "东镇": {**past.births["东镇"], year: past.births["东镇"][year] + more},
    }
    before, after = (
        forecast(past, simulations=20),
        forecast(Past(births=births, pupils=past.pupils), simulations=20),
    )
    for key, one in before.items():
        for end in ("low", "middle", "high"):
            assert getattr(after[key], end) >= getattr(one, end) - 1e-9
    entry = ("东小", "primary", year + 6)
    if entry in before:
        assert after[entry].grades["G1"] > before[entry].grades["G1"]


@settings(max_examples=20)
@given(pasts())
def test_areas_add_up_and_every_band_holds_its_middle(past):
    found = forecast(past, simulations=20)
    for year in range(2026, 2034):
        parts = [found[place, "primary", year].middle for place in PRIMARY]
        assert abs(sum(parts) - found["县", "primary", year].middle) < 1e-6
    assert all(one.low <= one.middle <= one.high for one in found.values())


@settings(max_examples=10)
@given(pasts())
def test_the_same_seed_gives_the_same_forecast(past):
    assert forecast(past) == forecast(past)


def test_a_small_school_leans_on_its_township_and_a_large_one_on_itself():
    past = steady(300, 300, 300)
    tiny = {
        grade: dict.fromkeys(YEARS, size) for grade, size in zip(GRADES, (6, 3, 3), strict=True)
    }
    pupils = {**past.pupils, "东二小": tiny}
    ratios = Projecting(Known(COUNTY, STEPS, Past(births=past.births, pupils=pupils)), RULES).ratios
    small, large = ratios.ratio("东二小", STEPS[1]), ratios.ratio("东小", STEPS[1])
    assert small.own == 0.5
    # (6 × 0.5 + 60 × the township's) ÷ 66, and the township's leans on the county's.
    assert small.mean > 0.9
    assert large.own == 1
    assert abs(large.mean - 1) < 0.01


def test_a_merged_school_is_counted_under_the_one_that_goes_on():
    past = steady(100, 50, 80)
    closed = {
        grade: {year: size for year, size in by.items() if year < 2023}
        for grade, by in past.pupils["东二小"].items()
    }
    grown = {
        grade: {year: size + (50 if year >= 2023 else 0) for year, size in by.items()}
        for grade, by in past.pupils["东小"].items()
    }
    merged = Past(births=past.births, pupils={**past.pupils, "东二小": closed, "东小": grown})
    found = forecast(folded(merged, {"东二小": "东小"}))
    assert ("东二小", "primary", 2030) not in found
    assert [round(found[area, "primary", 2033].middle) for area in ("东小", "东镇")] == [450, 450]


def test_the_year_a_school_opens_is_no_ratio_of_its_neighbour():
    """Half of 东小 goes over to a new school in 2021; as many children are in the township."""
    past = steady(100, 50, 80)
    old = {grade: {year: 100 if year < 2021 else 50 for year in YEARS} for grade in GRADES}
    new = {grade: {year: 50 for year in YEARS if year >= 2021} for grade in GRADES}
    pupils = {**past.pupils, "东小": old, "新小": new}
    areas = (*COUNTY, Area(code="新小", level="school", within="东镇", sources={"G1": "东镇"}))
    known = Known(areas, STEPS, Past(births=past.births, pupils=pupils))
    ratio = Projecting(known, RULES).ratios.ratio("东小", STEPS[1])
    assert (ratio.lowest, ratio.highest) == (1, 1)
    for one in Projecting(known, RULES).years(3, "虚构", 50):
        if one.area == "东镇" and one.stage == "primary":
            assert round(one.low) == round(one.middle) == round(one.high) == 450


def test_a_closed_school_is_given_nobody_and_a_silent_one_makes_its_area_unknown():
    past = steady(100, 50, 80)

    def without(*years: int):
        own = {
            grade: {year: n for year, n in by.items() if year not in years}
            for grade, by in past.pupils["东二小"].items()
        }
        return Past(births=past.births, pupils={**past.pupils, "东二小": own})

    closed = forecast(without(2024, 2025))
    assert ("东二小", "primary", 2026) not in closed
    assert closed["东镇", "primary", 2026].middle is not None
    silent = Known(COUNTY, STEPS, without(2024))
    assert 2024 not in silent.total("东镇", "primary")
    assert 2024 in silent.total("西乡", "primary")


def test_a_year_of_births_that_is_missing_leaves_its_entry_unknown():
    past = steady(100, 50, 80)
    births = {
        **past.births,
        "西乡": {year: n for year, n in past.births["西乡"].items() if year != 2021},
    }
    found = forecast(Past(births=births, pupils=past.pupils))
    assert found["西小", "primary", 2026].middle is not None
    assert found["西小", "primary", 2027].middle is None
    assert found["县", "primary", 2027].middle is None
    assert found["东镇", "primary", 2027].middle is not None


def test_births_nobody_has_counted_are_carried_on_and_it_says_so():
    found = forecast(steady(100, 50, 80))
    assert not found["县", "primary", 2031].carried
    assert found["县", "primary", 2032].carried
    assert found["东小", "primary", 2032].carried


def test_too_few_years_make_no_band():
    past = steady(100, 50, 80)
    pupils = {
        place: {
            grade: {year: n for year, n in by.items() if year > 2022}
            for grade, by in grades.items()
        }
        for place, grades in past.pupils.items()
    }
    one = forecast(Past(births=past.births, pupils=pupils))["县", "primary", 2026]
    assert (one.middle, one.low, one.high) == (690, None, None)


def test_a_housing_project_brings_pupils_who_stay_and_go_up():
    brought = Arrival(
        area="东小", year=2027, pupils={"G1": Fraction(30), "G2": Fraction(10)}, why="虚构小区"
    )
    without, with_ = forecast(steady(100, 50, 80)), forecast(steady(100, 50, 80), brought)

    def more(year: int, area: str = "东小") -> float:
        return round(with_[area, "primary", year].middle - without[area, "primary", year].middle, 6)

    # In their second year those of G2 are in G3; in the third they have left primary school.
    assert [more(year) for year in (2026, 2027, 2028, 2029, 2030)] == [0, 40, 40, 30, 0]
    assert more(2028, "县") == 40
    moved = (
        with_["县", "lower_secondary", 2029].middle - without["县", "lower_secondary", 2029].middle
    )
    assert round(moved, 6) == 10


def test_what_is_wrong_with_a_past_is_said_in_words():
    births = {2018: 100, 2019: 101, 2020: 40, 2021: 99, 2023: 98}
    past = Past(births={"县": births}, pupils={"东小": {"G1": {2024: 5, 2025: -1}}})
    looked = Looked(names={"县": "示范县", "东小": "东小"}, grades={"G1": "一年级"}, jump=30)
    said = [one.message for one in of_past(past, looked)]
    assert said == [
        "示范县出生人数缺 2022 年的数；要求：逐年都有。请补上；补不上的，用到这些年的预测给不出数，不会当作 0。",
        "2020 年示范县出生人数是 40，前后两年是 101 和 99；要求：与前后两年的平均数相差不超过 30%。请核对是不是口径变了或漏了；确实断档的，把这一年标为异常年。",
        "2025 年东小一年级在校生数是 -1；要求：不小于 0 的整数。请改为实际人数；不知道的留空，不填 0。",
    ]


def test_more_leaving_than_there_are_is_told_and_no_number_is_believed():
    away = Arrival(area="西小", year=2026, pupils={"G2": Fraction(-500)}, why="虚构拆迁")
    found = forecast(steady(100, 50, 80), away)
    looked = Looked(names={"西小": "西小"}, grades={"G2": "二年级"}, jump=30)
    said = [one.message for one in of_foreseen(found.values(), looked) if one.place == "西小"]
    assert said[0].startswith("西小二年级 2026 年算出来不到 0 人")


def test_nothing_later_is_known_to_a_look_back():
    """A past whose last years are absurd has the same forecasts from before them."""
    past = steady(100, 50, 80)
    wild = {
        place: {grade: {**by, 2025: 9999} for grade, by in grades.items()}
        for place, grades in past.pupils.items()
    }
    looking = Looking(
        Known(COUNTY, STEPS, Past(births=past.births, pupils=wild)), RULES, 3, (2020,)
    )
    assert [round(one.said) for one in looking.lookbacks["县", "primary"].misses] == [690, 690, 690]
