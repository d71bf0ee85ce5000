"""An example county's numbers of earlier years, collected as the bureau would have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import machine
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.examples import Example
from xianxue.desk.stores.whole_files import digest_of_file
from xianxue.desk.workspace import Workspace

_MAIN: Final = "students.csv"
"""The file an earlier return is said to come from: the one that every example has."""


def collect_earlier(workspace: Workspace, example: Example, at: datetime) -> int:
    """Collect and accept at ``at`` what an example holds of earlier years; give how many returns.

    They are few columns of each form: without them nothing could be said of growth, and with all
    of them the example would take twice as long.
    """
    ground = open_ground(workspace)
    from xianxue.desk.actions.accept_returns import (  # noqa: PLC0415 - needs Django set up first
        AcceptReturns,
    )
    from xianxue.desk.actions.submission import standing  # noqa: PLC0415 - as above

    cabinet = Cabinet(workspace.store / "cabinet")
    who = Actor("示范（虚构）", "office_clerk", where=machine.here())
    many = 0
    for folder, returns in example.earlier(workspace.shelf, workspace.register):
        deed = AcceptReturns(ground, who, at, "上学年的数，供比较", cabinet=cabinet)
        kept = [_kept(filed, folder, cabinet) for filed in returns]
        many += len(deed(kept, standing()).done)
    return many


def _kept(filed: Return, folder: Path, cabinet: Cabinet) -> Return:
    """Keep the file a return comes from, so that what is counted can be followed to it."""
    path = folder / _MAIN
    digest = digest_of_file(path)
    cabinet.keep_workbook(path, digest)
    return replace(filed, file=f"{folder.name}_{path.name}", digest=digest, revision=0)
