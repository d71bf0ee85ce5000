"""Many complaints that follow from one mistake name it; nothing else changes.

The schools are those of the example county (虚构); what is done to their numbers is invented.
"""

from fractions import Fraction
from types import SimpleNamespace

import pytest
from national import national

from xianxue.bureau.issues.folding import gathered
from xianxue.bureau.issues.issue import Issue, Severity, worst
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.find import suppositions
from xianxue.bureau.returns.checking.causes.fold import with_causes
from xianxue.bureau.returns.checking.causes.ground import Ground
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.checking.plan import plan_checks
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.contents.strict import read_text
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.stores.examples import Example

SHELF = national().shelf
BLANK = Missing.NOT_ANSWERED
PRIMARY, OTHER, NINE, KINDERGARTEN = "2163990005", "2163990006", "3163990001", "1163990001"


@pytest.fixture(scope="module")
def county():
    """Filled workbooks of some schools, read back, with their cells' addresses."""
    example = Example.open("demo_county")
    register = example.register(SHELF)
    period = Period.parse(example.settings.period)
    returns = {
        place.code: read_workbook(
            write_workbook(form, place, period, SHELF.codes, filed), "a.xlsx", SHELF
        )[0]
        for form, place, filed in example.returns(SHELF, register)
        if place.code in {PRIMARY, OTHER, KINDERGARTEN, register.county.code}
    }
    return SimpleNamespace(register=register, period=period, returns=returns)


def check(county, filed, last=None, others=()):
    """Check a return with its causes; both as they were before and with them."""
    place = county.register[filed.place]

    def recheck(then):
        found = check_return(then, SHELF, place, county.period, register=county.register)
        return [*found, *check_unusual(then, SHELF, place, county.period, last=last)]

    plain = recheck(filed)
    told = with_causes(
        plain,
        filed,
        SHELF,
        place,
        recheck,
        last=last,
        register=county.register,
        others=lambda: others,
    )
    return plain, told


def heads(told):
    return [issue for issue in told if issue.cause_of]


def changed(filed, sheet, change):
    """Give the return with each row's cells changed; ``change`` gets the row's number and cells."""
    rows = tuple(
        Row(row.code, change(number, dict(row.cells)))
        for number, row in enumerate(filed.tables[sheet])
    )
    return replace(filed, tables=filed.tables | {sheet: rows})


def at(cell, there):
    """Put one cell's content where another stands."""
    return Cell(cell.value, there.address, cell.written)


def swapped(filed, sheet, one, other):
    def change(_, cells):
        cells[one], cells[other] = at(cells[other], cells[one]), at(cells[one], cells[other])
        return cells

    return changed(filed, sheet, change)


def test_two_columns_exchanged_are_one_complaint_with_its_evidence(county):
    wrong = swapped(county.returns[PRIMARY], "students", "enrolled", "girls")
    plain, told = check(county, wrong)
    (head,) = heads(told)
    assert head.code == "R-EXCHANGED"
    assert head.cause_of == "R-EXCHANGED:students.enrolled+students.girls"
    assert head.message.startswith(
        "a.xlsx〔学生〕B4：B列“在校生数”与C列“其中女生”像是对调了：对调后有 21 处相符。"
    )
    assert {issue.cause for issue in told if issue.severity is not Severity.NOTE} == {head.cause_of}
    assert len(plain) > 10


def test_nothing_is_taken_away_and_no_grade_changes(county):
    wrong = swapped(county.returns[PRIMARY], "students", "enrolled", "girls")
    plain, told = check(county, wrong)
    assert [replace(issue, cause="") for issue in told if not issue.cause_of] == plain
    assert worst(told) is worst(plain) is Severity.MUST_FIX
    assert all(issue.severity is Severity.NOTE for issue in heads(told))


def test_people_see_the_cause_with_the_gravest_grade_and_the_count(county):
    wrong = swapped(county.returns[PRIMARY], "students", "enrolled", "girls")
    plain, told = check(county, wrong)
    (shown,) = gathered(told)
    assert shown.severity is Severity.MUST_FIX
    assert f"由它引起的 {len(plain)} 条问题没有逐条列出" in shown.saw
    assert len(gathered(told, every=True)) == len(plain) + 1


def test_what_was_explained_is_no_longer_under_a_cause(county):
    wrong = swapped(county.returns[PRIMARY], "students", "enrolled", "girls")
    _, told = check(county, wrong)
    answered = [replace(issue, severity=Severity.NOTE) for issue in told]
    assert [issue for issue in gathered(answered) if issue.cause_of] == []
    assert len(gathered(answered)) == len(told) - 1


def test_two_rows_exchanged_are_told(county):
    filed = county.returns[PRIMARY]
    rows = filed.tables["students"]
    wrong = changed(
        filed,
        "students",
        lambda n, cells: (
            {k: at(rows[1 - n].cells[k], c) if k != "new_entrants" else c for k, c in cells.items()}
            if n < 2
            else cells
        ),
    )
    (head,) = heads(check(county, wrong)[1])
    assert head.saw.startswith("第 4 行“一年级”与第 5 行“二年级”像是对调了")


