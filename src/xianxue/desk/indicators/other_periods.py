"""Other periods of a workspace, as far as figures of one are held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.database import open_database
from xianxue.desk.returns.accepted import revisions
from xianxue.desk.stores.releases import EntriesThen, OtherPeriod, Published, ReleaseFolder, kept_of
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.stores.cabinet import Kept


class Known(Record):
    """What is known of a period: its release, or the revisions that are accepted."""

    release: Published | None
    kept: tuple[Kept, ...]
    """Without a release; in the order of forms and places."""
    entries: EntriesThen | None = None
    """Without a release: what ledgers held then; None for what they hold now."""


def folder_of(workspace: Workspace) -> ReleaseFolder:
    """Give the folder of a workspace's releases."""
    return ReleaseFolder(workspace.store / "releases")


def known_now(workspace: Workspace, period: Period) -> Known | None:
    """Give a period's newest release, or what is accepted for it; None where nothing is held.

    A release comes first: last year's published number is the one people remember.
    """
    open_database(workspace.store)
    from xianxue.desk.actions.as_told import hold_releases  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models import Release  # noqa: PLC0415 - needs Django set up first

    published = list(Release.objects.filter(period=period.code).order_by("number"))
    # A release removed past the program would let unpublished numbers of last year pass for known.
    hold_releases(published, period.code)
    if published:
        newest = published[-1]
        return Known(folder_of(workspace).published(newest.digest, newest.name), ())
    rows = revisions(workspace, period)
    from xianxue.desk.stores.cabinet import Kept  # noqa: PLC0415 - needs the engine

    kept = tuple(Kept(*row) for row in rows)
    return Known(None, kept) if kept else None


def known_then(workspace: Workspace, earlier: OtherPeriod) -> Known:
    """Give a period as it was known when a release was made."""
    if earlier.release:
        return Known(folder_of(workspace).published(earlier.release, earlier.name), ())
    kept = tuple(kept_of(earlier.revisions, earlier.period))
    return Known(None, kept, earlier.entries)
