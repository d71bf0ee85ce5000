"""Days as people read them in either language."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.records.deadline import chinese_day
from xianxue.catalogue.languages.words import words_of


def test_a_day_in_english_is_written_in_full():
    """«2026-12-5» is neither how English nor how a computer writes a day."""
    day = chinese_day(date(2026, 12, 5))
    assert str(day) == "2026年12月5日"
    assert day.told(words_of("en")) == "2026-12-05"
