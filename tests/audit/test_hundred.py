"""Shares that add to 100, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def said(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind == "sum"
    ]


@pytest.mark.parametrize(
    ("text", "last", "others"),
    [
        ("父亲外出的占52%,母亲外出的占26%,都外出的占22%。", "22%", ("52%", "26%")),
        ("满意:80% 基本满意:18% 不满意:2%", "2%", ("80%", "18%")),
        ("从性别看,54.4%是男孩,45.6%是女孩。", "45.6%", ("54.4%",)),
        ("甲类10人,占12.5%;乙类30人,占37.5%;丙类40人,占50%。", "50%", ("12.5%", "37.5%")),
    ],
)
def test_shares_that_make_up_the_whole_are_proven(
    lexicon: Lexicon, text: str, last: str, others: tuple[str, ...]
) -> None:
    assert ("consistent", last, others) in said(lexicon, text)


def test_rounded_shares_may_miss_100_by_their_last_digits(lexicon: Lexicon) -> None:
    text = "一等的占33.3%,二等的占33.3%,三等的占33.3%。"
    assert said(lexicon, text) == [("rounding", "33.3%", ("33.3%", "33.3%"))]


def test_rates_of_their_own_are_not_added(lexicon: Lexicon) -> None:
    assert said(lexicon, "今年合格率为60%,优秀率为40%。") == []


def test_only_opposites_told_side_by_side_may_be_called_wrong(lexicon: Lexicon) -> None:
    text = "学生中男生占54.5%,女生占40.5%。"
    assert said(lexicon, text) == [("possible", "40.5%", ("54.5%",))]
    assert said(lexicon, "学生中走读的占54.5%,喜欢体育的占40.5%。") == []


def test_opposites_of_different_wholes_are_left_alone(lexicon: Lexicon) -> None:
    assert said(lexicon, "男生占教师的54.5%,女生占学生的40.5%。") == []
