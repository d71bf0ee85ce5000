"""Buttons beside the auditor's verdicts: they change the draft, and each change can be undone."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.report.write_section import keep_draft
from xianxue.desk.report.fixing import OPEN, Speaker, Step, noted, replaced, undone
from xianxue.web.kit.pages import deed, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.report.drafts import draft_of, key_of
from xianxue.web.report.opened import Opened, open_report, speaker_of
from xianxue.web.report.writing import base_of, typed_text


@deed("report.write")
def fix(request: Asked, outline: str, section: str) -> HttpResponse:
    """Put a live number, or a place left open, where a number was typed."""
    visit = request.visit
    opened = open_report(visit, outline, request.POST.get("figures", ""))
    opened.part(section)
    said = request.POST.get("fix", "").split("|", 3)
    at = whole(said[1]) if len(said) > 3 else None  # noqa: PLR2004 - how, where, which figure, what
    text = typed_text(request)
    if at is None:
        return _back(request, opened, section, _elsewhere())
    how, _, key, old = said
    new = OPEN if how == "open" else _live(speaker_of(visit, opened), key, old, text[at:])
    changed = replaced(text, at, old, new) if new else None
    if changed is None:
        _keep(visit, opened, section, text, base_of(request), None)
        return _back(request, opened, section, _elsewhere())
    draft = draft_of(opened, section, visit)
    steps = noted(draft.steps if draft is not None else [], at, old, new)
    _keep(visit, opened, section, changed, base_of(request), steps)
    if how == "open":
        return _back(request, opened, section, say("“{old}”标为待补。", old=old))
    return _back(request, opened, section, say("“{old}”换成了活的数。", old=old))


@deed("report.write")
def undo(request: Asked, outline: str, section: str) -> HttpResponse:
    """Take the last of these changes back; what was typed elsewhere since stays."""
    visit = request.visit
    opened = open_report(visit, outline, request.POST.get("figures", ""))
    opened.part(section)
    text = typed_text(request)
    draft = draft_of(opened, section, visit)
    if draft is None or not draft.steps:
        return _back(request, opened, section, say("没有可撤销的。"))
    *before, last = draft.steps
    back = undone(text, last)
    _keep(visit, opened, section, text if back is None else back, base_of(request), before)
    if back is None:
        said = say("这一处后来又改过，没有动；要换回“{old}”请自己改。", old=last["old"])
        return _back(request, opened, section, said)
    return _back(request, opened, section, say("已撤销，换回了“{old}”。", old=last["old"]))


def _live(speaker: Speaker, key: str, old: str, rest: str) -> str:
    return speaker.live(key, old, rest.removeprefix(old))[0]


def _keep(  # noqa: PLR0913, PLR0917 - whose draft of what, the text and what can be undone
    visit: Visit, opened: Opened, section: str, text: str, base: int, steps: list[Step] | None
) -> None:
    keep_draft(key_of(opened, section), visit.actor.name, text, base, visit.at, steps)


def _elsewhere() -> Sentence:
    return say("文字已经变了，没有换；请看右边新的核对结果再点。")


def _back(request: Asked, opened: Opened, section: str, said: Sentence) -> HttpResponse:
    figures = "now" if request.POST.get("figures") == "now" else ""
    answer = went(request, "report:part", opened.outline.outline, section, said=said)
    if figures:
        answer["Location"] += f"?figures={figures}"
    return answer
