"""From cards to columns: what is shared, what is refused, and what is counted together."""

from datetime import date

import msgspec
import polars as pl
import pytest

from xianxue.bureau.indicators import compile as compiling
from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.indicators.formulas import CannotFigureError, formulas
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.kinds.card import Bound, Cited
from xianxue.bureau.kinds.indicator import Indicator, ShareOf, Show, Sum
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.stores.engines import POLARS

TODAY = date(2025, 9, 1)
OWN = Cited(document="xianxue-own", seen=Seen.OWN)


@pytest.fixture(scope="module")
def shelf(made):
    return made.SHELF


def card(name="tried", **parts):
    whole = {"kind": "sum", "unit": "person", "levels": ["county"], **parts}
    return Indicator(indicator=name, term="试一试", show=Show(decimals=0), source=OWN, **whole)


def with_card(shelf, *cards):
    return replace(shelf, indicators={**shelf.indicators, **{one.indicator: one for one in cards}})


def test_every_card_of_the_catalogue_can_be_figured(shelf):
    # What is made of finished figures is no formula: the engine counts what it is made of.
    counted = [name for name, one in shelf.indicators.items() if not one.derived]
    whole = [name for name, one in formulas(shelf, TODAY).items() if one.slice is None]
    assert whole == counted


def test_before_a_line_is_in_force_there_is_no_such_indicator(shelf):
    assert "classes_within_norm" in formulas(shelf, date(2017, 1, 1), ["classes_within_norm"])
    assert formulas(shelf, date(2016, 12, 31), ["classes_within_norm", "classes_total"]).keys() == {
        "classes_total"
    }


def test_a_line_for_some_stages_restricts_the_indicator_to_them(shelf):
    old = shelf.indicators["classes_within_norm"]
    lines = {"norm": [one for one in old.lines["norm"] if one.stage is Stage.PRIMARY]}
    changed = with_card(shelf, msgspec.structs.replace(old, lines=lines))
    assert formulas(changed, TODAY, [old.indicator])[old.indicator].stages == (Stage.PRIMARY,)


def test_a_choice_stands_for_the_option_that_is_taken(shelf):
    name = "lower_secondary_consolidation"
    assert list(formulas(shelf, TODAY, [name])) == [f"{name}_a"]
    chosen = replace(shelf, chosen={name: f"{name}_b"})
    assert list(formulas(chosen, TODAY, [name])) == [f"{name}_b"]


def test_what_two_cards_share_is_one_column(shelf):
    plan = Plan.of(formulas(shelf, TODAY, ["pupils", "girls_share", "pupil_teacher_ratio"]), shelf)
    assert len(plan.names) == 3