def test_a_column_pasted_one_row_lower_is_told(county):
    filed = county.returns[PRIMARY]
    rows = filed.tables["students"]
    names = ("enrolled", "girls", "boarders")

    def change(number, cells):
        for name in names:
            above = rows[number - 1].cells[name] if number else Cell(BLANK)
            cells[name] = at(above, cells[name])
        return cells

    (head,) = heads(check(county, changed(filed, "students", change))[1])
    assert head.code == "R-SHIFTED"
    assert "往后错了一格：该填在第 4 行“一年级”的填到了第 5 行“二年级”" in head.saw


def test_a_block_pasted_one_place_further_on_is_told(county):
    """The columns of a sheet written downwards are its rows: text stands where numbers belong."""
    filed = county.returns[PRIMARY]
    fields = [field.field for field in SHELF.forms[filed.form].sheet("basic").fields]

    def change(_, cells):
        before = dict(cells)
        for to, of in zip(fields[3:], fields[2:], strict=False):
            asked = SHELF.forms[filed.form].sheet("basic").field(to)
            value = read_text(before[of].written, asked, {}) if before[of].written else BLANK
            cells[to] = Cell(value, before[to].address, before[of].written)
        cells[fields[2]] = Cell(BLANK, before[fields[2]].address)
        return cells

    (head,) = heads(check(county, changed(filed, "basic", change))[1])
    assert head.code == "R-SHIFTED"
    assert "该填在第 4 行“办学类型”的填到了第 5 行“举办者”" in head.saw


def times(filed, sheet, names, factor):
    def change(_, cells):
        for name in names:
            amount = Fraction(cells[name].value, 100) * factor
            text = f"{float(amount):.2f}"
            asked = SHELF.forms[filed.form].sheet(sheet).field(name)
            cells[name] = Cell(read_text(text, asked, {}), cells[name].address, text)
        return cells

    return changed(filed, sheet, change)


def test_amounts_in_ten_thousands_are_told_with_both_units(county):
    filed = county.returns[PRIMARY]
    wrong = times(filed, "basic", ["public_funds_budget", "training_funds"], Fraction(1, 10000))
    wrong = times(wrong, "premises", ["equipment_value"], Fraction(1, 10000))
    (head,) = heads(check(county, wrong, last=filed)[1])
    assert head.code == "R-OTHER-UNIT"
    assert "像是按万元填的，表上要求填元" in head.saw
    assert "“公用经费预算”" in head.saw
    assert "“教学仪器设备值”" in head.saw


def test_areas_in_mu_are_told(county):
    filed = county.returns[PRIMARY]
    names = ["building_area", "teaching_area", "outdoor_sports_area"]
    wrong = times(filed, "premises", names, Fraction(3, 2000))
    (head,) = heads(check(county, wrong, last=filed)[1])
    assert "像是按亩填的，表上要求填平方米" in head.saw


def test_last_years_pupils_are_recognised(county):
    filed = county.returns[PRIMARY]
    grown = changed(
        filed,
        "students",
        lambda n, cells: cells | {"enrolled": replace(cells["enrolled"], value=101 + 7 * n)},
    )
    last = replace(grown, period=county.period.same_last_year().code)
    (head,) = heads(check(county, grown, last=last)[1])
    assert head.code == "R-LAST-YEAR"
    assert "像是2024—2025学年的数" in head.saw


def test_another_schools_numbers_are_recognised_and_named(county):
    filed, other = county.returns[PRIMARY], county.returns[OTHER]
    wrong = replace(filed, tables=filed.tables | {"students": other.tables["students"]})
    (head,) = heads(check(county, wrong, others=[other])[1])
    assert head.code == "R-OTHER-SCHOOL"
    assert f"像是{county.register[OTHER].name}的数" in head.saw


def test_what_only_follows_from_a_cells_own_complaint_is_folded_under_it(county):
    """Without its teachers, a school has more people in post than staff."""
    wrong = changed(
        county.returns[PRIMARY],
        "staff",
        lambda _, cells: cells | {"teachers": Cell(Missing.NOT_APPLICABLE, "D2", "不适用")},
    )
    _, told = check(county, wrong)
    head, follows = [issue for issue in told if issue.severity is Severity.MUST_FIX]
    assert (head.code, follows.code) == ("R-WORD", "staff_in_post")
    assert head.cause_of == follows.cause == "R-ONE-CELL:staff.primary.teachers"
    assert len(gathered(told)) == 1


