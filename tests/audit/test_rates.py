"""Shares, rates and completion in invented sentences: right, wrong, and not to be judged."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

RIGHT = "consistent"
WRONG = "inconsistent"
SILENT = "silent"


def said(lexicon: Lexicon, text: str, figure: str) -> str:
    verdicts = {
        one.verdict
        for one in audit(text, lexicon).findings
        if one.kind == "rate" and one.stated.text == figure
    }
    if verdicts & {"consistent", "rounding"}:
        return RIGHT
    return WRONG if WRONG in verdicts else SILENT


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("县级骨干教师540人，占在编教师1800人的30%。", "30%", RIGHT),
        ("县级骨干教师540人，占在编教师1800人的35%。", "35%", WRONG),
        ("配备心理教师的学校48所，约占全县60所中小学的80%。", "80%", RIGHT),
        ("配备心理教师的学校48所，约占全县60所中小学的70%。", "70%", WRONG),
        ("24所小学和12所初中建成录播室，占全部45所学校的80%。", "80%", RIGHT),
        ("24所小学和12所初中建成录播室，占全部45所学校的75%。", "75%", WRONG),
        ("体育教师三百人，占专任教师二千四百人的百分之十二点五。", "百分之十二点五", RIGHT),
        ("建有食堂的学校45所，占应建食堂学校的90%。", "90%", SILENT),
    ],
)
def test_the_base_stands_inside(lexicon: Lexicon, text: str, figure: str, verdict: str) -> None:
    assert said(lexicon, text, figure) == verdict


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("应体检学生5000人，实际体检4850人，体检率97%。", "97%", RIGHT),
        ("应体检学生5000人，实际体检4850人，体检率95%。", "95%", WRONG),
        ("报名2500人，实考2450人，参考率98%。", "98%", RIGHT),
        ("共发放问卷800份，由学校逐一核对，回收760份，回收率为95%。", "95%", RIGHT),
        ("共发放问卷800份，由学校逐一核对，回收760份，回收率为90%。", "90%", WRONG),
        ("专任教师1600人。研究生学历240人，占15%。", "15%", RIGHT),
        ("专任教师1600人。研究生学历240人，占18%。", "18%", WRONG),
        ("课题60项，获奖论文45篇，获奖率75%。", "75%", SILENT),
        ("幼儿园配备校医30名，晨检率100%，体检率99%。", "99%", SILENT),
        ("小学20所、初中15所通过验收，初中通过率75%。", "75%", SILENT),
    ],
)
def test_the_base_stands_before(lexicon: Lexicon, text: str, figure: str, verdict: str) -> None:
    assert said(lexicon, text, figure) == verdict


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("年初预算为400万元，支出决算为380万元，完成年初预算的95%。", "95%", RIGHT),
        ("年初预算为400万元，支出决算为380万元，完成年初预算的98%。", "98%", WRONG),
        ("计划培训500人次，实际培训600人次，完成任务的120%。", "120%", RIGHT),
        ("年初预算400万元，追加后执行430万元，完成调整预算的96%。", "96%", SILENT),
        ("年初预算400万元，预计执行率达到99%。", "99%", SILENT),
    ],
)
def test_a_plan_is_completed(lexicon: Lexicon, text: str, figure: str, verdict: str) -> None:
    assert said(lexicon, text, figure) == verdict
