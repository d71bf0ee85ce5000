"""Verifying: every release held against its seal and counted again, as long work."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.releases.publication import verified as verified_of
from xianxue.desk.releases.published import releases
from xianxue.desk.works import running
from xianxue.desk.works.packing import packed, unpacked
from xianxue.desk.works.running import Going
from xianxue.desk.workspace import Workspace
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import deed, missing, page, show, went
from xianxue.web.kit.visit import Asked

_WORK: Final = "releases.verify"


@deed("releases.view")
def verify(request: Asked) -> HttpResponse:
    """Begin to verify all releases."""
    workspace = request.visit.standing.workspace()
    total = len(releases(workspace))

    def work(going: Going) -> dict[str, object]:
        return verifying(workspace, going)

    key = running.begin(request.visit.actor.name, _WORK, say("核对全部发布"), total, work)
    return went(request, "releases:verified", key)


def verifying(workspace: Workspace, going: Going) -> dict[str, object]:
    """Verify all releases; give what was found of each."""
    rows: list[dict[str, object]] = []
    for one in verified_of(workspace):
        rows.append(
            {
                "name": one.name,
                "faults": [packed(fault) for fault in one.faults],
                "recounted": one.recounted,
                "why_not": packed(one.why_not),
            }
        )
        going.step()
    return {"rows": rows, "address": address("releases:verified", going.key)}


@page("releases.view")
def verified(request: Asked, key: str) -> HttpResponse:
    """Show how far it has come, and then what was found of each release."""
    work = running.find(key, request.visit.actor.name)
    if work is None:
        return missing(request, say("没有这次核对，或者不是您开始的。"))
    rows = [
        {
            **row,
            "faults": [unpacked(fault) for fault in row["faults"]],
            "why_not": unpacked(row["why_not"]),
        }
        for row in work.result.get("rows", ())
    ]
    wrong = [row for row in rows if row["faults"]]
    values = {"work": work, "rows": rows, "wrong": wrong, "going": work.state == running.GOING}
    return show(request, "releases/verified.html", values, part="going")
