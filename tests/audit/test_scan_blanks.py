"""Digits that blanks, names and nouns stand around, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.scan import scan


def read(lexicon: Lexicon, text: str) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.form, one.dim) for one in scan(text, lexicon)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在校生2 210人。", [("2 210人", "cardinal", "people")]),
        ("支出60 328万元。", [("60 328万元", "cardinal", "money")]),
        ("增长8 .7%。", [("8 .7%", "percent", "share")]),
        ("教师474  人。", [("474  人", "cardinal", "people")]),
        ("完成率为119.44%。", [("119.44%", "percent", "share")]),
        ("完成率为120%。", [("120%", "percent", "share")]),
        ("共119人。", [("119人", "cardinal", "people")]),
        ("拨打119。", [("119", "name", "")]),
        ("52.5万就业学生中", [("52.5万就业学生", "cardinal", "people")]),
        ("三年级和8年级", [("三年级", "name", ""), ("8年级", "name", "")]),
        ("教龄6-10年、11-15年", [("6-10年", "date", ""), ("11-15年", "date", "")]),
        ("四年时间", [("四年", "date", "")]),
    ],
)
def test_one_number_is_read_as_one(
    lexicon: Lexicon, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert read(lexicon, text) == expected


def test_two_columns_are_two_numbers(lexicon: Lexicon) -> None:
    assert [one[0] for one in read(lexicon, "小学 5 210人")] == ["5", "210人"]
    assert [one[0] for one in read(lexicon, "甲 12 345 678")] == ["12", "345", "678"]


def test_what_was_split_off_is_read_too(lexicon: Lexicon) -> None:
    assert [one[0] for one in read(lexicon, "1. 5所学校。")] == ["1", "5所"]
