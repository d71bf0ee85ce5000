"""The addresses of the reports' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.report import asking, files, fixing, issuing, pages, parts, writing

ROOM: Final = room(
    "report",
    ("", pages.reports, "list"),
    ("<str:outline>/", pages.one, "one"),
    ("<str:outline>/numbers", parts.numbers, "numbers"),
    ("<str:outline>/file", files.document, "document"),
    ("<str:outline>/sheet", files.sheet, "sheet"),
    ("<str:outline>/edited", files.edited, "edited"),
    ("<str:outline>/issue", issuing.issue, "issue"),
    ("<str:outline>/issue/done", issuing.issue_now, "issued"),
    ("<str:outline>/issued/<int:number>/", issuing.issued, "copy"),
    ("<str:outline>/issued/<int:number>/<str:what>", issuing.copy, "copied"),
    ("<str:outline>/part/<str:section>/", parts.part, "part"),
    ("<str:outline>/part/<str:section>/versions", parts.versions, "versions"),
    ("<str:outline>/part/<str:section>/check", writing.check, "check"),
    ("<str:outline>/part/<str:section>/write", writing.write, "write"),
    ("<str:outline>/part/<str:section>/fix", fixing.fix, "fix"),
    ("<str:outline>/part/<str:section>/undo", fixing.undo, "undo"),
    ("<str:outline>/part/<str:section>/drop", writing.drop, "drop"),
    ("<str:outline>/part/<str:section>/assign", writing.assign, "assign"),
    ("<str:outline>/part/<str:section>/hand-in", writing.hand_in, "hand_in"),
    ("<str:outline>/part/<str:section>/accept", writing.accept, "accept"),
    ("<str:outline>/part/<str:section>/ask", asking.ask, "ask"),
    ("<str:outline>/part/<str:section>/settle", asking.settle, "settle"),
    ("<str:outline>/part/<str:section>/back", writing.send_back, "back"),
)
