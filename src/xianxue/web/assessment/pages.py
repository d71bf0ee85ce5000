"""The standards that the county is held against, each with its verdict."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.record import Record
from xianxue.web.kit.counts import counts_of
from xianxue.web.kit.pages import anywhere, page, show
from xianxue.web.kit.visit import Asked


class Row(Record, kw_only=True):
    """One standard."""

    card: Standard
    assessment: Assessment
    met: int
    not_met: int
    undetermined: int
    source: str
    doubts: int


@page("assessment.view", anywhere)
def overview(request: Asked) -> HttpResponse:
    """Show all standards."""
    counts = counts_of(request)
    seen = request.visit.places("assessment.view")
    rows = [
        _row(
            card,
            counts.counted.assessment(card.standard),
            seen,
            counts.counted.shelf.cite(card.source.citation),
        )
        for card in counts.counted.shelf.standards.values()
        if card.period.kind == counts.period.kind
    ]
    register = counts.counted.register
    values = {
        "rows": rows,
        "counts": counts,
        "whole": register.county.code in seen,
        "short": sum(row.not_met for row in rows),
        "failed": sum(row.assessment.verdict is Verdict.NOT_MET for row in rows),
    }
    return show(request, "assessment/list.html", values)


def _row(card: Standard, judged: Assessment, seen: frozenset[str], source: str) -> Row:
    mine: list[Finding] = [one for one in (*judged.findings, *judged.spread) if one.place in seen]

    def many(verdict: Verdict) -> int:
        return sum(one.verdict is verdict for one in mine)

    return Row(
        card=card,
        assessment=judged,
        met=many(Verdict.MET),
        not_met=many(Verdict.NOT_MET),
        undetermined=many(Verdict.UNDETERMINED),
        source=source,
        doubts=len(judged.doubts),
    )
