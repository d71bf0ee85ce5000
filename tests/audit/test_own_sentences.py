"""Sentences as our own reports write them (虚构): all of them hold, and none may raise an alarm."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit

GRAVE = frozenset({"inconsistent", "possible", "remark"})
SENTENCES = [
    # a measure and a shortfall in each bracket: 478 + 424 + 570 is 1472
    (
        "小学有3所学校未达标，共缺1472平方米，其中甲校小学部（0.36平方米，缺478平方米）、"
        "乙校（1.81平方米，缺424平方米）、丙校（1.19平方米，缺570平方米）。"
    ),
    (
        "每百名学生拥有骨干教师数标准为不低于1人。小学有2所学校未达标，共缺2人，"
        "其中甲校（0.87人，缺1人）、乙校（尚无，缺1人）。"
    ),
    # the rate of each school, and how many it lacks
    (
        "专任教师持证率标准为100%。小学有2所学校未达标，共未持证2人，"
        "其中甲校（97.50%，未持证1人）、乙校（87.50%，未持证1人）。"
    ),
    "教师五年360学时培训完成率标准为100%。小学有1所学校未达标，为甲校（92.31%，未完成2人）。",
    # a count is not announced where something is counted in a sentence that ends
    (
        "列入年度对照的目标4项（上级下达3项、本级自定1项）。已完成3项，其中超额完成2项；未完成1项。\n"
        "已完成的目标：大班额比例目标不超过0%，实际0%，控制在目标以内；巩固率目标98%，实际98.71%，"
        "完成率100.72%，超额完成；毛入园率目标97%，实际97.25%，完成率100.26%，超额完成。\n"
        "未完成的目标：普惠性幼儿园覆盖率目标90%，实际89.27%，完成率99.19%。"
    ),
    # 随班就读 of those who attend, whose number is not printed
    (
        "适龄残疾儿童少年196人，已通过随班就读、特教学校就读和送教上门等方式入学191人，入学率97.45%，"
        "其中随班就读占61.78%。"
    ),
    # who attends may be of another age: a gross rate goes above a hundred
    "县域内3至5周岁幼儿470人，在园幼儿482人，学前三年毛入园率102.55%，高于标准17.55个百分点。",
    # children of kindergartens are one row of the table, not its total
    (
        "学段\t学校数（所）\t学生数（人）\n学前\t41\t4482\n小学\t22\t9731\n初中\t2\t4571\n"
        "高中\t0\t1007\n县域内幼儿4804人，在园幼儿4482人，赴异地就读190人，毛入园率97.25%。"
    ),
    # 中小学 is no row 小学
    (
        "学段\t学生数（人）\t专任教师（人）\n小学\t9731\t549\n初中\t4571\t330\n高中\t1007\t82\n"
        "中小学在校生15309人。中小学教职工1333人（专任教师961人，其他372人）。"
    ),
    # 其中 ends where another whole is told
    "中小学在校生226人，其中：小学226人；义务教育阶段在校生226人。",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_no_sentence_of_our_own_raises_an_alarm(lexicon, text):
    found = audit(text, lexicon).findings

    assert [(one.stated.text, one.message) for one in found if one.verdict in GRAVE] == []
