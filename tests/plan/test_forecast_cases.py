"""The forecast against worked cases: a district's own series, and the country's."""

import csv
import itertools
from fractions import Fraction
from pathlib import Path

import pytest

from xianxue.bureau.plan.forecast.known import Known, mixed
from xianxue.bureau.plan.forecast.lookback import Looking
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.shape import Area, Climb, Past, Rules
from xianxue.bureau.plan.forecast.stock import Stock, survived

FILE = next(
    (
        up / "shared" / "data" / "plan" / "enrolment_eau_claire_by_grade.csv"
        for up in Path(__file__).resolve().parents
        if (up / "shared" / "data" / "plan").is_dir()
    ),
    None,
)
GRADES = ["K", "1", "2", "3", "4", "5"]
STEPS = (
    Climb(grade="K", stage="primary", births=((5, Fraction(1)),), enters=True),
    *(
        Climb(grade=grade, stage="primary", after=before)
        for before, grade in itertools.pairwise(GRADES)
    ),
)


def rules(window: int) -> Rules:
    return Rules(
        steps=STEPS,
        window=window,
        shrink=100,
        years=10,
        least=4,
        simulations=200,
        band=(10, 90),
        trend=5,
    )


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    if FILE is None:
        pytest.skip("the district's series lies outside of the project (shared/data/plan)")
    with FILE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def known(rows: list[dict[str, str]], *odd: int) -> Known:
    def by(column: str) -> dict[int, int]:
        return {int(row["year"]): int(row[column]) for row in rows if row[column]}

    past = Past(
        births={"A": by("births")},
        pupils={"A": {grade: by(grade) for grade in GRADES}},
        odd=frozenset(odd),
    )
    return Known((Area(code="A", level="county"),), STEPS, past)


@pytest.mark.parametrize(
    ("start", "ratios", "totals"),
    [
        (
            2008,
            "0.710220 0.995220 1.000910 1.013442 1.005759 1.003019",
            "4311.57 4415.68 4455.44 4461.51 4498.60",
        ),
        (
            2014,
            "0.756170 0.997656 0.974423 0.985544 0.997289 0.993589",
            "4512.72 4489.03 4510.13 4462.85 4481.26",
        ),
    ],
    ids=["2008", "2014"],
)
def test_ratios_and_totals_are_those_of_the_worked_case(rows, start, ratios, totals):
    projecting = Projecting(known(rows).until(start), rules(3))
    means = [projecting.ratios.ratio("A", step).mean for step in STEPS]
    assert " ".join(f"{one:.6f}" for one in means) == ratios
    assert " ".join(f"{one.middle:.2f}" for one in projecting.years(5)) == totals


def test_errors_by_horizon_are_those_of_the_worked_case(rows):
    until = known(rows).until(2019)
    starts = tuple(range(2003, 2019))

    def told(window: int) -> list[str]:
        errors = Looking(until, rules(window), 5, starts).lookbacks["A", "primary"].errors
        return [f"{float(one.method):.3f}/{float(one.unchanged):.3f}" for one in errors]

    assert told(3) == ["1.240/1.140", "1.945/1.818", "2.064/2.165", "1.971/2.600", "2.315/3.152"]
    assert told(1) == ["1.439/1.140", "2.888/1.818", "3.734/2.165", "4.576/2.600", "4.554/3.152"]


def test_a_look_back_says_where_the_method_is_no_better_than_no_change(rows):
    found = Looking(known(rows).until(2019), rules(3), 5, tuple(range(2003, 2019)))
    errors = found.lookbacks["A", "primary"].errors
    assert [one.beats for one in errors] == [False, False, True, True, True]
    assert [one.cases for one in errors] == [16, 15, 14, 13, 12]


def test_a_broken_year_shows_until_it_is_marked(rows):
    open_ = Looking(known(rows), rules(3), 3, (2019,)).lookbacks["A", "primary"]
    assert [f"{one.per_cent:.2f}" for one in open_.misses] == ["33.28", "7.21", "8.64"]
    marked = Looking(known(rows, 2020), rules(3), 3, (2019,)).lookbacks["A", "primary"]
    assert [(one.ahead, one.cases) for one in marked.errors] == [(2, 1), (3, 1)]
    assert marked.odd == (2020,)


def test_no_ratio_rests_on_a_marked_year(rows):
    projecting = Projecting(known(rows, 2020), rules(3))
    assert projecting.ratios.ratio("A", STEPS[1]).years == (2022, 2023, 2024)
    assert not {2020, 2021} & set(projecting.ratios.usable)


def test_bands_hold_about_as_many_of_what_came_as_they_say(rows):
    """Four in five is what the card's band promises; a few dozen cases cannot tell it closer."""
    starts = tuple(range(2003, 2019))
    looking = Looking(known(rows).until(2019), rules(3), 5, starts, simulations=200)
    errors = looking.lookbacks["A", "primary"].errors
    cases = sum(one.cases for one in errors)
    within = sum(one.within * one.cases for one in errors) / cases
    assert 65 <= within <= 95


def test_first_graders_are_parts_of_two_years_of_births():
    """The country: births of 2015 to 2018 in ten thousands, first graders of 2022 to 2024."""
    births = {2015: 1655, 2016: 1883, 2017: 1765, 2018: 1523}
    split = Climb(grade="G1", stage="primary", births=((7, Fraction(4, 12)), (6, Fraction(8, 12))))
    whole = Climb(grade="G1", stage="primary", births=((6, Fraction(1)),))
    came = {2022: 1701.39, 2023: 1877.9, 2024: 1616.63}

    def share(step: Climb) -> list[str]:
        return [f"{100 * came[year] / mixed(births, step, year):.1f}" for year in came]

    assert share(split) == ["94.2", "104.1", "100.8"]
    assert share(whole) == ["90.4", "106.4", "106.1"]


def test_the_stock_of_a_stage_adds_up_or_asks_why():
    def gap(before: str, entered: str, left: str, now: str) -> tuple[str, str, bool]:
        some = Stock(
            before=Fraction(before),
            entered=Fraction(entered),
            left=Fraction(left),
            now=Fraction(now),
        )
        return f"{float(some.gap):.2f}", f"{float(some.per_cent):.2f}", some.odd(Fraction(1))

    assert gap("10836.0", "1616.63", "1857.27", "10584.37") == ("-10.99", "-0.10", False)
    assert gap("5243.7", "1848.75", "1698.24", "5386.16") == ("-8.05", "-0.15", False)
    assert gap("1000", "100", "100", "1011") == ("11.00", "1.10", True)


@pytest.mark.parametrize(
    ("entered", "finished", "share"),
    [
        ("1766.56", "1763.5", "99.83"),
        ("1867.30", "1857.27", "99.46"),
        ("1632.10", "1623.6", "99.48"),
        ("1705.44", "1698.24", "99.58"),
    ],
    ids=["primary 2017", "primary 2018", "lower secondary 2020", "lower secondary 2021"],
)
def test_one_year_group_is_followed_from_entry_to_its_end(entered, finished, share):
    assert f"{float(survived(Fraction(finished), Fraction(entered))):.2f}" == share
