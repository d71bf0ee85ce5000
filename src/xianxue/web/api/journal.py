"""The journal of deeds."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from xianxue.desk.journal.lines import Asked as Lines
from xianxue.desk.journal.verification import verify
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset
from xianxue.web.api.calls import Told, reads
from xianxue.web.api.entry import problem
from xianxue.web.api.shapes import Word
from xianxue.web.kit.visit import asked


@reads("/journal", shapes.Lines, "journal.view", "county")
def journal(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    actor: Word = "",
    place: Word = "",
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Told:
    """List lines of the journal."""
    del request
    visit = asked().visit
    visit.standing.database()
    rows = Lines(actor=actor, place=place, since=since, until=until).found()
    items = [
        {name: getattr(one, name) for name in shapes.LineOut.model_fields}
        for one in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@reads("/journal/verify", shapes.VerifiedOut, "journal.view", "county")
def verified(request: HttpRequest) -> Told:
    """Go through the journal from its first line to its last."""
    del request
    visit = asked().visit
    visit.standing.database()
    found = verify()
    return {
        "whole": not found.issues,
        "lines": found.lines,
        "digest": found.digest,
        "issues": [problem(one) for one in found.issues],
    }
