"""The empty list of accounts that an office fills in, with the roles and places beside it."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.permission import Authority
from xianxue.desk.accounts.listed import COLUMNS


def list_template(authority: Authority, on: date) -> bytes:
    """Write the workbook: a sheet with the head alone, one of roles, one of places' codes."""
    policy, register = authority.policy, authority.register
    empty = ("账号名单", list(COLUMNS.values()), [])
    roles = (
        "角色",
        ["角色", "单位代码怎么填"],
        [[str(one.term), str(_place_of(policy, one.role))] for one in policy.roles],
    )
    places = [
        [one.code, one.name]
        for one in register
        if one.level != "county" and (one.closed is None or one.closed >= on)
    ]
    offices = [[one.office, str(one.term)] for one in policy.offices]
    districts = [[code, str(term)] for code, term in authority.district_terms.items()]
    own = ("单位代码", ["单位代码", "名称"], [*offices, *districts, *places])
    return write_lists([empty, roles, own])


def _place_of(policy: Policy, role: str) -> Sentence:
    scopes = {one.scope for one in policy.grants if one.role == role}
    words: list[Sentence] = []
    if scopes & {"place"}:
        words.append(say("本校的代码"))
    if scopes & {"district", "township"}:
        words.append(say("中心校的代码"))
    if "inspection_district" in scopes:
        words.append(say("督学责任区的编号"))
    if "office" in scopes:
        words.append(say("股室的编号"))
    return joined("，", words) if words else say("不填")
