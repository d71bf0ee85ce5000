"""经验校验: beside last year and beside other schools, compared exactly, asked and not refused."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median as other_median

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.unusual import Peers, Unusual, YearOnYear
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.checking.unusual_peers import gather_peers, median, modified_z, norm_of
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

OWN = Cited(document="own", seen=Seen.OWN)
FROM = date(2020, 9, 1)
HIDDEN = Missing.NOT_ANSWERED


def rule(name="r", fields=("pupils.enrolled",), **more):
    parts = {"term": "虚构规则", "do": "请核对", "valid_from": FROM, "source": OWN}
    return Unusual(unusual=name, fields=list(fields), **(parts | more))


def change(percent, amount):
    return YearOnYear(at_most_percent=Decimal(percent), at_least_amount=Decimal(amount))


def filed(pupils=(), area=HIDDEN, place="2163000002", funds=HIDDEN):
    """A return with pupils by grade; areas and money in smallest steps."""
    rows = tuple(
        Row(f"G{n}", {"enrolled": Cell(value, f"B{3 + n}", str(value))})
        for n, value in enumerate(pupils, 1)
    )
    about = Row("", {"area": Cell(area, "D9"), "funds": Cell(funds, "D10")})
    tables = {"about": (about,), "pupils": rows}
    return Return(form="small", version="1", period="2025-2026", place=place, tables=tables)


@pytest.fixture(scope="module")
def ask(small):
    """Check one return of the nine-year school under some rules."""

    def asked(now, rules, last=None, **more):
        form = msgspec.structs.replace(small.form, unusual=list(rules))
        shelf = replace(small.shelf, forms={"small": form})
        peers = more.get("peers")
        values = gather_peers(peers, shelf, more["register"], small.period) if peers else None
        place = more.get("place", small.nine_year)
        norms = values.norms(now.place) if values else None
        return check_unusual(now, shelf, place, small.period, last=last, peers=norms)

    return asked


# ── beside last year ────────────────────────────────────────────────────────


def test_the_numbers_seen_are_told(ask):
    """From 412 to 120: 292 fewer, 292 ÷ 412 = 70.87 per cent."""
    (issue,) = ask(filed([120]), [rule(change=change(30, 20))], filed([412]))
    assert issue.severity is Severity.EXPLAIN
    assert (issue.code, issue.field, issue.cell) == ("r", "pupils.enrolled", "B4")
    assert issue.message == (
        "〔学生〕B4：一年级·在校生数：上年 412 人，今年 120 人，减少 70.9%；"
        "要求：与上年相比变化不超过 30%（相差不到 20 人的不问）。请核对。"
    )


@pytest.mark.parametrize(
    ("last", "now", "asked"),
    [
        (100, 130, False),  # 30 per cent is not more than 30 per cent
        (100, 131, True),
        (100, 70, False),
        (100, 69, True),
        (40, 59, False),  # 47.5 per cent, and only 19 people
        (40, 60, True),  # 50 per cent, and 20 people
        (0, 19, False),
        (0, 20, True),  # more than any share of nothing
        (0, 0, False),
        (200, 0, True),
    ],
)
def test_both_sides_of_each_line(ask, last, now, asked):
    assert bool(ask(filed([now]), [rule(change=change(30, 20))], filed([last]))) is asked


def test_a_share_that_would_round_to_the_limit_shows_more_digits(ask):
    """30,013 of 100,000 is 30.013 per cent: more than 30, though it rounds to 30.0."""
    (issue,) = ask(filed([130_013]), [rule(change=change(30, 20))], filed([100_000]))
    assert "增加 30.01%" in issue.saw


def test_from_nothing_there_is_no_percentage(ask):
    (issue,) = ask(filed([120]), [rule(change=change(30, 20))], filed([0]))
    assert issue.saw == "一年级·在校生数：上年 0 人，今年 120 人"


def test_a_total_is_compared_as_one(ask):
    """Grade by grade all has changed; 45 + 40 pupils are 85 as before."""
    rules = [rule(change=change(5, 1), by="return")]
    assert ask(filed([40, 45]), rules, filed([45, 40])) == []
    (issue,) = ask(filed([40, 40]), rules, filed([45, 40]))
    assert issue.saw == "学生·在校生数合计（B4、B5）：上年 85 人，今年 80 人，减少 5.9%"
    assert (issue.cell, issue.value) == ("B4", "80")


def test_a_total_over_a_blank_is_not_compared(ask):
    rules = [rule(change=change(5, 1), by="return")]
    assert ask(filed([40, HIDDEN]), rules, filed([450, 40])) == []
    assert ask(filed([40, 40]), rules, filed([450, HIDDEN])) == []
    # What does not exist takes nothing away: 40 beside 490.
    (issue,) = ask(filed([40, Missing.NOT_APPLICABLE]), rules, filed([450, 40]))
    assert "今年 40 人" in issue.saw


def test_blanks_and_rows_that_were_not_there_are_not_compared(ask):
    rules = [rule(change=change(5, 1))]
    assert ask(filed([HIDDEN, 50]), rules, filed([50])) == []
    assert ask(filed([50]), rules, filed([HIDDEN])) == []
    assert ask(filed([50]), rules, None) == []
    other_form = replace(filed([1]), form="other")
    assert ask(filed([50]), rules, other_form) == []


def test_measures_are_compared_in_whole_units(ask):
    """5,200.50 ㎡ beside 4,000: 1,200.50 more, 30.0125 per cent."""
    rules = [rule(fields=["about.area"], change=change(30, 1200))]
    (issue,) = ask(filed(area=520_050), rules, filed(area=400_000))
    assert issue.saw == "校舍建筑面积：上年 4000 平方米，今年 5200.5 平方米，增加 30.01%"
    assert ask(filed(area=520_000), rules, filed(area=400_000)) == []


@pytest.mark.parametrize(("now", "asked"), [(120_00, True), (1_200_000_00, False)])
def test_money_ten_thousand_times_less_is_asked_after_its_unit(ask, now, asked):
    """1,200,000 yuan last year; 120 this year are 120 万元."""
    rules = [rule(fields=["about.funds"], change=change(50, 1000))]
    found = ask(filed(funds=now), rules, filed(funds=1_200_000_00))
    assert [
        issue.do.startswith("和上年相差约一万倍，是不是把万元和元弄混了？") for issue in found
    ] == ([True] if asked else [])


def test_a_zero_after_many_is_asked_once_and_as_such(ask):
    rules = [rule("change", change=change(30, 20)), rule("zero", zero_after=Decimal(50))]
    (issue,) = ask(filed([0]), rules, filed([50]))
    assert issue.code == "zero"
    assert issue.saw == "一年级·在校生数：上年 50 人，今年 0 人"
    assert issue.required == "上年不少于 50 人的，今年一般不会是 0"
    (issue,) = ask(filed([0]), rules, filed([49]))  # not many, but a change
    assert issue.code == "change"
    assert ask(filed([0]), rules, filed([0])) == []


def test_a_rule_holds_on_its_days_alone(ask):
    """The period's day is 1 September 2025."""
    for day, asked in ((date(2025, 9, 1), True), (date(2025, 9, 2), False)):
        rules = [rule(zero_after=Decimal(1), valid_from=day)]
        assert bool(ask(filed([0]), rules, filed([50]))) is asked
    for day, asked in ((date(2025, 9, 1), True), (date(2025, 8, 31), False)):
        rules = [rule(zero_after=Decimal(1), valid_to=day)]
        assert bool(ask(filed([0]), rules, filed([50]))) is asked


