"""Rows of a strange table put where the form asks for them; what does not go in is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CODES,
    EXPLAIN,
    MUST,
    NONE,
    NOTE,
    ON,
    PERIOD,
    SCHOOL,
    Stage,
    asks,
    form_of,
    grid,
    listed,
    record,
    school,
    sheet,
)

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.mapping.extraction import Haul, Taken, read_source, settled
from xianxue.bureau.returns.mapping.filling import fill, zeros_of
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals
from xianxue.bureau.returns.mapping.row_schools import Whose
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import target_named
from xianxue.bureau.returns.template.prefill import Prefill

FUNDS = asks("funds", "经费", "measure", unit="yuan")
FORM = form_of(
    record(FUNDS, asks("x", "人数"), asks("kind", "类型", "code", codes="school_types"), asks("y", "数", school_types=["111"])),
    grid(asks("girls", "女生数")),
    sheet("staff", "教师", "grid", asks("staff", "教师数"), rows="grades", row_codes=["G1", "G7"]),
    listed(asks("name", "班级名称", "text"), asks("pupils", "学生数")),
)  # fmt: skip
ONE = school(Stage.PRIMARY, code="2163000001", kind="211")


def source(columns, *rows, way="", damage=None, unit=""):
    """Make a table; columns are headers and what they hold, rows begin in line 2."""
    heads = tuple(Head(at, (text,)) for at, (text, _) in enumerate(columns))
    proposed = tuple(
        Proposal(
            head,
            1,
            target_named(FORM, CODES, reference) if reference else None,
            unit=unit,
            decided=True,
        )
        for head, (_, reference) in zip(heads, columns, strict=True)
    )
    cells = [[text for text, _ in columns], *(list(row) for row in rows)]
    table = Table(heads, (0, 0), rows=list(range(1, len(cells))))
    return Source(
        "t.xlsx", "表一", cells, cells, table, FORM, Proposals(way, proposed), damage or {}
    )


def haul_of(*sources, only=""):
    haul = Haul()
    for each in sources:
        read_source(each, CODES, Whose.among([SCHOOL, ONE], ON, only), haul)
    return haul


CODE = ("代码", "school_code")
A, B = "2163000002", "2163000001"


def values(haul, place=A):
    return {
        spot: [taken.cell.value for taken in found]
        for spot, found in haul.cells.get(place, {}).items()
    }


def told(issues):
    return [(issue.code, issue.severity, issue.cell, issue.message) for issue in issues]


# ── reading ─────────────────────────────────────────────────────────────────


def test_one_line_a_school_fills_records_and_rows_of_grids():
    columns = [
        CODE,
        ("人数", "about.x"),
        ("一年级女生", "pupils.G1.girls"),
        ("备注", ""),
        ("教师", "staff.*.staff"),
    ]
    haul = haul_of(source(columns, [A, 5.0, "6", "好", 7.0], [B, "不适用", "", "", "甲"]))
    assert values(haul) == {
        ("about", "", "x"): [5], ("pupils", "G1", "girls"): [6], ("staff", "*", "staff"): [7],
    }  # fmt: skip
    assert values(haul, B) == {
        ("about", "", "x"): [NONE], ("pupils", "G1", "girls"): [BLANK], ("staff", "*", "staff"): [BLANK],
    }  # fmt: skip
    assert haul.issues == []
    assert haul.places == [B, A]
    (taken,) = haul.cells[B][("staff", "*", "staff")]
    assert (taken.cell.written, taken.cell.address, taken.where) == ("甲", "E3", "t.xlsx〔表一〕E3")
    assert not taken.is_blank


def test_several_lines_a_school_say_which_row_is_meant():
    columns = [CODE, ("年级", "pupils.row"), ("女生", "pupils.girls")]
    rows = [
        [A, "一年级", 5.0],
        [A, "二 年级", 6.0],
        [A, "合计", 11.0],
        [A, "十年级", 1.0],
        [A, "", 2.0],
    ]
    haul = haul_of(source(columns, *rows, way="pupils"))
    assert values(haul) == {("pupils", "G1", "girls"): [5], ("pupils", "G2", "girls"): [6]}
    rest = "，这一行没有读；要求：一年级、二年级、七年级、其他。请在原表里改正这一格，再做一次。"
    assert told(haul.issues) == [
        (
            "R-MAP-TOTAL",
            NOTE,
            "B4",
            "t.xlsx〔表一〕B4：“合计”一行是合计，没有读。合计由系统计算，不必管。",
        ),
        ("R-MAP-ROW", MUST, "B5", f"t.xlsx〔表一〕B5：“十年级”不是〔学生〕的一行{rest}"),
        ("R-MAP-ROW", MUST, "B6", f"t.xlsx〔表一〕B6：没有写是哪一行{rest}"),
    ]


def test_lines_of_a_list_are_kept_whole():
    columns = [CODE, ("年级", "rooms.grade"), ("班", "rooms.name"), ("人数", "rooms.pupils")]
    haul = haul_of(
        source(
            columns,
            [A, "一年级", "1班", 40.0],
            [A, "七年级", "1班", ""],
            [B, "", "", 3.0],
            way="rooms",
        )
    )
    assert [
        {name: taken.cell.value for name, taken in line.items()} for line in haul.lines[A]["rooms"]
    ] == [
        {"grade": "G1", "name": "1班", "pupils": 40},
        {"grade": "G7", "name": "1班", "pupils": BLANK},
    ]
    assert len(haul.lines[B]["rooms"]) == 1
    assert haul.places == [B, A]
    assert haul.cells == {}


def test_a_row_of_nobody_is_named_and_the_next_is_read():
    haul = haul_of(source([CODE, ("人数", "about.x")], ["9", 5.0], ["", ""], [A, 6.0]))
    assert [issue.code for issue in haul.issues] == ["R-MAP-PLACE"]
    assert values(haul) == {("about", "", "x"): [6]}


def test_rows_of_nothing_are_named_together():
    haul = haul_of(
        source([CODE, ("人数", "about.x"), ("备注", "")], [A, "", ""], [B, 5.0, ""], [A, "", "好"])
    )
    assert told(haul.issues) == [
        ("R-MAP-EMPTY", NOTE, "A2",
         "t.xlsx〔表一〕A2：有 2 行要读的列全是空的（第 2、4 行），没有可写的。没有数的不必管；有数的请在原表里补上，再做一次。"),
    ]  # fmt: skip
    assert haul.places == [B]


def test_what_was_multiplied_is_told_once_a_column():
    columns = [CODE, ("经费", "about.funds"), ("人数", "about.x")]
    rows = [[A, 12.5, 3.0], [B, "1.00000001", 4.0], [A, "约3", 1.0], [B, "", 5.0], [A, 2.0, 6.0]]
    found = source(columns, *rows, unit="万元")
    people = found.found.columns[2]
    found = Source(
        **{name: getattr(found, name) for name in ("file", "tab", "grid", "full", "table", "form")},
        found=Proposals("", (*found.found.columns[:2], Proposal(people.head, 1, people.target))),
    )
    haul = haul_of(found)
    funds = [taken for place in (A, B) for taken in haul.cells[place]["about", "", "funds"]]
    assert [(taken.cell.value, taken.cell.written, taken.factor) for taken in funds] == [
        (12_500_000, "12.5", "万元×10000"), (BLANK, "约3", ""), (2_000_000, "2", "万元×10000"),
        # What does not come out even keeps its unit, and is complained of.
        (BLANK, "1.00000001万元", ""), (BLANK, "", ""),
    ]  # fmt: skip
    assert told(haul.issues) == [
        ("R-MAP-UNIT", NOTE, "B1",
         "t.xlsx〔表一〕B1：“经费”的单位是万元，2 格（B2、B6）按 1 万元＝10000 元换算。请核对原表填的确实是这个单位。"),
    ]  # fmt: skip
    assert haul.issues[0].field == "about.funds"


def test_a_damaged_cell_is_no_number():
    damage = {"B2": ("=SUM(A1)", "no_result"), "B3": ("B3:B4", "merged")}
    haul = haul_of(source([CODE, ("人数", "about.x")], [A, 5.0], [B, 6.0], damage=damage))
    (one,), (other,) = (haul.cells[place]["about", "", "x"] for place in (A, B))
    assert one.cell == Cell(BLANK, "B2", "=SUM(A1)", "no_result")
    assert other.cell == Cell(BLANK, "B3", "B3:B4", "merged")
    assert not one.is_blank


def test_a_row_shorter_than_the_table_is_blank_at_its_end():
    haul = haul_of(source([CODE, ("人数", "about.x"), ("女生", "pupils.G1.girls")], [A, 5.0]))
    assert values(haul)[("pupils", "G1", "girls")] == [BLANK]


# ── several values for one cell ─────────────────────────────────────────────


def taken(value, at, written=None, tab="表一", reference="about.x"):
    written = ("" if value is BLANK else str(value)) if written is None else written
    return Taken(Cell(value, at, written), "t.xlsx", tab, target_named(FORM, CODES, reference))


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ([taken(5, "B2")], "B2"), ([taken(5, "B2"), taken(5, "B9", "5.0")], "B2"),
        ([taken(BLANK, "B2"), taken(5, "B9")], "B9"), ([taken(BLANK, "B2"), taken(BLANK, "B3")], "B2"),
        # Unread texts are alike only where they are written alike.
        ([taken(BLANK, "B2", "甲"), taken(BLANK, "B3", "甲")], "B2"),
    ],
)  # fmt: skip
def test_said_twice_alike_is_said_once(values, at):
    found, issue = settled(values, A, "f")
    assert found.cell.address == at
    assert issue is None


@pytest.mark.parametrize(
    "other",
    [taken(6, "B9", tab=""), taken(BLANK, "B9", "6", tab=""), taken(NONE, "B9", "6", tab="")],
)
def test_of_several_values_none_is_chosen(other):
    found, issue = settled([taken(5, "B2"), other], A, "f")
    assert found.cell == Cell(BLANK, "B2", "5／6")
    assert found.factor == ""
    assert issue is not None
    assert (issue.code, issue.severity, issue.place, issue.form, issue.field) == (
        "R-MAP-TWICE", MUST, A, "f", "about.x",
    )  # fmt: skip
    assert issue.message == (
        "t.xlsx〔表一〕B2：〔概况〕人数有不止一个数：t.xlsx〔表一〕B2 填了“5”，t.xlsx B9 填了“6”；"
        "要求：一所学校的一项只有一个数。没有替您选，工作簿里写的是“5／6”；请在工作簿里改成对的那个数。"
    )


def test_unread_texts_that_differ_are_two():
    _, issue = settled([taken(BLANK, "B2", "甲"), taken(BLANK, "B3", "乙")], A, "f")
    assert issue is not None


# ── filling in ──────────────────────────────────────────────────────────────


def filled(*sources, place=SCHOOL):
    return fill(FORM, place, PERIOD, CODES, Prefill(), haul_of(*sources))


def cells(found, sheet):
    return {
        row.code: {name: cell.value for name, cell in row.cells.items()}
        for row in found.returned.tables[sheet]
    }


def test_values_stand_where_the_form_asks_for_them():
    columns = [CODE, ("人数", "about.x"), ("女生", "pupils.G7.girls")]
    found = filled(source(columns, [A, 5.0, 6.0]))
    assert (found.returned.place, found.returned.period, found.returned.form) == (
        A,
        "2025-2026",
        "f",
    )
    assert cells(found, "about")[""]["x"] == 5
    assert cells(found, "pupils")["G7"] == {"girls": 6}
    assert cells(found, "pupils")["G1"] == {}
    assert [(tab, label, term, one.where) for tab, label, term, one in found.trail] == [
        ("概况", "", "人数", "t.xlsx〔表一〕B2"), ("学生", "七年级", "女生数", "t.xlsx〔表一〕C2"),
    ]  # fmt: skip
    assert found.issues == []


def test_lines_of_a_list_are_numbered():
    columns = [CODE, ("年级", "rooms.grade"), ("班", "rooms.name"), ("人数", "rooms.pupils")]
    found = filled(source(columns, [A, "一年级", "1班", 40.0], [A, "七年级", "", "x"], way="rooms"))
    assert cells(found, "rooms") == {
        "1": {"grade": "G1", "name": "1班", "pupils": 40}, "2": {"grade": "G7", "pupils": BLANK},
    }  # fmt: skip
    assert {label for _, label, _, _ in found.trail} == {"第 1 行", "第 2 行"}
    (issue,) = found.issues
    assert issue.message == (
        "t.xlsx〔表一〕D3：虚构学校〔班级〕第 2 行·学生数填了“x”，不是数字，照原样写进了工作簿；"
        "要求：整数。确实是零就填 0；还不知道就空着。"
    )


def test_what_a_school_is_not_asked_is_named_and_not_put_in():
    """A field of other types, rows of other stages."""
    columns = [
        CODE,
        ("数", "about.y"),
        ("七年级", "pupils.G7.girls"),
        ("一年级", "pupils.G1.girls"),
    ]
    found = filled(source(columns, [B, 3.0, 4.0, 5.0]), place=ONE)
    rest = "；要求：只填这所学校要填的项目。没有写进工作簿；请核对原表，或核对名册里的办学类型。"
    assert told(found.issues) == [
        (
            "R-MAP-UNASKED",
            EXPLAIN,
            "B2",
            f"t.xlsx〔表一〕B2：虚构学校不填〔概况〕数，这里填了“3”{rest}",
        ),
        (
            "R-MAP-UNASKED",
            EXPLAIN,
            "C2",
            f"t.xlsx〔表一〕C2：虚构学校不填〔学生〕七年级·女生数，这里填了“4”{rest}",
        ),
    ]
    assert "G7" not in cells(found, "pupils")
    assert "y" not in cells(found, "about")[""]
    assert cells(found, "pupils")["G1"] == {"girls": 5}


def test_noughts_that_nobody_asks_for_are_named_together():
    columns = [CODE, ("数", "about.y"), ("七年级", "pupils.G7.girls")]
    found = filled(source(columns, [B, 0.0, 0.0], [B, "", "0"]), place=ONE)
    assert found.issues == []
    assert told(zeros_of({B: found}, "f")) == [
        ("R-MAP-ZERO", NOTE, "B2",
         "t.xlsx〔表一〕B2：〔概况〕数：1 格填的是 0（B2），这些学校不填这一项，没有写进工作簿。不必管。"),
        ("R-MAP-ZERO", NOTE, "C2",
         "t.xlsx〔表一〕C2：〔学生〕七年级·女生数：1 格填的是 0（C2），这些学校不填这一项，没有写进工作簿。不必管。"),
    ]  # fmt: skip
    both = {A: filled(source(columns, [A, 0.0, ""])), B: found}
    first = next(zeros_of(both, "f"))
    assert first.saw == "〔概况〕数：2 格填的是 0（B2、B2），这些学校不填这一项，没有写进工作簿"


def test_one_number_for_two_rows_cannot_be_divided():
    columns = [CODE, ("教师", "staff.*.staff")]
    found = filled(source(columns, [A, 7.0]))
    assert told(found.issues) == [
        ("R-MAP-SPLIT", EXPLAIN, "B2",
         "t.xlsx〔表一〕B2：〔教师〕教师数填了“7”，分不出是一年级、七年级哪一行的；要求：写明是哪一行的数。没有写进工作簿；请在工作簿里分别填写。"),
    ]  # fmt: skip
    assert cells(found, "staff") == {"G1": {}, "G7": {}}
    # A school of one stage has one row.
    found = filled(source(columns, [B, 7.0]), place=ONE)
    assert found.issues == []
    assert cells(found, "staff") == {"G1": {"staff": 7}}


@pytest.mark.parametrize(
    ("fault", "written", "problem", "do"),
    [
        ("no_result", "=A1", "公式没有存下结果", "请在表格软件里打开原表，保存后再做一次。"),
        ("error", "#REF!", "公式算出了错误", "请改正原表的公式，再做一次。"),
        (
            "merged",
            "B2:B3",
            "是几格合并成的，分不出各是多少",
            "请拆开原表的合并格，分别填写，再做一次。",
        ),
    ],
)
def test_a_damaged_cell_goes_in_as_it_stands_and_is_complained_of(fault, written, problem, do):
    found = filled(source([CODE, ("人数", "about.x")], [A, 5.0], damage={"B2": (written, fault)}))
    assert told(found.issues) == [
        ("R-MAP-VALUE", EXPLAIN, "B2",
         f"t.xlsx〔表一〕B2：虚构学校〔概况〕人数填了“{written}”，{problem}，照原样写进了工作簿；要求：整数。{do}"),
    ]  # fmt: skip


def test_a_code_no_list_has_goes_in_as_it_stands():
    found = filled(source([CODE, ("类型", "about.kind")], [A, "大学"]))
    assert told(found.issues) == [
        ("R-MAP-VALUE", EXPLAIN, "B2",
         "t.xlsx〔表一〕B2：虚构学校〔概况〕类型填了“大学”，不合这一项的格式，照原样写进了工作簿；要求：下拉列表里的一项。请在工作簿里改正。"),
    ]  # fmt: skip


def test_several_values_are_complained_of_once():
    columns = [CODE, ("人数", "about.x")]
    found = filled(source(columns, [A, 5.0], [A, 6.0]))
    assert [issue.code for issue in found.issues] == ["R-MAP-TWICE"]
    assert found.returned.tables["about"][0].cells["x"].written == "5／6"


@given(st.lists(st.tuples(st.sampled_from([A, B, "9"]), st.integers(1, 9)), max_size=6))
def test_every_number_goes_in_or_is_named(rows):
    """Of each row: its number stands in a workbook, or a complaint names its cell."""
    haul = haul_of(source([CODE, ("人数", "about.x")], *([code, float(n)] for code, n in rows)))
    for place in (SCHOOL, ONE):
        found = fill(FORM, place, PERIOD, CODES, Prefill(), haul)
        said = [n for code, n in rows if code == place.code]
        cell = found.returned.tables["about"][0].cells.get("x")
        if len(set(said)) == 1:
            assert cell is not None
            assert cell.value == said[0]
        elif said:
            assert cell is not None
            assert cell.written == "／".join(map(str, said))
            assert [issue.code for issue in found.issues] == ["R-MAP-TWICE"]
        else:
            assert cell is None or cell.value is BLANK
    strangers = [f"A{at}" for at, (code, _) in enumerate(rows, 2) if code == "9"]
    assert [issue.cell for issue in haul.issues] == strangers
