"""Amounts of several years, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def proven(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.kind, one.stated.text, tuple(term.text for term in one.terms))
        for one in audit(text, lexicon).findings
        if one.verdict in ("consistent", "rounding") and one.kind in ("difference", "growth")
    ]


@pytest.mark.parametrize(
    ("text", "kind", "stated", "terms"),
    [
        ("2022年在园500人。2023年在园400人,比上一年减少100人。", "difference", "100人", ("400人", "500人")),
        ("2020年招生900人,2024年700人,四年时间减少了200人。", "difference", "200人", ("700人", "900人")),
        ("2012年毕业生800人,2016年毕业生700人,较2012年下降了12.5%。", "growth", "12.5%", ("700人", "800人")),
    ],
)  # fmt: skip
def test_the_year_said_is_the_year_compared_with(
    lexicon: Lexicon, text: str, kind: str, stated: str, terms: tuple[str, ...]
) -> None:
    assert (kind, stated, terms) in proven(lexicon, text)


def test_another_year_proves_nothing(lexicon: Lexicon) -> None:
    text = "2021年在园500人。2023年在园400人,比上一年减少100人。"
    assert proven(lexicon, text) == []


def test_a_growth_since_a_year_that_is_said_is_held_against_it(lexicon: Lexicon) -> None:
    text = "2012年毕业生800人,2016年毕业生700人,较2012年下降了17.5%。"
    found = [one for one in audit(text, lexicon).findings if one.kind == "growth"]
    assert [(one.verdict, one.stated.text) for one in found] == [("inconsistent", "17.5%")]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("2024年在校生1200人,2025年在校生1300人,比上年减少100人。", ["100人"]),
        ("2024年巩固率98.56%,2025年巩固率98.26%,比上年提高0.3个百分点。", ["0.3个百分点"]),
        ("2024年在校生1200人,2025年在校生1300人,比上年增加100人。", []),
        ("2024年招生1200人,2025年在校生1300人,比上年减少100人。", []),
        ("2024年在校生约1200人,2025年在校生1300人,比上年减少100人。", []),
    ],
)
def test_a_change_that_is_right_but_for_its_direction(
    lexicon: Lexicon, text: str, stated: list[str]
) -> None:
    found = [one for one in audit(text, lexicon).findings if one.verdict == "inconsistent"]
    assert [one.stated.text for one in found] == stated
    assert {one.kind for one in found} <= {"direction"}


@pytest.mark.parametrize(
    ("title", "year"),
    [("2026年工作总结", 2026), ("２０２６年教育工作报告", 2026), ("2031年工作要点", 2031)],
)
def test_a_year_that_is_spoken_of_has_its_own_value(
    lexicon: Lexicon, title: str, year: int
) -> None:
    """Years are no amounts: 2025 is 2025, not so many of the smallest parts of one."""
    body = "2025年秋季开学。2025年新建学校。2025年撤并学校。2025年招聘教师。"
    (found,) = [
        one for one in audit(f"{title}\n{body}", lexicon).findings if one.kind == "duplicate"
    ]
    assert (found.stated.value, found.terms[0].value) == (year, 2025)
