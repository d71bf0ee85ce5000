"""The whole database as files, of one moment, while others go on writing; and back again.

SQLite is copied by its own backup, PostgreSQL table by table with COPY in one REPEATABLE READ
transaction. ``frozen`` fixes the moment inside the writers' lock; the copying may take its time
afterwards.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from django.db import connection, transaction

from xianxue.bureau.values.sentence import say
from xianxue.desk.database import opening
from xianxue.desk.database.migrating import bring_up_to_date, known, laid_out_as
from xianxue.desk.database.settings import FILE
from xianxue.desk.database.vendors import vendor
from xianxue.desk.workspace import MisusedError

_OURS: Final = "desk\\_%"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


class Snapshot(Protocol):
    """A moment of the database that is held on to."""

    def write(self, folder: Path) -> dict[str, list[str]]:
        """Write it as files into a folder; give the columns of each table where they are needed."""
        ...


def noted_head(store: Path) -> str:
    """Give the journal's head in a workspace that may be harmed: lines and digest.

    Empty where there is none, or none that can be read; nothing is changed.
    """
    if database_vendor(store) != "sqlite" or not sqlite_file(store).is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{sqlite_file(store).as_uri()}?mode=ro", uri=True)) as raw:
            row = raw.execute("SELECT lines, digest FROM desk_journalhead").fetchone()
    except sqlite3.Error:
        return ""
    return f"{row[0]}:{row[1]}" if row else ""


@contextmanager
def frozen(folder: Path) -> Generator[Snapshot]:
    """Hold on to this moment of the open database; ``folder`` may be written to."""
    if connection.vendor == "sqlite":
        copy = folder / FILE
        _copy_sqlite(connection.settings_dict["NAME"], copy)
        yield _Sqlite(copy)
        return
    # A connection of its own: the deed's one ends with the lock, this moment is read after it.
    raw = connection.get_new_connection(connection.get_connection_params())
    with closing(raw):
        raw.autocommit = False
        with raw.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The first question fixes the moment.
            cursor.execute("SELECT lines FROM desk_journalhead")
            cursor.fetchall()
        yield _Postgresql(raw)


class _Sqlite:
    def __init__(self, copy: Path) -> None:
        self._copy = copy

    def write(self, folder: Path) -> dict[str, list[str]]:
        # Copied whole when the moment was fixed: nothing is left to be read.
        self._copy.replace(folder / FILE)
        return {}


class _Postgresql:
    def __init__(self, raw: Any) -> None:  # noqa: ANN401 - psycopg is known only where it is installed
        self._raw = raw

    def write(self, folder: Path) -> dict[str, list[str]]:
        columns: dict[str, list[str]] = {}
        with self._raw.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = current_schema() AND table_name LIKE %s"
                " ORDER BY table_name, ordinal_position",
                [_OURS],
            )
            for table, column in cursor.fetchall():
                columns.setdefault(table, []).append(column)
            for table, names in columns.items():
                with (
                    (folder / f"{table}.copy").open("wb") as file,
                    cursor.copy(f"COPY {table} ({_named(names)}) TO STDOUT") as lines,
                ):
                    for line in lines:
                        file.write(line)
        return columns


def _copy_sqlite(source: str, target: Path) -> None:
    # A reader of its own: in WAL it sees what is committed, even while the writers' lock is held.
    with (
        closing(sqlite3.connect(source)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        # One file without a log beside it, so that the copy is whole by itself.
        copy.execute("PRAGMA journal_mode=DELETE")
        found = copy.execute("PRAGMA quick_check").fetchone()
    if found != ("ok",):
        message = say("数据库文件 {path} 坏了，做不成备份；请先找回完好的一份", path=source)
        raise MisusedError(message)


def database_vendor(store: Path) -> str:
    """Say which database a store would have here."""
    engine: str = opening.database_of(store)["ENGINE"]
    return engine.rpartition(".")[2].removesuffix("3")


def sqlite_file(store: Path) -> Path:
    """Say where a store's SQLite file is; with PostgreSQL there is none."""
    return Path(opening.database_of(store)["NAME"])


def newest_known() -> str:
    """Name the newest migration of this program."""
    return known()[-1]


def load(folder: Path, schema: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Load a PostgreSQL database that holds nothing from files; then bring it up to date.

    MisusedError where it holds something.
    """
    # They come from an archive and go into sentences of SQL.
    wrong = [
        name
        for table in columns.items()
        for name in (table[0], *table[1])
        if not _NAME.fullmatch(name)
    ]
    if wrong:
        raise MisusedError(say("备份里的表名 {name} 不对，没有恢复", name=wrong[0]))
    with vendor().alone(), transaction.atomic():
        if connection.introspection.table_names():
            message = say(
                "数据库里已有表，没有动它：请新建一个空的数据库，"
                "让 XIANXUE_DATABASE_URL 指向它，再恢复"
            )
            raise MisusedError(message)
        laid_out_as(schema)
        with connection.cursor() as wrapped:
            # COPY is the driver's own; Django's wrapper has no name for it.
            cursor: Any = wrapped.cursor
            for table in columns:
                # Laying out writes first rows (the journal's head), which the archive has as well.
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - checked against the list of tables
            for table, names in columns.items():
                statement = f"COPY {table} ({_named(names)}) FROM STDIN"
                with (folder / f"{table}.copy").open("rb") as file, cursor.copy(statement) as lines:
                    while chunk := file.read(1 << 20):
                        lines.write(chunk)
            for table, names in columns.items():
                if "id" in names:
                    cursor.execute(
                        # COPY brings its own ids and leaves the counters at 1: the next deed would
                        # take a taken id.
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608 - as above
                        f" coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table}"
                    )
        # COPY of one table after another meets rows before those they refer to; all are here now.
        connection.check_constraints()
    bring_up_to_date()


def drop_all() -> None:
    """Take down what ``load`` has just laid out: what came of it was not what it should be."""
    with transaction.atomic():
        vendor().lift()
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names():
                cursor.execute(f'DROP TABLE "{table}" CASCADE')


def _named(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
