"""What a template holds before its clerk begins, and that nothing of it is read as an answer."""

import io
import itertools
import subprocess

import msgspec
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.kinds.asked import asked, is_due
from xianxue.bureau.kinds.codes import Code
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import is_shown_only
from xianxue.bureau.returns.template.grades import renamed
from xianxue.bureau.returns.template.prefill import Note, Prefill, carried, held_items
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

NEXT = Period.parse("2026-2027")


@pytest.fixture(scope="module")
def codes(small):
    """The small lists; grades 1 to 6 and 7 to 9 follow each other."""
    moved = [
        msgspec.structs.replace(
            entry, next=f"G{int(entry.code[1:]) + 1}" if entry.code not in {"G6", "G9"} else ""
        )
        for entry in small.codes["grades"].entries
    ]
    return small.codes | {"grades": msgspec.structs.replace(small.codes["grades"], entries=moved)}


@pytest.fixture(scope="module")
def shelf(small, codes):
    return replace(small.shelf, codes=codes)


@pytest.fixture(scope="module")
def template(small, codes):
    """The next year's template of the nine-year school."""
    prefill = Prefill(
        small.filled, township="虚构镇", notes=(Note("pupils.G1.entrants", "40", "有复学学生"),)
    )
    return write_workbook(small.form, small.nine_year, NEXT, codes, prefill=prefill)


@pytest.fixture(scope="module")
def book(template):
    return openpyxl.load_workbook(io.BytesIO(template))


def row(sheet, number):
    return [cell.value for cell in sheet[number]]


# ── what is shown ───────────────────────────────────────────────────────────


def test_a_record_has_last_year_to_the_right(book):
    sheet = book["学校概况"]
    assert row(sheet, 1) == ["项目", "填写说明与单位", "示例", "填写", "上年·2025—2026学年"]
    # Known from the register this year, said last year; then what only last year knows.
    assert row(sheet, 3)[3:] == ["虚构县九年制学校", "虚构县九年制学校"]
    assert row(sheet, 5)[3:] == ["虚构镇", "虚构镇"]
    assert row(sheet, 9)[3:] == [None, 5200.5]
    assert sheet["E9"].fill.fgColor.rgb == "FFEDEDED"
    assert sheet["E9"].protection.locked
    assert not sheet["D9"].protection.locked


def test_a_narrow_grid_has_last_year_to_the_right(book):
    sheet = book["学生"]
    assert row(sheet, 1) == [
        "年级", "在校生数", "女生数", "招生数", "上年·在校生数", "上年·女生数", "上年·招生数",
    ]  # fmt: skip
    assert row(sheet, 4) == ["一年级", None, None, None, 41, 20, 40]
    assert row(sheet, 5) == ["二年级", None, None, None, 42, 20, None]
    # 41 + … + 49 = 405; 9 × 20 = 180; 40 + 47 = 87.
    assert row(sheet, 13)[0] == "合计"
    assert row(sheet, 13)[4:] == [405, 180, 87]


def test_a_wide_grid_has_last_year_below(real):
    form, place = real.shelf.forms["school_annual"], real.places["school_annual"][0]
    students = Return(
        form=form.form,
        version=form.version,
        period="2025-2026",
        place=place.code,
        tables={"students": tuple(Row(f"G{n}", {"enrolled": Cell(n)}) for n in range(1, 7))},
    )
    place = next(
        p for p in real.places["school_annual"] if p.stages(NEXT.start) == (Stage.PRIMARY,)
    )
    data = write_workbook(form, place, NEXT, real.shelf.codes, prefill=Prefill(students))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["学生"]
    labels = [cell.value for cell in sheet["A"]]
    assert labels[3:10] == [f"{n}年级" for n in "一二三四五六"] + ["合计"]
    assert labels[10] == "上年·2025—2026学年的数，供对照，不用填"
    assert labels[11:] == [f"上年·{n}年级" for n in "一二三四五六"] + ["上年·合计"]
    assert [cell.value for cell in sheet["B"]][11:] == [1, 2, 3, 4, 5, 6, 21]
    returned, issues = read_workbook(data, "a.xlsx", real.shelf)
    assert issues == []
    assert answers(returned, "students") == []


