"""Days and years: what means one day is read, what may mean two is only suggested."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.contents.dates import day_meant, day_written, year_meant, year_written
from xianxue.bureau.returns.contents.numerals import chinese_number, with_arabic

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
WAYS = [
    "{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日", "{0} 年 {1} 月 {2} 号", "{0}、{1}、{2}",
    "{0}年{1}月{2}", "{0}-{1:02}-{2:02} 08:30:00", "{0}-{1:02}-{2:02}T00:00:00.000", "{0},{1},{2}", "{0}_{1}_{2}",
    "{0}—{1}—{2}", "{0}-{1}-{2}.", "{0}/{1}/{2} 8:30 PM",
]  # fmt: skip


@given(DAYS, st.sampled_from(WAYS))
def test_a_day_with_its_year_first_is_read_however_it_is_divided(day, way):
    text = way.format(day.year, day.month, day.day)
    assert day_written(text) == day
    wide = text.translate(str.maketrans("0123456789-/.", "０１２３４５６７８９－／．"))
    assert day_written(wide) == day


@given(DAYS)
def test_a_day_with_its_month_in_english_is_read(day):
    months = "January February March April May June July August September October November December"
    month = months.split()[day.month - 1]
    for text in (
        f"{day.day}-{month[:3]}-{day.year}",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month[:3]}. {day.day} {day.year}",
        f"{month[:3].upper()} {day.day},{day.year}",
    ):
        assert day_written(text) == day, text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二五年九月一日", "2025-09-01"),
        ("二○二五年十二月三十一日", "2025-12-31"),
        ("二零二五年十月二十号", "2025-10-20"),
        ("2025年九月1日", "2025-09-01"),
    ],
)
def test_a_day_in_characters_is_read(text, day):
    assert str(day_written(text)) == day


@pytest.mark.parametrize(
    "text",
    ["1/9/2025", "25.9.1", "2025年9月", "9月1日", "2025-13-01", "2025-02-29", "1799-12-31", "2200-01-01",
     "2025-9-1-2", "32 Jan 2025", "1 Foo 2025", "20250901", "", "九月"],
)  # fmt: skip
def test_what_means_no_one_day_is_not_read(text):
    assert day_written(text) is None


def test_the_first_and_the_last_day_anybody_means():
    assert day_written("1800-01-01") == date(1800, 1, 1)
    assert day_written("2199-12-31") == date(2199, 12, 31)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("25.9.1", "2025-09-01"),
        ("49/9/1", "2049-09-01"),
        ("50-9-1", "1950-09-01"),
        ("98年9月1日", "1998-09-01"),
        # Day before month, unless that is no day.
        ("1/9/2025", "2025-09-01"),
        ("31.8.2025", "2025-08-31"),
        ("8-31-2025", "2025-08-31"),
        ("13/13/2025", ""),
        ("2025年9月", "2025-09-01"),
        ("2025/9", "2025-09-01"),
        ("2025.13", ""),
        ("1799年9月", ""),
        ("九月", ""),
        ("去年", ""),
        ("", ""),
    ],
)
def test_what_an_uncertain_day_may_mean(text, meant):
    assert day_meant(text) == meant


# ── years ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1998年9月", 1998), ("1998年09", 1998), ("1998 年", 1998), ("1998/9", 1998), ("1998-09月", 1998), ("１９９８", 1998),
        ("1800年", 1800), ("2199", 2199), ("1799年", None), ("2200", None),
        ("98年", None), ("1998年春", None), ("建于1998", None), ("1998/9/1", None), ("", None),
    ],
)  # fmt: skip
def test_a_year_written_with_its_month(text, year):
    assert year_written(text) == year


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("98", "1998"), ("98年", "1998"), ("'05", "2005"), ("49年", "2049"), ("50", "1950"),
        ("九八年", "1998"), ("一九九八年", "1998"), ("建于1998年春", "1998"), ("1800", "1800"), ("2199年底", "2199"),
        ("1799年", ""), ("2200年", ""), ("998年", ""), ("建校已久", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_a_year_in_other_words_may_mean(text, meant):
    assert year_meant(text) == meant


# ── numerals ────────────────────────────────────────────────────────────────


def spoken(number: int) -> str:
    """A number from 0 to 99,999,999 as it is said."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    for size, word in ((10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            front, rest = divmod(number, size)
            between = "零" if rest and rest < size // 10 else ""
            return spoken(front) + word + between + (spoken(rest) if rest else "")
    raise AssertionError


@given(st.integers(0, 99_999_999))
def test_a_number_that_is_said_is_read(number):
    assert chinese_number(spoken(number)) == number


@given(st.integers(0, 10**12))
def test_digits_one_by_one_are_read_as_they_stand(number):
    for digits in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "○一两叁四五陸七八九"):
        assert chinese_number("".join(digits[int(each)] for each in str(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("一百二", 102), ("两千零五", 2005), ("三万二千", 32000),
        ("壹佰贰拾叁", 123), ("伍仟萬", 50_000_000), ("一亿零三", 100_000_003), ("貳億", 200_000_000), ("百", 100),
        ("十万", 100_000), ("一九九八", 1998), ("〇五", 5),
    ],
)  # fmt: skip
def test_numbers_by_hand(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "百余", "约十", "12", "一百人", "第一"])
def test_what_is_no_number_in_characters(text):
    assert chinese_number(text) is None


def test_forty_characters_are_read_and_forty_one_are_a_sentence():
    assert chinese_number("一" * 40) == int("1" * 40)
    assert chinese_number("一" * 41) is None


def test_the_numerals_of_a_text_become_arabic_ones():
    assert with_arabic("十一年级（3）班") == "11年级（3）班"
    assert with_arabic("九年一贯制学校") == "9年1贯制学校"
    assert with_arabic("小学") == "小学"
