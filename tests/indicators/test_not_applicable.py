"""不适用 is not a zero: who writes it leaves both parts of what lies above, and is named. 均为虚构。"""

from datetime import date
from fractions import Fraction

import pytest

from xianxue.bureau.indicators.explaining.explain import explain
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.figure import Coverage
from xianxue.bureau.values.missing import Missing

P, L = Stage.PRIMARY, Stage.LOWER_SECONDARY
NA = Missing.NOT_APPLICABLE
ONE, TWO, THREE = "2199000001", "2199000002", "2199000003"


@pytest.fixture(scope="module")
def whole(made):
    """A return of one stage, everything 0 but what is said; ``pupils`` stand in the first grade."""
    zeros = {
        name: dict.fromkeys((one.field for one in made.SHELF.sheet(name)[1].fields), 0)
        for name in ("students", "staff", "premises")
    }

    def filed(place, pupils, staff=(), premises=()):
        grades = [(f"G{n}", zeros["students"] | {"enrolled": 0}) for n in range(2, 7)]
        first = ("G1", zeros["students"] | {"enrolled": pupils})
        return made.filed(
            place,
            students=[first, *grades],
            staff=[("primary", zeros["staff"] | dict(staff))],
            premises=[("", zeros["premises"] | dict(premises))],
        )

    return filed


def three(made, whole, *said):
    """Three primary schools; each is told by its pupils, its staff and its premises."""
    places = [made.school(code, "211") for code in (ONE, TWO, THREE)[: len(said)]]
    returns = [whole(place, *each) for place, each in zip(places, said, strict=True)]
    return made.County(made.register(*places), returns)


def test_pupils_that_do_not_apply_take_the_teachers_with_them(made, whole):
    """10 of 1,000 and 1 of 100 backbone teachers: without the third school 11 ÷ 1,100, which is 1."""
    county = three(
        made,
        whole,
        (1000, {"backbone": 10}, {}),
        (100, {"backbone": 1}, {}),
        (NA, {"backbone": 9}, {}),
    )
    figure = county.figure("backbone_teachers", "639900", P)
    assert (figure.numerator, figure.denominator, figure.value) == (11, 1100, 1)
    assert figure.coverage == Coverage(3, 3, (), (THREE,))
    own = county.figure("backbone_teachers", THREE, P)
    assert (own.value, own.shown, own.coverage.not_applicable) == (None, "—", (THREE,))


def test_teachers_that_do_not_apply_take_the_pupils_with_them(made, whole):
    county = three(made, whole, (1000, {"backbone": 10}, {}), (100, {"backbone": NA}, {}))
    figure = county.figure("backbone_teachers", "639900", P)
    assert (figure.numerator, figure.denominator) == (10, 1000)


def test_one_of_several_terms_is_enough_to_leave(made, whole):
    """Music does not apply: physical education alone would be too few, as if music were 0."""
    county = three(
        made,
        whole,
        (100, {"physical_education": 1, "music": 1, "art": 1}, {}),
        (100, {"physical_education": 1, "music": NA, "art": 1}, {}),
    )
    figure = county.figure("physical_arts_teachers", "639900", P)
    assert (figure.value, figure.coverage.not_applicable) == (3, (TWO,))


def test_what_does_not_apply_is_no_zero_in_a_spread(made, whole):
    """Two schools alike do not differ at all; with a third counted as 0 they would."""
    alike = (100, {"backbone": 1}, {})
    county = three(made, whole, alike, alike, (100, {"backbone": NA}, {}))
    spread = county.figure("spread_backbone_teachers", "639900", P)
    assert (spread.value.square, spread.coverage.not_applicable) == (0, (THREE,))


def test_no_mean_is_made_of_a_school_without_its_pupils(made, whole):
    """Two schools of 300 pupils together are 150 each; the third is not a third school of 0."""
    county = three(made, whole, (100, {}, {}), (200, {}, {}), (NA, {}, {}))
    figure = county.figure("average_school_size", "639900")
    assert (figure.numerator, figure.denominator, figure.value) == (300, 2, 150)


