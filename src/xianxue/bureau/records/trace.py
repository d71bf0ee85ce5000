"""Traces: where a figure ends, in something that somebody wrote, gave or counted.

The union is closed. What tells, opens or exports a trace goes through ``Trace`` with a
``match`` that ends in ``assert_never``, so that a new kind of trace cannot be forgotten anywhere.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final, assert_never

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class CellRef(Record):
    """A cell somebody filled in."""

    place: str
    form: str
    revision: int
    file: str
    sheet: str
    """The sheet's Chinese name, as on its tab."""
    cell: str
    field: str
    """``sheet.field``."""
    term: str
    """The field's Chinese name, with its row's."""
    value: str
    """As it was written."""
    restricted: str = ""
    """The scope of those who may open it; empty: all who may see the figure."""


class EntryRef(Record, kw_only=True):
    """An entry of a ledger, or a line of a list of targets: something dated that was recorded.

    A target is an entry also where it was read from a workbook: what counts is the deed that set
    it, with its document. The cell it was read from stands in ``written_in``.
    """

    place: str
    ledger: str
    """The id of the ledger; ``targets`` for a list of targets."""
    title: str
    """The ledger's Chinese name: 安全隐患台账."""
    number: str
    """The entry's number in the ledger."""
    on: str
    """The ISO day on which it was recorded."""
    term: str
    """What of the entry is counted, in Chinese."""
    value: str
    """As it was recorded."""
    document: str = ""
    """The document it rests on; empty where there is none."""
    written_in: str = ""
    """File, sheet and cell it was read from (``目标.xlsx〔目标〕B4``); empty where it was typed."""
    restricted: str = ""


class ScoreRef(Record, kw_only=True):
    """A row of an examination's score table."""

    place: str
    exam: str
    """The examination's Chinese name."""
    row: str
    """The row's number in the table: never the pupil's name or number."""
    term: str
    """The subject."""
    value: str
    restricted: str = "pupils"
    """Scores are the pupils' own: nobody opens them merely because the average is public."""


class MarkRef(Record, kw_only=True):
    """A mark that an assessor gave on one item of a rubric."""

    place: str
    rubric: str
    """The rubric's Chinese name."""
    item: str
    """The item's number in the rubric."""
    term: str
    """The item's Chinese name."""
    assessor: str
    """The seat of the assessor (评委3), by which marks can be told apart without a name."""
    value: str
    restricted: str = "assessors"
    """Who gave which mark is known to those who run the assessment."""


class TallyRef(Record, kw_only=True):
    """How often something was answered in a ballot; what anybody answered cannot be known."""

    place: str
    ballot: str
    """The ballot's Chinese name."""
    question: str
    term: str
    """The answer."""
    value: str
    """How many gave it."""
    restricted: str = ""


class EvidenceRef(Record, kw_only=True):
    """A document that was handed in as evidence (佐证) for an item of a rubric."""

    place: str
    rubric: str
    """The rubric's Chinese name."""
    number: str
    """The index number by the rubric: 1.2.3-01."""
    term: str
    """What the document is."""
    on: str = ""
    """The ISO day on which it was handed in."""
    digest: str = ""
    """By which it is kept; empty for a document that is named and not kept here."""
    restricted: str = ""


class ResultRef(Record, kw_only=True):
    """What somebody came to in a published appraisal; each point of it is explained there."""

    place: str
    """Whose result it is; the county where it is told of nobody by name."""
    key: str
    """The appraisal: ``safe_campus/2026``."""
    rubric: str
    """The rubric's Chinese name."""
    release: int
    """Under which number it was published."""
    name: str
    """Who it is; empty where that is not told."""
    term: str
    """The grade, or that there is none."""
    value: str
    """The total as it was published; empty where that is not told."""
    restricted: str = ""


class FigureRef(Record, kw_only=True):
    """Another figure, which is followed further by its own key."""

    place: str
    key: str
    """As ``Figure.key``."""
    term: str
    value: str
    """As printed, with its unit."""
    restricted: str = ""


Trace = CellRef | EntryRef | ScoreRef | MarkRef | TallyRef | EvidenceRef | ResultRef | FigureRef

KIND_OF: Final[dict[type[Trace], str]] = {
    CellRef: "cell",
    EntryRef: "entry",
    ScoreRef: "score",
    MarkRef: "mark",
    TallyRef: "tally",
    EvidenceRef: "evidence",
    ResultRef: "result",
    FigureRef: "figure",
}
"""What each kind is called in JSON."""


