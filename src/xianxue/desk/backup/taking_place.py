"""A folder beside a workspace that is to change places with it, and what a dead process left of it.

It bears its own number in its name. Before the exchange what lies under the name is that folder;
afterwards it is another one, which was the workspace: so no note is needed to tell which.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from xianxue.desk.database.barrier import raised
from xianxue.desk.stores import clock
from xianxue.desk.stores.whole_files import scratch_folder, settle_folder
from xianxue.desk.workspace import MisusedError


def empty_beside(root: Path) -> Path:
    """Make an empty folder beside a workspace, with the rights of the one it will stand for."""
    made = scratch_folder(root.parent)
    if root.is_dir():
        shutil.copymode(root, made)
    named = made.with_name(_name(root, made.stat().st_ino))
    made.rename(named)
    return named


def aside_of(folder: Path) -> Path:
    """Name the place where what stood in a folder is kept."""
    stamp = clock.now().astimezone(clock.BEIJING).strftime("%Y%m%d-%H%M%S")
    return folder.with_name(f"{folder.name}.换下-{stamp}")


def cleared(root: Path, left: Path) -> Path:
    """Clear up beside a workspace; give where what was changed for another is kept."""
    if left.name == _name(root, left.stat().st_ino):
        shutil.rmtree(left, ignore_errors=True)
        return left
    settle_folder(root.parent)
    aside = _free(aside_of(root))
    left.rename(aside)
    return aside


def clear_up(root: Path) -> None:
    """Clear up behind the barrier what a process left that died while it put a backup back."""
    for left in _left(root.resolve()):
        cleared(root.resolve(), left)


def settle_broken(root: Path) -> None:
    """Clear up when a workspace is opened, unless somebody is putting a backup back now."""
    if not _left(root.resolve()):
        return
    try:
        with raised(root, 0):
            clear_up(root)
    except MisusedError:
        return


def _left(root: Path) -> list[Path]:
    return sorted(root.parent.glob(_name(root, "*")))


def _name(root: Path, number: int | str) -> str:
    return f".{root.name}.restoring-{number}"


def _free(path: Path) -> Path:
    """Give a name that nothing has."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found