@given(
    last=st.integers(0, 2000),
    now=st.integers(0, 2000),
    percent=st.integers(1, 100),
    amount=st.integers(1, 50),
)
def test_years_are_compared_as_the_card_says(ask, last, now, percent, amount):
    found = ask(filed([now]), [rule(change=change(percent, amount))], filed([last]))
    apart = abs(now - last)
    assert bool(found) is (apart >= amount and apart * 100 > percent * last)
    assert not ask(filed([now]), [rule(change=change(percent, amount))], filed([now]))


# ── beside others ───────────────────────────────────────────────────────────


def county(small, number, kind="312"):
    """A register with this many schools of a type beside the nine-year school."""
    schools = [
        replace(small.nine_year if kind == "312" else small.primary, code=f"21640000{n:02}")
        for n in range(number)
    ]
    return Register.of([small.county, small.township, small.nine_year, *schools]), [
        school.code for school in schools
    ]


def beside(**more):
    parts = {
        "modified_z": Decimal("3.5"),
        "at_least_percent": Decimal(10),
        "group_by": ["school_type"],
        "at_least": 5,
    }
    return Peers(**(parts | more))


def test_a_school_far_from_the_others_is_asked(small, ask):
    """Five schools with 1, 2, 3, 4, 100 thousand ㎡: median 3, MAD 1.

    20 thousand: 0.6745 · 17 ÷ 1 = 11.4665.
    """
    register, codes = county(small, 5)
    areas = (1000, 2000, 3000, 4000, 100_000)
    peers = [filed(area=a * 100, place=c) for a, c in zip(areas, codes, strict=True)]
    rules = [rule(fields=["about.area"], peers=beside())]
    now = filed(area=20_000 * 100)
    (issue,) = ask(now, rules, peers=[*peers, now], register=register)
    assert issue.message == (
        "〔学校概况〕D9：校舍建筑面积 20000 平方米，同类学校（九年一贯制学校，5 所）约 3000 平方米；"
        "要求：同类学校一般不超过 8189 平方米。请核对。"
    )
    assert ask(filed(area=8000 * 100), rules, peers=peers, register=register) == []  # 3.3725
    assert ask(filed(area=9000 * 100), rules, peers=peers, register=register) != []  # 4.047


