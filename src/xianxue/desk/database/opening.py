"""Setting Django up on a store's database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xianxue.bureau.values.sentence import say
from xianxue.desk.database.barrier import inode_of, note_opened, turning
from xianxue.desk.database.lost import refuse_emptied, refuse_lost
from xianxue.desk.database.settings import FILE, VARIABLE, database_of, told
from xianxue.desk.workspace import MisusedError


def has_database(folder: Path) -> bool:
    """Whether a store may hold something, asked without paying for Django.

    A file that is not there holds nothing; a server has to be asked. HarmedError where the file is
    lost and what it referred to is there.
    """
    database = database_of(folder)
    # Asked without opening: SQLite would make an empty file of a lost one.
    if not _is_file(database) or Path(database["NAME"]).is_file():
        return True
    refuse_lost(folder, told(database))
    return False


def open_database(folder: Path, *, to_verify: bool = False) -> None:
    """Set Django up on the database of a store and bring its tables up to date.

    A later call in one process may name another store: it closes the one before, for Django keeps
    one set of settings. MisusedError where the database cannot be reached or is of a later version,
    HarmedError where it is lost or emptied beside what it referred to. ``to_verify`` opens one that
    was emptied, so that it can be said what is wrong with it.
    """
    database = database_of(folder)
    if _is_file(database):
        file = Path(database["NAME"])
        # An empty file is to SQLite a new database; a full disk or a broken copy leaves just that.
        if not file.is_file() or not file.stat().st_size:
            refuse_lost(folder, told(database))
    open_empty(folder)
    from xianxue.desk.database.migrating import bring_up_to_date  # noqa: PLC0415 - needs settings

    bring_up_to_date(lambda: refuse_lost(folder, told(database)))
    if not to_verify:
        refuse_emptied(folder)


def open_empty(folder: Path) -> None:
    """Set Django up on the database of a store, and lay nothing out in it."""
    database = database_of(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if _is_file(database):
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    _turn_to(database)
    from django.db import OperationalError, connection  # noqa: PLC0415 - needs settings first

    if not _is_file(database):
        try:
            # Here and not at the first question, so that a wrong address is told as one.
            connection.ensure_connection()
        except OperationalError as error:
            raise MisusedError(_unreachable(database, error)) from error


def stands_open(folder: Path) -> bool:
    """Whether the database of a store is the one that Django is set up on now."""
    from django.conf import settings  # noqa: PLC0415 - commands without a database pay nothing

    if not settings.configured:
        return False
    from django.db import connections  # noqa: PLC0415 - needs Django set up first

    wanted = connections.configure_settings({"default": dict(database_of(folder))})["default"]
    return bool(connections.settings["default"] == wanted)


def let_go(**_: object) -> None:
    """Close this thread's connection where another file has taken the place of the one it has open.

    What would be written to a file that was put away, nobody would ever see. A receiver of the
    signal with which a request begins: what goes on sees one file until its end.
    """
    from django.db import connections  # noqa: PLC0415 - needs Django set up first

    connection = connections["default"]
    opened: int = getattr(connection, "opened_file", 0)
    if connection.connection is None or connection.in_atomic_block or not opened:
        return
    if inode_of(Path(str(connection.settings_dict["NAME"]))) != opened:
        connection.close()


def connect() -> None:
    """Have this thread's connection open, with no exchange of files in between."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up first

    if connection.connection is None:
        with turning:
            connection.ensure_connection()


def close_database() -> None:
    """Close what was opened, so that nothing of it is left to the end of the process."""
    from django.conf import settings  # noqa: PLC0415 - needs Django
    from django.db import connections  # noqa: PLC0415 - as above

    if settings.configured:
        connections.close_all()


def _is_file(database: dict[str, Any]) -> bool:
    return bool(database["ENGINE"].endswith("sqlite3"))


def _turn_to(database: dict[str, Any]) -> None:
    """Point Django at a database, set it up if this is the first."""
    from django.apps import apps  # noqa: PLC0415 - commands without a database must not pay for it
    from django.conf import settings  # noqa: PLC0415 - as above

    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["xianxue.desk"],
            DATABASES={"default": database},
            USE_TZ=True,
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            # Named, not loaded: commands that ask for no password never pay for it.
            PASSWORD_HASHERS=["xianxue.desk.accounts.hashing.Argon2"],
        )
        # What django.setup() does for an ORM without a web site. The rest of it, log handlers and
        # addresses of pages, imports mail, HTTP and SSL: a quarter of a second for nothing.
        apps.populate(settings.INSTALLED_APPS)
        from django.db.backends.signals import connection_created  # noqa: PLC0415 - as above

        from xianxue.desk.database.moved import watch  # noqa: PLC0415 - as above

        connection_created.connect(note_opened)
        connection_created.connect(watch)
        return
    from django.db import connections  # noqa: PLC0415 - needs Django set up first

    wanted = connections.configure_settings({"default": dict(database)})["default"]
    standing = connections.settings["default"]
    if standing == wanted:
        # Under the same name may lie another file by now.
        let_go()
        return
    # The connection is made anew and not renamed: the other database may be of another vendor.
    connections["default"].close()
    del connections["default"]
    standing.clear()
    standing.update(wanted)


def _unreachable(database: dict[str, Any], error: Exception) -> str:
    reason = str(error).strip().partition("\n")[0]
    return say(
        "连不上数据库 {database}（{reason}）："
        "请查看 PostgreSQL 是否在运行，{variable} 里的主机、用户、数据库名是否写对",
        database=told(database),
        reason=reason,
        variable=VARIABLE,
    )


__all__ = [
    "FILE",
    "close_database",
    "connect",
    "has_database",
    "let_go",
    "open_database",
    "open_empty",
    "stands_open",
]
