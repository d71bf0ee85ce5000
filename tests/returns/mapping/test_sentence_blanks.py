"""Blanks in sentences: what stands before one names it, what stands behind it is its unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import CODES, asks, form_of, listed, record

from xianxue.bureau.returns.mapping.blanks import Blank, blanks_of
from xianxue.bureau.returns.mapping.sentences import blanks_asked
from xianxue.bureau.returns.mapping.table import Head, Table


@pytest.mark.parametrize(
    ("sentence", "blanks"),
    [
        ("专任教师＿＿人", [("专任教师", "人")]), ("专任教师____", [("专任教师", "")]),
        # A gap before a unit is a blank as well; after a digit it is none.
        ("专任教师   人", [("专任教师", "人")]), ("专任教师3   人", []), ("专任教师   ", []),
        ("教师＿＿人，学生__名", [("教师", "人"), ("学生", "名")]),
        # The longest unit counts, and full-width signs are plain ones.
        ("开设班级＿＿个班", [("开设班级", "个班")]), ("经费＿＿万元", [("经费", "万元")]),
        ("占比＿＿％", [("占比", "%")]), ("占比__ %", [("占比", "%")]), ("面积__平方米", [("面积", "平方米")]),
        # Words that only lead to the number go.
        ("教师共有＿＿人", [("教师共", "人")]), ("教师约__人", [("教师", "人")]), ("教师分别为__人", [("教师", "人")]),
        ("其中，女教师＿＿人", [("女教师", "人")]), ("学 生 数__人", [("学生数", "人")]),
        ("没有空格的一句话", []), ("", []),
    ],
)  # fmt: skip
def test_a_blank_has_a_term_and_a_unit(sentence, blanks):
    assert [(blank.term, blank.unit) for blank in blanks_of(sentence)] == blanks


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        # What stands before a colon is the subject of the rest of its sentence.
        ("骨干教师：小学__人，初中__人", ["骨干教师·小学", "骨干教师·初中"]),
        ("骨干教师:小学__人，初中__人", ["骨干教师·小学", "骨干教师·初中"]),
        ("教师情况：小学__人。其他__人", ["教师情况·小学", "其他"]),
        ("说明，教师：女__人", ["教师·女"]), ("其中：女__人", ["女"]),
        # One term twice is told by the clause it stands in, then by a number.
        ("语文__级、差异率__；数学__级、差异率__", ["语文", "语文·差异率", "数学", "数学·差异率"]),
        ("教师__人，教师__人", ["教师", "教师（2）"]), ("教师__人，__名，__位", ["教师", "教师（2）", "教师（3）"]),
    ],
)  # fmt: skip
def test_two_blanks_have_two_names(sentence, terms):
    assert [blank.term for blank in blanks_of(sentence)] == terms


@given(
    st.lists(
        st.sampled_from(["教师__人", "学生__名", "，", "；", "。", "小学：", "__", "其中"]),
        max_size=9,
    )
)
def test_each_blank_is_named_once(parts):
    sentence = "".join(parts)
    blanks = blanks_of(sentence)
    assert len({blank.term for blank in blanks}) == len(blanks)
    assert len(blanks) <= sentence.count("__")


# ── which field it asks for ─────────────────────────────────────────────────

FORM = form_of(
    record(
        asks("teachers", "专任教师数"), asks("funds", "公用经费", "measure", unit="yuan"),
        asks("girls", "女生数"),
    ),
    listed(asks("girls", "女生数")),
)  # fmt: skip


def asked(*rows, form=FORM):
    cells = [["标题"], *([text] for text in rows)]
    table = Table((Head(0, ("标题",)),), (0, 0), rows=list(range(1, len(cells))))
    return [
        (
            each.cell,
            each.nth,
            each.target.reference if each.target else "",
            each.why,
            each.conversion,
        )
        for each in blanks_asked(table, cells, form, CODES)
    ]


def test_a_blank_asks_for_the_field_of_its_name():
    assert asked(
        "专任教师__人，经费若干", "没有空格", "学校拥有专任教师数__人；公用经费__万元"
    ) == [
        ("A2", 1, "about.teachers", "近义", ""),
        ("A4", 1, "about.teachers", "名称相同", ""),
        ("A4", 2, "about.funds", "名称相同", "1 万元＝10000 元"),
    ]


def test_only_the_same_name_counts():
    """In a sentence, what is alike is another thing; so is one with another unit."""
    assert asked("专任教师工资__元") == [("A2", 1, "", "", "")]
    assert asked("公用经费__人") == [("A2", 1, "", "", "")]
    assert asked("公用经费__元") == [("A2", 1, "about.funds", "名称相同", "")]


def test_two_fields_of_one_name_are_not_told_apart():
    two = form_of(record(asks("a", "女生数"), asks("b", "女生数")))
    assert asked("女生数__人", form=two) == [("A2", 1, "", "", "")]
    assert asked("女生数__人") == [("A2", 1, "about.girls", "名称相同", "")]
    assert Blank("女生数", "人") in blanks_of("女生数__人")
