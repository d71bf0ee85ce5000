"""The evidence of a standard: the returns that its verdicts rest on."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.assessment.evidence import Proof, evidence_of
from xianxue.desk.search.readings import spelled
from xianxue.web.assessment.judged import judged_of
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import anywhere, page, show
from xianxue.web.kit.visit import Asked


@page("assessment.view", anywhere)
def evidence(request: Asked, standard: str) -> HttpResponse:
    """List the returns behind a standard, with what proves each."""
    judged = judged_of(request, standard)
    counts = judged.counts
    seen = request.visit.places("returns.view") & judged.seen
    rows = evidence_of(counts.counted.river, judged.card, request.visit.standing.ground(), seen)
    columns: tuple[Column[Proof], ...] = (
        Column("name", say("单位"), lambda one: one.name),
        Column("code", say("代码"), lambda one: one.key.place),
        Column("form", say("报表"), lambda one: one.form),
        Column("revision", say("版"), lambda one: one.revision, number=True),
        Column("file", say("文件"), lambda one: one.file),
        Column("handed", say("报送"), lambda one: one.handed_in),
        Column("clerk", say("填报人"), lambda one: one.clerk),
        Column("head", say("签名"), lambda one: one.head),
        Column("accepted", say("审核通过"), lambda one: one.accepted),
        Column("scans", say("盖章扫描件"), lambda one: one.scans, number=True),
        Column("digest", say("文件摘要 SHA-256"), lambda one: one.digest, sorts=False),
    )
    kinds = Choice[Proof](
        "form", say("报表"), lambda one: one.key.form, lambda code: _form(rows, code)
    )
    listing = listed(
        request,
        rows,
        columns,
        text=lambda one: " ".join(
            (one.name, one.key.place, spelled(one.name), one.file, one.digest)
        ),
        choices=(kinds,),
    )
    answer = exported(request, listing, say("{term}佐证清单", term=judged.card.term), judged.counts)
    if answer is not None:
        return answer
    values = {"judged": judged, "counts": counts, "card": judged.card, "list": listing}
    return show(request, "assessment/evidence.html", values, part="rows")


def _form(rows: list[Proof], code: str) -> str:
    return next((one.form for one in rows if one.key.form == code), code)
