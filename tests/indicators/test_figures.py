"""Small counties counted by hand: divided facilities, small points, blanks, things not there."""

from fractions import Fraction

import pytest

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage
from xianxue.bureau.values.missing import Missing

P, L, U = Stage.PRIMARY, Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY


def pupils(**by_grade):
    return [(grade, {"enrolled": many}) for grade, many in by_grade.items()]


@pytest.fixture(scope="module")
def premises(made):
    full = dict.fromkeys((one.field for one in made.SHELF.sheet("premises")[1].fields), 0)
    return lambda **said: [("", full | said)]


@pytest.fixture(scope="module")
def three(made, premises):
    """A nine-year school (120 + 50 pupils), a primary school (100) and a point of 49."""
    nine = made.school("3199000001", "312")
    town = made.school("2199000001", "211")
    point = made.school("2199000002", "218", made.VILLAGE.code)
    grades = {f"G{n}": 20 for n in range(1, 7)}
    returns = [
        made.filed(
            nine,
            students=pupils(**grades, G7=20, G8=20, G9=10),
            premises=premises(books=1750),
        ),
        made.filed(town, students=pupils(**(grades | {"G1": 0})), premises=premises(books=700)),
        made.filed(
            point,
            students=pupils(**(dict.fromkeys(grades, 0) | {"G1": 49})),
            premises=premises(books=9),
        ),
    ]
    return made.County(made.register(nine, town, point), returns)


def test_what_stages_share_is_divided_by_pupils_times_weight(three):
    """1750 books: 120×1 and 50×1.1 are 175, so primary has 1200 and lower secondary 550."""
    primary = three.figure("books_per_pupil", "3199000001", P)
    assert (primary.numerator, primary.denominator, primary.value) == (1750, 175, 10)
    lower = three.figure("books_per_pupil", "3199000001", L)
    assert (lower.numerator, lower.denominator, lower.value) == (1925, 175, 11)
    assert (primary.step, lower.step) == (1, Fraction(11, 10))


def test_an_area_adds_the_parts_and_the_pupils(three):
    """1200 + 700 books for 120 + 100 pupils; the point of 49 does not count."""
    county = three.figure("books_per_pupil", "639900", P)
    assert (county.numerator, county.denominator) == (1900, 220)
    assert county.shown == "8.64"
    assert county.coverage == Coverage(2, 2)
    assert three.figure("books_per_pupil", "639900", L).numerator == 550


def test_a_point_below_the_line_has_no_figure_and_others_count_it(three):
    assert three.figure("books_per_pupil", "2199000002", P) is None
    assert three.figure("pupils", "2199000002", P).value == 49
    assert three.figure("pupils", "639900", P).value == 269
    village = three.figure("books_per_pupil", "639900200", P)
    assert (village.shown, village.coverage) == ("—", Coverage(0, 0))


def test_the_spread_is_weighted_and_exact(three):
    """x = 10 and 7 with p = 120 and 100: mean 1900/220, P·Σpx²/N² − 1 = 220·16900/1900² − 1."""
    spread = three.figure("spread_books_per_pupil", "639900", P)
    assert spread.value.square == Fraction(220 * (120 * 100 + 100 * 49), 1900**2) - 1
    assert spread.numerator is spread.denominator is None


def one_blank(made, premises, grade, cell):
    """A point of about 50 pupils and a primary school, one number of the point being hidden."""
    town = made.school("2199000001", "211")
    point = made.school("2199000002", "218")
    grades = dict.fromkeys((f"G{n}" for n in range(1, 7)), 20)
    returns = [
        made.filed(town, students=pupils(**grades), premises=premises(books=600)),
        made.filed(
            point, students=pupils(**(grades | {grade: cell})), premises=premises(books=600)
        ),
    ]
    return made.County(made.register(town, point), returns)


def test_a_hidden_number_hides_the_total_and_names_the_school(made, premises):
    county = one_blank(made, premises, "G1", Missing.WITHHELD)
    total = county.figure("pupils", "639900", P)
    assert (total.value, total.shown) == (None, "未定")
    assert (total.numerator, total.coverage) == (None, Coverage(1, 2, ("2199000002",)))
    assert county.figure("pupils", "2199000001", P).value == 120


def test_pupils_that_are_known_may_be_enough_to_count(made, premises):
    """100 pupils are known: whatever the sixth grade has, the point has more than 50."""
    county = one_blank(made, premises, "G6", Missing.NOT_ANSWERED)
    assert county.figure("books_per_pupil", "2199000002", P).shown == "未定"
    assert county.figure("books_per_pupil", "639900", P).coverage.expected == 2


