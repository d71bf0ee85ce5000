"""Teachers as the roster of persons knows them, by the numbers of their entries, never by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.balance.rotation import Law, Teacher, why_not
from xianxue.bureau.plan.needs.retiring import retires
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.database import has_database, open_database
from xianxue.desk.plan.needs.roster import LEDGER
from xianxue.desk.workspace import Workspace

_THERE: Final = ("serving", "away", "barred")
_TEACHING: Final = ("teacher", "head")
_COMPULSORY: Final = (Stage.PRIMARY.value, Stage.LOWER_SECONDARY.value)
_BACKBONE: Final = ("national", "province", "city", "county")
"""县级以上."""
_PRIVATE: Final = "private"
_HIGHER: Final = {
    Stage.PRIMARY.value: ("postgraduate", "bachelor", "college"),
    Stage.LOWER_SECONDARY.value: ("postgraduate", "bachelor"),
}
"""Degrees above the one that a stage asks of its teachers (教师法第十一条)."""


class Person(Record, kw_only=True):
    """One teacher of the roster."""

    teacher: Teacher
    """``teacher`` is the number of the entry."""
    stage: str
    subject: Sentence | str
    counts: frozenset[str]
    """The fields of a school's return that somebody like this is counted in."""
    why: tuple[Sentence, ...]
    """Every reason why they may not be moved; empty: they may."""


def people(
    workspace: Workspace, norms: NormsHeld, law: Law, couples: Mapping[str, str]
) -> list[Person]:
    """Give the teachers and heads who are in the roster; nobody where there is no roster.

    ``couples``: the numbers of entries, each to the other's. ``norms.on`` is the day.
    """
    if LEDGER not in workspace.shelf.ledgers or not has_database(workspace.store):
        return []
    open_database(workspace.store)
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - needs the database

    rows = LedgerEntry.objects.filter(ledger=LEDGER, state__in=_THERE).order_by("year", "serial")
    reader = _Reader(workspace.shelf.ledgers[LEDGER], norms, law)
    return [
        reader.person(one.number, one.place, one.state, one.fields, couples.get(one.number, ""))
        for one in rows
        if one.fields.get("kind") in _TEACHING
    ]


class _Reader:
    def __init__(self, ledger: Ledger, norms: NormsHeld, law: Law) -> None:
        self.ledger = ledger
        self.norms = norms
        self.law = law
        self.retiring: Sequence[Any] = norms.retiring()

    def person(
        self, number: str, place: str, state: str, fields: Mapping[str, Any], partner: str
    ) -> Person:
        """Read one entry."""
        stage, subject = str(fields.get("stage", "")), str(fields.get("subject") or "")
        teacher = Teacher(
            teacher=number,
            school=place,
            subject=subject,
            years_here=_years(_day(fields.get("joined_on")), self.norms.on) or 0,
            years_left=_years(self.norms.on, self._retires(fields)),
            partner=partner,
            head=fields.get("kind") == "head",
            backbone=fields.get("backbone") in _BACKBONE,
            also=tuple(self._also(state, stage, fields)),
        )
        return Person(
            teacher=teacher,
            stage=stage,
            subject=self._term("subject", subject),
            counts=frozenset(_counted(stage, subject, fields)),
            why=why_not(self.law, teacher),
        )

    def _also(self, state: str, stage: str, fields: Mapping[str, Any]) -> list[Sentence]:
        found: list[Sentence] = []
        if state == "away":
            found.append(say("在册不在岗"))
        if state == "barred":
            found.append(say("师德受限期没有满"))
        if stage not in _COMPULSORY:
            found.append(say("不任教小学、初中"))
        if fields.get("post") == _PRIVATE:
            found.append(say("民办学校自聘"))
        if _day(fields.get("joined_on")) is None:
            found.append(say("名册里没有到校日期"))
        return found

    def _retires(self, fields: Mapping[str, Any]) -> date | None:
        born = _day(fields.get("born_on"))
        return None if born is None else retires(born, str(fields.get("sex", "")), self.retiring)

    def _term(self, field: str, code: str) -> Sentence | str:
        for one in self.ledger.fields:
            if one.field == field:
                return next((each.term for each in one.options if each.code == code), code)
        return code


def _counted(stage: str, subject: str, fields: Mapping[str, Any]) -> list[str]:
    found = ["staff.teachers"]
    if subject in {"music", "art"}:
        found.append(f"staff.{subject}")
    if subject == "sports":
        found.append("staff.physical_education")
    if fields.get("backbone") in _BACKBONE:
        found.append("staff.backbone")
    if fields.get("degree") in _HIGHER.get(stage, ()):
        found.append("staff.over_qualified")
    return found


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _years(since: date | None, until: date | None) -> int | None:
    """Give full years from one day to another, none below zero; None where one is not known.

    >>> _years(date(2019, 9, 1), date(2025, 8, 31)), _years(None, date(2025, 8, 31))
    (5, None)
    """
    if since is None or until is None:
        return None
    early = (until.month, until.day) < (since.month, since.day)
    return max(0, until.year - since.year - early)
