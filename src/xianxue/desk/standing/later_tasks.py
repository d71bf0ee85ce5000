"""What there is to do beside returns: publish, write, decide on new forms."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.indicators.other_periods import folder_of as releases_of
from xianxue.desk.report.passages import folder_of, passages
from xianxue.desk.standing.standing import LATEST
from xianxue.desk.standing.tasks import Desk, Task


def release_tasks(desk: Desk) -> Iterator[Task]:
    """Give the release that is due: all have been approved, or some since the last one."""
    period, held = desk.standing.period(), desk.standing.held()
    county = desk.ground.register.county.code
    if not desk.may("returns.release", Subject("returns", "", county, period.code)):
        return
    kept = {(row[0], row[1]): row[3] for row in held.accepted if row[4] == period.code}
    newest = desk.standing.release(period, LATEST)
    if newest is None:
        forms = desk.ground.shelf.forms
        rows = [row for form in forms for row in desk.standing.status(form, period)]
        if rows and all(row.accepted for row in rows):
            detail = say("{n} 份报表都已通过，还没有发布过", n=len(rows))
            said = say("发布{period}的数", period=period.term)
            yield desk.without_a_day("release", said, "releases", detail, period=period.code)
        return
    manifest = releases_of(desk.standing.workspace()).manifest(newest.digest)
    published = {(one.form, one.place): one.batch for one in manifest.revisions}
    differ = [key for key in {**kept, **published} if kept.get(key) != published.get(key)]
    if differ:
        said = say("重新发布{period}的数", period=period.term)
        detail = say("第 {n} 号发布以后，{m} 份报表有变化", n=newest.number, m=len(differ))
        yield desk.without_a_day("release", said, "releases", detail, period=period.code)


def passage_tasks(desk: Desk) -> Iterator[Task]:
    """Give the passages of each document that nobody has written yet."""
    workspace, period = desk.standing.workspace(), desk.standing.period()
    county = desk.ground.register.county.code
    office = desk.ground.policy.office(desk.actor.place)
    for name, card in workspace.shelf.reports.items():
        if not desk.may("report.write", Subject("report", name, county, period.code)):
            continue
        found = passages(card, folder_of(workspace, name, period.code))
        open_ones = [one.free for one in found if not one.paragraphs]
        if office is not None:
            # Who belongs to an office writes that office's parts.
            open_ones = [one for one in open_ones if one.owner == office.term]
        if open_ones:
            owners = joined("、", dict.fromkeys(one.owner for one in open_ones))
            said = say("撰写《{term}》{n} 段文字", term=card.term, n=len(open_ones))
            detail = say("由{owners}撰写", owners=owners)
            yield desk.without_a_day(
                "write",
                said,
                "report",
                detail,
                count=len(open_ones),
                outline=name,
                period=period.code,
            )


def form_tasks(desk: Desk) -> Iterator[Task]:
    """Give the new forms to be decided on, and those that were sent back."""
    from xianxue.desk.forms.drafts import (  # noqa: PLC0415 - needs Django
        ASKED,
        SENT_BACK,
        Drafts,
        all_drafts,
    )

    drafts = Drafts(desk.ground, desk.actor)
    for row in drafts.seen_of(desk.standing.resting(("form drafts",), all_drafts)):
        draft = str(row.pk)
        if row.state == ASKED and drafts.may_decide(row):
            said = say("审批《{term}》", term=row.term)
            detail = say("{name}报请启用", name=row.changed_by)
            yield desk.without_a_day("approve_form", said, "forms", detail, draft=draft)
        elif row.state == SENT_BACK and drafts.owns(row):
            said = say("修改《{term}》", term=row.term)
            yield desk.without_a_day("mend_form", said, "forms", row.remark, draft=draft)