def test_terms_of_one_sheet_are_one_column(shelf):
    plan = Plan.of(formulas(shelf, TODAY, ["teacher_child_ratio", "kindergarten_children"]), shelf)
    assert len(plan.names) == 2


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"of": Sum(sum=["premises.books"]), "stages": [Stage.PRIMARY]}, "不分学段"),
        ({"of": Sum(sum=[Term(count="places")]), "stages": [Stage.PRIMARY]}, "不分学段"),
        ({"of": Sum(sum=["population.persons"]), "levels": ["township"]}, "只能按县计算"),
        ({"kind": "ratio", "numerator": Sum(sum=["students.girls"])}, "分子、分母"),
        ({"kind": "spread", "spread_of": "pupils", "stages": [Stage.PRIMARY]}, "不是比值"),
        (
            {"kind": "spread", "spread_of": "girls_share", "stages": [Stage.SPECIAL]},
            "不在 girls_share 的学段之内",
        ),
        (
            {
                "kind": "spread",
                "spread_of": "girls_share",
                "stages": [Stage.PRIMARY],
                "levels": ["school_stage"],
            },
            "学校之间的差异",
        ),
        (
            {
                "kind": "share",
                "share_of": ShareOf(indicator="girls_share", meets=Bound(at_least=50)),
            },
            "只能按全校计算",
        ),
        (
            {
                "kind": "ratio",
                "numerator": Sum(sum=["premises.books"]),
                "denominator": Sum(sum=[Term(count="classes")]),
                "stages": [Stage.PRIMARY],
                "split": "shared_facilities",
            },
            "分母是人数",
        ),
        (
            {
                "kind": "ratio",
                "numerator": Sum(sum=["staff.teachers"]),
                "denominator": Sum(sum=["students.enrolled"]),
                "stages": [Stage.PRIMARY],
                "split": "shared_facilities",
            },
            "已分学段",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(shelf, parts, said):
    with pytest.raises(CannotFigureError, match=said):
        formulas(with_card(shelf, card(**parts)), TODAY, ["tried"])


def test_what_nobody_knows_is_a_key_error(four_schools):
    with pytest.raises(KeyError, match="no_such"):
        four_schools.frames("no_such")
    tables = {name: one for name, one in four_schools.by_sheet.items() if name != "students"}
    with pytest.raises(KeyError, match="students"):
        figure_frames(four_schools.shelf, Tables(tables, POLARS), TODAY, ["pupils"])


def test_a_school_that_is_not_among_the_places_is_refused(four_schools):
    places = four_schools.by_sheet["places"].filter(pl.col("place") != "2163980002")
    with pytest.raises(ValueError, match="2163980002"):
        figure_frames(
            four_schools.shelf,
            Tables({**four_schools.by_sheet, "places": places}, POLARS),
            TODAY,
            ["pupils"],
        )


def test_amounts_that_might_overflow_are_refused(four_schools):
    premises = four_schools.by_sheet["premises"].with_columns(equipment_value=pl.lit(10**17))
    with pytest.raises(OverflowError, match="equipment_per_pupil"):
        figure_frames(
            four_schools.shelf,
            Tables({**four_schools.by_sheet, "premises": premises}, POLARS),
            TODAY,
            ["equipment_per_pupil"],
        )


@pytest.mark.parametrize("together", [0, 10**6])
def test_several_years_and_counties_in_one_call_are_counted_apart(
    four_schools, five_schools, together, monkeypatch
):
    """All at once and one year after another come to the same."""
    monkeypatch.setattr(compiling, "_TOGETHER", together)
    later = {
        name: one.with_columns(period=pl.lit("2026-2027"))
        for name, one in four_schools.by_sheet.items()
    }
    tables = {
        name: pl.concat(
            [four_schools.by_sheet[name], five_schools.by_sheet[name], later[name]],
            how="diagonal",
        )
        for name in later
    }
    frames = figure_frames(four_schools.shelf, Tables(tables, POLARS), TODAY)
    for county in (four_schools, five_schools):
        made = figures(frames, county.shelf, county.register, county.period)
        assert made == county.figures()
    made = figures(frames, four_schools.shelf, four_schools.register, Period.parse("2026-2027"))
    assert [one.value for one in made.values()] == [
        one.value for one in four_schools.figures().values()
    ]


def test_values_in_bulk_are_the_figures(four_schools):
    frames = four_schools.frames()
    made = four_schools.figures()
    seen = 0
    for area in ("school", "township", "county"):
        for by_stage in (True, False):
            lines = frames.values(area, by_stage=by_stage).collect()
            for line in lines.iter_rows(named=True):
                for name in frames.formulas:
                    key = f"{name}/{line['place']}/{line.get('stage') or 'all'}/{line['period']}"
                    if line.get(name) is not None and key in made:
                        figure = made[key]
                        value = figure.value
                        exact = float(getattr(value, "square", value)) if value is not None else 0
                        found = line[name] ** 2 if hasattr(value, "square") else line[name]
                        assert found == pytest.approx(exact, abs=1e-9), key
                        seen += 1
    assert seen > 500


def test_a_county_nobody_has_filed_in_has_tables_and_no_value(made):
    county = made.County(made.register(made.school("2199000001", "211")))
    found = county.figures("pupils", "institutions_total", "disabled_enrolment")
    assert found["pupils/639900/primary/2025-2026"].shown == "未定"
    assert found["pupils/639900/lower_secondary/2025-2026"].shown == "—"
    assert found["institutions_total/639900/all/2025-2026"].value == 1
    assert found["disabled_enrolment/639900/all/2025-2026"].coverage.missing == ("639900",)
