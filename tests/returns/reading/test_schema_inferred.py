"""Files without the hidden sheet: recognised where nothing is doubtful, else refused."""

from __future__ import annotations

import pytest
from msgspec import structs

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.identification import Told
from xianxue.bureau.returns.reading.schema_inferred import (
    infer_text,
    infer_workbook,
    is_rules_text,
)

NEW_TEMPLATE = "请向教育局索取本期的模板，把数据粘贴过去再交"
NOBODY = Told()
CODE = "2163000002"
FILE = f"{CODE}_2025-2026.xlsx"
LOST = "像是《虚构年报》，但隐藏的模板信息（_xianxue）不见了，无法确认"

RULES = [
    ["虚构年报", ""],
    ["填报单位", f"虚构县九年制学校（代码：{CODE}）"],
    ["时期", "2025—2026学年"],
    ["表式版本", "1"],
]


@pytest.fixture
def tabs(sheets):
    """The three sheets as they were handed out, with an answer or two."""
    about = sheets.plan("about")
    pupils = sheets.plan("pupils", rows=" ".join(f"G{n}" for n in range(1, 10)))
    return {
        "学校概况": sheets.down(about, [CODE], ["虚构县九年制学校"]),
        "学生": sheets.across(pupils, ["一年级", 41.0, 20.0, 40.0]),
        "班级": sheets.across(sheets.plan("rooms"), ["一年级", "一班", 40.0]),
    }


def refusal(call, *args):
    with pytest.raises(RefusedError) as caught:
        call(*args)
    error = caught.value
    return error.code, error.saw, error.required, error.do, error.form, error.place


def lost(what, place=CODE):
    return ("R-NO-SCHEMA", LOST + what, "未删除隐藏工作表的模板", NEW_TEMPLATE, "small", place)


# ── workbooks ───────────────────────────────────────────────────────────────


def test_the_page_of_rules_and_the_headers_are_enough(small, tabs):
    found = infer_workbook(tabs | {"说明": RULES}, "x.xlsx", small.shelf, NOBODY)
    assert found.schema.form is small.form
    assert (found.schema.period.code, found.schema.place) == ("2025-2026", CODE)
    assert [plan.laid.name for plan in found.schema.plans] == ["about", "pupils", "rooms"]
    assert found.where == {"about": "学校概况", "pupils": "学生", "rooms": "班级"}
    assert found.remark == Stray(
        "R-NO-SCHEMA",
        "",
        f"没有隐藏的模板信息，按表头认作《虚构年报》，2025—2026学年，代码 {CODE}",
        "请核对是否如此",
        severity=Severity.NOTE,
    )


def test_the_name_of_the_file_is_enough_where_the_answers_agree(small, tabs):
    found = infer_workbook(tabs, FILE, small.shelf, NOBODY)
    assert (found.schema.period.code, found.schema.place) == ("2025-2026", CODE)
    # The code among the answers serves where nothing else tells it.
    found = infer_workbook(tabs, "2025-2026.xlsx", small.shelf, NOBODY)
    assert found.schema.place == CODE


def test_who_tells_what_is_believed_in_this_order(small, tabs):
    """Whoever hands it in, the page of rules, the file's name, the answers."""

    def place(*, told="", page="", named="", answered=""):
        grids = dict(tabs)
        grids["学校概况"] = [[*row] for row in tabs["学校概况"]]
        grids["学校概况"][1][3] = answered
        if page:
            grids["说明"] = [["填报单位", f"某校（代码：{page}）"]]
        file = f"{named}_2025-2026.xlsx"
        return infer_workbook(grids, file, small.shelf, Told(place=told)).schema.place

    a, b, c, d = (f"216300000{n}" for n in range(1, 5))
    assert place(told=a, page=b, named=c, answered=d) == a
    assert place(page=b, named=c, answered=d) == b
    assert place(named=c, answered=d) == c
    assert place(answered=d) == d


def test_whoever_hands_it_in_may_tell_the_period_too(small, tabs):
    found = infer_workbook(tabs, "x.xlsx", small.shelf, Told(period="2024-2025"))
    assert found.schema.period.code == "2024-2025"
    # Against the page and against the name.
    grids = tabs | {"说明": RULES}
    told = Told(period="2023-2024")
    found = infer_workbook(grids, "2024-2025.xlsx", small.shelf, told)
    assert found.schema.period.code == "2023-2024"


def test_what_nobody_tells_is_refused_by_name(small, tabs):
    assert refusal(infer_workbook, tabs, "x.xlsx", small.shelf, NOBODY) == lost("时期")
    tabs["学校概况"][1][3] = ""
    assert refusal(infer_workbook, tabs, "x.xlsx", small.shelf, NOBODY) == lost(
        "学校代码、时期", ""
    )
    period = Told(period="2025-2026")
    assert refusal(infer_workbook, tabs, "x.xlsx", small.shelf, period) == lost("学校代码", "")


