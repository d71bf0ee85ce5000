"""What a reader must know: whether numbers are final, and how well the rules were seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from xianxue.bureau.law.citation import Citation
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.deeds.explaining import explained
from xianxue.bureau.report.text import Paragraph, Text
from xianxue.bureau.values.record import replace

_GAP: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=[\x00-\x7f])|(?<=[\x00-\x7f]) (?=[^\x00-\x7f])")
"""A space that a card has between Chinese and digits; a printed text has none there."""
_HEADING: Final = "附：数据说明"
PROVISIONAL: Final = "（文中数据为暂行数，以正式发布数为准）"
PARTLY_PROVISIONAL: Final = "（文中部分数据为暂行数，以正式发布数为准）"


def subtitle(claims: Sequence[Claim]) -> str:
    """Say once, below the title, that figures are provisional; empty if all are released."""
    figured = [claim for claim in claims if claim.figure is not None]
    provisional = [claim for claim in figured if claim.provisional]
    if not provisional:
        return ""
    return PROVISIONAL if len(provisional) == len(figured) else PARTLY_PROVISIONAL


def with_notes(text: Text, said: Sequence[str]) -> Text:
    """Add notes that the composer cannot know, numbered on from those that stand there."""
    if not said:
        return text
    # The heading is a paragraph of its own, so the next number is how many stand there.
    first = max(len(text.notes), 1)
    heading = text.notes or (Paragraph((_HEADING,)),)
    more = [Paragraph((f"{number}.{one}",)) for number, one in enumerate(said, start=first)]
    return replace(text, notes=(*heading, *more))


def working_sheet(text: Text) -> Text | None:
    """Make 数据说明 a document of its own; None where there is nothing to say."""
    if not text.notes:
        return None
    return Text(
        title=f"{text.title}\n数据说明",
        subtitle="（工作底稿，供审稿用，不随正文报送）",
        blocks=text.notes[1:],
        signature=text.signature,
        on=text.on,
        name=f"{text.name}数据说明",
        period=text.period,
    )


def notes(
    context: Context, claims: Sequence[Claim], assessments: Sequence[Assessment]
) -> tuple[Paragraph, ...]:
    """List the documents the text leans on and how well each has been seen, doubts last."""
    said = [*_documents(context, assessments), *_local(context, assessments)]
    said.extend(_doubts(context, assessments))
    said.extend(_formulas(context, claims))
    said.extend(explained(context))
    if not said:
        return ()
    numbered = [Paragraph((f"{number}.{text}",)) for number, text in enumerate(said, start=1)]
    return (Paragraph((_HEADING,)), *numbered)


def _documents(context: Context, assessments: Sequence[Assessment]) -> list[str]:
    documents = dict.fromkeys(
        (finding.citation.document, finding.citation.seen)
        for one in assessments
        for finding in (*one.findings, *one.spread)
        # What is doubtful is told below with its doubt, and must not be listed as leant on here.
        if finding.citation is not None and not finding.citation.seen.doubtful
    )
    by_term: dict[str, list[str]] = {}
    for document, seen in documents:
        source = context.shelf.sources.get(document)
        name = source.name if source else document
        by_term.setdefault(seen.term, []).append(name)
    return [f"标准依据{_joined(names)}（{term}）。" for term, names in by_term.items()]


def _joined(names: Sequence[str]) -> str:
    """Join titles: between two that end and begin with 书名号 no 顿号 stands (GB/T 15834)."""
    text = ""
    for name in names:
        text += name if not text or text.endswith("》") else f"、{name}"
    return text


def _local(context: Context, assessments: Sequence[Assessment]) -> list[str]:
    """Name the county's own rules that something was judged by, and why they are laxer."""
    own = dict.fromkeys(citation for one in assessments for citation in one.local)
    return [
        f"按本地规定“{each.local}”判定，依据{_source_of(context, each)}"
        + (f"；较国家规定放宽或反常，理由：{each.loosens.rstrip('。')}。" if each.loosens else "。")
        for each in own
    ]


def _source_of(context: Context, citation: Citation) -> str:
    source = context.shelf.sources.get(citation.document)
    return (source.name if source else citation.document) + citation.article


def _doubts(context: Context, assessments: Sequence[Assessment]) -> list[str]:
    """Name the unverified values that a verdict leans on."""
    doubts = dict.fromkeys(doubt for one in assessments for doubt in _unverified(one))
    by_document: dict[str, dict[str, None]] = {}
    for doubt in doubts:
        source = context.shelf.sources.get(doubt.document)
        name = source.name if source else doubt.document
        notes = by_document.setdefault(f"{name}{doubt.article}", {})
        notes.update(dict.fromkeys(part for part in doubt.note.rstrip("。").split("；") if part))
    said = [
        f"{name}的有关标准值或口径未核实，使用前请对照原文{_because(notes)}。"
        for name, notes in by_document.items()
    ]
    terms = dict.fromkeys(
        finding.term
        for one in assessments
        for finding in (*one.findings, *one.spread)
        if finding.citation is not None and finding.citation.seen.doubtful
    )
    return said + ([f"下列评估项的标准值未核实：{'、'.join(terms)}。"] if terms else [])


def _because(notes: Iterable[str]) -> str:
    text = _GAP.sub("", "；".join(notes))
    return f"：{text}" if text else ""


def _unverified(assessment: Assessment) -> Iterable[Citation]:
    yield from assessment.doubts
    for finding in (*assessment.findings, *assessment.spread):
        if finding.citation is not None and finding.citation.seen.doubtful:
            yield finding.citation


def _formulas(context: Context, claims: Sequence[Claim]) -> list[str]:
    """Name the indicators whose definition is unverified."""
    cards = (context.shelf.indicators.get(claim.name) for claim in claims)
    terms = dict.fromkeys(card.term for card in cards if card and card.source.seen.doubtful)
    return [f"下列指标的计算口径未核实：{'、'.join(terms)}。"] if terms else []
