"""What an assessment leans on that nobody has verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from xianxue.bureau.assessment.counted import Member
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Population
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.records.finding import Finding


def doubtful(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep the unverified ones, each once, in order."""
    return tuple(dict.fromkeys(citation for citation in citations if citation.seen.doubtful))


def local(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep those of a county's own changes, each once, in order."""
    return tuple(dict.fromkeys(citation for citation in citations if citation.local))


def of_findings(findings: Iterable[Finding]) -> Iterator[Citation]:
    """Give the thresholds and combinations that findings cite."""
    return (finding.citation for finding in findings if finding.citation is not None)


def of_population(population: Population | None, members: Iterable[Member]) -> Iterator[Citation]:
    """Give who is counted, and the exclusions that took effect or may have."""
    if population is not None:
        yield population.source.citation
    for found in members:
        if found.exclusion is not None:
            yield found.exclusion.citation


def of_indicators(
    names: Sequence[str], shelf: Shelf, members: Sequence[Member], on: date
) -> Iterator[Citation]:
    """Give the definitions, lines and stage splits of indicators and of those they rest on."""
    types = {str(found.facts.values.get("school_type", "")) for found in members}
    for name in names:
        indicator = shelf.indicator(name)
        if indicator is None:
            continue
        yield indicator.source.citation
        yield from _of_parts(indicator, shelf, types, on)
        yield from of_indicators(_bases(indicator), shelf, members, on)


def _bases(indicator: Indicator) -> list[str]:
    bases = [indicator.spread_of] if indicator.spread_of else []
    return [*bases, indicator.share_of.indicator] if indicator.share_of else bases


def _of_parts(indicator: Indicator, shelf: Shelf, types: set[str], on: date) -> Iterator[Citation]:
    for values in indicator.lines.values():
        yield from (value.citation for value in in_force(values, on))
    if indicator.split in shelf.splits:
        for value in in_force(shelf.splits[indicator.split].values, on):
            # Weights of a type that the county has no school of were not used.
            if value.school_type in types:
                yield value.citation
