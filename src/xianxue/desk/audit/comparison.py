"""A document held against what it says of itself, and against a workspace's figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.audit.sources import (
    GRAVE,
    Known,
    Phrases,
    Sourced,
    as_proof,
    name_of,
    tagged,
    worded,
)
from xianxue.bureau.records.claim import Claim, tag_of
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.units import UNITS
from xianxue.desk.audit.reading import Audited
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River

_STORE = b"customXml/"
_BRACKETS = re.compile("（[^（）]*）")
_NUMBERED = re.compile("[0-9一二三四五六七八九十百]")


@dataclass(frozen=True)
class Against:
    """A workspace's figures of one period, made ready to be compared with documents."""

    workspace: str
    period: str
    release: str
    """Empty for provisional figures."""
    by_tag: Mapping[str, Known]
    phrases: Phrases

    @classmethod
    def of(cls, river: River) -> Against:
        """Take the figures, and everything that the workspace's own outlines say."""
        places = {place.code: place.name for place in river.register}
        return cls(
            workspace=str(river.workspace.root),
            period=river.period.code,
            release=river.release.name if river.release is not None else "",
            by_tag=_by_tag(river, places),
            phrases=_phrases(river, places),
        )


@dataclass(frozen=True)
class Report:
    """Everything said of one file."""

    audited: Audited
    sourced: Sequence[Sourced]
    """Its numbers held against a workspace; where none is given, the tagged against its own map."""
    against: Against | None

    @property
    def wrong(self) -> bool:
        """Whether anything is inconsistent, in itself or with a workspace's figures."""
        return any(one.verdict == "inconsistent" for one in self.audited.audit.findings) or any(
            one.state in GRAVE for one in self.sourced
        )


def recorded(data: bytes) -> dict[str, Known]:
    """Give what a document's own map says of its tags; empty where it carries none."""
    if _STORE not in data:
        return {}
    from xianxue.bureau.report.read_tags import claims  # noqa: PLC0415 - only for our own reports

    return {
        tag: Known(
            key=one.key,
            term=one.term,
            place=one.place,
            period=one.period,
            exact=one.value,
            unit=UNITS[one.unit].term if one.unit in UNITS else "",
            printed=one.printed,
        )
        for tag, one in claims(data).items()
        if one.printed
    }


def look_at(audited: Audited, against: Against | None) -> Report:
    """Hold a document against its own map and, where one is given, a workspace.

    A number that was changed by hand since our report was written is a finding of the audit too.
    """
    known = recorded(audited.data) if audited.document.kind == "word" else {}
    by_tag = against.by_tag if against is not None else None
    found = tagged(audited.document, known, by_tag) if known or by_tag is not None else []
    proofs = [proof for one in found if (proof := as_proof(one, audited.audit)) is not None]
    if proofs:
        findings = sorted((*audited.audit.findings, *proofs), key=lambda one: one.stated.start)
        audited = replace(audited, audit=replace(audited.audit, findings=tuple(findings)))
    if against is not None:
        found += worded(audited.document, audited.audit, against.phrases)
    return Report(audited, tuple(sorted(found, key=lambda one: one.start)), against)


def open_against(folder: Path, period: str | None, release: str) -> Against:
    """Open a workspace and figure its period; needs the engine and the database."""
    from xianxue.desk.releases.publication import river_of  # noqa: PLC0415 - needs the engine

    workspace = Workspace.open(folder)
    return Against.of(river_of(workspace, workspace.period(period), release))


# ── what a workspace knows ──────────────────────────────────────────────────


def _by_tag(river: River, places: Mapping[str, str]) -> dict[str, Known]:
    known = {
        tag_of(key): _of_figure(figure, key, river, places)
        for key, figure in river.figures.items()
        if figure.value is not None
    }
    # What outlines say of figures and findings has the same tags and more: parts, lines, gaps.
    from xianxue.desk.targets.standing import reported  # noqa: PLC0415 - needs the engine

    targets = reported(river)
    for outline in river.workspace.shelf.outlines:
        composed = river.year.write(outline, river.last_day, targets)
        if composed.text is not None:
            known |= _of_claims(composed.text.claims(), known, places)
    return known


def _of_figure(figure: Figure, key: str, river: River, places: Mapping[str, str]) -> Known:
    from xianxue.bureau.report.claims import of_figure  # noqa: PLC0415 - with the engine only

    card = river.workspace.shelf.indicator(figure.indicator)
    term = figure.named(card.term) if card is not None else figure.indicator
    claim = of_figure(figure, term)
    return replace(_of_claim(claim, places), key=key, printed=_forms(claim))


def _of_claims(
    claims: Iterable[Claim], known: Mapping[str, Known], places: Mapping[str, str]
) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for claim in claims:
        one = _of_claim(claim, places)
        before = found.get(claim.tag) or known.get(claim.tag)
        if before is not None:
            one = replace(one, printed=tuple(dict.fromkeys((*before.printed, *_forms(claim)))))
        found[claim.tag] = one
    return found


def _of_claim(claim: Claim, places: Mapping[str, str]) -> Known:
    from xianxue.bureau.report.tagmap import exactly  # noqa: PLC0415 - with the engine only

    return Known(
        key=claim.key,
        term=claim.term,
        place=places.get(claim.place, claim.place),
        period=claim.period,
        exact=exactly(claim.value),
        unit=UNITS[claim.unit].term if claim.unit in UNITS else "",
        printed=_forms(claim),
    )


def _forms(claim: Claim) -> tuple[str, ...]:
    """Give how a claim may stand in a document: in prose, and bare in a table."""
    return tuple(dict.fromkeys((claim.text, claim.shown)))


def _phrases(river: River, places: Mapping[str, str]) -> Phrases:
    county = river.register.county.code
    shelf = river.workspace.shelf
    found: dict[tuple[str, str], Known] = {}
    twice: set[tuple[str, str]] = set()
    for key, figure in river.figures.items():
        card = shelf.indicator(figure.indicator)
        if card is None or not isinstance(figure.value, Fraction):
            continue
        stage = figure.stage.term if figure.stage is not None else ""
        # A slice is told from the whole by its word in front: 数学进线人数.
        stage += figure.slice.term if figure.slice is not None else ""
        place = "" if figure.place == county else places.get(figure.place, "")
        if figure.place != county and not place:
            continue
        known = _of_figure(figure, key, river, places)
        for name in {name_of(card.term), name_of(_BRACKETS.sub("", card.term))}:
            phrase = (place, name if name.startswith(stage) else stage + name)
            if phrase in found and found[phrase].key != key:
                twice.add(phrase)
            found[phrase] = known
    years = {str(river.period.start.year), str(river.period.end.year)}
    kept = {phrase: known for phrase, known in found.items() if phrase not in twice}
    kept |= {(places[county], name): known for (place, name), known in kept.items() if not place}
    return Phrases(kept, frozenset(places.values()), frozenset(years), _names(river))


def _names(river: River) -> re.Pattern[str] | None:
    """Match terms with a number in them, longest first: that number is no figure."""
    shelf = river.workspace.shelf
    terms = {card.term for card in shelf.indicators.values()}
    for standard in shelf.standards.values():
        terms.update(one.term for one in (*standard.criteria, *standard.spread))
    numbered = sorted((term for term in terms if _NUMBERED.search(term)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, numbered))) if numbered else None
