"""A form from boxes: its card reads back as what was typed, and becomes a workbook."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xianxue.bureau.kinds.form import Form
from xianxue.catalogue.load import load
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.forms.designing import Box, Design, Leaf, Pair, card_of, placed, preview, written
from xianxue.desk.forms.items import TYPES
from xianxue.desk.returns.duplicates import find_draft
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import ComplaintsError, Workspace

BOXES = (
    Box(term="在校生数", ident="pupils"),
    Box(term="", ident="item_2"),
    Box(term="近视学生数", ident="short", required=False, help="按体检结果", least="0", high="900"),
)
DESIGN = Design(
    ident="eyesight",
    term="近视防控表（虚构）",
    leaves=[Leaf(stages=["primary"], boxes=BOXES)],
    pairs=[Pair("0.2", "at_most", "0.0")],
)
GRADES = Leaf(
    term="分年级",
    layout="grid",
    rows="grades",
    stages=["primary"],
    boxes=[Box(term="本年级近视学生", ident="short")],
)
LIST = Leaf(
    term="配镜名单",
    layout="list",
    boxes=[Box(term="验光机构", ident="shop", type="text"), Box(term="副数", ident="pairs")],
)


def read(tmp_path, design: Design) -> Form:
    path = tmp_path / "design.yaml"
    path.write_text(card_of(design), encoding="utf-8")
    loaded = load(path)
    assert not loaded.issues, [one.message for one in loaded.issues]
    return loaded.shelf.forms["eyesight"]


def changed(**parts: object) -> Design:
    return Design.of({**DESIGN.kept(), **parts})


def test_the_card_says_what_was_typed_and_blank_lines_are_left_out(tmp_path):
    form = read(tmp_path, DESIGN)
    (sheet,) = form.sheets
    assert [(one.field, one.term, one.required) for one in sheet.fields] == [
        ("pupils", "在校生数", True),
        ("short", "近视学生数", False),
    ]
    assert (sheet.fields[1].min, sheet.fields[1].usual_max) == (0, 900)
    assert [one.value for one in sheet.stages] == ["primary"]
    # The lines of the check are those of the boxes, the blank one counted.
    (check,) = form.checks
    assert (check.left, check.relation, check.right, check.severity) == (
        ["eyesight.short"],
        "at_most",
        ["eyesight.pupils"],
        "must_fix",
    )
    assert check.term == "近视学生数不大于在校生数"


def test_sheets_of_all_three_layouts_stand_in_one_form(tmp_path):
    sums = Pair("1.0", "equal", "0.2", "explain")
    design = Design.of({**DESIGN.kept(), "leaves": [DESIGN.leaves[0], GRADES, LIST],
                        "pairs": [*DESIGN.pairs, sums]})  # fmt: skip
    form = read(tmp_path, design)
    assert [(one.sheet, one.layout, one.rows) for one in form.sheets] == [
        ("eyesight", "record", ""),
        ("eyesight_2", "grid", "grades"),
        ("eyesight_3", "list", ""),
    ]
    # A grid beside a record: what is compared is the sum over the whole return, to be explained.
    assert [(one.by, one.severity.value) for one in form.checks] == [
        ("row", "must_fix"),
        ("return", "explain"),
    ]
    again = Leaf(**{**{n: getattr(GRADES, n) for n in GRADES.__struct_fields__}, "term": "再一张"})
    both = Design.of({**DESIGN.kept(), "leaves": [GRADES, again],
                      "pairs": [Pair("0.0", "equal", "1.0")]})  # fmt: skip
    assert read(tmp_path, both).checks[0].by == "code"


@pytest.mark.parametrize("type_", TYPES)
def test_a_field_of_every_type_is_taken(tmp_path, type_):
    box = Box(term="甲", ident="one", type=type_, codes="grades" if type_ == "code" else "")
    form = read(tmp_path, changed(leaves=[Leaf(boxes=[box])], pairs=[]))
    assert form.sheets[0].fields[0].type == type_


def test_a_check_whose_field_is_gone_is_left_out(tmp_path):
    gone = (Pair("0.1", "equal", "0.0"), Pair("4.0", "equal", "0.0"), Pair("x", "equal", "0.0"))
    assert read(tmp_path, changed(pairs=gone)).checks == []


def test_what_is_wrong_is_told_at_the_box_it_was_typed_in(tmp_path):
    boxes = [*BOXES, Box(term="占比", ident="pupils", least="多")]
    design = changed(leaves=[Leaf(term="视力", boxes=boxes)])
    card = written(design)
    lay_out_example(tmp_path, Example.open("demo_county"))
    path = tmp_path / "design.yaml"
    path.write_text(card.text, encoding="utf-8")
    with pytest.raises(ComplaintsError) as error:
        find_draft(Workspace.open(tmp_path), str(path))
    issues = placed(error.value.issues, card)
    assert {(one.sheet, one.cell, one.file) for one in issues} == {("视力", "第 4 栏“占比”", "")}


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool))
def test_no_word_breaks_out_of_its_place(tmp_path_factory, word):
    boxes = (Box(term="在校生数", ident="pupils", help=f"x: {word}]}}# '\""),)
    card = card_of(Design(ident="eyesight", term="表（虚构）", leaves=[Leaf(boxes=boxes)]))
    path = tmp_path_factory.mktemp("word") / "design.yaml"
    path.write_text(card, encoding="utf-8", errors="replace")
    loaded = load(path)
    # Either it is a form with that one field, or the card is refused with its line.
    if not loaded.issues:
        assert len(loaded.shelf.forms["eyesight"].sheets[0].fields) == 1
    else:
        assert all(one.cell or one.saw for one in loaded.issues)


def test_the_workbook_has_the_columns_of_every_sheet(tmp_path):
    lay_out_example(tmp_path, Example.open("demo_county"))
    workspace = Workspace.open(tmp_path)
    design = changed(leaves=[DESIGN.leaves[0], GRADES])
    name, data = preview(workspace, workspace.period(None), card_of(design))
    assert name.endswith("_近视防控表（虚构）_2025-2026.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_name("近视防控表（虚构）").to_python()
    assert any("在校生数" in str(cell) for row in rows for cell in row)
    grades = [row[0] for row in book.get_sheet_by_name("分年级").to_python()]
    assert "一年级" in grades
    assert "九年级" not in grades
