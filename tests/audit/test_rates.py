"""Rates, growth and other quotients in invented sentences (虚构), each computed by hand."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

GRAVE = ("inconsistent", "possible", "remark")


def verdicts(text: str, lexicon: Lexicon) -> set[tuple[str, str, str]]:
    return {(one.kind, one.stated.text, one.verdict) for one in audit(text, lexicon).findings}


def grave(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    return sorted(one for one in verdicts(text, lexicon) if one[2] in GRAVE)


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("5271人参加考试,上线4346人,上线率82.45%。", "rate", "82.45%"),
        ("学生76071人,留守儿童12751人,占学生总数的16.8%。", "rate", "16.8%"),
        # (4482+190)÷4804: neither 4482 nor 190 alone.
        ("适龄幼儿4804人,在园4482人,赴外地就读190人,毛入园率97.25%。", "rate", "97.25%"),
        ("男生38564人,占报名总数的82.8%,女生7984人,占17.2%。", "rate", "17.2%"),
        ("核载19人,实载22人,超载16%。", "rate", "16%"),
        ("幼儿园29.48万所,普惠园24.47万所,占幼儿园的比例83.00%。", "rate", "83.00%"),
        ("在校生11012人,比上年增加380人,增长3.57%。", "growth", "3.57%"),
        ("幼儿园1863.91万所,比上年减少74.04万所,下降3.82%。", "growth", "3.82%"),
        ("总投入42562.01亿元,比上年的38888.39亿元增长9.45%。", "growth", "9.45%"),
        ("占比14.71%,比上年的14.75%降低0.04个百分点。", "points", "0.04个百分点"),
        ("由4800人增加到5000人,增加200人。", "difference", "200人"),
        ("1628名学生有教师82人,师生比1:19.85。", "product", "1:19.85"),
        ("学生1628人,拨付875.5274万元,生均经费5377.93元。", "product", "5377.93元"),
        ("受助906人,每人400元,共36.24万元。", "product", "36.24万元"),
        ("收回有效问卷38份,满意率94.74%。", "grim", "94.74%"),
    ],
)
def test_a_quotient_that_holds_is_proven(lexicon, text, kind, stated):
    assert {(kind, stated, "consistent"), (kind, stated, "rounding")} & verdicts(text, lexicon)
    assert grave(text, lexicon) == []


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("考生共11899人,总上线考生11399人,总上线率98.42%。", "rate", "98.42%"),  # 95.80
        ("今年1100万人报名。应届占报名总数的71.4%,大约有721万人。", "rate", "71.4%"),  # 65.5
        # 1628÷(1628+4243) is 27.73 %; 38.37 % divides by the other part.
        (
            "中职学生1628人,普高学生4243人,中职学生占高中阶段学生比例38.37%。",
            "rate",
            "38.37%",
        ),
        ("核载55人,实载70人,超载21%。", "rate", "21%"),  # 27.3; 21.4 divides by 70
        ("男生38564人,占报名总数的72.8%,女生7984人,占27.2%。", "rate", "72.8%"),
        ("在校生11012人,比上年增加380人,增长3.45%。", "growth", "3.45%"),  # divided by 11012
        ("占比14.71%,比上年的14.75%降低0.4个百分点。", "points", "0.4个百分点"),
        ("1628名学生有教师82人,师生比1:18.85。", "product", "1:18.85"),
        ("收回有效问卷38份,满意率94.70%。", "grim", "94.70%"),  # 36 of 38 is 94.74
        ("巩固率102.3%。", "compare", "102.3%"),
        ("总支出由8.56亿元增加到8.12亿元。", "direction", "8.12亿元"),
    ],
)
def test_a_quotient_that_no_reading_makes_true_is_called_wrong(lexicon, text, kind, stated):
    assert (kind, stated, "inconsistent") in verdicts(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        # The base of 文理 is not printed: 6302 must not be used.
        "6302人参加高考,文理上线2046人,上线率36.65%;艺体上线397人,上线率55.14%。",
        "小学9190人,占小学生总数的17.2%,中小学生共76071人。",
        "教育支出占财政支出203330亿元的比例为14.71%。总投入34207亿元。",
        "毛入学率102.3%。",
        "一本上线率16.19%,比去年提高1.45个百分点,高于全省2.31个百分点。",
        "覆盖率89.27%(标准不低于80%)。",
        "招生3133人,与去年基本持平。",
        "全区生产总值**亿元,增长13.6%。",
    ],
)
def test_a_base_that_is_not_certain_is_no_error(lexicon, text):
    assert grave(text, lexicon) == []


def test_hidden_whole_numbers_are_found(lexicon):
    text = "6302人参加高考,文理重点上线2046人,上线率36.65%;文理上线3820人,上线率68.43%;艺体上线397人,上线率55.14%。"
    found = [one.message for one in audit(text, lexicon).findings]
    assert any("5582" in one for one in found)
    # 5582 and 720 are printed nowhere, and make 6302.
    assert any("5582＋720" in one for one in found)


def test_points_written_as_per_cent_are_a_remark(lexicon):
    text = "入学率由85.2%提高到87.5%,提高2.3%。"
    assert grave(text, lexicon) == [("unit", "2.3%", "remark")]


def test_series_are_paired_by_their_order(lexicon):
    text = (
        "2021-2023年支出总额分别为13595万元、13563万元、16620万元;补助分别为8820万元、9137万元、10199万元,"
        "占支出总额的比例分别为65%、67%、63%,分别比上年增长3%、4%、8%。"
    )
    assert grave(text, lexicon) == [
        ("growth", "8%", "inconsistent"),
        ("rate", "63%", "inconsistent"),
    ]


def test_shares_trimmed_to_make_100_are_let_be(lexicon):
    # 263÷617 is 42.6256 %; it is printed as 42.62 so that the three make 100.00.
    text = "高级313人,占比50.73%;中级263人,占比42.62%;初级41人,占比6.65%。"
    assert grave(text, lexicon) == []
