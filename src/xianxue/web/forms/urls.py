"""The addresses of forms."""

from __future__ import annotations

from typing import Final

from xianxue.web.forms import check, design, following, items, look
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "forms",
    ("", items.items, "list"),
    ("check/", check.check, "check"),
    ("check/done", check.checked, "checked"),
    ("check/marked", check.marked, "marked"),
    ("design/", design.drafts, "design"),
    ("design/begin", design.begin, "begin"),
    ("design/next/<slug:form>", following.next_of_form, "next_form"),
    ("design/<int:number>/", design.edit, "edit"),
    ("design/<int:number>/keep", design.keep, "keep"),
    ("design/<int:number>/discard", design.discard, "discard"),
    ("design/<int:number>/look", look.look, "look"),
    ("design/<int:number>/workbook", look.workbook, "workbook"),
    ("design/<int:number>/card", look.card, "card"),
    ("design/<int:number>/ask", look.ask, "ask"),
    ("design/<int:number>/recall", look.recall, "recall"),
    ("design/<int:number>/approve", look.approve, "approve"),
    ("design/<int:number>/next", following.next_version, "next"),
    ("design/<int:number>/undo", look.undo, "undo"),
    ("items/<str:sheet>/<str:field>/", items.one, "item"),
)
