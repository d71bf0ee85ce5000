"""Dies on purpose while a backup is put back; started by ``test_putting_back.py`` as a program."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

ADMINISTRATOR = Actor("钱七（虚构）", "administrator")


def main(root: str, name: str, moment: str, when: str) -> None:
    """Put a backup back and die before or after one of its steps."""
    workspace = Workspace.open(Path(root))
    ground = open_ground(workspace)
    from xianxue.desk.backup import putting_back  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.works.running import Going  # noqa: PLC0415 - as above

    def dying(step: Callable[..., Any]) -> Callable[..., Any]:
        def dies(*given: Any) -> Any:
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            found = step(*given)
            os.kill(os.getpid(), signal.SIGKILL)
            return found

        return dies

    setattr(putting_back, moment, dying(getattr(putting_back, moment)))
    wanted = putting_back.Wanted(name=name, actor=ADMINISTRATOR, at=clock.now(), why="演练（虚构）")
    putting_back.put_back(workspace, ground, wanted, Going(""))


if __name__ == "__main__":
    main(*sys.argv[1:])
