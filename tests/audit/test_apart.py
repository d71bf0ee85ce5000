"""Distances told beside the numbers they lie between, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def told(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind in ("points", "difference")
    ]


@pytest.mark.parametrize(
    ("text", "stated", "terms"),
    [
        ("男生、女生到校率分别为98.3%和98.5%,女生高于男生0.2个百分点。", "0.2个百分点", ("98.3%", "98.5%")),
        ("全县升学率57.25%。山区升学率为34.23%,比全县少23.02个百分点。", "23.02个百分点", ("57.25%", "34.23%")),
        ("任务为1932人,完成1949人,超额完成17人。", "17人", ("1932人", "1949人")),
    ],
)  # fmt: skip
def test_a_distance_is_proven(
    lexicon: Lexicon, text: str, stated: str, terms: tuple[str, ...]
) -> None:
    assert ("consistent", stated, terms) in told(lexicon, text)


def test_a_wrong_distance_of_two_rates_told_together(lexicon: Lexicon) -> None:
    text = "男生、女生到校率分别为98.3%和98.5%,女生高于男生0.5个百分点。"
    assert told(lexicon, text) == [("inconsistent", "0.5个百分点", ("98.3%", "98.5%"))]


@pytest.mark.parametrize(
    "text",
    [
        "三年级、六年级近视率分别为31.2%和44.5%,比2021年分别上升了1.4个和3.1个百分点。",
        "甲校、乙校合格率分别为90.1%和95.3%,比上年提高2.2个百分点。",
        "任务为1932人,完成1949人,超额完成18人。",
    ],
)
def test_other_distances_are_left_alone(lexicon: Lexicon, text: str) -> None:
    assert [one for one in told(lexicon, text) if one[0] == "inconsistent"] == []


def test_a_level_reached_in_a_later_year_comes_from_the_one_before(lexicon: Lexicon) -> None:
    text = "2021年在园480人,2022年降到460人,一年间减少{}人。"
    assert ("consistent", "20人", ("460人", "480人")) in told(lexicon, text.format(20))
    assert ("inconsistent", "30人", ("460人", "480人")) in told(lexicon, text.format(30))
