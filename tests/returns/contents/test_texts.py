"""Headers, labels and remarks reduced to what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.contents.texts import (
    NOTHING,
    bare,
    is_note,
    is_nothing,
    is_total,
    label_key,
    places,
    readings,
    unit_said,
)
from xianxue.bureau.returns.sheets.layout import split_address

# ── what can be seen of a text ──────────────────────────────────────────────


@given(st.text("在校生数Ａaｂ1９（）㎡：-_ \u3000\n\t\u200b\ufeff"))
def test_a_bare_text_is_its_own_bare_text(text):
    assert bare(bare(text)) == bare(text)
    assert not any(char.isspace() for char in bare(text))


def test_width_case_spaces_and_invisible_signs_do_not_count():
    assert bare("Ａ级 \u3000\n学校\u200b\ufeff") == "a级学校"
    assert bare("㎡") == "m2"
    assert bare("\u200b") == ""


@pytest.mark.parametrize("text", sorted(NOTHING))
def test_every_way_to_say_nothing_is_understood(text):
    assert is_nothing(f" {text.upper()}　")


@pytest.mark.parametrize("text", ["0", "", "无人", "-1", "有", "----"])
def test_what_says_something_is_not_nothing(text):
    assert not is_nothing(text)


# ── sums and notes ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["合计", "总 计：", "小计", "共计", "总数", "计", "全校合计", "Total", "SUM:"]
)
def test_a_sum_is_known_by_its_label(text):
    assert is_total(text)


@pytest.mark.parametrize("text", ["合计数", "设计", "", "合计（人）", "：合计"])
def test_what_only_holds_the_word_is_no_sum(text):
    assert not is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "注：略", "备注1、略", "说明.略", "附注:略", "提示：略", "填表说明：略", "填报说明 2．略",
        "填表人：某", "填报人", "制表 某", "制表人（签字）", "经办人(", "审核：", "审核人 某", "单位负责人：",
        "负责人：", "填报日期：", "填表日期：", "填报时间:", "签字", "签名：", "盖章",
        "校长：", "园长:", "电话：1", "联系电话：", "联系人：", "日期：", "学校（盖章）", "单位 (公章)", " 注：略 ",
    ],
)  # fmt: skip
def test_what_stands_below_a_table_is_a_note(text):
    assert is_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "一年级",
        "注意事项",
        "备注",
        "备注栏",
        "制表人员数",
        "审核人数",
        "校长",
        "电话",
        "学校名称",
        "学校（小学）",
        "见注：略",
        "",
    ],
)
def test_what_begins_alike_is_no_note(text):
    assert not is_note(text)


# ── headers ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在校生数", [("在校生数", "")]),
        ("在校生数：", [("在校生数:", ""), ("在校生数", "")]),
        ("★☆在校生数*", [("★☆在校生数*", ""), ("在校生数", "")]),
        ("①在校生数", [("1在校生数", ""), ("在校生数", "")]),
        ("（一）在校生数", [("(一)在校生数", ""), ("在校生数", "")]),
        ("12)在校生数", [("12)在校生数", ""), ("在校生数", "")]),
        ("3.在校生数", [("3.在校生数", ""), ("在校生数", "")]),
        ("3.5米跑道", [("3.5米跑道", "")]),
        ("一、1、在校生数", [("一、1、在校生数", ""), ("在校生数", "")]),
        # The unit is the one nearest to the end that is one.
        ("经费（万元）（必填）", [("经费(万元)(必填)", ""), ("经费", "万元")]),
        ("经费（必填）【单位：元】", [("经费(必填)【单位:元】", ""), ("经费", "元")]),
        ("经费[亿]〔元〕", [("经费[亿]〔元〕", ""), ("经费", "元")]),
        ("（元）", [("(元)", "")]),
        # A second line explains the first; one that goes on is joined to it.
        ("在校生数\n填9月1日的人数", [("在校生数填9月1日的人数", ""), ("在校生数", "")]),
        ("在校\n生数", [("在校生数", ""), ("在校", "")]),
        ("在校生数\r\n（人）", [("在校生数(人)", ""), ("在校生数", "人")]),
        ("其中：女生数", [("其中:女生数", ""), ("女生数", "")]),
        ("其中女生数（人）", [("其中女生数(人)", ""), ("其中女生数", "人"), ("女生数", "人")]),
        ("其中", [("其中", "")]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_what_a_header_may_be_a_way_of_writing(text, found):
    assert list(readings(text)) == found


@given(st.sampled_from(["在校生数", "公用经费", "校舍面积"]), st.data())
def test_no_ornament_hides_a_term(term, data):
    front = data.draw(st.sampled_from(["", "*", "1、", "（2）", "③", "★ 4. "]))
    behind = data.draw(st.sampled_from(["", "：", "（人）", "（单位：万元）*", "\n（必填）", "；"]))
    assert term in dict(readings(front + term + behind))


def test_a_unit_in_brackets():
    assert [unit_said(text) for text in ("单位：万元", "单位元", "人", "：亩")] == [
        "万元",
        "元",
        "人",
        "亩",
    ]
    for word in ("必填", "选填", "公章", "盖章", " 必 填 "):
        assert unit_said(word) == ""
    # Six signs may be a unit, seven are a remark.
    assert unit_said("元每人每年度") == "元每人每年度"
    assert unit_said("元每人每一年度") == ""


# ── labels ──────────────────────────────────────────────────────────────────


def test_labels_with_either_numerals_ornaments_and_brackets_are_one():
    for label in ("一年级", "1年级", "１ 年级：", "★一年级", "一年级（小学）", "（3）一年级"):
        assert label_key(label) == "1年级"
    assert label_key("二年级") == "2年级"
    assert label_key("十一年级") == "11年级"


# ── cells as ranges ─────────────────────────────────────────────────────────


def test_cells_are_written_column_by_column_as_ranges():
    assert places([(0, 0)]) == "A1"
    assert places([(3, 1), (1, 1), (2, 1), (1, 1)]) == "B2:B4"
    assert places([(1, 1), (3, 1)]) == "B2、B4"
    # The last of a column and the first of the next do not touch.
    assert places([(1, 0), (2, 1), (0, 1)]) == "A2、B1、B3"
    assert places([(0, 1), (1, 1), (0, 0), (1, 0)]) == "A1:A2、B1:B2"
    assert places([]) == ""


CELLS = st.sets(st.tuples(st.integers(0, 12), st.integers(0, 30)), max_size=30)


@given(CELLS)
def test_the_ranges_name_just_the_cells(cells):
    found = set()
    for part in filter(None, places(cells).split("、")):
        first, _, last = part.partition(":")
        (top, left), (bottom, right) = split_address(first), split_address(last or first)
        assert left == right
        run = {(row, left) for row in range(top, bottom + 1)}
        assert not run & found
        found |= run
    assert found == cells
