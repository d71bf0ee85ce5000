"""The next version of a form: of one that was designed here, or of any form of the county."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.cards.form_deed import title_of
from xianxue.desk.forms.drafts import IN_FORCE, FormDraft, design_of
from xianxue.desk.forms.next_version import begin_next, may_follow
from xianxue.web.forms.design import draft_of, drafts_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import anywhere, deed, went
from xianxue.web.kit.visit import Asked


@deed("forms.design", anywhere)
def next_version(request: Asked, number: int) -> HttpResponse:
    """Begin the next version of a form in force, or go on with it."""
    return went(request, "forms:edit", next_of(request, draft_of(request, number)).pk)


def next_of(request: Asked, row: FormDraft) -> FormDraft:
    """Give the draft of a form's next version; MissingError where the form is not in force."""
    if row.state != IN_FORCE:
        raise MissingError(say("{title}没有启用，没有下一版。", title=title_of(row)))
    shelf = request.visit.standing.workspace().shelf
    return begin_next(drafts_of(request), shelf, design_of(row).ident, request.visit.at)


@deed("forms.design", anywhere)
def next_of_form(request: Asked, form: str) -> HttpResponse:
    """Begin the next version of any form of the county, or go on with it."""
    return went(request, "forms:edit", next_draft(request, form).pk)


def next_draft(request: Asked, form: str) -> FormDraft:
    """Give the draft of a form's next version; MissingError where no version can begin."""
    shelf = request.visit.standing.workspace().shelf
    if form not in shelf.forms:
        raise MissingError(say("没有报表“{form}”。", form=form))
    if not may_follow(shelf.forms[form]):
        raise MissingError(say("《{term}》一次考试一份，没有下一期，不能设计下一版。",
                               term=shelf.forms[form].term))  # fmt: skip
    return begin_next(drafts_of(request), shelf, form, request.visit.at)
