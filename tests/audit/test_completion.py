"""How much of what was planned is done, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def rates(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind in ("rate", "product")
    ]


@pytest.mark.parametrize(
    ("text", "stated", "terms"),
    [
        ("目标是80.0%,实际完成90.0%,完成率为112.5%。", "112.5%", ("90.0%", "80.0%")),
        ("任务数是50个,已减少60个,完成率为120%。", "120%", ("60个", "50个")),
        ("计划投资1.25亿元,已完成投资5000万元,完成计划的40%。", "40%", ("5000万元", "1.25亿元")),
        ("共有500名教师参与,其中有效问卷480份,有效率96%。", "96%", ("480份", "500名")),
        # a share with its base inside
        ("教育经费为147亿元。教育经费占支出1000亿元的比例为14.7%。", "14.7%", ("147亿元", "1000亿元")),
        # the words name one of the amounts just told
        ("专任教师400人。学科带头人、名师14人,名师占专任教师的比例为3.5%。", "3.5%", ("14人", "400人")),
        # a group of amounts that share the name of the rate
        ("教师800人,正高级100人,副高级300人,中级200人,其中高级比例为50.00%。", "50.00%", ("100人", "300人", "800人")),
        # a ratio without its «:1», and one in the paragraph behind
        ("小学在校生1825人,专任教师100人,小学生师比为18.25。", "18.25", ("1825人", "100人")),
        ("小学在校生1825人。\n专任教师100人,比上年增加3人。生师比18.25:1。", "18.25:1", ("1825人", "100人")),
    ],
)  # fmt: skip
def test_a_quotient_is_proven(
    lexicon: Lexicon, text: str, stated: str, terms: tuple[str, ...]
) -> None:
    assert ("consistent", stated, terms) in rates(lexicon, text)


def test_a_wrong_rate_of_completion(lexicon: Lexicon) -> None:
    text = "任务数是50个,实际完成60个,完成率为130%。"
    assert rates(lexicon, text) == [("inconsistent", "130%", ("60个", "50个"))]


def test_what_is_done_of_something_else_is_left_alone(lexicon: Lexicon) -> None:
    text = "全年任务数是50个、资金80万元,实际完成60个,到位率为96%。"
    assert [one for one in rates(lexicon, text) if one[0] == "inconsistent"] == []