@pytest.mark.parametrize(("area", "asked"), [(1100, False), (1101, True), (899, True)])
def test_where_others_hardly_differ_a_small_difference_is_not_asked(small, ask, area, asked):
    """998, 999, 1000, 1001, 1002: MAD is 1, so 100 more is a score of 67; but it is 10 per cent."""
    register, codes = county(small, 5)
    peers = [
        filed(area=a * 100, place=c)
        for a, c in zip((998, 999, 1000, 1001, 1002), codes, strict=True)
    ]
    rules = [rule(fields=["about.area"], peers=beside())]
    assert bool(ask(filed(area=area * 100), rules, peers=peers, register=register)) is asked


def test_small_parts_are_told_from_each_other(small, ask):
    """1 ㎡ for 100 pupils beside 5, 6 or 7 for as many."""
    register, codes = county(small, 5)
    peers = [
        filed([1000], area=a * 100, place=c)
        for a, c in zip((59, 60, 61, 62, 63), codes, strict=True)
    ]
    rules = [rule(fields=["about.area"], peers=beside(per="pupils.enrolled"))]
    (issue,) = ask(filed([1000], area=10_00), rules, peers=peers, register=register)
    assert "平均每人 0.01 平方米" in issue.saw
    assert "约 0.061 平方米" in issue.saw


def test_among_too_few_nothing_is_said(small, ask):
    register, codes = county(small, 4)
    peers = [filed(area=a * 100, place=c) for a, c in zip((1, 2, 3, 4), codes, strict=True)]
    now = filed(area=10**8)
    rules = [rule(fields=["about.area"], peers=beside())]
    # A school is not its own peer.
    assert ask(now, rules, peers=[*peers, now], register=register) == []
    few = [rule(fields=["about.area"], peers=beside(at_least=4))]
    assert ask(now, few, peers=[*peers, now], register=register) != []


def test_schools_of_another_type_are_no_peers(small, ask):
    register, codes = county(small, 6, kind="211")
    peers = [filed(area=a * 100, place=c) for a, c in zip((1, 2, 3, 4, 5, 6), codes, strict=True)]
    now, rules = filed(area=10**8), [rule(fields=["about.area"], peers=beside())]
    assert ask(now, rules, peers=peers, register=register) == []
    anyone = [rule(fields=["about.area"], peers=beside(group_by=[]))]
    (issue,) = ask(now, anyone, peers=peers, register=register)
    assert "同类学校（6 所）约" in issue.saw


@pytest.mark.parametrize(
    ("pupils", "group"), [(99, "不到 100 人"), (100, "100—399 人"), (400, "400 人及以上")]
)
def test_schools_of_another_size_are_no_peers(small, ask, pupils, group):
    register, codes = county(small, 15)
    sizes = [50] * 5 + [200] * 5 + [900] * 5
    peers = [
        filed([size], area=(1000 + n) * 100, place=code)
        for n, (size, code) in enumerate(zip(sizes, codes, strict=True))
    ]
    grouped = beside(group_by=["school_type", "size"], size="pupils.enrolled", sizes=[100, 400])
    rules = [rule(fields=["about.area"], peers=grouped)]
    (issue,) = ask(filed([pupils], area=10**8), rules, peers=peers, register=register)
    assert f"同类学校（九年一贯制学校、{group}，5 所）" in issue.saw
    # Who does not say how many pupils he has is compared with nobody.
    assert ask(filed([HIDDEN], area=10**8), rules, peers=peers, register=register) == []


