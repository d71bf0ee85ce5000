"""Each cell by itself: both sides of each line, and every sentence word by word."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CITED,
    EXPLAIN,
    MUST,
    NONE,
    NOTE,
    OWN,
    RULE,
    UNASKED,
    WITHHELD,
    Stage,
    asks,
    checked,
    filed,
    form_of,
    grid,
    listed,
    record,
    row,
    school,
    sheet,
    shelf_of,
)

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace


def of(field, cell, **more):
    """Check one cell of a record beside one that is in order."""
    form = form_of(record(field, asks("other", "另一项")))
    return checked(form, {"about": [row(x=cell, other=1)]}, **more)


def said(field, cell):
    """Give code and sentence of the one complaint about a cell; None where there is none."""
    found = of(field, cell)
    assert len(found) <= 1
    return (found[0].code, found[0].severity, found[0].message) if found else None


def number(**more):
    return asks("x", "人数", **more)


# ── missing, damaged, put into words ────────────────────────────────────────


@pytest.mark.parametrize(
    ("field", "do"),
    [
        (number(), "请填上；确实是零就填 0。"),
        (asks("x", "人数", "measure", unit="square_metre"), "请填上；确实是零就填 0。"),
        (asks("x", "人数", unit="room"), "请填上；确实是零就填 0，谈不上这个数就填「不适用」。"),
        (
            asks("x", "人数", "measure", unit="yuan"),
            "请填上；确实是零就填 0，谈不上这个数就填「不适用」。",
        ),
        (asks("x", "人数", "code", codes="eight"), "请从下拉列表中选一项。"),
        (asks("x", "人数", "yes_no"), "请从下拉列表中选一项。"),
        (asks("x", "人数", "text"), "请填上。"),
        (asks("x", "人数", "date"), "请填上。"),
        (asks("x", "人数", "year"), "请填上。"),
    ],
)
def test_a_blank_is_asked_for_by_what_it_is(field, do):
    found = said(field, Cell(BLANK, "D4"))
    assert found == ("R-REQUIRED", MUST, f"a.xlsx〔概况〕D4：人数没有填；要求：必填。{do}")
    voluntary = asks("x", "人数", field.type, codes=field.codes, required=False)
    assert said(voluntary, Cell(BLANK, "D4")) is None


@pytest.mark.parametrize(
    ("fault", "written", "code", "sentence"),
    [
        ("no_result", "=SUM(A1:A3)", "R-FORMULA",
         "人数是公式，但没有计算结果；要求：公式有算好的结果。请在 WPS 或 Excel 中打开，等它算完后保存；或直接填上数字。"),
        ("error", "#REF!", "R-FORMULA",
         "人数的公式算出了错误 #REF!；要求：公式有正确的结果。请改正公式，或直接填上数字。"),
        ("merged", "D4:D5", "R-MERGED",
         "人数和别的格子合并了（D4:D5）；要求：一格填一个数，不合并单元格。请取消合并，把每一格的数分别填上。"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("required", [True, False])
def test_a_damaged_cell_is_told_before_its_value(fault, written, code, sentence, required):
    """Also in a field that may stay blank: something is there."""
    cell = Cell(BLANK, "D4", written, fault)
    assert said(number(required=required), cell) == (code, MUST, f"a.xlsx〔概况〕D4：{sentence}")


@pytest.mark.parametrize(("value", "word"), [(NONE, "不适用"), (WITHHELD, "不公开")])
def test_a_word_for_a_number_that_is_usually_there_is_to_be_explained(value, word):
    rooms = asks("x", "人数", unit="room")
    assert said(rooms, Cell(value, "D4", word)) == (
        "R-WORD",
        EXPLAIN,
        f"a.xlsx〔概况〕D4：人数填了“{word}”；要求：一般应有这个数。请核对；确实如此的请说明原因。",
    )
    assert said(asks("x", "人数", unit="room", required=False), Cell(value, "D4", word)) is None


@pytest.mark.parametrize(
    ("type_", "unit"), [("integer", "person"), ("measure", "square_metre"), ("measure", "person")]
)
def test_people_and_areas_are_never_said_not_to_apply(type_, unit):
    """There are none, or some; that they are kept back is another matter."""
    asked = asks("x", "人数", type_, unit=unit)
    assert said(asked, Cell(NONE, "D4", "不适用")) == (
        "R-WORD",
        MUST,
        (
            "a.xlsx〔概况〕D4：人数填了“不适用”；要求：人数和面积每校都有数，不能填“不适用”。"
            "没有就填 0，有就填实际的数。"
        ),
    )
    assert said(asked, Cell(WITHHELD, "D4", "不公开"))[1] is EXPLAIN
    assert (
        said(asks("x", "人数", type_, unit=unit, required=False), Cell(NONE, "D4", "不适用"))
        is None
    )


def test_what_nobody_asks_needs_no_reason():
    assert said(number(), Cell(UNASKED, "D4")) is None


# ── bounds ──────────────────────────────────────────────────────────────────

HARD = {"min": Decimal(3), "max": Decimal(9)}
USUAL = {"usual_min": Decimal(4), "usual_max": Decimal(8)}
AREA = {"type_": "measure", "unit": "square_metre"}


@pytest.mark.parametrize(
    ("bounds", "value", "code"),
    [
        (HARD, 2, "R-RANGE"), (HARD, 3, None), (HARD, 9, None), (HARD, 10, "R-RANGE"),
        (USUAL, 3, "R-USUAL"), (USUAL, 4, None), (USUAL, 8, None), (USUAL, 9, "R-USUAL"),
        (HARD | USUAL, 2, "R-RANGE"), (HARD | USUAL, 3, "R-USUAL"), (HARD | USUAL, 4, None),
        (HARD | USUAL, 8, None), (HARD | USUAL, 9, "R-USUAL"), (HARD | USUAL, 10, "R-RANGE"),
        # A usual bound wider than the hard one changes nothing.
        (HARD | {"usual_min": Decimal(0), "usual_max": Decimal(20)}, 3, None),
        (HARD | {"usual_min": Decimal(0), "usual_max": Decimal(20)}, 9, None),
        (HARD | {"usual_min": Decimal(0), "usual_max": Decimal(20)}, 10, "R-RANGE"),
        ({}, -(10**9) + 1, None), ({}, 10**9 - 1, None),
        # No bound is set, and still nobody counts so many: ten digits.
        ({}, -(10**9), "R-LARGEST"), ({}, 10**9, "R-LARGEST"),
        (HARD, 10**9, "R-LARGEST"),
    ],
)  # fmt: skip
def test_both_sides_of_each_bound(bounds, value, code):
    found = said(number(**bounds), Cell(value, "D4", str(value)))
    assert (found and found[0]) == code
    assert (found and found[1]) == (code and (EXPLAIN if code == "R-USUAL" else MUST))


@pytest.mark.parametrize(
    ("bound", "value", "fits"),
    [
        # Half a person is no person: from 0.5 on means from 1 on, and up to 2.5 means up to 2.
        ({"min": Decimal("0.5")}, 0, False), ({"min": Decimal("0.5")}, 1, True),
        ({"max": Decimal("2.5")}, 2, True), ({"max": Decimal("2.5")}, 3, False),
        # 12.345 ㎡ lies between two hundredths.
        (AREA | {"min": Decimal("12.345")}, 1234, False), (AREA | {"min": Decimal("12.345")}, 1235, True),
        (AREA | {"max": Decimal("12.345")}, 1234, True), (AREA | {"max": Decimal("12.345")}, 1235, False),
        (AREA | {"max": Decimal(12)}, 1200, True), (AREA | {"max": Decimal(12)}, 1201, False),
    ],
)  # fmt: skip
def test_a_bound_between_two_steps_moves_inwards(bound, value, fits):
    assert (said(asks("x", "人数", **bound), Cell(value, "D4")) is None) is fits


@given(
    value=st.integers(-3000, 3000),
    bounds=st.lists(st.decimals(-20, 20, places=3) | st.none(), min_size=4, max_size=4),
)
def test_bounds_are_compared_exactly(value, bounds):
    """Whatever the bounds are: hard ones first, then the usual ones, in whole units."""
    low, high, usual_low, usual_high = bounds
    field = asks(
        "x", "面积", "measure", unit="square_metre",
        min=low, max=high, usual_min=usual_low, usual_max=usual_high,
    )  # fmt: skip
    whole = Decimal(value) / 100
    beyond = lambda least, most: (  # noqa: E731 - said twice below
        (least is not None and whole < least) or (most is not None and whole > most)
    )
    wanted = (
        "R-RANGE" if beyond(low, high) else "R-USUAL" if beyond(usual_low, usual_high) else None
    )
    found = said(field, Cell(value, "D4"))
    assert (found and found[0]) == wanted


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (asks("x", "面积", "measure", unit="square_metre", usual_min=Decimal(5)), 450,
         "面积填了“4.5”；要求：通常不小于 5 平方米。请核对有没有填错、单位对不对；确实如此的请说明原因。"),
        (asks("x", "人数", usual_max=Decimal(50)), 51,
         "人数填了“51”；要求：通常不大于 50 人。请核对有没有填错、单位对不对；确实如此的请说明原因。"),
        # A year is a name, not so many years.
        (asks("x", "年份", "year", unit="year", usual_min=Decimal(1950)), 1949,
         "年份填了“1949”；要求：通常不小于 1950。请核对有没有填错、单位对不对；确实如此的请说明原因。"),
        (asks("x", "面积", "measure", unit="square_metre", max=Decimal(5)), 501,
         "面积填了“5.01”；要求：不大于 5 的最多 2 位小数的数字。请改为实际的数。"),
        (number(min=Decimal(0)), -1, "人数填了“-1”；要求：不小于 0 的整数。请改为实际的数。"),
    ],
)  # fmt: skip
def test_a_number_out_of_bounds_is_told_with_its_unit(field, value, sentence):
    found = said(field, Cell(value, "D4"))
    assert found is not None
    assert found[2] == f"a.xlsx〔概况〕D4：{sentence}"


@pytest.mark.parametrize(
    # The period's year is 2025: what is there by then was built by then.
    ("value", "fits"),
    [(1799, False), (1800, True), (2025, True), (2026, False)],
)
def test_a_year_has_four_likely_digits_whatever_the_form_says(value, fits):
    assert (said(asks("x", "年份", "year"), Cell(value, "D4")) is None) is fits
    wide = asks("x", "年份", "year", min=Decimal(1), max=Decimal(9999))
    assert (said(wide, Cell(value, "D4")) is None) is fits
    narrow = asks("x", "年份", "year", min=Decimal(1900), max=Decimal(2025))
    assert said(narrow, Cell(1899, "D4")) is not None
    assert said(narrow, Cell(2026, "D4")) is not None
    assert said(narrow, Cell(1900, "D4")) is None
    assert said(narrow, Cell(2025, "D4")) is None


@pytest.mark.parametrize(("value", "fits"), [(-1, False), (0, True), (1, True), (2, False)])
def test_yes_is_one_and_no_is_zero(value, fits):
    assert (said(asks("x", "寄宿", "yes_no"), Cell(value, "D4")) is None) is fits


# ── texts that mean nothing to the field ────────────────────────────────────


def unread(field, text):
    found = said(field, Cell(BLANK, "D4", text))
    assert found is not None
    code, severity, message = found
    assert severity is MUST
    return code, message.removeprefix("a.xlsx〔概况〕D4：")


@pytest.mark.parametrize(
    ("field", "text", "code", "sentence"),
    [
        (number(), "abc", "R-TYPE", "人数填了“abc”，不是数字；要求：整数。请填数字。"),
        (number(), "20头", "R-TYPE", "人数填了“20头”，带了文字；要求：整数。只填数字，不写单位。"),
        (number(), "1200.5 头", "R-TYPE", "人数填了“1200.5 头”，带了文字；要求：整数。只填数字，不写单位。"),
        (number(), "-3头", "R-TYPE", "人数填了“-3头”，带了文字；要求：整数。只填数字，不写单位。"),
        (number(), "2025-01-02", "R-TYPE",
         "人数填了“2025-01-02”，成了日期；要求：整数。请把这一格的格式改为“常规”，再重新填数。"),
        (number(), "20.5", "R-TYPE", "人数填了“20.5”，不是整数；要求：整数。请填整数。"),
        (asks("x", "面积", "measure", unit="square_metre"), "1.234", "R-TYPE",
         "面积填了“1.234”，小数多于 2 位；要求：最多 2 位小数的数字。请四舍五入到 2 位小数。"),
        (asks("x", "日期", "date"), "去年", "R-TYPE",
         "日期填了“去年”，不是日期；要求：日期，如 2025-09-01。请按 2025-09-01 的样子填。"),
        (asks("x", "年份", "year"), "去年", "R-TYPE",
         "年份填了“去年”，不是四位年份；要求：1800 至 2199 之间的四位年份。请填四位年份，例如 1998。"),
        (asks("x", "寄宿", "yes_no"), "部分", "R-TYPE",
         "寄宿填了“部分”，看不出是“是”还是“否”；要求：“是”或“否”。请从下拉列表中选一项。"),
        (asks("x", "类型", "code", codes="school_types"), "小学部", "R-CODE",
         "类型填了“小学部”，列表里没有；要求：下列之一：小学、九年一贯制学校。请从下拉列表中选一项，例如“小学”。"),
        (asks("x", "类型", "code", codes="school_types"), "?", "R-CODE",
         "类型填了“?”，列表里没有；要求：下列之一：小学、九年一贯制学校。请从下拉列表中选一项。"),
        # Eight can be read at a glance; of nine the drop-down tells the last.
        (asks("x", "类型", "code", codes="eight"), "?", "R-CODE",
         "类型填了“?”，列表里没有；要求：下列之一：甲0、甲1、甲2、甲3、甲4、甲5、甲6、甲7。请从下拉列表中选一项。"),
        (asks("x", "类型", "code", codes="nine"), "?", "R-CODE",
         "类型填了“?”，列表里没有；要求：下列之一：乙0、乙1、乙2、乙3、乙4、乙5、乙6、乙7 等。请从下拉列表中选一项。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_quoted_as_it_was_written(field, text, code, sentence):
    assert unread(field, text) == (code, sentence)


def test_a_text_that_was_taken_and_does_not_fit_is_quoted_too():
    """A code no list knows, a text against its pattern: as the return holds them, not a workbook."""
    kind = asks("x", "类型", "code", codes="school_types")
    assert said(kind, Cell("999", "D4")) == (
        "R-CODE",
        MUST,
        "a.xlsx〔概况〕D4：类型填了“999”，列表里没有；要求：下列之一：小学、九年一贯制学校。请从下拉列表中选一项。",
    )
    assert said(kind, Cell("211", "D4")) is None
    ten = asks("x", "代码", "text", pattern=r"\d{3}")
    assert said(ten, Cell("123", "D4")) is None
    assert said(ten, Cell("1234", "D4")) == (
        "R-PATTERN",
        MUST,
        r"a.xlsx〔概况〕D4：代码填了“1234”，格式不对；要求：格式 \d{3}。请核对后改正。",
    )
    helped = asks("x", "代码", "text", pattern=r"\d{3}", help="三位数字")
    assert said(helped, Cell("1234", "D4")) == (
        "R-PATTERN",
        MUST,
        "a.xlsx〔概况〕D4：代码填了“1234”，格式不对；要求：三位数字。请核对后改正。",
    )
    assert said(asks("x", "名称", "text"), Cell("随便", "D4")) is None
    assert said(asks("x", "日期", "date"), Cell("2025-09-01", "D4")) is None


def test_a_text_is_no_number_and_a_number_no_text():
    found = said(number(), Cell("abc", "D4"))
    assert found is not None
    assert found[2] == "a.xlsx〔概况〕D4：人数填了“abc”，不是数字；要求：整数。请填数字。"
    found = said(asks("x", "类型", "code", codes="school_types"), Cell(5, "D4"))
    assert found is not None
    assert found[0] == "R-CODE"
    assert "类型填了“5”，列表里没有" in found[2]


def test_a_complaint_names_its_field_and_its_document():
    """The field's own source; where it names none, that of its form."""
    own = form_of(record(number(source=RULE), asks("other", "另一项")), source=OWN)
    forms = form_of(record(number(), asks("other", "另一项")), source=RULE)
    for form in (own, forms):
        (found,) = checked(form, {"about": [row(x=Cell(BLANK, "D4"), other=1)]})
        assert (found.field, found.form, found.place) == ("about.x", "f", "2163000002")
        assert found.citation == CITED
        assert found.message.endswith(f"依据：{CITED}。")
    assert of(number(), Cell(BLANK, "D4"))[0].citation == ""


