"""Where personal data go, told by the cards: forms invented, the policy the catalogue's own."""

from __future__ import annotations

import msgspec
import pytest
from national import national

from xianxue.bureau.kinds.form_head import FootItem
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.workflow.data_flow import data_flow

SHELF = national().shelf
POLICY = next(iter(SHELF.policies.values()))


def form(**changed):
    return msgspec.structs.replace(SHELF.forms["school_annual"], **changed)


def test_every_personal_field_and_foot_item_is_there_once():
    (basic, *others) = SHELF.forms["school_annual"].sheets
    marked = [msgspec.structs.replace(basic.fields[0], personal=True), *basic.fields[1:]]
    asked = form(sheets=[msgspec.structs.replace(basic, fields=marked), *others])
    found = [str(one.what) for one in data_flow(POLICY, [asked])]
    assert found[:4] == [
        f"{basic.term}·{basic.fields[0].term}",
        "表脚·单位负责人",
        "表脚·填表人",
        "表脚·联系电话",
    ]
    assert len(found) == len({*found}) == 7, "and what accounts, signatures and the journal hold"


def test_who_sees_it_is_the_policys_word():
    one = data_flow(POLICY, [form()])[0]
    assert (one.plain, one.reason) == ("学校填报员、校长", "股室业务员")
    assert one.covered == "中心校审核员、分管领导、审计人员"
    grants = [
        msgspec.structs.replace(
            each, deeds=[deed for deed in each.deeds if deed != "returns.unmask"]
        )
        for each in POLICY.grants
    ]
    one = data_flow(msgspec.structs.replace(POLICY, grants=grants), [form()])[0]
    assert (one.plain, one.reason) == ("没有人", "没有人")
    assert "股室业务员" in one.covered


def test_what_the_bureau_files_itself_no_school_sees():
    one = data_flow(POLICY, [form(filed_by="county")])[0]
    assert (one.by, one.plain, one.reason) == ("教育局", "没有人", "股室业务员")
    assert one.covered == "分管领导、审计人员"


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ({"years": 3}, "报送后 3 年，到期销毁"),
        ({"years": 1, "days": 30}, "报送后 1 年30 天，到期销毁"),
        ({"days": 90}, "报送后 90 天，到期销毁"),
    ],
)
def test_how_long_is_the_forms_word(time, told):
    source = SHELF.forms["school_annual"].retention.source
    foot = [FootItem(item="phone", term="联系电话", personal=True)]
    one = data_flow(POLICY, [form(foot=foot, retention=Retention(**time, source=source))])[0]
    assert one.kept == told


def test_a_form_without_anything_personal_is_not_on_it():
    assert [one.form for one in data_flow(POLICY, [form(foot=[])])] == ["报送", "日志", "账号"]
