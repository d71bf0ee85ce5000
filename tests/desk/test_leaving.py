"""How a command ends: nothing of the database is left open."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections
from tests.desk.conftest import Desk

from xianxue.desk import cli

COMMAND = """
import sys
from pathlib import Path
from xianxue.desk import cli
from xianxue.desk.database.opening import open_database

def work(_):
    open_database(Path(sys.argv[1]))
    from xianxue.desk.models import Filing
    print(Filing.objects.count())
    return 0

cli._run = work
cli.main()
"""


def test_a_command_that_ends_closes_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[int] = []
    # The test's process goes on: what it holds is not to be kept for ever.
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    connections["default"].ensure_connection()
    cli._leave()
    assert connections["default"].connection is None
    assert frozen == [1]


def test_a_store_is_left_as_one_file(tmp_path: Path) -> None:
    """SQLite's files beside the database are put away when the last one closes it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("XIANXUE_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(tmp_path / "store")],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("0\n", "", 0)
    left = {each.name for each in (tmp_path / "store").glob("xianxue.sqlite3*")}
    assert left == {"xianxue.sqlite3"}


def test_a_command_called_by_another_program_leaves_it_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left: list[int] = []
    monkeypatch.setattr(cli, "_leave", lambda: left.append(1))
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert left == []
