"""Lists that need not tell everything, in invented sentences."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon


def wrong(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [
        (one.kind, one.stated.text)
        for one in audit(text, lexicon).findings
        if one.verdict == "inconsistent"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "甲类504人(乡村162人、助理8人)。",
        "甲校350人(含分校应届80人、往届60人)。",
        "900人参考。其中一段上线300人;二段以上上线700人。",
        "基础教育在校生1839万人,其中小学1033万人,初中558万人。",
        "按层次分:本科200人,专科260人(含前期80人);按科类分:文科140人,理科330人。",
        "抽测甲班90人和乙班60人。其中,实际参加的甲班为88人,乙班58人。",
    ],
)
def test_an_open_list_is_not_wrong(lexicon: Lexicon, text: str) -> None:
    assert wrong(lexicon, text) == []


def test_what_is_done_of_an_item_is_no_item(lexicon: Lexicon) -> None:
    text = "规划31.04万平方米。其中,甲市3.4万平方米;乙市23.49万平方米,现已开工8.9万平方米;丙市4.2万平方米。"
    found = audit(text, lexicon).findings
    assert [(one.verdict, one.stated.text, len(one.terms)) for one in found] == [
        ("rounding", "31.04万平方米", 3)
    ]


def test_a_closed_bracket_is_held_to_its_number(lexicon: Lexicon) -> None:
    text = "参赛学生530人(甲组200人,乙组180人,丙组90人)。"
    assert wrong(lexicon, text) == [("sum", "530人")]


def test_a_part_greater_than_its_only_whole_is_wrong(lexicon: Lexicon) -> None:
    assert wrong(lexicon, "共有60人,其中男生88人。") == [("part_over_whole", "88人")]


def test_people_of_two_programmes_may_be_counted_once(lexicon: Lexicon) -> None:
    text = (
        "全年共资助学生1172人次,发放资金277.5万元。学前教育资助420人次,发放资金91.5万元。"
        "义务教育资助612人次,发放资金98.4万元。高中资助375人次,发放资金87.6万元。"
    )
    assert wrong(lexicon, text) == []
    assert wrong(lexicon, text.replace("1172", "1408")) == [("sum", "1408人次")]


def test_people_and_times_make_times(lexicon: Lexicon) -> None:
    text = "助学金资助643人次,其中上半年资助302人,下半年资助341人次。"
    found = [one for one in audit(text, lexicon).findings if one.kind == "sum"]
    assert [(one.verdict, one.stated.text) for one in found] == [("consistent", "643人次")]
