"""Tables of a document: what each kind has a row for, and what its words mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from xianxue.bureau.kinds.outline import Rows, TableBlock
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import naming
from xianxue.bureau.report.claims import About, of_words, tally
from xianxue.bureau.report.context import Context, Row
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.sentence import Line, write
from xianxue.bureau.report.statements import of_findings
from xianxue.bureau.report.statements.of_figures import NO_DATA
from xianxue.bureau.report.statements.of_findings import MARK, count, select
from xianxue.bureau.report.tables import rubric_tables, subject_rows
from xianxue.bureau.report.tables.rubric_tables import RUBRIC_WORDS
from xianxue.bureau.report.tables.subject_rows import OF_ENTRY, SUBJECT_WORDS
from xianxue.bureau.report.text import Run, Runs, TextTable
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import plain

ROW_WORDS: Final[dict[Rows, frozenset[str]]] = {
    "stages": frozenset({"stage"}),
    "schools": frozenset({"school", "stage", "township"}),
    "townships": frozenset({"township"}),
    "school_stages": frozenset({"school", "stage", "township", "reached", "short"}),
    "short_schools": frozenset({"school", "stage", "township", "reached", "short"}),
    "criteria": frozenset({"term", "limit", "value", "result", "verdict"}),
    "spread": frozenset({"number", "term", "limit", "value", "verdict"}),
    "items": frozenset(),
    "entries": OF_ENTRY,
    **RUBRIC_WORDS,
    **SUBJECT_WORDS,
}
"""The words a column may name, besides claims."""

_PERCENT: Final = 100
_SMALL: Final = 9
"""Of a layout's table sizes the last: there are fewer, and the last is meant then."""
_SPREAD_WORD: Final = "校际差异系数"


def table(context: Context, card: TableBlock, number: int) -> TextTable:
    """Fill a table."""
    rows = [
        tuple(write(context, column.value, row) for column in card.columns)
        for row in _rows(context, card)
    ]
    if card.total:
        total = Row(context.county, None)
        rows.append(tuple(write(context, cell, total) for cell in card.total))
    caption = f"表{number}  {card.term}"
    header = tuple(column.term for column in card.columns)
    note = _note(context, card, rows)
    size = _SMALL if card.small else 0
    return TextTable(caption, header, tuple(rows), note, tight=card.small, size=size)


def _note(context: Context, card: TableBlock, rows: Sequence[tuple[Runs, ...]]) -> str:
    """Explain the marks that the table really has."""
    said = {run for row in rows for cell in row for run in cell if isinstance(run, str)}
    marks = {
        MARK: f"{MARK}表示未达到标准",
        of_findings.UNREPORTED: "“缺报”表示数据未报齐，不作计算",
        NO_DATA: "“无数据”表示这一年没有可用的数，不是零",
    }
    notes = [card.note] if card.note else []
    if card.rows == "owed" and (left := subject_rows.left_out(context, card)):
        notes.append(f"另有{left}项没有列出，见催报催办通知")
    notes.extend(text for mark, text in marks.items() if mark in said)
    return f"注：{'；'.join(notes)}。" if notes else ""


def _rows(context: Context, card: TableBlock) -> Iterator[Row]:
    if card.rows in _JUDGED:
        assessment = context.assessments.get(card.standard)
        if assessment is None:
            saw = f"表“{card.term}”要列“{card.standard}”的评估结果，但这次没有评估"
            context.refuse("W-STANDARD", saw, "先按该标准评估，再写文稿")
        else:
            yield from _JUDGED[card.rows](context, card, assessment)
    else:
        yield from _PLAIN[card.rows](context, card)


def _items(context: Context, card: TableBlock) -> Iterator[Row]:
    for item in card.items:
        filled = {name: write(context, text, Row(context.county)) for name, text in item.items()}
        yield Row(context.county, None, {name: _constant(*runs) for name, runs in filled.items()})


def _stages(context: Context, card: TableBlock) -> Iterator[Row]:
    for stage in card.stages or Stage:
        yield Row(context.county, stage, {"stage": _constant(stage.term)})


