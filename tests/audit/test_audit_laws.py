"""Laws of the auditor, for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.telling.slips import slip
from xianxue.catalogue.load import load

LEXICON = Lexicon.of(load().shelf.wordlists.values())

ALPHABET = "0123456789.,%％。，；：、（）()xX*_|\t\n 万亿千百十一二三两几余多近约人所元个项分之百点占率比增长下降其中共小学初中在校生"
TEXTS = st.text(alphabet=ALPHABET, max_size=160)


@given(TEXTS)
def test_any_text_is_audited_and_every_offset_is_in_it(text):
    found = audit(text, LEXICON)
    assert found.text == text
    for one in found.numbers:
        assert text[one.start : one.end] == one.text
        if one.value is not None and one.form not in ("year", "range"):
            assert one.low is not None
            assert one.high is not None
            assert one.low <= one.value <= one.high
    for one in found.findings:
        assert text[one.start : one.end] == one.quote
        assert one.message
        for term in (one.stated, *one.terms):
            assert text[term.start : term.end] == term.text
        if one.verdict in ("inconsistent", "possible"):
            assert one.suggestion


@given(TEXTS)
def test_the_same_text_is_judged_the_same(text):
    assert audit(text, LEXICON) == audit(text, LEXICON)


@given(st.text(max_size=200))
def test_no_text_raises(text):
    audit(text, LEXICON)


PARTS = st.lists(st.integers(1000, 99999), min_size=2, max_size=6)


@given(PARTS)
def test_a_true_sum_is_proven(parts):
    items = "，".join(
        f"{name}校{part}人" for name, part in zip("甲乙丙丁戊己", parts, strict=False)
    )
    found = audit(f"学生{sum(parts)}人（{items}）。", LEXICON).findings
    sums = [one for one in found if one.kind == "sum" and one.stated.value == sum(parts)]
    assert [one.verdict for one in sums] == ["consistent"]
    assert [one for one in found if one.verdict in ("inconsistent", "possible")] == []


@given(PARTS, st.data())
def test_a_bracket_that_does_not_make_its_whole_is_called_wrong(parts, data):
    wrong = data.draw(st.integers(max(parts) + 1, 2 * sum(parts)).filter(lambda n: n != sum(parts)))
    items = "，".join(f"{name}{part}人" for name, part in zip("甲乙丙丁戊己", parts, strict=False))
    found = audit(f"学生{wrong}人（{items}）。", LEXICON).findings
    prefixes = {sum(parts[:count]) for count in range(2, len(parts))}
    if wrong not in prefixes:
        assert "inconsistent" in {one.verdict for one in found}


@given(st.integers(1000, 10**7), st.integers(1, 10**6))
def test_growth_that_is_computed_is_never_called_wrong(now, more):
    if more >= now:
        return
    rate = (Decimal(more) * 100 / Decimal(now - more)).quantize(Decimal("0.01"))
    text = f"学生{now}人，比上年增加{more}人，增长{rate}%。"
    verdicts = {one.verdict for one in audit(text, LEXICON).findings}
    assert verdicts <= {"consistent", "rounding"}
    assert verdicts


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_a_share_that_is_computed_is_never_called_wrong(whole, part):
    if part > whole:
        return
    rate = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"))
    text = f"教师{whole}人，其中女教师{part}人，占教师总数的{rate}%。"
    assert not [
        one for one in audit(text, LEXICON).findings if one.verdict in ("inconsistent", "possible")
    ]


@given(st.integers(100, 10**6), st.data())
def test_a_changed_digit_is_one_slip(number, data):
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([one for one in "123456789" if one != digits[at]]))
    changed = int(digits[:at] + other + digits[at + 1 :])
    assert slip(changed, number)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1,234" * 10_000,
        "3. " * 20_000,
        "x" * 50_000,
        "(" * 50_000,
        "一" * 50_000,
        "百分之" * 20_000,
        "共3人，" * 10_000,
        "其中" * 30_000,
        "、".join(["12人"] * 10_000),
        "1:" * 25_000,
        "\n" * 50_000,
        "第" * 50_000 + "3",
        "占比50%，" * 8_000,
        "3|4\n" * 8_000,
        "甲类12人,占比1%;" * 4_000,
        "共12人," * 6_000,
    ],
    ids=lambda text: text[:6].strip() or "blank",
)
def test_nothing_runs_away(text):
    """Each would take hours with a quantifier inside a quantifier, or a search of all pairs."""
    audit(text, LEXICON)
