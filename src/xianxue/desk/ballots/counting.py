"""Counting a closed ballot from the terminal or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.ballots.polls import who_does
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models.ballot import Poll


def count_poll(
    workspace: Workspace, poll: Poll, by: str | Actor, why: str = "", override: str | None = None
) -> Poll:
    """Count it once; what was counted before is given as it is."""
    who = who_does(workspace, by, "leader")
    from xianxue.desk.actions.ballots.close_ballot import CountBallot  # noqa: PLC0415 - needs Django
    from xianxue.desk.ballots.results import as_json, count  # noqa: PLC0415 - as above

    def counted(closed: Poll) -> dict[str, Any]:
        return as_json(closed, count(closed))

    return CountBallot(*who, why=why, override=override)(poll, counted)