def test_page_and_name_that_differ_are_refused(small, tabs):
    grids = tabs | {"说明": RULES}
    saw = "像是《虚构年报》，但“说明”里是 2025-2026，文件名里是 2024-2025"
    assert refusal(infer_workbook, grids, "2024-2025.xlsx", small.shelf, NOBODY) == (
        "R-NO-SCHEMA", saw, "未删除隐藏工作表的模板", NEW_TEMPLATE, "small", CODE,
    )  # fmt: skip
    assert infer_workbook(grids, "2025-2026.xlsx", small.shelf, NOBODY).schema.place == CODE


def test_a_field_that_everybody_is_asked_may_be_another_versions(small, tabs):
    del tabs["学校概况"][3]
    assert refusal(infer_workbook, tabs, FILE, small.shelf, NOBODY) == lost("版本")
    # With its version told there is no doubt.
    told = infer_workbook(tabs | {"说明": RULES}, FILE, small.shelf, NOBODY)
    assert told.schema.place == CODE
    assert infer_workbook(tabs, FILE, small.shelf, Told(version="1")).schema.place == CODE


def test_a_field_that_only_some_are_asked_may_be_lacking(small, tabs):
    assert tabs["学校概况"].pop(9)[0] == "公用经费"
    assert infer_workbook(tabs, FILE, small.shelf, NOBODY).schema.place == CODE


def test_a_sheet_may_be_lacking(small, tabs):
    del tabs["班级"]
    found = infer_workbook(tabs, FILE, small.shelf, NOBODY)
    assert found.where == {"about": "学校概况", "pupils": "学生"}
    # One of three is too little to know the form by, unless somebody tells it.
    del tabs["学校概况"]
    strange = (
        "R-NOT-OURS",
        "这个工作簿不是本系统的模板",
        "由教育局发放的填报模板",
        NEW_TEMPLATE,
        "",
        "",
    )
    assert refusal(infer_workbook, tabs, FILE, small.shelf, NOBODY) == strange
    assert infer_workbook(tabs, FILE, small.shelf, Told(form="small")).where == {"pupils": "学生"}
    told = infer_workbook(tabs | {"说明": RULES}, FILE, small.shelf, NOBODY)
    assert told.where == {"pupils": "学生"}


def test_half_of_the_sheets_are_enough(small, tabs):
    half = structs.replace(small.form, sheets=small.form.sheets[:2])
    shelf = Shelf(sources={}, codes=small.codes, forms={"small": half})
    only = {"学生": tabs["学生"]}
    assert infer_workbook(only, FILE, shelf, NOBODY).where == {"pupils": "学生"}


def test_a_form_that_was_told_and_is_not_there_is_refused(small, tabs):
    refused = refusal(infer_workbook, tabs, FILE, small.shelf, Told(form="large"))
    assert refused[0] == "R-NO-SCHEMA"
    nothing = {"Sheet1": [["", "x"]]}
    assert refusal(infer_workbook, nothing, FILE, small.shelf, NOBODY)[0] == "R-NOT-OURS"
    assert refusal(infer_workbook, {}, FILE, small.shelf, NOBODY)[0] == "R-NOT-OURS"


def test_another_version_is_refused(small, tabs):
    told = Told(version="0.9")
    assert refusal(infer_workbook, tabs, FILE, small.shelf, told) == (
        "R-VERSION", "这是《虚构年报》0.9 版的模板", "现行的 1 版", NEW_TEMPLATE, "small", CODE,
    )  # fmt: skip


def test_a_period_of_another_kind_is_refused(small, tabs):
    told = Told(period="2025")
    code, saw, *_ = refusal(infer_workbook, tabs, FILE, small.shelf, told)
    assert (code, saw) == ("R-NO-SCHEMA", "时期“2025”不合《虚构年报》")
    code, saw, *_ = refusal(infer_workbook, tabs, FILE, small.shelf, Told(period="某年"))
    assert code == "R-NO-SCHEMA"
    assert "某年" in saw


def with_another(small, name="twin", **changes):
    twin = structs.replace(small.form, form=name, **changes)
    return Shelf(sources={}, codes=small.codes, forms={"small": small.form, name: twin})


def test_two_forms_equally_alike_are_refused_unless_one_is_told(small, tabs):
    two = with_another(small, term="虚构副表")
    assert refusal(infer_workbook, tabs, FILE, two, NOBODY)[0] == "R-NO-SCHEMA"
    assert infer_workbook(tabs, FILE, two, Told(form="twin")).schema.form.form == "twin"
    assert infer_workbook(tabs | {"说明": RULES}, FILE, two, NOBODY).schema.form.form == "small"