def test_one_number_that_nothing_agrees_with_is_named(county):
    wrong = changed(
        county.returns[PRIMARY],
        "staff",
        lambda _, cells: cells | {"teachers": Cell(3, "D2", "3")},
    )
    _, told = check(county, wrong)
    (head,) = heads(told)
    assert head.code == "R-ONE-CELL"
    assert head.saw == "小学·专任教师填了“3”，与别的几个数都对不上"


def test_one_complaint_has_no_cause_and_a_right_return_is_not_looked_at(county):
    filed = county.returns[PRIMARY]
    assert check(county, filed) == ([], [])
    girls = filed.tables["students"][0].cells["girls"]
    wrong = changed(
        filed,
        "students",
        lambda n, cells: cells if n else cells | {"girls": replace(girls, value=9999)},
    )
    plain, told = check(county, wrong)
    assert len(plain) == 1
    assert told == plain


@pytest.mark.parametrize("name", ["girls", "boarders"])
def test_two_slips_of_the_keyboard_are_no_exchange(county, name):
    """A figure too many in one grade and one too few in another have nothing in common."""
    filed = county.returns[PRIMARY]

    def change(number, cells):
        if number in {0, 3}:
            cells[name] = replace(cells[name], value=cells["enrolled"].value + 1 + number)
        return cells

    _, told = check(county, changed(filed, "students", change))
    assert heads(told) == []


def test_the_same_complaint_all_the_way_down_is_told_once(county):
    """Girls left at nought in every grade: six times the same, one mistake."""
    filed = county.returns[PRIMARY]
    wrong = changed(
        filed,
        "students",
        lambda _, cells: cells | {"girls": Cell(0, cells["girls"].address, "0")},
    )
    plain, told = check(county, wrong)
    assert len(plain) == 6
    (shown,) = gathered(told)
    assert (shown.code, shown.severity) == ("R-ALIKE", Severity.EXPLAIN)
    assert shown.saw.startswith("C列“其中女生”有 6 格是同样的问题，例如一年级：其中女生（C4） 0；")
    assert shown.about == ""


def test_a_list_pasted_one_line_too_low_is_told_with_the_line_that_was_pushed_out(county):
    filed = county.returns[PRIMARY]
    rows = filed.tables["classes"]
    blank = {name: Cell(BLANK, f"{letter}22") for name, letter in (("grade", "A"), ("name", "B"))}
    longer = (*rows, Row(str(len(rows) + 1), blank | {"pupils": Cell(BLANK, "C22")}))
    wrong = changed(
        replace(filed, tables=filed.tables | {"classes": longer}),
        "classes",
        lambda n, cells: (
            cells
            | {"pupils": at(rows[n - 1].cells["pupils"] if n else Cell(BLANK), cells["pupils"])}
        ),
    )
    (head,) = heads(check(county, wrong)[1])
    assert head.code == "R-SHIFTED"
    assert head.saw.startswith("C列“班级人数”：从第 4 行“一（1）班”起，各数像是往后错了一格")


def test_another_schools_first_page_is_one_complaint(county):
    """Its code is not this school's; that its name and place are not either, follows."""
    filed, other = county.returns[PRIMARY], county.returns[OTHER]
    wrong = replace(filed, tables=filed.tables | {"basic": other.tables["basic"]})
    _, told = check(county, wrong)
    (shown,) = gathered(told)
    assert (shown.code, shown.severity) == ("R-PLACE", Severity.MUST_FIX)
    assert {issue.code for issue in told if issue.cause} == {"R-REGISTER"}


def test_of_an_exchange_and_a_slip_the_one_that_loses_nothing_is_told(county):
    """Grades in the place of names: each of the two explains as much."""
    filed = county.returns[PRIMARY]
    grades = SHELF.codes["grades"]

    def change(_, cells):
        grade, name = cells["grade"], cells["name"]
        term = grades.entry(grade.value).term
        return cells | {
            "grade": Cell(BLANK, grade.address, name.written),
            "name": Cell(term, name.address, term),
        }

    (head,) = heads(check(county, changed(filed, "classes", change))[1])
    assert head.saw.startswith("A列“年级”与B列“班级名称”像是对调了")


def test_a_list_of_thousands_of_half_blank_lines_is_supposed_little_of(county):
    """How much is tried does not grow with the square of a list's length."""
    filed = county.returns[PRIMARY]
    line = filed.tables["classes"][0].cells
    blank = line | {"pupils": Cell(BLANK, "C4")}
    lines = tuple(Row(str(n), blank if n % 2 else line) for n in range(1, 2001))
    wrong = replace(filed, tables=filed.tables | {"classes": lines})
    place = county.register[filed.place]
    plan = plan_checks(SHELF, SHELF.forms[filed.form], place, county.period.reference_day)
    plain, _ = check(county, filed)
    issue = Issue(code="R-REQUIRED", severity=Severity.MUST_FIX, saw="", field="classes.pupils")
    ground = Ground(wrong, plan, SHELF, None, [*plain, issue, issue])
    assert len(list(suppositions(ground))) < 60
