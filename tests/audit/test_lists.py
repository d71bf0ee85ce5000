"""Counts announced and listed, and tables, in invented texts (虚构)."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit

GRAVE = ("inconsistent", "possible", "remark")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("推进结对、研修、强基三大工程。", "三大"),
        ("落实计分制度、评选制度、奖励制度三项制度。", "三项"),
        ("开展三大活动:一是学习;二是实践;三是评比。", "三大"),
        ("抓了两个方面的工作:第一、建章立制;第二、抓好落实。", "两个方面"),
        ("共4项制度:(1)学习,(2)工作,(3)会议,(4)谈话。", "4项"),
        ("打好三大战役(拆违、植树、治水)。", "三大"),
        ("甲校、乙校、丙校等9所学校参加。", "9所"),
        ("3月1日、5日和4月2日,三次组织测评。", "三次"),
        ("争做“五好”(学得好、教得好、管得好、写得好、讲得好)教师。", "五"),
    ],
)
def test_a_count_that_its_list_bears_out_is_proven(lexicon, text, stated):
    found = [one for one in audit(text, lexicon).findings if one.kind == "count"]
    assert [(one.verdict, one.stated.text) for one in found] == [("consistent", stated)]


def test_a_list_shorter_than_announced_is_a_remark(lexicon):
    text = "主要做了以下5个方面的工作。\n一、抓好党建\n今年很好。\n二、抓好教学\n今年也好。"
    found = [one for one in audit(text, lexicon).findings if one.verdict in GRAVE]
    assert [(one.verdict, one.kind, one.stated.text) for one in found] == [
        ("remark", "count", "5个方面")
    ]


def test_a_school_year_has_two_years(lexicon):
    found = audit("2021-2022学年和2022-2022学年。", lexicon).findings
    assert [(one.verdict, one.kind) for one in found] == [
        ("consistent", "compare"),
        ("remark", "compare"),
    ]


TABLE = """类别\t学校数\t学生数\t教师数
合计\t30\t{}\t2384
小学\t17\t22250\t1400
初中\t13\t11012\t984"""


def test_the_rows_of_a_table_make_its_total(lexicon):
    found = audit(TABLE.format(33262), lexicon).findings
    assert sorted((one.verdict, one.stated.text) for one in found) == [
        ("consistent", "2384"),
        ("consistent", "30"),
        ("consistent", "33262"),
    ]
    found = [one for one in audit(TABLE.format(33362), lexicon).findings if one.verdict in GRAVE]
    assert [(one.verdict, one.stated.text) for one in found] == [("inconsistent", "33362")]


def test_the_columns_of_a_table_make_its_total(lexicon):
    text = "学校\t合计\t男\t女\n甲校\t100\t48\t52\n乙校\t210\t100\t110\n丙校\t95\t45\t{}"
    assert not [one for one in audit(text.format(50), lexicon).findings if one.verdict in GRAVE]
    found = [one for one in audit(text.format(55), lexicon).findings if one.verdict in GRAVE]
    assert [(one.verdict, one.stated.text) for one in found] == [("inconsistent", "95")]


def test_rows_within_rows_are_added_by_their_level(lexicon):
    text = "高中阶段 16|773;普通高中 6|523;高级中学 2|338;完全中学 4|185;中职 10|250。"
    found = {
        one.stated.text: [term.text for term in one.terms] for one in audit(text, lexicon).findings
    }
    assert found["773"] == ["523", "250"]
    assert found["523"] == ["338", "185"]


def test_texts_glued_into_one_are_kept_apart(lexicon):
    text = (
        "甲局工作总结1\n全县共有学生33262人。\n"
        "甲局工作总结2\n小学在校生22250人,初中在校生11112人。全县共有学生35262人。"
    )
    assert not [one for one in audit(text, lexicon).findings if one.verdict == "inconsistent"]
