"""The addresses of the returns room."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.returns import (
    collecting,
    drafts,
    editing,
    one,
    signing,
    taking_back,
    unmasking,
    upload,
)
from xianxue.web.returns import list as lists
from xianxue.web.returns.explain import explain
from xianxue.web.returns.office_urls import OFFICE

_ONE: Final = "<str:form>/<str:period>/<str:place>/"

ROOM: Final = room(
    "returns",
    ("", lists.returns, "list"),
    ("upload/", upload.upload, "upload"),
    ("upload/take", upload.take, "take"),
    ("sent/<str:key>/", upload.sent, "sent"),
    ("sent/<str:key>/stop", upload.stop, "stop"),
    ("sent/<str:key>/go-on", upload.go_on, "go_on"),
    ("sent/<str:key>/sign/", signing.sign_all, "sign_all"),
    ("sent/<str:key>/submit", signing.submit_all, "submit_all"),
    ("sent/<str:key>/collect/", collecting.collect, "collect"),
    ("sent/<str:key>/collect/done", collecting.collect_now, "collect_now"),
    ("sent/<str:key>/<str:number>/", upload.sent_file, "sent_file"),
    ("sent/<str:key>/<str:number>/marked", upload.sent_marked, "sent_marked"),
    *OFFICE,
    (_ONE, one.one, "one"),
    (_ONE + "template", one.template, "template"),
    (_ONE + "file/<str:number>", one.file, "file"),
    (_ONE + "commented", one.commented, "commented"),
    (_ONE + "check/", drafts.check, "check"),
    (_ONE + "check/marked", drafts.draft_marked, "draft_marked"),
    (_ONE + "edit/", editing.edit, "edit"),
    (_ONE + "edit/save", editing.save, "save"),
    (_ONE + "edit/fix", drafts.fix, "fix"),
    (_ONE + "edit/bring-in", drafts.bring_in, "bring_in"),
    (_ONE + "edit/undo", drafts.undo, "undo"),
    (_ONE + "edit/choose", drafts.choose, "choose"),
    (_ONE + "edit/discard", drafts.discard, "discard"),
    (_ONE + "edit/restore", drafts.restore, "restore"),
    (_ONE + "explain", explain, "explain"),
    (_ONE + "sign/", signing.sign, "sign"),
    (_ONE + "sign/submit", signing.submit, "submit"),
    (_ONE + "unmask/", unmasking.unmask, "unmask"),
    (_ONE + "unmask/do", unmasking.uncover, "uncover"),
    (_ONE + "take-back/", taking_back.ask, "take_back_page"),
    (_ONE + "take-back/do", taking_back.take_back, "take_back"),
    (_ONE + "withdraw/", taking_back.withdraw_page, "withdraw_page"),
    (_ONE + "withdraw/do", taking_back.withdraw, "withdraw"),
)
