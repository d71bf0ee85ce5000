"""How numbers are read, by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.wordlist import UnitWords, Wordlist
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.records.audited import Number


def numbers(text: str, lexicon: Lexicon) -> list[Number]:
    return [one for one in audit(text, lexicon).numbers if one.value is not None]


@pytest.mark.parametrize(
    "case",
    [
        ("学生1,234人", "1,234人", "1234", "1234", "1234", "人"),
        ("学生１２３人", "１２３人", "123", "123", "123", "人"),
        ("学生57.74万人", "57.74万人", "577400", "577350", "577450", "人"),
        ("面积3. 1平方米", "3. 1平方米", "3.1", "3.05", "3.15", "平方米"),
        ("资金579.\n413万元", "579.\n413万元", "5794130", "5794125", "5794135", "元"),
        ("经费1.5万亿元", "1.5万亿元", "1500000000000", "1450000000000", "1550000000000", "元"),
        ("投入2个亿", "2个亿", "200000000", "150000000", "250000000", ""),
        ("获奖三十多项", "三十多项", "30", "30", "40", "项"),
        ("资金8400余万元", "8400余万元", "84000000", "84000000", "85000000", "元"),
        ("近千人参加", "千人", "1000", "900", "1000", "人"),
        ("约20人", "20人", "20", "19", "21", "人"),
        ("覆盖数十所", "数十所", "50", "20", "99", "所"),
        ("七八所", "七八所", "7", "7", "8", "所"),
        ("四所学校", "四所", "4", "4", "4", "所"),
        ("两千三百名", "两千三百名", "2300", "2300", "2300", "名"),
        ("入学率98.5％", "98.5％", "98.5", "98.45", "98.55", "%"),
        ("入学率76%", "76%", "76", "75.5", "76.5", "%"),
        ("百分之八十五点五", "百分之八十五点五", "85.5", "85.45", "85.55", "%"),
        ("提高3個百分點", "3個百分點", "3", "2.5", "3.5", "个百分点"),
        ("在校生2.76億人", "2.76億人", "276000000", "275500000", "276500000", "人"),
        ("生师比16.97:1", "16.97:1", "16.97", "16.965", "16.975", ""),
    ],
)
def test_a_number_is_read_with_its_bounds(lexicon, case):
    text, printed, value, low, high, unit = case
    (one,) = numbers(text, lexicon)
    assert (one.text, one.unit) == (printed, unit)
    assert (one.value, one.low, one.high) == (Decimal(value), Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["掌握1—2项", "增长5—20%", "3-5岁幼儿", "100至200人"])
def test_the_ends_of_a_range_are_one_number(lexicon, text):
    (one,) = numbers(text, lexicon)
    assert one.form == "range"
    assert one.low is not None
    assert one.high is not None
    assert one.low < one.high


@pytest.mark.parametrize(
    "text",
    [
        "“211”大学和“985”大学",
        "“十四五”规划",
        "两免一补政策",
        "体育、艺术“2+1”项目",
        "九年一贯制学校",
        "与110联网的报警",
        "3D打印和5G网络",
        "教发〔2020〕12号文件",
        "普惠性幼儿园[3]",
        "统一部署,进一步落实",
        "全国两会精神",
    ],
)
def test_a_name_counts_nothing(lexicon, text):
    assert [one.text for one in numbers(text, lexicon)] == []


@pytest.mark.parametrize(
    "text",
    [
        "上线率xx.x%",
        "推荐优秀党员8xxxx,",
        "资金**万元",
        "x月投入使用",
        "学生xxxx人",
        "20__年",
        "×所",
    ],
)
def test_a_mask_has_no_value(lexicon, text):
    found = audit(text.replace("×", "x"), lexicon)
    assert [one for one in found.numbers if one.value is not None and one.form != "year"] == []
    assert found.findings == ()


def test_years_days_and_section_numbers_are_no_amounts(lexicon):
    text = "一、概况\n1.2021年9月3日,第3次会议。\n(2)2021-2022学年;8:30开会。"
    forms = [one.form for one in audit(text, lexicon).numbers]
    assert "cardinal" not in forms
    assert {"ordinal", "year", "date"} <= set(forms)


def test_an_overlay_adds_words(lexicon):
    source = Cited(document="own", seen=Seen.OWN)
    own = Wordlist(
        wordlist="ours",
        term="本县词表",
        units=[UnitWords(words=["甿"], dimension="beds", whole=True)],
        words={"name": ["7彩小屋"]},
        source=source,
    )
    assert [one.unit for one in audit("共有32甿", Lexicon.of([own])).numbers] == ["甿"]
    assert [one.form for one in audit("7彩小屋", Lexicon.of([own])).numbers] == ["name"]
    assert [one.form for one in audit("7彩小屋", lexicon).numbers] != ["name"]
