"""Statistics as they are printed: signs and noughts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xianxue.desk.exams.written import percent, signed


@pytest.mark.parametrize("value", ["0", "1/1000000", "-1/1000000", "-1/20001"])
def test_no_nought_has_a_sign(value: str) -> None:
    assert signed(Fraction(value)) == "0.00"
    assert percent(Fraction(value)) == "0.00%"


@pytest.mark.parametrize(("value", "said"), [("1/20000", "+0.01"), ("-1/20000", "−0.01")])
def test_half_a_step_is_rounded_away_from_nought(value: str, said: str) -> None:
    assert signed(Fraction(value)) == said
