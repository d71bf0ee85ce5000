"""What somebody decided of a table's columns: taken over, refused, kept and known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import CODES, asks, form_of, grid, listed, record
from national import national

from xianxue.bureau.kinds.mapping import MappedColumn
from xianxue.bureau.returns.mapping.decisions import (
    card_of,
    decided,
    faults_of,
    fingerprint_of,
    from_card,
    known_again,
)
from xianxue.bureau.returns.mapping.lacking import Lack, lacks_of
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals, columns_of, name_of
from xianxue.bureau.returns.mapping.scoring import SURE, SYNONYM, text_score
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import is_line, target_named, targets_of, ways_of
from xianxue.bureau.values.record import replace

FUNDS = asks("funds", "经费", "measure", unit="yuan")
FORM = form_of(
    record(
        asks("school_code", "学校代码", "text"),
        asks("name", "名称", "text"),
        FUNDS,
        asks("x", "人数"),
    ),
    grid(asks("girls", "女生数"), asks("boys", "男生数", rows=["G1", "G2"])),
    listed(asks("name", "班级名称", "text"), asks("pupils", "学生数")),
)


def target(reference):
    found = target_named(FORM, CODES, reference)
    assert found is not None, reference
    return found


def table(*heads, above="", rows=(("1",),)):
    """Make a table with these headers in its second line, and its grid."""
    made = Table(
        tuple(Head(at, (text,)) for at, text in enumerate(heads)), (1, 1),
        rows=list(range(2, 2 + len(rows))), around=[(0, 0)] if above else [],
    )  # fmt: skip
    return made, [[above], list(heads), *(list(row) for row in rows)]


def proposals(*references, **more):
    """Propose what each column holds; None where nobody knows."""
    return Proposals(
        more.pop("way", ""),
        tuple(
            Proposal(Head(at, (f"列{at}",)), 1, target(each) if each else None, 0.9, **more)
            for at, each in enumerate(references)
        ),
    )


def said(found):
    return [
        (each.target.reference if each.target else "", each.certainty, str(each.doubt))
        for each in found.columns
    ]


# ── what a column may hold ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reference", "named", "line"),
    [
        ("school_code", "学校代码", False), ("name", "学校名称", False),
        # Whose the row is, whichever way it is spelt.
        ("about.school_code", "学校代码", False), ("about.name", "学校名称", False),
        ("about.x", "〔概况〕人数", False), ("pupils.G1.girls", "〔学生〕一年级·女生数", False),
        ("pupils.girls", "〔学生〕女生数", True), ("pupils.row", "〔学生〕grades", True),
        ("rooms.name", "〔班级〕班级名称", True), ("rooms.grade", "〔班级〕年级", True),
    ],
)  # fmt: skip
def test_what_a_reference_names(reference, named, line):
    found = target(reference)
    assert found.named == named
    assert is_line(found) is line


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "x",
        "about",
        "about.none",
        "none.x",
        "pupils.G7.boys",
        "pupils.G9.girls",
        "pupils.*.girls",
    ],
)
def test_what_no_reference_names(reference):
    assert target_named(FORM, CODES, reference) is None


def test_a_row_need_not_be_named_where_each_is_another_stage():
    form = form_of(grid(asks("girls", "女生数"), row_codes=["G1", "G7"]))
    assert target_named(form, CODES, "pupils.*.girls") is not None
    # One without a stage, and nobody knows which row is meant.
    form = form_of(grid(asks("girls", "女生数"), row_codes=["G1", "GX"]))
    assert target_named(form, CODES, "pupils.*.girls") is None


def test_what_a_table_of_one_line_a_school_may_hold():
    assert [each.reference for each in targets_of(FORM, CODES)] == [
        "school_code", "name", "about.funds", "about.x",
        "pupils.G1.girls", "pupils.G1.boys", "pupils.G2.girls", "pupils.G2.boys",
        "pupils.G7.girls", "pupils.GX.girls",
    ]  # fmt: skip
    assert [each.reference for each in targets_of(FORM, CODES, only="about")] == [
        "school_code", "name", "about.funds", "about.x",
    ]  # fmt: skip
    held = form_of(record(asks("x", "人数", prefilled_from="a.x")), filed_by="county")
    assert targets_of(held, CODES) == []


def test_what_a_table_of_several_lines_a_school_may_hold():
    assert [each.reference for each in targets_of(FORM, CODES, "pupils")][2:] == [
        "pupils.row", "pupils.girls", "pupils.boys",
    ]  # fmt: skip
    assert [each.reference for each in targets_of(FORM, CODES, "rooms")][2:] == [
        "rooms.grade", "rooms.name", "rooms.pupils",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("only", "ways"),
    [
        ("", ["", "pupils", "rooms"]),
        ("about", [""]),
        ("pupils", ["", "pupils"]),
        ("rooms", ["rooms"]),
    ],
)
def test_the_ways_a_table_may_be_read(only, ways):
    assert ways_of(FORM, only) == ways


NAMES = (
    *("校名", "学校", "学校全称", "学校（园）名称", "幼儿园名称", "园名", "单位名称", "机构名称"),
    *("School Name", "school"),
)
CODES_CALLED = (
    *("学校标识码", "学校(机构)标识码", "机构标识码", "标识码", "学校代码", "学校编码", "机构代码"),
    *("单位代码", "School Code", "school id"),
)


@pytest.mark.parametrize(
    ("header", "reference"),
    [*((each, "name") for each in NAMES), *((each, "school_code") for each in CODES_CALLED)],
)
def test_each_word_for_whose_a_row_is_is_known(header, reference):
    form = form_of(record(asks("x", "人数")))
    whose = {each.reference: each for each in targets_of(form, CODES) if each.sheet is None}
    other = whose[{"name": "school_code", "school_code": "name"}[reference]]
    assert text_score(Head(0, (header,)), whose[reference])[0] >= SYNONYM
    assert text_score(Head(0, (header,)), other)[0] < SURE


@pytest.mark.parametrize(
    ("score", "doubt", "decided_", "certainty", "is_open"),
    [
        (0.75, "", False, "sure", False), (0.7499, "", False, "ask", True), (1.0, "?", False, "ask", True),
        (0.0, "", True, "decided", False),
    ],
)  # fmt: skip
def test_how_sure_a_proposal_is(score, doubt, decided_, certainty, is_open):
    each = Proposal(Head(0, ("甲",)), 1, target("about.x"), score, doubt=doubt, decided=decided_)
    assert (each.certainty, each.is_open) == (certainty, is_open)
    nothing = replace(each, target=None)
    assert (nothing.certainty, nothing.is_open) == (
        ("skipped", False) if decided_ else ("unknown", True)
    )


# ── taken over ──────────────────────────────────────────────────────────────


def test_what_somebody_chose_is_decided_and_taken_from_any_other():
    found = decided(proposals("about.x", "about.funds", None), {1: target("about.x")})
    assert said(found) == [
        ("", "unknown", "〔概况〕人数已经指定了另一列"),
        ("about.x", "decided", ""),
        ("", "unknown", ""),
    ]


def test_what_is_skipped_holds_nothing():
    found = decided(proposals("about.x", "about.funds", doubt="像别的"), {}, [0])
    assert said(found) == [("", "skipped", ""), ("about.funds", "ask", "像别的")]


def test_the_rest_may_be_right_as_it_was_proposed():
    found = decided(
        proposals("about.x", "about.funds", "pupils.G1.girls", None),
        {1: target("about.x")},
        rest=True,
    )
    assert [certainty for _, certainty, _ in said(found)] == [
        "skipped", "decided", "decided", "skipped",
    ]  # fmt: skip
    # What was decided before stays so.
    again = decided(found, {2: target("pupils.G1.girls")})
    assert [certainty for _, certainty, _ in said(again)][1:3] == ["decided", "decided"]


def test_what_was_chosen_says_how_the_table_is_read():
    lines = proposals("pupils.row", "pupils.girls", way="pupils")
    assert decided(lines, {}).way == "pupils"
    assert decided(lines, {}, [1]).way == "pupils"
    assert decided(lines, {0: target("rooms.grade"), 1: target("rooms.pupils")}).way == "rooms"
    assert decided(lines, {0: target("about.x"), 1: target("about.funds")}).way == ""
    assert decided(proposals("about.x", way="x"), {0: target("pupils.girls")}).way == "pupils"


# ── what cannot be ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("references", "faults"),
    [
        (["about.x", "pupils.G1.girls", None], []), (["pupils.row", "pupils.girls"], []),
        (["school_code", "rooms.grade", "rooms.pupils"], []),
        (["about.x", "about.x", "about.funds"], ["about.x 指定给了不止一列"]),
        (["name", "name", "about.x", "about.x"], ["about.x 指定给了不止一列", "name 指定给了不止一列"]),
        (["about.x", "rooms.pupils"],
         ["一校几行的项目和一校一行的项目不能放在一起：about.x、rooms.pupils"]),
        (["rooms.pupils", "pupils.row", "pupils.girls"],
         ["一校几行的项目和一校一行的项目不能放在一起：pupils.girls、pupils.row、rooms.pupils"]),
        (["pupils.girls"], ["没有一列写明是〔学生〕的哪一行（pupils.row）"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_word_by_word(references, faults):
    assert faults_of(proposals(*references)) == faults


# ── kept and known again ────────────────────────────────────────────────────


def test_a_table_is_known_by_its_headers_in_any_order():
    one, _ = table("学校代码", "人数（人）")
    other, _ = table("人数 (人)", " 学校 代码")
    assert fingerprint_of(one) == fingerprint_of(other)
    for heads in (
        ("学校代码",),
        ("学校代码", "人数（人）", "人数（人）"),
        ("学校代码", "人数（名）"),
    ):
        assert fingerprint_of(table(*heads)[0]) != fingerprint_of(one)
    # A column without a header is none.
    assert fingerprint_of(replace(one, heads=(*one.heads, Head(2, ())))) == fingerprint_of(one)


@given(st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=5), st.data())
def test_only_the_headers_and_how_often_they_stand_count(heads, data):
    shuffled = data.draw(st.permutations(heads))
    assert fingerprint_of(table(*heads)[0]) == fingerprint_of(table(*shuffled)[0])
    more = [*heads, "戊"]
    assert fingerprint_of(table(*more)[0]) != fingerprint_of(table(*heads)[0])


def read(made, *references, units=()):
    columns = []
    for at, head in enumerate(columns_of(made)):
        each = references[at] if at < len(references) else None
        unit = units[at] if at < len(units) else ""
        columns.append(Proposal(head, 1, target(each) if each else None, unit=unit))
    return Proposals("", tuple(columns))


def test_a_card_says_what_was_decided():
    made, _ = table("学校代码", "经费", "备注", "人数")
    found = read(made, "school_code", "about.funds", None, "about.x", units=("", "万元", "", "人"))
    card = card_of(FORM, made, found, "虚构.xlsx〔表一〕")
    digest = fingerprint_of(made)
    assert (card.mapping, card.term) == (f"f_{digest[:12]}", f"虚构.xlsx〔表一〕 {digest[:12]}")
    assert (card.form, card.fingerprint, card.skipped) == ("f", digest, ["备注"])
    assert card.columns == [
        MappedColumn(column="学校代码", nth=1, field="school_code", unit=""),
        # Only a unit that numbers have to be converted from is kept.
        MappedColumn(column="经费", nth=1, field="about.funds", unit="万元"),
        MappedColumn(column="人数", nth=1, field="about.x", unit=""),
    ]


def test_a_card_is_found_by_headers_and_form():
    made, _ = table("甲", "乙")
    card = card_of(FORM, made, read(made, "about.x"), "a")
    other = card_of(form_of(form="g"), made, read(made), "a")
    assert known_again([card], made) is card
    assert known_again([other, card], made, "f") is card
    assert known_again([card], made, "g") is None
    assert known_again([card], table("甲")[0]) is None
    assert known_again([], made) is None


def test_a_card_is_read_by_name_wherever_the_columns_stand():
    """Two columns are called alike: the first and the second of them."""
    made, _ = table("人数", "人数", "备注")
    found = Proposals(
        "",
        (
            Proposal(made.heads[0], 1, target("about.x")),
            Proposal(made.heads[1], 2, target("pupils.G1.girls")),
            Proposal(made.heads[2], 1, None),
        ),
    )
    card = card_of(FORM, made, found, "a")
    again, again_grid = table("备注", "人数", "人数", rows=(("", "", "7"), ("好", "8", "")))
    read_again = from_card(card, again, again_grid, FORM, CODES)
    assert said(read_again) == [
        ("", "skipped", ""), ("about.x", "decided", ""), ("pupils.G1.girls", "decided", ""),
    ]  # fmt: skip
    assert [each.example for each in read_again.columns] == ["好", "8", "7"]
    assert [each.nth for each in read_again.columns] == [1, 1, 2]
    assert read_again.way == ""


def test_a_card_of_several_lines_says_so():
    made, rows = table("年级", "女生数")
    card = card_of(FORM, made, read(made, "pupils.row", "pupils.girls"), "a")
    assert from_card(card, made, rows, FORM, CODES).way == "pupils"


def test_a_card_for_a_field_that_is_gone_skips_it():
    made, rows = table("人数")
    card = card_of(FORM, made, read(made, "about.x"), "a")
    assert said(from_card(card, made, rows, form_of(record(FUNDS)), CODES)) == [("", "skipped", "")]


@pytest.mark.parametrize(
    ("last", "above", "doubt"),
    [
        ("万元", "单位：万元", ""), ("", "", ""), ("", "单位：元", ""),
        ("万元", "单位：元", "上次的单位是万元，这次写的是元"),
        ("万元", "", "上次的单位是万元，这次写的是元"),
        ("", "单位：万元", "上次的单位是元，这次写的是万元"),
        ("万元", "单位：千元", "上次的单位是万元，这次写的是千元"),
    ],
)  # fmt: skip
def test_a_unit_that_has_changed_is_asked_again(last, above, doubt):
    made, _ = table("经费")
    card = card_of(FORM, made, read(made, "about.funds", units=(last,)), "a")
    again, again_grid = table("经费", above=above)
    (each,) = from_card(card, again, again_grid, FORM, CODES).columns
    assert each.doubt == doubt
    assert each.certainty == ("ask" if doubt else "decided")
    assert each.unit == above.removeprefix("单位：")


# ── what is lacking ─────────────────────────────────────────────────────────


def lacking(form, *references):
    targets = [target_named(form, CODES, each) for each in references]
    found = Proposals("", tuple(Proposal(Head(0, ("x",)), 1, each) for each in targets))
    return [(each.reference, each.text) for each in lacks_of(form, found, CODES)]


def test_a_field_in_no_column_is_lacking():
    assert lacking(FORM, "about.x", "pupils.girls", "rooms.grade", "rooms.name") == [
        ("about.funds", "经费"), ("pupils.boys", "男生数"), ("rooms.pupils", "学生数"),
    ]  # fmt: skip


def test_what_is_voluntary_held_or_known_is_not_lacking():
    form = form_of(
        record(
            asks("school_code", "代码", "text"), asks("township", "乡镇", "text"),
            asks("x", "人数", required=False), asks("y", "数", prefilled_from="a.y"),
        ),
        listed(asks("name", "班级名称", "text")),
    )  # fmt: skip
    # The name in a list is that of a class, which no register knows.
    assert lacking(form) == [("rooms.grade", "年级"), ("rooms.name", "班级名称")]


def test_some_rows_of_a_grid_may_be_lacking():
    assert lacking(FORM, "about.x", "about.funds", "pupils.G1.girls", "pupils.G1.boys", "pupils.G2.boys")[0] == (
        "pupils.girls", "女生数（二年级、七年级、其他）",
    )  # fmt: skip
    # One row of two; all; and none, which is the field as a whole.
    assert ("pupils.boys", "男生数（二年级）") in lacking(FORM, "pupils.G1.boys")
    assert "pupils.boys" not in dict(lacking(FORM, "pupils.G1.boys", "pupils.G2.boys"))
    assert ("pupils.boys", "男生数") in lacking(FORM)
    form = form_of(grid(asks("girls", "女生数"), row_codes=["G1", "G7"]))
    assert lacking(form, "pupils.*.girls") == []
    assert Lack(FORM.sheets[1], FORM.sheets[1].fields[0]).text == "女生数"


def test_a_column_is_named_as_it_was_written():
    assert name_of(Head(0, ("经 费", "（ 万元 ）"))) == "经费·（万元）"
    assert name_of(Head(0, ("School  Code ",))) == "School Code"
    assert name_of(Head(0, ())) == "（没有表头）"


def test_an_item_may_be_named_as_people_see_it():
    """By its sheet's tab, row and term; the way a program names it goes on."""
    loaded = national().shelf
    form, codes = loaded.forms["school_annual"], loaded.codes
    for reference in ("students.G1.girls", "premises.books", "school_code", "kindergarten.books"):
        target = target_named(form, codes, reference)
        assert target is not None
        assert target_named(form, codes, target.named) == target
    assert target_named(form, codes, "〔校舍与设备〕图书馆") is None
    assert target_named(form, codes, "〔没有这张表〕图书") is None
