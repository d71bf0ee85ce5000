"""What holds for every county, whatever its schools report."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.kinds.term import Term
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.units import UNITS, ratio_dimension

SEEDS = st.integers(0, 10**9)
TOTALS = [
    "pupils",
    "pupils_all",
    "girls_share",
    "classes_total",
    "average_class_size",
    "oversize_classes",
    "teacher_qualified_rate",
    "pupil_teacher_ratio",
    "building_area",
    "building_area_per_pupil",
    "lower_secondary_consolidation_a",
    "training_funds_share",
]
"""What a school adds to, and that does not ask how many schools there are."""
SHARES = [
    "girls_share",
    "over_qualified_teachers",
    "teaching_area_per_pupil",
    "spread_over_qualified_teachers",
    "spread_teaching_area_per_pupil",
    "promotion_rate",
    "lower_secondary_consolidation_b",
]
FEW = ["pupils", "girls_share", "building_area", "spread_backbone_teachers", "classes_within_norm"]


def changed(filed, change):
    """A return with ``change(sheet, row, field, value)`` in place of each value."""
    return replace(
        filed,
        tables={
            sheet: tuple(
                replace(
                    row,
                    cells={
                        name: Cell(change(sheet, row.code, name, cell.value))
                        for name, cell in row.cells.items()
                    },
                )
                for row in rows
            )
            for sheet, rows in filed.tables.items()
        },
    )


@settings(max_examples=10)
@given(seed=SEEDS)
def test_the_order_of_schools_and_returns_and_lines_changes_nothing(made, invented, seed):
    county = invented(seed, 0.2).county()
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    returns = [
        replace(
            one,
            tables={
                sheet: tuple(chance.sample(rows, len(rows))) for sheet, rows in one.tables.items()
            },
        )
        for one in chance.sample(county.returns, len(county.returns))
    ]
    places = list(county.register)
    other = made.County(Register.of(chance.sample(places, len(places))), returns)
    assert other.figures(*TOTALS, *FEW) == county.figures(*TOTALS, *FEW)


@settings(max_examples=10)
@given(seed=SEEDS)
def test_a_school_split_in_two_changes_no_total(made, invented, seed):
    """Each count of a primary school is divided between two schools of the same kind."""
    chance = random.Random(seed)  # noqa: S311 - invented numbers
    drawn = invented(seed, 0)
    whole, half = (made.school(f"21990001{n:02}", "211") for n in (0, 1))
    filed = drawn.filed(whole)
    kept = {}

    def keep(sheet, row, field, value):
        known = made.SHELF.field(f"{sheet}.{field}")[1]
        if not isinstance(value, int) or known.type in {"year", "yes_no"} or sheet == "classes":
            return value
        kept[sheet, row, field] = chance.randint(0, value)
        return kept[sheet, row, field]

    first = changed(filed, keep)
    second = changed(
        replace(filed, place=half.code),
        lambda sheet, row, field, value: (
            value - kept[sheet, row, field] if (sheet, row, field) in kept else value
        ),
    )
    lines = filed.tables["classes"]
    cut = chance.randint(0, len(lines))
    for one, mine in ((first, lines[:cut]), (second, lines[cut:])):
        one.tables["classes"] = mine
        one.tables["special_rooms"] = ()

    others = list(drawn.register)
    returns = drawn.county().returns
    before = made.County(Register.of([*others, whole]), [*returns, filed])
    after = made.County(Register.of([*others, whole, half]), [*returns, first, second])
    county = made.COUNTY.code
    value = {
        key: figure.value for key, figure in before.figures(*TOTALS).items() if f"/{county}/" in key
    }
    for key, figure in after.figures(*TOTALS).items():
        if key in value:
            assert figure.value == value[key], key


@settings(max_examples=10)
@given(seed=SEEDS, times=st.integers(2, 40))
def test_scaling_all_counts_leaves_shares_alone(made, invented, seed, times):
    county = invented(seed, 0).county()
    others = [
        school for school in county.register if "218" not in {a.school_type for a in school.history}
    ]
    register = Register.of(others)
    small = made.County(register, county.returns)

    def scale(sheet, row, field, value):
        del row
        known = made.SHELF.field(f"{sheet}.{field}")[1]
        counted = known.type in {"integer", "measure"}
        return value * times if isinstance(value, int) and counted else value

    large = made.County(register, [changed(one, scale) for one in county.returns])
    found = small.figures(*SHARES)
    scaled = large.figures(*SHARES)
    assert {key: figure.value for key, figure in scaled.items()} == {
        key: figure.value for key, figure in found.items()
    }


@settings(max_examples=15)
@given(seed=SEEDS, pick=st.integers(0, 10**6))
def test_a_number_that_goes_missing_is_never_taken_for_another(made, invented, seed, pick):
    county = invented(seed, 0).county()
    where = [
        (index, sheet, number, name)
        for index, one in enumerate(county.returns)
        for sheet, rows in one.tables.items()
        for number, row in enumerate(rows)
        for name, cell in row.cells.items()
        if isinstance(cell.value, int)
    ]
    index, sheet, number, name = where[pick % len(where)]
    filed = county.returns[index]
    row = filed.tables[sheet][number]
    gone = replace(row, cells={**row.cells, name: Cell(Missing.NOT_ANSWERED)})
    rows = tuple(gone if n == number else one for n, one in enumerate(filed.tables[sheet]))
    returns = list(county.returns)
    returns[index] = replace(filed, tables={**filed.tables, sheet: rows})
    before = county.figures(*TOTALS, *SHARES, *FEW)
    after = made.County(county.register, returns).figures(*TOTALS, *SHARES, *FEW)
    # A point that was too small to count may now be large enough: nobody knows.
    assert before.keys() <= after.keys()
    for key, figure in after.items():
        if figure != before.get(key):
            assert figure.value is None, key
            assert figure.shown == "未定"
            known = before[key].coverage.missing if key in before else ()
            missing = {filed.place, *known}
            assert set(figure.coverage.missing) == missing, key


@pytest.fixture(scope="module")
def cards(made):
    return made.SHELF.indicators.values()


def unit_of(made, terms):
    """The unit of a sum: that of its fields, or none where rows are counted."""
    fields = [Term(field=one) if isinstance(one, str) else one for one in terms.sum]
    names = {made.SHELF.field(one.field)[1].unit for one in fields if one.field}
    assert len({UNITS[name].dimension for name in names}) <= 1
    return UNITS[names.pop()] if names else None


def test_units_follow_from_what_is_counted(made, cards):
    for card in cards:
        unit = UNITS[card.unit]
        if card.kind in {"count", "sum"}:
            counted = unit_of(made, card.of)
            assert counted is None or counted.dimension == unit.dimension, card.indicator
        elif card.kind == "ratio":
            sides = unit_of(made, card.numerator), unit_of(made, card.denominator)
            if None not in sides:
                follows = ratio_dimension(*sides)
                same = {follows}
                if follows == "share":
                    # In points it is taken a hundred times already (tests/catalogue/test_cards.py).
                    same |= {"people/people", "share points"}
                assert unit.dimension in same | {"rooms/classes"}, card.indicator
        elif not card.derived:  # those are held to their bases in tests/catalogue/test_cards.py
            assert card.unit == {"share": "percent", "spread": "coefficient"}[card.kind]


def test_value_is_numerator_over_denominator_in_the_unit_also_where_it_is_divided(four_schools):
    for figure in four_schools.figures().values():
        if figure.numerator is not None and figure.denominator:
            ratio = figure.numerator / figure.denominator
            assert figure.value == ratio * UNITS[figure.unit].per, figure
            assert figure.step > Fraction(0)
