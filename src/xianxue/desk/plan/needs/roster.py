"""The staff as the roster of persons knows them: how many, of which subject, who retires when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.plan.norms import Retiring
from xianxue.bureau.plan.needs.retiring import retires
from xianxue.bureau.values.record import Record
from xianxue.desk.database import has_database, open_database
from xianxue.desk.workspace import Workspace

LEDGER: Final = "teachers"
_IN_POST: Final = "establishment"
_THERE: Final = ("serving", "away", "barred")


class Member(Record, kw_only=True):
    """One of the staff, without a name."""

    place: str
    stage: str
    subject: str
    """Empty where none is written down."""
    in_post: bool
    """在编: whether the post is one of those that were granted."""
    retires: date | None
    """None where sex or day of birth is not written down, or no rule says."""


def members(workspace: Workspace, rules: Sequence[Retiring]) -> list[Member]:
    """Give everybody who is in the roster and has not left; nobody where there is no roster."""
    if LEDGER not in workspace.shelf.ledgers or not has_database(workspace.store):
        return []
    open_database(workspace.store)
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - needs the database

    rows = LedgerEntry.objects.filter(ledger=LEDGER, state__in=_THERE).order_by("year", "serial")
    return [
        Member(
            place=place,
            stage=str(fields.get("stage", "")),
            subject=str(fields.get("subject") or ""),
            in_post=fields.get("post") == _IN_POST,
            retires=_day(fields.get("born_on"), str(fields.get("sex", "")), rules),
        )
        for place, fields in rows.values_list("place", "fields")
    ]


def _day(born: object, sex: str, rules: Sequence[Retiring]) -> date | None:
    try:
        return retires(date.fromisoformat(str(born)), sex, rules)
    except ValueError:
        return None


def subjects(staff: Sequence[Member]) -> dict[str, int]:
    """Give how many of some staff teach each subject, the subjects in order of their codes."""
    return dict(sorted(Counter(one.subject for one in staff if one.subject).items()))
