"""The example county as a workspace: made once, copied for whoever changes it."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import warmed
from kit.surroundings import COMMAND, surroundings


def made_once(folder: Path) -> Path:
    """The workspace of `xianxue demo demo` in a folder that several test processes share.

    Made once a run, by the command as people start it; what it printed is kept beside it, so that
    pages on which it is typed are held against it (`tests/docs`).
    """
    workspace = folder / "demo"
    done = printed(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(workspace, ignore_errors=True)
            program = Path(sys.executable).with_name("xianxue")
            ran = subprocess.run(
                [program, "demo", "demo"],
                cwd=folder,
                env=surroundings(folder) | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                timeout=600,
                check=False,
            )
            assert ran.returncode == 0, ran.stdout
            done.write_text(ran.stdout, encoding="utf-8")
    return workspace


def printed(workspace: Path) -> Path:
    """Where stands what was printed when the example county was made."""
    return workspace.with_name("demo.printed")


def run(folder: Path, *words: str) -> str:
    """Run a command to its end; give what it printed."""
    ran = warmed.run([*COMMAND, *words], env=surroundings(folder), timeout=300)
    assert ran.returncode == 0, f"xianxue {' '.join(words)}:\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def copied(workspace: Path, folder: Path) -> Path:
    """A copy of a workspace that nobody else uses."""
    return Path(shutil.copytree(workspace, folder / "county"))
