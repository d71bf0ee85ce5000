"""What the plain reading leaves: read with a word on it, or answered with advice, word by word."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.lenient import (
    Doubt,
    Reading,
    advice,
    near_terms,
    read_anyway,
)
from xianxue.bureau.returns.contents.strict import read_value
from xianxue.bureau.values.missing import Missing


def asked(kind: str, unit: str = "one", **more: object) -> Field:
    return Field(field="x", term="x", type=kind, unit=unit, **more)  # type: ignore[arg-type]


PERSONS, CLASSES = asked("integer", "person"), asked("integer", "class")
YUAN, AREA, HOURS = (
    asked("measure", "yuan"),
    asked("measure", "square_metre"),
    asked("measure", "hour"),
)
COUNT = asked("integer")

# ── read with a word on it ──────────────────────────────────────────────────


def test_a_unit_behind_a_number():
    assert read_anyway("120人", PERSONS, {}) == Reading(
        120, Doubt("R-UNIT", Severity.EXPLAIN, "带了文字，按 120 采用", "只填数字，不写单位")
    )
    assert read_anyway("12.50元", YUAN, {}) == Reading(
        1250, Doubt("R-UNIT", Severity.EXPLAIN, "带了文字，按 12.5 采用", "只填数字，不写单位")
    )


def test_ten_thousands_behind_a_number():
    do = "请核对；没有错就直接填 15000，不写单位"
    problem = "写了数量单位，按 15000 人采用"
    doubt = Doubt("R-TEN-THOUSAND", Severity.EXPLAIN, problem, do)
    assert read_anyway("1.5万人", PERSONS, {}) == Reading(15000, doubt)
    # Without a word for what is counted it is the field's own.
    assert read_anyway("1.5万", PERSONS, {}) == Reading(15000, doubt)
    found = read_anyway("1.5万", CLASSES, {})
    assert found.doubt.problem == "写了数量单位，按 15000 个班采用"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("'120", PERSONS, 120), ("’120‘", PERSONS, 120), ("`120", PERSONS, 120), ("1\u200b20", PERSONS, 120),
        ("1,998", asked("year"), 1998), ("1998年9月", asked("year"), 1998), ("'1998年9月", asked("year"), 1998),
        ("2025年9月1号", asked("date"), "2025-09-01"),
        ("√", asked("yes_no"), 1), ("✓", asked("yes_no"), 1), ("✔", asked("yes_no"), 1), ("☑", asked("yes_no"), 1),
        ("对", asked("yes_no"), 1), ("T", asked("yes_no"), 1), ("R√", asked("yes_no"), 1), ("×", asked("yes_no"), 0),
        ("✗", asked("yes_no"), 0), ("✘", asked("yes_no"), 0), ("☒", asked("yes_no"), 0), ("错", asked("yes_no"), 0), ("F", asked("yes_no"), 0),
    ],
)  # fmt: skip
def test_what_means_one_thing_needs_no_word(text, field, value):
    assert read_anyway(text, field, {}) == Reading(value)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("1.5人", PERSONS), ("1.5", PERSONS), ("'1.5", PERSONS), ("1.23456万", PERSONS), ("1.005元", YUAN), ("3间", PERSONS), ("3亩", AREA),
        ("一百", PERSONS), ("1998年春", asked("year")), ("17", asked("year")), ("2,200", asked("year")), ("1/9/2025", asked("date")), ("也许", asked("yes_no")),
        ("随便", asked("text")), ("", PERSONS), ("某某", asked("code", codes="x")),
    ],
)  # fmt: skip
def test_what_does_not_is_left(text, field):
    assert read_anyway(text, field, {}) is None


def test_a_code_by_its_term_without_signs_and_in_either_numerals():
    lookup = {
        "小学": "211",
        "211小学": "211",
        "211": "211",
        "九年一贯制学校": "312",
        "312": "312",
        "甲-1": "a",
        "甲1": "b",
    }
    field = asked("code", codes="x")
    for text in ("211-小学", "小学（211）", "、小学，", "小_学"):
        assert read_anyway(text, field, lookup) == Reading("211")
    assert read_anyway("9年1贯制学校", field, lookup) == Reading("312")
    # A key that two terms share leads nowhere.
    assert read_anyway("甲—1", field, lookup) is None


@given(st.integers(0, 10**9), st.sampled_from(["人", "名", "位"]))
def test_what_is_read_with_a_unit_is_what_is_read_without(number, unit):
    assert read_value(f"{number}{unit}", PERSONS, {}) is Missing.NOT_ANSWERED
    assert read_anyway(f"{number}{unit}", PERSONS, {}).value == number
    assert read_anyway(f"{number}", PERSONS, {}) == Reading(number)


# ── near terms ──────────────────────────────────────────────────────────────


def test_near_terms():
    assert near_terms("普通小学", ["幼儿园", "小学"]) == ["小学"]
    assert near_terms("小", ["小学", "完全小学"]) == ["小学", "完全小学"]
    assert near_terms("初 二", ["七年级", "八年级"]) == ["八年级"]
    assert near_terms("初三", ["八年级", "九年级"]) == ["九年级"]
    assert near_terms("九年制学校", ["九年一贯制学校", "高级中学"]) == ["九年一贯制学校"]
    assert near_terms("", ["小学"]) == []
    assert near_terms("幼儿", []) == []
    many = ["甲乙丙丁1", "甲乙丙丁2", "甲乙丙丁3", "甲乙丙丁4"]
    assert len(near_terms("甲乙丙丁9", many)) == 3


# ── advice ──────────────────────────────────────────────────────────────────

NOTHING_SAID = ("不是数字", "确实是零就填 0；谈不上这个数就填「不适用」；还不知道就空着")
DAY = "请按 2025-09-01 的样子填"


@pytest.mark.parametrize(
    ("text", "field", "said"),
    [
        ("暂无", CLASSES, NOTHING_SAID),
        ("暂无", PERSONS, ("不是数字", "确实是零就填 0；还不知道就空着")),
        ("暂无", AREA, ("不是数字", "确实是零就填 0；还不知道就空着")),
        ("—", asked("date"), NOTHING_SAID),
        ("/", asked("year"), NOTHING_SAID),
        ("#N/A", PERSONS, ("是公式算出的错误", "请改正公式，或直接填上数字")),
        ("#div/0!", asked("date"), ("是公式算出的错误", "请改正公式，或直接填上数字")),
        ("####", PERSONS, ("只有井号，没有存下数字", "请把列拉宽，看到数字以后再导出")),
        ("〃", PERSONS, ("没有写出来", "请不要写“同上”，把数字写上")),
        ("同左", asked("year"), ("没有写出来", "请不要写“同上”，把数字写上")),
        ("明天", asked("date"), ("不是日期", DAY)),
        ("25.9.1", asked("date"), ("不是日期", f"{DAY}；是不是 2025-09-01？")),
        ("很早", asked("year"), ("不是四位年份", "请填四位年份，例如 1998")),
        ("98年", asked("year"), ("不是四位年份", "请填四位年份；是不是 1998？")),
        ("一百二十", COUNT, ("是中文数字", "请用阿拉伯数字填写；是不是 120？")),
        ("一百二十人", PERSONS, ("是中文数字", "请用阿拉伯数字填写；是不是 120？")),
        ("六班", CLASSES, ("是中文数字", "请用阿拉伯数字填写；是不是 6？")),
        ("1.2E5", PERSONS, ("是科学计数法，后面的数字可能已经丢了", "请把格式改为“数值”，对照原数重新填写")),
        ("-3e+10", PERSONS, ("是科学计数法，后面的数字可能已经丢了", "请把格式改为“数值”，对照原数重新填写")),
        ("85.5%", PERSONS, ("是百分数", "请按要求的单位填数字，不写百分号")),
        ("-3‰", PERSONS, ("是百分数", "请按要求的单位填数字，不写百分号")),
        ("=12+30-2", PERSONS, ("是没有算出结果的算式", "请填算好的数；是不是 40？")),
        # Blanks between digits part two numbers, where they do not part thousands.
        ("5 6", PERSONS, ("一格里写了不止一个数", "一格只填一个数；其余的写到各自的格子里")),
        ("36\n861", PERSONS, ("一格里写了不止一个数", "一格只填一个数；其余的写到各自的格子里")),
        ("5　6人", PERSONS, ("一格里写了不止一个数", "一格只填一个数；其余的写到各自的格子里")),
        ("10-12", PERSONS, ("不是准确的数", "请填准确的数，不写从几到几")),
        ("(1.5+1.5)=", PERSONS, ("是没有算出结果的算式", "请填算好的数；是不是 3？")),
        ("1O5", PERSONS, ("里面有像数字的字母", "请改为数字；是不是 105？")),
        ("l2I|", PERSONS, ("里面有像数字的字母", "请改为数字；是不是 1211？")),
        ("约120", PERSONS, ("不是准确的数", "请填准确的数，不写“约”“左右”一类的字")),
        ("120左右", PERSONS, ("不是准确的数", "请填准确的数，不写“约”“左右”一类的字")),
        (">120", PERSONS, ("不是准确的数", "请填准确的数，不写“约”“左右”一类的字")),
        ("120+", PERSONS, ("不是准确的数", "请填准确的数，不写“约”“左右”一类的字")),
        ("12.5人", PERSONS, ("不是整数", "请填整数，不写单位")),
        ("12.5学时", HOURS, ("不是整数", "请填整数，不写单位")),
        ("1.005元", YUAN, ("小数多于 2 位", "请四舍五入到 2 位小数，不写单位")),
        ("3.5亩", AREA, ("单位是“亩”", "请换算成平方米再填；约合 2333.34")),
        ("1万亩", AREA, ("单位是“亩”", "请换算成平方米再填；约合 6666700")),
        ("3亩", PERSONS, ("单位写的是“亩”", "这一格要填的是人，请核对；只填数字，不写单位")),
        ("3间", AREA, ("单位写的是“间”", "这一格要填的是平方米，请核对；只填数字，不写单位")),
        ("3间", COUNT, ("单位写的是“间”", "这一格要填的是数，请核对；只填数字，不写单位")),
        ("男20女25", PERSONS, ("一格里写了不止一个数", "一格只填一个数；其余的写到各自的格子里")),
        ("若干", PERSONS, None),
        ("约若干", PERSONS, None),
        ("第3", PERSONS, None),
        # A number that a program turned into a day is the check's to speak of.
        ("2025-9-1", PERSONS, None),
        ("随便", asked("text"), None),
        ("无", asked("text"), None),
        ("大概", asked("yes_no"), None),
        ("某", asked("code", codes="x"), None),
    ],
    ids=str,
)  # fmt: skip
def test_advice_word_by_word(text, field, said):
    assert advice(text, field) == said


@given(
    st.text(max_size=12),
    st.sampled_from([PERSONS, YUAN, AREA, asked("date"), asked("year"), asked("text")]),
)
def test_any_text_gets_advice_or_none_and_breaks_nothing(text, field):
    said = advice(text, field)
    assert said is None or all(said)
    found = read_anyway(text, field, {})
    assert found is None or found.value is not Missing.NOT_ANSWERED


def test_the_terms_of_a_code_may_come_in_any_mapping():
    lookup = MappingProxyType({"小学": "211"})
    assert read_anyway("“小学”", asked("code", codes="x"), lookup) == Reading("211")
