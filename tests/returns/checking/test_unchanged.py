"""Last year's numbers handed in once more: asked about where pupils stay in their grades."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import OWN, PERIOD, SCHOOL, asks, code_list, filed, form_of, grid, row, shelf_of

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.codes import Code
from xianxue.bureau.kinds.unusual import Unusual, YearOnYear
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.checking.unchanged import CODE
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.values.record import replace

GRADES = ("G1", "G2", "G3", "G4", "G5", "G6")
LOOSE = Unusual(
    unusual="r", term="虚构规则", do="请核对", valid_from=date(2020, 9, 1), source=OWN,
    fields=["pupils.x"],
    change=YearOnYear(at_most_percent=Decimal(9999), at_least_amount=Decimal(99999)),
)  # fmt: skip
"""Never asks by itself; it says which numbers are brought along to be compared."""
FORM = form_of(
    grid(asks("x", "在校生数"), asks("girls", "其中女生", required=False)), unusual=[LOOSE]
)
LAST = (41, 38, 44, 40, 39, 52)


def shelf(moving=True):
    entries = [
        Code(code=code, term=f"{number}年级", stage=Stage.PRIMARY, next=then if moving else "")
        for number, (code, then) in enumerate(zip(GRADES, (*GRADES[1:], ""), strict=True), start=1)
    ]
    made = shelf_of(FORM)
    return msgspec.structs.replace(
        made, codes={**made.codes, "grades": code_list("grades", *entries)}
    )


def pupils(numbers):
    return {"pupils": [row(code, x=n) for code, n in zip(GRADES, numbers, strict=True)]}


def found(now, last=LAST, moving=True):
    before = replace(filed(pupils(last)), period="2024-2025")
    issues = check_unusual(filed(pupils(now)), shelf(moving), SCHOOL, PERIOD, last=before)
    return [issue for issue in issues if issue.code == CODE]


def test_the_same_numbers_in_the_same_grades_are_asked_about_once():
    (issue,) = found(LAST)
    assert issue.severity is Severity.EXPLAIN
    assert issue.saw == ("“学生”与2024—2025学年报的几乎一样：可比的 6 个数里有 6 个一模一样")
    assert issue.required == "本期的数；学生每年升一级，各年级的人数不会全都照旧"
    assert issue.do == "像是把上年的表又报了一次，请按本期改填；确实一样的，请说明"
    assert issue.field == "pupils.x"


def test_pupils_who_have_moved_up_are_no_question():
    assert found((45, *LAST[:5])) == []


@pytest.mark.parametrize(
    ("now", "why"),
    [
        ((41, 38, 44, 40, 39, 50), "one of six is another: more than one in ten"),
        ((41, 38, 44, 7, 8, 9), "half of them"),
        ((0, 0, 0, 0, 0, 0), "none"),
    ],
)
def test_some_that_are_the_same_are_chance(now, why):
    assert found(now) == [], why


def test_small_numbers_and_few_different_ones_say_nothing():
    assert found((3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8)) == []
    assert found((20, 20, 20, 21, 21, 22), (20, 20, 20, 21, 21, 22)) == []


def test_where_nobody_moves_up_the_same_is_no_wonder():
    assert found(LAST, moving=False) == []


def test_what_is_not_said_is_not_the_same():
    """A grade without a number last year is not compared, and does not count against it."""
    before = replace(filed({"pupils": [row("G1", x=41), row("G2", x=38)]}), period="2024-2025")
    issues = check_unusual(filed(pupils(LAST)), shelf(), SCHOOL, PERIOD, last=before)
    assert issues == []


@given(st.lists(st.integers(10, 400), min_size=6, max_size=6))
def test_it_is_asked_just_where_enough_different_numbers_are_the_same(numbers):
    assert bool(found(numbers, numbers)) == (len(set(numbers)) >= 4)


def test_only_what_a_workbook_brings_along_is_compared():
    """A school hears the same as the bureau: girls are in no rule, so no workbook has them."""
    now = {"pupils": [row(code, x=n + 9, girls=n) for code, n in zip(GRADES, LAST, strict=True)]}
    before = replace(
        filed({"pupils": [row(code, x=n, girls=n) for code, n in zip(GRADES, LAST, strict=True)]}),
        period="2024-2025",
    )
    issues = check_unusual(filed(now), shelf(), SCHOOL, PERIOD, last=before)
    assert issues == []
