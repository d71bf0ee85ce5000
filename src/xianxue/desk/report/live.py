"""A report with the offices' own text: composed, cut into its sections, each held against itself.

What a page shows and what is printed come from one composing, so they say the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.showing.marked import Live, Marked, marked
from xianxue.bureau.audit.sources.known import Figures, compare
from xianxue.bureau.audit.sources.sourced import Known
from xianxue.bureau.documents.document import Control, Document
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.records.audited import Audit
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report.compose import Composed
from xianxue.bureau.report.text import Block, Heading, Paragraph, Runs
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.units import UNITS
from xianxue.desk.appraisal.spoken import with_appraisals
from xianxue.desk.indicators.river import River
from xianxue.desk.report.dated import day_of
from xianxue.desk.report.sections import applied

_REMEMBERED: Final = 256
"""Sections whose verdicts are remembered by their very text: a page asks for the same again."""


class Flat(Record):
    """A section as lines, and where its numbers stand."""

    text: str
    kinds: tuple[str, ...]
    """Of each line: h1 to h4, p, caption, head, row, note."""
    claims: tuple[tuple[int, int, Claim], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return not self.text.strip()


class Put(Record):
    """A report put together: each section by its key."""

    composed: Composed
    sections: Mapping[str, Flat]
    outline: Outline

    def flat(self, key: str) -> Flat:
        """Give a section; an empty one where nothing is written in it this year."""
        return self.sections.get(key, Flat("", (), ()))


def put_together(
    river: River,
    outline: Outline,
    texts: Mapping[str, str],
    targets: Sequence[Attainment] = (),
    on: date | None = None,
) -> Put:
    """Compose a report with the offices' own text in place of the outline's."""
    made = applied(outline, texts)
    composed = with_appraisals(river).write(made.outline, on or day_of(river, outline), targets)
    blocks = composed.text.blocks if composed.text is not None else ()
    by_key: dict[str, list[Block]] = {}
    for block, at in zip(blocks, composed.origins, strict=False):
        by_key.setdefault(made.of[at], []).append(block)
    sections = {key: flattened(found) for key, found in by_key.items()}
    return Put(composed, sections, made.outline)


def flattened(blocks: Sequence[Block]) -> Flat:
    """Write blocks as lines of text, as a document is read, and say where its numbers stand."""
    lines: list[str] = []
    kinds: list[str] = []
    claims: list[tuple[int, int, Claim]] = []
    at = 0

    def line(kind: str, *cells: Runs) -> None:
        nonlocal at
        parts: list[str] = []
        here = at
        for cell in cells:
            for run in cell:
                said = run if isinstance(run, str) else run.text
                if isinstance(run, Claim):
                    claims.append((here, here + len(said), run))
                parts.append(said)
                here += len(said)
            parts.append("\t")
            here += 1
        text = "".join(parts[:-1])
        lines.append(text)
        kinds.append(kind)
        at += len(text) + 1

    for block in blocks:
        if isinstance(block, Heading):
            line(f"h{block.level}", (block.number, *block.runs))
        elif isinstance(block, Paragraph):
            line("p", block.runs)
        else:
            line("caption", (block.caption,))
            line("head", *((cell,) for cell in block.header))
            for row in block.rows:
                line("row", *row)
            if block.note:
                line("note", (block.note,))
    return Flat("\n".join(lines), tuple(kinds), tuple(claims))


def verdicts(flat: Flat, words: Lexicon, figures: Figures | None) -> Marked:
    """Hold a section against itself and against the figures."""
    controls = tuple(
        Control(claim.tag, claim.term, start, end) for start, end, claim in flat.claims
    )
    document = Document("word", flat.text, controls)
    # One figure may stand there in several forms: with its unit in prose, without in a table.
    printed: dict[str, list[str]] = {}
    for _, _, claim in flat.claims:
        printed.setdefault(claim.tag, []).append(claim.text)
    recorded = {
        claim.tag: _known(claim, tuple(dict.fromkeys(printed[claim.tag])))
        for _, _, claim in flat.claims
    }
    found, sourced = compare(document, audited(flat.text, words), recorded, figures)
    live = [
        Live(start, end, claim.figure.key if claim.figure is not None else "")
        for start, end, claim in flat.claims
    ]
    return marked(document, found, sourced, against=figures is not None, live=live)


_audits: Final[OrderedDict[str, tuple[Lexicon, Audit]]] = OrderedDict()


def audited(text: str, words: Lexicon) -> Audit:
    """Audit a text; what was audited lately is remembered."""
    found = _audits.get(text)
    if found is not None and found[0] is words:
        return found[1]
    made = audit(text, words)
    _audits[text] = (words, made)
    while len(_audits) > _REMEMBERED:
        with suppress(KeyError):
            _audits.popitem(last=False)
    return made


def _known(claim: Claim, printed: tuple[str, ...]) -> Known:
    return Known(
        key=claim.key,
        term=claim.term,
        place=claim.place,
        period=claim.period,
        exact=claim.exact,
        unit=UNITS[claim.unit].term if claim.unit in UNITS else "",
        printed=printed,
    )