def words(trace: Trace, scopes: Container[str] = ()) -> Sentence:
    """Tell a trace in one phrase, to somebody entitled to some scopes.

    What is restricted to another scope is named, so that nothing seems to be missing, and its
    value is not told.

    >>> words(TallyRef(place="1", ballot="满意度", question="3", term="满意", value="41"))
    '《满意度》第 3 题“满意”41 票'
    >>> words(ScoreRef(place="1", exam="期末", row="17", term="数学", value="92"))
    '《期末》成绩表的一行（限有权查看的人打开）'
    """
    if trace.restricted and trace.restricted not in scopes:
        # Not left out: a figure whose rows are fewer than its number says would look wrong.
        return say("{what}（限有权查看的人打开）", what=_covered(trace))
    return _told(trace)


def _told(trace: Trace) -> Sentence:
    match trace:
        case CellRef():
            return say(
                "{file}〔{sheet}〕{cell}（{term}）{value}",
                file=trace.file,
                sheet=trace.sheet,
                cell=trace.cell,
                term=trace.term,
                value=trace.value,
            )
        case EntryRef():
            return _of_entry(trace)
        case ScoreRef():
            return _of_score(trace)
        case TallyRef():
            return _of_tally(trace)
        case MarkRef() | EvidenceRef() | ResultRef():
            return _of_appraisal(trace)
        case FigureRef(term=term, value=value):
            return say("{term}为{value}", term=term, value=value)
        case _:
            assert_never(trace)


def _of_entry(entry: EntryRef) -> Sentence:
    said = say(
        "{title}第 {number} 号（{on}）{term}{value}",
        title=entry.title,
        number=entry.number,
        on=entry.on,
        term=entry.term,
        value=entry.value,
    )
    if entry.document:
        said = say("{entry}，依据{document}", entry=said, document=entry.document)
    if entry.written_in:
        said = say("{entry}，见{written_in}", entry=said, written_in=entry.written_in)
    return said


def _of_score(score: ScoreRef) -> Sentence:
    return say(
        "《{exam}》成绩表第 {row} 行{term}{value}",
        exam=score.exam,
        row=score.row,
        term=score.term,
        value=score.value,
    )


def _of_appraisal(trace: MarkRef | EvidenceRef | ResultRef) -> Sentence:
    if isinstance(trace, MarkRef):
        return _of_mark(trace)
    return _of_evidence(trace) if isinstance(trace, EvidenceRef) else _of_result(trace)


def _of_mark(mark: MarkRef) -> Sentence:
    return say(
        "《{rubric}》{item} {term}：{assessor} {value} 分",
        rubric=mark.rubric,
        item=mark.item,
        term=mark.term,
        assessor=mark.assessor,
        value=mark.value,
    )


def _of_result(result: ResultRef) -> Sentence:
    said = say(
        "《{rubric}》第 {number} 号公示：{name} {term}",
        rubric=result.rubric,
        number=result.release,
        name=result.name,
        term=result.term,
    )
    return say("{said}，{value} 分", said=said, value=result.value) if result.value else said


def _of_evidence(evidence: EvidenceRef) -> Sentence:
    return say(
        "《{rubric}》佐证 {number}：{term}",
        rubric=evidence.rubric,
        number=evidence.number,
        term=evidence.term,
    )


def _of_tally(tally: TallyRef) -> Sentence:
    said = {"ballot": tally.ballot, "term": tally.term, "value": tally.value}
    if tally.question.isdecimal():
        return say(
            "《{ballot}》第 {question} 题“{term}”{value} 票", question=tally.question, **said
        )
    return say("《{ballot}》“{question}”答“{term}”{value} 票", question=tally.question, **said)


def _covered(trace: Trace) -> Sentence | str:
    """Name what a trace is, without what it says."""
    match trace:
        case CellRef(file=file, sheet=sheet):
            return say("{file}〔{sheet}〕的一格", file=file, sheet=sheet)
        case EntryRef(title=title):
            return say("{title}的一条", title=title)
        case ScoreRef(exam=exam):
            return say("《{exam}》成绩表的一行", exam=exam)
        case MarkRef() | EvidenceRef() | ResultRef():
            return _covered_in(trace)
        case TallyRef(ballot=ballot):
            return say("《{ballot}》的一项计票", ballot=ballot)
        case FigureRef(term=term):
            return term
        case _:
            assert_never(trace)


def _covered_in(trace: MarkRef | EvidenceRef | ResultRef) -> Sentence:
    if isinstance(trace, MarkRef):
        return say("《{rubric}》的一项评分", rubric=trace.rubric)
    if isinstance(trace, EvidenceRef):
        return say("《{rubric}》的一份佐证", rubric=trace.rubric)
    return say("《{rubric}》的一个结果", rubric=trace.rubric)
