"""Where the database is, and what is said when it is not there."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from importlib import util
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from xianxue.desk.cli import main
from xianxue.desk.database import FILE, has_database, open_database, settings
from xianxue.desk.database.opening import let_go
from xianxue.desk.database.settings import VARIABLE, database_of, told
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalHead
from xianxue.desk.workspace import MisusedError

STORE = Path("/虚构/县/store")


def named(monkeypatch, url):
    monkeypatch.setenv(VARIABLE, url)
    return database_of(STORE)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/虚构/县/store/xianxue.sqlite3"),
        ("sqlite:///data/record.sqlite3", "/虚构/县/data/record.sqlite3"),
        ("sqlite:////var/lib/xianxue.sqlite3", "/var/lib/xianxue.sqlite3"),
        ("sqlite:////var/%E5%8E%BF.sqlite3", "/var/县.sqlite3"),
    ],
)
def test_a_file_is_where_the_variable_says(monkeypatch, url, path):
    """Three slashes: from the workspace; four: from the root."""
    found = named(monkeypatch, url)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", path)
    assert told(found) == path


@pytest.mark.parametrize(
    ("url", "parts", "options", "shown"),
    [
        (
            "postgresql://li:ge%40heim@db.local:5433/county",
            ("county", "li", "ge@heim", "db.local", "5433"),
            {},
            "postgresql://li@db.local:5433/county",
        ),
        (
            "postgres://li@/county?host=/run/postgresql&sslmode=disable",
            ("county", "li", "", "/run/postgresql", ""),
            {"sslmode": "disable"},
            "postgresql://li@/run/postgresql/county",
        ),
        ("postgresql:///county", ("county", "", "", "", ""), {}, "postgresql://本机/county"),
    ],
)
def test_a_server_is_reached_as_the_variable_says(monkeypatch, url, parts, options, shown):
    found = named(monkeypatch, url)
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert found["OPTIONS"] == options
    assert told(found) == shown


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        ("mysql://li:geheim@db/county", "mysql"),
        ("postgresql://li:geheim@db", "postgresql"),
        ("postgresql://db:port/county", "postgresql"),
        ("sqlite://", "sqlite"),
        ("sqlite:///", "sqlite"),
        ("sqlite://host/file", "sqlite"),
        ("county.sqlite3", "county.sqlite3"),
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_a_password(monkeypatch, url, begins):
    with pytest.raises(MisusedError) as refused:
        named(monkeypatch, url)
    assert str(refused.value) == (
        f"XIANXUE_DATABASE_URL 读不懂（写的是“{begins}…”）：请写成 sqlite:///文件（相对工作目录）、"
        "sqlite:////绝对路径 或 postgresql://用户@主机:端口/数据库"
    )


def test_a_missing_driver_is_named(monkeypatch):
    monkeypatch.setattr(settings, "find_spec", lambda _: None)
    with pytest.raises(MisusedError) as refused:
        named(monkeypatch, "postgresql://li@/county")
    assert str(refused.value) == (
        "XIANXUE_DATABASE_URL 指的是 PostgreSQL，这里没有装连接它的程序："
        "请运行 pip install 'xianxue[postgres]'，或去掉这个变量改用工作目录里的 SQLite"
    )


@pytest.mark.skipif(util.find_spec("psycopg") is None, reason="needs psycopg")
def test_a_server_that_does_not_answer_is_named(tmp_path, monkeypatch, capsys):
    """Through a whole command: one sentence, exit code 2, no traceback."""
    assert run("init", tmp_path / "county", "--example", "four_schools") == 0
    monkeypatch.setenv(VARIABLE, f"postgresql://li:geheim@/county?host={tmp_path}/nobody")
    capsys.readouterr()
    assert run("journal", "show", "--workspace", tmp_path / "county") == 2
    said = capsys.readouterr().err
    assert said.startswith(f"错误：连不上数据库 postgresql://li@{tmp_path}/nobody/county（")
    assert said.endswith(
        "）：请查看 PostgreSQL 是否在运行，XIANXUE_DATABASE_URL 里的主机、用户、数据库名是否写对\n"
    )
    assert "geheim" not in said


def run(*words):
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    return end.value.code


def test_one_process_turns_from_one_store_to_another(tmp_path, monkeypatch):
    """A file named by the variable and then another: each keeps its own."""
    for name in ("one", "two"):
        monkeypatch.setenv(VARIABLE, f"sqlite:///{name}.sqlite3")
        assert not has_database(tmp_path / "store")
        open_database(tmp_path / "store")
        assert has_database(tmp_path / "store")
        assert connection.vendor == "sqlite"
        assert JournalHead.objects.get().lines == 0
    assert {path.name for path in tmp_path.glob("*.sqlite3")} >= {"one.sqlite3", "two.sqlite3"}
    assert not (tmp_path / "store" / FILE).exists()


def test_writers_queue_up(store):
    """The second transaction of a deed begins when the first has ended, not before."""
    order = []

    def second():
        with writing():
            order.append("second")
        connection.close()

    with writing():
        thread = threading.Thread(target=second)
        thread.start()
        # Long enough for the other to have come first if nothing held it.
        thread.join(timeout=0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_whoever_dies_holding_the_lock_holds_nobody_up(store, environment):
    """The lock of deeds goes with the process that held it."""
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from xianxue.desk.database import open_database\n"
        "open_database(Path(sys.argv[1]))\n"
        "from xianxue.desk.database.transactions import writing\n"
        "with writing():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    connection.close()
    done = subprocess.run(
        [sys.executable, "-c", script, store], check=False, env=environment(store)
    )
    assert done.returncode == -signal.SIGKILL
    with writing():
        assert JournalHead.objects.get().lines == 0


WRITTEN = frozenset(
    {
        *("actor", "by", "changed_by", "clerk", "granted_by", "head"),
        *("file", "reason", "source", "subject", "text", "value", "why"),
    }
)
"""Columns that hold what people write: names, documents, files, reasons."""


def test_what_people_write_has_no_bound(store):
    """SQLite never held a bound, PostgreSQL refuses the deed: the same county would be two."""
    bounded = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("desk").get_models()
        for field in model._meta.concrete_fields
        if field.name in WRITTEN and field.max_length is not None
        # A digest of what was written, never that itself.
        if (model.__name__, field.name) != ("EntryOnce", "value")
    ]
    assert bounded == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server's database is no file")
def test_a_connection_is_kept_until_another_file_has_taken_the_place_of_its_own(tmp_path):
    open_database(tmp_path)
    file, other = tmp_path / FILE, tmp_path / "other"
    JournalHead.objects.get()
    kept = connection.connection
    let_go()
    assert connection.connection is kept
    shutil.copy(file, other)
    other.replace(file)
    let_go()
    assert connection.connection is None
    assert JournalHead.objects.get().lines == 0
