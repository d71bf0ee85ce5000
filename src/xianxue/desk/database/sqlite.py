"""Guards and locks in SQLite's words.

An account that may alter the database's schema can drop the triggers; `xianxue journal verify`
compares them with this list and says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from xianxue.desk.database.barrier import refuse_behind, refuse_moved
from xianxue.desk.database.guarded import KEYS, RULES
from xianxue.desk.stores.whole_files import lock_file

_LOCK: Final = "upgrading.sqlite3"
_KEYED: Final = " WITHOUT ROWID"
_WAITS_MS: Final = 20_000
"""As long as a connection waits for its turn otherwise (``settings.py``)."""
_PATIENCE: Final = 60
"""Seconds to wait for another process that is bringing the tables up to date: a store of some
thousand returns takes a few."""


def _by_key(cursor: Any, table: str) -> None:  # noqa: ANN401 - Django's wrapper
    """Lay one table out anew, in the order of its keys, with the indexes it has."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
    found = cursor.fetchone()
    if found is None or str(found[0]).endswith(_KEYED):
        return
    cursor.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
        [table],
    )
    indexes = [str(sql) for (sql,) in cursor.fetchall()]
    anew = f"{table}_by_key"
    cursor.execute(str(found[0]).replace(f'"{table}"', f'"{anew}"', 1) + _KEYED)
    cursor.execute(f"INSERT INTO {anew} SELECT * FROM {table} ORDER BY digest")  # noqa: S608 - names of ours
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(f"ALTER TABLE {anew} RENAME TO {table}")
    for sql in indexes:
        cursor.execute(sql)


def _refuse(name: str, table: str, event: str, when: str, message: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _guards() -> dict[str, str]:
    guards: dict[str, str] = {}
    for rule in RULES:
        guards[rule.name] = _refuse(rule.name, rule.table, rule.event, rule.when, rule.message)
    # INSERT OR REPLACE deletes without asking the DELETE trigger, so inserting is watched too.
    name = "desk_journalline_in_order"
    guards[name] = _refuse(
        name,
        "desk_journalline",
        "INSERT",
        "EXISTS (SELECT 1 FROM desk_journalline WHERE id = NEW.id) "
        "OR NEW.number <> (SELECT lines FROM desk_journalhead) + 1 "
        "OR NEW.previous <> (SELECT digest FROM desk_journalhead)",
        "日志要接在最后一行之后",
    )
    for table, (key, message) in KEYS.items():
        name = f"{table}_once"
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        when = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({same}))"  # noqa: S608 - names of ours
        guards[name] = _refuse(name, table, "INSERT", when, message)
    name = "desk_journalhead_follows"
    guards[name] = _refuse(
        name,
        "desk_journalhead",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.lines <> OLD.lines + 1 OR NEW.digest IS NOT "
        "(SELECT digest FROM desk_journalline WHERE number = NEW.lines)",
        "日志的行数和末行摘要只能跟着新的一行走",
    )
    name = "desk_journalhead_stays"
    guards[name] = _refuse(name, "desk_journalhead", "DELETE", "", "日志的行数和末行摘要不能删除")
    name = "desk_journalhead_alone"
    guards[name] = _refuse(
        name,
        "desk_journalhead",
        "INSERT",
        "EXISTS (SELECT 1 FROM desk_journalhead)",
        "日志的行数和末行摘要只有一份",
    )
    return guards


_GUARDS: Final = _guards()


class Sqlite:
    """SQLite: triggers, BEGIN IMMEDIATE, and a lock file for migrations."""

    guards: Mapping[str, str] = _GUARDS

    def exists(self) -> bool:
        """Whether the file is there."""
        return Path(connection.settings_dict["NAME"]).is_file()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold a lock that no dead process can keep: an open transaction on a file of its own.

        The database itself will not do: switching it to WAL fails while somebody holds it.
        """
        path = Path(connection.settings_dict["NAME"]).parent / _LOCK
        lock = sqlite3.connect(lock_file(path), timeout=_PATIENCE, isolation_level=None)
        with closing(lock):
            lock.execute("BEGIN EXCLUSIVE")
            yield

    def stand(self) -> None:
        """Put all guards up."""
        with connection.cursor() as cursor:
            for sql in self.guards.values():
                cursor.execute(sql)

    def lift(self) -> None:
        """Take all triggers down: none in this database is anybody else's."""
        with connection.cursor() as cursor:
            for name in self.standing():
                cursor.execute(f'DROP TRIGGER "{name}"')

    def standing(self) -> dict[str, str]:
        """Read the triggers' SQL, which SQLite keeps as it was written."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())

    def queue(self) -> None:
        """Let nobody pass the barrier; BEGIN IMMEDIATE has waited already."""
        file = Path(connection.settings_dict["NAME"])
        refuse_behind(file)
        refuse_moved(file, getattr(connection, "opened_file", 0))

    def freeze(self) -> None:
        """Nothing is left to do: a transaction sees the moment of its BEGIN."""

    def broken(self) -> list[str]:
        """Ask SQLite to look through all pages of the file, with indexes and constraints."""
        with connection.cursor() as cursor:
            # Three findings say enough; of a torn file there may be thousands.
            cursor.execute("PRAGMA integrity_check(3)")
            found = [str(said) for (said,) in cursor.fetchall()]
        # A value that breaks a rule is no broken page; what reads it says so.
        return [said for said in found if said != "ok" and not said.startswith("CHECK ")]

    def keyed(self) -> None:
        """Keep the rows of ballots by their keys alone (`WITHOUT ROWID`).

        Django writes tables whose rows carry a number in the order in which they came; that order
        would stay readable for as long as the table is.
        """
        from xianxue.desk.models.ballot import KEYED  # noqa: PLC0415 - needs Django set up first

        with connection.cursor() as cursor:
            for model in KEYED:
                _by_key(cursor, model._meta.db_table)  # noqa: SLF001 - Django's own way to ask

    def forget_log(self) -> bool:
        """Write the log into the file and cut it off; nobody who still reads it is waited for."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout=100")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                found = cursor.fetchone()
            finally:
                cursor.execute(f"PRAGMA busy_timeout={_WAITS_MS}")
        return found is not None and not found[0]

    def scrub(self, models: Sequence[type[Model]]) -> None:
        """Write the file anew without its free space, and empty the write-ahead log.

        ``secure_delete`` has zeroed what was removed; what tables moved about before it was
        switched on, and the log, may still hold older copies of pages.
        """
        del models
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
