"""What SQLite and PostgreSQL say differently, asked in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection
from django.db.models import Model


class Vendor(Protocol):
    """A database's own words for guarding and locking."""

    @property
    def guards(self) -> Mapping[str, str]:
        """What the database itself refuses: trigger name to its text, as ``standing`` gives it."""
        ...

    def exists(self) -> bool:
        """Whether there is a database, asked without making one."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes from migrating; no dead process can keep the lock."""
        ...

    def stand(self) -> None:
        """Put all guards up."""
        ...

    def lift(self) -> None:
        """Take all guards down, those of earlier versions too, inside a migration."""
        ...

    def standing(self) -> Mapping[str, str]:
        """Read the triggers that stand now: name to text."""
        ...

    def queue(self) -> None:
        """Wait, in a transaction, until every writer before is done."""
        ...

    def freeze(self) -> None:
        """Let a transaction that only reads see one moment."""
        ...

    def broken(self) -> list[str]:
        """Give what the database finds broken in its own files; nothing where it does not look."""
        ...

    def keyed(self) -> None:
        """Lay the tables of ballots out by their keys, within a migration."""
        ...

    def forget_log(self) -> bool:
        """Leave nothing committed in the write-ahead log; False where that has to wait."""
        ...

    def scrub(self, models: Sequence[type[Model]]) -> None:
        """Leave no byte of removed rows in the tables' files, outside a transaction."""
        ...


def vendor() -> Vendor:
    """Give the words of the database that is open."""
    # Imported here: a county on SQLite never loads the other.
    if connection.vendor == "postgresql":
        from xianxue.desk.database.postgresql import Postgresql  # noqa: PLC0415 - see above

        return Postgresql()
    from xianxue.desk.database.sqlite import Sqlite  # noqa: PLC0415 - as above

    return Sqlite()
