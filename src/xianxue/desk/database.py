"""The store of record: Django's ORM without a web site, opened only by commands that need it.

SQLite in WAL mode is the default; ``XIANXUE_DATABASE_URL`` is left to the floor that serves many
users. Importing this module costs nothing; ``open_database`` pays for Django.
"""

from __future__ import annotations

import pkgutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

FILE: Final = "xianxue.sqlite3"
_LOCK: Final = "upgrading.sqlite3"
_PATIENCE: Final = 60
"""Seconds to wait for another process that is bringing the tables up to date."""


def open_database(folder: Path) -> None:
    """Set Django up on the database in a folder and bring its tables up to date.

    A second call in one process may only name the same folder: Django keeps one set of settings.
    """
    import django  # noqa: PLC0415 - commands without a database must not pay for Django
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.db import connection  # noqa: PLC0415 - as above

    path = folder / FILE
    folder.mkdir(parents=True, exist_ok=True)
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["xianxue.desk"],
            DATABASES={
                "default": {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": str(path),
                    "OPTIONS": {
                        # Writers queue up at BEGIN instead of failing at their first write.
                        "transaction_mode": "IMMEDIATE",
                        "timeout": 20,
                        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                    },
                }
            },
            USE_TZ=True,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
        django.setup()
    elif str(connection.settings_dict["NAME"]) != str(path):
        connection.close()
        connection.settings_dict["NAME"] = str(path)
    if path.is_file() and not _lacking():
        return
    with _alone(folder):
        if _lacking():
            call_command("migrate", verbosity=0)


def _lacking() -> set[str]:
    """Name the steps that the tables have not been taken through yet."""
    from django.db import connections  # noqa: PLC0415 - needs Django set up first
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 - as above

    from xianxue.desk import migrations  # noqa: PLC0415 - as above

    known = {module.name for module in pkgutil.iter_modules(migrations.__path__)}
    taken = MigrationRecorder(connections["default"]).applied_migrations()
    return known - {name for app, name in taken if app == "desk"}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock that no dead process can keep: an open transaction on a file of its own."""
    lock = sqlite3.connect(folder / _LOCK, timeout=_PATIENCE, isolation_level=None)
    with closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        yield
