"""Where personal data go: one sheet for whoever has to answer for it."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.data_flow import Flow, data_flow
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.words import tell

HEADS: Final[tuple[tuple[str, Sentence], ...]] = (
    ("form", say("由什么收")),
    ("what", say("个人信息")),
    ("by", say("谁填")),
    ("plain", say("谁看得到")),
    ("reason", say("写明理由看得到")),
    ("covered", say("只看到遮盖的")),
    ("how", say("怎样遮盖")),
    ("kept", say("保存多久")),
    ("out", say("会到哪里去")),
    ("basis", say("依据")),
)


@page("accounts.view", of_county("accounts.view"))
def flow(request: Asked) -> HttpResponse:
    """Show which personal data there are, and where each goes."""
    standing = request.visit.standing
    found = data_flow(request.visit.authority.policy, standing.workspace().shelf.forms.values())
    if request.GET.get("as") == "xlsx":
        return _exported(found)
    minutes = int(standing.ground().uncovered_for.total_seconds()) // 60
    groups: dict[str, list[Flow]] = {}
    for one in found:
        groups.setdefault(one.form, []).append(one)
    values = {
        "groups": groups,
        "many": len(found),
        "heads": HEADS[2:],
        "minutes": minutes,
        "tab": "flow",
    }
    return show(request, "admin/flow.html", values)


def _exported(found: list[Flow]) -> HttpResponse:
    from xianxue.desk.returns.exporting import Sheet, workbook_of  # noqa: PLC0415 - loads XlsxWriter

    lines = [[str(tell(getattr(one, name))) for name, _ in HEADS] for one in found]
    title = str(tell(say("个人信息去向")))
    sheet = Sheet(title, [str(tell(head)) for _, head in HEADS], lines)
    return download(workbook_of(sheet), f"{title}.xlsx")
