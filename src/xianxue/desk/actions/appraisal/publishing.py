"""Publishing: a numbered result that stays as it was, and every further one beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.appraisal.days import Running, running
from xianxue.desk.actions.appraisal.doing import PUBLISH, About, Doing, complain
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.ballots.opened import canonical
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.models.appraisal import Appraisal, AppraisalRelease
from xianxue.desk.stores.clock import day_of

Results = Callable[..., tuple[dict[str, Any], dict[str, Any]]]
"""Scores an appraisal as it stands; gives the results and the card, both as they are kept.

``without``: the number of a line that is to be taken back; they are worked out without it.
"""


class Worked(Record):
    """Results that were worked out before the transaction in which they are sealed."""

    results: dict[str, Any]
    card: dict[str, Any]
    lines: int
    """The number of the last line that they were worked out of."""


def digest_of(results: dict[str, Any]) -> str:
    """Give what results are sealed by, and held against whenever they are counted."""
    return hashlib.sha256(canonical(results).encode()).hexdigest()


def worked_out(row: Appraisal | None, results: Results, without: int = 0) -> Worked:
    """Work results out; outside the transaction, for while it is open nobody else writes."""
    last = Lines.of(row).last
    found, card = results(without=without) if without else results()
    return Worked(found, card, last)


def publish_anew(
    doing: Doing, row: Appraisal, worked: Worked, allowed: Allowed
) -> AppraisalRelease:
    """Keep what was worked out under the next number; within the transaction.

    ComplaintsError where more was said meanwhile than the one line of the deed itself.
    """
    found, card = worked.results, worked.card
    if Lines.of(row).last != worked.lines + 1:
        saw = say("算结果的时候又有人登记了新的内容")
        raise complain("P-MOVED", saw, say("按登记齐的内容公示"), say("请再办一次"))
    last = AppraisalRelease.objects.filter(appraisal=row).order_by("-number").first()
    release = AppraisalRelease.objects.create(
        appraisal=row,
        number=last.number + 1 if last is not None else 1,
        digest=digest_of(found),
        results=found,
        card=card,
        lines=Lines.of(row).last,
        at=doing.at,
        by=doing.actor.name,
        why=doing.why,
    )
    detail: dict[str, object] = {
        "release": release.number,
        "results": release.digest,
        "places": len(found["places"]),
    }
    tell_of(doing, PUBLISH, row.key, detail | set_aside(allowed), doing.why)
    return release


def releases_of(row: Appraisal | None) -> list[AppraisalRelease]:
    """Give what was published of an appraisal, oldest first."""
    if row is None:
        return []
    return list(AppraisalRelease.objects.filter(appraisal=row).order_by("number"))


def days_since(doing: Doing, about: About, row: Appraisal) -> Running | None:
    """Give the days that run since the last results were published; None before there are any."""
    rows = releases_of(row)
    if not rows:
        return None
    return running(doing.ground.shelf, about.rubric, day_of(rows[-1].at))
