"""One return: how it stands, the way it has come, what was handed in, and what can be done now."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.journal.steps import steps_of
from xianxue.desk.returns.commented_workbook import sent_back
from xianxue.desk.returns.drafts.covering import covered_comments, personal_sheets
from xianxue.desk.returns.drafts.handed_in import Handed, handed_in, of_several
from xianxue.desk.returns.drafts.kept import Kept, draft_of, drafts_about, thrown_away
from xianxue.desk.returns.drafts.picture import Picture, picture_of
from xianxue.desk.returns.drafts.typed import FOOT
from xianxue.desk.returns.history import Said, Trail, trail_of
from xianxue.desk.standing.checking import (
    blank_of,
    empty_picture,
    name_of_file,
    own_picture,
    own_tab,
)
from xianxue.desk.standing.checking import handed as newest_of
from xianxue.desk.standing.owed import Owed, owed_one
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import (
    FILL,
    SEE,
    SEEN,
    UNMASK,
    WITHDRAW,
    first_say_why,
    key_of,
    masked,
    open_to,
    own,
)
from xianxue.web.returns.round import MANY, steps_for
from xianxue.web.returns.taking_back import takes_back
from xianxue.web.returns.words import lamp_words, state_title


@page(SEE, SEEN)
def one(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Show one return."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    owed = _owed(visit, key)
    ground = visit.standing.ground()
    card = ground.card(place)
    trail = trail_of(ground, key)
    newest = trail.revisions[-1] if trail.revisions else None
    comments = newest.comments if newest is not None else ()
    declared = ground.shelf.forms[form]
    if masked(visit, key):
        comments = covered_comments(declared, comments)
    handed = _handed(visit, key, trail)
    picture = _picture(visit, key, handed)
    # What somebody has remarked on is what the clerk comes for.
    marked = next((said.tab for said in comments if said.tab), "")
    if not marked and handed is not None and not handed.data:
        marked = own_tab(declared, handed)
    tab = _tab(picture, request.GET.get("tab", marked))
    draft = draft_of(visit.actor.name, key)
    fills = owed.progress.waiting and visit.may(FILL, place)
    corrects = (
        not owed.progress.waiting
        and card.step("correct", owed.progress.state) is not None
        and visit.may("returns.correct", place)
    )
    turns = steps_for(visit, owed)
    values = {
        "key": key,
        "owed": owed,
        "trail": trail,
        "steps": steps_of(ground, key),
        "title": state_title(owed, card, len(comments)),
        "subtitle": ground.title(key),
        "next": _next(ground.policy.terms, card, owed),
        "picture": picture,
        "leaf": picture.leaf(tab) if picture is not None else None,
        "comments": comments,
        "commented": _commented(comments),
        "draft": draft,
        "others": _others(visit, key) if fills or corrects else [],
        "thrown": None if draft else thrown_away(visit.actor.name, key, visit.at),
        "handed": handed,
        "reviews": bool(turns),
        "turn": bool(set(turns) & set(MANY)),
        "extends": owed.progress.waiting
        and owed.deadline.due is not None
        and visit.may("returns.grant_extension", place),
        "fills": fills,
        "corrects": corrects,
        "withdraws": card.step("withdraw", owed.progress.state) is not None
        and visit.may(WITHDRAW, place),
        "takes_back": takes_back(visit, owed),
        "whole": visit.may(UNMASK, place),
        "several": frozenset()
        if visit.may(UNMASK)
        else of_several(place, [each.digest for each in trail.revisions]),
        "unmasks": bool(personal_sheets(declared))
        and trail.revisions
        and visit.may(UNMASK, place)
        and not own(visit, key),
        "uncovered": None if own(visit, key) else open_to(visit, key),
        "lamp_words": lamp_words,
        "file_name": name_of_file(blank_of(visit.standing, key)) if fills else "",
    }
    return show(request, "returns/one.html", values, part="sheet")


@page(FILL, SEEN)
def template(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Give the workbook to fill in, with what is known and last year's numbers."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    # What a line of a list is comes with its template; where that is a person, it is asked for.
    listed = personal_sheets(visit.standing.ground().shelf.forms[form]) - {FOOT}
    asks = first_say_why(visit, key, file=True) if listed else None
    if asks is not None:
        return asks
    blank = blank_of(visit.standing, key)
    return download(blank.workbook(), name_of_file(blank))


@page(UNMASK, SEEN)
def file(request: Asked, form: str, period: str, place: str, number: str) -> HttpResponse:
    """Give the very file that was handed in."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    asks = first_say_why(visit, key, file=True)
    if asks is not None:
        return asks
    shared = visit.may(UNMASK)
    found = handed_in(visit.standing.workspace(), key, whole(number) or 0, shared=shared)
    if found is None or not found.data:
        raise MissingError(say("没有留存这一版的文件。"))
    return download(found.data, found.file)


@page(UNMASK, SEEN)
def commented(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Give the newest file with the reviewers' comments at its cells."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    standing = visit.standing
    asks = first_say_why(visit, key, file=True)
    if asks is not None:
        return asks
    handed = handed_in(standing.workspace(), key, shared=visit.may(UNMASK))
    if handed is None:
        raise MissingError(say("还没有人报送。"))
    found = sent_back(standing.workspace(), standing.ground(), key) if handed.data else None
    if found is None:
        raise MissingError(say("没有留存这一版的文件。"))
    name, data = found
    return download(data, name)


def _owed(visit: Visit, key: Key) -> Owed:
    found = owed_one(visit.standing, key)
    if found is None:
        raise MissingError(say("这一时期没有向这个单位要这份报表。"))
    return found


def _handed(visit: Visit, key: Key, trail: Trail) -> Handed | None:
    return newest_of(visit.standing, key) if trail.revisions else None


def _picture(visit: Visit, key: Key, handed: Handed | None) -> Picture | None:
    """Show what was handed in; before anything was, the workbook that is to be filled in.

    Where there is no file of its own, its numbers are shown as they would stand in the workbook.
    """
    shelf = visit.standing.workspace().shelf
    form = shelf.form_in(key.form, key.period)
    cover = masked(visit, key)
    if handed is not None and handed.data:
        return picture_of(handed.data, handed.file, handed.filed, form, masked=cover)
    if handed is not None:
        return own_picture(visit.standing, key, handed, masked=cover)
    return empty_picture(visit.standing, key)


def _tab(picture: Picture | None, wanted: str) -> str:
    if picture is None:
        return ""
    return wanted if wanted in {tab.name for tab in picture.tabs} else picture.first


def _commented(comments: tuple[Said, ...]) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = {}
    for said in comments:
        found.setdefault((said.tab, said.cell), []).append(said)
    return found


def _others(visit: Visit, key: Key) -> list[Kept]:
    """Give what others of the same school have prepared: a head signs what the clerk typed."""
    found = drafts_about([key]).get(key, [])
    colleague = visit.actor.place == key.place
    return [one for one in found if colleague and one.who != visit.actor.name]


def _next(terms, card, owed: Owed) -> Sentence | str:  # noqa: ANN001 - the policy's and the card's own
    """Say whose turn it is; nothing where it is the school's own, or nobody's."""
    if owed.progress.waiting:
        return ""
    for name in ("review", "pass_on", "approve"):
        step = card.step(name, owed.progress.state)
        if step is not None:
            return say("等{who}{doing}", who=terms(step.roles), doing=step.term)
    return ""
