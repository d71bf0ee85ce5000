"""Which base a share may be held against, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def wrong(lexicon: Lexicon, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind == "rate" and one.verdict == "inconsistent"
    ]


@pytest.mark.parametrize(
    "text",
    [
        # a mixture is not its last part
        "在园幼儿和小学生共9000人,留守的小学生800人,占小学生的16%。",
        # the same number told twice is no base of itself
        "全省办学投入386亿元。全省办学投入为386亿元,占全国办学投入的9.1%。",
        # another place
        "全省考生总数为9000人。我市上线450人,占全市考生总数的15%。",
        # another year
        "2012年毕业生500人。\n2013年就业的有300人,占毕业生总数的75%。",
        # groups side by side
        "高中在校生900人,初中生200人,占18%。",
        # fewer than the base that is named
        "有民办学校190所,其中民办幼儿园175所,民办中学15所,占全市各类学校的18.4%。",
    ],
)
def test_another_base_refutes_nothing(lexicon: Lexicon, text: str) -> None:
    assert wrong(lexicon, text) == []


def test_the_base_of_the_shares_beside_it_is_its_base(lexicon: Lexicon) -> None:
    text = (
        "全县学生9000人,其中住校生2000人,占22.2%。获校级表彰的有600人,占住校生总数的30%,"
        "获县级表彰的有500人,占住校生总数的25%,获市级表彰的有40人,占20%。"
    )
    assert wrong(lexicon, text) == [("20%", ("40人", "2000人"))]


def test_a_base_that_shares_name_alike_is_one(lexicon: Lexicon) -> None:
    text = "教职工80人。本科的41人,占教师总数的51.3%;进修的2人,占教师总数的0.3%。"
    assert wrong(lexicon, text) == [("0.3%", ("2人", "80人"))]


def test_what_the_parts_are_taken_from_is_their_base(lexicon: Lexicon) -> None:
    text = "在校生900人。留守儿童500人。留守儿童中,隔代教养的400人,占81%。"
    assert wrong(lexicon, text) == [("81%", ("400人", "500人"))]
