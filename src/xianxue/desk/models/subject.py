"""What a deed was done to, as the journal files it: kind, id, place and period."""

from __future__ import annotations

from typing import Final, NamedTuple

RETURN, FORM, RELEASE = "returns", "forms", "releases"
PLACE, MAPPING, TARGET = "places", "mappings", "targets"
REPORT = "reports"
LEDGER = "ledgers"
EXAM = "exams"
BALLOT = "ballots"
PLAN = "plans"
YEAR = "years"
RELAYED = "relayed"
BEHALF: Final = "step"
"""Under it a line says by which step of the lifecycle another place has handed in (代报)."""


class About(NamedTuple):
    """The subject of a deed in parts; what does not apply is empty."""

    kind: str
    id: str
    """The form of a return, the name of a release or mapping, the code of a place, the
    indicator and stage of a target, the outline of a report, the ledger and number
    of an entry."""
    place: str = ""
    period: str = ""


def about(deed: str, subject: str) -> About:  # noqa: C901 - one branch a kind of subject
    """Take apart a subject as the deeds have always written it.

    Lines written before the parts were kept have nothing else, so the upgrade and the proof of old
    lines rest on this; it must give the same for ever.

    >>> about("returns.submit", "school_annual/2025-2026/2199000001")
    About(kind='returns', id='school_annual', place='2199000001', period='2025-2026')
    >>> about("returns.set_window", "school_annual/2025-2026")
    About(kind='forms', id='school_annual', place='', period='2025-2026')
    >>> about("returns.release", "2025-2026/2")
    About(kind='releases', id='2025-2026/2', place='', period='2025-2026')
    >>> about("places.record", "2026-09-01 更名/2199000001")
    About(kind='places', id='2199000001', place='2199000001', period='')
    >>> about("targets.set", "pupils/2199000001/primary/2025-2026")
    About(kind='targets', id='pupils/primary', place='2199000001', period='2025-2026')
    >>> about("targets.set", "reached/2199000001/primary/2025-2026/subject=math").id
    'reached/primary/subject=math'
    >>> about("ledgers.report", "hazards/2025-0012/2199000001")
    About(kind='ledgers', id='hazards/2025-0012', place='2199000001', period='')
    >>> about("exams.load", "mock/2025-2026/一模")
    About(kind='exams', id='mock/一模', place='', period='2025-2026')
    >>> about("ballots.close", "cadre_appraisal/2026/1")
    About(kind='ballots', id='cadre_appraisal/1', place='', period='2026')
    >>> about("report.write", "annual_summary/2025-2026/基本情况")
    About(kind='reports', id='annual_summary', place='', period='2025-2026')
    >>> about("plan.suppose", "2025-2026/补教师")
    About(kind='plans', id='补教师', place='', period='2025-2026')
    >>> about("history.take", "2021-2022/pupils/primary")
    About(kind='relayed', id='pupils/primary', place='', period='2021-2022')
    >>> about("year.open", "2026-2027")
    About(kind='years', id='2026-2027', place='', period='2026-2027')
    """
    first, *rest = subject.split("/")
    found = About(deed.partition(".")[0], subject)
    if deed == "returns.release":
        found = About(RELEASE, subject, period=first)
    elif deed == "returns.map":
        found = About(MAPPING, subject)
    elif deed.startswith("returns.") and rest:
        # form/period/place; a form's window has no place.
        found = (
            About(RETURN, first, rest[1], rest[0]) if rest[1:] else About(FORM, first, "", *rest)
        )
    elif deed.startswith("places.") and rest:
        found = About(PLACE, rest[-1], rest[-1])
    elif deed.startswith("targets.") and rest[2:]:
        # indicator/place/stage/period, and a slice behind it: the place and the period have
        # columns of their own.
        place, stage, period, *of = rest
        found = About(TARGET, "/".join([first, stage, *of]), place, period)
    elif deed.startswith("ledgers.") and rest[1:]:
        # ledger/number/place; what is done to a whole ledger has no number.
        found = About(LEDGER, f"{first}/{rest[0]}", rest[1])
    elif deed.startswith("exams.") and rest[1:]:
        # kind/period/name, and the number of a release behind it.
        period, *named = rest
        found = About(EXAM, "/".join([first, *named]), "", period)
    elif deed.startswith("ballots.") and rest[1:]:
        # card/period/number.
        found = About(BALLOT, f"{first}/{rest[1]}", "", rest[0])
    elif deed.startswith("plan.") and rest:
        # period/name; the name may hold anything.
        found = About(PLAN, "/".join(rest), "", first)
    elif deed.startswith("history.") and rest:
        # period/indicator/stage; a figure of all stages together has no stage.
        found = About(RELAYED, "/".join(rest), "", first)
    elif deed.startswith("year."):
        found = About(YEAR, subject, "", subject)
    elif deed.startswith("report.") and rest[1:]:
        # outline/period/section, or the number of what was issued.
        found = About(REPORT, first, "", rest[0])
    return found
