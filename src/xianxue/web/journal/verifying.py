"""Verifying: the journal from its first line to its last, and what is kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.journal.verification import LIMITS, verify
from xianxue.desk.releases.whole_store import faults_of
from xianxue.desk.stores import clock
from xianxue.desk.works import running
from xianxue.desk.works.packing import packed, unpacked
from xianxue.desk.works.running import Going
from xianxue.desk.workspace import ComplaintsError, Workspace
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

VIEW: Final = "journal.view"
_WORK: Final = "journal.verify"
_STEPS: Final = 2
"""The journal with the tables it tells of, and the files kept beside it."""
_MOST: Final = 200
"""Faults a page shows; how many there are is told."""


class LastVerified(Record):
    """What came of the last time somebody verified."""

    key: str
    at: datetime
    lines: int
    faults: int


@deed(VIEW, of_county(VIEW))
def begin(request: Asked) -> HttpResponse:
    """Begin to verify; the page it leads to can be left."""
    workspace = request.visit.standing.workspace()
    noted = "".join(request.POST.get("against", "").split())
    _readable(noted)

    def work(going: Going) -> dict[str, object]:
        return _work(workspace, noted, going)

    key = running.begin(request.visit.actor.name, _WORK, say("核对日志"), _STEPS, work)
    return went(request, "journal:verified", key)


def _readable(noted: str) -> None:
    """Complain before anything begins where the noted line is not written as it was given out."""
    lines, _, digest = noted.partition(":")
    hexadecimal = len(digest) == len("0" * 64) and all(one in "0123456789abcdef" for one in digest)
    if noted and not (lines.isdecimal() and hexadecimal):
        saw = say("“{noted}”不是 行数:摘要", noted=noted[:80])
        raise ComplaintsError([refuse("J-NOTED", saw, say("照抄下来的那一行，一字不差"))])


def _work(workspace: Workspace, noted: str, going: Going) -> dict[str, object]:
    found = verify(noted)
    going.step()
    issues = [*found.issues, *faults_of(workspace)]
    going.step()
    return {
        "lines": found.lines,
        "digest": found.digest,
        "expired": found.expired,
        "noted": noted,
        "at": clock.now().isoformat(),
        "faults": len(issues),
        "issues": _packed(issues[:_MOST]),
    }


def _packed(issues: Sequence[Issue]) -> list[dict[str, Any]]:
    return [
        {
            "where": one.cell or one.file,
            "saw": packed(one.saw),
            "required": packed(one.required),
            "do": packed(one.do),
        }
        for one in issues
    ]


@page(VIEW, of_county(VIEW))
def verified(request: Asked, key: str) -> HttpResponse:
    """Show how far it has come, and then what was found."""
    work = running.find(key, request.visit.actor.name)
    if work is None or work.kind != _WORK:
        raise MissingError(say("没有这次核对，或者不是您开始的。"))
    result = work.result
    rows = [
        {name: unpacked(text) for name, text in row.items()} for row in result.get("issues", ())
    ]
    values = {
        "work": work,
        "going": work.state == running.GOING,
        "rows": rows,
        "limits": LIMITS,
        "at": datetime.fromisoformat(result["at"]) if "at" in result else None,
        "here_to": address("journal:verified", key),
    }
    return show(request, "journal/verified.html", values, part="going")


def last_verified(who: str) -> LastVerified | None:
    """Give what came of the last time somebody verified; None where they have not for weeks."""
    for work in running.works_of(who):
        if work.kind == _WORK and work.state == running.DONE and "at" in work.result:
            at = datetime.fromisoformat(work.result["at"])
            return LastVerified(work.key, at, work.result["lines"], work.result["faults"])
    return None
