"""Shares told together for amounts told before them, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def rates(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind == "rate"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "专任教师80人。其中正高教师20人、副高教师30人,分别占25%、37.5%。",
        "专任教师80人,正高教师20人,副高教师30人,分别占专任教师总数的25%和37.5%。",
        "专任教师80人。专任教师中,31-40岁教师20人、41-50岁教师30人,分别占25%和37.5%。",
    ],
)
def test_shares_go_with_amounts_in_their_order(lexicon: Lexicon, text: str) -> None:
    assert rates(lexicon, text) == [
        ("consistent", "25%", ("20人", "80人")),
        ("consistent", "37.5%", ("30人", "80人")),
    ]


def test_one_of_three_is_wrong_where_the_others_hold(lexicon: Lexicon) -> None:
    text = "有教师80人,甲类20人、乙类30人、丙类10人,分别占25%、37.5%和13.5%。"
    assert ("inconsistent", "13.5%", ("10人", "80人")) in rates(lexicon, text)


def test_one_of_two_is_wrong_only_where_the_base_is_named(lexicon: Lexicon) -> None:
    named = "专任教师80人。2. 学位 专任教师中,博士20人、硕士30人,分别占25%和38.7%。"
    assert ("inconsistent", "38.7%", ("30人", "80人")) in rates(lexicon, named)
    unnamed = "教师80人。获奖的20人、参赛的30人,分别占25%和38.7%。"
    assert rates(lexicon, unnamed) == []


def test_a_base_that_is_not_printed_is_not_made_up(lexicon: Lexicon) -> None:
    assert rates(lexicon, "教师80人,党员20人、团员31人,分别占11%、22%。") == []


def test_all_of_three_are_wrong_where_the_base_is_named(lexicon: Lexicon) -> None:
    text = "专任教师80人。专任教师中,博士20人、硕士30人、学士10人,分别占35%、47.5%和22.5%。"
    assert [one[0] for one in rates(lexicon, text)] == ["inconsistent"] * 3
