"""Reviewing one return: what is unusual in it, what changed, comments on cells, and the step."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.returns.drafts.covering import covered_groups, is_personal
from xianxue.desk.returns.drafts.groups import Group, grouped
from xianxue.desk.returns.drafts.picture import Picture, picture_of
from xianxue.desk.returns.examining import changed_since, looked_at, note, notes
from xianxue.desk.returns.history import trail_of
from xianxue.desk.returns.second_look import open_issues, untouched
from xianxue.desk.standing.checking import handed as newest_of
from xianxue.desk.standing.checking import own_picture
from xianxue.desk.standing.owed import owed_one
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import deed, of_place, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.returns.about import SEE, SEEN, key_of, masked
from xianxue.web.returns.round import steps_for
from xianxue.web.returns.words import lamp_words

REVIEW = "returns.review"


@page(SEE, SEEN)
def review(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Show a return as its reviewer looks at it."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    workspace, ground = visit.standing.workspace(), visit.standing.ground()
    handed, owed = newest_of(visit.standing, key), owed_one(visit.standing, key)
    if handed is None or owed is None:
        raise MissingError(say("{title}还没有报送。", title=ground.title(key)))
    trail, card = trail_of(ground, key), ground.card(place)
    found = [*untouched(workspace, ground, [key]), *open_issues(workspace, ground, key)]
    groups = grouped(found)
    declared = workspace.shelf.forms[form]
    cover = masked(visit, key)
    if cover:
        groups = covered_groups(declared, groups)
    if handed.data:
        picture = picture_of(handed.data, handed.file, handed.filed, declared, groups, masked=cover)
    else:
        picture = own_picture(visit.standing, key, handed, groups, masked=cover)
    versions = list(trail.revisions)
    newest = versions[-1]
    before = looked_at(key, visit.actor.name, newest.number)
    changed = [
        one
        for one in changed_since(workspace, key, before, handed)
        if not (cover and is_personal(declared, *_field_of(one.name)))
    ]
    tab, at = _where(request, picture, groups, changed[0].tab if changed else "")
    mine = notes(visit.actor.name, key)
    steps = steps_for(visit, owed)
    values = {
        "key": key,
        "owed": owed,
        "title": _title(found, owed.progress.revision),
        "subtitle": ground.title(key),
        "handed": handed,
        "groups": groups,
        "chosen": _chosen(request, groups),
        "picture": picture,
        "leaf": picture.leaf(tab) if picture is not None and tab else None,
        "tab": tab,
        "at": at,
        "notes": mine,
        "commented": {tuple(one.where.split("!", 1)): [one] for one in mine if "!" in one.where},
        "changed": changed,
        "before": before,
        "steps": {name: card.step(name, owed.progress.state) for name in steps},
        "lamp_words": lamp_words,
        "eyes": _eyes(visit.actor.name, newest.by, newest.clerk),
    }
    return show(request, "returns/review.html", values, part="work")


@deed(REVIEW, of_place(REVIEW))
def remark(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Keep a comment that is not sent yet; an empty one is taken away."""
    visit, said = request.visit, request.POST
    key = key_of(visit, form, period, place)
    where = said.get("where", "")
    note(visit.actor.name, key, where, said.get("text", ""), visit.at)
    return went(request, "returns:review", form, period, place)


def _field_of(name: str) -> tuple[str, str]:
    return name.partition(".")[0], name.rpartition(".")[2]


def _title(found: list[Issue], revision: int) -> Sentence:
    odd = sum(one.severity is not Severity.NOTE for one in found)
    again = sum(one.code == "F-UNTOUCHED" for one in found)
    if again:
        return say("第 {n} 版：{m} 处批注没有改，{k} 处待说明", n=revision, m=again, k=odd)
    if odd:
        return say("第 {n} 版：还有 {k} 处待说明", n=revision, k=odd)
    return say("第 {n} 版：没有要问的", n=revision)


def _eyes(actor: str, by: str, clerk: str) -> bool:
    """Whether the reviewer has had part in what is reviewed: then somebody else has to."""
    return actor in {by, clerk}


def _chosen(request: Asked, groups: list[Group]) -> Group | None:
    wanted = request.GET.get("issue", "")
    return next((one for one in groups if str(one.number) == wanted), None)


def _where(
    request: Asked, picture: Picture | None, groups: list[Group], usual: str
) -> tuple[str, str]:
    """Give the sheet and cell that are looked at; ``usual`` where none was asked for."""
    if picture is None:
        return "", ""
    known = {tab.name for tab in picture.tabs}
    tab, at = request.GET.get("tab", ""), request.GET.get("at", "")
    chosen = _chosen(request, groups)
    if chosen is not None and not tab:
        tab, at = chosen.issue.sheet, at or chosen.issue.cell
    first = usual if usual in known else picture.first
    return (tab if tab in known else first), at
