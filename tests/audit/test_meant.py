"""What the author meant is asked before whether it holds; the texts are invented (虚构)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xianxue.bureau.audit.audit import audit

PAIRS = [
    ("在校生11012人，比上年增加380人，增长{}。", "3.57%", "3.45%"),
    ("教师由1200人增加到1500人，增长{}。", "25.0%", "27.0%"),
    ("入学率由97.2%提高到98.5%，提高{}。", "1.3个百分点", "1.9个百分点"),
    ("全县专任教师2340人，本科及以上学历1872人，占专任教师总数的{}。", "80.0%", "84.0%"),
    ("全县有义务教育学校{}（小学30所，初中12所）。", "42所", "43所"),
    ("在校生3000人，体育场地25500平方米，生均{}。", "8.5平方米", "9.5平方米"),
]
"""A sentence, the figure that is right and one that is not."""


def only(text, figure, lexicon):
    (found,) = [one for one in audit(text, lexicon).findings if one.stated.text == figure]
    return found


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_what_is_proved_is_refuted_when_one_figure_changes(lexicon, text, right, wrong):
    assert only(text.format(right), right, lexicon).verdict in {"consistent", "rounding"}
    assert only(text.format(wrong), wrong, lexicon).verdict == "inconsistent"


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_whether_the_numbers_fit_makes_nothing_more_certain(lexicon, text, right, wrong):
    proved, refuted = (only(text.format(one), one, lexicon) for one in (right, wrong))

    assert proved.certainty == refuted.certainty >= Decimal("0.9")
    assert proved.reason == refuted.reason != ""


@pytest.mark.parametrize(
    "text",
    [
        # 1200 + 300 is 1500, 300 of 1200 is 25 %, and nothing says so
        "全县有小学教师1200人。图书馆藏书300册。今年召开会议1500次。",
        "全县小学1200人参加合唱。初中开课300节。优秀率为25%。",
        "甲镇有学校12所。乙镇有商店30家。丙镇有村庄42个。",
    ],
)
def test_a_coincidence_is_no_proof(lexicon, text):
    found = audit(text, lexicon)

    assert found.findings == ()
    assert len(found.unrelated) == 3


def test_coarse_rounding_neither_proves_nor_refutes(lexicon):
    found = only("经费由1亿元增加到1.2亿元，增长45%。", "45%", lexicon)

    assert found.verdict == "possible"
    assert "舍入较粗" in found.message
    assert found.suggestion is None