# ── whole sheets, rows and columns ──────────────────────────────────────────

TWO = (asks("x", "人数"), asks("girls", "女生数"))


def told(found):
    return [(issue.code, issue.severity, issue.cell, issue.field, issue.message) for issue in found]


def test_a_sheet_that_is_not_there_is_one_complaint():
    message = "a.xlsx〔概况〕：缺少工作表“概况”；要求：每张表都要交。请不要删除或改名；从模板中复制回来，填好再交。"
    assert told(checked(form_of(record(*TWO)), {})) == [("R-SHEET", MUST, "", "", message)]
    # Of a school that is not asked for it, it is not missed.
    assert checked(form_of(record(*TWO, stages=[Stage.PRESCHOOL])), {}) == []


def test_a_sheet_is_named_as_its_tab_is():
    (found,) = checked(form_of(record(*TWO)), {}, tabs={"about": "我的概况"})
    assert found.sheet == "我的概况"


def test_a_sheet_nobody_has_begun_is_one_complaint():
    blank = [row(x=Cell(BLANK, "D2"), girls=Cell(BLANK, "D3"))]
    form = form_of(record(*TWO), source=RULE)
    (found,) = checked(form, {"about": blank})
    assert (found.code, found.severity, found.cell) == ("R-SHEET-BLANK", MUST, "")
    assert found.message == (
        f"a.xlsx〔概况〕：整张表都没有填；要求：必填。请填上；确实是零就填 0。依据：{CITED}。"
    )
    # One thing that was meant, and the rest is missed by itself.
    for meant in (Cell(BLANK, "D2", "？"), Cell(BLANK, "D2", "", "no_result"), Cell(NONE, "D2")):
        begun = [row(x=meant, girls=Cell(BLANK, "D3"))]
        assert "R-SHEET-BLANK" not in {issue.code for issue in checked(form, {"about": begun})}
        assert [i.code for i in checked(form, {"about": begun}) if i.cell == "D3"] == ["R-REQUIRED"]


