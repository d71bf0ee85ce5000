"""Where a number comes from: by its tag, by its words, and by nothing at all."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from xianxue.bureau.audit.sources.sourced import Known, Phrases, as_proof, name_of, tagged, worded
from xianxue.bureau.audit.telling.literal import literal_of
from xianxue.bureau.documents.document import Control, Document
from xianxue.bureau.records.audited import Audit, Number
from xianxue.bureau.values.record import replace

KEY = "schools_total/639900/all/2025-2026"


def known(exact: str, *printed: str, key: str = KEY, term: str = "中小学校数", unit: str = "所"):
    return Known(
        key=key,
        term=term,
        place="虚构县",
        period="2025-2026",
        exact=exact,
        unit=unit,
        printed=printed,
    )


def document(said: str, tag: str = KEY) -> Document:
    text = f"全县有{said}。\n"
    return Document("word", text, (Control(tag, "中小学校数", 3, 3 + len(said)),))


WAS = {KEY: known("25", "25所", "25")}


@pytest.mark.parametrize(
    ("said", "recorded", "current", "state"),
    [
        ("25所", WAS, None, "same"),
        ("25", WAS, None, "same"),
        ("26所", WAS, None, "edited"),
        ("25所", WAS, WAS, "same"),
        ("25所", WAS, {KEY: known("26", "26所")}, "stale"),
        ("26所", WAS, {KEY: known("26", "26所")}, "same"),
        ("27所", WAS, {KEY: known("26", "26所")}, "edited"),
        ("25所", WAS, {}, "unknown"),
        ("27所", WAS, {}, "edited"),
        ("25所", {}, WAS, "same"),
        ("26所", {}, WAS, "edited"),
        ("25所", {}, None, "unknown"),
        ("25.0所", WAS | {KEY: known("25", "25.0所")}, WAS, "same"),
    ],
)
def test_what_a_tag_says(said, recorded, current, state):
    (found,) = tagged(document(said), recorded, current)
    assert (found.state, found.how, found.text) == (state, "tag", said)
    assert found.message


def test_a_stale_number_is_told_with_old_and_new_value():
    (found,) = tagged(document("25所"), WAS, {KEY: known("26", "26所")})
    assert "写成时为25所" in found.message
    assert "现为26所" in found.message


def test_somebody_elses_control_is_passed_over():
    assert tagged(document("张某", "Author"), {}, WAS) == []
    assert tagged(document("25所", "goog_rdk_0"), WAS, None) == []


def test_a_word_that_was_changed_is_told_too():
    verdict = {KEY: known("", "达标", unit="")}
    (found,) = tagged(document("未达标"), verdict, None)
    assert found.state == "edited"


def number(text: str, said: str, value: str, unit: str, **more) -> Number:
    start = text.index(said)
    amount = Decimal(value)
    half = Decimal(1).scaleb(amount.as_tuple().exponent) / 2 if "." in value else Decimal(0)
    form = "percent" if unit == "%" else "cardinal"
    return Number(
        said, start, start + len(said), form, amount, amount - half, amount + half, unit, **more
    )


def test_an_edited_number_is_a_relation_that_does_not_hold():
    paper = document("27所")
    audit = Audit(paper.text, (number(paper.text, "27所", "27", "所"),), (), ())
    (found,) = tagged(paper, WAS, None)
    proof = as_proof(found, audit)
    assert proof is not None
    assert (proof.verdict, proof.kind, proof.stated.text) == ("inconsistent", "duplicate", "27所")
    assert proof.stated.value == 27
    assert proof.computed is not None
    assert (proof.computed.low, proof.computed.high) == (25, 25)
    (same,) = tagged(document("25所"), WAS, None)
    assert as_proof(same, audit) is None


# ── by words ────────────────────────────────────────────────────────────────

PUPILS = known("9731", "9731人", key="pupils/639900/primary/2025-2026", term="在校生数", unit="人")
RATE = known("116800/1201", "97.25%", key="e/639900/all/2025-2026", term="毛入园率", unit="%")
CENTRAL = known("300", "300人", key="pupils/1/primary/2025-2026", term="在校生数", unit="人")
PHRASES = Phrases(
    {
        ("", "小学在校生"): PUPILS,
        ("虚构县", "小学在校生"): PUPILS,
        ("", "学前三年毛入园率"): RATE,
        ("第一小学", "小学在校生"): CENTRAL,
    },
    frozenset({"虚构县", "第一小学"}),
    frozenset({"2025", "2026"}),
)


@pytest.mark.parametrize(
    ("text", "said", "value", "unit", "state"),
    [
        ("小学在校生9731人", "9731人", "9731", "人", "same"),
        ("全县现有小学在校生总数为9731人", "9731人", "9731", "人", "same"),
        ("虚构县小学在校生9731人", "9731人", "9731", "人", "same"),
        ("2025年，小学在校生9731名", "9731名", "9731", "名", "same"),
        ("2025年小学在校生9713人", "9713人", "9713", "人", "differs"),
        ("第一小学的小学在校生300人", "300人", "300", "人", "same"),
        ("学前三年毛入园率达97.25%", "97.25%", "97.25", "%", "same"),
        ("学前三年毛入园率达到97.3%", "97.3%", "97.3", "%", "same"),
        ("学前三年毛入园率达97.35%", "97.35%", "97.35", "%", "differs"),
        # another year, another unit, another scope, or more words than the figure has
        ("2024年小学在校生9650人", "9650人", "9650", "人", "unknown"),
        ("小学在校生9731册", "9731册", "9731", "册", "unknown"),
        ("乡镇小学在校生5000人", "5000人", "5000", "人", "unknown"),
        ("小学在校生比上年增加31人", "31人", "31", "人", "unknown"),
        ("投入12人", "12人", "12", "人", "unknown"),
    ],
)
def test_what_words_say(text, said, value, unit, state):
    audit = Audit(text, (number(text, said, value, unit),), (), ())
    (found,) = worded(Document("text", text), audit, PHRASES)
    assert found.state == state
    assert found.how == ("" if state == "unknown" else "words")


def test_a_tagged_number_is_not_matched_by_words_again():
    paper = document("25所")
    audit = Audit(paper.text, (number(paper.text, "25所", "25", "所"),), (), ())
    assert worded(paper, audit, PHRASES) == []


def test_the_number_of_a_table_or_in_an_official_term_is_no_figure():
    phrases = replace(PHRASES, names=re.compile("学前三年毛入园率"))
    text = "见表1，学前三年毛入园率"
    numbers = (number(text, "1", "1", ""), number(text, "三年", "3", "年"))
    assert worded(Document("text", text), Audit(text, numbers, (), ()), phrases) == []


def test_names_lose_what_only_leads_to_the_number():
    assert name_of("在校生总数达到") == "在校生"
    assert name_of("各级各类学校（机构）总数") == "各级各类学校（机构）"
    assert name_of("") == ""


def test_the_first_number_of_a_text_is_read_exactly():
    assert literal_of("1,234.50万元") == Decimal(12345000)
    assert literal_of("１２．５％") == Decimal("12.5")
    assert literal_of("未定") is None
