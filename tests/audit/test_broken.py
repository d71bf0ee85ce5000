"""What a stranger broke once: each with the smallest text that did it (虚构)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.showing.shown import computed

OPEN = Path(__file__).parents[2] / "benchmarks/audit_unseen/open.jsonl"
ADVISED = re.compile("应为(.+?)(?:（可能是|；|。$)")


@pytest.mark.parametrize(
    "text",
    [
        "普职比1111111111:3",
        "医护比" + "9" * 30 + ":2",
        "普职比111110:87",
        "千数百人",
        "|片区|户数|率|片区|户数|率|\n|全县（现--|---|---|\n|东区|200|38%|\n|西区|800|22%|\n|南区|500|40%|",
    ],
    ids=["long side", "longer side", "far apart", "thousand and some", "ragged rule"],
)
def test_it_is_read_and_every_value_is_within_its_bounds(lexicon: Lexicon, text: str) -> None:
    for one in audit(text, lexicon).numbers:
        if one.value is not None and one.form not in ("year", "range"):
            assert one.low is not None
            assert one.high is not None
            assert one.low <= one.value <= one.high


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        ("城区学生8400人，乡镇学生5600人，城乡学生比为3:1。", "1.5:1"),
        ("保育员96人、幼儿教师192人，保育员与幼儿教师之比为2:1。", "1:2"),
        ("全年下达资金3450万元，计3.45亿元，已全部拨付。", "0.345亿元"),
        ("演练的师生约3000人，其中教师约900人，约占五成。", "三成"),
        ("发放贷款近10亿元，其中涉农贷款2.9亿元，约占五成。", "29%"),
        (
            "|年份|幼儿|增减|\n|---|---|---|\n|2022|8000|—|\n|2023|7600|-5.0%|\n|2024|6840|-12.0%|",
            "-10.0%",
        ),
        ("学生由9000人减少到4500人，下降0.8倍。", "0.5倍"),
    ],
)
def test_what_is_advised_is_what_an_author_would_write(
    lexicon: Lexicon, text: str, advised: str
) -> None:
    (one,) = [each for each in audit(text, lexicon).findings if each.verdict == "inconsistent"]

    assert one.suggestion
    assert f"应为{advised}" in one.suggestion


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("保育员96人、幼儿教师192人，保育员与幼儿教师之比为1:2。", "1:2", "consistent"),
        ("死亡率7.42‰，出生率6.18‰，人口自然增长率为-1.24‰。", "1.24‰", "consistent"),
        ("死亡率7.42‰，出生率6.18‰，人口自然增长率为负的1.24‰。", "1.24‰", "consistent"),
        ("死亡率7.42‰，出生率6.18‰，人口自然增长率为－1.34‰。", "1.34‰", "inconsistent"),
        ("学生由9000人减少到4500人，下降0.5倍。", "0.5倍", "consistent"),
        ("三级公路312公里（路基宽8.5米，设计时速40公里）。", "312公里", "silent"),
    ],
)
def test_it_is_understood(
    said: Callable[[str, str], str], text: str, figure: str, verdict: str
) -> None:
    assert said(text, figure) == verdict


def test_a_fraction_has_no_digit_that_was_written_wrong(lexicon: Lexicon) -> None:
    (one,) = audit("女教师900人，占全体教师1200人的四分之一。", lexicon).findings

    assert one.suggestion == "若其余各数都对，应为75%。"


def test_what_is_computed_is_told_in_the_formula_as_it_is(lexicon: Lexicon) -> None:
    """1.5 is not written 2 beside a printed 3."""
    (one,) = audit("城区学生8400人，乡镇学生5600人，城乡学生比为3:1。", lexicon).findings

    assert "之比为1.5:1，" in one.message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("教师3000人，其中女教师900人，占五成。", "30%"),
        ("由300人增加到600人，翻了两番。", "2倍"),
        ("女教师900人，占全体教师1500人的四分之三。", "60%"),
        ("保育员96人、幼儿教师192人，保育员与幼儿教师之比为2:1。", "0.5:1"),
        ("教师100人，学生1350人，师生比1:13.0。", "1:13.5"),
        ("由五百一十人增加到一千零一十一人，增加五百二十一人。", "501人"),
    ],
)
def test_what_is_computed_has_its_own_unit(lexicon: Lexicon, text: str, shown: str) -> None:
    (one,) = audit(text, lexicon).findings

    assert computed(one) == shown


def test_no_alarm_is_left_where_the_advice_is_taken(lexicon: Lexicon) -> None:
    """Over all open texts: the advised value in the place of the stated one."""
    taken = 0
    for line in OPEN.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        for one in audit(text, lexicon).findings:
            advised = ADVISED.search(one.suggestion or "")
            if one.verdict != "inconsistent" or advised is None:
                continue
            mended = text[: one.stated.start] + advised[1] + text[one.stated.end :]
            left = {
                each.stated.start: each.message
                for each in audit(mended, lexicon).findings
                if each.kind == one.kind and each.verdict == "inconsistent"
            }
            assert one.stated.start not in left, left[one.stated.start]
            taken += 1
    assert taken
