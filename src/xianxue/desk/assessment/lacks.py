"""What each school lacks: one sheet a school, for the head's desk and the bureau's wall."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xianxue.bureau.places.register import Register
from xianxue.bureau.records.finding import Assessment, Finding, Improvement, Verdict
from xianxue.bureau.values.record import Record


class Lacks(Record, kw_only=True):
    """One place and what it lacks under one standard."""

    place: str
    name: str
    short: tuple[Finding, ...]
    """What fails."""
    unknown: tuple[Finding, ...]
    """What cannot be judged."""
    met: int
    joint: tuple[Finding, ...]
    """Verdicts that join others."""
    way: tuple[Improvement, ...]
    """The cheapest way to pass; empty where there is none to name."""


def lacks_of(judged: Assessment, register: Register, seen: Collection[str]) -> list[Lacks]:
    """Give what every place lacks that somebody may see, those that lack most first.

    Places that lack nothing are given too: they have a right to read so.
    """
    by_place: dict[str, list[Finding]] = {}
    for one in (*judged.findings, *judged.spread):
        if one.place in seen:
            by_place.setdefault(one.place, []).append(one)
    found = [_lacks(place, findings, register) for place, findings in by_place.items()]
    return sorted(found, key=lambda one: (-len(one.short), -len(one.unknown)))


def _lacks(place: str, findings: Iterable[Finding], register: Register) -> Lacks:
    single = [one for one in findings if one.rule != "combination"]
    joint = [one for one in findings if one.rule == "combination"]
    return Lacks(
        place=place,
        name=register[place].name if place in register else place,
        short=tuple(one for one in single if one.verdict is Verdict.NOT_MET),
        unknown=tuple(one for one in single if one.verdict is Verdict.UNDETERMINED),
        met=sum(one.verdict is Verdict.MET for one in single),
        joint=tuple(joint),
        way=tuple(step for one in joint for step in one.way),
    )
