"""Guards and locks in PostgreSQL's words.

The owner of the tables can drop the triggers; `xianxue journal verify` compares them, and the
functions they call, with this list and says so. A county that wants the program's own account to be
unable to, lets another account own the tables and grants this one SELECT, INSERT and what else
the tables without guards need.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection
from django.db.models import Model

from xianxue.desk.database.guarded import RULES, TABLES

_SPACE: Final = 20250901
"""The first of the two numbers of our advisory locks, so that they meet no other program's."""
_WRITERS: Final = 1
_MIGRATING: Final = 2


def _guard(name: str, table: str, event: str, message: str, when: str = "") -> tuple[str, str]:
    """Give the trigger as PostgreSQL itself writes it, and its function's body."""
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    trigger = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"
    )
    # 23000: a broken rule of the data, as SQLite's ABORT in a trigger is.
    refuse = f"RAISE EXCEPTION '{message}' USING ERRCODE = '23000';"
    body = f"IF {when} THEN {refuse} END IF; RETURN NEW;" if when else refuse
    return trigger, f" BEGIN {body} END "


def _guards() -> dict[str, tuple[str, str]]:
    guards: dict[str, tuple[str, str]] = {}

    def add(name: str, table: str, event: str, message: str, when: str = "") -> None:
        guards[name] = _guard(name, table, event, message, when)

    for rule in RULES:
        when = rule.when.replace(" IS NOT ", " IS DISTINCT FROM ")
        add(rule.name, rule.table, rule.event, rule.message, when)
    for table, noun in TABLES.items():
        add(f"{table}_no_truncate", table, "TRUNCATE", f"{noun}只能追加，不能清空")
    # ON CONFLICT DO UPDATE is an update, so unlike in SQLite no insert can replace a line.
    add(
        "desk_journalline_in_order",
        "desk_journalline",
        "INSERT",
        "日志要接在最后一行之后",
        "NEW.number IS DISTINCT FROM (SELECT lines FROM desk_journalhead) + 1 "
        "OR NEW.previous IS DISTINCT FROM (SELECT digest FROM desk_journalhead)",
    )
    head = "日志的行数和末行摘要"
    add(
        "desk_journalhead_follows",
        "desk_journalhead",
        "UPDATE",
        f"{head}只能跟着新的一行走",
        "NEW.id <> OLD.id OR NEW.lines <> OLD.lines + 1 OR NEW.digest IS DISTINCT FROM "
        "(SELECT digest FROM desk_journalline WHERE number = NEW.lines)",
    )
    add("desk_journalhead_stays", "desk_journalhead", "DELETE", f"{head}不能删除")
    add("desk_journalhead_kept", "desk_journalhead", "TRUNCATE", f"{head}不能清空")
    add(
        "desk_journalhead_alone",
        "desk_journalhead",
        "INSERT",
        f"{head}只有一份",
        "EXISTS (SELECT 1 FROM desk_journalhead)",
    )
    return guards


_GUARDS: Final = _guards()


class Postgresql:
    """PostgreSQL: triggers that call functions, and advisory locks."""

    guards: Mapping[str, str] = {
        name: f"{trigger}\n{body}" for name, (trigger, body) in _GUARDS.items()
    }

    def exists(self) -> bool:
        """A server's database is always there; who could connect has found it."""
        return True

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold an advisory lock of the session; the server lets go of it when the process dies."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_SPACE, _MIGRATING])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_SPACE, _MIGRATING])

    def stand(self) -> None:
        """Put all guards up."""
        with connection.cursor() as cursor:
            for name, (trigger, body) in _GUARDS.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger "
                    f"LANGUAGE plpgsql AS $guard${body}$guard$"
                )
                cursor.execute(trigger)

    def lift(self) -> None:
        """Take the triggers of our tables down, with what they call."""
        # A row that was written in this transaction may still wait for its foreign keys, and a
        # table with waiting checks cannot be altered.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "SELECT t.tgname, c.relname, p.proname FROM pg_trigger t"
                " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
                " AND c.relname LIKE 'desk\\_%'"
            )
            for name, table, function in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
                cursor.execute(f'DROP FUNCTION IF EXISTS "{function}"()')

    def standing(self) -> dict[str, str]:
        """Read the triggers that are switched on, each with the body of what it calls."""
        with connection.cursor() as cursor:
            # O: fires for every ordinary session. D and R are switched off for us.
            cursor.execute(
                "SELECT t.tgname, pg_get_triggerdef(t.oid, true) || chr(10) || p.prosrc"
                " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                " JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
                " AND c.relnamespace = current_schema()::regnamespace"
            )
            return dict(cursor.fetchall())

    def queue(self) -> None:
        """Take the writers' lock; it is let go at the end of the transaction."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_SPACE, _WRITERS])

    def freeze(self) -> None:
        """See the moment of the first read; it must be the transaction's first word."""
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def broken(self) -> list[str]:
        """Nothing is left to do: a server reads its pages by checksums and says so itself."""
        return []

    def keyed(self) -> None:
        """Nothing is to be done: a table has no order here that its rows would tell of."""

    def forget_log(self) -> bool:
        """Nothing can be done: the write-ahead log is the server's, and its administrator's."""
        return True

    def scrub(self, models: Sequence[type[Model]]) -> None:
        """Write the tables anew; the old files are unlinked when nobody reads them any more.

        The server's write-ahead log and its archives are the administrator's: they hold the
        old rows until they are recycled.
        """
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"VACUUM FULL {model._meta.db_table}")  # noqa: SLF001 - Django's own way to ask