def test_a_sheet_of_voluntary_fields_may_stay_blank():
    voluntary = [asks("x", "人数", required=False), asks("girls", "女生数", required=False)]
    blank = [row(x=BLANK, girls=BLANK)]
    assert checked(form_of(record(*voluntary)), {"about": blank}) == []
    one = form_of(record(voluntary[0], TWO[1]))
    assert [issue.code for issue in checked(one, {"about": blank})] == ["R-SHEET-BLANK"]


def test_a_list_without_lines_is_missed_where_there_must_be_some():
    (found,) = checked(form_of(listed(*TWO), source=RULE), {"rooms": []})
    assert (found.code, found.severity) == ("R-SHEET-BLANK", MUST)
    assert found.message == (
        f"a.xlsx〔班级〕：一行也没有填；要求：至少填一行。请按说明逐行填上。依据：{CITED}。"
    )
    (found,) = checked(form_of(listed(*TWO, stage_by=""), source=RULE), {"rooms": []})
    assert (found.code, found.severity, found.required) == ("R-SHEET-BLANK", NOTE, "")
    assert found.message == (
        f"a.xlsx〔班级〕：一行也没有填，按没有处理。确实没有的，不必改；有的请逐行填上。依据：{CITED}。"
    )


def test_rows_and_columns_that_were_deleted_are_one_complaint_each():
    """Of grades 1, 2, 7 and others the first is there, and without the girls."""
    tables = {"pupils": [row("G1", x=Cell(3, "B4"))]}
    assert told(checked(form_of(grid(*TWO)), tables)) == [
        ("R-ROW", MUST, "", "", f"a.xlsx〔学生〕：缺少“{label}”这一行；要求：每一行都要交。请从模板中把这一行复制回来，填好再交。")
        for label in ("二年级", "七年级", "其他")
    ] + [
        ("R-COLUMN", MUST, "", "pupils.girls",
         "a.xlsx〔学生〕：缺少“女生数”这一列；要求：每一项都要交。请从模板中把这一列复制回来，填好再交。"),
    ]  # fmt: skip


