"""The grid editor: sheets typed in a page, saved as they are typed, checked by the same rules."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.returns.drafts import kept
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.covering import (
    covered_cells,
    covered_comments,
    covered_groups,
    personal_sheets,
)
from xianxue.desk.returns.drafts.grids import (
    Beside,
    grid_of,
    marks_of,
    options_of,
    places_of,
    sheets_of,
    typable,
)
from xianxue.desk.returns.drafts.kept import Change, Kept
from xianxue.desk.returns.drafts.typed import parts_of, typed_of
from xianxue.desk.returns.history import Said, trail_of
from xianxue.desk.standing.checking import begun, blank_of, check_typed, handed, last_year
from xianxue.desk.standing.owed import owed_one
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address, moment
from xianxue.web.kit.pages import MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.returns.about import FILL, FILLED, first_say_why, key_of, masked
from xianxue.web.returns.checking import title_of
from xianxue.web.returns.drafts import start_draft

_CELL, _AGREED = "c:", "a:"
CONFLICT = 409


@page(FILL, FILLED)
def edit(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Show one sheet to be typed into, with what is wrong in all of them."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    standing = visit.standing
    blank = blank_of(standing, key)
    draft = kept.draft_of(visit.actor.name, key)
    cells = draft.cells if draft is not None else dict(begun(standing, key).cells)
    sheets = sheets_of(blank)
    wanted = request.GET.get("sheet", "")
    sheet = wanted if wanted in dict(sheets) else sheets[0][0]
    asks = first_say_why(visit, key) if sheet in personal_sheets(blank.form) else None
    if asks is not None:
        return asks
    checked = check_typed(standing, key, cells)
    found = handed(standing, key)
    beside = Beside(
        checked,
        last_year(standing, key, checked.filed),
        typed_of(found.filed, blank.form) if found is not None else {},
    )
    owed = owed_one(standing, key)
    comments = _comments(visit, key) if owed is not None and owed.progress.waiting else ()
    values = _found(visit, key, checked, draft) | {
        "subtitle": standing.ground().title(key),
        "grid": grid_of(blank, sheet, cells, beside),
        "sheet": sheet,
        "sheets": sheets,
        "options": options_of(blank),
        "waiting": owed is not None and owed.progress.waiting,
        "owed": owed,
        "by": visit.signed.person.login,
        "stale": draft is not None and owed is not None and draft.base != owed.progress.revision,
        "has_last": bool(beside.last),
        "comments": comments,
    }
    if draft is None and checked.clean and comments:
        values["found_title"] = say("照 {n} 条批注改，改好再签名报送", n=len(comments))
    return show(request, "returns/edit.html", values)


@deed(FILL, FILLED)
def save(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Save cells into the draft as they were typed, and say what is wrong now."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    blank = blank_of(visit.standing, key)
    said = request.POST
    if said.get("by", visit.signed.person.login) != visit.signed.person.login:
        return _anothers(request, key)
    before = start_draft(visit, key)
    asked = {
        name.removeprefix(_CELL): Change(text, said.get(_AGREED + name.removeprefix(_CELL), ""))
        for name, text in said.items()
        if name.startswith(_CELL) and isinstance(text, str)
    }
    changed = {name: one for name, one in asked.items() if one.text != one.agreed}
    allowed = typable(blank, changed)
    deed_name = "paste" if said.get("deed_name") == "paste" else "typed"
    draft = kept.save(
        visit.actor.name,
        key,
        {name: one for name, one in changed.items() if name in allowed},
        visit.at,
        deed=deed_name,
    )
    if "application/json" not in request.headers.get("Accept", ""):
        if said.get("then") == "check":
            return HttpResponseRedirect(
                address("returns:check", form, period, place), status=MOVED_ON
            )
        visit.flash("done", say("草稿已存 {at}", at=moment(draft.changed_at)))
        sheet = said.get("then") or said.get("sheet", "")
        to = address("returns:edit", form, period, place, sheet=sheet)
        return HttpResponseRedirect(to, status=MOVED_ON)
    checked = check_typed(visit.standing, key, draft.cells)
    stale = said.get("version", "") not in {str(before.version), ""}
    return JsonResponse(
        {
            "version": draft.version,
            "said": str(tell(say("草稿已存 {at}", at=moment(draft.changed_at)[-5:]))),
            "skipped": len(changed) - len(allowed),
            "marks": {name: list(mark) for name, mark in marks_of(blank, checked).items()},
            "totals": _totals(blank, said.get("sheet", ""), draft, checked),
            # Another page has changed cells meanwhile: what is not being typed here is shown anew.
            "cells": _cells(visit, key, draft) if stale else None,
            "clean": checked.clean,
            "tabs": _counts(checked),
            "list": _part(request, visit, key, checked, draft),
        }
    )


def _comments(visit: Visit, key: Key) -> tuple[Said, ...]:
    """Give what was remarked on the newest revision, for whoever has to put it right."""
    ground = visit.standing.ground()
    revisions = trail_of(ground, key).revisions
    comments = revisions[-1].comments if revisions else ()
    return (
        covered_comments(ground.shelf.form_in(key.form, key.period), comments)
        if masked(visit, key)
        else comments
    )


def _anothers(request: Asked, key: Key) -> HttpResponse:
    """Refuse what somebody typed who had signed in on this machine before: it is not this one's."""
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=CONFLICT)
    saw = say("这一页是别人登录时打开的，没有存")
    raise ComplaintsError([complain("F-OTHER", key, saw, say("谁填的，谁登录后接着填"))])


