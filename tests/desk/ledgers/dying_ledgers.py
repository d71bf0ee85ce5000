"""Dies on purpose while an entry is registered or moved; started by ``test_faults.py``."""

from __future__ import annotations

import random
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import django.db

sys.path.insert(0, str(Path(__file__).parents[1]))

from dying import Trial, try_out

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import ComplaintsError, Workspace

HAZARD = {
    "what": "护栏松动（虚构）",
    "found_on": "2025-09-03",
    "found_by": "self",
    "domain": "building",
    "grade": "general",
}
ORDER = {"measures": "更换", "responsible": "总务处", "due_on": "2025-09-12", "plan": "值守"}


def main(root: Path, points: int, delays: int) -> None:
    dice = random.Random(20251129)  # noqa: S311 - the same points each time
    workspace = Workspace.open(root)
    ground = open_ground(workspace)
    from xianxue.desk.actions.ledgers.record import (  # noqa: PLC0415 - needs Django set up first
        RecordEntry,
    )
    from xianxue.desk.actions.ledgers.step import Carried, StepEntry  # noqa: PLC0415 - as above

    card, who = ground.shelf.ledgers["hazards"], Actor("赵六（虚构）", "office_clerk")
    at = datetime.now(UTC)

    def record() -> object:
        deed = RecordEntry(open_ground(workspace), card, who, at)
        return deed("2163980001", HAZARD, date(2025, 9, 3), key="one")

    def step() -> object:
        deed = StepEntry(open_ground(workspace), card, who, at)
        try:
            return deed("2025-0001", "order", date(2025, 9, 5), Carried(given=ORDER))
        except ComplaintsError:
            # It was done before it died: that is what is said of a second time.
            return "done before"

    django.db.connection.close()
    try_out(Trial(root, "record", record), points, delays, dice)
    try_out(Trial(root, "step", step), points, delays, dice)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
