"""Wholes and parts told in sentences of their own: 义务教育 is 小学 and 初中."""

from __future__ import annotations

import pytest

from xianxue.bureau.audit.audit import audit

WHOLE = "全县义务教育学校{}所，在校生{}人，比上年增加{}人。"
PRIMARY = "小学12所，招生600人，在校生3400人，比上年减少50人。"
MIDDLE = "初中5所，招生500人，在校生1500人，比上年增加80人。"


def verdicts(text: str, lexicon) -> dict[str, str]:
    return {
        one.stated.text: one.verdict for one in audit(text, lexicon).findings if one.kind == "sum"
    }


@pytest.mark.parametrize(
    "text",
    [
        WHOLE + PRIMARY + MIDDLE,
        WHOLE + "\n" + PRIMARY + "\n" + MIDDLE,
        PRIMARY + MIDDLE + WHOLE,
        WHOLE + "普惠园8所，在园幼儿900人。" + PRIMARY + MIDDLE,
        WHOLE
        + PRIMARY.replace("小学12所", "小学：校数12所")
        + MIDDLE.replace("初中5所", "初中：校数5所"),
    ],
)
def test_parts_told_apart_make_their_whole(text, lexicon):
    right = verdicts(text.format(17, 4900, 30), lexicon)
    assert right == {"17所": "consistent", "4900人": "consistent", "30人": "consistent"}
    wrong = verdicts(text.format(19, 4800, 130), lexicon)
    assert wrong == {"19所": "inconsistent", "4800人": "inconsistent", "130人": "inconsistent"}


@pytest.mark.parametrize(
    "text",
    [
        "义务教育在校生4800人。小学在校生3400人。",
        "义务教育在校生4800人。小学在校生3400人。初中毕业生1500人。",
        "2023年义务教育在校生4800人。2024年小学在校生3400人，初中在校生1500人。",
        "义务教育在校生4800人。小学在校生3400人，高中在校生1500人。",
        "义务教育在校生4800人。甲镇小学在校生3400人，乙镇小学在校生700人，初中在校生1500人。",
        "义务教育学校19所。小学12所、初中5所，其余为九年一贯制学校。",
        "计划义务教育招生约1200人。小学招生600人，初中招生500人。",
    ],
)
def test_what_is_not_all_of_it_is_no_sum(text, lexicon):
    assert "inconsistent" not in verdicts(text, lexicon).values()
