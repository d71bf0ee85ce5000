"""A new form as it would be: its workbook in a picture, what is held already, and its approval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeVar

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.cards.approve_form import ApproveForm
from xianxue.desk.actions.cards.ask_form import AskForm
from xianxue.desk.actions.cards.card_deed import CardDeed
from xianxue.desk.actions.cards.form_deed import STATES, collected_since, title_of
from xianxue.desk.actions.cards.undo_form import UndoForm
from xianxue.desk.forms.carried import base_of
from xianxue.desk.forms.designing import (
    FILE,
    Design,
    Written,
    placed,
    preview,
    sample,
    written,
)
from xianxue.desk.forms.differences import Difference
from xianxue.desk.forms.drafted import Checked, check_draft, estimate
from xianxue.desk.forms.drafts import ASKED, IN_FORCE, OPEN, FormDraft, design_of
from xianxue.desk.forms.next_version import (
    next_in_force,
    seen_beside,
    versions,
)
from xianxue.desk.forms.trail import trail
from xianxue.desk.returns.drafts.picture import Picture, picture_of
from xianxue.desk.returns.duplicates import find_draft
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace
from xianxue.web.forms.check import STATES as HELD
from xianxue.web.forms.check import spared
from xianxue.web.forms.design import draft_of, drafts_of
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import anywhere, deed, page, show, went
from xianxue.web.kit.visit import Asked

D = TypeVar("D", bound=CardDeed)
HOWS: Final = {"added": say("新加"), "ended": say("到此为止"), "changed": say("改动")}
_IDENT: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Seen(Record, kw_only=True):
    """A draft as it would be in force, or what keeps it from that."""

    card: str
    found: Checked | None = None
    issues: list[Issue]
    name: str = ""
    data: bytes = b""
    changes: Sequence[Difference] = ()
    """Of a next version: what it asks otherwise than the one before."""


@page("catalogue.view", anywhere)
def look(request: Asked, number: int) -> HttpResponse:
    """Show a draft as it would be."""
    visit, row, mine = request.visit, draft_of(request, number), drafts_of(request)
    seen = seen_of(request, row)
    picture, tab = _picture(request, seen)
    seconds = estimate(visit.standing.workspace().shelf, visit.at.date())
    values: dict[str, Any] = {
        "row": row,
        "title": title_of(row),
        "states": STATES,
        "held": HELD,
        "seen": seen,
        "found": seen.found,
        "issues": seen.issues,
        "picture": picture,
        "leaf": picture.leaf(tab) if picture is not None and tab else None,
        "tab": tab,
        "trail": trail(row),
        "owns": mine.owns(row),
        "approves": mine.may_decide(row) if row.state == ASKED else mine.may("forms.approve", row),
        "open": row.state in OPEN,
        "asked": row.state == ASKED,
        "in_force": row.state == IN_FORCE,
        "start": starts_of(row),
        "hows": HOWS,
        "seconds": seconds,
        "cited": visit.standing.workspace().shelf.cite(seconds.citation) if seconds else "",
        **(
            spared(visit, seen.found) if seen.found is not None else {"spared": "", "all_hours": ""}
        ),
    }
    return show(request, "forms/look.html", values, part="sheet")


@page("catalogue.view", anywhere)
def workbook(request: Asked, number: int) -> HttpResponse:
    """Give the workbook that the first school asked would get."""
    seen = seen_of(request, draft_of(request, number))
    if seen.issues:
        raise ComplaintsError(seen.issues)
    return download(seen.data, seen.name)


@page("catalogue.view", anywhere)
def card(request: Asked, number: int) -> HttpResponse:
    """Give the card."""
    row = draft_of(request, number)
    return download(seen_of(request, row).card.encode(), f"{row.form or 'form'}.yaml")


@deed("forms.design", anywhere)
def ask(request: Asked, number: int) -> HttpResponse:
    """Ask for a form to be put in force."""
    row = draft_of(request, number)
    seen = seen_of(request, row)
    if seen.issues:
        raise ComplaintsError(seen.issues)
    version = int(request.POST.get("version", "0") or 0) if _whole(request) else -1
    done = _deed(request, AskForm)(number, version, seen.card)
    said = say("{title}已报请启用，等审批的人办", title=title_of(done))
    return went(request, "forms:look", number, said=said)


@deed("forms.design", anywhere)
def recall(request: Asked, number: int) -> HttpResponse:
    """Take a request back."""
    _deed(request, AskForm).recall(number)
    return went(request, "forms:edit", number, said=say("报请已撤回，可以接着改"))


@deed("forms.approve", anywhere)
def approve(request: Asked, number: int) -> HttpResponse:
    """Put a form in force, or send it back."""
    approving = _deed(request, ApproveForm)
    if request.POST.get("do") == "back":
        row = approving.send_back(number)
        return went(request, "forms:design", said=say("已退回{title}", title=title_of(row)))
    row = approving(number)
    said = say("{title}已启用，卡片在 {file}", title=title_of(row), file=row.file)
    return went(request, "forms:look", number, said=said)


@deed("forms.approve", anywhere)
def undo(request: Asked, number: int) -> HttpResponse:
    """Take a form out of force."""
    row = _deed(request, UndoForm)(number)
    said = say("{title}已撤销启用，草稿还在", title=title_of(row))
    return went(request, "forms:design", said=said)


def starts_of(row: FormDraft) -> Sentence | str:
    """Name the period with which a next version begins; empty of a new form."""
    start = design_of(row).start
    return Period.parse(start).term if start else ""


def _deed(request: Asked, kind: type[D]) -> D:
    visit = request.visit
    why = " ".join(request.POST.get("why", "").split())
    ground = visit.standing.ground()
    return kind(visit.standing.workspace(), ground, visit.actor, visit.at, why)


def _whole(request: Asked) -> bool:
    return request.POST.get("version", "").isdecimal()


def seen_of(request: Asked, row: FormDraft) -> Seen:
    """See a draft as a card; the same until the draft or the county's cards change."""
    standing = request.visit.standing
    name = ("forms.draft", row.pk, row.version, standing.period().code)
    return standing.by_files(name, lambda: _made(request, row))