def test_a_sum_goes_without_it_and_says_so(made, whole):
    county = three(made, whole, (100, {}, {}), (NA, {}, {}))
    figure = county.figure("pupils", "639900", P)
    # The other five grades of the second school say 0: it has been heard, but not wholly.
    assert (figure.value, figure.coverage) == (100, Coverage(2, 2, (), (TWO,)))


def test_pupils_in_one_part_and_people_in_the_other_cannot_be_left(made, whole):
    """The population counts the children of all schools: without one of them nothing is known."""
    ages = [(f"A{n}", {"persons": 50}) for n in range(3, 18)]
    county = three(made, whole, (100, {}, {}), (NA, {}, {}))
    county.returns.append(made.filed(made.COUNTY, "county_annual", population=ages))
    figure = county.figure("primary_gross_enrolment", "639900")
    assert (figure.value, figure.shown) == (None, "未定")
    assert figure.coverage.missing == (TWO,)


def test_nobody_is_small_by_writing_that_it_does_not_apply(made, whole):
    """A point of 49 and a grade that does not apply may be one of 50 or more."""
    point = made.school(ONE, "218")
    returned = whole(point, 49)
    (second,) = [row for row in returned.tables["students"] if row.code == "G2"]
    second.cells["enrolled"] = Cell(NA)
    county = made.County(made.register(point), [returned])
    figure = county.figure("backbone_teachers", "639900", P)
    assert (figure.shown, figure.coverage.missing) == ("未定", (ONE,))
    judged = county.assess("balance_resources")
    assert {one.missing for one in judged.findings} == {(ONE,)}
    assert judged.verdict.value == "undetermined"


def test_stages_cannot_share_where_the_pupils_of_one_do_not_apply(made):
    nine = made.school("3199000001", "312")
    zero = dict.fromkeys((one.field for one in made.SHELF.sheet("premises")[1].fields), 0)
    grades = [(f"G{n}", {"enrolled": 20 if n < 7 else NA}) for n in range(1, 10)]
    returned = made.filed(nine, students=grades, premises=[("", zero | {"books": 600})])
    county = made.County(made.register(nine), [returned])
    for stage in (P, L):
        own = county.figure("books_per_pupil", nine.code, stage)
        assert (own.shown, own.coverage.not_applicable) == ("—", (nine.code,))
        assert county.figure("books_per_pupil", "639900", stage).shown == "—"


def test_a_school_that_says_so_is_waited_for_by_name(made, whole):
    """It is no way out of a standard: six others may be met, the seventh is not passed over."""
    county = three(made, whole, (100, {"backbone": NA}, {}))
    judged = county.assess("balance_resources")
    (own,) = [
        one for one in judged.findings if (one.place, one.criterion) == (ONE, "backbone_teachers")
    ]
    assert (own.verdict.value, own.missing) == ("undetermined", (ONE,))
    (spread,) = [one for one in judged.spread if one.criterion == "spread_backbone_teachers"]
    assert (spread.verdict.value, spread.missing) == ("undetermined", (ONE,))


def test_who_left_a_figure_that_was_judged_is_said(made, whole):
    county = three(made, whole, (100, {"backbone": 1}, {}), (100, {"backbone": NA}, {}))
    judged = county.assess("balance_resources")
    assert (
        TWO,
        P,
        "填“不适用”，没有算进“每百名学生拥有县级以上骨干教师数校际差异系数”",
    ) in judged.not_counted


def test_the_numbers_of_an_explanation_are_those_that_stayed(made, whole):
    """What is said in numbers gives the figure: 11 ÷ 1,100, not 20 ÷ 1,100."""
    county = three(
        made,
        whole,
        (1000, {"backbone": 10}, {}),
        (100, {"backbone": 1}, {}),
        (NA, {"backbone": 9}, {}),
    )
    figure = county.figure("backbone_teachers", "639900", P)
    said = explain(
        figure, county.shelf, county.register, county.tables, date(2025, 9, 1), lambda *_: ()
    )
    assert said.numbers == "11÷1100×100＝1.00人"
    amounts = {
        (one.place, one.part): (one.amount, one.note)
        for one in said.figure.because
        if one.place == THREE
    }
    assert amounts == {
        (THREE, "numerator"): (Fraction(0), "另有数填“不适用”，不计入"),
        (THREE, "denominator"): (Fraction(0), "填了“不适用”，分子、分母都不计入"),
    }
