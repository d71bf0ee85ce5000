"""One standard: the balance matrix where criteria are joined, a list of findings where not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.law.citation import Citation
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.assessment.groups import BY, grouping
from xianxue.desk.assessment.matrix import matrix_of
from xianxue.desk.assessment.words import lack_short, unit_short, unit_word
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.search.readings import spelled
from xianxue.web.assessment.exporting import matrix_workbook
from xianxue.web.assessment.judged import Judged, judged_of
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import anywhere, page, show
from xianxue.web.kit.visit import Asked

SIGNS: Final = {"at_least": "≥", "at_most": "≤", "less_than": "<", "combination": ""}


class Sum(Record, kw_only=True):
    """One criterion over all that are judged by it."""

    criterion: str
    term: Sentence | str
    per: Sentence
    line: str
    met: int
    not_met: int
    undetermined: int
    lack: str
    source: str
    seen: Sentence | str


@page("assessment.view", anywhere)
def standard(request: Asked, standard: str) -> HttpResponse:
    """Show one standard with its verdicts."""
    judged = judged_of(request, standard)
    counted = judged.counts.counted
    matrix, by = None, request.GET.get("by", "")
    if request.GET.get("view") != "list":
        matrix = matrix_of(
            judged.assessment,
            judged.card,
            counted.shelf,
            counted.register,
            judged.seen,
            grouping(
                by,
                counted.shelf,
                counted.register,
                judged.counts.period.reference_day,
                counted.figures,
                judged.counts.period.code,
            ),
        )
    common = {
        "judged": judged,
        "counts": judged.counts,
        "card": judged.card,
        "plain": plain,
        "signs": SIGNS,
        "lack_words": lacking_text,
        "lack_short": lack_short,
        "unit_word": unit_short,
        "names": _names(judged),
        "source": counted.shelf.cite(judged.card.source.citation),
        "doubts": [_doubt(judged, one) for one in judged.assessment.doubts],
        "joined": bool(judged.card.combine),
    }
    if matrix is not None:
        if request.GET.get("as") == "xlsx":
            return matrix_workbook(judged, matrix)
        failed = len(matrix.failed)
        spreads = [one for block in matrix.blocks for one in block.spreads if one is not None]
        values = {
            "matrix": matrix,
            "by": by if by in BY else "",
            "tabs": BY,
            "failed": failed,
            "spreads": len(spreads),
            "over": sum(one.verdict is Verdict.NOT_MET for one in spreads),
            "bar": _bar,
            "tick": TICK,
            "heads": [_head(judged, one.indicator) for one in matrix.criteria],
            "share": plain(Fraction(matrix.combination.others_reach) * 100),
        }
        return show(request, "assessment/matrix.html", common | values)
    listing = _listing(request, judged)
    answer = exported(request, listing, judged.card.term, judged.counts)
    if answer is not None:
        return answer
    values = {
        "list": listing,
        "sums": _sums(judged),
        "failed": sum(one.verdict is Verdict.NOT_MET for one in _mine(judged)),
        "open": sum(one.verdict is Verdict.UNDETERMINED for one in _mine(judged)),
    }
    return show(request, "assessment/findings.html", common | values, part="rows")


TICK: Final = 80.0
"""Where on its bar the limit of a spread stands, in per cent."""


def _bar(finding: Finding) -> float:
    """Give how long the bar of a spread is, so that its limit stands at the tick."""
    figure, limit = finding.figure, finding.threshold
    if figure is None or figure.value is None or not limit:
        return 0.0
    value = float(order_of(figure.value)) ** 0.5
    return round(min(100.0, value / float(limit) * TICK), 1)


def _head(judged: Judged, indicator: str) -> tuple[str, str]:
    """Give a column's head: the indicator, and its unit."""
    card = judged.counts.counted.shelf.indicator(indicator)
    return ("", "") if card is None else (card.term, unit_short(card.unit))


