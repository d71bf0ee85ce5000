"""Publishing: a numbered result that stays as it was, and every further one beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.appraisal.doing import PUBLISH, Doing
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.ballots.opened import canonical
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.models.appraisal import Appraisal, AppraisalRelease

Results = Callable[[], tuple[dict[str, Any], dict[str, Any]]]
"""Scores an appraisal as it stands; gives the results and the card, both as they are kept."""


def publish_anew(
    doing: Doing, row: Appraisal, results: Results, allowed: Allowed
) -> AppraisalRelease:
    """Keep what an appraisal comes to now under the next number; within the transaction."""
    found, card = results()
    last = AppraisalRelease.objects.filter(appraisal=row).order_by("-number").first()
    text = canonical(found)
    release = AppraisalRelease.objects.create(
        appraisal=row,
        number=last.number + 1 if last is not None else 1,
        digest=hashlib.sha256(text.encode()).hexdigest(),
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
