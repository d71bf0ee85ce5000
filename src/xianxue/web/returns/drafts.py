"""What is done to a draft: a cell put right, a workbook read in, a step taken back, thrown away."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts import kept
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.covering import personal_sheets
from xianxue.desk.returns.drafts.grids import sheets_of
from xianxue.desk.returns.drafts.kept import Change, Kept, Start
from xianxue.desk.returns.drafts.typed import known_names, typed_of
from xianxue.desk.standing.checking import begun, blank_of, check_typed
from xianxue.desk.standing.owed import owed_one
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import MOVED_ON, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.returns.about import FILL, FILLED, first_say_why, key_of
from xianxue.web.returns.checking import check_values
from xianxue.web.returns.upload import checked_of


@page(FILL, FILLED)
def check(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Show what is wrong with what is typed, beside the picture of its sheets."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    draft = draft_seen(visit, key, request.GET.get("of", ""))
    checked = check_typed(visit.standing, key, draft.cells)
    values: dict[str, Any] = check_values(request, checked) | {
        "source": "draft",
        "draft": draft,
        "sent_key": "",
        "number": "",
        "upload": None,
    }
    # Somebody else's draft is signed or left, not changed under their hands.
    values["signs"] = values["fills"]
    values["fills"] = values["fills"] and draft.who == visit.actor.name
    values["of"] = "" if draft.who == visit.actor.name else draft.who
    return show(request, "returns/check.html", values, part="work")


@page(FILL, FILLED)
def draft_marked(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Give what is typed as a workbook, with every complaint where it belongs."""
    from xianxue.bureau.returns.marking.mark import marked_name  # noqa: PLC0415 - seldom

    visit = request.visit
    key = key_of(visit, form, period, place)
    draft = draft_seen(visit, key, request.GET.get("of", ""))
    asks = first_say_why(visit, key, file=True) if _holds_personal(visit, key) else None
    if asks is not None:
        return asks
    checked = check_typed(visit.standing, key, draft.cells)
    return download(checked.marked(), marked_name(checked.file))


@deed(FILL, FILLED)
def fix(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Put one cell right in the draft; a file that is looked at is read into it first."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    said = request.POST
    name = said.get("name", "")
    if said.get("sent"):
        checked = checked_of(visit, said["sent"], said.get("number", ""))
        _bring(visit, key, checked)
    else:
        start_draft(visit, key)
    draft = draft_seen(visit, key, "")
    if name not in known_names(blank_of(visit.standing, key), draft.cells):
        raise ComplaintsError([_no_such_cell(key)])
    change = Change(said.get("text", ""), draft.cells.get(name, ""))
    kept.save(visit.actor.name, key, {name: change}, visit.at, deed="fix")
    to = address(
        "returns:check", form, period, place, tab=said.get("tab", ""), at=said.get("at", "")
    )
    return HttpResponseRedirect(to, status=MOVED_ON)


@deed(FILL, FILLED)
def bring_in(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Read a file that was sent into the draft; one deed takes it back."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    checked = checked_of(visit, request.POST.get("sent", ""), request.POST.get("number", ""))
    brought = _bring(visit, key, checked)
    said = (
        say("已把 {file} 读进草稿。不对的话，“撤销读入”就回到原来的。", file=checked.file)
        if brought.steps
        else say("已把 {file} 读进草稿。不对的话，可以丢弃草稿。", file=checked.file)
    )
    visit.flash("done", said)
    return _back_to(key, _first_sheet(visit, key, checked))


def _first_sheet(visit: Visit, key: Key, checked: Checked) -> str:
    """Give the sheet with the first complaint: it is what somebody goes on to mend."""
    names = {tab: name for name, tab in sheets_of(blank_of(visit.standing, key))}
    return next((names[one.issue.sheet] for one in checked.groups if one.issue.sheet in names), "")


@deed(FILL, FILLED)
def undo(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Take back the last step of a draft."""
    visit = request.visit
    kept.undo(visit.actor.name, key_of(visit, form, period, place), visit.at)
    visit.flash("done", say("撤销了上一步。"))
    return _back_to(Key(form, period, place), request.POST.get("sheet", ""))


@deed(FILL, FILLED)
def discard(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Throw a draft away; for a day it can be brought back."""
    visit = request.visit
    kept.discard(visit.actor.name, key_of(visit, form, period, place), visit.at)
    said = say("草稿丢弃了，一天以内可以找回。")
    return went(request, "returns:one", form, period, place, said=said)


@deed(FILL, FILLED)
def restore(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Bring a draft back that was thrown away."""
    visit = request.visit
    found = kept.restore(visit.actor.name, key_of(visit, form, period, place), visit.at)
    if found is None:
        said = say("丢弃已经超过一天，找不回了。")
        return went(request, "returns:one", form, period, place, said=said)
    return went(request, "returns:edit", form, period, place, said=say("草稿找回来了。"))


@deed(FILL, FILLED)
def choose(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Settle a cell of which two pages have said different things."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    name, mine = request.POST.get("name", ""), request.POST.get("choice") == "mine"
    kept.choose(visit.actor.name, key, name, mine=mine, at=visit.at)
    return _back_to(key, name.partition(".")[0])


def _back_to(key: Key, sheet: str) -> HttpResponse:
    to = address("returns:edit", key.form, key.period, key.place, sheet=sheet)
    return HttpResponseRedirect(to, status=MOVED_ON)


def draft_seen(visit: Visit, key: Key, of: str) -> Kept:
    """Give a draft that the visitor may see: their own, or a colleague's of their own school."""
    who = of if of and visit.actor.place == key.place else visit.actor.name
    found = kept.draft_of(who, key)
    if found is None:
        raise MissingError(say("还没有草稿，或者已经报送、丢弃了。"))
    return found


def start_draft(visit: Visit, key: Key) -> Kept:
    """Give the visitor's draft; where there is none, begin one with what is known."""
    who, standing = visit.actor.name, visit.standing
    return kept.begin(who, key, lambda: begun(standing, key), visit.at)


def _holds_personal(visit: Visit, key: Key) -> bool:
    return bool(personal_sheets(visit.standing.workspace().shelf.form_in(key.form, key.period)))


def _bring(visit: Visit, key: Key, checked: Checked) -> Kept:
    if checked.filed is None:
        raise ComplaintsError(checked.issues)
    if checked.key != key:
        raise ComplaintsError([_other(checked)])
    form = visit.standing.workspace().shelf.form_in(key.form, key.period)
    owed = owed_one(visit.standing, key)
    base = owed.progress.revision if owed is not None else 0
    start = Start(typed_of(checked.filed, form), base, checked.file)
    return kept.bring_in(visit.actor.name, key, start, visit.at)


def _other(checked: Checked) -> Issue:
    return Issue(
        code="F-OTHER",
        severity=Severity.MUST_FIX,
        file=checked.file,
        saw=say("这个文件是另一份报表的"),
        do=say("请从那份报表的页面打开"),
    )


def _no_such_cell(key: Key) -> Issue:
    return Issue(
        code="F-CELL",
        severity=Severity.MUST_FIX,
        form=key.form,
        place=key.place,
        saw=say("这一格不能填：没有要求填，或者是自动算的"),
    )
