"""What would be published now, read as a release is read: to be compared before it is frozen.

Its files are those that publishing would write, under the name that it would give them; nothing
refers to them until somebody publishes.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import state_of
from xianxue.desk.releases.published import folder_of
from xianxue.desk.stores.releases import Published
from xianxue.desk.workspace import MisusedError, Workspace

NOW: Final = ""
"""The name of what was not published yet."""


class FormOutlook(Record):
    """How one form would stand in a release that is frozen now."""

    form: str
    term: str
    filed: int
    expected: int
    missing: tuple[Progress, ...]
    """Those without an approved return, the latest first."""
    newer: tuple[Progress, ...]
    """Those of which a later version is under way: the release would have the earlier one."""

    @property
    def full(self) -> bool:
        """Whether nobody is missing."""
        return not self.missing


def as_now(workspace: Workspace, period: Period) -> Published:
    """Give what would be published; MisusedError where nothing was accepted yet."""
    state = state_of(River(workspace, period))
    if not state.manifest.revisions:
        message = say("{term}还没有收下任何报表，没有可以发布的数", term=period.term)
        raise MisusedError(message)
    folder = folder_of(workspace)
    digest = folder.write(state.manifest, state.figures, state.targets, state.rules)
    return folder.published(digest, NOW)


def outlook(form: str, term: str, progress: tuple[Progress, ...]) -> FormOutlook:
    """Say how a form would stand, from how far each place has come."""
    missing = [one for one in progress if not one.accepted]
    newer = [one for one in progress if one.accepted and one.revision > one.accepted]
    missing.sort(key=lambda one: (-one.days_over, one.place))
    return FormOutlook(
        form, term, len(progress) - len(missing), len(progress), tuple(missing), tuple(newer)
    )