def test_money_of_a_ten_thousandth_of_others_may_be_in_the_wrong_unit(small, ask):
    """45 beside 400,000 to 500,000 yuan: 45 ten-thousands are 450,000."""
    register, codes = county(small, 5)
    peers = [
        filed(funds=f * 100, place=c)
        for f, c in zip((400_000, 420_000, 450_000, 480_000, 500_000), codes, strict=True)
    ]
    rules = [rule(fields=["about.funds"], peers=beside())]
    (issue,) = ask(filed(funds=45_00), rules, peers=peers, register=register)
    assert issue.do == (
        "只有同类学校的约万分之一，是不是把万元填进了要求元的格子？如果 45 是万元，请改为 450000。请核对"
    )
    (issue,) = ask(filed(funds=45_000_00), rules, peers=peers, register=register)
    assert issue.do == "请核对"


def test_a_part_for_each_pupil_is_compared(small, ask):
    """5 ㎡ a pupil everywhere, give or take; 500 ㎡ for 20 pupils are 25."""
    register, codes = county(small, 5)
    peers = [
        filed([100], area=a * 100, place=c)
        for a, c in zip((480, 490, 500, 510, 520), codes, strict=True)
    ]
    rules = [rule(fields=["about.area"], peers=beside(per="pupils.enrolled"))]
    (issue,) = ask(filed([20], area=50_000), rules, peers=peers, register=register)
    assert issue.saw.startswith(
        "校舍建筑面积 500 平方米，平均每人 25 平方米，同类学校（九年一贯制学校，5 所）"
    )
    assert "约 5 平方米" in issue.saw
    # What it was divided by may be what is wrong.
    assert issue.saw.endswith("（学生·在校生数合计（B4） 20 人）")
    # No pupils, no part for each.
    assert ask(filed([0], area=50_000), rules, peers=peers, register=register) == []


def test_without_others_or_a_place_nothing_is_compared(small, ask):
    register, codes = county(small, 5)
    peers = [filed(area=100, place=code) for code in codes]
    rules = [rule(fields=["about.area"], peers=beside())]
    assert ask(filed(area=10**8), rules) == []
    assert ask(filed(area=10**8), rules, peers=peers, register=register, place=None) == []
    unknown = Place(code="1", name="虚构", level="school")
    assert ask(filed(area=10**8), rules, peers=peers, register=register, place=unknown) == []


def test_where_most_are_alike_the_mean_distance_is_the_scale():
    """7, 7, 7, 7, 12: median 7, MAD 0, mean distance 5 ÷ 5 = 1."""
    others = [Fraction(n) for n in (7, 7, 7, 7, 12)]
    assert modified_z(Fraction(12), norm_of(others)) == 5 / Fraction("1.253314")
    assert modified_z(Fraction(7), norm_of(others)) == 0


def test_where_all_are_alike_there_is_no_scale():
    assert modified_z(Fraction(100), norm_of([Fraction(7)] * 9)) is None


NUMBERS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_the_median_is_the_middle(values):
    assert median(values) == other_median(values)


@given(NUMBERS, st.lists(NUMBERS, min_size=3, max_size=12), NUMBERS, st.integers(1, 40))
def test_the_score_does_not_depend_on_units_or_order(value, others, shift, scale):
    score = modified_z(value, norm_of(others))
    moved = norm_of([other + shift for other in reversed(others)])
    assert modified_z(value + shift, moved) == score
    assert modified_z(value * scale, norm_of([other * scale for other in others])) == score


# ── the cards ───────────────────────────────────────────────────────────────


def test_the_national_form_asks_about_what_matters(real):
    form = real.shelf.forms["school_annual"]
    fields = {field for each in form.unusual for field in each.fields}
    assert {
        "students.enrolled",
        "staff.teachers",
        "premises.building_area",
        "premises.equipment_value",
        "kindergarten.building_area",
    } <= fields
    assert all(each.source.seen is Seen.OWN for each in form.unusual)


def test_a_school_that_stays_as_it_was_is_asked_nothing(real):
    form = real.shelf.forms["school_annual"]
    place = next(p for p in real.places["school_annual"] if p.name == "虚构县小学")
    students = tuple(Row(f"G{n}", {"enrolled": Cell(70, f"B{n + 3}")}) for n in range(1, 7))
    premises = Row("", {"equipment_value": Cell(1_200_000_00, "D6", "1200000")})
    now = Return(
        form=form.form, version=form.version, period="2025-2026", place=place.code,
        tables={"students": students, "premises": (premises,)},
    )  # fmt: skip
    assert check_unusual(now, real.shelf, place, real.period, last=now) == []
    spoilt = Row("", {"equipment_value": Cell(120_00, "D6", "120")})
    wrong = replace(now, tables={**now.tables, "premises": (spoilt,)})
    (issue,) = check_unusual(wrong, real.shelf, place, real.period, last=now)
    assert issue.message == (
        "〔校舍与设备〕D6：教学仪器设备值：上年 1200000 元，今年 120 元，减少 99.99%；"
        "要求：与上年相比变化不超过 50%（相差不到 20000 元的不问）。"
        "和上年相差约一万倍，是不是把万元和元弄混了？"
        "请核对数字和单位（元，不是万元）；购置、报废、拨款增减等请说明。"
    )