def test_a_grid_of_few_rows_and_many_fields_is_written_downwards(real):
    """教职工: 17 fields by stage; a nine-year school has two."""
    form = real.shelf.forms["school_annual"]
    both = (Stage.PRIMARY, Stage.LOWER_SECONDARY)
    place = next(p for p in real.places["school_annual"] if p.stages(NEXT.start) == both)
    rows = tuple(
        Row(code, {"teachers": Cell(n)}) for code, n in (("primary", 30), ("lower_secondary", 20))
    )
    last = Return(form=form.form, version=form.version, period="2025-2026", place=place.code, tables={"staff": rows})  # fmt: skip
    data = write_workbook(form, place, NEXT, real.shelf.codes, last, prefill=Prefill(last))
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["教职工"]
    assert row(sheet, 1) == [
        "项目", "填写说明与单位", "示例", "小学", "初中", "合计", "上年·小学", "上年·初中", "上年·合计",
    ]  # fmt: skip
    assert row(sheet, 2)[3:] == [30, 20, 50, 30, 20, 50]
    assert len(list(sheet.rows)) == 18
    returned, issues = read_workbook(data, "a.xlsx", real.shelf)
    assert issues == []
    assert [each.code for each in returned.tables["staff"]] == ["primary", "lower_secondary"]
    first, second = (each.cells["teachers"] for each in returned.tables["staff"])
    assert first == Cell(30, "D2", "30")
    assert second == Cell(20, "E2", "20")


def test_classes_move_up_a_grade(book):
    """Nine classes; grades 6 and 9 leave; the seven others move up, first and seventh are new."""
    sheet = book["班级"]
    assert row(sheet, 1) == [
        "年级",
        "班级名称",
        "学生数",
        "上年·年级",
        "上年·班级名称",
        "上年·学生数",
    ]
    lines = [row(sheet, number) for number in range(4, 11)]
    assert [line[:3] for line in lines] == [
        [f"{n}年级", f"{m}（1）班", None] for n, m in zip("二三四五六八九", "1234578", strict=True)
    ]
    assert lines[0][3:] == ["一年级", "1（1）班", 41]
    assert row(sheet, 11)[3] == "← 一年级、七年级的新班从这一行起填"


@pytest.mark.parametrize(
    ("name", "grade", "following", "after"),
    [
        ("一（1）班", "一年级", "二年级", "二（1）班"),
        ("一(1)班", "一年级", "二年级", "二(1)班"),
        ("一1班", "一年级", "二年级", "二1班"),
        ("一年级1班", "一年级", "二年级", "二年级1班"),
        ("八（3）班", "八年级", "九年级", "九（3）班"),
        ("高一（12）班", "高一年级", "高二年级", "高二（12）班"),
        ("高一三班", "高一年级", "高二年级", "高二三班"),
        ("小班", "小班", "中班", "中班"),
        ("小一班", "小班", "中班", "中一班"),
        ("中（2）班", "中班", "大班", "大（2）班"),
        # Names that do not say the grade, or might say something else, stay.
        ("小太阳班", "小班", "中班", "小太阳班"),
        ("大海班", "大班", "小学", "大海班"),
        ("2024级1班", "一年级", "二年级", "2024级1班"),
        ("一班", "一年级", "二年级", "一班"),
        ("二十一班", "二年级", "三年级", "二十一班"),
        ("701班", "七年级", "八年级", "701班"),
    ],
)
def test_a_class_is_named_after_its_new_grade(name, grade, following, after):
    assert renamed(name, grade, following) == after


def test_a_list_without_grades_stays_and_its_amounts_are_asked_again(real):
    sheet = real.shelf.sheet("special_rooms")[1]
    rows = [Row("1", {"kind": Cell("music"), "area": Cell(9800), "built_year": Cell(2010)})]
    ((this, last),) = carried(sheet, rows, real.shelf.codes)
    assert this == Row("1", {"kind": Cell("music"), "built_year": Cell(2010)})
    assert last is rows[0]


