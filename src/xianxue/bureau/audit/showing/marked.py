"""An audited document for a page: its text in pieces with their marks, and a card for each finding.

Nothing here is markup: whoever shows it writes it in their own way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from xianxue.bureau.audit.showing.shown import JUDGEMENTS, KINDS, QUIET, Lines, computed
from xianxue.bureau.audit.sources.sourced import BY_TAG, STATES, Sourced
from xianxue.bureau.documents.document import Document
from xianxue.bureau.records.audited import Audit, Operand, Proof
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

LOOKS: Final[Mapping[str, Sentence]] = {**JUDGEMENTS, **STATES}
"""All that can be said of a number, gravest first within its kind."""
WRONG: Final = frozenset({"inconsistent", "edited", "stale", "differs"})
DOUBTFUL: Final = frozenset({"possible", "remark", "unknown"})
_SURE: Final = (
    (Decimal("0.95"), say("很有把握")),
    (Decimal("0.9"), say("较有把握")),
    (Decimal("0.7"), say("把握不大")),
    (Decimal(0), say("没有把握")),
)
"""How certain it is that the author meant a relation, in words: from 0.9 on it is proved."""
_BY: Final = {"tag": say("按标记"), "words": say("按用语"), "": Sentence("", {})}
_QUOTE: Final = 90

Role = Literal["", "stated", "term", "loose", "live"]
"""Nothing is said of it; a card is about it; one is computed from it; it is in no relation; it is
a figure's number, and nothing is wrong with it."""


class Card(Record, kw_only=True):
    """What is said of one place of the text."""

    look: str
    term: Sentence
    kind: Sentence
    where: Sentence
    stated: str
    """As it is printed in the text."""
    message: str
    advice: str = ""
    reason: str = ""
    sure: Sentence | str = ""
    computed: str = ""
    terms: tuple[str, ...] = ()
    quote: str = ""
    start: int
    end: int
    others: tuple[tuple[int, int], ...] = ()
    key: str = ""
    """The figure it is held against: its panel opens."""
    written: str = ""
    """As the document's own map has it."""
    now: str = ""
    """As the workspace has it."""
    whose: str = ""
    """Place, figure and period it is held against."""

    @property
    def wrong(self) -> bool:
        """Whether it does not hold."""
        return self.look in WRONG

    @property
    def quiet(self) -> bool:
        """Whether it asks nothing of the reader."""
        return self.look in QUIET or self.look == "same"

    @property
    def aside(self) -> bool:
        """Whether it is shown only where its number is asked for: most numbers have no source."""
        return self.quiet or self.look == "unknown"


class Piece(Record):
    """A piece of text that is marked alike."""

    text: str
    role: Role = ""
    card: int = -1
    """The gravest card said of it."""
    first: bool = False
    """Whether it is where that card's own number begins."""
    key: str = ""
    """Of a live number, its figure."""


Row = tuple[tuple[Piece, ...], ...]


class Stretch(Record):
    """A paragraph, or the rows of one table."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    line: int = 0
    """Which line of the text it begins with, from 0."""


class Marked(Record):
    """A document as it is shown, with what is said of it."""

    stretches: tuple[Stretch, ...]
    cards: tuple[Card, ...]
    """Gravest first."""
    counts: Mapping[str, int]
    """How many cards there are of each look, and how many numbers in no relation (``loose``)."""

    @property
    def wrong(self) -> int:
        """How many do not hold."""
        return sum(card.wrong for card in self.cards)

    @property
    def doubtful(self) -> int:
        """How many are worth a look."""
        return self.counts.get("possible", 0) + self.counts.get("remark", 0)


class Live(Record):
    """A number of the text that is a figure's."""

    start: int
    end: int
    key: str


def marked(
    document: Document,
    audit: Audit,
    sourced: Sequence[Sourced] = (),
    *,
    against: bool = False,
    live: Sequence[Live] = (),
) -> Marked:
    """Mark a document; ``against``: its numbers were held against a workspace's figures.

    ``live``: where its own figures stand, when they are to be told from what was typed.
    """
    edited = {(one.start, one.end) for one in sourced if one.state == "edited"}
    # A number that was changed by hand is told once: by its source, which says what was there.
    cards = [
        one
        for one in _proofs(document, audit)
        if one.reason != BY_TAG or (one.start, one.end) not in edited
    ]
    cards += _sources(document, sourced, against=against)
    order = list(LOOKS)
    cards.sort(key=lambda one: (not one.wrong, one.quiet, order.index(one.look), one.start))
    counts = Counter(card.look for card in cards)
    counts["loose"] = len(audit.unrelated)
    marks = _marks(audit, cards, live)
    return Marked(tuple(_stretches(document.text, marks, cards)), tuple(cards), counts)


def surely(certainty: Decimal) -> Sentence:
    """Say in words how certain it is that a relation is meant."""
    return next(words for least, words in _SURE if certainty >= least)


