"""The example county as a workspace: made once, copied for whoever changes it."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

import warmed
from kit.surroundings import COMMAND, surroundings


def made_once(folder: Path, *words: str) -> Path:
    """The workspace of `xianxue demo WORDS` in a folder that several test processes share."""
    workspace = folder / "county"
    done = folder / "county.made"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "county.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(workspace, ignore_errors=True)
            run(folder, "demo", str(workspace), *words)
            done.touch()
    return workspace


def run(folder: Path, *words: str) -> str:
    """Run a command to its end; give what it printed."""
    ran = warmed.run([*COMMAND, *words], env=surroundings(folder), timeout=300)
    assert ran.returncode == 0, f"xianxue {' '.join(words)}:\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def copied(workspace: Path, folder: Path) -> Path:
    """A copy of a workspace that nobody else uses."""
    return Path(shutil.copytree(workspace, folder / "county"))