def test_every_grade_of_the_national_list_has_its_way(real):
    """By hand: eleven move up, a mixed class and a special one stay, five leave."""
    ways = {e.code: e.next for e in real.shelf.codes["grades"].entries}
    assert ways == {
        "K1": "K2", "K2": "K3", "K3": "", "KM": "KM",
        "G1": "G2", "G2": "G3", "G3": "G4", "G4": "G5", "G5": "G6", "G6": "",
        "G7": "G8", "G8": "G9", "G9": "", "G10": "G11", "G11": "G12", "G12": "", "SP": "SP",
    }  # fmt: skip


def test_a_class_whose_grade_nobody_knows_or_whose_stage_is_gone_is_not_carried(codes, small):
    sheet = small.form.sheet("rooms")
    rows = [
        Row("1", {"grade": Cell(Missing.NOT_ANSWERED), "name": Cell("某班")}),
        Row("2", {"grade": Cell("G7"), "name": Cell("七（1）班")}),
        Row("3", {"grade": Cell("G1"), "name": Cell("一（1）班"), "pupils": Cell(40)}),
    ]
    pairs = carried(sheet, rows, codes, [Stage.PRIMARY])
    assert [(this.code, this.cells["name"].value) for this, _ in pairs] == [("1", "二（1）班")]
    assert "pupils" not in pairs[0][0].cells


def test_last_years_explanations_stand_on_the_first_page(book):
    page = {a.value: b.value for a, b in book["说明"].iter_rows(max_col=2)}
    assert page["学生"] == "一年级·招生数填“40”：有复学学生"
    assert page["上年·…"].startswith("上年报的数")


def test_without_a_last_year_nothing_is_grey(small, codes):
    data = write_workbook(small.form, small.nine_year, NEXT, codes)
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets[1:4]:
        assert not any("上年" in str(cell.value) for line in sheet.rows for cell in line)


def test_a_value_that_no_longer_fits_its_field_is_left_out(small, codes):
    """Last year's form had a text where there is a day now, and a number where there is a name."""
    cells = {
        "opened_day": Cell("九月初"),
        "name": Cell(7),
        "area": Cell("很大"),
        "gone": Cell(1),
        "opened_year": Cell(1998),
    }
    last = replace(small.filled, tables={"about": (Row("", cells),)}, version="0")
    data = write_workbook(small.form, small.nine_year, NEXT, codes, prefill=Prefill(last))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["学校概况"]
    shown = {line[0].value: line[4].value for line in sheet.rows}
    assert [term for term, value in shown.items() if value is not None] == ["项目", "建校年份"]


# ── what is let in ──────────────────────────────────────────────────────────


def rules(sheet, address):
    return [v for v in sheet.data_validations.dataValidation if address in v.sqref]


@pytest.mark.parametrize(
    ("tab", "address", "said"),
    [
        ("学校概况", "E5", "这是上年的数"),
        ("学生", "E4", "这是上年的数"),
        ("学生", "B13", "合计由表格自动计算"),
        ("班级", "D4", "这是上年的数"),
        ("班级", "F1048576", "这是上年的数"),
    ],
)
def test_what_is_shown_only_takes_nothing(book, tab, address, said):
    (rule,) = rules(book[tab], address)
    assert (rule.type, rule.errorStyle or "stop", rule.formula1) == ("custom", "stop", "FALSE")
    assert rule.error.startswith(said)


def test_rows_appended_to_a_list_are_checked_like_the_first(book):
    sheet = book["班级"]
    for column in "AC":
        first, last = rules(sheet, f"{column}4"), rules(sheet, f"{column}1048576")
        assert first == last
        assert len(first) == 1
        assert first[0].showErrorMessage


# ── totals ──────────────────────────────────────────────────────────────────


