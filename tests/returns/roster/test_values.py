"""What a cell of a list of schools means."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from national import national

from xianxue.bureau.returns.roster.columns import TERMS
from xianxue.bureau.returns.roster.values import Read, read_cell

CODES = national().shelf.codes


def read(column: str, raw: object) -> Read:
    return read_cell(column, raw, CODES, TERMS[column])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        ("school_type", "小学", "211"),
        ("school_type", " 小 学 ", "211"),
        ("school_type", 211.0, "211"),
        ("school_type", "211 小学", "211"),
        ("school_type", "九年制", "312"),
        ("school_type", "教学点", "218"),
        ("sponsor", "公办", "831"),
        ("sponsor", "民办", "999"),
        ("sponsor", "县级教育部门", "831"),
        ("urban_rural", "镇区", "120"),
        ("urban_rural", "镇中心区", "121"),
        ("attached", "附设幼儿班、附设特教班", "119;519"),
        ("attached", "无", ""),
        ("boarding", "是", "1"),
        ("boarding", "否", "0"),
        ("boarding", "无", "0"),
        ("boarding", "√", "1"),
        ("opened", "1998-09-01", "1998-09-01"),
        ("opened", "1998/9/1", "1998-09-01"),
        ("opened", "1998.9.1", "1998-09-01"),
        ("opened", "一九九八年九月一日", "1998-09-01"),
        ("opened", "19980901", "1998-09-01"),
        ("opened", datetime(1998, 9, 1), "1998-09-01"),  # noqa: DTZ001 - as a spreadsheet has it
        ("opened", date(1998, 9, 1), "1998-09-01"),
        ("opened", 36039.0, "1998-09-01"),
        ("opened", "1998年9月", "1998-09-01"),
        ("opened", "1998.09", "1998-09-01"),
        ("opened", "199809", "1998-09-01"),
        ("opened", "1998年", "1998-09-01"),
        ("opened", 1998.0, "1998-09-01"),
        ("closed", "—", ""),
        ("code", 2163990001.0, "2163990001"),
        ("code", "２１６３９９０００１", "2163990001"),
        ("area", "639900101203", "639900101"),
        ("code", "639900101000", "639900101"),
        ("code", "216399000123", "216399000123"),
        ("level", "乡镇", "township"),
    ],
)
def test_a_value_is_read_as_people_write_it(column: str, raw: object, value: str) -> None:
    found = read(column, raw)
    assert (found.value, found.saw) == (value, "")


@pytest.mark.parametrize(
    ("column", "raw", "saw", "do"),
    [
        ("school_type", "特殊教育学校", "办学类型填了“特殊教育学校”", "是不是“其他特殊教育学校”"),
        ("sponsor", "公立的", "举办者填了“公立的”", "xianxue catalogue codes sponsors"),
        ("opened", "98.9.1", "建校日期填了“98.9.1”", "是不是 1998-09-01"),
        ("opened", "1/9/1998", "建校日期填了“1/9/1998”", "是不是 1998-09-01"),
        ("opened", 1998.1, "建校日期填了“1998.1”", "请写全年月日"),
        ("opened", "1998年13月", "建校日期填了“1998年13月”", "请写全年月日"),
        ("opened", "解放前", "建校日期填了“解放前”", "请写全年月日"),
        ("code", "2.16399E+09", "学校标识码填了“2.16399E+09”", "请把这一列设为文本格式"),
        ("code", "无码", "学校标识码填了“无码”", ""),
        ("boarding", "部分", "寄宿制填了“部分”", ""),
        ("level", "村", "层级填了“村”", ""),
    ],
)
def test_what_cannot_be_read_is_said_and_never_guessed(
    column: str, raw: object, saw: str, do: str
) -> None:
    found = read(column, raw)
    assert (found.value, found.saw) == ("", saw)
    assert do in found.do
    assert bool(found.required)


def test_what_is_taken_for_granted_is_said() -> None:
    assert read("sponsor", "公办").note == "“公办”按举办者“县级教育部门”（831）登记"
    assert read("opened", "1998年9月").note == "建校日期“1998年9月”按 1998-09-01 登记"
    assert read("school_type", "小学").note == ""
    assert read("opened", "1998/9/1").note == ""
