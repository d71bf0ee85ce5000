"""Laws of the auditor, for any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from national import national

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.telling.slips import slip

LEXICON = Lexicon.of(national().shelf.wordlists.values())

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


# ── what is told is right, then a figure is changed ─────────────────────────


def _whole(value: int) -> str:
    return str(value)


def _hundredths(value: Decimal) -> str:
    return str(value.quantize(Decimal("0.01")))


TOLD = {
    "sum": ("全县义务教育学校在校生{x}人，其中小学{a}人、初中{b}人。", "人", lambda a, b: a + b),
    "total": ("小学{a}人，初中{b}人，合计{x}人。", "人", lambda a, b: a + b),
    "bracket": ("参训教师{x}人（男教师{a}人，女教师{b}人）。", "人", lambda a, b: a + b),
    "change": ("在校生由{a}人增加到{s}人，增加{x}人。", "人", lambda _, b: b),
    "growth": ("招生由上年的{a}人增加到{s}人，增长{x}%。", "%", lambda a, b: Decimal(100 * b) / a),
    "growth_by": ("在校生{s}人，比上年增加{b}人，增长{x}%。", "%", lambda a, b: Decimal(100 * b) / a),
    "rate": ("全县专任教师{s}人，其中女教师{a}人，占专任教师总数的{x}%。", "%",
             lambda a, b: Decimal(100 * a) / (a + b)),
    "completion": ("全年计划培训{s}人，实际培训{a}人，完成计划的{x}%。", "%",
                   lambda a, b: Decimal(100 * a) / (a + b)),
    "points": ("巩固率由{p}%提高到{q}%，提高{x}个百分点。", "个百分点",
               lambda _, b: Decimal(b % 900) / 100),
    "per": ("全校学生{a}人，图书{m}册，生均图书{x}册。", "册", lambda a, b: Decimal(a * 7 + b) / a),
    "same": ("全年投入{m}元，全年投入共{x}元。", "元", lambda a, b: a * 7 + b),
}  # fmt: skip
"""Relation to a text (虚构), the unit of its figure, and what the figure has to be."""


def told(kind: str, a: int, b: int) -> tuple[str, str, str, int]:
    """Give a text, its right figure, a wrong one, and where the figure stands."""
    text, unit, right = TOLD[kind]
    value = right(a, b)
    written, wrong = (
        (_whole(value), _whole(value + 7 + value // 9))
        if isinstance(value, int)
        else (_hundredths(value), _hundredths(value * Decimal("1.07") + 1))
    )
    p = Decimal(80) + Decimal(a % 500) / 100
    numbers = {"a": a, "b": b, "s": a + b, "m": a * 7 + b, "p": p}
    numbers["q"] = p + Decimal(b % 900) / 100
    filled = text.format(**numbers, x="{x}")
    return filled, written + unit, wrong + unit, filled.index("{x}")


def verdicts_at(text: str, at: int) -> set[str]:
    return {one.verdict for one in audit(text, LEXICON).findings if one.stated.start == at}


AMOUNTS = st.tuples(st.integers(1000, 99_999), st.integers(1001, 9_999))


@pytest.mark.parametrize("kind", sorted(set(TOLD) - {"same"}))
@given(AMOUNTS)
def test_a_changed_figure_never_stays_right(kind, amounts):
    """Beyond its interval a figure that was proved is refuted or doubted, never left."""
    text, right, wrong, at = told(kind, *amounts)
    unit = TOLD[kind][1]
    assert verdicts_at(text.replace("{x}" + unit, right), at) & {"consistent", "rounding"}
    changed = verdicts_at(text.replace("{x}" + unit, wrong), at)
    assert changed & {"inconsistent", "possible"}
    assert not changed & {"consistent", "rounding"}


BESIDE = [
    "会议由分管领导主持。",
    "全年接待来访团组23批次。",
    "\n\n第三章　附则\n",
    "各校要抓好落实。",
]


@pytest.mark.parametrize("kind", sorted(TOLD))
@given(AMOUNTS, st.sampled_from(BESIDE), st.booleans())
def test_a_sentence_that_has_nothing_to_do_with_it_changes_nothing(kind, amounts, beside, before):
    text, right, wrong, at = told(kind, *amounts)
    for figure in (right, wrong):
        filled = text.replace("{x}" + TOLD[kind][1], figure)
        longer = beside + filled if before else filled + beside
        moved = at + len(beside) * before
        assert verdicts_at(longer, moved) == verdicts_at(filled, at)