def test_written_downwards_a_row_is_a_column():
    """Five fields of four grades are written downwards: items are rows, grades are columns."""
    fields = [asks(f"n{at}", f"数{at}") for at in range(5)]
    values = {f"n{at}": at for at in range(4)}
    tables = {"pupils": [row(code, **values) for code in ("G1", "G2", "G7")]}
    assert told(checked(form_of(grid(*fields)), tables)) == [
        ("R-ROW", MUST, "", "",
         "a.xlsx〔学生〕：缺少“其他”这一列；要求：每一列都要交。请从模板中把这一列复制回来，填好再交。"),
        ("R-COLUMN", MUST, "", "pupils.n4",
         "a.xlsx〔学生〕：缺少“数4”这一项；要求：每一项都要交。请从模板中把这一项复制回来，填好再交。"),
    ]  # fmt: skip


def test_columns_are_missed_in_the_order_of_the_form():
    fields = [asks(name, name) for name in ("b", "c", "a")]
    found = checked(form_of(record(asks("x", "人数"), *fields)), {"about": [row(x=1)]})
    assert [issue.saw for issue in found] == [f"缺少“{name}”这一项" for name in ("b", "c", "a")]


def test_a_row_that_is_missed_is_one_the_school_is_asked_for():
    form = form_of(grid(asks("x", "人数", rows=["G1", "G7"])))
    assert checked(form, {"pupils": [row("G1", x=1), row("G7", x=1)]}) == []
    assert checked(form, {"pupils": [row("G1", x=1)]}, school(Stage.PRIMARY)) == []
    (found,) = checked(form, {"pupils": [row("G1", x=1)]}, None)
    assert found.saw == "缺少“七年级”这一行"


