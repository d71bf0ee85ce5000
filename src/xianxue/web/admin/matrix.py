"""The table of rights: which role may do which deed, and how far it reaches."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.policy import Scope
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.matrix import Permission, matrix
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.words import tell

SCOPES: Final[dict[Scope, Sentence]] = {
    "place": say("本校"),
    "district": say("本学区"),
    "township": say("本乡镇"),
    "inspection_district": say("本督学责任区"),
    "office": say("本股室"),
    "county": say("全县"),
}
KINDS: Final = {
    "returns": say("报表"),
    "year": say("学年"),
    "targets": say("目标"),
    "places": say("学校"),
    "journal": say("日志"),
    "ledgers": say("台账"),
    "exams": say("考试"),
    "appraisal": say("考核"),
    "ballots": say("投票"),
    "plan": say("规划"),
    "history": say("往年数"),
    "indicators": say("指标"),
    "assessment": say("督导评估"),
    "releases": say("发布"),
    "report": say("报告"),
    "audit": say("核对"),
    "catalogue": say("规则"),
    "forms": say("制表"),
    "cockpit": say("驾驶舱"),
    "accounts": say("账号"),
    "backup": say("备份"),
}


@page("accounts.view", of_county("accounts.view"))
def rights(request: Asked) -> HttpResponse:
    """Show the table of rights in force here, as it is asked by every page and every deed."""
    policy = request.visit.authority.policy
    rows = matrix(policy)
    if request.GET.get("as") == "xlsx":
        return _exported(rows)
    groups: dict[str, list[list[Permission]]] = {}
    for row in rows:
        groups.setdefault(row[0].deed.deed.partition(".")[0], []).append(row)
    values = {
        "policy": policy,
        "groups": [(KINDS.get(kind, kind), lines) for kind, lines in groups.items()],
        "deeds": len(rows),
        "scopes": SCOPES,
        "reach": _reach,
        "four_eyes": policy.four_eyes,
        "term": {one.deed: one.term for one in policy.deeds},
        "codes": policy.terms(sorted(request.visit.standing.ground().gate.needs_code)),
        "switches": [
            (one, one.switch in request.visit.standing.ground().switches) for one in policy.switches
        ],
        "tab": "matrix",
    }
    return show(request, "admin/matrix.html", values)


def _reach(one: Permission) -> Sentence:
    return joined("、", [SCOPES[scope] for scope in one.scopes])


def _exported(rows: list[list[Permission]]) -> HttpResponse:
    from xianxue.desk.returns.exporting import Sheet, workbook_of  # noqa: PLC0415 - loads XlsxWriter

    heads = [say("事项"), say("编号"), *(one.role.term for one in rows[0])]
    lines = [
        [row[0].deed.term, row[0].deed.deed, *(_reach(one) if one.scopes else "" for one in row)]
        for row in rows
    ]
    title = str(tell(say("权限表")))
    sheet = Sheet(title, [str(tell(one)) for one in heads], [[tell(x) for x in ln] for ln in lines])
    return download(workbook_of(sheet), f"{title}.xlsx")