def _townships(context: Context, _card: TableBlock) -> Iterator[Row]:
    for place in context.register.townships(context.counted_on):
        yield Row(place.code, None, {"township": _constant(place.name)})


def _schools(context: Context, card: TableBlock) -> Iterator[Row]:
    for place in context.register.schools(context.counted_on):
        for stage in place.stages(context.counted_on):
            if not card.stages or stage in card.stages:
                yield _of_school(context, place, stage)


def _of_school(context: Context, place: Place, stage: Stage | None) -> Row:
    township = context.register.township_of(place)
    words = {
        "school": _constant(place.name),
        "stage": _constant(stage.term if stage else ""),
        "township": _constant(naming.name_of(township, context.register) if township else ""),
    }
    return Row(place.code, stage, words)


def _school_stages(context: Context, _card: TableBlock, assessment: Assessment) -> Iterator[Row]:
    # By what was judged and not by the register: a stage that nobody is asked about has no row.
    judged = {(finding.place, finding.stage) for finding in assessment.findings}
    for place in context.register:
        for stage in Stage:
            if (place.code, stage) in judged:
                row = _of_school(context, place, stage)
                joint = partial(_of_joint, context, assessment, row)
                yield replace(row, words={**row.words, "reached": joint, "short": joint})


def _short_schools(context: Context, card: TableBlock, assessment: Assessment) -> Iterator[Row]:
    for row in _school_stages(context, card, assessment):
        if row.words["short"](Slot("short")) != (of_findings.NOTHING,):
            yield row


def _of_joint(context: Context, assessment: Assessment, row: Row, slot: Slot) -> Runs:
    """Say how many of the joint criteria a school reaches, or how far below the others are."""
    rule, joint = next(
        (
            (rule, found)
            for rule in context.shelf.standards[assessment.standard].combine
            for found in context.findings(assessment.standard, rule.criterion, row.place)
            if found.stage is row.stage
        ),
        (None, None),
    )
    if rule is None or joint is None:
        return (of_findings.NOTHING,)
    single = [
        found
        for name in rule.of
        for found in context.findings(assessment.standard, name, row.place)
        if found.stage is row.stage
    ]
    met = select(single, Verdict.MET)
    name = f"{joint.standard}.{joint.criterion}"
    about = About(name, slot.name, row.place, row.stage, context.period.code)
    if slot.name == "reached":
        told = tally(about, len(met), "one", f"{joint.term}达标项数", tuple(single))
        return (told, f"/{len(single)}")
    below = [_below(one, Fraction(rule.others_reach)) for one in single if one not in met]
    if not below:
        return (of_findings.NOTHING,)
    return (of_words(about, f"{joint.term}未达标的项", "；".join(below), joint),)


def _below(finding: Finding, share: Fraction) -> str:
    """Name a criterion that is not met, and whether it reaches the share asked of the others."""
    value = finding.figure.value if finding.figure is not None else None
    if finding.threshold is None or value is None:
        return f"{finding.term}（{of_findings.UNREPORTED}）"
    enough = value >= finding.threshold * share
    percent = plain(share * _PERCENT)
    return f"{finding.term}（{'不低于' if enough else '低于'}标准的{percent}%）"


# ── one row a criterion ─────────────────────────────────────────────────────


def _criteria(context: Context, card: TableBlock, assessment: Assessment) -> Iterator[Row]:
    for findings in of_findings.in_card_order(context, assessment):
        first = findings[0]
        if first in assessment.spread or (card.only and first.criterion not in card.only):
            continue
        words = {"term": _constant(first.term)}
        for name, tell in (("limit", _limits), ("result", _result), ("verdict", _verdict)):
            words[name] = _telling(tell, context, findings)
        words["value"] = words["result"]
        yield Row(context.county, None, words)


def _telling(
    tell: Callable[[Context, list[Finding]], Runs], context: Context, findings: list[Finding]
) -> Callable[[Slot], Runs]:
    return lambda _slot: tell(context, findings)