def test_totals_are_formulas_with_their_results(small, good):
    formulas = openpyxl.load_workbook(io.BytesIO(good))["学生"]
    results = openpyxl.load_workbook(io.BytesIO(good), data_only=True)["学生"]
    assert formulas["B13"].value == (
        '=IF(AND(COUNT(B4:B12)>0,COUNT(B4:B12)+COUNTIF(B4:B12,"不适用")>=9),SUM(B4:B12),"")'
    )
    # 招生数 is asked in two rows of nine.
    assert ">=2)" in formulas["D13"].value
    assert [results[f"{column}13"].value for column in "ABCD"] == ["合计", 405, 180, 87]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(Missing.NOT_ANSWERED, None), (Missing.WITHHELD, None), (Missing.NOT_APPLICABLE, 364)],
)
def test_a_total_is_shown_only_when_it_is_known(small, value, shown):
    """405 without the 41 of grade 1 is 364."""
    pupils = list(small.filled.tables["pupils"])
    pupils[0] = Row("G1", pupils[0].cells | {"enrolled": Cell(value)})
    tables = small.filled.tables | {"pupils": tuple(pupils)}
    data = write_workbook(
        small.form, small.nine_year, small.period, small.codes, replace(small.filled, tables=tables)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["学生"]
    assert sheet["B13"].value == shown


def test_levels_and_rates_have_no_total(real):
    form, county = real.shelf.forms["county_annual"], real.places["county_annual"][0]
    data = write_workbook(form, county, real.period, real.shelf.codes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert "合计" not in [cell.value for cell in book["质量监测"]["A"]]
    assert [cell.value for cell in book["学龄人口"]["A"]][-1] == "合计"


# ── fields that others hold ─────────────────────────────────────────────────


@pytest.fixture(scope="module")
def held(small, shelf):
    """A second form that needs four things the first one has."""

    def take(name, source):
        return msgspec.structs.replace(shelf.asked_field(source)[2], field=name, rows=[], prefilled_from=source)  # fmt: skip

    meals = shelf.asked_field("pupils.girls")[2]
    sheets = [
        Sheet(sheet="meals", term="用餐", layout="record", fields=[
            msgspec.structs.replace(meals, field="meals", term="用餐人数"),
            take("school", "about.name"), take("all", "pupils.enrolled"), take("area", "about.area"),
        ]),
        Sheet(sheet="by_grade", term="分年级用餐", layout="grid", rows="grades", fields=[
            msgspec.structs.replace(meals, field="meals", term="用餐人数"),
            take("pupils", "rooms.pupils"),
        ]),
    ]  # fmt: skip
    form = msgspec.structs.replace(
        small.form, form="meals", term="虚构用餐表", sheets=sheets, checks=[]
    )
    return Shelf(shelf.sources, shelf.codes, forms=shelf.forms | {"meals": form})


def test_what_is_held_is_shown_and_not_asked(held, small):
    form = held.forms["meals"]
    prefill = Prefill(held={"small": small.filled})
    data = write_workbook(
        form, small.nine_year, small.period, held.codes, prefill=prefill, shelf=held
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = [[cell.value for cell in line][:4] for line in book["用餐"].rows]
    source = "取自《虚构年报》〔{}〕2025—2026学年"
    assert lines[2:] == [
        ["已有·学校名称", source.format("学校概况"), None, "虚构县九年制学校"],
        ["已有·在校生数", source.format("学生"), None, 405],
        ["已有·校舍建筑面积", source.format("学校概况"), None, 5200.5],
    ]
    grid = book["分年级用餐"]
    assert [cell.value for cell in grid["C"]][3:12] == [41, 42, 43, 44, 45, 46, 47, 48, 49]
    returned, issues = read_workbook(data, "a.xlsx", held)
    assert issues == []
    assert {name for each in returned.tables.values() for line in each for name in line.cells} == {"meals"}  # fmt: skip
    assert [field.field for s in asked(form, small.nine_year, small.period.start, held.codes) for field in s.rows[0].fields] == ["meals", "meals"]  # fmt: skip


@pytest.mark.parametrize(
    ("stages", "shown"),
    [([], 405), ([Stage.PRIMARY, Stage.LOWER_SECONDARY], 405), ([Stage.PRIMARY], 261)],
)
def test_a_sum_has_only_the_stages_its_sheet_is_about(stages, shown, held, small):
    """41 + … + 46 = 261 in six grades of primary, 47 + 48 + 49 = 144 above: 405 in all."""
    form = held.forms["meals"]
    about = msgspec.structs.replace(form.sheets[0], stages=stages)
    form = msgspec.structs.replace(form, sheets=[about])
    prefill = Prefill(held={"small": small.filled})
    on = small.period.reference_day
    (sheet,) = asked(form, small.nine_year, on, held.codes)
    items = held_items(form, sheet, small.nine_year, on, held, prefill)
    (found,) = (each for each in items if each.field.field == "all")
    assert [cell.value for cell in found.cells.values()] == [shown]


def test_a_school_that_has_nothing_to_fill_in_is_not_due(held, small):
    form = held.forms["meals"]
    on = small.period.reference_day
    assert is_due(form, small.nine_year, on, held.codes)
    told = [
        msgspec.structs.replace(
            sheet, fields=[field for field in sheet.fields if field.prefilled_from]
        )
        for sheet in form.sheets
    ]
    form = msgspec.structs.replace(form, sheets=told)
    assert not is_due(form, small.nine_year, on, held.codes)


def test_what_nobody_has_filed_yet_is_blank_and_says_where_it_comes_from(held, small):
    data = write_workbook(
        held.forms["meals"], small.nine_year, small.period, held.codes, shelf=held
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["用餐"]
    assert row(sheet, 4) == ["已有·在校生数", "取自《虚构年报》〔学生〕", None, None]


# ── laws ────────────────────────────────────────────────────────────────────


def answers(returned, *sheets):
    """Everything that was read as an answer."""
    return [
        (name, line.code, field, cell.value)
        for name, rows in returned.tables.items()
        if not sheets or name in sheets
        for line in rows
        for field, cell in line.cells.items()
        if cell.value is not Missing.NOT_ANSWERED
    ]


NUMBERS = st.one_of(
    st.integers(-5, 10**6), st.sampled_from([Missing.NOT_ANSWERED, Missing.WITHHELD])
)


@st.composite
def last_years(draw, form, place, on, codes):
    """Any return of the year before: a few numbers, words and blanks, over and over."""
    numbers = itertools.cycle(draw(st.lists(NUMBERS, min_size=1, max_size=7)))
    words = itertools.cycle(
        draw(st.lists(st.sampled_from(["合计", "一（1）班", "上年"]), min_size=1))
    )
    at = itertools.count(draw(st.integers(0, 20)))
    tables = {}
    for sheet in asked(form, place, on, codes):
        count = draw(st.integers(0, 4)) if sheet.sheet.layout == "list" else 1
        rows = []
        for line, each in itertools.product(range(count), sheet.rows):
            cells = {}
            for field in each.fields:
                if field.type in {"integer", "measure"}:
                    cells[field.field] = Cell(next(numbers))
                elif field.type == "code":
                    entries = codes[field.codes].entries
                    cells[field.field] = Cell(entries[next(at) % len(entries)].code)
                elif field.type == "text":
                    cells[field.field] = Cell(next(words))
            rows.append(
                Row(each.code or (str(line + 1) if sheet.sheet.layout == "list" else ""), cells)
            )
        tables[sheet.sheet.sheet] = tuple(rows)
    return Return(
        form=form.form, version=form.version, period="2025-2026", place=place.code, tables=tables
    )


@settings(max_examples=30)
@given(data=st.data())
def test_last_year_is_never_read_as_this_year(small, shelf, data):
    """With any last year, a template reads as without; a list's amounts are blank."""
    place = data.draw(st.sampled_from([small.primary, small.nine_year]))
    last = data.draw(last_years(small.form, place, NEXT.start, shelf.codes))
    plain = write_workbook(small.form, place, NEXT, shelf.codes)
    filled = write_workbook(small.form, place, NEXT, shelf.codes, prefill=Prefill(last))
    before, _ = read_workbook(plain, "a.xlsx", shelf)
    after, issues = read_workbook(filled, "a.xlsx", shelf)
    assert issues == []
    assert answers(after, "about", "pupils") == answers(before, "about", "pupils")
    assert not any(field == "pupils" for _, _, field, _ in answers(after, "rooms"))
    assert len(after.tables["rooms"]) <= len(last.tables["rooms"])


@settings(max_examples=15)
@given(data=st.data())
def test_filled_beside_any_last_year_it_reads_the_same(real, data):
    form = real.shelf.forms["school_annual"]
    place = data.draw(st.sampled_from(real.places["school_annual"]))
    last = data.draw(last_years(form, place, NEXT.start, real.shelf.codes))
    this = replace(last, period=NEXT.code, tables={k: v for k, v in last.tables.items() if k not in {"classes", "special_rooms"}})  # fmt: skip
    workbook = write_workbook(form, place, NEXT, real.shelf.codes, this, prefill=Prefill(last))
    returned, issues = read_workbook(workbook, "a.xlsx", real.shelf)
    assert issues == []
    assert set(answers(returned)) == set(answers(this))


def test_no_field_or_row_of_the_forms_looks_like_what_is_only_shown(real):
    for form in real.shelf.forms.values():
        for sheet in form.sheets:
            assert not any(is_shown_only(field.term) for field in sheet.fields)
    for codes in real.shelf.codes.values():
        assert not any(is_shown_only(entry.term) for entry in codes.entries)


def test_grey_columns_moved_and_totals_typed_over_are_still_not_read(template, shelf, small):
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["学生"]
    sheet.insert_cols(2)
    sheet["B1"] = None
    sheet["C13"] = 999
    book["学校概况"].insert_rows(1)
    target = io.BytesIO()
    book.save(target)
    returned, issues = read_workbook(target.getvalue(), "a.xlsx", shelf)
    assert issues == []
    assert answers(returned, "pupils") == []


def test_the_same_inputs_give_the_same_bytes(template, small, codes):
    prefill = Prefill(
        small.filled, township="虚构镇", notes=(Note("pupils.G1.entrants", "40", "有复学学生"),)
    )
    assert write_workbook(small.form, small.nine_year, NEXT, codes, prefill=prefill) == template


# ── another spreadsheet program ─────────────────────────────────────────────


def test_libreoffice_keeps_grey_totals_and_locks(small, shelf, codes, soffice, tmp_path):
    """Filled in, opened and saved there: the same answers, the same totals, the same rules."""
    prefill = Prefill(small.filled)
    this = replace(small.filled, period=NEXT.code)
    data = write_workbook(small.form, small.nine_year, NEXT, codes, this, prefill=prefill)
    (tmp_path / "a.xlsx").write_bytes(data)
    command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run(
        [*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120
    )
    saved = (tmp_path / "out" / "a.xlsx").read_bytes()
    before, _ = read_workbook(data, "a.xlsx", shelf)
    after, issues = read_workbook(saved, "a.xlsx", shelf)
    assert issues == []
    assert answers(after) == answers(before)
    assert check_return(after, shelf, small.nine_year, NEXT) == check_return(
        before, shelf, small.nine_year, NEXT
    )
    again = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    assert [again["学生"][f"{column}13"].value for column in "BCDEFG"] == [
        405,
        180,
        87,
        405,
        180,
        87,
    ]
    (rule,) = rules(again["学生"], "B13")
    assert rule.type == "custom"
    assert rule.formula1 in {"FALSE", "FALSE()", "0"}
    (rule,) = rules(again["班级"], "A1000")
    assert str(rule.formula1) == "xq_grades"


def test_an_entry_says_nothing_of_next_by_itself():
    assert Code(code="X", term="某").next == ""
