"""A database lost, emptied or damaged beside what it referred to is said, and nothing is begun."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection

from xianxue.desk.cli import main
from xianxue.desk.database import FILE, has_database, open_database
from xianxue.desk.database.lost import kept_beside, told
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.stores.harm import HarmedError


@pytest.fixture
def on_sqlite(monkeypatch):
    """What happens to a file is asked of a file, whatever the other tests run on."""
    monkeypatch.setenv(VARIABLE, f"sqlite:///store/{FILE}")


@pytest.fixture
def store(tmp_path, on_sqlite):
    """A store in which one return was handed in (虚构)."""
    folder = tmp_path / "store"
    open_database(folder)
    return folder


@pytest.fixture
def lost(desk):
    """The same, closed and without its database."""
    desk.submit(40)
    connection.close()
    for path in desk.folder.glob(f"{FILE}*"):
        path.unlink()
    return desk.folder


def test_a_lost_database_is_not_begun_anew(lost):
    with pytest.raises(HarmedError) as caught:
        open_database(lost)
    (issue,) = caught.value.issues
    assert issue.code == "K-DATABASE"
    assert "cabinet/batches" in issue.saw
    assert not (lost / FILE).exists()


def test_a_command_that_would_not_need_one_says_so_too(lost):
    """Without it a check would compare with nothing and be silent."""
    with pytest.raises(HarmedError):
        has_database(lost)


def test_an_emptied_file_is_a_lost_database(lost):
    (lost / FILE).touch()
    with pytest.raises(HarmedError):
        open_database(lost)


def test_a_database_without_tables_is_a_lost_one(lost):
    with closing(sqlite3.connect(lost / FILE)) as made:
        made.execute("CREATE TABLE other (x)")
        made.execute("DROP TABLE other")
    assert (lost / FILE).stat().st_size
    with pytest.raises(HarmedError):
        open_database(lost)


def test_a_journal_without_lines_beside_releases_is_refused(store):
    (store / "releases" / "d").mkdir(parents=True)
    with pytest.raises(HarmedError, match="一行日志也没有"):
        open_database(store)
    open_database(store, to_verify=True)


def test_what_a_dead_process_left_before_the_first_deed_is_no_loss(store):
    """Cells are written before the database hears of them."""
    for name in ("batches", "workbooks"):
        (store / "cabinet" / name).mkdir(parents=True)
        (store / "cabinet" / name / "x.parquet").touch()
    open_database(store)
    assert kept_beside(store) == ["cabinet/batches", "cabinet/workbooks"]


def test_what_was_only_begun_is_nothing_kept(tmp_path):
    (tmp_path / "releases" / ".making-x").mkdir(parents=True)
    assert kept_beside(tmp_path) == []


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("database is locked", False),
        ("database or disk is full", False),
        ("attempt to write a readonly database", False),
        ("database disk image is malformed", True),
        ("file is not a database", True),
        ("no such table: desk_filing", True),
        ('relation "desk_filing" does not exist\nLINE 1', True),
    ],
)
def test_broken_is_told_from_busy(said, broken):
    kind = DatabaseError if broken else OperationalError
    assert ("损坏" in told(kind(said))) is broken
    assert ("正忙" in told(kind(said)) or "磁盘满了" in told(kind(said))) is not broken


@pytest.fixture
def county(tmp_path, on_sqlite, capsys):
    folder = tmp_path / "county"
    with pytest.raises(SystemExit):
        main(["init", str(folder), "--county", "639900"])
    open_database(folder / "store")
    connection.close()
    capsys.readouterr()
    return folder


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(str(end.value.code))


def test_a_file_that_is_no_database_is_not_called_busy(county: Path, capsys):
    (county / "store" / FILE).write_bytes(b"no database at all" * 400)
    assert run("journal", "verify", "--workspace", str(county)) == 2
    said = capsys.readouterr().err
    assert "损坏" in said
    assert "正忙" not in said


def test_a_county_that_is_not_the_registers_is_refused(county: Path, capsys):
    settings = county / "xianxue.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("639900", "639901"), encoding="utf-8"
    )
    assert run("journal", "verify", "--workspace", str(county)) == 1
    said = capsys.readouterr().out
    assert "639901" in said
    assert "places.csv 里的县是 639900" in said
