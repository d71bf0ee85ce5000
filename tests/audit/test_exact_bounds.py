"""What rounding allows is never called wrong, and what it does not allow is no matter of per cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from national import national

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

LEXICON = Lexicon.of(national().shelf.wordlists.values())
HUNDREDTH = Decimal("0.01")


def verdicts(text: str) -> list[str]:
    return [one.verdict for one in audit(text, LEXICON).findings]


def books(whole: object, primary: object, secondary: object) -> str:
    return f"全县义务教育学校图书{whole}万册，其中小学{primary}万册、初中{secondary}万册。"


@pytest.mark.parametrize(
    ("whole", "verdict"),
    [
        ("146.14", "consistent"),
        # 81.27 and 64.87 stand for 146.13 to 146.15; a printed 146.15 for 146.145 and more.
        ("146.13", "rounding"),
        ("146.15", "rounding"),
        ("146.12", "inconsistent"),
        # 0.01 of 146 is seven thousandths of one per cent: no tolerance in per cent is as strict.
        ("146.11", "inconsistent"),
    ],
)
def test_the_bound_is_the_last_printed_digit(whole, verdict):
    assert verdicts(books(whole, "81.27", "64.87")) == [verdict]


THOUSANDTHS = st.integers(1_000, 999_999).map(lambda n: Decimal(n).scaleb(-3))


@given(THOUSANDTHS, THOUSANDTHS)
def test_numbers_rounded_from_what_adds_up_are_never_wrong(primary, secondary):
    printed = [
        each.quantize(HUNDREDTH, ROUND_HALF_UP)
        for each in (primary + secondary, primary, secondary)
    ]
    assert "inconsistent" not in verdicts(books(*printed))
    assert verdicts(books(*printed)), "the sum is found"


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.integers(1, 3))
def test_whole_numbers_have_no_room_at_all(primary, secondary, less):
    whole = primary + secondary
    text = "全县有学生{}人，其中小学{}人、初中{}人。"
    assert "inconsistent" not in verdicts(text.format(whole, primary, secondary))
    if whole - less > max(primary, secondary):
        assert "inconsistent" in verdicts(text.format(whole - less, primary, secondary))


@given(st.integers(1, 99_999), st.integers(1, 99_999), st.integers(0, 2))
def test_a_rate_rounded_from_its_parts_is_never_wrong(one, other, decimals):
    part, whole = sorted((one, other))
    exact = Fraction(100 * part, whole)
    digits = Decimal(exact.numerator) / Decimal(exact.denominator)
    rate = digits.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert "inconsistent" not in verdicts(f"全县{whole}人参加考试，合格{part}人，合格率{rate}%。")


def test_a_rate_is_held_to_its_last_digit():
    text = "全县6302人参加高考，本科进线4217人，进线率{}%。"
    for rate, verdict in (
        ("66.92", "consistent"),
        ("66.9", "consistent"),
        ("66.91", "inconsistent"),
    ):
        found = audit(text.format(rate), LEXICON).findings
        assert [one.verdict for one in found if one.kind == "rate"] == [verdict], rate


@pytest.mark.parametrize("about", ["1000余", "近1100", "约1000"])
def test_about_is_never_called_wrong_within_its_bounds(about):
    text = f"全县投入资金{about}万元，其中中央资金600万元、县级资金450万元。"
    assert "inconsistent" not in verdicts(text)
