"""Rows of tables that tell what is owed, what is registered, and how figures and findings stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.outline import Rows, TableBlock
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure, in_a_sentence
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.records.occasion import Owed
from xianxue.bureau.report import claims, movements
from xianxue.bureau.report.context import Context, Row, chinese_day
from xianxue.bureau.report.deeds.saying import said_field
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.naming import name_of
from xianxue.bureau.report.statements import of_findings
from xianxue.bureau.report.statements.of_figures import NO_DATA, NOTHING, UNREPORTED
from xianxue.bureau.report.text import Run, Runs
from xianxue.bureau.values.units import UNITS

SUBJECT_WORDS: Final[Mapping[Rows, frozenset[str]]] = {
    "owed": frozenset({"place", "what", "due", "over", "state"}),
    "figures": frozenset({"term", "unit", "value", "before", "moved"}),
    "judged": frozenset({"term", "limit", "value", "verdict", "lacking"}),
}
"""The words a column of such a table may name; of ``entries`` it is the ledger's fields."""
OF_ENTRY: Final = frozenset({"place", "number"})
"""What an entry has beside its fields."""


def left_out(context: Context, card: TableBlock) -> int:
    """Say how many things that are owed a table leaves out."""
    return max(len(what_is_owed(context)) - card.first, 0) if card.first else 0


def owed(context: Context, card: TableBlock) -> Iterator[Row]:
    """Tell what is owed, the soonest first."""
    there = what_is_owed(context)
    for one in there[: card.first or len(there)]:
        over = f"{one.days_over}天" if one.days_over else NOTHING
        yield _row(
            one.place,
            {
                "place": name_of(one.place, context.register),
                "what": one.what,
                "due": chinese_day(one.due) if one.due is not None else "没有设期限",
                "over": over,
                "state": one.state,
            },
        )


def what_is_owed(context: Context) -> list[Owed]:
    """Give what is owed; whoever writes without knowing it is refused."""
    if context.occasion.owed is None:
        context.refuse(
            "W-OWED", "文稿要写没有报送、没有办结的事项，但这里不知道", "从工作目录写这份文稿"
        )
        return []
    return list(context.occasion.owed())


def entries(context: Context, card: TableBlock) -> Iterator[Row]:
    """Tell entries in the order in which they were registered."""
    ledger = context.shelf.ledgers[card.of.partition(".")[0]]

    def tell(happening: Happening) -> Callable[[Slot], Runs]:
        def told(slot: Slot) -> Runs:
            run = said_field(context, ledger, happening, slot)
            return (NOTHING,) if run is None else (run,)

        return told

    for one in context.happenings(card.of):
        here = not context.about or one.entry.place == context.about
        if here and matches(card.where, one.facts):
            row = _row(
                one.entry.place,
                {
                    "place": name_of(one.entry.place, context.register),
                    "number": one.entry.number,
                },
            )
            fields = {field.field: tell(one) for field in ledger.fields}
            yield Row(row.place, None, {**fields, **row.words})


def figures(context: Context, card: TableBlock) -> Iterator[Row]:
    """Tell figures of the document's place or of the county, with those of the year before."""
    for name in card.only or context.shelf.indicators:
        indicator = context.shelf.indicator(name)
        if indicator is not None:
            yield from of_indicator(context, indicator)


def of_indicator(context: Context, card: Indicator) -> Iterator[Row]:
    """Tell one indicator: as a whole and stage by stage, as far as there are figures."""
    place = context.about or context.county
    earlier = context.occasion.earlier(1)
    for stage in (None, *card.stages):
        now = context.lookup(card.indicator, place, stage, "")
        then = earlier(card.indicator, place, stage, "") if earlier is not None else None
        if now is None and then is None:
            continue
        moved: Runs = (NOTHING,)
        if now is not None and then is not None and movements.can_be_held(now, then):
            moved = movements.since(card, now, then, 1)
        yield _row(
            place,
            {
                "term": in_a_sentence(card.term, stage),
                "unit": UNITS[card.unit].term or NOTHING,
                "value": _cell(now, card, NOTHING),
                "before": _cell(then, card, NO_DATA),
                "moved": moved,
            },
            stage,
        )


def _cell(figure: Figure | None, card: Indicator, without: str) -> Run:
    if figure is None:
        return without
    if figure.value is None:
        return UNREPORTED if figure.coverage.missing else NOTHING
    return claims.of_figure(figure, figure.named(card.term), "bare")


def judged(context: Context, _card: TableBlock) -> Iterator[Row]:
    """Tell each finding on the document's place, those that fall short first."""
    place = context.about or context.county
    found = [
        one
        for assessment in context.assessments.values()
        for one in assessment.findings
        if one.place == place and one.rule != of_findings.JOINT
    ]
    order = (Verdict.NOT_MET, Verdict.UNDETERMINED)
    ranked = sorted(found, key=lambda one: order.index(one.verdict) if one.verdict in order else 2)
    for one in ranked:
        yield _row(place, _of_finding(context, one), one.stage)


def _of_finding(context: Context, one: Finding) -> dict[str, Run | Runs]:
    def side(facet: str) -> Runs:
        return of_findings.one(context, one, facet, row=True)

    sign = {"at_least": "≥", "at_most": "≤", "less_than": "＜"}.get(one.rule, "")
    if one.shown.startswith("1:"):
        sign = {"≥": "≤", "≤": "≥"}.get(sign, sign)
    return {
        "term": in_a_sentence(one.term, one.stage),
        "limit": (sign, *of_findings.limit(context, one)) if one.threshold is not None else NOTHING,
        "value": side(""),
        "verdict": side("verdict"),
        "lacking": side("lacking"),
    }


def _row(place: str, words: Mapping[str, Run | Runs], stage: Stage | None = None) -> Row:
    return Row(place, stage, {name: _constant(said) for name, said in words.items()})


def _constant(said: Run | Runs) -> Callable[[Slot], Runs]:
    runs = (said,) if isinstance(said, str | Claim) else said
    return lambda _slot: runs


def parts(text: str) -> Iterable[str]:
    """Give the parts of a field between semicolons, each without its own full stop."""
    pieces = text.replace(";", "；").split("；")
    return [piece.strip().rstrip("。") for piece in pieces if piece.strip("。 　")]
