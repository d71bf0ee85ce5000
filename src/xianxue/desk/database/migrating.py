"""Bringing the tables up to date, and remembering that they are.

Django's own way of knowing is to read every migration at every start. Here the database keeps one
line that says which migrations and guards it was brought to; where it says what this program
expects, nothing else is asked.
"""

from __future__ import annotations

import hashlib
import pkgutil
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache
from typing import Final

from django.db import DatabaseError, connection, connections, transaction

from xianxue.bureau.values.sentence import say
from xianxue.desk import migrations
from xianxue.desk.database.lost import damaged
from xianxue.desk.database.vendors import vendor
from xianxue.desk.workspace import MisusedError

MARKER: Final = "xianxue_version"
"""The table of one line; it is none of Django's models, so that it can be read without them."""


def bring_up_to_date(refuse_new: Callable[[], None] = lambda: None) -> None:
    """Migrate the open database where it is older than the program.

    ``refuse_new`` raises where there should be tables already: none are laid out then.

    Whole or nothing: one transaction lifts the guards, migrates, puts the guards up again and
    writes the marker. MisusedError where the database is of a later version.
    """
    mine = vendor()
    if mine.exists() and marker() == expected():
        return
    # Asked again under the lock: another process may have brought it up to date meanwhile.
    with mine.alone():
        if marker() != expected():
            _migrate(refuse_new)


def expected() -> str:
    """Say what an up-to-date database has in its marker: newest migration, guards' digest."""
    guards = "\n".join(f"{name}\n{text}" for name, text in sorted(vendor().guards.items()))
    return f"{known()[-1]} {hashlib.sha256(guards.encode()).hexdigest()[:16]}"


def marker() -> str:
    """Give what the open database has in its marker; empty where it has none."""
    # Asked outside a transaction, where a table that is not there spoils nothing.
    with closing(connection.cursor()) as cursor:
        try:
            cursor.execute(f"SELECT state FROM {MARKER}")  # noqa: S608 - a name of ours
        except DatabaseError as error:
            # «no such table» is also what damage says; here it means a new or an old database.
            if damaged(error) and not _no_table(error):
                raise
            return ""
        found = cursor.fetchone()
    return str(found[0]) if found else ""


def _no_table(error: Exception) -> bool:
    """Whether the marker alone is not there: SQLite's words and PostgreSQL's."""
    return MARKER in str(error)


@lru_cache(maxsize=1)
def known() -> list[str]:
    """Name the migrations of this program, oldest first, without importing them."""
    # Their numbers sort as texts: every name begins with four digits.
    return sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))


def _migrate(refuse_new: Callable[[], None]) -> None:
    # First: an older program must not write into tables that it does not know.
    _refuse_later()
    if not connection.introspection.table_names():
        refuse_new()
    # SQLite rebuilds a table to alter it, which needs foreign keys off, and they can be switched
    # only outside a transaction. They are checked before it is committed.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            mine = vendor()
            # The guards refuse a migration too, where it moves what earlier programs wrote.
            mine.lift()
            _apply()
            mine.keyed()
            connection.check_constraints()
            mine.stand()
            _write_marker()
    finally:
        connection.enable_constraint_checking()


def _apply() -> None:
    if not connection.introspection.table_names():
        _lay_out()
        return
    from django.core.management import call_command  # noqa: PLC0415 - slow, and seldom needed

    call_command("migrate", "desk", verbosity=0)


def laid_out_as(migration: str) -> None:
    """Make the tables of an empty database as they were after a migration, without guards.

    MisusedError where this program does not know it.
    """
    if migration not in known():
        raise MisusedError(_later(migration))
    if migration == known()[-1]:
        _lay_out()
        return
    from django.core.management import call_command  # noqa: PLC0415 - slow, and seldom needed

    call_command("migrate", "desk", migration, verbosity=0)


def _lay_out() -> None:
    """Make the tables of a new database as they are now.

    To make the first ones and to alter them step by step takes five times as long, and comes to
    the same: `tests/desk/test_database.py` holds the two against each other.
    """
    from django.apps import apps  # noqa: PLC0415 - needs Django set up first
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 - as above

    from xianxue.desk.models.journal import JournalHead  # noqa: PLC0415 - as above

    with connection.schema_editor() as editor:
        for model in apps.get_app_config("desk").get_models():
            editor.create_model(model)
    JournalHead.objects.create(lines=0, digest="")
    taken = MigrationRecorder(connections["default"])
    taken.ensure_schema()
    for name in known():
        taken.record_applied("desk", name)


def _refuse_later() -> None:
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 - as above

    taken = MigrationRecorder(connections["default"]).applied_migrations()
    later = sorted({name for app, name in taken if app == "desk"} - set(known()))
    if later:
        raise MisusedError(_later(later[-1]))


def _later(migration: str) -> str:
    return say(
        "这个工作目录的数据库已由更新版本的县学升级过（{later}），本机的版本读不了它："
        "请先把本机的县学升级到同一版本，再运行；数据没有动",
        later=migration,
    )


def _write_marker() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {MARKER} (state varchar(255) NOT NULL)")
        cursor.execute(f"DELETE FROM {MARKER}")  # noqa: S608 - a name of ours
        cursor.execute(f"INSERT INTO {MARKER} VALUES (%s)", [expected()])  # noqa: S608 - as above
