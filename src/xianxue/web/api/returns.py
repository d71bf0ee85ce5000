"""Returns: how far they have come, and what became of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts.covering import covered_comments
from xianxue.desk.returns.drafts.handed_in import handed_in
from xianxue.desk.returns.history import trail_of
from xianxue.desk.standing.checking import blank_of, name_of_file
from xianxue.desk.standing.owed import owed
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset, PeriodCode, part, period_of
from xianxue.web.api.calls import Told, gives_file, reads
from xianxue.web.api.shapes import Count, Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import ANY, WORKBOOK, download
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell


@reads("/returns", shapes.Returns, "returns.view")
def returns(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    period: PeriodCode = "",
    form: Word = "",
    state: Word = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Told:
    """List the returns that are owed in a period, within reach."""
    del request
    visit = asked().visit
    reach = visit.places("returns.view")
    rows = [
        one
        for one in owed(visit.standing, period_of(visit, period))
        if one.key.place in reach
        and form in {"", one.key.form}
        and state in {"", one.progress.state}
    ]
    items = [
        {
            "form": one.key.form,
            "period": one.key.period,
            "place": one.key.place,
            "name": one.progress.name,
            "state": one.progress.state,
            "term": str(tell(one.progress.term)),
            "revision": one.progress.revision,
            "accepted": one.progress.accepted,
            "waiting": one.progress.waiting,
            "late": one.progress.late,
            "due": one.last_day,
            "times_returned": one.progress.times_returned,
        }
        for one in part(rows, limit, offset)
    ]
    return {"total": len(rows), "items": items}


@reads("/returns/{form}/{period}/{place}", shapes.TrailOut, "returns.view", "place")
def trail(request: HttpRequest, form: Word, period: Word, place: Word) -> Told:
    """Give one return and what became of it."""
    del request
    visit = asked().visit
    ground = visit.standing.ground()
    found = trail_of(ground, key_of(visit, form, period, place))
    declared = ground.shelf.forms[form]
    return {
        "form": form,
        "period": period,
        "place": place,
        "state": found.state,
        "term": str(tell(found.term)),
        "times_returned": found.times_returned,
        "revisions": [
            {
                "number": one.number,
                "at": one.at,
                "by": one.by,
                "behalf": one.behalf,
                "file": one.file,
                "digest": one.digest,
                "accepted": one.accepted,
                "comments": [
                    {"sheet": said.tab, "cell": said.cell, "text": said.text}
                    | {"by": said.by, "at": said.at}
                    for said in (
                        one.comments
                        if visit.actor.place == place
                        else covered_comments(declared, one.comments)
                    )
                ],
            }
            for one in found.revisions
        ],
    }


def key_of(visit: Visit, form: str, period: str, place: str) -> Key:
    """Give the return that an address means; MissingError where nobody owes it."""
    try:
        when = Period.parse(period)
    except ValueError as error:
        raise MissingError(say("没有“{period}”这个时期。", period=period)) from error
    key = Key(form, period, place)
    if not any(one.key == key for one in owed(visit.standing, when)):
        raise MissingError(say("没有这样一份报表。"))
    return key


@gives_file("/returns/{form}/{period}/{place}/template", WORKBOOK, "returns.submit", "place")
def template(request: HttpRequest, form: Word, period: Word, place: Word) -> HttpResponse:
    """Give the workbook to fill in, with what is known and last year's numbers."""
    del request
    visit = asked().visit
    blank = blank_of(visit.standing, key_of(visit, form, period, place))
    return download(blank.workbook(), name_of_file(blank))


@gives_file("/returns/{form}/{period}/{place}/files/{number}", ANY, "returns.unmask", "place")
def file(
    request: HttpRequest, form: Word, period: Word, place: Word, number: Count
) -> HttpResponse:
    """Give the very file that was handed in, with the personal data in it."""
    del request
    visit = asked().visit
    key = key_of(visit, form, period, place)
    shared = visit.may("returns.unmask")
    found = handed_in(visit.standing.workspace(), key, number, shared=shared)
    if found is None or not found.data:
        raise MissingError(say("没有留存这一版的文件。"))
    return download(found.data, found.file)