# ── too much ────────────────────────────────────────────────────────────────

TOO_MUCH = (
    "；要求：只填本校办学类型和学段要求的内容。"
    "请删去；如果办学类型或学段有变，请先告知教育局更正名册，再换用新模板。"
)


def test_a_sheet_of_other_schools_is_to_be_emptied():
    form = form_of(record(*TWO, stages=[Stage.PRESCHOOL]))
    blank = Cell(BLANK, "D2")
    assert checked(form, {"about": [row(x=blank, girls=blank)]}) == []
    filled = [row(x=blank, girls=Cell(3, "D3")), row(x=Cell(0, "D4"), girls=Cell(BLANK, "D5", "?"))]
    assert told(checked(form, {"about": filled})) == [
        ("R-NOT-ASKED", MUST, "D3", "", f"a.xlsx〔概况〕D3：本校不填“概况”，却填了 3 格{TOO_MUCH}")
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(450, "B6", "4.50"), "4.50"),
        # What came from no workbook is written in whole units.
        (Cell(450, "B6"), "4.5"),
        (Cell(NONE, "B6"), "不适用"),
        (Cell(BLANK, "B6", "", "no_result"), "公式"),
        (Cell(BLANK, "B6", "#REF!", "error"), "#REF!"),
    ],
)
def test_what_is_too_much_is_quoted(cell, shown):
    area = asks("x", "面积", "measure", unit="square_metre")
    fields = (area, asks("girls", "女生数"))
    tables = {"pupils": [row(code, x=1, girls=1) for code in ("G1", "G2", "GX")]}
    tables["pupils"].append(row("G7", x=cell, girls=Cell(BLANK, "C6")))
    found = checked(form_of(grid(*fields)), tables, school(Stage.PRIMARY))
    assert told(found) == [
        ("R-NOT-ASKED", MUST, "B6", "",
         f"a.xlsx〔学生〕B6：本校不填“七年级”这一行，却填了“{shown}”{TOO_MUCH}")
    ]  # fmt: skip
    tables["pupils"][3] = row("G7", x=Cell(BLANK, "B6"), girls=Cell(BLANK, "C6"))
    assert checked(form_of(grid(*fields)), tables, school(Stage.PRIMARY)) == []
    # The same in a field of other types of school.
    other = asks("x", "面积", "measure", unit="square_metre", school_types=["111"])
    found = checked(form_of(record(other, TWO[1])), {"about": [row(x=cell, girls=1)]})
    assert told(found) == [
        ("R-NOT-ASKED", MUST, "B6", "",
         f"a.xlsx〔概况〕B6：本校不填“面积”，却填了“{shown}”{TOO_MUCH}")
    ]  # fmt: skip