def _names(judged: Judged) -> dict[str, str]:
    return {place.code: place.name for place in judged.counts.counted.register}


def _doubt(judged: Judged, citation: Citation) -> str:
    shelf = judged.counts.counted.shelf
    said = shelf.cite(citation)
    source = shelf.sources.get(citation.document)
    note = citation.note or (source.note if source is not None else "")
    return say("{said}：{note}", said=said, note=note) if note else said


def _mine(judged: Judged) -> list[Finding]:
    every = (*judged.assessment.findings, *judged.assessment.spread)
    return [one for one in every if one.place in judged.seen]


_PER: Final = {
    "school_stage": say("每校每学段"),
    "school": say("每校"),
    "county_stage": say("全县分学段"),
    "county": say("全县"),
}


def _sums(judged: Judged) -> list[Sum]:
    shelf = judged.counts.counted.shelf
    mine = _mine(judged)
    found: list[Sum] = []
    for card in (*judged.card.criteria, *judged.card.spread):
        own = [one for one in mine if one.criterion == card.criterion]
        if not own:
            continue
        lines = dict.fromkeys(
            SIGNS[one.rule] + plain(one.threshold) for one in own if one.threshold is not None
        )
        short = [one.lacking for one in own if one.lacking is not None]
        citation = own[0].citation
        found.append(
            Sum(
                criterion=card.criterion,
                term=card.term,
                per=_PER[card.per],
                line="、".join(lines),
                met=sum(one.verdict is Verdict.MET for one in own),
                not_met=sum(one.verdict is Verdict.NOT_MET for one in own),
                undetermined=sum(one.verdict is Verdict.UNDETERMINED for one in own),
                lack=f"{sum(one.quantity for one in short)} {unit_word(short[0].unit)}"
                if short
                else "",
                source=shelf.cite(citation) if citation is not None else "",
                seen=citation.seen.term if citation is not None else "",
            )
        )
    return found


def _listing(request: Asked, judged: Judged) -> Listing[Finding]:
    names = _names(judged)
    register = judged.counts.counted.register
    day = judged.counts.period.reference_day
    terms = {one.criterion: one.term for one in (*judged.card.criteria, *judged.card.spread)}
    order = {Verdict.NOT_MET: 0, Verdict.UNDETERMINED: 1, Verdict.MET: 2}
    rows = sorted(_mine(judged), key=lambda one: order[one.verdict])
    columns: Sequence[Column[Finding]] = (
        Column("place", say("单位"), lambda one: names.get(one.place, one.place)),
        Column("stage", say("学段"), lambda one: one.stage.term if one.stage else ""),
        Column("term", say("项目"), lambda one: one.term),
        Column("value", say("数值"), lambda one: one.shown, number=True, sorts=False),
        Column(
            "line",
            say("标准"),
            lambda one: (
                SIGNS[one.rule] + (plain(one.threshold) if one.threshold is not None else "")
            ),
            number=True,
            sorts=False,
        ),
        Column("verdict", say("判定"), lambda one: one.verdict.term),
        Column("lack", say("还缺"), lambda one: lacking_text(one, names), sorts=False),
    )

    def township(one: Finding) -> str:
        return register.township_of(register[one.place], day) if one.place in register else ""

    choices = (
        Choice[Finding](
            "verdict", say("判定"), lambda one: one.verdict.value, lambda code: Verdict(code).term
        ),
        Choice[Finding](
            "criterion", say("项目"), lambda one: one.criterion, lambda code: terms.get(code, code)
        ),
        Choice[Finding](
            "stage",
            say("学段"),
            lambda one: one.stage.value if one.stage else "",
            lambda code: Stage(code).term,
        ),
        Choice[Finding]("in", say("乡镇"), township, lambda code: names.get(code, code)),
    )
    return listed(
        request,
        rows,
        columns,
        text=lambda one: " ".join(
            (name := names.get(one.place, one.place), spelled(name), one.place, str(one.term))
        ),
        choices=choices,
    )
