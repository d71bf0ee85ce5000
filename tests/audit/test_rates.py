"""Shares, rates and completion in invented sentences (虚构): right, wrong, and not to be judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

PATH = Path(__file__).with_name("rates_told.txt")
"""A line a text: the text, its share, and whether it is right, wrong, or nothing is to be said."""
ROWS = [tuple(line.split("|")) for line in PATH.read_text(encoding="utf-8").splitlines()]
PROVED = frozenset({"consistent", "rounding"})
FULL = {ord(one): 0xFEE0 + ord(one) for one in "0123456789%"}
PRINTED = re.compile(r"[0-9]+(?:\.[0-9])?%")


def said(lexicon: Lexicon, text: str, figure: str) -> str:
    verdicts = {
        one.verdict
        for one in audit(text, lexicon).findings
        if one.kind == "rate" and one.stated.text == figure
    }
    if verdicts & PROVED:
        return "right"
    return "wrong" if "inconsistent" in verdicts else "silent"


def alarms(lexicon: Lexicon, text: str) -> list[str]:
    return [one.message for one in audit(text, lexicon).findings if one.verdict == "inconsistent"]


@pytest.mark.parametrize(("text", "figure", "verdict"), ROWS)
def test_a_share_is_judged(lexicon: Lexicon, text: str, figure: str, verdict: str) -> None:
    assert said(lexicon, text, figure) == verdict
    assert verdict == "wrong" or alarms(lexicon, text) == []


SURE = [row for row in ROWS if row[2] == "right" and PRINTED.fullmatch(row[1])]


@pytest.mark.parametrize(("text", "figure", "verdict"), SURE)
def test_other_writing_and_sentences_around_change_nothing(
    lexicon: Lexicon, text: str, figure: str, verdict: str
) -> None:
    around = f"今年以来，全局上下共同努力。{text}下一步将继续推进。"

    assert said(lexicon, text.translate(FULL), figure.translate(FULL)) == verdict
    assert said(lexicon, around, figure) == verdict


COUNTED = [
    row
    for row in SURE
    if row[0].count(row[1]) == 1 and "亿" not in row[0] and float(row[1][:-1]) > 9
]
"""Their numbers were counted: no rounding hides another share."""


@pytest.mark.parametrize(("text", "figure", "verdict"), COUNTED)
@pytest.mark.parametrize("by", [-3, 4])
def test_what_is_proved_is_refuted_when_it_is_wrong(
    lexicon: Lexicon, text: str, figure: str, verdict: str, by: int
) -> None:
    decimals = len(figure[:-1].partition(".")[2])
    other = f"{float(figure[:-1]) + by:.{decimals}f}%"

    assert verdict == "right"
    assert said(lexicon, text.replace(figure, other), other) == "wrong"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "年初预算为500.00万元，支出决算为505.00万元。决算数小于预算数的主要原因是压减开支。",
            "505.00万元大于500.00万元，与文中说的正好相反。",
        ),
        (
            "年初预算为500.00万元，支出决算为495.00万元。决算数大于预算数的主要原因是政策调整。",
            "495.00万元小于500.00万元，与文中说的正好相反。",
        ),
    ],
)
def test_budgets_are_set_against_what_was_spent(lexicon: Lexicon, text: str, message: str) -> None:
    assert alarms(lexicon, text) == [message]


def test_a_true_comparison_with_the_budget_raises_nothing(lexicon: Lexicon) -> None:
    text = "年初预算为500.00万元，支出决算为495.00万元。决算数小于预算数的主要原因是压减开支。"

    assert alarms(lexicon, text) == []


def test_the_excess_over_a_norm_is_of_the_norm(lexicon: Lexicon) -> None:
    found = audit("某校校车核载50人，实际载客60人，超载17%。", lexicon).findings

    assert [(one.verdict, one.stated.text) for one in found] == [("inconsistent", "17%")]
    assert alarms(lexicon, "某校校车核载50人，实际载客60人，超载20%。") == []


def test_advice_is_of_all_parts_together(lexicon: Lexicon) -> None:
    text = "适龄幼儿2000人，在园幼儿1800人，赴外地就读幼儿100人，毛入园率达94%。"
    (found,) = audit(text, lexicon).findings

    assert [term.text for term in found.terms] == ["1800人", "100人", "2000人"]
    assert found.suggestion is not None
    assert "95%" in found.suggestion


@pytest.mark.parametrize(
    ("text", "figure", "verdict"),
    [
        ("发放问卷40份，回收37份，满意率91.3%。", "91.3%", "inconsistent"),
        ("发放问卷40份，回收37份，满意率91.9%。", "91.9%", "silent"),
        ("收回有效问卷37份，总体满意率为91.3%。", "91.3%", "inconsistent"),
        # 34 of 37 is 91.89…: cut off it is 91.8.
        ("回收37份，满意率91.8%。", "91.8%", "silent"),
        # The valid ones are what it is of: 32 of 35.
        ("回收37份，其中有效35份，满意率91.4%。", "91.4%", "silent"),
        ("回收1320份，满意率91.3%。", "91.3%", "silent"),
        # Which of both is not said; of parents alone is another number; points are no share.
        ("教师回收37份，家长回收180份，满意率91.3%。", "91.3%", "silent"),
        ("回收37份，家长满意率91.3%。", "91.3%", "silent"),
        ("回收37份，满意度91.3%。", "91.3%", "silent"),
        ("回收37份。去年满意率91.3%。", "91.3%", "silent"),
        ("回收约37份，满意率91.3%。", "91.3%", "silent"),
    ],
)
def test_a_rate_that_so_few_answers_cannot_have_is_found(said, text, figure, verdict):
    """GRIM: of 37 answers 34 are 91.9 % and 33 are 89.2 %; nothing is 91.3 %."""
    assert said(text, figure) == verdict