def test_where_nobody_knows_whether_a_point_counts_the_county_is_undetermined(made, premises):
    town = made.school("2199000001", "211")
    point = made.school("2199000002", "218")
    returns = [
        made.filed(town, students=pupils(G1=120), premises=premises(books=600)),
        made.filed(
            point, students=pupils(G1=49, G2=Missing.NOT_ANSWERED), premises=premises(books=600)
        ),
    ]
    full = [f"G{n}" for n in range(1, 7)]
    for one in returns:
        rows = {row.code: row for row in one.tables["students"]}
        one.tables["students"] += tuple(
            made.filed(town, students=pupils(**{grade: 0})).tables["students"][0]
            for grade in full
            if grade not in rows
        )
    county = made.County(made.register(town, point), returns)
    figure = county.figure("over_qualified_share", "639900", P)
    assert figure.shown == "未定"
    books = county.figure("books_per_pupil", "639900", P)
    assert (books.shown, books.coverage.missing) == ("未定", ("2199000002",))


def test_stages_without_weights_cannot_be_divided(made, premises):
    """A primary school with attached lower-secondary classes: no card says how they share."""
    odd = made.school("2199000001", "211", attached=[L])
    grades = {f"G{n}": 20 for n in range(1, 10)}
    returns = [made.filed(odd, students=pupils(**grades), premises=premises(books=600))]
    county = made.County(made.register(odd), returns)
    assert county.figure("books_per_pupil", "2199000001", P).shown == "未定"
    assert county.figure("books_per_pupil", "639900", L).coverage.missing == ("2199000001",)
    assert county.figure("books", "639900").value == 600


def test_a_stage_without_pupils_has_no_part(made, premises):
    nine = made.school("3199000001", "312")
    grades = {f"G{n}": 20 for n in range(1, 7)} | {"G7": 0, "G8": 0, "G9": 0}
    returns = [made.filed(nine, students=pupils(**grades), premises=premises(books=600))]
    county = made.County(made.register(nine), returns)
    assert county.figure("books_per_pupil", "3199000001", P).value == 5
    assert county.figure("books_per_pupil", "3199000001", L).shown == "—"


def test_what_does_not_apply_is_not_zero(made):
    said = dict.fromkeys(
        (one.field for one in made.SHELF.sheet("funds")[1].fields), Missing.NOT_APPLICABLE
    )
    returns = [made.filed(made.COUNTY, "county_annual", funds=[("", said)])]
    county = made.County(made.register(), returns)
    for name in ("special_school_funds", "kindergarten_pay_ratio"):
        figure = county.figure(name, "639900")
        assert (figure.value, figure.shown) == (None, "—")
        assert figure.coverage.full


def test_a_ratio_of_one_to_many_is_written_so(made):
    garden = made.school("1199000001", "111")
    said = dict.fromkeys((one.field for one in made.SHELF.sheet("kindergarten")[1].fields), 0)
    said |= {"ownership": "public", "children_3": 100, "children_4": 238, "teachers": 25}
    county = made.County(made.register(garden), [made.filed(garden, kindergarten=[("", said)])])
    figure = county.figure("teacher_child_ratio", "1199000001")
    assert (figure.value, figure.shown) == (Fraction(338, 25), "1:13.52")


def test_n2_a_ratio_of_a_whole_is_its_definition_there_and_no_mean_of_ratios(made):
    """One teacher for 2 children and 3 for 10 are 4 for 12: not the mean of the two, nor the sum."""
    fields = dict.fromkeys((one.field for one in made.SHELF.sheet("kindergarten")[1].fields), 0)
    gardens = [made.school(f"119900000{n}", "111") for n in (1, 2)]
    said = [
        fields | {"ownership": "public", "children_3": children, "teachers": teachers}
        for children, teachers in ((2, 1), (10, 3))
    ]
    returns = [
        made.filed(one, kindergarten=[("", each)]) for one, each in zip(gardens, said, strict=True)
    ]
    county = made.County(made.register(*gardens), returns)
    parts = [county.figure("teacher_child_ratio", one.code).value for one in gardens]
    assert parts == [2, Fraction(10, 3)]
    whole = county.figure("teacher_child_ratio", "639900")
    assert (whole.numerator, whole.denominator, whole.value) == (12, 4, 3)


def test_a_number_of_things_may_be_zero_where_nobody_is_asked(made):
    county = made.County(made.register(made.school("2199000001", "211")))
    assert county.figure("kindergartens", "639900").value == 0
    assert county.figure("public_kindergartens", "639900").value == 0
    assert county.figure("kindergarten_children", "639900").shown == "—"


def test_figures_can_be_asked_for_by_indicator_and_place(made, three):
    from xianxue.bureau.indicators.figures import figures  # noqa: PLC0415 - beside its one use

    found = figures(
        three.frames(),
        three.shelf,
        three.register,
        three.period,
        indicators=["pupils"],
        places=["639900"],
    )
    assert [figure.key for figure in found.values()] == [
        f"pupils/639900/{stage}/2025-2026"
        for stage in ("primary", "lower_secondary", "upper_secondary")
    ]
    assert made.PERIOD is three.period