def test_of_two_forms_the_likelier_is_taken(small, tabs):
    # One that has a sheet less shows fewer fields.
    two = with_another(small, term="虚构副表", sheets=small.form.sheets[1:])
    assert infer_workbook(tabs, FILE, two, NOBODY).schema.form.form == "small"
    # One that asks for more in a sheet lacks more.
    *others, rooms = small.form.sheets
    more = Field(field="area", term="教室面积", type="measure", unit="square_metre")
    rooms = structs.replace(rooms, fields=[*rooms.fields, more])
    longer = structs.replace(small.form, form="longer", sheets=[*others, rooms])
    forms = {"longer": longer, "small": small.form}
    two = Shelf(sources={}, codes=small.codes, forms=forms)
    assert infer_workbook(tabs, FILE, two, NOBODY).schema.form.form == "small"


def test_a_grid_is_read_in_the_direction_that_shows_more(small, sheets, tabs):
    turned = sheets.plan("pupils", rows="G1 G2", down=True)
    tabs["学生"] = sheets.down(turned, [41.0, 42.0])
    found = infer_workbook(tabs, FILE, small.shelf, NOBODY)
    assert found.schema.plans[1].laid.down
    assert found.where["pupils"] == "学生"
    assert not found.schema.plans[2].laid.down


# ── texts ───────────────────────────────────────────────────────────────────


def test_the_text_of_one_sheet(small, tabs):
    found, grid = infer_text(tabs["学生"], f"{CODE}_2025-2026.csv", small.shelf, NOBODY)
    assert grid == tabs["学生"]
    assert found.where == {"pupils": ""}
    assert [plan.laid.name for plan in found.schema.plans] == ["pupils"]
    assert (found.schema.place, found.schema.period.code) == (CODE, "2025-2026")
    assert found.remark.saw == (
        f"没有隐藏的模板信息，按表头认作《虚构年报》的“学生”，2025—2026学年，代码 {CODE}"
    )


def test_the_text_of_a_record_says_whose_it_is(small, tabs):
    found, _ = infer_text(tabs["学校概况"], "2163000009_2025-2026.csv", small.shelf, NOBODY)
    # What stands in the data is surer than the file's name; who hands it in is surer still.
    assert found.schema.place == CODE
    told = Told(place="2163000005")
    found, _ = infer_text(tabs["学校概况"], "2025-2026.csv", small.shelf, told)
    assert found.schema.place == "2163000005"


WHOSE = (
    "R-WHOSE",
    "文件名里有学校代码和时期，如 2100000000_学生_2025-2026.csv",
    "请这样改文件名，或由收表人用 --place、--period 指明；也可以直接交 .xlsx 工作簿",
    "small",
)


@pytest.mark.parametrize(
    ("file", "lacking"),
    [
        ("学生.csv", "哪所学校、哪个时期"),
        ("2025-2026.csv", "哪所学校"),
        (f"{CODE}.csv", "哪个时期"),
    ],
)
def test_a_text_that_does_not_say_whose_or_when(small, tabs, file, lacking):
    code, saw, required, do, form, place = refusal(
        infer_text, tabs["学生"], file, small.shelf, NOBODY
    )
    assert (code, required, do, form) == WHOSE
    assert saw == f"看得出是《虚构年报》的“学生”，但不知道是{lacking}的"
    assert place == ""


def test_a_text_that_is_no_table_of_ours(small):
    assert refusal(infer_text, [["人名", "年龄"], ["某", 9.0]], FILE, small.shelf, NOBODY) == (
        "R-NOT-OURS",
        "认不出这是哪一张表",
        "表头与模板一致的表",
        "请用模板里的表导出；外来的表请用 xianxue returns map 对应后再读",
        "",
        "",
    )


def twins(small):
    """Two sheets with the same headers: 学生 and 学生复核."""
    pupils = small.form.sheet("pupils")
    sheets = [*small.form.sheets, structs.replace(pupils, sheet="again", term="复核")]
    form = structs.replace(small.form, sheets=sheets)
    return Shelf(sources={}, codes=small.codes, forms={"small": form})


def test_of_two_sheets_with_the_same_headers_the_file_names_one(small, tabs):
    two = twins(small)
    for tab, sheet in (("学生", "pupils"), ("复核", "again")):
        found, _ = infer_text(tabs["学生"], f"{CODE}_{tab}_2025-2026.csv", two, NOBODY)
        assert found.where == {sheet: ""}
    assert refusal(infer_text, tabs["学生"], FILE, two, NOBODY)[0] == "R-NOT-OURS"
    # A sheet that is like it alone needs no name.
    assert infer_text(tabs["班级"], FILE, two, NOBODY)[0].where == {"rooms": ""}