def test_a_row_after_one_too_many_is_still_looked_at():
    form = form_of(grid(asks("x", "人数")))
    rows = [
        row("G7", x=Cell(5, "B4")),
        row("G1", x=Cell("q", "B5")),
        row("G2", x=1),
        row("GX", x=1),
    ]
    found = checked(form, {"pupils": rows}, school(Stage.PRIMARY))
    assert [(issue.code, issue.cell) for issue in found] == [
        ("R-NOT-ASKED", "B4"),
        ("R-TYPE", "B5"),
    ]


def test_a_row_without_a_term_is_named_by_its_code():
    form = form_of(grid(asks("x", "人数"), row_codes=["G1"]))
    (found,) = checked(form, {"pupils": [row("G1", x=1), row("G9", x=Cell(2, "B9"))]})
    assert found.saw == "本校不填“G9”这一行，却填了“2”"


def test_a_cell_too_many_beside_one_that_is_missing_is_found_in_the_same_pass():
    """As many cells as are asked, and not the same ones."""
    other = asks("funds", "经费", school_types=["111"])
    form = form_of(record(*TWO, other))
    found = checked(form, {"about": [row(x=1, funds=Cell(9, "D4"))]})
    assert [(issue.code, issue.saw) for issue in found] == [
        ("R-COLUMN", "缺少“女生数”这一项"),
        ("R-NOT-ASKED", "本校不填“经费”，却填了“9”"),
    ]
    # A blank of other schools, or what no form knows, is nothing to complain of.
    assert checked(form, {"about": [row(x=1, girls=1, funds=Cell(BLANK, "D4"), y=3)]}) == []