def _cells(visit: Visit, key: Key, draft: Kept) -> dict[str, str]:
    form = visit.standing.workspace().shelf.form_in(key.form, key.period)
    return covered_cells(form, draft.cells) if masked(visit, key) else dict(draft.cells)


def _found(visit: Visit, key: Key, checked: Checked, draft: Kept | None) -> dict[str, Any]:
    blank = blank_of(visit.standing, key)
    places = places_of(blank, checked)
    tabs = {tab: name for name, tab in sheets_of(blank)}
    groups = checked.groups
    if masked(visit, key):
        groups = covered_groups(blank.form, groups)
    return {
        "key": key,
        "checked": checked,
        "draft": draft,
        "found_title": title_of(checked),
        "groups": [
            (one, places.get((one.issue.sheet, one.issue.cell), ""), tabs.get(one.issue.sheet, ""))
            for one in groups
        ],
        "counts": _counts(checked),
        "conflicts": [
            (one, _called(blank, one.name)) for one in (draft.conflicts if draft else ())
        ],
    }


def _counts(checked: Checked) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for group in checked.groups:
        must, explain = found.get(group.issue.sheet, (0, 0))
        found[group.issue.sheet] = (
            must + (group.severity.value == "must_fix"),
            explain + (group.severity.value == "explain"),
        )
    return found


def _called(blank: Any, name: str) -> str:  # noqa: ANN401 - the workbook that is filled in
    try:
        sheet, row, _ = parts_of(name)
    except ValueError:
        raise MissingError from None
    grid = grid_of(blank, sheet, {name: "?"}, Beside())
    boxes = (box for _, boxes in (grid.lines if grid is not None else ()) for box in boxes)
    found = next((box for box in boxes if box.name == name), None)
    return f"〔{grid.tab}〕{found.term}" if grid is not None and found is not None else row


def _totals(blank: Any, sheet: str, draft: Kept, checked: Checked) -> dict[str, str]:  # noqa: ANN401 - as above
    grid = grid_of(blank, sheet, draft.cells, Beside(checked))
    lines = grid.lines if grid is not None else ()
    return {box.at: box.text for _, boxes in lines for box in boxes if box.kind == "total"}


def _part(request: Asked, visit: Visit, key: Key, checked: Checked, draft: Kept) -> str:
    from xianxue.web.kit.shell import shell_of  # noqa: PLC0415 - only for this part of a page

    values = {**shell_of(request), **_found(visit, key, checked, draft)}
    written = engines["jinja2"].get_template("returns/edit_found.html")
    return written.render(values)
