"""Lines of targets read strictly; every sentence is held word by word."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.indicator import Indicator, Show, Sum
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.targets.reading import Reader, Written


def card(name: str, term: str, **parts: object) -> Indicator:
    said = {
        "kind": "sum",
        "of": Sum(sum=["students.enrolled"]),
        "unit": "person",
        "show": Show(decimals=0),
        "levels": ["county", "school_stage"],
        "source": Cited(document="own", seen=Seen.OWN),
    }
    return Indicator(indicator=name, term=term, **{**said, **parts})


SHELF = Shelf(
    indicators={
        one.indicator: one
        for one in (
            card("pupils", "在校生数", stages=[Stage.PRIMARY, Stage.LOWER_SECONDARY]),
            card("rate", "毛入园率", unit="percent", levels=["county"], synonyms=["入园率"]),
            card("large", "大班额比例", unit="percent", direction="lower_is_better"),
            card("spread", "差异系数", unit="coefficient", levels=["county"]),
            card("one", "同名指标"),
            card("two", "同名指标"),
        )
    }
)
REGISTER = Register.of(
    [
        Place(code="632500", name="青川县（示例）", level="county"),
        Place(code="2163000001", name="清泉小学", level="school", parent="632500"),
        Place(code="2163000002", name="同名小学", level="school", parent="632500"),
        Place(code="2163000003", name="同名小学", level="school", parent="632500"),
    ]
)


def line(**parts: str) -> Written:
    said = {"indicator": "rate", "amount": "98", "source": "示例文件1号", "period": "2025"}
    return Written(**{**said, **parts})


def read(*lines: Written) -> tuple[list[Target], list[str]]:
    reader = Reader(SHELF, REGISTER)
    found = reader.read(lines)
    return found, [issue.message for issue in reader.issues]


def one(**parts: str) -> Target:
    found, said = read(line(**parts))
    assert said == []
    return found[0]


def test_what_is_not_said_follows_from_the_card():
    found = one()
    assert found.key == "rate/632500/all/2025"
    assert (found.amount, found.goal, found.origin) == (98, "at_least", Origin.HANDED_DOWN)
    assert one(indicator="large").goal == "at_most"


def test_terms_and_names_say_the_same_as_ids_and_codes():
    said = one(
        indicator="在校生数", place="清泉小学", stage="小学", goal="不高于", origin="本级自定"
    )
    assert said == one(
        indicator="pupils", place="2163000001", stage="primary", goal="at_most", origin="own"
    )
    assert one(indicator="入园率") == one()


@pytest.mark.parametrize(
    ("written", "amount"),
    [("98", 98), ("98%", 98), (" 98.5 % ", Fraction("98.5")), ("1,234.5", Fraction("1234.5"))],
)
def test_amounts_as_people_write_them(written: str, amount: Fraction):
    assert one(amount=written).amount == amount


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_an_amount_is_read_exactly(amount: object):
    assert one(amount=f"{amount}%").amount == Fraction(str(amount))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"indicator": "入学"},
            "没有名称或编号是“入学”的指标；要求：写指标的正式名称或编号。用 xianxue indicators list 查看指标的名称和编号。",
        ),
        (
            {"indicator": "同名指标"},
            "叫“同名指标”的指标不止一个：one、two；要求：写其中一个的编号。",
        ),
        ({"place": "青山小学"}, "名册里没有“青山小学”；要求：写名册里的名称或代码。"),
        ({"place": "同名小学"}, "名册里叫“同名小学”的不止一个；要求：写名册里的名称或代码。"),
        (
            {"indicator": "pupils"},
            "“在校生数”没有写学段；要求：这项指标分学段计算，写 小学、初中 之一。",
        ),
        (
            {"indicator": "pupils", "stage": "高中"},
            "“在校生数”的学段写了“高中”；要求：这项指标分学段计算，写 小学、初中 之一。",
        ),
        (
            {"stage": "小学"},
            "“毛入园率”的学段写了“小学”；要求：这项指标不分学段，学段留空。",
        ),
        (
            {"amount": "约98"},
            "“毛入园率”的目标值写了“约98”；要求：一个以“%”为单位的数，例如 98%。",
        ),
        (
            {"amount": "", "indicator": "spread"},
            "“差异系数”的目标值写了“”；要求：一个数，例如 0.45。",
        ),
        (
            {"amount": "0.98"},
            "“毛入园率”的目标值是“0.98”，没有百分号；要求：写明是 98% 还是 0.98%。连同百分号一起写；表格软件自动换算时，先把单元格设成文本格式。",
        ),
        ({"goal": "达到"}, "目标要求写了“达到”；要求：写 不低于、不高于 之一。"),
        ({"origin": "省"}, "目标来源写了“省”；要求：写 上级下达、本级自定 之一。"),
        ({"source": " "}, "“rate”的目标没有写依据；要求：写明下达或确定目标的文件名称和文号。"),
        (
            {"place": "清泉小学"},
            "“毛入园率”的目标写给了清泉小学；要求：这项指标只按县计算。",
        ),
    ],
)
def test_what_is_unclear_is_complained_about(parts: dict[str, str], message: str):
    found, said = read(line(**parts))
    assert found == []
    assert said == [message]


def test_an_impossible_period_is_told_with_the_forms_there_are():
    found, said = read(line(period="去年"))
    assert found == []
    assert said[0].startswith("时期“去年”看不懂")


def test_all_complaints_about_a_line_come_at_once():
    _, said = read(line(indicator="pupils", amount="x", stage="", place="清泉小学"))
    assert len(said) == 2


def test_one_target_of_a_key():
    found, said = read(line(), line(indicator="毛入园率", amount="97"))
    assert [target.amount for target in found] == [98]
    assert said == ["同一项目标（毛入园率）写了两次；要求：每项目标只写一行。"]


def test_a_complaint_names_the_cell():
    said = line(amount="x", file="a.xlsx", sheet="年度目标", cells={"amount": "D4"})
    reader = Reader(SHELF, REGISTER)
    reader.read([said])
    assert reader.issues[0].where == "a.xlsx〔年度目标〕D4"
