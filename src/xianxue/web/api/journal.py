"""The journal of deeds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from xianxue.desk.journal.lines import Asked as Lines
from xianxue.desk.journal.verification import verify
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset
from xianxue.web.api.entry import API, MORE, may, problem
from xianxue.web.api.shapes import Word


@API.get("/journal", response={200: shapes.Lines, **MORE})
def journal(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    actor: Word = "",
    place: Word = "",
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:  # noqa: ANN401 - as above
    """List lines of the journal."""
    del request
    visit = may("journal.view")
    visit.standing.database()
    rows = Lines(actor=actor, place=place, since=since, until=until).found()
    items = [
        {name: getattr(one, name) for name in shapes.LineOut.model_fields}
        for one in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@API.get("/journal/verify", response={200: shapes.VerifiedOut, **MORE})
def verified(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """Go through the journal from its first line to its last."""
    del request
    visit = may("journal.view")
    visit.standing.database()
    found = verify()
    return {
        "whole": not found.issues,
        "lines": found.lines,
        "digest": found.digest,
        "issues": [problem(one) for one in found.issues],
    }
