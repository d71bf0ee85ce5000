"""The ledger of one audit: findings as detectors make them, and which numbers they used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xianxue.bureau.audit.intervals import Fit
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.records.audited import Judgement, RelationKind


@dataclass(slots=True)
class Finding:
    """One relation before it is put into words for good."""

    verdict: Judgement
    kind: RelationKind
    stated: Mention
    terms: tuple[Mention, ...]
    message: str
    low: int | None = None
    high: int | None = None
    suggestion: str | None = None


@dataclass(slots=True)
class Ledger:
    """Findings of one text."""

    norm: str
    mentions: list[Mention]
    findings: list[Finding] = field(default_factory=list[Finding])
    proven: dict[tuple[str, int], Finding] = field(default_factory=dict[tuple[str, int], Finding])
    """(kind, index of the stated number) to the finding that proves it."""
    children: dict[int, int] = field(default_factory=dict[int, int])
    """Index of a part to the index of the whole whose proven sum it is in."""

    def prove(  # noqa: PLR0913, PLR0917 - a relation has so many sides; each call names a sentence
        self,
        kind: RelationKind,
        fit: Fit,
        stated: Mention,
        terms: Iterable[Mention],
        message: str,
        bounds: tuple[int, int] | None = None,
    ) -> None:
        """Enter a relation that holds; the first reading that holds is kept."""
        key = (kind, stated.index)
        if key in self.proven:
            return
        verdict = "consistent" if fit == "exact" else "rounding"
        finding = Finding(verdict, kind, stated, tuple(terms), message)
        if bounds:
            finding.low, finding.high = bounds
        self.proven[key] = finding
        self.findings.append(finding)

    def refute(self, finding: Finding) -> None:
        """Enter a relation that fails."""
        self.findings.append(finding)

    def is_proven(self, kind: RelationKind, stated: Mention) -> bool:
        """Whether a number is already proven in a relation of this kind."""
        return (kind, stated.index) in self.proven

    def text(self, mention: Mention) -> str:
        """Give a number as it stands, without blanks."""
        return self.norm[mention.start : mention.end].replace(" ", "")