def test_only_a_grid_asks_its_rows_for_different_things():
    """Lines of a list have numbers for codes, and all are asked the same."""
    form = form_of(listed(asks("name", "班级名称", "text")))
    lines = [row(str(n), grade="G1", name=f"{n}班") for n in (1, 2, 3)]
    assert checked(form, {"rooms": lines}) == []
    form = form_of(grid(asks("x", "人数", rows=["G1"]), asks("girls", "女生数")))
    rows = [row("G1", x=1, girls=1)]
    rows += [row(code, girls=1) for code in ("G2", "G7", "GX")]
    assert checked(form, {"pupils": rows}) == []
    rows[1] = row("G2", x=Cell(4, "B5"), girls=1)
    (found,) = checked(form, {"pupils": rows})
    assert found.saw == "本校不填“二年级·人数”，却填了“4”"


def test_what_another_form_holds_is_shown_and_not_asked():
    held = asks("x", "人数", prefilled_from="basic.x")
    form = form_of(record(held, TWO[1]), grid(held, TWO[1]))
    rows = [row(code, girls=1) for code in ("G1", "G2", "G7", "GX")]
    tables = {"about": [row(girls=1)], "pupils": rows}
    for place in (school(), None):
        assert checked(form, tables, place) == []
        # A sheet of nothing else is not asked at all.
        assert checked(form_of(record(held)), {}, place) == []


