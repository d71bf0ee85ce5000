"""Growth of several years, in invented sentences; figures by hand (1.1⁵ = 1.61051)."""

from __future__ import annotations

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def growths(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind == "growth"
    ]


PLAN = "“十三五”期间,支出年均增长10.0%,2020年达到161.05亿元,比2015年增长{}%。"
NO_PLAN = "支出年均增长10.0%,2020年达到161.05亿元,比2015年增长{}%。"


def test_a_growth_of_five_years_is_proven(lexicon: Lexicon) -> None:
    assert growths(lexicon, PLAN.format("61.1")) == [("rounding", "61.1%", ("10.0%",))]


def test_a_wrong_growth_is_wrong_in_a_named_period_and_possible_elsewhere(
    lexicon: Lexicon,
) -> None:
    assert [one[0] for one in growths(lexicon, PLAN.format("65.1"))] == ["inconsistent"]
    assert [one[0] for one in growths(lexicon, NO_PLAN.format("65.1"))] == ["possible"]


def test_the_growth_of_each_year_is_proven_by_both_amounts(lexicon: Lexicon) -> None:
    text = "学校由2015年的100所增加到2020年的161所,年均增长10%。"
    assert growths(lexicon, text) == [("rounding", "10%", ("161所", "100所"))]
    assert growths(lexicon, text.replace("10%", "14%")) == []