def _proofs(document: Document, audit: Audit) -> Iterator[Card]:
    lines = Lines(document)
    for one in audit.findings:
        yield Card(
            look=one.verdict,
            term=JUDGEMENTS[one.verdict],
            kind=KINDS[one.kind],
            where=lines.where(one.stated.start),
            stated=_flat(one.stated),
            message=one.message,
            advice=one.suggestion or "",
            reason=one.reason,
            sure=surely(one.certainty),
            computed=computed(one),
            terms=tuple(_flat(term) for term in one.terms),
            quote=_quote(one),
            start=one.stated.start,
            end=one.stated.end,
            others=tuple((term.start, term.end) for term in one.terms),
        )


def _flat(operand: Operand) -> str:
    return " ".join(operand.text.split())


def _quote(proof: Proof) -> str:
    said = " ".join(proof.quote.split())
    return said if len(said) <= _QUOTE else f"{said[: _QUOTE - 1]}…"


def _sources(document: Document, sourced: Sequence[Sourced], *, against: bool) -> Iterator[Card]:
    lines = Lines(document)
    for one in sourced:
        if one.state == "unknown" and not against:
            continue
        known = one.current or one.recorded
        yield Card(
            look=one.state,
            term=STATES[one.state],
            kind=_BY[one.how],
            where=lines.where(one.start),
            stated=one.text,
            message=one.message or _told(one.state),
            start=one.start,
            end=one.end,
            key=one.current.key if one.current is not None else "",
            written="、".join(one.recorded.printed) if one.recorded is not None else "",
            now=one.current.printed[0] if one.current is not None else "",
            whose=f"{known.place} {known.term} {known.period}" if known is not None else "",
        )


def _told(state: str) -> Sentence:
    if state == "same":
        return say("与系统里的数相同")
    return say("没有来源标记，从前文的用语也对不上系统里的数")


# ── the text ────────────────────────────────────────────────────────────────


class _Mark(Record):
    start: int
    end: int
    card: int
    role: Role
    key: str = ""


def _marks(audit: Audit, cards: Sequence[Card], live: Sequence[Live]) -> list[_Mark]:
    marks = [_Mark(one.start, one.end, -1, "loose") for one in audit.unrelated]
    marks += [_Mark(one.start, one.end, -1, "live", one.key) for one in live]
    for number, card in enumerate(cards):
        marks.append(_Mark(card.start, card.end, number, "stated"))
        marks += [_Mark(*place, number, "term") for place in card.others]
    return sorted(marks, key=lambda one: one.start)


def _stretches(text: str, marks: Sequence[_Mark], cards: Sequence[Card]) -> Iterator[Stretch]:
    """Go through the text line by line; lines with tabs that follow each other are one table."""
    starts = [one.start for one in marks]
    longest = max((one.end - one.start for one in marks), default=0)
    at, rows = 0, list[Row]()
    for number, line in enumerate(text.split("\n")):
        first = bisect_left(starts, at - longest)
        here = marks[first : bisect_left(starts, at + len(line))]
        if "\t" in line:
            rows.append(tuple(_cells(line, at, here, cards)))
        else:
            if rows:
                yield Stretch(rows=tuple(rows), line=number - len(rows))
                rows = []
            yield Stretch(tuple(_pieces(line, at, here, cards)), line=number)
        at += len(line) + 1
    if rows:
        yield Stretch(rows=tuple(rows), line=text.count("\n") + 1 - len(rows))


def _cells(
    line: str, at: int, marks: Sequence[_Mark], cards: Sequence[Card]
) -> Iterator[tuple[Piece, ...]]:
    for cell in line.split("\t"):
        yield tuple(_pieces(cell, at, marks, cards))
        at += len(cell) + 1


def _pieces(text: str, at: int, marks: Sequence[_Mark], cards: Sequence[Card]) -> Iterator[Piece]:
    """Divide a text wherever a mark begins or ends."""
    end = at + len(text)
    here = [one for one in marks if one.start < end and one.end > at]
    cuts = {at, end}
    for one in here:
        cuts.update((max(one.start, at), min(one.end, end)))
    for start, stop in pairwise(sorted(cuts)):
        said = text[start - at : stop - at]
        over = [one for one in here if one.start <= start and stop <= one.end]
        yield _piece(said, start, over, cards)


def _piece(said: str, start: int, over: Sequence[_Mark], cards: Sequence[Card]) -> Piece:
    about = [one for one in over if one.card >= 0]
    number = next((one for one in over if one.role == "live"), None)
    # A live number is shown as such unless it is itself accused of something.
    if number is not None and not any(
        one.role == "stated" and not cards[one.card].aside for one in about
    ):
        return Piece(said, "live", key=number.key)
    if not about:
        return Piece(said, "loose" if over else "")
    # Cards stand gravest first; what a number is itself accused of comes before what it proves.
    chosen = min(about, key=lambda one: (one.role != "stated", one.card))
    return Piece(said, chosen.role, chosen.card, chosen.role == "stated" and chosen.start == start)