def _made(request: Asked, row: FormDraft) -> Seen:
    standing, design = request.visit.standing, design_of(row)
    workspace, period = standing.workspace(), standing.period()
    if row.state == IN_FORCE:
        return _in_force(request, row)
    said = written(design, base=base_of(workspace.shelf, design))
    issues = _lacking(design)
    if issues:
        return Seen(card=said.text, issues=issues)
    if design.is_next:
        return _next(workspace, design, said)
    try:
        found = check_draft(workspace, period, FILE, said.text.encode())
        text = row.card if row.state == ASKED else found.marked or said.text
        name, data = preview(workspace, period, text)
    except ComplaintsError as error:
        return Seen(card=said.text, issues=placed(error.issues, said))
    except MisusedError:
        saw = say("编号“{name}”已经有报表在用", name=design.ident)
        return Seen(card=said.text, issues=[_issue(saw, say("没有用过的编号"), say("编号"))])
    return Seen(card=text, found=found, issues=[], name=name, data=data)


def _next(workspace: Workspace, design: Design, said: Written) -> Seen:
    """See a next version: what it asks otherwise, and its workbook in its first period."""
    try:
        found = seen_beside(workspace, design, said.text)
    except ComplaintsError as error:
        return Seen(card=said.text, issues=placed(error.issues, said))
    issues = [
        _issue(
            say("{period}已经有报表报来", period=one.term),
            say("下一版从还没有人报的一期起"),
            say("从哪一期起"),
        )
        for one in collected_since(design.ident, Period.parse(design.start))
    ]
    if not found.changes:
        issues.append(_issue(say("与现行的一版一样"), say("至少改一处"), ""))
    more = {"name": found.name, "data": found.data, "changes": found.changes}
    return Seen(card=said.text, issues=issues, **more)


def _in_force(request: Asked, row: FormDraft) -> Seen:
    """See a form that is in force: its card and its workbook; it holds what it holds."""
    standing = request.visit.standing
    workspace = standing.workspace()
    design = design_of(row)
    form = workspace.shelf.forms.get(design.ident)
    if form is not None and design.is_next and design.version in versions(form):
        found = next_in_force(workspace, design)
        more = {"name": found.name, "data": found.data, "changes": found.changes}
        return Seen(card=row.card, issues=[], **more)
    if form is None or design.is_next:
        saw = say("规则目录里没有 {file}", file=row.file)
        required = say("启用的报表的卡片在规则目录里")
        return Seen(card=row.card, issues=[_issue(saw, required, "")])
    draft = find_draft(workspace, row.form)
    first = replace(draft, form=draft.form.at(date.min), shelf=draft.shelf.at(date.min))
    name, data = sample(workspace, standing.period(), first)
    return Seen(card=row.card, issues=[], name=name, data=data)


def _lacking(design: Design) -> list[Issue]:
    """Complain of what a card cannot say well: of what is missing, by the names of the boxes."""
    issues: list[Issue] = []
    if design.is_next and not design.start:
        required = say("一个还没有人报的时期")
        issues.append(_issue(say("没有选"), required, say("从哪一期起")))
    if not design.term:
        issues.append(_issue(say("没有填"), say("报表的全称"), say("报表名称")))
    shape = say("小写字母开头的字母、数字和下划线")
    if not _IDENT.fullmatch(design.ident):
        issues.append(_issue(say("填的是“{name}”", name=design.ident), shape, say("编号")))
    for leaf in design.leaves:
        sheet = leaf.term or design.term
        if not leaf.filled():
            issues.append(_issue(say("一栏也没有"), say("至少一栏"), "", sheet))
        if leaf.layout == "grid" and not leaf.rows:
            saw = say("没有选每行是什么")
            issues.append(_issue(saw, say("一张代码表"), say("每行是"), sheet))
        for at, box in enumerate(leaf.boxes, 1):
            where = say("第 {n} 栏“{term}”", n=at, term=box.term)
            if box.term and not _IDENT.fullmatch(box.ident):
                saw = say("编号填的是“{name}”", name=box.ident)
                issues.append(_issue(saw, shape, where, sheet))
            if box.term and box.type == "code" and not box.codes:
                issues.append(_issue(say("没有选代码表"), say("一张代码表"), where, sheet))
    return issues


def _issue(saw: Sentence, required: Sentence, where: Sentence | str, sheet: str = "") -> Issue:
    return Issue(
        code="F-DESIGN",
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        sheet=sheet,
        cell=where,
    )


def _picture(request: Asked, seen: Seen) -> tuple[Picture | None, str]:
    """Give the picture of the workbook, and the tab that is looked at."""
    picture = picture_of(seen.data, seen.name, None, None) if seen.data else None
    if picture is None:
        return None, ""
    known = [one.name for one in picture.tabs]
    tab = request.GET.get("tab", "")
    return picture, tab if tab in known else known[min(1, len(known) - 1)]
