"""The hidden sheet: what it says of a workbook, and each way in which it can be wrong."""

from __future__ import annotations

import pytest
from msgspec import structs

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading.schema import full_plan, read_schema, without_schema
from xianxue.bureau.returns.sheets.layout import fingerprint

NEW_TEMPLATE = "请向教育局索取本期的模板，把数据粘贴过去再交"
UNCHANGED = "未改动过的模板"


@pytest.fixture
def hidden(small):
    """The hidden sheet's lines, with some of what they say changed; None leaves a line out."""

    def lines(*sheets, **changes):
        said = {
            "_xianxue": "1",
            "form": "small",
            "version": "1",
            "fingerprint": fingerprint(small.form),
            "period": "2025-2026",
            "place": "2163000002",
        } | changes
        sheets = sheets or (("sheet", "pupils", "学生", "grid", "enrolled girls", "G1 G3"),)
        return (*((name, value) for name, value in said.items() if value is not None), *sheets)

    return lines


def refusal(small, lines):
    with pytest.raises(RefusedError) as caught:
        read_schema(lines, small.shelf)
    error = caught.value
    assert (error.place, error.form, error.cell) == ("", "", "")
    return error.code, error.saw, error.required, error.do, error.sheet


def test_what_the_hidden_sheet_says(small, hidden):
    schema = read_schema(hidden(), small.shelf)
    assert schema.form is small.form
    assert (schema.period.code, schema.place) == ("2025-2026", "2163000002")
    (plan,) = schema.plans
    assert (plan.laid.name, plan.laid.tab, plan.laid.down) == ("pupils", "学生", False)
    assert plan.laid.rows == (("G1", "一年级"), ("G3", "三年级"))
    assert [column.name for column in plan.columns] == ["enrolled", "girls"]


def test_workbooks_with_the_same_hidden_sheet_share_their_plans(small, hidden):
    one, two = (read_schema(hidden(place=place), small.shelf) for place in ("1", "2"))
    assert one is read_schema(hidden(place="1"), small.shelf)
    assert (one.place, two.place) == ("1", "2")
    assert one.plans[0] is two.plans[0]


def test_how_each_kind_of_field_is_read(small, hidden):
    lines = hidden(
        ("sheet", "about", "学校概况", "record", "school_type area name opened_year", ""),
        ("sheet", "pupils", "学生", "grid_down", "enrolled entrants", "G1"),
        ("sheet", "rooms", "班级", "list", "grade pupils", ""),
    )
    about, pupils, rooms = read_schema(lines, small.shelf).plans
    kind, area, name, year = about.columns
    assert kind.lookup["小学"] == "211"
    assert [column.lookup for column in (area, name, year)] == [{}, {}, {}]
    # A square metre is kept in hundredths.
    assert [column.step for column in about.columns] == [0, 100, 0, 0]
    assert [column.whole for column in about.columns] == [False] * 4
    assert [column.letter for column in about.columns] == ["A", "B", "C", "D"]
    assert (about.laid.down, pupils.laid.down, rooms.laid.down) == (True, True, False)
    assert [(c.whole, c.everywhere, c.letter) for c in pupils.columns] == [
        (True, True, "B"),
        (True, False, "C"),
    ]
    assert [(c.field.field, c.name, c.letter) for c in rooms.columns] == [
        ("grade", "grade", "A"),
        ("pupils", "pupils", "B"),
    ]


def test_a_program_may_leave_out_empty_cells_at_the_end_of_a_line(small, hidden):
    short = hidden(("sheet", "about", "学校概况", "record", "name"))
    assert read_schema(short, small.shelf).plans[0].columns[0].name == "name"
    long = hidden(("sheet", "about", "学校概况", "record", "name", "", "", ""))
    assert len(read_schema(long, small.shelf).plans) == 1
    # A line that says a word and nothing of it says nothing.
    assert read_schema((*hidden(place=None), ("place",)), small.shelf).place == ""


# ── what is wrong with it ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"_xianxue": "2"}, ("R-SCHEMA", "隐藏的模板信息看不懂", UNCHANGED, "_xianxue")),
        ({"_xianxue": None}, ("R-SCHEMA", "隐藏的模板信息看不懂", UNCHANGED, "_xianxue")),
        ({"form": "large"}, ("R-FORM", "模板的表式是“large”，这里没有这种表", "下列表式之一：虚构年报", "")),
        ({"form": None}, ("R-FORM", "模板的表式是“”，这里没有这种表", "下列表式之一：虚构年报", "")),
        ({"version": "0.9"}, ("R-VERSION", "这是《虚构年报》0.9 版的模板", "现行的 1 版", "")),
        ({"version": None}, ("R-VERSION", "这是《虚构年报》的模板，看不出是哪一版", "现行的 1 版", "")),
        ({"fingerprint": "x"}, ("R-STRUCTURE", "模板的结构与现行《虚构年报》1 版不一致", "项目、单位与现行表式一致", "")),
        ({"fingerprint": None}, ("R-STRUCTURE", "模板的结构与现行《虚构年报》1 版不一致", "项目、单位与现行表式一致", "")),
        ({"period": "2025"}, ("R-SCHEMA", "时期“2025”不合《虚构年报》", UNCHANGED, "_xianxue")),
    ],
)  # fmt: skip
def test_a_hidden_sheet_that_does_not_fit(small, hidden, changes, complaint):
    code, saw, required, do, sheet = refusal(small, hidden(**changes))
    assert (code, saw, required, sheet) == complaint
    assert do == NEW_TEMPLATE


