"""From files on disk to accepted revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.database import open_database
from xianxue.desk.intake import read_and_check
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.clock import now
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.accept_returns import Accepted


@dataclass(frozen=True)
class Outcome:
    """What was accepted, and every complaint about what was not."""

    accepted: list[Accepted]
    issues: list[Issue]


def accept_files(
    workspace: Workspace, files: Sequence[Path], *, actor: str, why: str = ""
) -> Outcome:
    """Check workbooks and accept those that have nothing left to fix."""
    intake = read_and_check(files, workspace.shelf, workspace.register)
    open_database(workspace.store)
    from xianxue.desk.actions.accept_returns import (  # noqa: PLC0415 - needs Django set up first
        AcceptReturns,
    )

    deed = AcceptReturns(Cabinet(workspace.store / "cabinet"), actor, now(), why)
    return Outcome(deed(intake.acceptable), intake.issues)
