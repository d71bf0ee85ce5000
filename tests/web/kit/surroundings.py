"""The environment in which the tests start commands and servers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-c", "import sys; from xianxue.desk.cli import main; sys.exit(main())")
"""The command line, from the source that is tested."""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a command: this source, the tests' own memory, nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XIANXUE_")}
    path = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(path),
        # The cards, read once for all commands of the tests; without it they are read by each.
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(folder / "cache"),
        "NO_COLOR": "1",
        "TZ": "Asia/Shanghai",
    }
