"""What a store's database says, read with the drivers alone: none of our own code is asked."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

VARIABLE = "XIANXUE_DATABASE_URL"
_PATIENCE = 20
"""Seconds until the server has noticed that a client was killed."""


class SqliteLook:
    """SQLite: the file in the store; it is copied with the store's folder."""

    def __init__(self, store: Path) -> None:
        self.path = store / "xianxue.sqlite3"

    @contextmanager
    def ask(self) -> Iterator[Any]:
        with closing(sqlite3.connect(self.path)) as database:
            database.row_factory = sqlite3.Row
            yield lambda sql: [dict(row) for row in database.execute(sql)]

    def tables(self, ask: Any) -> list[str]:
        return [
            row["name"]
            for row in ask(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'desk_%' ORDER BY 1"
            )
        ]

    def sound(self, ask: Any) -> Any:
        return ask("PRAGMA integrity_check")

    def keep(self, name: str) -> None:
        """Nothing to do: the copy of the folder has it."""

    def put_back(self, name: str) -> None:
        """Nothing to do, as above."""


class PostgresqlLook:
    """PostgreSQL: the database that the variable names, copied on the server."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = urlsplit(url).path.strip("/")

    def _session(self, name: str) -> Any:
        import psycopg  # noqa: PLC0415 - loaded only where it is needed

        url = self.url.replace(f"/{self.name}?", f"/{name}?")
        return psycopg.connect(url, autocommit=True)

    @contextmanager
    def ask(self) -> Iterator[Any]:
        from psycopg.rows import dict_row  # noqa: PLC0415 - loaded only where it is needed

        self._settle()
        with self._session(self.name) as session:
            yield lambda sql: session.cursor(row_factory=dict_row).execute(sql).fetchall()

    def tables(self, ask: Any) -> list[str]:
        return [
            row["tablename"]
            for row in ask(
                "SELECT tablename FROM pg_tables WHERE tablename LIKE 'desk_%' ORDER BY 1"
            )
        ]

    def sound(self, ask: Any) -> Any:
        del ask
        return None

    def keep(self, name: str) -> None:
        self._copy(self.name, f"{self.name}_{name}")

    def put_back(self, name: str) -> None:
        with self._session("postgres") as session:
            session.execute(f"DROP DATABASE {self.name} WITH (FORCE)")
        self._copy(f"{self.name}_{name}", self.name)

    def _copy(self, source: str, target: str) -> None:
        self._settle()
        with self._session("postgres") as session:
            session.execute(f"CREATE DATABASE {target} TEMPLATE {source}")

    def _settle(self) -> None:
        """Wait until nobody is connected: a killed client's last word may still be on its way."""
        end = time.monotonic() + _PATIENCE
        with self._session("postgres") as session:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            while session.execute(asked, [self.name]).fetchone()[0] and time.monotonic() < end:
                time.sleep(0.005)


def look(store: Path) -> SqliteLook | PostgresqlLook:
    """Give the way to look at a store."""
    url = os.environ.get(VARIABLE, "")
    return PostgresqlLook(url) if url.startswith("postgresql") else SqliteLook(store)