# ── laws ────────────────────────────────────────────────────────────────────

WHOLE = st.lists(st.integers(0, 300), min_size=3, max_size=6)
PUPILS = WHOLE | st.lists(st.integers(0, 300) | st.just(HIDDEN), min_size=3, max_size=9)
AREAS = st.integers(1, 400).map(lambda area: area * 100)
RULES = [
    rule("gone", zero_after=Decimal(10)),
    rule("grade", change=change(30, 5)),
    rule("total", change=change(10, 5), by="return"),
    rule("area", fields=["about.area"], change=change(20, 10)),
    rule("beside", fields=["about.area"], peers=beside(per="pupils.enrolled")),
]


@st.composite
def compared(draw, small):
    """A return, last year's, and five other schools."""
    now, last = (filed(draw(PUPILS), draw(AREAS)) for _ in range(2))
    register, codes = county(small, 5)
    others = [filed([100], area=draw(AREAS), place=code) for code in codes]
    return now, last, {"peers": others, "register": register}


@given(data=st.data())
def test_what_is_unusual_does_not_depend_on_any_order(small, ask, data):
    now, last, more = data.draw(compared(small))
    found = ask(now, RULES, last, **more)
    tables = dict(data.draw(st.permutations(list(now.tables.items()))))
    others = data.draw(st.permutations(more["peers"]))
    rules = data.draw(st.permutations(RULES))
    again = ask(replace(now, tables=tables), rules, last, **(more | {"peers": others}))
    key = lambda issue: (issue.sheet, issue.cell, issue.code)  # noqa: E731 - said once
    assert sorted(again, key=key) == sorted(found, key=key)


@given(data=st.data())
def test_a_corrected_number_takes_away_only_what_cites_it(small, ask, data):
    now, last, more = data.draw(compared(small))
    rows = list(now.tables["pupils"])
    at = data.draw(st.integers(0, len(rows) - 1))
    address = rows[at].cells["enrolled"].address
    value = data.draw(st.integers(0, 900))
    rows[at] = Row(rows[at].code, {"enrolled": Cell(value, address, str(value))})
    mended = replace(now, tables={**now.tables, "pupils": tuple(rows)})
    left = {(issue.code, issue.cell) for issue in ask(mended, RULES, last, **more)}
    for issue in ask(now, RULES, last, **more):
        if (issue.code, issue.cell) not in left:
            several = any(f" 等 {n} 格）" in issue.saw for n in range(5, 10))
            assert issue.cell == address or address in issue.saw or several, issue.saw


@given(data=st.data())
def test_what_a_template_carries_judges_as_what_it_was_made_of(small, data):
    """Last year's return and the other schools, or what the hidden sheet says of them."""
    now, last, more = data.draw(compared(small))
    form = msgspec.structs.replace(small.form, unusual=RULES)
    shelf = replace(small.shelf, forms={"small": form})
    place = small.nine_year
    values = gather_peers(more["peers"], shelf, more["register"], small.period)
    kind = place.attributes(small.period.reference_day).school_type
    kept = Explanation(
        rule="area", form="small", place=place.code, field="about.area", value="120",
        text=data.draw(st.text(st.characters(exclude_categories=["C"]), max_size=20)),
        by="虚构", on=date(2024, 10, 8),
    )  # fmt: skip
    prefill = Prefill(last, norms=values.norms_of(place.code, kind), explained=(kept,))
    book = write_workbook(form, place, small.period, small.codes, prefill=prefill)
    returned, issues = read_workbook(book, "a.xlsx", shelf)
    assert issues == []
    brought = returned.brought
    there = check_unusual(
        now, shelf, place, small.period, last=last, peers=values.norms(place.code)
    )
    carried = replace(last, tables=dict(brought.last))
    here = check_unusual(now, shelf, place, small.period, last=carried, peers=brought.norms.get)
    assert here == there
    assert brought.explained == (kept,)