def test_the_form_of_a_text_may_be_told_or_named(small, tabs):
    two = with_another(small, term="虚构副表")
    named = f"{CODE}_虚构副表_2025-2026.csv"
    assert infer_text(tabs["学生"], named, two, NOBODY)[0].schema.form.form == "twin"
    told = Told(form="small")
    assert infer_text(tabs["学生"], named, two, told)[0].schema.form.form == "small"


# ── a column of school codes ────────────────────────────────────────────────


def coded(tabs, head="学校代码", codes=(CODE, CODE), at=0):
    """The list of classes with a column of codes put in."""
    lines = [["年级", "班级名称", "学生数"], ["一年级", "一班", 40.0], ["二年级", "二班", 41.0]]
    return [
        [*line[:at], text, *line[at:]] for line, text in zip(lines, (head, *codes), strict=True)
    ]


@pytest.mark.parametrize("head", ["学校代码", "学校标识码", "机构 代码", "School ID", "标识码："])
def test_a_column_of_codes_says_whose_it_is_and_is_blanked(small, tabs, head):
    grid = coded(tabs, head)
    found, kept = infer_text(grid, "2163000009_2025-2026.csv", small.shelf, NOBODY)
    assert found.schema.place == CODE
    # Blanked and not cut out: the other cells keep their addresses.
    assert kept == [["", *row[1:]] for row in grid]
    found, kept = infer_text(coded(tabs, head, at=3), FILE, small.shelf, NOBODY)
    assert kept == [[*row[:3], ""] for row in coded(tabs, head, at=3)]


def test_what_stands_above_and_below_a_column_of_codes_is_left_to_be_named(small, tabs):
    """A title, and a sum and a note below, are no codes of other schools."""
    grid = [[CODE, "", "", ""], *coded(tabs), ["合计", "", "", 81.0], ["注：略", "", "", ""]]
    found, kept = infer_text(grid, "2025-2026.csv", small.shelf, NOBODY)
    assert found.schema.place == CODE
    assert kept == [grid[0], *(["", *row[1:]] for row in grid[1:4]), *grid[4:]]


def test_several_schools_in_one_text_are_refused(small, tabs):
    grid = coded(tabs, codes=(CODE, "2163000003"))
    assert refusal(infer_text, grid, FILE, small.shelf, NOBODY) == (
        "R-MANY-PLACES",
        "“学校代码”一列里有 2 所学校",
        "一个文件一所学校",
        "请一校一个文件；一行一校的表请用 xianxue returns map 对应后再读",
        "small",
        "",
    )


def test_a_code_may_stand_in_one_line_only_or_in_none(small, tabs):
    found, _ = infer_text(coded(tabs, codes=(" ", CODE)), FILE, small.shelf, NOBODY)
    assert found.schema.place == CODE
    found, _ = infer_text(
        coded(tabs, codes=("", "")), "2163000009_2025-2026.csv", small.shelf, NOBODY
    )
    assert found.schema.place == "2163000009"


def test_a_form_that_asks_for_no_code_has_no_column_of_them(small, tabs):
    form = structs.replace(small.form, sheets=small.form.sheets[1:])
    shelf = Shelf(sources={}, codes=small.codes, forms={"small": form})
    grid = coded(tabs, codes=("1", "2"))
    found, kept = infer_text(grid, FILE, shelf, NOBODY)
    assert (kept, found.schema.place) == (grid, CODE)


def test_a_field_of_that_name_is_no_column_of_codes(small, tabs):
    """Where a list asks for codes itself, they are its answers."""
    codes = Field(field="of", term="学校代码", type="text")
    rooms = small.form.sheet("rooms")
    sheets = [small.form.sheets[0], structs.replace(rooms, fields=[*rooms.fields, codes])]
    form = structs.replace(small.form, sheets=sheets)
    assert isinstance(form, Form)
    assert isinstance(form.sheets[1], Sheet)
    shelf = Shelf(sources={}, codes=small.codes, forms={"small": form})
    grid = coded(tabs, codes=("1", "2"))
    _, kept = infer_text(grid, FILE, shelf, NOBODY)
    assert kept == grid


def test_the_answers_may_be_written_wide_or_with_spaces(small, tabs):
    tabs["学校概况"][1][3] = "２１６３ ０００００２"
    found, _ = infer_text(tabs["学校概况"], "2025-2026.csv", small.shelf, NOBODY)
    assert found.schema.place == CODE


# ── sheets that hold no data ────────────────────────────────────────────────


def test_the_page_of_rules_and_the_hidden_sheet_are_told_from_data(small, tabs):
    assert is_rules_text(RULES, small.shelf)
    assert is_rules_text([["_xianxue", "1"]], small.shelf)
    assert not is_rules_text(RULES[:3], small.shelf)
    assert not is_rules_text(tabs["学生"], small.shelf)
    assert not is_rules_text([], small.shelf)
    assert not is_rules_text([[]], small.shelf)
