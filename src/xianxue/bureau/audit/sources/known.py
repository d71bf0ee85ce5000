"""What is known of the numbers that a document may say: by tag, and by what they are called.

Claims come from wherever figures are said; here they are made ready to be held against a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from xianxue.bureau.audit.sources.sourced import (
    Known,
    Phrases,
    Sourced,
    as_proof,
    name_of,
    tagged,
    worded,
)
from xianxue.bureau.documents.document import Document
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.audited import Audit
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.units import UNITS

_BRACKETS = re.compile("（[^（）]*）")
_NUMBERED = re.compile("[0-9一二三四五六七八九十百]")


class Figures(Record):
    """A period's figures, as documents may name them."""

    by_tag: Mapping[str, Known]
    phrases: Phrases

    @classmethod
    def of(
        cls,
        figures: Iterable[Claim],
        written: Iterable[Claim],
        shelf: Shelf,
        register: Register,
        period: Period,
    ) -> Figures:
        """Take a claim of every figure, and what outlines say of figures and findings.

        Claims of outlines have the same tags and more: parts, lines, gaps.
        """
        places = {place.code: place.name for place in register}
        own = list(figures)
        return cls(by_tag([*own, *written], places), _phrases(own, places, shelf, register, period))


def compare(
    document: Document, audit: Audit, recorded: Mapping[str, Known], figures: Figures | None
) -> tuple[Audit, tuple[Sourced, ...]]:
    """Hold a document against its own map and, where given, against a period's figures.

    Gives the audit, to which each number that was changed by hand since our report was written is
    added as a finding, and what is known of the source of every number, in the document's order.
    """
    found: list[Sourced] = []
    # A document without a map is searched for our tags only where there is something to hold
    # them against: else every tag of another program would have «no source».
    if recorded or figures is not None:
        current = figures.by_tag if figures is not None else None
        found = tagged(document, recorded, current)
    proofs = [proof for one in found if (proof := as_proof(one, audit)) is not None]
    if proofs:
        findings = sorted((*audit.findings, *proofs), key=lambda one: one.stated.start)
        audit = replace(audit, findings=tuple(findings))
    if figures is not None:
        found += worded(document, audit, figures.phrases)
    return audit, tuple(sorted(found, key=lambda one: one.start))


def by_tag(claims: Iterable[Claim], places: Mapping[str, str]) -> dict[str, Known]:
    """Give what is known under each tag; a later claim counts, and every form is remembered."""
    known: dict[str, Known] = {}
    for claim in claims:
        one, before = _known(claim, places), known.get(claim.tag)
        if before is not None:
            # The same figure may stand as 97.25% in one place and as 97.3% in another: both are it.
            one = replace(one, printed=tuple(dict.fromkeys((*before.printed, *one.printed))))
        known[claim.tag] = one
    return known


def _known(claim: Claim, places: Mapping[str, str]) -> Known:
    return Known(
        key=claim.key,
        term=claim.term,
        place=places.get(claim.place, claim.place),
        period=claim.period,
        exact=claim.exact,
        unit=UNITS[claim.unit].term if claim.unit in UNITS else "",
        # In prose with the unit, in a table without it.
        printed=tuple(dict.fromkeys((claim.text, claim.shown))),
    )


def _phrases(
    claims: Iterable[Claim],
    places: Mapping[str, str],
    shelf: Shelf,
    register: Register,
    period: Period,
) -> Phrases:
    county = register.county.code
    found: dict[tuple[str, str], Known] = {}
    twice: set[tuple[str, str]] = set()
    for claim in claims:
        # A root has no decimal that words could be held against.
        if not isinstance(claim.value, Fraction) or claim.place not in places:
            continue
        place = "" if claim.place == county else places[claim.place]
        known = _known(claim, places)
        for name in _names(claim, shelf):
            phrase = (place, name)
            if phrase in found and found[phrase].key != known.key:
                twice.add(phrase)
            found[phrase] = known
    years = {str(period.start.year), str(period.end.year)}
    # What two figures are called names neither of them.
    kept = {phrase: known for phrase, known in found.items() if phrase not in twice}
    # «虚构县在校生» and «在校生» alone both mean the county's.
    kept |= {(places[county], name): known for (place, name), known in kept.items() if not place}
    return Phrases(kept, frozenset(places.values()), frozenset(years), _terms_with_numbers(shelf))


def _names(claim: Claim, shelf: Shelf) -> Iterator[str]:
    """Give what a figure may be called: its term, with and without what stands in brackets."""
    card = shelf.indicator(claim.name)
    if card is None:
        return
    stage = claim.stage.term if claim.stage is not None else ""
    # A slice is told from the whole by its word in front: 数学进线人数.
    stage += claim.slice.term if claim.slice is not None else ""
    for name in sorted({name_of(card.term), name_of(_BRACKETS.sub("", card.term))}):
        yield name if name.startswith(stage) else stage + name


def _terms_with_numbers(shelf: Shelf) -> re.Pattern[str] | None:
    """Match terms with a number in them, longest first: that number is no figure."""
    terms = {card.term for card in shelf.indicators.values()}
    for standard in shelf.standards.values():
        terms.update(one.term for one in (*standard.criteria, *standard.spread))
    numbered = sorted((term for term in terms if _NUMBERED.search(term)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, numbered))) if numbered else None
