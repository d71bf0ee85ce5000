"""A form from boxes: its card reads back as what was typed, and becomes a workbook."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from xianxue.bureau.kinds.form import Form
from xianxue.catalogue.load import load
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.forms.designing import Box, Design, Pair, card_of, preview
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

WORDS = {"at_most": "不大于", "equal": "等于", "at_least": "不小于"}
BOXES = (
    Box(term="在校生数", ident="pupils"),
    Box(term="", ident="item_2"),
    Box(term="近视学生数", ident="short", required=False, help="按体检结果"),
)
DESIGN = Design(
    ident="eyesight",
    term="近视防控表（虚构）",
    stages=["primary"],
    boxes=BOXES,
    pairs=[Pair(2, "at_most", 0)],
)


def read(tmp_path, card: str) -> Form:
    path = tmp_path / "design.yaml"
    path.write_text(card, encoding="utf-8")
    loaded = load(path)
    assert not loaded.issues, loaded.issues
    return loaded.shelf.forms["eyesight"]


def test_the_card_says_what_was_typed_and_blank_lines_are_left_out(tmp_path):
    form = read(tmp_path, card_of(DESIGN, WORDS, "请核对"))
    (sheet,) = form.sheets
    assert [(one.field, one.term, one.required) for one in sheet.fields] == [
        ("pupils", "在校生数", True),
        ("short", "近视学生数", False),
    ]
    assert [one.value for one in sheet.stages] == ["primary"]
    # The lines of the check are those of the boxes, the blank one counted.
    (check,) = form.checks
    assert (check.left, check.relation, check.right) == (
        ["eyesight.short"],
        "at_most",
        ["eyesight.pupils"],
    )
    assert check.term == "近视学生数不大于在校生数"


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool))
def test_no_word_breaks_out_of_its_place(tmp_path_factory, word):
    boxes = (Box(term="在校生数", ident="pupils", help=f"x: {word}]}}# '\""),)
    card = card_of(Design(ident="eyesight", term="表（虚构）", boxes=boxes), WORDS, "")
    path = tmp_path_factory.mktemp("word") / "design.yaml"
    path.write_text(card, encoding="utf-8", errors="replace")
    loaded = load(path)
    # Either it is a form with that one field, or the card is refused with its line.
    if not loaded.issues:
        assert len(loaded.shelf.forms["eyesight"].sheets[0].fields) == 1
    else:
        assert all(one.cell or one.saw for one in loaded.issues)


def test_the_workbook_has_the_columns(tmp_path):
    lay_out_example(tmp_path, Example.open("demo_county"))
    workspace = Workspace.open(tmp_path)
    name, data = preview(workspace, workspace.period(None), card_of(DESIGN, WORDS, "请核对"))
    assert name.endswith("_近视防控表（虚构）_2025-2026.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_name("近视防控表（虚构）").to_python()
    assert any("在校生数" in str(cell) for row in rows for cell in row)