def _limits(context: Context, findings: list[Finding]) -> Runs:
    line = Line()
    said: set[object] = set()
    several = len({finding.threshold for finding in findings}) > 1
    for finding in findings:
        if finding.threshold is None or finding.threshold in said:
            continue
        stage = finding.stage.term if finding.stage and several else ""
        shown = of_findings.limit(context, finding)
        sign = {"at_least": "≥", "at_most": "≤", "less_than": "＜"}.get(finding.rule, "")
        if sign == "≤" and finding.shown.startswith("1:"):
            sign = "≥"  # of 1:15 and 1:17 the first is the higher
        line.add("；" if said else "", f"{stage}{sign}", *shown)
        said.add(finding.threshold)
    return line.runs


def _result(context: Context, findings: list[Finding]) -> Runs:
    """Say the county's value, or of how many schools how many meet it."""
    if all(finding.place == context.county for finding in findings):
        line = Line()
        for position, finding in enumerate(findings):
            stage = finding.stage.term if finding.stage and len(findings) > 1 else ""
            shown = _county_value(context, finding)
            line.add("；" if position else "", stage, *shown)
        return line.runs
    if len(select(findings, Verdict.UNDETERMINED)) == len(findings):
        return (of_findings.UNREPORTED if findings[0].missing else of_findings.NOTHING,)
    judged = count(context, "judged", findings, None)
    met = count(context, "met", findings, None)
    return Line().add(*_run(met), "/", *_run(judged), "达标").runs


def _county_value(context: Context, finding: Finding) -> Runs:
    known = finding.figure is not None and finding.figure.value is not None
    # Without its unit a value beside others would not say what it is; a cell of none is marked.
    return of_findings.one(context, finding, "", row=not known)


def _verdict(_context: Context, findings: list[Finding]) -> Runs:
    """Give the verdict on a criterion: met where all are, not met where any is not."""
    # One school below the line settles it; that others have not reported cannot mend it.
    for verdict in (Verdict.NOT_MET, Verdict.UNDETERMINED):
        of_it = select(findings, verdict)
        if of_it:
            return (of_it[0].verdict.term,)
    return (findings[0].verdict.term,)


# ── one row a coefficient ───────────────────────────────────────────────────


def _spread(context: Context, _card: TableBlock, assessment: Assessment) -> Iterator[Row]:
    position = 0
    for findings in of_findings.in_card_order(context, assessment):
        if findings[0] not in assessment.spread:
            continue
        position += 1
        by_stage = {finding.stage: finding for finding in findings}
        words = {"term": _constant(findings[0].term.replace(_SPREAD_WORD, ""))}
        words["number"] = _constant(chinese(position))
        for name, facet in (("value", ""), ("limit", "limit"), ("verdict", "verdict")):
            words[name] = _of_stage(context, by_stage, facet)
        yield Row(context.county, None, words)


def _of_stage(
    context: Context, by_stage: dict[Stage | None, Finding], facet: str
) -> Callable[[Slot], Runs]:
    def tell(slot: Slot) -> Runs:
        finding = by_stage.get(slot.stage)
        if finding is None:
            return (of_findings.NOTHING,)
        return of_findings.one(context, finding, facet, row=True)

    return tell


def _constant(*runs: Run) -> Callable[[Slot], Runs]:
    return lambda _slot: runs


def _run(run: Run | None) -> Runs:
    return (run,) if run else ()


_JUDGED: Final[dict[str, Callable[[Context, TableBlock, Assessment], Iterator[Row]]]] = {
    "school_stages": _school_stages,
    "short_schools": _short_schools,
    "criteria": _criteria,
    "spread": _spread,
}
_PLAIN: Final[dict[str, Callable[[Context, TableBlock], Iterator[Row]]]] = {
    "stages": _stages,
    "schools": _schools,
    "townships": _townships,
    "items": _items,
    "rubric_items": rubric_tables.items,
    "rubric_vetoes": rubric_tables.vetoes,
    "rubric_places": rubric_tables.places,
    "ranked": rubric_tables.ranked,
    "owed": subject_rows.owed,
    "entries": subject_rows.entries,
    "figures": subject_rows.figures,
    "judged": subject_rows.judged,
}
