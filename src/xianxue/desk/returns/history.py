"""All that is known of one return: its state, every revision, every comment.

Everybody who takes part may read it: the one who sends back and the one who is sent back see the
same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.record import Record, field
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.printing import told_of
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.stores.scans import Scan


class Said(Record):
    """A comment and where it points."""

    sheet: str
    tab: str
    row: str
    field: str
    cell: str
    text: str
    by: str
    at: str


class Version(Record):
    """One revision as it was handed in."""

    number: int
    at: str
    by: str
    clerk: str
    head: str
    file: str
    digest: str
    accepted: bool
    comments: tuple[Said, ...]
    scans: tuple[Scan, ...] = ()
    """The signed, sealed paper of this revision."""
    behalf: str = ""
    """Which other place has handed it in for this one (代报); empty where it did so itself."""
    foot: dict[str, str] = field(default_factory=dict[str, str])
    """What was written below it, by the items of the form's foot; empty where it is personal."""


class Trail(Record):
    """One return and what became of it."""

    form: str
    period: str
    place: str
    state: str
    term: str
    deadline: str
    times_returned: int
    revisions: tuple[Version, ...]


def trail_of(ground: Ground, key: Key) -> Trail:
    """Give the trail of a return; one that nobody filed has no revisions."""
    from xianxue.desk.actions.attach_scan import attached_to  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.actions.deadlines import deadline_of  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models import Comment, Filing, Revision  # noqa: PLC0415 - as above

    asked = {"form": key.form, "period": key.period, "place": key.place}
    filing = Filing.objects.filter(**asked).select_related("accepted").first()
    sheets = {
        sheet.sheet: tab_of(sheet) for sheet in ground.shelf.form_in(key.form, key.period).sheets
    }
    comments: dict[int, list[Said]] = {}
    for said in Comment.objects.filter(filing=filing).order_by("id") if filing else ():
        tab = sheets.get(said.sheet, said.sheet)
        where = (said.sheet, tab, said.row, said.field, said.cell)
        comments.setdefault(said.revision, []).append(
            Said(*where, said.text, said.by, minute_of(said.at))
        )
    state = filing.state if filing else ground.card(key.place).start
    told = dict(_handed_in(key))
    return Trail(
        **asked,
        state=state,
        term=ground.card(key.place).state_term(state),
        deadline=deadline_of(key).term,
        times_returned=filing.times_returned if filing else 0,
        revisions=tuple(
            Version(
                number=each.number,
                at=minute_of(each.at) if each.at else "",
                by=each.by,
                clerk=each.clerk,
                head=each.head,
                file=each.file,
                digest=each.digest,
                accepted=filing is not None and filing.accepted == each,
                comments=tuple(comments.get(each.number, ())),
                scans=tuple(attached_to(key, each.number)),
                behalf=ground.name(told[each.number]) if each.number in told else "",
                foot=_shown(told_of(key, each.number)),
            )
            for each in Revision.objects.filter(**asked).order_by("number")
        ),
    )


def _handed_in(key: Key) -> Iterator[tuple[int, str]]:
    """Give the revisions that another place has handed in for this one, and which place."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - as above
    from xianxue.desk.models.subject import BEHALF  # noqa: PLC0415 - needs Django set up

    lines = JournalLine.objects.filter(subject=key.subject, deed="returns.submit")
    for detail in lines.values_list("detail", flat=True):
        if BEHALF in detail:
            yield detail["revision"], detail.get("of", "")


def _shown(told: dict[str, Any]) -> dict[str, str]:
    """Give what may be shown of a foot: that something personal was written, and not what."""
    return {
        item: said if isinstance(said, str) else "" for item, said in told.get("foot", {}).items()
    }
