"""Where things stand in a workbook, so that writer and reader mean the same cell."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.returns.sheets.layout import (
    address,
    fingerprint,
    help_of,
    is_down,
    is_shown_only,
    lay_out,
    lay_out_asked,
    letters,
    plain,
    split_address,
    stands_in,
    tab_of,
)


def field(name: str, kind: str = "integer", **more: object) -> Field:
    return Field(**({"field": name, "term": name, "type": kind} | more))  # type: ignore[arg-type]


# ── addresses ───────────────────────────────────────────────────────────────


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_an_address_leads_back_to_its_cell(row, column):
    assert split_address(address(row, column)) == (row, column)


def test_the_columns_of_a_spreadsheet_follow_each_other_as_it_counts_them():
    assert [letters(at) for at in (0, 1, 25, 26, 27, 51, 52, 701, 702, 16383)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
    assert address(0, 0) == "A1"
    assert split_address("") == (-1, -1)
    assert split_address("AA10") == (9, 26)


# ── a sheet laid out ────────────────────────────────────────────────────────


def test_a_grid_across(small):
    sheet = small.form.sheet("pupils")
    laid = lay_out(sheet, sheet.fields[:2], ["G3", "G1"], small.codes, down=False)
    assert (laid.name, laid.tab, laid.layout, laid.down) == ("pupils", "学生", "grid", False)
    # Rows stand in the order of their list, whatever order they are asked in.
    assert laid.rows == (("G1", "一年级"), ("G3", "三年级"))
    assert laid.heads == ("年级", "在校生数", "女生数")
    assert laid.helps == ("填写说明与单位", "填整数\n必填 · 单位：人", "填整数\n选填 · 单位：人")
    assert laid.examples == ("示例", "", "")
    assert (laid.first_column, laid.answers, laid.way) == (1, laid.rows, "grid")
    assert [each.field for each in laid.fields] == ["enrolled", "girls"]


def test_a_grid_downwards(small):
    sheet = small.form.sheet("pupils")
    laid = lay_out(sheet, sheet.fields[:2], ["G1", "G3"], small.codes, down=True)
    assert laid.heads == ("项目", "填写说明与单位", "示例", "一年级", "三年级")
    assert laid.helps == ("填整数\n必填 · 单位：人", "填整数\n选填 · 单位：人")
    assert (laid.down, laid.first_column, laid.way) == (True, 1, "grid_down")
    assert laid.answers == (("G1", "一年级"), ("G3", "三年级"))


def test_a_record_is_always_downwards_and_a_list_never(small):
    about, rooms = small.form.sheet("about"), small.form.sheet("rooms")
    for down in (True, False):
        record = lay_out(about, about.fields[:3], [], small.codes, down=down)
        assert (record.down, record.first_column, record.way) == (True, 0, "record")
        assert record.heads == ("项目", "填写说明与单位", "示例", "填写")
        assert record.answers == (("", "填写"),)
        assert record.examples == ("例：2163000001", "", "")
        listed = lay_out(rooms, rooms.fields, ["G1"], small.codes, down=down)
        assert (listed.down, listed.rows, listed.way) == (False, (), "list")
        assert listed.heads == ("年级", "班级名称", "学生数")
    # The example of a code is the term one chooses.
    assert listed.examples == ("例：一年级", "例：一（1）班", "例：45")


def test_the_example_of_a_code_is_shown_by_its_term(small):
    rooms = small.form.sheet("rooms")
    for example, shown in (
        ("G2 第二个", "例：二年级"),
        ("G2", "例：二年级"),
        ("某级", "例：某级"),
        ("", ""),
    ):
        grade = structs.replace(rooms.fields[0], example=example)
        assert lay_out(rooms, [grade], [], small.codes, down=False).examples == (shown,)


def test_what_a_place_is_asked_is_what_is_laid_out(small):
    day = small.period.reference_day
    for place, rows in ((small.primary, 6), (small.nine_year, 9)):
        about, pupils, rooms = (
            lay_out_asked(each, small.codes) for each in asked(small.form, place, day, small.codes)
        )
        # 公用经费 is asked of nine-year schools alone.
        assert len(about.fields) == (9 if rows == 9 else 8)
        assert (len(pupils.rows), pupils.down, len(rooms.rows)) == (rows, False, 0)


# ── across or downwards ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "fields", "down"),
    [(4, 5, True), (4, 4, False), (5, 6, False), (1, 2, True), (3, 2, False)],
)
def test_few_rows_and_more_fields_stand_downwards(small, rows, fields, down):
    sheet = Sheet(
        sheet="x", term="x", layout="grid", rows="grades",
        row_codes=[f"G{n}" for n in range(1, rows + 1)],
        fields=[field(f"f{n}") for n in range(fields)],
    )  # fmt: skip
    assert is_down(sheet, small.codes) is down


def test_records_stand_downwards_and_lists_across(small):
    assert is_down(small.form.sheet("about"), small.codes)
    assert not is_down(small.form.sheet("rooms"), small.codes)


# ── words around the cells ──────────────────────────────────────────────────


def test_help_says_what_to_enter_whether_one_must_and_the_unit():
    assert help_of(field("x", unit="class")) == "填整数\n必填 · 单位：班"
    assert help_of(field("x", "measure", unit="square_metre", required=False)) == (
        "填数字\n选填 · 单位：平方米 · 最多 2 位小数"
    )
    assert help_of(field("x", "measure", unit="hour")) == "填数字\n必填 · 单位：学时"
    assert help_of(field("x")) == "填整数\n必填"
    assert help_of(field("x", "text", unit="person")) == "填文字\n必填"
    assert help_of(field("x", "code", codes="grades")) == "从下拉列表中选\n必填"
    assert help_of(field("x", "yes_no", required=False)) == "选“是”或“否”\n选填"
    assert help_of(field("x", "date")) == "填日期，如 2025-09-01\n必填"
    assert help_of(field("x", "year", unit="year")) == "填四位年份\n必填"
    assert help_of(field("x", "year", help="按批文")) == "按批文\n必填"


def test_tabs_bear_what_excel_allows(small):
    sheet = small.form.sheet("pupils")
    for term, tab in (
        ("学生", "学生"),
        ("教职工/[专任]", "教职工／／专任／"),
        ("a:b*c?d\\e", "a／b／c／d／e"),
    ):
        assert tab_of(structs.replace(sheet, term=term)) == tab
    assert tab_of(structs.replace(sheet, term="长" * 32)) == "长" * 31


def test_what_is_shown_and_never_read():
    assert [is_shown_only(text) for text in ("合计", "上年·x", "已有·x")] == [True] * 3
    assert [is_shown_only(text) for text in ("小计", "上年x", "x上年·", "")] == [False] * 4


def test_a_field_stands_in_its_rows_or_in_all():
    assert stands_in(field("x"), "G1")
    assert stands_in(field("x", rows=["G1"]), "G1")
    assert not stands_in(field("x", rows=["G1"]), "G2")


@given(st.text("在校生数Ａaｂ1９（）：- \u3000\n\t"))
def test_a_plain_text_is_its_own_plain_text(text):
    assert plain(plain(text)) == plain(text)
    assert not re.search(r"\s|[Ａ（A]", plain(text))


# ── the fingerprint ─────────────────────────────────────────────────────────


def changed(form, at, **more):
    sheets = [*form.sheets]
    sheets[at] = structs.replace(sheets[at], **more)
    return structs.replace(form, sheets=sheets)


def test_what_a_reader_relies_on_changes_the_fingerprint(small):
    form = small.form
    first = form.sheets[0].fields[0]
    others = form.sheets[0].fields[1:]

    def with_first(**more):
        return changed(form, 0, fields=[structs.replace(first, **more), *others])

    different = [
        structs.replace(form, form="x"),
        structs.replace(form, version="2"),
        structs.replace(form, filed_by="county"),
        structs.replace(form, period="calendar_year"),
        structs.replace(form, sheets=form.sheets[::-1]),
        structs.replace(form, sheets=form.sheets[:2]),
        changed(form, 0, sheet="x"),
        changed(form, 0, term="x"),
        changed(form, 0, layout="list"),
        changed(form, 1, rows="school_types"),
        changed(form, 1, row_codes=["G1"]),
        changed(form, 2, stage_by="name"),
        changed(form, 0, stage="primary"),
        changed(form, 0, fields=[*others, first]),
        with_first(field="x"),
        with_first(term="x"),
        with_first(type="integer"),
        with_first(unit="person"),
        with_first(codes="grades"),
        with_first(rows=["G1"]),
        with_first(prefilled_from="a.b"),
    ]
    marks = {fingerprint(form), *(fingerprint(each) for each in different)}
    assert len(marks) == 1 + len(different)
    assert all(re.fullmatch(r"[0-9a-f]{64}", mark) for mark in marks)


def test_what_may_be_mended_leaves_filled_workbooks_valid(small):
    form = small.form
    first, *others = form.sheets[0].fields
    more = {"min": Decimal(1), "help": "x", "example": "y", "required": False, "synonyms": ["z"]}
    mended = changed(form, 0, fields=[structs.replace(first, **more), *others], help="x")
    assert fingerprint(structs.replace(mended, checks=[], term="改了名")) == fingerprint(form)
