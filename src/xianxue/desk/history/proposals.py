"""Old reports read together: what they relay, and where they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from xianxue.bureau.audit.sources.dated import LeftOut, Relayed, dated, names_of
from xianxue.bureau.audit.sources.years import YearSaid, title_of
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.audit.reading import audit_file, lexicon
from xianxue.desk.workspace import MisusedError, Workspace

KINDS: Final = frozenset({"school_year", "calendar_year"})
"""What an old report may be of."""


class OldReport(Record):
    """One file, and what was read in it."""

    file: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    whole: YearSaid | None
    """The period of the document as a whole; None where nothing says it."""
    figures: tuple[Relayed, ...]
    left: tuple[LeftOut, ...]


class History(Record):
    """Several old reports of one county."""

    county: str
    reports: tuple[OldReport, ...]

    def disputed(self) -> frozenset[tuple[str, str, str]]:
        """Give the figures of which two sentences say what cannot both be: neither is taken.

        97.3% and 97.25% do agree: one is printed shorter.
        """
        said: dict[tuple[str, str, str], list[Relayed]] = {}
        for report in self.reports:
            for one in report.figures:
                said.setdefault(one.key, []).append(one)
        return frozenset(
            key
            for key, figures in said.items()
            if max(one.low for one in figures) > min(one.high for one in figures)
        )


def read_reports(workspace: Workspace, files: Sequence[Path], year: str = "") -> History:
    """Read old reports; ``year`` is the period of those sentences that say none.

    MisusedError where a file is no document, or the year none.
    """
    given = _given(year)
    register = workspace.register
    county = register.county.name
    names = names_of(workspace.shelf, county, [place.name for place in register])
    words = lexicon(workspace.root)
    reports: list[OldReport] = []
    # The same file twice says nothing twice.
    seen: set[str] = set()
    for file in files:
        audited = audit_file(file, words)
        digest = sha256(audited.data).hexdigest()
        if digest in seen:
            continue
        seen.add(digest)
        text = audited.document.text
        whole = given or title_of(text, file.stem)
        figures, left = dated(text, audited.audit.numbers, names, whole)
        reports.append(OldReport(audited.file, digest, whole, figures, left))
    return History(county, tuple(reports))


def _given(year: str) -> YearSaid | None:
    if not year:
        return None
    try:
        period = Period.parse(year)
    except ValueError as error:
        raise MisusedError(str(error)) from None
    if period.kind not in KINDS:
        message = say("--year 要写学年或年份，如 2021-2022 或 2021；写的是 {year}", year=year)
        raise MisusedError(message)
    return YearSaid(period.code, "given")
