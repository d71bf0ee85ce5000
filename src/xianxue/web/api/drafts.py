"""Drafts of returns: typed, checked, settled and handed in, as on the page of a grid."""

from __future__ import annotations

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key, Signatures, complain
from xianxue.desk.returns.drafts import kept
from xianxue.desk.returns.drafts.covering import covered_cells, covered_groups, is_personal
from xianxue.desk.returns.drafts.grids import typable
from xianxue.desk.returns.drafts.handing import hand_in
from xianxue.desk.returns.drafts.kept import Change, Conflict, Kept
from xianxue.desk.returns.drafts.typed import parts_of
from xianxue.desk.standing.checking import blank_of, check_typed
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api import shapes
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.deeds import submitted
from xianxue.web.api.entry import problem
from xianxue.web.api.returns import key_of
from xianxue.web.api.shaped import drafts as shaped
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.returns.about import FILL, masked
from xianxue.web.returns.drafts import draft_seen, start_draft

_DRAFT = "/returns/{form}/{period}/{place}/draft"
_COVERED = "（个人信息）"


def _of(form: str, period: str, place: str) -> tuple[Visit, Key]:
    """Give who asks, and of which return, as every address here begins."""
    visit = asked().visit
    return visit, key_of(visit, form, period, place)


@reads(_DRAFT, shaped.DraftOut, FILL, "place")
def draft(request: HttpRequest, form: Word, period: Word, place: Word) -> Told:
    """Give what one has typed of a return and not handed in yet."""
    del request
    visit, key = _of(form, period, place)
    return _told(visit, key, draft_seen(visit, key, ""))


@does(f"{_DRAFT}/cells", shaped.TypedOut, FILL, "place", by="PUT")
def type_in(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shaped.CellsIn
) -> Told:
    """Type cells: one step of undoing. What somebody changed meanwhile is kept beside yours."""
    del request
    visit, key = _of(form, period, place)
    allowed = typable(blank_of(visit.standing, key), wanted.cells)
    start_draft(visit, key)
    changes = {
        name: Change(one.text, one.agreed) for name, one in wanted.cells.items() if name in allowed
    }
    found = kept.save(visit.actor.name, key, changes, visit.at)
    skipped = [name for name in wanted.cells if name not in allowed]
    return {"draft": _told(visit, key, found), "skipped": skipped}


@does(f"{_DRAFT}/choices", shaped.DraftOut, FILL, "place")
def choose(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shaped.ChoiceIn
) -> Told:
    """Settle a cell of which two have said different things."""
    del request
    visit, key = _of(form, period, place)
    draft_seen(visit, key, "")
    found = kept.choose(visit.actor.name, key, wanted.name, mine=wanted.mine, at=visit.at)
    return _told(visit, key, found)


@does(f"{_DRAFT}/steps", shaped.DraftOut, FILL, "place")
def step(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shaped.DraftStepIn
) -> Told:
    """Take back the last step, throw a draft away, or bring it back within a day."""
    del request
    visit, key = _of(form, period, place)
    who = visit.actor.name
    if wanted.step == "restore":
        found = kept.restore(who, key, visit.at)
        if found is None:
            raise MissingError(say("丢弃已经超过一天，找不回了。"))
        return _told(visit, key, found)
    found = draft_seen(visit, key, "")
    if wanted.step == "undo":
        return _told(visit, key, kept.undo(who, key, visit.at))
    kept.discard(who, key, visit.at)
    return _told(visit, key, found)


@reads(f"{_DRAFT}/issues", shaped.DraftChecked, FILL, "place")
def issues(request: HttpRequest, form: Word, period: Word, place: Word) -> Told:
    """Check a draft by the rules by which it would be taken."""
    del request
    visit, key = _of(form, period, place)
    checked = check_typed(visit.standing, key, draft_seen(visit, key, "").cells)
    groups = checked.groups
    if masked(visit, key):
        groups = covered_groups(visit.standing.workspace().shelf.forms[form], groups)
    return {
        "clean": checked.clean,
        "must_fix": checked.must_fix,
        "explain": checked.explain,
        "issues": [problem(one.issue) for one in groups],
    }


@does(f"{_DRAFT}/submit", shapes.Submitted, FILL, "place")
def submit(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shaped.SignedDraft
) -> Told:
    """Hand a draft in, signed by clerk and head; what is still open refuses it."""
    del request
    visit, key = _of(form, period, place)
    found = draft_seen(visit, key, "")
    if found.conflicts:
        saw = say("{n} 格有两个说法，还没有选", n=len(found.conflicts))
        raise ComplaintsError([complain("F-DOUBT", key, saw, say("每格选定一个"))])
    checked = check_typed(visit.standing, key, found.cells)
    outcome = hand_in(
        visit.standing.workspace(),
        [(checked.file, checked.data)],
        actor=visit.actor,
        signed=Signatures(wanted.clerk.strip(), wanted.head.strip()),
        why=wanted.why.strip(),
        usual=visit.standing.period(),
        seen={key: found.base},
    )
    return submitted(outcome)


def _told(visit: Visit, key: Key, found: Kept) -> Told:
    form = visit.standing.workspace().shelf.form_in(key.form, key.period)
    covered = masked(visit, key)
    cells = covered_cells(form, found.cells) if covered else found.cells

    def doubt(one: Conflict) -> Told:
        sheet, _, field = parts_of(one.name)
        hidden = covered and is_personal(form, sheet, field)
        said = {"mine": one.mine, "theirs": one.theirs, "agreed": one.agreed}
        return {"name": one.name} | (dict.fromkeys(said, _COVERED) if hidden else said)

    return {
        "version": found.version,
        "base": found.base,
        "file": found.file,
        "changed_at": found.changed_at,
        "cells": {name: text for name, text in cells.items() if not name.startswith("?")},
        "conflicts": [doubt(one) for one in found.conflicts],
        "steps": list(found.steps),
    }
