"""The example county as a workspace: made once, copied for whoever changes it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-c", "import sys; from xianxue.desk.cli import main; sys.exit(main())")
"""The command line, from the source that is tested."""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a command: this source, a memory of its own, nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIANXUE_")}
    path = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "NO_COLOR": "1",
        "TZ": "Asia/Shanghai",
    }


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
    ran = subprocess.run(
        [*COMMAND, *words],
        env=surroundings(folder),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, f"xianxue {' '.join(words)}:\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def copied(workspace: Path, folder: Path) -> Path:
    """A copy of a workspace that nobody else uses."""
    return Path(shutil.copytree(workspace, folder / "county"))


def accounts(workspace: Path) -> list[Mapping[str, str]]:
    """The practice accounts of a workspace, as its `accounts.tsv` lists them."""
    path = workspace / "accounts.tsv"
    lines = [
        line.split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
