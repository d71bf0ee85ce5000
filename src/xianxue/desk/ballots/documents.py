"""Documents of a ballot as files, in the county's layout."""

from __future__ import annotations

from xianxue.bureau.report.text import Text
from xianxue.bureau.report.word import render
from xianxue.desk.actions.ballots.opened import opened
from xianxue.desk.ballots.blank_forms import ballot_paper, tally_sheet
from xianxue.desk.ballots.minutes import minutes
from xianxue.desk.models.ballot import Poll
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace


def paper_document(workspace: Workspace, poll: Poll, group: str) -> bytes:
    """Write the ballot paper of a group."""
    county, day = workspace.register.county.name, clock.day_of(clock.now())
    return _file(workspace, ballot_paper(opened(poll), group, county, day))


def tally_document(workspace: Workspace, poll: Poll) -> bytes:
    """Write the sheet on which papers are tallied."""
    county, day = workspace.register.county.name, clock.day_of(clock.now())
    return _file(workspace, tally_sheet(opened(poll), county, day))


def minutes_document(workspace: Workspace, poll: Poll) -> bytes:
    """Write the minutes of a count."""
    county, day = workspace.register.county.name, clock.day_of(clock.now())
    return _file(workspace, minutes(poll, county, day))


def _file(workspace: Workspace, text: Text) -> bytes:
    return render(text, workspace.shelf.profiles[workspace.settings.profile])