def test_without_a_place_all_that_the_form_has_is_asked():
    """Fields of some types, sheets of some stages, rows of all grades."""
    form = form_of(
        record(asks("x", "人数", school_types=["111"]), stages=[Stage.PRESCHOOL]),
        grid(asks("x", "人数"), asks("girls", "女生数", rows=["G7"])),
    )
    rows = [row(code, x=1) for code in ("G1", "G2", "GX")]
    tables = {"about": [row(x=1)], "pupils": [*rows, row("G7", x=1, girls=1)]}
    assert checked(form, tables, None) == []
    (found,) = checked(form, {**tables, "about": [row(x=BLANK)]}, None)
    assert (found.code, found.sheet) == ("R-SHEET-BLANK", "概况")
    tables["pupils"][3] = row("G7", x=1)
    (found,) = checked(form, tables, None)
    assert found.saw == "缺少“女生数”这一列"


def test_all_faults_of_a_cell_and_of_its_neighbours_are_found_in_one_pass():
    """By sheet, row and column, whatever the order in which they are looked for."""
    form = form_of(record(*TWO), grid(*TWO))
    rows = [row("G1", x=Cell("q", "B10"), girls=Cell("q", "C10"))]
    rows += [row("G2", x=Cell("q", "B9"), girls=Cell("q", "AA9"))]
    rows += [row(code, x=1, girls=1) for code in ("G7", "GX")]
    tables = {"pupils": rows, "about": [row(x=Cell("q", "D2"), girls=1)]}
    assert [issue.cell for issue in checked(form, tables)] == ["D2", "B9", "AA9", "B10", "C10"]


def test_a_form_that_nobody_knows_is_one_complaint():
    form = form_of(record(*TWO))
    (found,) = check_return(
        filed({"about": []}, form="g"), shelf_of(form), None, Period.parse("2025-2026")
    )
    assert (found.code, found.severity, found.place, found.form) == (
        "R-FORM", MUST, "2163000002", "g",
    )  # fmt: skip
    assert found.message == "a.xlsx：表式“g”不认识。请向教育局索取本期的模板。"


def test_a_plan_is_made_of_the_cards_at_hand():
    """Two shelves with forms of one name: each return is checked by its own."""
    form = form_of(record(number(min=Decimal(5))))
    other = form_of(record(number(min=Decimal(1))))
    tables = {"about": [row(x=Cell(3, "D2"))]}
    assert len(checked(form, tables)) == 1
    assert checked(other, tables) == []
    assert len(checked(form, tables, replace(school(), code="1"))) == 1


def test_sheets_of_some_stages_in_a_form_of_several():
    form = form_of(
        sheet("a", "甲", "record", asks("x", "人数"), stages=[Stage.PRIMARY]),
        sheet("b", "乙", "record", asks("x", "人数"), stages=[Stage.LOWER_SECONDARY]),
    )
    assert [issue.sheet for issue in checked(form, {}, school(Stage.PRIMARY))] == ["甲"]
    assert [issue.sheet for issue in checked(form, {}, school())] == ["甲", "乙"]
    assert [issue.sheet for issue in checked(form, {}, None)] == ["甲", "乙"]


def test_a_cell_is_named_by_its_row_and_its_field():
    """A class by its name, unless the name itself is meant; a line without one by its number."""
    name = asks("name", "名称", "text", pattern="[^?]+")
    form = form_of(record(name), grid(name, row_codes=["G1"]), listed(name, asks("x", "人数")))
    tables = {
        "about": [row(name=Cell("?", "D2"))],
        "pupils": [row("G1", name=Cell("?", "B4"))],
        "rooms": [
            row("1", grade="G1", name=Cell("?", "B4"), x=Cell("q", "C4")),
            row("2", grade="G1", name=Cell("乙", "B5"), x=Cell("q", "C5")),
            row("3", grade="G1", name=Cell(BLANK, "B6"), x=Cell("q", "C6")),
        ],
    }
    assert [(each.cell, each.saw.partition("填了")[0]) for each in checked(form, tables, None)] == [
        ("D2", "名称"), ("B4", "一年级·名称"), ("B4", "名称"), ("C4", "?·人数"),
        ("C5", "乙·人数"), ("B6", "名称没有填"), ("C6", "第 3 条·人数"),
    ]  # fmt: skip
