"""Parts and wholes in invented sentences (虚构), each counted by hand."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

GRAVE = ("inconsistent", "possible", "remark")


def sums(text: str, lexicon: Lexicon) -> dict[str, tuple[str, list[str]]]:
    """Stated number to verdict and terms."""
    return {
        one.stated.text: (one.verdict, [term.text for term in one.terms])
        for one in audit(text, lexicon).findings
        if one.kind == "sum"
    }


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("学校30所,其中小学17所,初中13所。", "30所", ["17所", "13所"]),
        ("改造69栋(加固60栋,新建9栋)。", "69栋", ["60栋", "9栋"]),
        ("省培215人次,县培568人次,共计783人次。", "783人次", ["215人次", "568人次"]),
        (
            "学校42所(小学30所,初中12所),幼儿园24所,共有学校66所。",
            "66所",
            ["42所", "24所"],
        ),
        (
            "全县学校49所,在校生36861人,其中:初中11所,学生13008人;小学38所,学生23853人。",
            "36861人",
            ["13008人", "23853人"],
        ),
        (
            "高中招生909人,其中本县623人,外县286人,初中招生1396人,中学共招生2305人。",
            "2305人",
            ["909人", "1396人"],
        ),
        ("图书146.13万册:小学81.27万册,初中64.87万册。", "146.13万册", ["81.27万册", "64.87万册"]),
        (
            "总投入61344万元。小学5137万元;初中26801万元,其中农村3238万元;高中29406万元。",
            "61344万元",
            ["5137万元", "26801万元", "29406万元"],
        ),
        ("隐患326处,整改318处,其余8处正在整改。", "326处", ["318处", "8处"]),
    ],
)
def test_a_sum_that_holds_is_proven(lexicon, text, whole, parts):
    verdict, terms = sums(text, lexicon)[whole]
    assert verdict in {"consistent", "rounding"}
    assert terms == parts
    assert not [one for one in audit(text, lexicon).findings if one.verdict in GRAVE]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("完成20876人(其中初中6861人,小学14060人)。", "20876人"),  # 45 too many
        ("完成21095人(其中初中6799人,小学14295人)。", "21095人"),  # one too few
        ("改造68栋(加固60栋,新建9栋)。", "68栋"),
        ("省培215人次,县培568人次,共计883人次。", "883人次"),
        ("教职工8260人,其中在职6426人,退(离)休1934人。", "8260人"),
        ("学生15409人,其中:小学生9731人,初中生4571人,高中生1007人。", "15409人"),
        ("资金16350元。学前:386元;小学:7074元;初中:906元;高中:7684元。共16350元。", "16350元"),
    ],
)
def test_a_sum_that_fails_is_called_wrong(lexicon, text, whole):
    found = sums(text, lexicon)
    if whole == "16350元":
        # 386 + 7074 + 906 + 7684 is 16050: nothing says which list the total closes.
        assert found.get(whole, ("silent", []))[0] != "consistent"
        return
    assert found[whole][0] == "inconsistent"


@pytest.mark.parametrize(
    "text",
    [
        "教师500人,其中高级教师120人,中级教师200人。",  # an open list
        "累计投入3.2亿元,其中中央1.1亿元,省级0.6亿元。",
        "学生15309人,其中:小学生9731人,初中生4571人,高中生1007人,残疾学生196人。",  # across
        "现有学校66所,其中:小学25所,幼儿园41所,另设教学点34个。",
        "今年清查2xxxx,其中转岗xxxx,离岗1xxxx。",
        "教师1256人,其中女教师620人,党员356人,本科学历1100人。",  # groups overlap
        "出资**万元,其中奖励**万元,补助12万元。",
        "新增学校5所,新增幼儿园8所。",
    ],
)
def test_an_open_list_is_no_error(lexicon, text):
    assert [one for one in audit(text, lexicon).findings if one.verdict in GRAVE] == []


def test_what_fails_says_that_it_cannot_know_and_names_slips(lexicon):
    text = "完成20876人(其中初中6861人,小学14060人)。"
    (wrong,) = [one for one in audit(text, lexicon).findings if one.verdict == "inconsistent"]
    assert "不能断定" in wrong.message
    assert "20921人" in wrong.message
    assert wrong.suggestion is not None
    assert "20921人" in wrong.suggestion
    assert "6816人（相邻两个数字颠倒）" in wrong.suggestion
    assert wrong.computed is not None
    assert wrong.computed.low == wrong.computed.high == 20921
    assert text[wrong.start : wrong.end] == wrong.quote


def test_a_part_that_the_whole_shuts_out_is_called_wrong(lexicon):
    text = "公办学校356所,其中县城27所,乡镇20所,村小236所,教学点73个,民办学校6所。"
    found = [one for one in audit(text, lexicon).findings if one.verdict == "inconsistent"]
    assert [(one.stated.text, "民办" in one.message) for one in found] == [("356所", True)]


def test_a_part_greater_than_its_whole_is_called_wrong(lexicon):
    found = audit("在校学生1000人,其中女生1200人。", lexicon).findings
    assert [(one.verdict, one.kind) for one in found] == [("inconsistent", "part_over_whole")]


def test_decimals_just_beyond_rounding_are_worth_a_look(lexicon):
    # 0.93 + 0.43 is 1.36; three rounded numbers allow 0.015, not 0.02.
    found = sums("图书增量1.34万册(小学0.93万册,初中0.43万册)。", lexicon)
    assert found["1.34万册"][0] == "remark"
    found = sums("图书增量1.35万册(小学0.93万册,初中0.43万册)。", lexicon)
    assert found["1.35万册"][0] == "rounding"


def test_measures_of_groups_are_added_over_paragraphs(lexicon):
    text = (
        "义务教育学校:在校生33262人,图书146.13万册,招生7675人。\n"
        "小学:在校生22250人,图书81.27万册,招生3675人。\n"
        "初中:在校生11012人,图书64.86万册,招生{}人。"
    )
    good = sums(text.format(4000), lexicon)
    assert [good[one][0] for one in ("33262人", "146.13万册", "7675人")] == ["consistent"] * 3
    assert sums(text.format(4010), lexicon)["7675人"][0] == "inconsistent"
