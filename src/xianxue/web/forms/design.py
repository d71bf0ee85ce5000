"""表单设计: an office's drafts, and the page on which one is put together in boxes."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.actions.cards.form_deed import STATES, title_of
from xianxue.desk.forms.designing import RELATIONS, Design
from xianxue.desk.forms.drafts import (
    ASKED,
    OPEN,
    Drafts,
    FormDraft,
    StaleError,
    design_of,
    in_states,
)
from xianxue.desk.forms.items import OFTEN, TYPES
from xianxue.desk.forms.next_version import may_follow, starts
from xianxue.web.forms.typed import (
    FILLERS,
    LAYOUTS,
    MOST,
    MOST_SHEETS,
    SEVERITIES,
    SPARE,
    Typed,
    after,
    fresh,
    typed,
    whole,
)
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import COMPLAINED, MOVED_ON, anywhere, deed, page, show, went
from xianxue.web.kit.visit import Asked

LOOK: Final = "look"


def drafts_of(request: Asked) -> Drafts:
    """Give the drafts of whoever asks."""
    visit = request.visit
    return Drafts(visit.standing.ground(), visit.actor)


def draft_of(request: Asked, number: int) -> FormDraft:
    """Give a draft that they see; MissingError where there is none such."""
    row = drafts_of(request).one(number)
    if row is None:
        raise MissingError(say("没有第 {n} 号新报表，或者不是本股室的。", n=number))
    return row


@page("catalogue.view", anywhere)
def drafts(request: Asked) -> HttpResponse:
    """List the drafts."""
    rows = drafts_of(request).seen()
    values = {
        "rows": rows,
        "states": STATES,
        "waiting": len(in_states(rows, ASKED)),
        "open": len(in_states(rows, *OPEN)),
        "fields_of": lambda row: len(design_of(row).filled()),
        "place_of": request.visit.place_name,
        "forms": _followed(request),
    }
    return show(request, "forms/drafts.html", values)


def _followed(request: Asked) -> list[Form]:
    """Give the forms of the county as they are asked today, whose next version may be begun."""
    if not request.visit.can("forms.design"):
        return []
    today = request.visit.at.date()
    return [one.at(today) for one in _shelf(request).forms.values() if may_follow(one)]


@deed("forms.design", anywhere)
def begin(request: Asked) -> HttpResponse:
    """Begin a form."""
    row = drafts_of(request).begin(Design(leaves=[fresh()]), request.visit.at)
    return went(request, "forms:edit", row.pk)


@page("forms.design", anywhere)
def edit(request: Asked, number: int) -> HttpResponse:
    """Show one sheet of a draft in boxes."""
    row = draft_of(request, number)
    if row.state not in OPEN or not drafts_of(request).owns(row):
        return HttpResponseRedirect(address("forms:look", number))
    design = design_of(row)
    at = min(whole(request.GET.get("sheet", "")), len(design.leaves) - 1)
    return show(request, "forms/design.html", _values(request, row, Typed(design, at)))


@deed("forms.design", anywhere)
def keep(request: Asked, number: int) -> HttpResponse:
    """Store what was typed, and go on as the button says; a script stores as one types."""
    row, said = draft_of(request, number), request.POST
    found = typed(said, design_of(row), list(_shelf(request).codes))
    do = said.get("do", "")
    wanted = after(found, do)
    try:
        stored = drafts_of(request).keep(
            number, int(said.get("version", "0") or 0), wanted.design, request.visit.at
        )
    except ValueError:
        raise MissingError(say("这一页不完整，请重新打开。")) from None
    except StaleError as error:
        values = _values(request, error.row, found) | {"stale": error.row}
        return show(request, "forms/design.html", values, part="kept", status=COMPLAINED)
    if request.headers.get("HX-Target") == "kept":
        return show(request, "forms/design.html", _values(request, stored, found), part="kept")
    if do == LOOK:
        return went(request, "forms:look", number)
    to = address("forms:edit", number, sheet=wanted.sheet)
    if not do:
        request.visit.flash("done", say("存好了"))
    return HttpResponseRedirect(to, status=MOVED_ON)


@deed("forms.design", anywhere)
def discard(request: Asked, number: int) -> HttpResponse:
    """Throw a draft away."""
    row = drafts_of(request).discard(number, request.visit.at)
    return went(request, "forms:design", said=say("已丢弃{title}", title=title_of(row)))


def _values(request: Asked, row: FormDraft, found: Typed) -> dict[str, Any]:
    shelf, design = _shelf(request), found.design
    stale: FormDraft | None = None
    return {
        "row": row,
        "title": title_of(row),
        "design": design,
        "at": found.sheet,
        "leaf": design.leaves[found.sheet],
        "boxes": list(design.leaves[found.sheet].boxes),
        "pairs": [*design.pairs, *([None] * SPARE)],
        "sides": _sides(design),
        "types": TYPES,
        "units": [one for one in UNITS.values() if "/" not in one.dimension],
        "lists": [(one.codes, one.term) for one in shelf.codes.values()],
        "relations": RELATIONS,
        "severities": SEVERITIES,
        "layouts": LAYOUTS,
        "fillers": FILLERS,
        "often": OFTEN,
        "stages": list(Stage),
        "states": STATES,
        "stale": stale,
        "starts": _starts(request, design),
        "full": len(design.leaves[found.sheet].boxes) >= MOST,
        "no_more": len(design.leaves) >= MOST_SHEETS,
        "name_of": lambda at: name_of(design, at),
    }


def _starts(request: Asked, design: Design) -> list[tuple[str, Sentence | str]]:
    """Offer the periods that a next version may begin with; none of a new form."""
    if not design.is_next:
        return []
    found = starts(_shelf(request), design, request.visit.at.date())
    return [("", say("选一期")), *((one.code, one.term) for one in found)]


def _sides(design: Design) -> list[tuple[str, Sentence | str]]:
    """Offer the fields that a check may name, with their sheets where there are several."""
    alone = len(design.leaves) == 1
    return [
        (
            f"{at}.{line}",
            box.term if alone else say("{sheet}·{term}", sheet=name_of(design, at), term=box.term),
        )
        for at, leaf in enumerate(design.leaves)
        for line, box in enumerate(leaf.boxes)
        if box.term
    ]


def name_of(design: Design, at: int) -> Sentence | str:
    """Name a sheet: by its own term, the form's, or its number."""
    leaf = design.leaves[at]
    return leaf.term or (design.term if at == 0 else "") or say("第 {n} 张", n=at + 1)


def _shelf(request: Asked) -> Shelf:
    return request.visit.standing.workspace().shelf
