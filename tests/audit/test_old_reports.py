"""Old reports relay figures: bound by words, dated by words, and left alone where words are silent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.sources.dated import LeftOut, Relayed, dated, names_of
from xianxue.bureau.audit.sources.years import YearSaid, title_of
from xianxue.desk.workspace import national_shelf

TITLE = "虚构县教育局2021年工作总结\n\n"
SHELF = national_shelf()
WORDS = Lexicon.of(SHELF.wordlists.values())
NAMES = names_of(SHELF, "虚构县", ["虚构县", "甲校（虚构）"])


def said(sentence: str, title: str = TITLE) -> tuple[tuple[Relayed, ...], tuple[LeftOut, ...]]:
    text = title + sentence
    return dated(text, audit(text, WORDS).numbers, NAMES, title_of(text, ""))


def test_a_sentence_gives_indicator_stage_period_and_the_value_as_printed():
    (one, other), _ = said("全县小学在校生12345人，学前三年毛入园率达97.25%。")
    assert (one.indicator, one.stage, one.period, one.how) == ("pupils", "primary", "2021", "title")
    assert (one.value, one.unit, one.text, one.paragraph) == (Decimal(12345), "人", "12345人", 3)
    assert one.sentence == "全县小学在校生12345人，学前三年毛入园率达97.25%。"
    assert (other.indicator, other.text) == ("preschool_gross_enrolment", "97.25%")
    assert (other.low, other.high) == (Decimal("97.245"), Decimal("97.255"))


@pytest.mark.parametrize(
    "sentence",
    [
        "全县小学在校生12345人。",
        "小学在校生数为12345人。",
        "我县现有小学在校生12345名。",
        "虚构县小学在校生共计12345人。",
        "小学在校学生数达到12345人。",
        "目前，小学在校生共有12345人。",
        "全县共有小学在校生12345人。",
        "2021年，全县小学在校生数达12345人。",
        "截至2021年底，小学在校生1.2345万人。",
        "2021年小学在校生总数12345人。",
    ],
)
def test_other_words_for_the_same_are_bound_to_the_same(sentence: str):
    figures, _ = said(sentence)
    assert [(one.key, one.value) for one in figures] == [
        (("pupils", "primary", "2021"), Decimal(12345))
    ]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("小学在校生约12345人。", "about"),
        ("小学在校生近12000人。", "about"),
        ("小学在校生12000余人。", "about"),
        ("小学在校生力争达到13000人。", "planned"),
        ("到2025年，小学在校生将达13000人。", "planned"),
        ("如果全部入学，小学在校生13000人。", "supposed"),
        ("小学在校生比上年增加120人。", "unknown"),
        ("我们给全校师生发了12345人的通知。", "unknown"),
        ("在校生12345人。", "unknown"),
        ("小学里有专任教师总数达800人。", "unknown"),
        ("清泉镇小学在校生345人。", "unknown"),
        ("清泉镇有学校3所，小学在校生345人。", "scope"),
        ("全市小学在校生512345人。", "scope"),
        ("与2020年相比，小学在校生12345人。", "undated"),
        ("2019年和2020年，小学在校生12345人。", "undated"),
    ],
)
def test_what_is_no_figure_or_not_certain_is_left_out_and_said_why(sentence: str, why: str):
    figures, left = said(sentence)
    assert not figures
    assert why in {one.why for one in left}


def test_what_stands_under_plans_is_no_figure():
    text = "一、基本情况\n小学在校生500人。\n二、下一步打算\n小学在校生600人。\n三、其他\n初中在校生70人。"
    figures, left = said(text)
    assert [one.text for one in figures] == ["500人", "70人"]
    assert [(one.why, one.text) for one in left] == [("planned", "600人")]


@pytest.mark.parametrize(
    ("sentence", "title", "period", "how"),
    [
        ("2019年，小学在校生500人。", TITLE, "2019", "sentence"),
        ("上年，小学在校生500人。", TITLE, "2020", "relative"),
        ("2019—2020学年，小学在校生500人。", TITLE, "2019-2020", "sentence"),
        ("小学在校生500人。", "虚构县二〇一八年教育工作总结\n", "2018", "title"),
        ("小学在校生500人。", "虚构县2017-2018学年工作总结\n", "2017-2018", "title"),
    ],
)
def test_the_period_is_the_documents_own(sentence: str, title: str, period: str, how: str):
    figures, _ = said(sentence, title)
    assert [(one.period, one.how) for one in figures] == [(period, how)]


def test_without_a_year_nothing_is_dated():
    figures, left = said("小学在校生500人。", "工作总结\n")
    assert not figures
    assert [one.why for one in left] == ["undated"]
    assert title_of("工作总结", "虚构2020") == YearSaid("2020", "name")
    # Five years are no year.
    assert title_of("2016-2020年工作总结", "") is None


@given(st.integers(1, 999_999), st.sampled_from(["小学", "初中", "高中"]), st.integers(2001, 2099))
def test_every_printed_number_is_given_as_it_is_and_every_number_once(many, stage, year):
    text = f"{year}年，{stage}在校生{many}人，请家长{many}人。"
    figures, left = said(text)
    assert [(one.value, one.period) for one in figures] == [(Decimal(many), str(year))]
    assert [one.text for one in left] == [f"{many}人"]
