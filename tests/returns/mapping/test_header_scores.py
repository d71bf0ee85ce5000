"""How much a header is like a field: by which words, and which words forbid it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import CODES, asks, code_list, form_of, grid, record

from xianxue.bureau.kinds.codes import Code
from xianxue.bureau.returns.mapping.column_values import profile_of
from xianxue.bureau.returns.mapping.rejections import why_unknown
from xianxue.bureau.returns.mapping.scoring import (
    MAYBE,
    NONE,
    SURE,
    Score,
    qualified,
    score,
    text_score,
    unit_fault,
    without_row,
)
from xianxue.bureau.returns.mapping.table import Head
from xianxue.bureau.returns.mapping.targets import Target

FUNDS = asks("public_funds", "公用经费", "measure", unit="yuan", synonyms=["日常公用支出"])
TEACHERS = asks("full_time_teachers", "专任教师数", synonyms=["任课教师"])
NAME = asks("name", "学校名称", "text", synonyms=["校名"])
RATE = asks("rate", "达标率", "measure", unit="rate")
ABOUT, PUPILS = record(FUNDS), grid(asks("girls", "女生数"))


def value(field):
    return Target(f"about.{field.field}", "value", field, ABOUT)


def scored(field, *levels, target=None):
    return text_score(Head(0, levels), target or value(field))


# ── names ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("field", "header", "found", "why"),
    [
        (FUNDS, "公用经费", 1.0, "名称相同"), (FUNDS, " 公用 经费", 1.0, "名称相同"),
        # What stands before and behind a term is set aside, and is a little less sure.
        (FUNDS, "3、公用经费（万元）", 0.97, "名称相同"), (FUNDS, "*公用经费", 0.97, "名称相同"),
        (FUNDS, "日常公用支出", 0.93, "近义"), (FUNDS, "日常公用支出（元）", 0.93, "近义"),
        # 数, 人数, 现有 say no more; but only of numbers.
        (TEACHERS, "现有专任教师人数", 0.88, "近义"), (TEACHERS, "任课教师总数", 0.88, "近义"),
        (NAME, "学校", 0.0, ""),
        (TEACHERS, "fullTimeTeachers", 0.9, "英文名称"), (TEACHERS, "FULL_TIME_TEACHERS", 0.9, "英文名称"),
        # A stem will do; a word that is lacking, or one too many, counts against it.
        (TEACHERS, "Full Time Teacher", 0.9, "英文名称"), (TEACHERS, "time teachers", 0.6, "英文名称"),
        (TEACHERS, "full time teachers moved", 0.75, "英文名称"), (TEACHERS, "teachers", 0.0, ""),
        (TEACHERS, "total number of full time teachers", 0.9, "英文名称"),
        (FUNDS, "甲乙", 0.0, ""), (FUNDS, "", 0.0, ""),
    ],
)  # fmt: skip
def test_by_what_a_header_is_recognised(field, header, found, why):
    assert scored(field, header) == (found, why)


def test_what_is_only_alike_is_never_sure():
    found, why = scored(FUNDS, "公用经费支出")
    assert why == "名称相近"
    assert MAYBE <= found < SURE + 0.2
    # Whose a row is must be certain.
    code = Target("school_code", "code", asks("school_code", "学校标识码", "text"))
    assert text_score(Head(0, ("学校标识码号",)), code) == (0.0, "")
    assert text_score(Head(0, ("学校标识码",)), code) == (1.0, "名称相同")


@pytest.mark.parametrize(
    "word", ["生均", "师均", "比例", "率", "平均", "是否", "计划", "上年", "去年"]
)
def test_some_words_make_another_thing_of_a_name(word):
    assert scored(FUNDS, f"{word}公用经费") == (0.0, "")
    assert qualified(f"{word}公用经费") == {word}


def test_such_a_word_forbids_nothing_that_has_it_itself():
    assert scored(RATE, "达标率") == (1.0, "名称相同")
    assert qualified("公用经费") == set()
    assert scored(RATE, "平均达标率") == (0.0, "")


def test_what_stands_above_a_header_narrows_it():
    """Its last line alone is worth four fifths."""
    assert scored(TEACHERS, "教职工", "专任教师数") == (0.8, "名称相同")
    assert scored(TEACHERS, "专任", "教师数") == (1.0, "名称相同")
    # The sheet's own name above it narrows nothing, and tells it from another sheet's field.
    assert scored(TEACHERS, "概况", "专任教师数") == (1.0, "名称相同")
    assert scored(TEACHERS, "一、概况", "任课教师") == (0.98, "近义")
    # A part of the field is not the field.
    assert scored(TEACHERS, "专任教师数", "其中：女") == (0.0, "")


def test_a_row_is_named_by_a_line_of_the_header():
    girls = Target("pupils.G1.girls", "value", PUPILS.fields[0], PUPILS, CODES["grades"].entries[0])
    assert text_score(Head(0, ("一年级", "女生数")), girls) == (1.0, "名称相同")
    assert text_score(Head(0, ("1年级女生数",)), girls) == (1.0, "名称相同")
    assert text_score(Head(0, ("女生数（一年级）",)), girls) == (1.0, "名称相同")
    for levels in (("女生数",), ("二年级", "女生数"), ("十一年级", "女生数"), ("一年级",)):
        assert text_score(Head(0, levels), girls) == (0.0, "")


@pytest.mark.parametrize(
    ("levels", "label", "rest"),
    [
        (("一年级", "女生数"), "一年级", ("女生数",)), (("高一", "女生"), "高一年级", ("女生",)),
        (("小学一年级", "女生"), "一年级", ("女生",)), (("一年级",), "一年级", ()),
        (("专任教师（小学）",), "小学", ("专任教师",)), (("专任教师-小学",), "小学", ("专任教师",)),
        (("小学·专任教师",), "小学", ("专任教师",)), (("十一年级女生",), "一年级", None),
        (("一班",), "一年级", None), (("女生数",), "小学", None), ((), "小学", None),
    ],
)  # fmt: skip
def test_a_rows_label_is_taken_out_of_a_header(levels, label, rest):
    assert without_row(levels, label) == rest


@pytest.mark.parametrize("word", ["of", "the", "no", "number", "total", "school", "s", "in", "for"])
def test_some_english_words_say_nothing(word):
    assert scored(TEACHERS, f"{word} full time teachers") == (0.9, "英文名称")


# ── units and values ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("unit", "field", "fault"),
    [
        ("万元", FUNDS, ""), ("元", FUNDS, ""), ("", FUNDS, ""), ("必填项", FUNDS, ""),
        ("人", FUNDS, "单位是人，这一项要的是元"), ("亩", FUNDS, "单位是亩，这一项要的是元"),
        ("人", NAME, ""), ("元", asks("x", "份额", "measure"), "单位是元，这一项要的是数"),
        ("人", asks("x", "班数", unit="class"), "单位是人，这一项要的是班"),
    ],
)  # fmt: skip
def test_a_unit_of_another_kind_speaks_against_it(unit, field, fault):
    assert unit_fault(unit, field) == fault


@pytest.mark.parametrize(
    ("header", "raws", "unit", "found"),
    [
        # A header says four fifths, the values one.
        ("公用经费", ["1", "2"], "", Score(1.0, ("名称相同", "取值"))),
        ("公用经费", [], "", Score(1.0, ("名称相同",))),
        ("公用经费", ["1", "2"], "万元", Score(1.0, ("名称相同", "单位", "取值"))),
        ("日常公用支出", ["1", "2"], "", Score(0.944, ("近义", "取值"))),
        # Four of five fit: enough. Three of four: a doubt, and a tenth less of the whole.
        ("公用经费", ["1", "2", "3", "4", "甲"], "", Score(0.96, ("名称相同", "取值"))),
        ("公用经费", ["1", "2", "3", "甲"], "", Score(0.855, ("名称相同",), "有 25% 的值不合这一项的格式")),
        # None fits: six tenths of the header's four fifths are less than a half; a header that says
        # it plainly is worth a question all the same.
        ("公用经费", ["甲", "乙"], "", Score(0.5, ("名称相同",), "全部的值不合这一项的格式")),
        ("任意", ["1"], "", NONE),
        ("公用经费", ["1", "2"], "人", Score(0.6, ("名称相同", "取值"), "单位是人，这一项要的是元")),
    ],
)  # fmt: skip
def test_a_header_its_values_and_its_unit_together(header, raws, unit, found):
    assert score(Head(0, (header,)), raws, value(FUNDS), None, unit) == found


def test_a_name_that_is_only_alike_says_so():
    found = score(Head(0, ("公用经费支出",)), ["1"], value(FUNDS), None)
    assert found.reasons == ("名称相近", "取值")
    assert found.doubt == "名称只是和“公用经费”相近"
    # Where hardly a value fits, that is said instead, and nothing makes a question of it.
    found = score(Head(0, ("公用经费支出",)), ["甲"], value(FUNDS), None)
    assert found.doubt == "全部的值不合这一项的格式"
    assert found.value < MAYBE


@given(st.lists(st.sampled_from(["1", "甲", "-5", "2.5", ""]), max_size=10))
def test_values_that_fit_never_lower_a_score(raws):
    head, target = Head(0, ("公用经费",)), value(asks("x", "公用经费", "measure", min=Decimal(0)))
    found = score(head, raws, target, None).value
    assert MAYBE <= found <= 1
    assert score(head, [*raws, "7"], target, None).value >= found or not any(raws)


# ── why none ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("levels", "raws", "why"),
    [
        ((), ["甲"], "没有表头"), (("甲",), [1.0, 2.0], "只是行号"), (("序号",), ["甲"], "只是行号"),
        (("小学", "合计"), ["3"], "合计由系统计算，不必读"),
        (("女生数",), ["3"], "像〔学生〕女生数，但〔学生〕按grades填，这一列分不出grades"),
        (("生均面积",), ["3"], "名称里有“生均”，不是报表要的原数"),
        (("上年计划",), ["3"], "名称里有“上年”“计划”，不是报表要的原数"),
        (("备注",), ["3"], "没有相近的项目"),
    ],
)  # fmt: skip
def test_why_a_column_is_none_of_the_fields(levels, raws, why):
    form = form_of(record(FUNDS), PUPILS)
    assert why_unknown(Head(0, levels), profile_of(raws), form, CODES) == why


def test_a_sum_over_a_stage_is_a_sum_over_rows():
    """«小学·女生数» names no grade, and the form asks for grades."""
    stages = code_list("teaching_stages", Code(code="primary", term="小学"))
    form = form_of(record(FUNDS), PUPILS)
    head = Head(0, ("小学", "女生数"))
    known = why_unknown(head, profile_of(["3"]), form, {**CODES, "teaching_stages": stages})
    assert known == "像〔学生〕女生数，但〔学生〕按grades填，这一列分不出grades"
    assert why_unknown(head, profile_of(["3"]), form, CODES) == "没有相近的项目"
