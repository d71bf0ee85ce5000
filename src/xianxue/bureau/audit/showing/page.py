"""The audited document as one page: each relation marked in the text, its computation on click.

The page holds everything it needs and may ask for nothing: its own policy forbids it. Whatever
stands in the document is text here, never markup.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from xianxue.bureau.audit.showing.page_look import SCRIPT, STYLE
from xianxue.bureau.audit.showing.shown import JUDGEMENTS, KINDS, QUIET, WHY, Lines, computed
from xianxue.bureau.documents.document import Document
from xianxue.bureau.records.audited import Audit, Operand, Proof
from xianxue.bureau.values.record import Record

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
)
_QUOTE: Final = 120


@dataclass(frozen=True, slots=True)
class Card:
    """What is said of some places of the text."""

    look: str
    """The verdict: one of the groups that can be shown and hidden."""
    html: str
    """Its inside, already escaped."""
    chief: tuple[int, int]
    """The place it is about."""
    others: tuple[tuple[int, int], ...] = ()
    """Places it is computed from."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one look."""

    look: str
    term: str
    shown: bool
    """Whether they are seen when the page is opened."""


def page(
    title: str,
    document: Document,
    audit: Audit,
    more: Sequence[Card] = (),
    *,
    quiet: bool = False,
) -> str:
    """Make the page.

    ``more`` are cards beside those of the findings, of looks in ``COMPARED``; ``quiet`` lets what
    asks nothing of the reader be listed from the start. The text is marked in any case.
    """
    lines = Lines(document)
    order = list(JUDGEMENTS)
    proofs = sorted(audit.findings, key=lambda one: (order.index(one.verdict), one.stated.start))
    cards = [*(_card(proof, lines.where(proof.stated.start)) for proof in proofs), *more]
    groups = [
        Group(name, term, quiet or name not in QUIET) for name, term in JUDGEMENTS.items()
    ] + COMPARED
    counts = Counter(card.look for card in cards)
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} · 数字核对</title><style>{STYLE}</style></head><body>",
            f"<header><h1>{escape(title)}</h1><span class='about'>{_about(document, audit)}</span>",
            f"<div class='filters'>{''.join(_filters(groups, counts))}</div></header>",
            f"<main><article class='paper'>{''.join(_paper(document, audit, cards))}</article>",
            f"<aside>{''.join(_articles(cards))}",
            "<p class='empty' hidden>没有要看的条目；点上方的按钮可以列出一致的。</p></aside>",
            f"</main><script>{SCRIPT}</script></body></html>\n",
        ]
    )


COMPARED: Final = [
    Group("stale", "已变动", shown=True),
    Group("edited", "被改动", shown=True),
    Group("differs", "与系统不同", shown=True),
    Group("unknown", "无来源", shown=False),
    Group("same", "与系统一致", shown=False),
]
"""How numbers stand to a workspace's figures."""


def _about(document: Document, audit: Audit) -> str:
    return (
        f"{len(document.text)} 字 · {len(audit.numbers)} 个数 · 核对关系 {len(audit.findings)} 条"
        f" · {len(audit.unrelated)} 个数未形成关系"
    )


def _filters(groups: Sequence[Group], counts: Counter[str]) -> Iterator[str]:
    for group in groups:
        if counts[group.look]:
            pressed = str(group.shown).lower()
            yield (
                f'<button type="button" class="{group.look}" data-v="{group.look}" '
                f'aria-pressed="{pressed}">{group.term}<b>{counts[group.look]}</b></button>'
            )


# ── cards ───────────────────────────────────────────────────────────────────


def _card(proof: Proof, where: str) -> Card:
    result = computed(proof)
    rows = [("文中", _link(proof.stated))]
    if result:
        rows.append(("算得", escape(result)))
    if proof.terms:
        rows.append(("其余", "、".join(_link(one) for one in proof.terms)))
    quote = " ".join(proof.quote.split())
    rows.append(("原文", f"<q>{escape(quote[:_QUOTE])}{'…' if len(quote) > _QUOTE else ''}</q>"))
    inside = head(JUDGEMENTS[proof.verdict], KINDS[proof.kind], where)
    inside += f"<p class='sum'>{escape(proof.message)}</p>"
    if proof.suggestion is not None:
        inside += f"<p class='advice'>{escape(proof.suggestion)}</p>"
    if proof.reason:
        inside += f"<p class='why'>{escape(WHY.format(reason=proof.reason))}</p>"
    inside += table(rows)
    others = tuple((one.start, one.end) for one in proof.terms)
    return Card(proof.verdict, inside, (proof.stated.start, proof.stated.end), others)


