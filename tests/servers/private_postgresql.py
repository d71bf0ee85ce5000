"""A PostgreSQL server of the tests' own: no port, no password, gone when they are done.

``XIANXUE_TEST_DATABASE=postgresql`` runs tests on it; see ``conftest.py`` in the root. Each store
gets a database of its own, copied from one that has been migrated once.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

import psycopg

from xianxue.desk.database import open_database, settings

_HOMES = ("/usr/lib/postgresql", "/usr/pgsql")
_SETTINGS = {
    # Nothing here has to last, so nothing waits for the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "32MB",
}
_EMPTY = "empty"
_COPIED = "STRATEGY FILE_COPY"
"""By files: where nothing waits for the disk that is twice as fast as block by block in the log."""


_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the server's own is made in it
_ROOM = 2 << 30
"""Bytes that have to be free in memory: a store takes some ten million, and dozens are there."""


def _home() -> str:
    """Where files are made: in memory where there is room, for each test makes hundreds of them."""
    there = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    return str(_MEMORY) if there else "/tmp"  # noqa: S108 - as above


def program(name: str) -> str | None:
    """Find one of PostgreSQL's programs, which Debian keeps off the path."""
    homes = [found for home in _HOMES for found in sorted(Path(home).glob("*/bin"), reverse=True)]
    return shutil.which(name, path=os.pathsep.join([*map(str, homes), os.environ.get("PATH", "")]))


class Server:
    """A private server and its databases, one a store."""

    def __init__(self) -> None:
        initdb, ctl = program("initdb"), program("pg_ctl")
        if initdb is None or ctl is None:
            message = (
                "PostgreSQL is not installed: install postgresql, or unset XIANXUE_TEST_DATABASE"
            )
            raise RuntimeError(message)
        self.ctl = ctl
        # Short, for a socket's path has room for some hundred bytes only.
        self.root = Path(tempfile.mkdtemp(prefix="xx-pg-", dir=_home()))
        self.databases: dict[Path, str] = {}
        self.made = 0
        if os.geteuid() == 0:
            # The server refuses to run as root.
            self.root.chmod(0o755)
            shutil.chown(self.root, "postgres", "postgres")
        self._run(initdb, "-D", self.data, "-A", "trust", "-U", "xianxue", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        said = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        said += f" -c unix_socket_directories='{self.root}'"
        self._run(ctl, "-D", self.data, "-l", self.root / "log", "-w", "-o", said, "start")
        # Kept open: each test makes a database and drops it, and connecting takes as long as either.
        self.session = psycopg.connect(self.address("postgres"), autocommit=True)
        self.do(f"CREATE DATABASE {_EMPTY}")
        with patch.dict(os.environ, {settings.VARIABLE: self.address(_EMPTY)}):
            open_database(self.root.with_suffix(".store"))
        from django.db import connection  # noqa: PLC0415 - needs Django set up first

        # A database that somebody is connected to cannot be copied.
        connection.close()

    @property
    def data(self) -> Path:
        return self.root / "data"

    def address(self, name: str) -> str:
        return f"postgresql://xianxue@/{name}?host={self.root}"

    def url(self, folder: Path) -> str:
        """Give the address of a store's database, made now if it has none."""
        if folder not in self.databases:
            self.made += 1
            name = f"store_{self.made}"
            self.do(f"CREATE DATABASE {name} TEMPLATE {_EMPTY} {_COPIED}")
            self.databases[folder] = name
        return self.address(self.databases[folder])

    def copy(self, source: Path, folder: Path) -> None:
        """Give a store a copy of another's database, in place of its own."""
        self.url(source)
        if folder in self.databases:
            self.drop(folder)
        self.made += 1
        name = f"store_{self.made}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {self.databases[source]} {_COPIED}")
        self.databases[folder] = name

    def settings_of(self, folder: Path) -> dict[str, object]:
        """Stand in for ``settings.database_of``, unless a test names a database itself."""
        if os.environ.get(settings.VARIABLE):
            return settings.database_of(folder)
        with patch.dict(os.environ, {settings.VARIABLE: self.url(folder)}):
            return settings.database_of(folder)

    def drop(self, folder: Path) -> None:
        self.do(f"DROP DATABASE {self.databases.pop(folder)} WITH (FORCE)")

    def do(self, statement: str) -> None:
        self.session.execute(statement)  # pyright: ignore[reportArgumentType]

    def stop(self) -> None:
        self.session.close()
        self._run(self.ctl, "-D", self.data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.root.with_suffix(".store"), ignore_errors=True)

    def _run(self, *command: object) -> None:
        said = [str(part) for part in command]
        if os.geteuid() == 0:
            said = ["runuser", "-u", "postgres", "--", *said]
        # The server inherits what it is started with: a pipe would be waited for until it stops.
        done = subprocess.run(
            said, check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if done.returncode:
            log = self.root / "log"
            told = log.read_text("utf-8")[-2000:] if log.is_file() else ""
            message = f"{' '.join(said)} ended with {done.returncode}: {told}"
            raise RuntimeError(message)