@pytest.mark.parametrize("period", ["2025-2027", "", None])
def test_a_period_that_is_none(small, hidden, period):
    code, saw, required, do, sheet = refusal(small, hidden(period=period))
    assert (code, required, do, sheet) == ("R-SCHEMA", UNCHANGED, NEW_TEMPLATE, "")
    assert f"“{period or ''}”" in saw


@pytest.mark.parametrize(
    "line",
    [
        ("sheet", "teachers", "教师", "grid", "enrolled", "G1"),
        ("sheet", "pupils", "学生", "grid", "", "G1"),
        ("sheet", "pupils", "学生", "grid", "enrolled boys", "G1"),
    ],
)
def test_a_hand_in_the_hidden_sheet(small, hidden, line):
    saw = f"隐藏的模板信息里，工作表“{line[1]}”的项目不认识"
    assert refusal(small, hidden(line)) == ("R-SCHEMA", saw, UNCHANGED, NEW_TEMPLATE, "_xianxue")


def test_what_is_wrong_first_is_said_first(small, hidden):
    """The hidden sheet's own version, the form, its version, its structure, the period."""
    wrong = {"_xianxue": "2", "form": "x", "version": "2", "fingerprint": "x", "period": "x"}
    codes = []
    for name in list(wrong):
        codes.append(refusal(small, hidden(**wrong))[0])
        del wrong[name]
    assert codes == ["R-SCHEMA", "R-FORM", "R-VERSION", "R-STRUCTURE", "R-SCHEMA"]


def test_forms_are_named_where_one_is_unknown(small, hidden):
    two = Shelf(sources={}, codes={}, forms={"a": small.form, "b": small.form})
    with pytest.raises(RefusedError) as caught:
        read_schema(hidden(form="c"), two)
    assert caught.value.required == "下列表式之一：虚构年报、虚构年报"


# ── a whole sheet, for whoever filled it in ─────────────────────────────────


def test_a_full_plan_has_all_fields_and_rows(small):
    grid = full_plan(small.form, small.form.sheet("pupils"), small.shelf, down=False)
    assert [code for code, _ in grid.laid.rows] == [f"G{n}" for n in range(1, 10)]
    assert [column.name for column in grid.columns] == ["enrolled", "girls", "entrants"]
    assert not grid.laid.down
    assert full_plan(small.form, small.form.sheet("pupils"), small.shelf, down=True).laid.down
    listed = full_plan(small.form, small.form.sheet("rooms"), small.shelf, down=True)
    assert (listed.laid.rows, listed.laid.down) == ((), False)


# ── without the hidden sheet ────────────────────────────────────────────────

RECORD = [
    ["项目", "填写说明与单位", "示例", "填写"],
    ["学校名称", "", "", "虚构学校"],
    ["学校 标识码", "", "", " 2163000002 "],
]


def lost(small, *tabs, grid=RECORD):
    error = without_schema(tabs, lambda tab: grid if tab.strip() == "学校概况" else [], small.shelf)
    return error.code, error.saw, error.required, error.do, error.form, error.place


LOST = "像是《虚构年报》，但隐藏的模板信息（_xianxue）不见了，无法确认版本和时期"
OURS = ("R-NO-SCHEMA", LOST, "未删除隐藏工作表的模板", NEW_TEMPLATE, "small")
STRANGE = (
    "R-NOT-OURS",
    "这个工作簿不是本系统的模板",
    "由教育局发放的填报模板",
    NEW_TEMPLATE,
    "",
    "",
)


def test_one_of_ours_that_lost_its_hidden_sheet_still_says_whose_it_is(small):
    assert lost(small, "学校概况", "学生", "班级") == (*OURS, "2163000002")
    # Two of three sheets are enough, and one beside the page of rules.
    assert lost(small, "学生", "班级") == (*OURS, "")
    assert lost(small, " 学校概况", "说明") == (*OURS, "2163000002")
    assert lost(small, "学生", "Sheet1") == STRANGE
    assert lost(small, "说明", "Sheet1") == STRANGE
    assert lost(small) == STRANGE


def test_half_of_the_sheets_are_enough(small):
    half = structs.replace(small.form, sheets=small.form.sheets[:2])
    shelf = Shelf(sources={}, codes=small.codes, forms={"small": half})
    for tab, code in (("学生", "R-NO-SCHEMA"), ("班级", "R-NOT-OURS")):
        assert without_schema([tab], lambda _: [], shelf).code == code


def test_a_record_that_does_not_say_its_code(small):
    for grid in ([], RECORD[:2], [["学校标识码", "", ""]], [["", "学校标识码", "", "2163000002"]]):
        assert lost(small, "学校概况", "学生", grid=grid) == (*OURS, "")
