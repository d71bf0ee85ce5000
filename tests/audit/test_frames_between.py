"""Changes told behind something else, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

PROVED = ("consistent", "rounding")


def said(lexicon: Lexicon, text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (one.verdict, one.kind, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.kind in ("growth", "points", "difference", "direction")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "stated", "terms"),
    [
        # a rate between an amount and its change
        ("上线650人,上线率达34.4%,比去年净增加150人,增长30%。", "growth", "30%", ("650人", "150人")),
        ("投入250亿元,占全国的9%,比上年的200亿元增长25%。", "growth", "25%", ("250亿元", "200亿元")),
        # an amount for each
        ("人均投入为125元,比上年的100元增加25元,增长25%。", "growth", "25%", ("125元", "100元")),
        # nouns that tell a change
        ("上线650人,比去年增加150人,增长率达30%。", "growth", "30%", ("650人", "150人")),
        ("在校生800人,比上年减少200人,减幅为20%。", "growth", "20%", ("800人", "200人")),
        # when a rate was what it was
        ("达标率由2019年的26.5%上升至现在的33%,上升了6.5个百分点。", "points", "6.5个百分点", ("33%", "26.5%")),
        # a mark that was passed
        ("投入312.50亿元,首超300亿元,比上年250.00亿元增长25%。", "growth", "25%", ("312.50亿元", "250.00亿元")),
        # how long it took
        ("2024年招生900人,四年时间减少了100人,降幅超9%。", "growth", "9%", ("900人", "100人")),
        # what it is compared with
        ("现有70人,与2016年首次排查的90人相比,下降了22.2%。", "growth", "22.2%", ("70人", "90人")),
    ],
)  # fmt: skip
def test_a_change_finds_its_level(
    lexicon: Lexicon, text: str, kind: str, stated: str, terms: tuple[str, ...]
) -> None:
    assert (kind, stated, terms) in [one[1:] for one in said(lexicon, text) if one[0] in PROVED]


def test_a_wrong_change_is_told_behind_a_rate(lexicon: Lexicon) -> None:
    text = "上线650人,上线率达34.4%,比去年净增加150人,增长33%。"
    assert [one[:3] for one in said(lexicon, text)] == [("inconsistent", "growth", "33%")]


def test_what_is_told_behind_a_semicolon_is_of_something_else(lexicon: Lexicon) -> None:
    text = "小学由2009年的19.8%提高到2018年的59.1%;初中较2009年的59.4%提高26.8个百分点。"
    assert [one for one in said(lexicon, text) if one[0] == "inconsistent"] == []


def test_a_growth_divided_by_the_new_amount_is_wrong(lexicon: Lexicon) -> None:
    text = "招生460人,较四年前增加了60人,增幅13%。"
    assert [one[:3] for one in said(lexicon, text)] == [("inconsistent", "growth", "13%")]
