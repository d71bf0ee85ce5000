"""What is written beside a number: comments in the user's own document, cards on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from xianxue.bureau.audit.showing.page import Card, head, table
from xianxue.bureau.audit.showing.shown import JUDGEMENTS, KINDS, QUIET, WHY, Lines, computed
from xianxue.bureau.audit.sources.sourced import STATES, Sourced
from xianxue.bureau.audit.telling.literal import literal_of
from xianxue.bureau.documents.comments import Comment
from xianxue.bureau.documents.document import Document
from xianxue.bureau.records.audited import Proof

AUTHOR: Final = "县学审核"
INITIALS: Final = "审"


def comments(findings: Iterable[Proof], *, everything: bool = False) -> list[Comment]:
    """Make the comments: on each number that asks something of the reader, or on all."""
    return [
        Comment(one.stated.start, one.stated.end, _said(one))
        for one in findings
        if everything or one.verdict not in QUIET
    ]


def _said(proof: Proof) -> str:
    lines = [f"【{JUDGEMENTS[proof.verdict]}·{KINDS[proof.kind]}】{proof.message}"]
    result = computed(proof)
    if result:
        lines.append(f"文中：{' '.join(proof.stated.text.split())}；算得：{result}")
    if proof.suggestion is not None:
        lines.append(proof.suggestion)
    if proof.reason and proof.verdict not in QUIET:
        lines.append(WHY.format(reason=proof.reason))
    return "\n".join(lines)


def _proven(one: Sourced) -> bool:
    """Whether it is told as a finding of the audit already."""
    return one.state == "edited" and literal_of(one.text) is not None


def source_comments(sourced: Iterable[Sourced]) -> list[Comment]:
    """Make the comments on numbers that are not as a workspace's figures are."""
    return [
        Comment(one.start, one.end, f"【{STATES[one.state]}】{one.message}")
        for one in sourced
        if one.state not in {"same", "unknown"} and not _proven(one)
    ]


def source_cards(sourced: Sequence[Sourced], document: Document) -> list[Card]:
    """Make the cards of a page, gravest first."""
    lines = Lines(document)
    order = list(STATES)
    return [
        Card(
            one.state,
            _source_card(one, lines.where(one.start)),
            (one.start, one.end),
        )
        for one in sorted(sourced, key=lambda each: (order.index(each.state), each.start))
        if not _proven(one)
    ]


def _source_card(one: Sourced, where: str) -> str:
    rows = [("文中", escape(one.text))]
    known = one.current or one.recorded
    if one.recorded is not None:
        rows.append(("写成时", escape("、".join(one.recorded.printed))))
    if one.current is not None:
        rows.append(("现为", escape(one.current.printed[0])))
    if known is not None:
        rows += [("指标", escape(f"{known.place} {known.term}")), ("时期", escape(known.period))]
        rows.append(("标记", escape(known.key)))
    said = one.message or "没有来源标记，从前文的用语也对不上系统里的数"
    how = {"tag": "按标记", "words": "按用语", "": ""}[one.how]
    return f"{head(STATES[one.state], how, where)}<p class='sum'>{escape(said)}</p>{table(rows)}"