def head(verdict: str, kind: str, where: str) -> str:
    """Write a card's heading."""
    return (
        f"<h2>{escape(verdict)}<small>{escape(kind)}</small>"
        f"<small class='where'>{escape(where)}</small></h2>"
    )


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Write what is seen when a card is opened; the second of each pair is already escaped."""
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{html}</dd>" for name, html in rows)
    return f"<div class='more'><dl>{lines}</dl></div>"


def _link(operand: Operand) -> str:
    said = escape(" ".join(operand.text.split()))
    return f'<button type="button" class="term-link" data-at="{operand.start}">{said}</button>'


def _articles(cards: Sequence[Card]) -> Iterator[str]:
    for number, card in enumerate(cards):
        yield (
            f'<section class="card {card.look}" id="f{number}" data-v="{card.look}" tabindex="0">'
            f"{card.html}</section>"
        )


# ── the text ────────────────────────────────────────────────────────────────


class _Mark(Record):
    start: int
    end: int
    card: int
    """Its number; -1 for a number of which nothing is said."""
    chief: bool


def _marks(audit: Audit, cards: Sequence[Card]) -> list[_Mark]:
    marks = [_Mark(one.start, one.end, -1, chief=False) for one in audit.unrelated]
    for number, card in enumerate(cards):
        marks.append(_Mark(*card.chief, number, chief=True))
        marks += [_Mark(*place, number, chief=False) for place in card.others]
    return sorted(marks, key=lambda one: one.start)


def _paper(document: Document, audit: Audit, cards: Sequence[Card]) -> Iterator[str]:
    """Write the text line by line; lines with tabs that follow each other are one table."""
    marks = _marks(audit, cards)
    starts = [one.start for one in marks]
    longest = max((one.end - one.start for one in marks), default=0)
    at, in_table = 0, False
    for line in document.text.split("\n"):
        first = bisect_left(starts, at - longest)
        here = marks[first : bisect_left(starts, at + len(line))]
        row = "\t" in line
        if row != in_table:
            yield "<table>" if row else "</table>"
            in_table = row
        if row:
            yield f"<tr>{''.join(_cells(line, at, here, cards))}</tr>"
        else:
            yield f"<p>{''.join(_spans(line, at, here, cards))}</p>"
        at += len(line) + 1
    if in_table:
        yield "</table>"


def _cells(line: str, at: int, marks: list[_Mark], cards: Sequence[Card]) -> Iterator[str]:
    for cell in line.split("\t"):
        look = ' class="figure"' if cell.strip()[:1].isdigit() else ""
        yield f"<td{look}>{''.join(_spans(cell, at, marks, cards))}</td>"
        at += len(cell) + 1


def _spans(text: str, at: int, marks: list[_Mark], cards: Sequence[Card]) -> Iterator[str]:
    """Write a piece of text, divided wherever a mark begins or ends."""
    end = at + len(text)
    here = [one for one in marks if one.start < end and one.end > at]
    cuts = {at, end}
    for one in here:
        cuts.update((max(one.start, at), min(one.end, end)))
    points = sorted(cuts)
    for start, stop in pairwise(points):
        said = escape(text[start - at : stop - at])
        over = [one for one in here if one.start <= start and stop <= one.end]
        yield _span(said, start, over, cards) if over else said


def _span(said: str, start: int, over: list[_Mark], cards: Sequence[Card]) -> str:
    about = sorted({one.card for one in over if one.card >= 0})
    if not about:
        return f'<span class="u" title="未形成关系">{said}</span>'
    chief = sorted({one.card for one in over if one.chief})
    # Cards stand gravest first, so the smallest number is the gravest that is said here.
    look = cards[(chief or about)[0]].look
    numbers = " ".join(map(str, [*chief, *(one for one in about if one not in chief)]))
    stated = f' data-s="{" ".join(map(str, chief))}"' if chief else ""
    role = "stated" if chief else "term"
    return (
        f'<span class="n {role} {look}" tabindex="0" role="button" data-at="{start}" '
        f'data-f="{numbers}"{stated}>{said}</span>'
    )
