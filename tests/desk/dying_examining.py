"""Dies on purpose while an examination is loaded, lined and released; see ``dying.py``."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

import django.db

sys.path.insert(0, str(Path(__file__).parent))

import dying

from xianxue.desk.exams.heights import heights_of, typed
from xianxue.desk.exams.releasing import now, release, set_lines
from xianxue.desk.exams.sittings import (
    New,
    Standing,
    card_named,
    held_card,
    load,
    read_new,
    sitting_named,
)
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

NAME = "模拟（虚构）"
LOADS, RELEASES = "考务员（虚构）", "教研室主任（虚构）"
SCHOOL = "3163980002"
WRITING = ("load.py", "set_lines.py", "release.py", "files.py", "whole_files.py")


def main(root: Path, points: int, delays: int) -> None:
    """Load marks, set a line, release: each is died in."""
    dice = random.Random(20260609)  # noqa: S311 - the same points each time
    clock.now = lambda: dying.LATER
    dying.WRITING += WRITING
    workspace = Workspace.open(root)
    open_ground(workspace)
    new = New(
        card_named(workspace, "zhongkao"), workspace.period(None).code, NAME, date(2025, 9, 10)
    )
    table = _table(root)

    def standing() -> Standing:
        return sitting_named(workspace, NAME)

    def loaded() -> bool:
        load(workspace, new, read_new(workspace, new, [table]), LOADS)
        return True

    def lined() -> bool:
        card = held_card(workspace, standing())
        heights, issues = heights_of(card, workspace.shelf, [typed("合格线=120")], "虚构文件")
        set_lines(workspace, standing(), heights, LOADS)
        return not issues

    def released() -> bool:
        release(workspace, now(standing()), RELEASES)
        return True

    deeds = {"load": loaded, "lines": lined, "release": released}
    for name, deed in deeds.items():
        django.db.connection.close()
        trial = dying.Trial(root, name, deed)
        dying.try_out(trial, points, delays, dice)
        trial.put_back()
        dying.apart(deed)


def _table(root: Path) -> Path:
    rows = [
        f"{SCHOOL},{at % 2 + 1}班,{at:03},考生{at}（虚构）,{60 + at},{40 + at}" for at in range(24)
    ]
    path = root / "成绩.csv"
    path.write_text("\n".join(["学校,班级,考号,姓名,语文,数学", *rows]), encoding="utf-8")
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
