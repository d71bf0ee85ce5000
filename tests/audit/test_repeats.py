"""The same number told again, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def again(lexicon: Lexicon, text: str) -> list[str]:
    return [
        one.stated.text
        for one in audit(text, lexicon).findings
        if one.kind == "duplicate" and one.verdict == "consistent"
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("我区资助困难学子1353人\n截至5月,共资助残疾学生、孤儿等1353人。", "1353人"),
        ("重建项目开工47栋\n至9月底,重建项目已开工47栋。", "47栋"),
        ("全县投入386.10亿元。今年,投入为386.10亿元。", "386.10亿元"),
    ],
)
def test_a_number_that_comes_back_agrees(lexicon: Lexicon, text: str, number: str) -> None:
    assert number in again(lexicon, text)


@pytest.mark.parametrize(
    "text",
    [
        "小学有教师47人。\n新购校车需司机47人。",
        "甲校有教师100人。\n乙校有教师100人。",
        "小学1353人,初中1353人。",
    ],
)
def test_what_meets_by_chance_is_no_repetition(lexicon: Lexicon, text: str) -> None:
    assert again(lexicon, text) == []
