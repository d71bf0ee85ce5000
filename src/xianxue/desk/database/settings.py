"""Where the database is: a file in the workspace, or what ``XIANXUE_DATABASE_URL`` says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError

VARIABLE: Final = "XIANXUE_DATABASE_URL"
FILE: Final = "xianxue.sqlite3"
"""The database's file in the store of a workspace, where the variable says nothing."""

_PATIENCE: Final = 20
"""Seconds a writer waits for another; a deed takes well under one, a full disk must not hang."""

_POSTGRESQL: Final = ("postgresql", "postgres")
"""Both are in use for the same; libpq takes either."""


def database_of(folder: Path) -> dict[str, Any]:
    """Give Django's settings of the database of a store.

    MisusedError where the variable cannot be read, or where PostgreSQL's driver is not installed.
    """
    url = os.environ.get(VARIABLE, "").strip()
    if not url:
        return _sqlite(folder / FILE)
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is only noticed when it is asked for
    except ValueError as error:
        raise MisusedError(_unreadable(url)) from error
    if parts.scheme == "sqlite":
        return _sqlite(_file(parts, folder, url))
    if parts.scheme in _POSTGRESQL and parts.path.strip("/"):
        return _postgresql(parts)
    raise MisusedError(_unreadable(url))


def told(database: Mapping[str, Any]) -> str:
    """Name a database as a person may read it: without its password."""
    if database["ENGINE"].endswith("sqlite3"):
        return str(database["NAME"])
    user = f"{database['USER']}@" if database["USER"] else ""
    host = database["HOST"] or "本机"
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{user}{host}{port}/{database['NAME']}"


def _file(parts: SplitResult, folder: Path, url: str) -> Path:
    # As elsewhere: three slashes begin a relative path, four an absolute one. Relative to the
    # workspace, so that one variable means one file wherever a command is typed.
    name = unquote(parts.path.removeprefix("/"))
    if parts.netloc or parts.query or not name:
        raise MisusedError(_unreadable(url))
    return folder.parent / name


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # A thread that answers pages keeps its connection: to open one takes as long as several
        # questions. Where another file has taken the place of its own, it is let go (``opening``).
        # Windows does not let a file change places while anybody has it open.
        "CONN_MAX_AGE": 0 if os.name == "nt" else None,
        "OPTIONS": {
            # Writers queue up at BEGIN instead of failing at their first write.
            "transaction_mode": "IMMEDIATE",
            "timeout": _PATIENCE,
            # secure_delete: what is destroyed by a deed leaves no bytes in freed pages.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        },
    }


def _postgresql(parts: SplitResult) -> dict[str, Any]:
    if find_spec("psycopg") is None:
        message = say(
            "{variable} 指的是 PostgreSQL，这里没有装连接它的程序："
            "请运行 pip install 'xianxue[postgres]'，或去掉这个变量改用工作目录里的 SQLite",
            variable=VARIABLE,
        )
        raise MisusedError(message)
    # What follows the question mark is handed to libpq under its own names (host, sslmode …).
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


def _unreadable(url: str) -> str:
    # A password may stand in it: only what comes before it is repeated.
    shown = url.partition("://")[0][:20]
    return say(
        "{variable} 读不懂（写的是“{shown}…”）：请写成 sqlite:///文件（相对工作目录）、"
        "sqlite:////绝对路径 或 postgresql://用户@主机:端口/数据库",
        variable=VARIABLE,
        shown=shown,
    )
